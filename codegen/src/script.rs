//! Generates a client in a build script.

use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use crate::base::diagnostic::Diagnostic;
use crate::base::options::{FileLoader, Options};
use crate::pipeline::generate_with;
use crate::read::tree::file::Source;

/// The result of [`build_script`]: what to print for cargo, and the code to write.
///
/// ```no_run
/// use clientwright_codegen::{Mode, Options, Source, build_script};
/// use std::{env, fs, path::Path, process::exit};
///
/// let read = |path: &str| fs::read(path).map_err(|error| error.to_string());
/// let api = Source::new("api.yaml", read("api.yaml").expect("api.yaml can be read"));
/// let built = build_script(&api, &[], &Options::new(Mode::Lenient).with_file_loader(&read));
/// print!("{}", built.directives);
/// let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
/// let code = built.code.unwrap_or_else(|| exit(1));
/// fs::write(Path::new(&out).join("api.rs"), code).expect("the client can be written");
/// ```
///
/// Include the file with `mod api { include!(concat!(env!("OUT_DIR"), "/api.rs")); }`, and add `clientwright-runtime`
/// to the dependencies.
#[derive(Clone, Debug)]
pub struct BuildScript {
    /// Lines to print for cargo: `cargo::rerun-if-changed` for every file that was read, `cargo::warning` and
    /// `cargo::error` for diagnostics.
    pub directives: String,
    /// The code of the client, to be included as a module. `None` if the run failed.
    pub code: Option<String>,
}

/// Generates a client as a single file, for a build script.
///
/// Name each [`Source`] by its path relative to the package root, the working directory of a build script.
#[must_use]
pub fn build_script(description: &Source, overlays: &[Source], options: &Options<'_>) -> BuildScript {
    let recorder = Recorder { inner: options.file_loader, paths: Mutex::new(Vec::new()) };
    let result = generate_with(description, overlays, &options.with_file_loader(&recorder).as_module());
    let mut loaded = recorder.paths.into_inner().unwrap_or_else(PoisonError::into_inner);
    loaded.sort();
    loaded.dedup();
    let mut directives = String::new();
    let overlay_paths = overlays.iter().map(|overlay| &overlay.name);
    for path in [&description.name].into_iter().chain(overlay_paths).chain(&loaded) {
        let _ = writeln!(directives, "cargo::rerun-if-changed={path}");
    }
    let mut print = |severity: &str, diagnostics: &[Diagnostic]| {
        for diagnostic in diagnostics {
            let _ = writeln!(directives, "cargo::{severity}={}", diagnostic.one_line());
        }
    };
    let code = match result {
        Ok(output) => {
            print("warning", &output.warnings);
            output.files.into_iter().next().map(|file| file.text)
        }
        Err(diagnostics) => {
            print("error", &diagnostics.0);
            None
        }
    };
    BuildScript { directives, code }
}

/// Records the paths of requested files, missing ones included: a file that is created later changes the output.
struct Recorder<'a> {
    inner: &'a dyn FileLoader,
    paths: Mutex<Vec<String>>,
}

impl FileLoader for Recorder<'_> {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        let is_printable = !path.contains(char::is_control);
        if is_printable {
            self.paths.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        }
        self.inner.load(path)
    }
}
