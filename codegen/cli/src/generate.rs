//! `generate`: from any OpenAPI document to a crate of its own.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::package::{self, Crate, Package, PackageName, Template};
use codegen::{Mode, Options, Timings};

use crate::project::{self, FileError};
use crate::siblings::Folder;
use crate::sync;
use crate::workspace::{self, Standing};

pub use crate::outcome::{Failure, Summary};

/// Folders below the output that belong to `generate`, wholly.
const OWNED: [&str; 2] = ["src", "core/src"];
const MANIFEST: &str = "Cargo.toml";
const LOCK: &str = "Cargo.lock";

/// What a run reads, and which crate it makes.
#[derive(Clone, Debug)]
pub struct Job {
    /// The description.
    pub spec: PathBuf,
    /// Overlays, in the order in which they apply.
    pub overlays: Vec<PathBuf>,
    /// The crate's folder.
    pub out: PathBuf,
    /// The package's name; made from the document's title if not given.
    pub name: Option<String>,
    /// The tags whose operations become functions; all if empty.
    pub tags: Vec<String>,
    /// The folder that files which the description refers to are read from; its own if not given.
    pub within: Option<PathBuf>,
    /// What becomes of the description's own mistakes.
    pub mode: Mode,
    /// The repository with the client that the crate is made after.
    pub repository: PathBuf,
}

/// Generates a crate and writes it.
///
/// # Errors
///
/// See [`Failure`]; whatever it is, nothing has been written.
pub fn run(job: &Job) -> Result<Summary, Failure> {
    let mut timings = Timings::start();
    let given = job.name.as_deref().map(PackageName::new).transpose().map_err(Failure::Name)?;
    let template = template(&job.repository)?;
    let shown = |path: &Path| path.display().to_string().replace('\\', "/");
    let (spec, overlays) = project::read(&job.spec, &job.overlays, shown).map_err(Failure::Files)?;
    let siblings = Folder::of(&job.spec);
    let siblings = job.within.as_deref().map_or(siblings.clone(), |bound| siblings.within(bound));
    let options = Options::new(job.mode).with_siblings(&siblings).with_tags(&job.tags);
    timings.end("open");
    let output = codegen::generate_with(&spec, &overlays, &options).map_err(Failure::Description)?;
    timings.include(&output.timings);
    let name = given.unwrap_or_else(|| PackageName::from_title(&output.api.title));
    let standing = workspace::standing(&job.out)?;
    let package = Package {
        own_workspace: standing == Standing::Outsider,
        origin: job.spec.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        name,
    };
    let files = package::assemble(&package, &output, &template).map_err(Failure::Template)?;
    timings.end("package");

    let out = shown(&job.out);
    if let Some(entry) = stranger(&job.out)? {
        return Err(Failure::Occupied { out, entry });
    }
    let difference = sync::compare(&job.out, &files, &OWNED)?;
    let paths = sync::foreign(&job.out, &difference)?;
    if !paths.is_empty() {
        return Err(Failure::Foreign { paths, out });
    }
    let new = difference.missing.len() == files.len();
    timings.end("compare");
    sync::write(&job.out, &files, &difference)?;
    if standing != Standing::Member {
        lock(&job.repository, &job.out)?;
    }
    timings.end("write");
    Ok(Summary { output, difference, new, timings, out })
}

/// The client of the repository.
fn template(repository: &Path) -> Result<Template, Failure> {
    let read =
        |path: PathBuf| fs::read_to_string(&path).map_err(|error| FileError::new("read", &path, error));
    let client = repository.join("generated");
    if !client.join("src/lib.rs").is_file() {
        return Err(Failure::NoClient { folder: client });
    }
    let of = |folder: &Path| {
        let mut sources = BTreeMap::new();
        collect(&folder.join("src"), "", &mut sources)?;
        Ok::<_, FileError>(Crate { manifest: read(folder.join(MANIFEST))?, sources })
    };
    Ok(Template {
        workspace: read(repository.join(MANIFEST))?,
        client: of(&client)?,
        core: of(&repository.join("codegen/runtime"))?,
    })
}

/// Gives a new crate the versions of its dependencies that the client is tested with. From then on they are
/// cargo's and the user's.
fn lock(repository: &Path, out: &Path) -> Result<(), FileError> {
    let path = out.join(LOCK);
    if path.exists() {
        return Ok(());
    }
    match fs::copy(repository.join(LOCK), &path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FileError::new("write", &path, error)),
        _ => Ok(()),
    }
}

/// All texts below a folder, by path.
fn collect(root: &Path, below: &str, sources: &mut BTreeMap<String, String>) -> Result<(), FileError> {
    let folder = root.join(below);
    let list = |error| FileError::new("list", &folder, error);
    for entry in fs::read_dir(&folder).map_err(list)? {
        let entry = entry.map_err(list)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type().map_err(list)?.is_dir() {
            collect(root, &path, sources)?;
        } else {
            let text = fs::read_to_string(entry.path())
                .map_err(|error| FileError::new("read", &entry.path(), error))?;
            sources.insert(path, text);
        }
    }
    Ok(())
}

/// An entry of a folder that is neither empty nor a crate made by this command. What begins with a dot doesn't
/// count: a repository may have been made first.
fn stranger(out: &Path) -> Result<Option<String>, FileError> {
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(FileError::new("list", out, error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| FileError::new("list", out, error))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let ours = names.iter().any(|name| name == MANIFEST) && sync::is_marked(&out.join(MANIFEST))?;
    Ok(if ours { None } else { names.into_iter().find(|name| !name.starts_with('.')) })
}

/// The features of a crate's manifest that bring endpoints: those that stand for nothing but themselves.
#[must_use]
pub fn features_of_endpoints(manifest: &str) -> Vec<String> {
    let manifest: toml_edit::DocumentMut = manifest.parse().unwrap_or_default();
    let features = manifest.get("features").and_then(toml_edit::Item::as_table_like);
    let is_plain = |item: &toml_edit::Item| item.as_array().is_some_and(toml_edit::Array::is_empty);
    let features = features.into_iter().flat_map(toml_edit::TableLike::iter);
    features.filter(|(_, item)| is_plain(item)).map(|(name, _)| name.to_owned()).collect()
}
