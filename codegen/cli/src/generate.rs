//! `generate` and `check`: from an OpenAPI document to a crate, written or compared.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::package::{self, Assembled, EMITTED, Existing, Package, PackageName};
use codegen::{GeneratedFile, Mode, Options, Output, Timings};

use crate::config::RuntimeSource;
use crate::fetch;
use crate::files::{self, FileError};
use crate::input::{self, Folder, STDIN};
pub use crate::outcome::{Failure, Summary};
use crate::runtime;
use crate::sync;
use crate::workspace::{self, Standing};

const MANIFEST: &str = "Cargo.toml";
const README: &str = "README.md";
const ROOT: &str = "src/lib.rs";

/// What a run reads, and which crate it makes.
#[derive(Clone, Debug)]
pub struct Job {
    /// The description; `-` is the standard input.
    pub description: PathBuf,
    /// Overlays, in the order in which they apply.
    pub overlays: Vec<PathBuf>,
    /// The crate's folder.
    pub out: PathBuf,
    /// The package's name; that of the manifest, or made from the document's title, if not given.
    pub name: Option<String>,
    /// The tags whose operations become functions; all if empty.
    pub tags: Vec<String>,
    /// The folder that files which the description refers to are read from; its own if not given.
    pub within: Option<PathBuf>,
    /// What becomes of the description's own mistakes.
    pub mode: Mode,
    /// Where the runtime comes from.
    pub runtime: RuntimeSource,
    /// The description's bytes, where they were fetched.
    pub fetched: Option<Vec<u8>>,
    /// The checksum that the description must have.
    pub sha256: Option<String>,
    /// What paths are shown relative to.
    pub base: PathBuf,
    /// The command that generates the same, for those who check.
    pub cure: String,
    /// Whether the folder is known to be meant, as it has a configuration.
    pub is_own: bool,
}

impl Job {
    /// A crate of a description in a folder, with everything else as usual.
    #[must_use]
    pub fn new(description: impl Into<PathBuf>, out: impl Into<PathBuf>) -> Self {
        Self {
            description: description.into(),
            overlays: Vec::new(),
            out: out.into(),
            name: None,
            tags: Vec::new(),
            within: None,
            mode: Mode::Lenient,
            runtime: RuntimeSource::default(),
            fetched: None,
            sha256: None,
            base: PathBuf::new(),
            cure: "clientwright generate".to_owned(),
            is_own: false,
        }
    }

    fn shown(&self, path: &Path) -> String {
        files::shown(path, &self.base)
    }
}

