//! What compiling one crate takes, its dependencies compiled before.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use serde_json::Value;

use super::super::measure::Measured;
use super::super::setup::Setup;
use super::super::tools;

/// What is touched to have a crate compiled again.
pub(super) const ROOT: &str = "src/lib.rs";

/// How cargo is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Check,
    Debug,
    Release,
}

impl Mode {
    pub(super) const ALL: [Self; 3] = [Self::Check, Self::Debug, Self::Release];

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Debug => &["build"],
            Self::Release => &["build", "--release"],
        }
    }
}

/// A crate, or a program, as it is compiled.
#[derive(Clone, Debug)]
pub(super) struct Package {
    pub(super) folder: PathBuf,
    /// Where it is compiled to. Those that share it share their dependencies.
    pub(super) target: PathBuf,
    /// The features that are asked for, as flags.
    pub(super) features: Vec<String>,
    /// The file that a user changes, or that is as if it had changed.
    pub(super) source: &'static str,
}

/// What a first compilation tells.
#[derive(Clone, Debug, Default)]
pub(super) struct First {
    /// Bytes of the crate's rlib, if it has one.
    pub(super) rlib: Option<f64>,
    /// How many warnings rustc gave.
    pub(super) warnings: f64,
    /// The first error, if there are any.
    pub(super) error: Option<String>,
}

impl Package {
    /// The command that compiles it.
    pub(super) fn cargo(&self, mode: Mode) -> Command {
        let mut command = tools::cargo();
        command.args(mode.arguments()).args(&self.features).current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// Compiles it with all that it depends on; nothing of that is measured.
    pub(super) fn first(&self, mode: Mode) -> io::Result<First> {
        eprintln!("compiling what {} depends on, and it, {mode:?}", self.folder.display());
        self.touch()?;
        let mut command = self.cargo(mode);
        command.args(["--quiet", "--message-format=json"]).stdin(Stdio::null()).stderr(Stdio::piped());
        let output = command.output()?;
        let lines = String::from_utf8_lossy(&output.stdout);
        let mut first = First::default();
        let own = fs::canonicalize(&self.folder)?;
        for line in lines.lines() {
            let Ok(told) = serde_json::from_str::<Value>(line) else { continue };
            let manifest = told["manifest_path"].as_str().map(Path::new).and_then(Path::parent);
            if manifest.and_then(|folder| fs::canonicalize(folder).ok()).as_ref() == Some(&own) {
                first.note(&told);
            }
        }
        if !output.status.success() && first.error.is_none() {
            let said = String::from_utf8_lossy(&output.stderr);
            first.error = Some(said.lines().next().unwrap_or("cargo failed without a word").to_owned());
        }
        Ok(first)
    }

    /// Compiles it alone, as if it had changed.
    pub(super) fn again(&self, setup: &Setup, mode: Mode) -> io::Result<Measured> {
        self.touch()?;
        let mut command = self.cargo(mode);
        command.args(["--quiet", "--offline"]);
        setup.meter.run(&command)
    }

    fn touch(&self) -> io::Result<()> {
        File::options().append(true).open(self.folder.join(self.source))?.set_modified(SystemTime::now())
    }
}

impl First {
    /// Takes in what cargo tells of the crate.
    fn note(&mut self, told: &Value) {
        let message = &told["message"];
        let text = message["message"].as_str().unwrap_or_default();
        match message["level"].as_str() {
            // The last one counts the others.
            Some("warning") if !text.ends_with("emitted") => self.warnings += 1.0,
            Some("error") if self.error.is_none() => self.error = Some(text.to_owned()),
            _ => {}
        }
        let files = told["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
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

    use super::First;

    #[test]
    fn counts_warnings_but_not_their_count() {
        let mut first = First::default();
        let message = |level: &str, text: &str| json!({"message": {"level": level, "message": text}});
        first.note(&message("warning", "unused variable"));
        first.note(&message("warning", "1 warning emitted"));
        first.note(&message("error", "mismatched types"));
        first.note(&message("error", "aborting due to 1 previous error"));
        assert_eq!((first.warnings, first.error.as_deref()), (1.0, Some("mismatched types")));
    }
}
