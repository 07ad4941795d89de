//! Serves build scripts: what to print for cargo, and the code to write.

use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use crate::base::diagnostic::Diagnostic;
use crate::base::options::{Options, Siblings};
use crate::pipeline::generate_with;
use crate::read::tree::file::Source;

/// What a build script prints and writes.
///
/// ```no_run
/// use clientwright_codegen::{Mode, Options, Source, build_script};
/// use std::{env, fs, path::Path, process::exit};
///
/// let read = |path: &str| fs::read(path).map_err(|error| error.to_string());
/// let api = Source::new("api.yaml", read("api.yaml").expect("it is there"));
/// let built = build_script(&api, &[], &Options::new(Mode::Lenient).with_siblings(&read));
/// print!("{}", built.directives);
/// let out = env::var("OUT_DIR").expect("cargo names it");
/// let code = built.code.unwrap_or_else(|| exit(1));
/// fs::write(Path::new(&out).join("api.rs"), code).expect("it can be written");
/// ```
///
/// The crate then has `mod api { include!(concat!(env!("OUT_DIR"), "/api.rs")); }`, and depends on
/// `clientwright-runtime`.
#[derive(Clone, Debug)]
pub struct BuildScript {
    /// Lines for cargo: `cargo::rerun-if-changed` for every file that was read, and each warning and error.
    pub directives: String,
    /// The text of a file to be included as a module; none where something is wrong.
    pub code: Option<String>,
}

/// Generates a client for a build script, as one file.
///
/// Sources are named by their paths from the package's folder, where a build script runs.
#[must_use]
pub fn build_script(description: &Source, overlays: &[Source], options: &Options<'_>) -> BuildScript {
    let siblings = Recorded { inner: options.siblings, read: Mutex::new(Vec::new()) };
    let result = generate_with(description, overlays, &options.with_siblings(&siblings).as_module());
    let mut read = siblings.read.into_inner().unwrap_or_else(PoisonError::into_inner);
    read.sort();
    read.dedup();
    let mut directives = String::new();
    let named = overlays.iter().map(|overlay| &overlay.name);
    for path in [&description.name].into_iter().chain(named).chain(&read) {
        let _ = writeln!(directives, "cargo::rerun-if-changed={path}");
    }
    let mut tell = |kind: &str, list: &[Diagnostic]| {
        for diagnostic in list {
            let _ = writeln!(directives, "cargo::{kind}={}", diagnostic.one_line());
        }
    };
    let code = match result {
        Ok(output) => {
            tell("warning", &output.warnings);
            output.files.into_iter().next().map(|file| file.text)
        }
        Err(report) => {
            tell("error", &report.0);
            None
        }
    };
    BuildScript { directives, code }
}

/// Remembers which files were asked for: a missing one that appears changes what is generated, too.
struct Recorded<'a> {
    inner: &'a dyn Siblings,
    read: Mutex<Vec<String>>,
}

impl Siblings for Recorded<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let plain = !path.contains(char::is_control);
        if plain {
            self.read.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        }
        self.inner.read(path)
    }
}
