//! `generate` and `check`: generates a crate from an OpenAPI document, and writes or compares it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::package::{self, AssembledCrate, EMITTED, ExistingFiles, Package, PackageName};
use codegen::{Customizations, GeneratedFile, Mode, NameOverrides, Options, Output, Timings};

pub use crate::command_error::CommandError;
use crate::fetch;
use crate::files::{self, FileError};
use crate::input::{self, BoundedLoader, STDIN};
use crate::runtime;
use crate::runtime_source::RuntimeSource;
pub use crate::summary::Summary;
use crate::sync;
use crate::workspace::{self, WorkspaceMembership};

const MANIFEST: &str = "Cargo.toml";
const README: &str = "README.md";
const ROOT: &str = "src/lib.rs";

/// The input and options of a run.
#[derive(Clone, Debug)]
pub struct Job {
    /// The description; `-` is the standard input.
    pub description: PathBuf,
    /// Overlays, in the order of application.
    pub overlays: Vec<PathBuf>,
    /// The crate's folder.
    pub out: PathBuf,
    /// The package's name. Defaults to the manifest's, or to a name derived from the document's title.
    pub name: Option<String>,
    /// The tags whose operations are generated; all if empty.
    pub tags: Vec<String>,
    /// The folder that referenced files must be in. Defaults to the description's folder.
    pub within: Option<PathBuf>,
    /// How problems in the description are treated.
    pub mode: Mode,
    /// The name overrides.
    pub names: NameOverrides,
    /// Whether names keep the patterns of the description's names.
    pub keep_names: bool,
    /// What is changed about types.
    pub customizations: Customizations,
    /// The source of the runtime.
    pub runtime: RuntimeSource,
    /// The description's bytes, if it was fetched.
    pub fetched: Option<Vec<u8>>,
    /// The checksum that the description must have.
    pub sha256: Option<String>,
    /// The folder that shown paths are relative to.
    pub base: PathBuf,
    /// The command that generates the crate, shown when a check fails.
    pub fix_command: String,
    /// Whether the crate has a configuration. Otherwise a folder with other content is rejected.
    pub has_config: bool,
}

impl Job {
    /// Creates a job for a description and a crate's folder, with default options.
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
            names: NameOverrides::new(),
            keep_names: false,
            customizations: Customizations::new(),
            runtime: RuntimeSource::default(),
            fetched: None,
            sha256: None,
            base: PathBuf::new(),
            fix_command: "clientwright generate".to_owned(),
            has_config: false,
        }
    }

    fn shown(&self, path: &Path) -> String {
        files::shown(path, &self.base)
    }
}

/// Generates a crate and writes it. With `check`, compares it with the files on disk instead.
///
/// # Errors
///
/// Returns a [`CommandError`]. Unless renaming or removing a file failed, nothing was written.
pub fn run(job: &Job, check: bool) -> Result<Summary, CommandError> {
    let mut timings = Timings::start();
    let name = job.name.as_deref().map(PackageName::new).transpose().map_err(CommandError::Name)?;
    let output = output_of(job, true, &mut timings)?;
    timings.include(&output.timings);

    let CrateFiles { files, owned, notes } = assembled(job, name, &output)?;
    timings.end("package");

    let out = job.shown(&job.out);
    let owned: Vec<&str> = owned.iter().map(String::as_str).collect();
    let difference = sync::compare(&job.out, &files, &owned)?;
    let new = difference.missing.len() == files.len();
    timings.end("compare");
    if check && !difference.is_empty() {
        return Err(CommandError::Outdated {
            difference: Box::new(difference),
            out,
            fix_command: job.fix_command.clone(),
        });
    }
    if !check {
        let is_owned = |path: &&String| owned.iter().any(|folder| is_below(path, folder));
        let paths = sync::not_generated(&job.out, &difference, is_owned)?;
        if !paths.is_empty() {
            return Err(CommandError::NotGenerated { paths, out });
        }
        sync::write(&job.out, &files, &difference)?;
        timings.end("write");
    }
    Ok(Summary { output, difference, new, notes, timings, out })
}

