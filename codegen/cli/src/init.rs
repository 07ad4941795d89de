//! `init`: creates `clientwright.toml`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::command_error::CommandError;
use crate::config::{Config, FILE};
use crate::fetch;
use crate::files::{self, FileError};
use crate::runtime_source::RuntimeSource;
use crate::sync;

const EXAMPLES: &str = "\
Examples:
  clientwright init api.yaml                    the crate is in this folder
  clientwright init api.yaml --out client       the crate is in another folder
  clientwright init https://example.com/openapi.json

Then `clientwright generate` generates the crate, and `clientwright check` checks that it is up to date.";

/// Create clientwright.toml, so that `generate` and `check` need no flags
///
/// A URL is fetched once: the document is saved next to the configuration, which records its checksum.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InitArguments {
    /// OpenAPI or Swagger 2.0 document: a file, or an https URL
    #[arg(value_name = "DESCRIPTION")]
    description: String,

    /// Folder of the crate and its configuration. Created if it doesn't exist
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,

    /// Apply an OpenAPI Overlay, or all overlays in a folder. Can be repeated
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,

    /// Name of the package [default: derived from the document's title]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Generate only operations with this tag. Can be repeated
    #[arg(long = "include-tag", value_name = "TAG")]
    tags: Vec<String>,

    /// Source of the runtime: `copy`, `copy=DIR`, `path=DIR` or `version=VERSION` [default: copy]
    #[arg(long, value_name = "SOURCE")]
    runtime: Option<RuntimeSource>,

    /// Treat problems in the document as errors
    #[arg(long)]
    strict: bool,

    /// Keep the operation ids and schema names of the document, with their patterns
    #[arg(long)]
    keep_names: bool,
}

impl InitArguments {
    /// Writes the file, and returns a message with its path.
    pub(crate) fn run(&self) -> Result<String, CommandError> {
        let path = self.out.join(FILE);
        if path.exists() {
            return Err(CommandError::Usage {
                problem: format!("{} already exists", files::shown(&path, Path::new(""))),
                help: "edit it, or delete it first; nothing was written".to_owned(),
            });
        }
        let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
        let (description, url, sha256) = if fetch::is_url(&self.description) {
            let bytes = fetch::fetch(&self.description)?;
            let name = document_name(&self.description);
            let file = self.out.join(&name);
            if file.exists() {
                return Err(CommandError::Usage {
                    problem: format!("{} already exists", files::shown(&file, Path::new(""))),
                    help: "move it elsewhere first; nothing was written".to_owned(),
                });
            }
            let sha256 = fetch::checksum(&bytes);
            files.push((file, bytes));
            (PathBuf::from(name), Some(self.description.clone()), Some(sha256))
        } else {
            let file = Path::new(&self.description);
            let found = fs::metadata(file).map_err(|error| FileError::new("read", file, error))?;
            if found.is_dir() {
                return Err(FileError::new("read", file, std::io::ErrorKind::IsADirectory.into()).into());
            }
            (files::relative(&self.out, file).into(), None, None)
        };
        let own = |path: &PathBuf| PathBuf::from(files::relative(&self.out, path));
        let runtime = match self.runtime.clone().unwrap_or_default() {
            RuntimeSource::Copy(Some(folder)) => RuntimeSource::Copy(Some(own(&folder))),
            RuntimeSource::Path(folder) => RuntimeSource::Path(own(&folder)),
            other => other,
        };
        let config = Config {
            description,
            url,
            sha256,
            overlays: self.overlays.iter().map(own).collect(),
            name: self.name.clone(),
            tags: self.tags.clone(),
            strict: self.strict,
            keep_names: self.keep_names,
            runtime,
            ..Config::default()
        };
        files.push((path.clone(), config.to_toml().into_bytes()));
        let files: Vec<_> = files.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice())).collect();
        sync::replace(&self.out, &files, &[])?;
        Ok(format!(
            "{}: written; run `clientwright generate` to generate the crate",
            files::shown(&path, Path::new(""))
        ))
    }
}

/// Returns the file name for a fetched document: the last segment of the URL's path, if it is a plain name.
fn document_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let known = [".yaml", ".yml", ".json"].iter().any(|ending| name.ends_with(ending));
    if known && name.chars().all(plain) && !name.starts_with('.') {
        name.to_owned()
    } else {
        "openapi.yaml".to_owned()
    }
}
