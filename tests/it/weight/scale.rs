//! What one operation, model, enum or union of a crate costs, and that it costs the same in a large crate.
//!
//! Nothing is measured in time: the code is counted that rustc checks. A cost is the difference to the crate of the same
//! document without the parts.

use std::fs;
use std::path::{Path, PathBuf};

use clientwright::generate::features_of_endpoints;
use codegen::ir::TypeKind;
use codegen::{Source, generate};
use serde_json::Value;
use xtask::bench::synthetic::{KINDS, Kind};

use super::figures::{Figures, compare, count, figure};
use crate::project;

/// The number of parts of the small and the large crate.
const SIZES: [usize; 2] = [25, 100];
/// The largest ratio of a cost in the large crate to that in the small one.
const MAX_GROWTH: f64 = 1.1;
/// What an enum has less of than a model of ten fields. It has more functions and more metadata; rustc takes about as much
/// time and memory for both, see `bench build`.
const CHEAPER: [&str; 2] = ["lines of code", "statements"];
const SEED: u64 = 1;

/// What a crate costs.
#[derive(Clone, Copy, Debug)]
struct Cost {
    /// The lines of emitted code without comments.
    lines: f64,
    /// The functions and constants that rustc checks, after the expansion of macros.
    bodies: f64,
    /// The statements in them.
    statements: f64,
    /// The size of the metadata that other crates read, in bytes.
    metadata: f64,
}

impl Cost {
    fn figures(self) -> [(&'static str, f64); 4] {
        [
            ("lines of code", self.lines),
            ("functions and constants", self.bodies),
            ("statements", self.statements),
            ("bytes of metadata", self.metadata),
        ]
    }

    /// Returns what each of a number of parts costs.
    fn each(self, empty: Self, parts: usize) -> Self {
        let parts = f64::from(u32::try_from(parts).unwrap());
        let each = |all: f64, empty: f64| (all - empty) / parts;
        Self {
            lines: each(self.lines, empty.lines),
            bodies: each(self.bodies, empty.bodies),
            statements: each(self.statements, empty.statements),
            metadata: each(self.metadata, empty.metadata),
        }
    }
}

fn kind(name: &str) -> Kind {
    KINDS.into_iter().find(|kind| kind.name == name).unwrap()
}

/// Returns what the crate of a document costs.
fn cost(kind: &Kind, parts: usize) -> Cost {
    let name = format!("scale-{}-{parts}", kind.name.replace(' ', "-"));
    let folder = project::root().join("target/compiled");
    let (package, spec) = (folder.join(&name), folder.join(&name).with_extension("yaml"));
    let _ = fs::remove_dir_all(&package);
    fs::create_dir_all(&folder).unwrap();
    fs::write(&spec, kind.document(parts, SEED)).unwrap();
    project::make_crate(&spec, &package, &name);
    let code = folder.join(&name).with_extension("mir");
    let metadata = check(&package, &code);
    let text = fs::read_to_string(code).unwrap();
    let starts = ["fn ", "const ", "static "];
    Cost {
        lines: lines_of_code(&package.join("src")),
        bodies: count(text.lines().filter(|line| starts.iter().any(|start| line.starts_with(start)))),
        statements: count(text.lines().filter(|line| line.starts_with("        ") && line.ends_with(';'))),
        metadata: f64::from(u32::try_from(fs::metadata(metadata).unwrap().len()).unwrap()),
    }
}

/// Checks a package with all endpoints, but without the HTTP client. Writes its code after the expansion of macros to a
/// file, and returns the path of its metadata.
fn check(package: &Path, code: &Path) -> PathBuf {
    let features = features_of_endpoints(&fs::read_to_string(package.join("Cargo.toml")).unwrap());
    let features = format!("--features={}", features.join(","));
    let output = project::cargo_in(package, "rustc")
        .args(["--lib", "--no-default-features", &features, "--profile=check"])
        .args(["--message-format=json", "--", &format!("--emit=mir={}", code.display())])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).unwrap();
    let messages = messages.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut crates = messages.filter(|message| message["reason"] == "compiler-artifact");
    let last = crates.next_back().unwrap();
    let mut files = last["filenames"].as_array().unwrap().iter().filter_map(Value::as_str).map(PathBuf::from);
    files.find(|file| file.extension().is_some_and(|extension| extension == "rmeta")).unwrap()
}

/// Counts the lines in a folder that are neither empty nor comments.
fn lines_of_code(folder: &Path) -> f64 {
    let files = crate::files::rust_sources(folder);
    let texts: Vec<_> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let lines = texts.iter().flat_map(|text| text.lines()).map(str::trim);
    count(lines.filter(|line| !line.is_empty() && !line.starts_with("//")))
}

#[test]
fn each_part_costs_the_same_in_a_large_crate() {
    let names = [
        "operations",
        "models of ten fields",
        "enums",
        "unions with a discriminator",
        "unions",
        "models nested 5 deep",
    ];
    let (mut figures, mut growing) = (Figures::new(), Vec::new());
    let mut costs = Vec::new();
    for name in names {
        let kind = kind(name);
        let empty = cost(&kind, 0);
        let [small, large] = SIZES.map(|parts| cost(&kind, parts).each(empty, parts));
        for ((what, small), (_, large)) in small.figures().into_iter().zip(large.figures()) {
            if large > small * MAX_GROWTH {
                growing.push(format!(
                    "{what}, {name}: {small:.1} each in a small crate, {large:.1} in a large one"
                ));
            }
            figures.extend([figure(&format!("{name}, {what}"), large)]);
        }
        costs.push(large);
    }
    assert!(growing.is_empty(), "{}", growing.join("\n"));
    for ((what, of_model), (_, of_enum)) in costs[1].figures().into_iter().zip(costs[2].figures()) {
        figures.extend([figure(&format!("an enum : a model of ten fields, {what}"), of_enum / of_model)]);
        let is_cheaper = of_enum < of_model || !CHEAPER.contains(&what);
        assert!(is_cheaper, "{what}: {of_enum} for an enum, {of_model} for a model of ten fields");
    }
    compare("scale", &figures);
}

#[test]
fn equal_lists_of_values_are_one_enum() {
    for parts in [100, 1_000] {
        let text = kind("inline enums of eight lists").document(parts, SEED);
        let output = generate(&Source::new("synthetic.yaml", text.into_bytes()), &[]).unwrap();
        let enums = output.api.types.iter().filter(|def| matches!(def.kind, TypeKind::OpenEnum { .. }));
        assert_eq!(enums.count(), 8, "{parts} properties");
    }
}
