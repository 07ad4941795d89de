//! Compiles many APIs and the code that uses them.
//!
//! A library has the runtime and an API in each module. A program, which is a separate crate like a user's, has the
//! code for an API in each module. The file and the line of an error identify the rejected piece of code. rustc doesn't
//! check types while names are unresolved, so the rejected pieces are removed and the others are checked again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use codegen::GeneratedFile;
use serde_json::Value;

use crate::project;

/// The number of libraries that are compiled in parallel.
const SHARDS: usize = 2;
/// The maximum number of checks. rustc has fewer passes.
const ROUNDS: usize = 8;

/// An API, and code that uses an API.
pub(super) struct Case {
    /// The module's name.
    pub(super) module: String,
    /// The emitted files of the API.
    pub(super) files: Vec<GeneratedFile>,
    /// The code before the pieces.
    pub(super) head: String,
    /// The code in independent pieces.
    pub(super) pieces: Vec<String>,
}

/// The errors of rustc for rejected pieces of code, by module and number.
pub(super) type Rejections = BTreeMap<(String, usize), Vec<String>>;

/// Returns the path of an API in the library.
pub(super) fn path(module: &str) -> String {
    format!("crate::library::{module}")
}

/// Compiles the code of all cases.
pub(super) fn rejections(name: &str, cases: &[Case]) -> Rejections {
    let size = cases.len().div_ceil(SHARDS).max(1);
    let shards: Vec<_> = cases.chunks(size).enumerate().collect();
    thread::scope(|scope| {
        let threads: Vec<_> = shards
            .into_iter()
            .map(|(index, cases)| {
                scope.spawn(move || Shard::new(&format!("{name}-{index}"), cases).check_all())
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

const ROOT: &str = "#![allow(warnings)]\n\npub use library;\n\npub fn any<T>() -> T {\n    loop {}\n}\n\n/// A trait that users implement.\npub trait Own {}\n\n";

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

    fn check_all(&self) -> Rejections {
        self.write_library();
        self.write_program();
        let mut rejected = Rejections::new();
        for _ in 0..ROUNDS {
            self.write_modules(&rejected);
            let errors = self.check();
            if errors.is_empty() {
                return rejected;
            }
            let known = rejected.len();
            let errors: Vec<_> =
                errors.into_iter().map(|error| (self.piece(&error, &rejected), error)).collect();
            for (piece, error) in errors {
                rejected.entry(piece).or_default().push(error.text);
            }
            assert!(rejected.len() > known, "a removed piece is not rejected again");
        }
        panic!("rustc finds new errors in every round");
    }

    /// Returns the code of a case without the rejected pieces, and the numbers and first lines of the others.
    fn module(case: &Case, rejected: &Rejections) -> (String, Vec<(usize, usize)>) {
        let mut text = case.head.clone();
        let mut lines = Vec::new();
        for (number, piece) in case.pieces.iter().enumerate() {
            if !rejected.contains_key(&(case.module.clone(), number)) {
                lines.push((number, text.lines().count() + 1));
                text.push_str(piece);
            }
        }
        (text, lines)
    }

    fn write_modules(&self, rejected: &Rejections) {
        for case in self.cases {
            let path = self.folder.join("program/src").join(format!("{}.rs", case.module));
            write(&path, &Self::module(case, rejected).0);
        }
    }

    /// Returns the piece that contains an error.
    fn piece(&self, error: &Error, rejected: &Rejections) -> (String, usize) {
        let case = self.cases.iter().find(|case| error.file == format!("src/{}.rs", case.module));
        let case = case.unwrap_or_else(|| panic!("of {}: {}", error.file, error.text));
        let (_, lines) = Self::module(case, rejected);
        let piece = lines.iter().rev().find(|(_, line)| *line <= error.line);
        let (number, _) = piece.unwrap_or_else(|| panic!("before the code: {}", error.text));
        (case.module.clone(), *number)
    }

    /// Writes the library: the runtime with an API in each module.
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
                // The library doesn't have the features of the APIs.
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
        let stdout = String::from_utf8_lossy(&output.stdout);
        let messages = stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let errors: Vec<_> = messages.filter_map(|message| error(&message)).collect();
        assert!(
            output.status.success() == errors.is_empty(),
            "cargo failed without an error of rustc: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        errors
    }
}

/// An error of rustc with its location in the program.
struct Error {
    file: String,
    line: usize,
    text: String,
}

/// Returns the error of a message of cargo; `None` for a summary.
fn error(cargo_message: &Value) -> Option<Error> {
    let message = cargo_message.get("message").filter(|message| message["level"] == "error")?;
    let span = message["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    let text = message["rendered"].as_str().unwrap_or_default().to_owned();
    let of_program =
        cargo_message["target"]["src_path"].as_str().is_some_and(|path| path.contains("/program/"));
    assert!(of_program, "the library doesn't compile: {text}");
    let line = usize::try_from(span["line_start"].as_u64()?).ok()?;
    Some(Error { file: span["file_name"].as_str()?.to_owned(), line, text })
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
