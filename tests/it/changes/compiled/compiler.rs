//! Crates of many APIs, and code that uses them, held before the compiler.
//!
//! A library has the runtime, and an API in each module; a program, which is another crate as that of any user is, has
//! the code for one in each of its own. What rustc refuses is known by file and line. As it doesn't look at types while
//! there are names that it doesn't know, the pieces that it refused are left out and the others looked at again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use codegen::GeneratedFile;
use serde_json::Value;

use crate::project;

/// As many libraries as are compiled at once.
const SHARDS: usize = 2;
/// More rounds than rustc has passes.
const ROUNDS: usize = 8;

/// An API, and code that uses one.
pub(super) struct Case {
    /// The module's name.
    pub(super) module: String,
    /// The emitted files of the API.
    pub(super) files: Vec<GeneratedFile>,
    /// What stands before the code.
    pub(super) head: String,
    /// The code, in pieces that stand alone.
    pub(super) pieces: Vec<String>,
}

/// What rustc says of pieces of code that it refuses, by module and number.
pub(super) type Refusals = BTreeMap<(String, usize), Vec<String>>;

/// Where the library has the API of a module.
pub(super) fn path(module: &str) -> String {
    format!("crate::library::{module}")
}

/// Compiles the code of all cases.
pub(super) fn refusals(name: &str, cases: &[Case]) -> Refusals {
    let size = cases.len().div_ceil(SHARDS).max(1);
    let shards: Vec<_> = cases.chunks(size).enumerate().collect();
    thread::scope(|scope| {
        let threads: Vec<_> = shards
            .into_iter()
            .map(|(index, cases)| scope.spawn(move || Shard::new(&format!("{name}-{index}"), cases).judge()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

const ROOT: &str = "#![allow(warnings)]\n\npub use library;\n\npub fn any<T>() -> T {\n    loop {}\n}\n\n";

/// Some of the cases, in a library and a program.
struct Shard<'a> {
    name: String,
    folder: PathBuf,
    cases: &'a [Case],
}

impl<'a> Shard<'a> {
    fn new(name: &str, cases: &'a [Case]) -> Self {
        let folder = project::root().join("target/compiled").join(name);
        Self { name: name.to_owned(), folder, cases }
    }

    fn judge(&self) -> Refusals {
        self.write_library();
        self.write_program();
        let mut refused = Refusals::new();
        for _ in 0..ROUNDS {
            self.write_modules(&refused);
            let errors = self.check();
            if errors.is_empty() {
                return refused;
            }
            let known = refused.len();
            let errors: Vec<_> =
                errors.into_iter().map(|error| (self.piece(&error, &refused), error)).collect();
            for (piece, error) in errors {
                refused.entry(piece).or_default().push(error.text);
            }
            assert!(refused.len() > known, "what is refused was left out");
        }
        panic!("rustc finds something new in each round");
    }

    /// The code of a case without what was refused: numbers of pieces, and the lines at which they begin.
    fn module(case: &Case, refused: &Refusals) -> (String, Vec<(usize, usize)>) {
        let mut text = case.head.clone();
        let mut lines = Vec::new();
        for (number, piece) in case.pieces.iter().enumerate() {
            if !refused.contains_key(&(case.module.clone(), number)) {
                lines.push((number, text.lines().count() + 1));
                text.push_str(piece);
            }
        }
        (text, lines)
    }

    fn write_modules(&self, refused: &Refusals) {
        for case in self.cases {
            let path = self.folder.join("program/src").join(format!("{}.rs", case.module));
            write(&path, &Self::module(case, refused).0);
        }
    }

    /// The piece that an error is in.
    fn piece(&self, error: &Error, refused: &Refusals) -> (String, usize) {
        let case = self.cases.iter().find(|case| error.file == format!("src/{}.rs", case.module));
        let case = case.unwrap_or_else(|| panic!("of {}: {}", error.file, error.text));
        let (_, lines) = Self::module(case, refused);
        let piece = lines.iter().rev().find(|(_, line)| *line <= error.line);
        let (number, _) = piece.unwrap_or_else(|| panic!("before the code: {}", error.text));
        (case.module.clone(), *number)
    }

    /// The client's runtime, with an API in each module.
    fn write_library(&self) {
        let folder = self.folder.join("library");
        let _ = fs::remove_dir_all(&folder);
        let empty = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/empty.yaml");
        project::make_crate(&empty, &folder, &format!("library-{}", self.name));
        let root = folder.join("src/lib.rs");
        let mut text = format!("#![allow(warnings)]\n{}", fs::read_to_string(&root).unwrap());
        for case in self.cases {
            let module = &case.module;
            text.push_str(&format!("pub mod {module} {{ pub mod endpoints; pub mod models; }}\n"));
            for file in &case.files {
                // The library has none of their features.
                let lines = file.text.lines().filter(|line| {
                    let line = line.trim_start();
                    !line.starts_with("#[cfg(") && !line.starts_with("//")
                });
                let lines: String = lines.map(|line| format!("{line}\n")).collect();
                let own = lines.replace("crate::models", &format!("crate::{module}::models"));
                write(&folder.join("src").join(module).join(&file.path), &own);
            }
        }
        write(&root, &text);
    }

    fn write_program(&self) {
        let folder = self.folder.join("program");
        let _ = fs::remove_dir_all(&folder);
        let manifest = format!(
            "[workspace]\n\n[package]\nname = \"program-{0}\"\nedition = \"2024\"\n\n[dependencies]\nlibrary = {{ package = \"library-{0}\", path = \"../library\", default-features = false }}\n",
            self.name
        );
        write(&folder.join("Cargo.toml"), &manifest);
        fs::copy(self.folder.join("library/Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        let modules: String = self.cases.iter().map(|case| format!("mod {};\n", case.module)).collect();
        let root = format!("{ROOT}{modules}");
        write(&folder.join("src/lib.rs"), &root);
    }

    fn check(&self) -> Vec<Error> {
        let output = project::cargo()
            .args(["check", "--offline", "--quiet", "--message-format=json"])
            .current_dir(self.folder.join("program"))
            .env("CARGO_TARGET_DIR", project::root().join("target/compiled/changes").join(&self.name))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let told = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let errors: Vec<_> = told.filter_map(|told| error(&told)).collect();
        assert!(
            output.status.success() == errors.is_empty(),
            "cargo failed without an error of rustc: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        errors
    }
}

/// An error of rustc, where it stands in the program.
struct Error {
    file: String,
    line: usize,
    text: String,
}

/// An error that cargo tells of; none for what only sums up.
fn error(told: &Value) -> Option<Error> {
    let message = told.get("message").filter(|message| message["level"] == "error")?;
    let span = message["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    let text = message["rendered"].as_str().unwrap_or_default().to_owned();
    let of_program = told["target"]["src_path"].as_str().is_some_and(|path| path.contains("/program/"));
    assert!(of_program, "the library doesn't compile: {text}");
    let line = usize::try_from(span["line_start"].as_u64()?).ok()?;
    Some(Error { file: span["file_name"].as_str()?.to_owned(), line, text })
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
