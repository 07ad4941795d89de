//! Compiles one crate whose dependencies are already compiled.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use serde_json::Value;

use super::super::measure::Measurement;
use super::super::setup::BenchSetup;
use super::super::tools;

/// The source file that is touched to make cargo compile a crate again.
pub(super) const SOURCE_ROOT: &str = "src/lib.rs";

/// The cargo command that compiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BuildMode {
    Check,
    Debug,
    Release,
}

impl BuildMode {
    pub(super) const ALL: [Self; 3] = [Self::Check, Self::Debug, Self::Release];

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Debug => &["build"],
            Self::Release => &["build", "--release"],
        }
    }
}

/// A crate or program to compile.
#[derive(Clone, Debug)]
pub(super) struct Package {
    pub(super) folder: PathBuf,
    /// The target folder. Packages with the same one share compiled dependencies.
    pub(super) target: PathBuf,
    /// The flags that select features.
    pub(super) features: Vec<String>,
    /// The source file that is touched before compiling again.
    pub(super) source: &'static str,
}

/// The results of a first compilation.
#[derive(Clone, Debug, Default)]
pub(super) struct FirstBuild {
    /// The size of the crate's rlib in bytes, if it has one.
    pub(super) rlib: Option<f64>,
    /// The number of rustc's warnings.
    pub(super) warnings: f64,
    /// The first error, if there is one.
    pub(super) error: Option<String>,
}

impl Package {
    /// Returns the command that compiles it.
    pub(super) fn cargo(&self, mode: BuildMode) -> Command {
        let mut command = tools::cargo();
        command.args(mode.arguments()).args(&self.features).current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// Compiles it with all its dependencies, without measuring.
    pub(super) fn first(&self, mode: BuildMode) -> io::Result<FirstBuild> {
        eprintln!("compiling {} and its dependencies, {mode:?}", self.folder.display());
        self.touch()?;
        let mut command = self.cargo(mode);
        command.args(["--quiet", "--message-format=json"]).stdin(Stdio::null()).stderr(Stdio::piped());
        let output = command.output()?;
        let lines = String::from_utf8_lossy(&output.stdout);
        let mut first = FirstBuild::default();
        let own = fs::canonicalize(&self.folder)?;
        for line in lines.lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
            let manifest = message["manifest_path"].as_str().map(Path::new).and_then(Path::parent);
            if manifest.and_then(|folder| fs::canonicalize(folder).ok()).as_ref() == Some(&own) {
                first.note(&message);
            }
        }
        if !output.status.success() && first.error.is_none() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            first.error = Some(stderr.lines().next().unwrap_or("cargo failed without a message").to_owned());
        }
        Ok(first)
    }

    /// Measures compiling it alone, as after a change.
    pub(super) fn again(&self, setup: &BenchSetup, mode: BuildMode) -> io::Result<Measurement> {
        self.touch()?;
        let mut command = self.cargo(mode);
        command.args(["--quiet", "--offline"]);
        setup.meter.run(&command)
    }

    fn touch(&self) -> io::Result<()> {
        File::options().append(true).open(self.folder.join(self.source))?.set_modified(SystemTime::now())
    }
}

impl FirstBuild {
    /// Adds one of cargo's messages about the crate.
    fn note(&mut self, message: &Value) {
        let diagnostic = &message["message"];
        let text = diagnostic["message"].as_str().unwrap_or_default();
        match diagnostic["level"].as_str() {
            // The last warning only counts the others.
            Some("warning") if !text.ends_with("emitted") => self.warnings += 1.0,
            Some("error") if self.error.is_none() => self.error = Some(text.to_owned()),
            _ => {}
        }
        let files = message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let rlib = files.map(Path::new).find(|file| file.extension().is_some_and(|ending| ending == "rlib"));
        if let Some(size) = rlib.and_then(|file| fs::metadata(file).ok()) {
            #[allow(clippy::cast_precision_loss, reason = "a file is small enough")]
            let size = size.len() as f64;
            self.rlib = Some(size);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::FirstBuild;

    #[test]
    fn the_summary_of_warnings_is_not_counted() {
        let mut first = FirstBuild::default();
        let message = |level: &str, text: &str| json!({"message": {"level": level, "message": text}});
        first.note(&message("warning", "unused variable"));
        first.note(&message("warning", "1 warning emitted"));
        first.note(&message("error", "mismatched types"));
        first.note(&message("error", "aborting due to 1 previous error"));
        assert_eq!((first.warnings, first.error.as_deref()), (1.0, Some("mismatched types")));
    }
}
