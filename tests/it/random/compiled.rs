//! Valid documents, compiled as modules of one crate, with a test that decodes and encodes values of their schemas.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use codegen::{Example, Mode, Output, Pointer};
use serde_json::{Value, json};
use xtask::corpus::install_example_test;

use super::invariants;
use super::{COMPILED, seeds};
use crate::project;

#[test]
fn random_documents_compile_and_their_examples_round_trip() {
    let outputs: Vec<_> = seeds(COMPILED).map(|seed| (seed, output(seed))).collect();
    let folder = project::root().join("target/compiled/random");
    make_crate(&folder, &outputs);
    let examples: Vec<_> = outputs.iter().flat_map(|(seed, output)| examples(*seed, output)).collect();
    install_example_test(&examples, &serde_json::Value::Null, &folder).unwrap();

    let printed = test(&folder);
    assert!(!printed.contains("warning:") && !printed.contains("error"), "{printed}");
    let results = fs::read(folder.join("tests/results.json")).unwrap();
    let results: Value = serde_json::from_slice(&results).unwrap();
    assert_eq!(results["count"], json!(examples.len()));
    let failed: Vec<_> =
        results["failed"].as_array().unwrap().iter().map(|failed| failure(failed, &examples)).collect();
    assert!(failed.is_empty(), "{} of {} values:\n{}", failed.len(), examples.len(), failed.join("\n"));
    assert!(examples.len() > outputs.len(), "too few values were tested");
}

fn output(seed: u64) -> Output {
    let text = ::random::valid(seed).to_string();
    invariants::generate(&text, &[], Mode::Lenient).unwrap_or_else(|report| panic!("seed {seed}: {report}"))
}

fn module(seed: u64) -> String {
    format!("seed_{seed}")
}

/// Returns the example values of a document. Their types are in its module.
fn examples(seed: u64, output: &Output) -> Vec<Example<'_>> {
    let own = format!("client::{}::models::", module(seed));
    let mut examples = codegen::examples(output);
    for example in &mut examples {
        example.pointer = Pointer::root().child(module(seed)).join(example.pointer.tokens());
        example.ty = example.ty.replace("client::models::", &own);
    }
    examples
}

fn failure(failed: &Value, examples: &[Example<'_>]) -> String {
    let example = examples.iter().find(|example| failed["pointer"] == example.pointer.to_string());
    let value = example.map(|example| example.value.to_string()).unwrap_or_default();
    format!("{}: {}\n  of {value}", failed["pointer"], failed["why"])
}

/// Generates a crate with the API of a document in each module.
fn make_crate(folder: &Path, outputs: &[(u64, Output)]) {
    let _ = fs::remove_dir_all(folder);
    let empty = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/empty.yaml");
    project::make_crate(&empty, folder, "compiled-random");
    let mut attributes = BTreeSet::new();
    let mut root = fs::read_to_string(folder.join("src/lib.rs")).unwrap();
    for (seed, output) in outputs {
        let name = module(*seed);
        root.push_str(&format!("/// A document.\n#[allow(clippy::large_enum_variant, unexpected_cfgs, reason = \"as in the client\")]\npub mod {name};\n"));
        let own = folder.join("src").join(&name);
        write(&own.join("mod.rs"), MODULE);
        for file in invariants::crate_of(output) {
            let Some(path) = file.path.strip_prefix("src/") else { continue };
            if path == "lib.rs" {
                attributes.extend(allowed(&file.text));
                continue;
            }
            // Of their features, the crate has only the client's.
            let of_client = path.starts_with("api/");
            let lines = file.text.lines().filter(|line| of_client || !line.starts_with("#[cfg("));
            let text: String = lines.map(|line| format!("{line}\n")).collect();
            let text = text.replace("crate::models", &format!("crate::{name}::models"));
            write(&own.join(path), &text);
        }
    }
    let attributes: String = attributes.into_iter().collect();
    write(&folder.join("src/lib.rs"), &format!("{attributes}{root}"));
}

/// Returns the `allow` attributes of a crate's root.
fn allowed(root: &str) -> Vec<String> {
    let attributes = root.split("#![").skip(1).filter(|rest| rest.starts_with("allow"));
    attributes.map(|rest| format!("#![{}]\n", rest.split(']').next().unwrap())).collect()
}

const MODULE: &str = "//! A document.\n\npub mod api;\npub mod endpoints;\npub mod models;\n";

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs the test of a crate, and returns everything that cargo prints.
fn test(folder: &Path) -> String {
    let mut command = project::cargo_in(folder, "test");
    command.args(["--no-default-features", "--test", "examples"]);
    project::printed(command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0")).1
}