/// Generates a crate, and then writes it or, with `check`, compares it with what is there.
///
/// # Errors
///
/// See [`Failure`]; whatever it is, nothing has been written.
pub fn run(job: &Job, check: bool) -> Result<Summary, Failure> {
    let mut timings = Timings::start();
    let name = job.name.as_deref().map(PackageName::new).transpose().map_err(Failure::Name)?;
    let (description, overlays) =
        input::read((&job.description, job.fetched.as_deref()), &job.overlays, |path| job.shown(path))
            .map_err(Failure::Files)?;
    if let Some(sha256) = &job.sha256 {
        fetch::check(&description, sha256)?;
    }
    let siblings = Folder::of(&job.description);
    let siblings = job.within.as_deref().map_or(siblings.clone(), |bound| siblings.within(bound));
    let options = Options::new(job.mode).with_siblings(&siblings).with_tags(&job.tags);
    timings.end("open");
    let output = codegen::generate_with(&description, &overlays, &options).map_err(Failure::Description)?;
    timings.include(&output.timings);

    let Crate { files, owned, notes } = assembled(job, name, &output)?;
    timings.end("package");

    let out = job.shown(&job.out);
    let owned: Vec<&str> = owned.iter().map(String::as_str).collect();
    let difference = sync::compare(&job.out, &files, &owned)?;
    let new = difference.missing.len() == files.len();
    timings.end("compare");
    if check && !difference.is_empty() {
        return Err(Failure::Stale { difference: Box::new(difference), out, cure: job.cure.clone() });
    }
    if !check {
        let is_emitted = |path: &&String| EMITTED.iter().any(|folder| is_below(path, folder));
        let paths = sync::foreign(&job.out, &difference, is_emitted)?;
        if !paths.is_empty() {
            return Err(Failure::Foreign { paths, out });
        }
        sync::write(&job.out, &files, &difference)?;
        timings.end("write");
    }
    Ok(Summary { output, difference, new, notes, timings, out })
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// What the crate's folder is to hold.
struct Crate {
    files: Vec<GeneratedFile>,
    /// Folders that hold nothing else.
    owned: Vec<String>,
    /// What the user should know of it.
    notes: Vec<String>,
}

/// The emitted files, the user's files as they are to be, and the copy of the runtime.
fn assembled(job: &Job, name: Option<PackageName>, output: &Output) -> Result<Crate, Failure> {
    let existing = existing(&job.out)?;
    if let Some(entry) = stranger(job, existing.manifest.as_deref())? {
        return Err(Failure::Occupied { out: job.shown(&job.out), entry });
    }
    let (runtime, copy) = runtime::place(&job.out, &job.runtime, existing.manifest.as_deref())?;
    if let Some(folder) = copy.as_deref().filter(|folder| !runtime::may_hold_copy(folder)) {
        return Err(Failure::Usage {
            problem: format!("{} is not empty, and holds no copy of the runtime", job.shown(folder)),
            help: "name another folder by `--runtime copy=DIR`; nothing was written".to_owned(),
        });
    }
    let package = Package {
        name,
        origin: origin(&job.description),
        runtime,
        own_workspace: workspace::standing(&job.out)? != Standing::Member,
    };
    let Assembled { emitted, shared, .. } =
        package::assemble(&package, output, &existing).map_err(Failure::Manifest)?;
    let mut files = [emitted, shared].concat();
    let mut owned: Vec<String> = EMITTED.map(str::to_owned).into();
    let mut notes = notes(&existing);
    if let Some(folder) = copy {
        files.extend(runtime::files(&job.out, &folder));
        let way = files::way(&job.out, &folder);
        let is_chosen_here = existing.manifest.is_none() && job.runtime == RuntimeSource::Copy(None);
        if is_chosen_here && way.starts_with("..") {
            let folder = files::way(&job.base.join("."), &folder);
            notes.push(format!(
                "the crate uses the runtime in {folder}; `--runtime copy=DIR` gives it one of its own"
            ));
        }
        owned.push(format!("{way}/src"));
    }
    Ok(Crate { files, owned, notes })
}

/// What in the user's files keeps emitted code from being of use.
fn notes(existing: &Existing) -> Vec<String> {
    let mut notes = Vec::new();
    let root = existing.root.as_deref().unwrap_or_default();
    let missing: Vec<_> = ["api", "endpoints", "models"]
        .into_iter()
        .filter(|module| existing.root.is_some() && !root.contains(&format!("mod {module};")))
        .map(|module| format!("`mod {module};`"))
        .collect();
    if !missing.is_empty() {
        notes.push(format!("{ROOT} lacks {}: what is emitted there isn't compiled", missing.join(", ")));
    }
    if existing.readme.as_deref().is_some_and(package::has_one_mark) {
        notes
            .push(format!("{README} has one of the two marks of the generated section, which isn't renewed"));
    }
    notes
}

/// What the description is called in the crate.
fn origin(description: &Path) -> String {
    if description.as_os_str() == STDIN {
        return "standard input".to_owned();
    }
    let name = description.file_name().unwrap_or_default().to_string_lossy();
    let is_url = fetch::is_url(&description.to_string_lossy());
    // The query of a URL may hold what is secret.
    let end = name.find(['?', '#']).filter(|_| is_url).unwrap_or(name.len());
    name[..end].to_owned()
}

/// The user's files. What an earlier version of this command made as a whole counts as none.
fn existing(out: &Path) -> Result<Existing, FileError> {
    let read = |path: &str| {
        let text = files::optional(&out.join(path))?;
        Ok::<_, FileError>(text.filter(|text| !sync::has_mark(text.as_bytes())))
    };
    Ok(Existing { manifest: read(MANIFEST)?, readme: read(README)?, root: read(ROOT)? })
}

/// An entry of a folder that is neither empty nor a crate made by this command. What begins with a dot doesn't
/// count: a repository may have been made first.
fn stranger(job: &Job, manifest: Option<&str>) -> Result<Option<String>, FileError> {
    if job.is_own || manifest.is_some_and(package::is_known) {
        return Ok(None);
    }
    let out = &job.out;
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
    let was_made_before = manifest.is_none() && names.iter().any(|name| name == MANIFEST);
    Ok(if was_made_before { None } else { names.into_iter().find(|name| !name.starts_with('.')) })
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