/// Reads the description of a job, and returns the output of the generator. Without `files`, no code is emitted.
pub(crate) fn output_of(job: &Job, files: bool, timings: &mut Timings) -> Result<Output, CommandError> {
    let (description, overlays) =
        input::read((&job.description, job.fetched.as_deref()), &job.overlays, |path| job.shown(path))
            .map_err(CommandError::Files)?;
    if let Some(sha256) = &job.sha256 {
        fetch::check(&description, sha256)?;
    }
    let file_loader = BoundedLoader::of(&job.description);
    let file_loader = job.within.as_deref().map_or(file_loader.clone(), |bound| file_loader.within(bound));
    let options = Options::new(job.mode)
        .with_file_loader(&file_loader)
        .with_tags(&job.tags)
        .with_names(&job.names)
        .keep_names(job.keep_names)
        .with_customizations(&job.customizations);
    let options = if files { options } else { options.without_files() };
    timings.end("open");
    codegen::generate_with(&description, &overlays, &options).map_err(CommandError::Description)
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The expected content of the crate's folder.
struct CrateFiles {
    files: Vec<GeneratedFile>,
    /// Folders that contain only generated files.
    owned: Vec<String>,
    /// Notes for the user.
    notes: Vec<String>,
}

/// Returns the emitted files, the updated files of the user, and the copy of the runtime.
fn assembled(job: &Job, name: Option<PackageName>, output: &Output) -> Result<CrateFiles, CommandError> {
    let existing = existing(&job.out)?;
    if let Some(entry) = other_content(job, existing.manifest.as_deref())? {
        return Err(CommandError::Occupied { out: job.shown(&job.out), entry });
    }
    let (runtime, copy) = runtime::locate(&job.out, &job.runtime, existing.manifest.as_deref())?;
    if let Some(folder) = copy.as_deref().filter(|folder| !runtime::may_hold_copy(folder)) {
        return Err(CommandError::Usage {
            problem: format!("{} is not empty and doesn't contain a copy of the runtime", job.shown(folder)),
            help: "choose another folder with `--runtime copy=DIR`; nothing was written".to_owned(),
        });
    }
    let package = Package {
        name,
        origin: origin(&job.description),
        runtime,
        own_workspace: workspace::membership(&job.out)? != WorkspaceMembership::Member,
    };
    let AssembledCrate { emitted: mut files, shared, missing_crates, .. } =
        package::assemble(&package, output, &existing).map_err(CommandError::Manifest)?;
    files.extend(shared);
    let mut owned: Vec<String> = EMITTED.map(str::to_owned).into();
    let mut notes = notes(&existing);
    notes.extend(missing_crates.iter().map(|name| {
        format!(
            "the emitted code uses the crate `{name}`, which Cargo.toml doesn't name: run `cargo add {name}`"
        )
    }));
    if let Some(folder) = copy {
        files.extend(runtime::files(&job.out, &folder));
        let path = files::relative(&job.out, &folder);
        let is_chosen_here = existing.manifest.is_none() && job.runtime == RuntimeSource::Copy(None);
        if is_chosen_here && path.starts_with("..") {
            let folder = files::relative(&job.base.join("."), &folder);
            notes.push(format!(
                "the crate uses the runtime in {folder}; `--runtime copy=DIR` writes a separate copy"
            ));
        }
        owned.push(format!("{path}/src"));
    }
    Ok(CrateFiles { files, owned, notes })
}

/// Returns notes about user files that are missing something for the emitted code.
fn notes(existing: &ExistingFiles) -> Vec<String> {
    let mut notes = Vec::new();
    let root = existing.root.as_deref().unwrap_or_default();
    let missing: Vec<_> = ["api", "endpoints", "models"]
        .into_iter()
        .filter(|module| existing.root.is_some() && !root.contains(&format!("mod {module};")))
        .map(|module| format!("`mod {module};`"))
        .collect();
    if !missing.is_empty() {
        notes.push(format!("{ROOT} lacks {}: the generated modules aren't compiled", missing.join(", ")));
    }
    if existing.readme.as_deref().is_some_and(package::has_one_mark) {
        notes.push(format!(
            "{README} has only one of the two markers of the generated section, so it isn't updated"
        ));
    }
    notes
}

/// Returns the name of the description for the crate's docs.
fn origin(description: &Path) -> String {
    if description.as_os_str() == STDIN {
        return "standard input".to_owned();
    }
    let name = description.file_name().unwrap_or_default().to_string_lossy();
    let is_url = fetch::is_url(&description.to_string_lossy());
    // The query of a URL may contain secrets.
    let end = name.find(['?', '#']).filter(|_| is_url).unwrap_or(name.len());
    name[..end].to_owned()
}

/// Reads the user's files. Files with a `@generated` marker are ignored: an earlier version of this command
/// generated them.
fn existing(out: &Path) -> Result<ExistingFiles, FileError> {
    let read = |path: &str| {
        let text = files::optional(&out.join(path))?;
        Ok::<_, FileError>(text.filter(|text| !sync::has_mark(text.as_bytes())))
    };
    Ok(ExistingFiles { manifest: read(MANIFEST)?, readme: read(README)?, root: read(ROOT)? })
}

/// Returns an entry of a folder that is neither empty nor a generated crate. Names with a leading dot are ignored: a
/// repository may exist already.
fn other_content(job: &Job, manifest: Option<&str>) -> Result<Option<String>, FileError> {
    if job.has_config || manifest.is_some_and(package::is_known) {
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
    let is_generated = manifest.is_none() && names.iter().any(|name| name == MANIFEST);
    Ok(if is_generated { None } else { names.into_iter().find(|name| !name.starts_with('.')) })
}

/// Returns the features of a manifest that enable endpoints: those that enable no other feature.
#[must_use]
pub fn features_of_endpoints(manifest: &str) -> Vec<String> {
    let manifest: toml_edit::DocumentMut = manifest.parse().unwrap_or_default();
    let features = manifest.get("features").and_then(toml_edit::Item::as_table_like);
    let is_plain = |item: &toml_edit::Item| item.as_array().is_some_and(toml_edit::Array::is_empty);
    let features = features.into_iter().flat_map(toml_edit::TableLike::iter);
    features.filter(|(_, item)| is_plain(item)).map(|(name, _)| name.to_owned()).collect()
}
