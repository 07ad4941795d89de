//! The files of an export: which ones it may use, and how it opens them.
//!
//! The path of the output is the user's choice, as that of a shell's redirection: a link is followed, and an existing file
//! keeps its permissions. The files of the checkpoint are replaced, so none of them may be a link. Only the user can read
//! the files that are created, because records are confidential.

use std::error::Error;
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use fs4::FileExt;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The suffix of the file that becomes the next checkpoint.
const NEW: &str = ".new";
/// The suffix of the file that is locked.
const LOCK: &str = ".lock";
/// How many links in a row are followed.
const MAX_LINKS: usize = 40;

/// Checks the paths of an export before anything is created.
pub(crate) fn check(output: &Path, checkpoint: &Path) -> Result<()> {
    for (suffix, role) in [("", ""), (NEW, "the temporary file of "), (LOCK, "the lock file of ")] {
        if is_same(output, &beside(checkpoint, suffix)) {
            let (output, checkpoint) = (output.display(), checkpoint.display());
            let same = format!("the output {output} is {role}the checkpoint {checkpoint}");
            return Err(format!("{same}: choose another name for one of them").into());
        }
    }
    if output.metadata().is_ok_and(|found| !found.is_file()) {
        let reason = "it is not a file that can be truncated when the export resumes: choose another output";
        return Err(named(output, reason).into());
    }
    match checkpoint.symlink_metadata() {
        Ok(found) if found.is_symlink() => {
            let reason =
                "it is a link, which the next checkpoint would replace: name the file that it leads to";
            Err(named(checkpoint, reason).into())
        }
        Ok(found) if !found.is_file() => {
            Err(named(checkpoint, "it is not a file: choose another checkpoint").into())
        }
        _ => Ok(()),
    }
}

/// Returns whether two paths lead to the same file, which may be missing.
fn is_same(one: &Path, other: &Path) -> bool {
    location(one, MAX_LINKS) == location(other, MAX_LINKS) || is_same_file(one, other)
}

/// Returns the path of a file without links. The file may be missing.
fn location(path: &Path, links: usize) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match path.read_link() {
        Ok(target) if links > 0 => location(&folder.join(target), links - 1),
        _ => {
            let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
            let name = path.file_name().unwrap_or_default();
            // Some file systems don't distinguish upper and lower case.
            let ignores_case = cfg!(any(windows, target_os = "macos"));
            folder.join(if ignores_case { name.to_ascii_lowercase() } else { name.to_owned() })
        }
    }
}

/// Returns whether two existing files are the same one, also under two names.
#[cfg(unix)]
fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |path: &Path| path.metadata().ok().map(|found| (found.dev(), found.ino()));
    id(one).is_some_and(|known| id(other) == Some(known))
}

#[cfg(not(unix))]
fn is_same_file(_: &Path, _: &Path) -> bool {
    false
}

/// Opens or creates the output, and locks it. Says where a link leads.
pub(crate) fn open_output(path: &Path) -> Result<File> {
    let opened = private().create(true).truncate(false).read(true).write(true).open(path);
    let file = opened.map_err(|error| named(path, &error))?;
    if path.is_symlink() {
        eprintln!("note: the output {} is a link to {}", path.display(), location(path, MAX_LINKS).display());
    }
    lock(&file, path)?;
    Ok(file)
}

/// Locks the checkpoint by a file beside it, so that two exports don't share it.
pub(crate) fn lock_checkpoint(checkpoint: &Path) -> Result<File> {
    let path = beside(checkpoint, LOCK);
    let created = private().write(true).create_new(true).open(&path);
    let opened = match created {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            // Not through a link.
            if !path.symlink_metadata()?.is_file() {
                return Err(named(&path, "it is not a file: delete it").into());
            }
            OpenOptions::new().write(true).open(&path)
        }
        created => created,
    };
    let file = opened.map_err(|error| named(&path, &error))?;
    lock(&file, checkpoint)?;
    Ok(file)
}

fn lock(file: &File, path: &Path) -> Result<()> {
    let locked = FileExt::try_lock(file);
    locked.map_err(|_| format!("{}: another process is writing to it", path.display()).into())
}

/// Replaces a file atomically. A link is replaced, not followed.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let new = beside(path, NEW);
    match std::fs::remove_file(&new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private().write(true).create_new(true).open(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&new, path)?;
    // The new directory entry must reach the disk, too.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Returns options for files that only the user can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Returns the path of a file beside the checkpoint.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Returns an error with the path of its file.
pub(crate) fn named(path: &Path, error: &(impl std::fmt::Display + ?Sized)) -> String {
    format!("{}: {error}", path.display())
}
