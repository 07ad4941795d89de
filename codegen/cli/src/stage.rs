//! Staging: files are written beside their places first, and put there by renaming.
//!
//! A folder that doesn't exist yet is staged as a whole, so that one renaming puts everything in it in place. What lies
//! above the folder that is written to is not: others may write beside it at the same time.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::files::FileError;

/// What has been written, and waits to be put in its place.
pub(crate) struct Stage<'a> {
    /// The folder that is written to.
    root: &'a Path,
    waiting: Vec<Waiting>,
    /// Where files are written, by the folder that they belong to.
    folders: HashMap<PathBuf, PathBuf>,
}

/// A file or a folder beside its place.
struct Waiting {
    beside: PathBuf,
    place: PathBuf,
    is_folder: bool,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(root: &'a Path) -> Self {
        Self { root, waiting: Vec::new(), folders: HashMap::new() }
    }

    /// Writes a file beside its place, or into the folder that waits beside its own.
    pub(crate) fn add(&mut self, place: &Path, bytes: &[u8]) -> io::Result<()> {
        let own = place.parent().unwrap_or(Path::new(""));
        let folder = self.folder(own)?;
        if folder != own {
            return fs::write(folder.join(place.file_name().unwrap_or_default()), bytes);
        }
        let beside = beside(place);
        self.waiting.push(Waiting { beside: beside.clone(), place: place.to_owned(), is_folder: false });
        fs::write(beside, bytes)
    }

    /// Where the files of a folder are written: there, or in what becomes the folder.
    fn folder(&mut self, own: &Path) -> io::Result<PathBuf> {
        if let Some(known) = self.folders.get(own) {
            return Ok(known.clone());
        }
        let folder = self.staged(own)?.unwrap_or_else(|| own.to_owned());
        fs::create_dir_all(&folder)?;
        self.folders.insert(own.to_owned(), folder.clone());
        Ok(folder)
    }

    /// What becomes a folder that doesn't exist: itself, or a part of the first one above it that is missing, too.
    fn staged(&mut self, own: &Path) -> io::Result<Option<PathBuf>> {
        let Some((missing, rest)) = first_missing(self.root, own) else { return Ok(None) };
        let beside = beside(missing);
        fs::create_dir_all(missing.parent().unwrap_or(Path::new("")))?;
        if self.waiting.iter().all(|waiting| waiting.beside != beside) {
            match fs::create_dir(&beside) {
                // It is not ours: each file is staged by itself.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(None),
                result => result?,
            }
            self.waiting.push(Waiting { beside: beside.clone(), place: missing.to_owned(), is_folder: true });
        }
        Ok(Some(beside.join(rest)))
    }

    /// Puts everything in its place.
    pub(crate) fn commit(mut self) -> Result<(), FileError> {
        for index in 0..self.waiting.len() {
            let Waiting { beside, place, .. } = &self.waiting[index];
            if let Err(error) = fs::rename(beside, place) {
                let error = FileError::new("write", place, error);
                self.waiting.drain(..index);
                self.abandon();
                return Err(error);
            }
        }
        Ok(())
    }

    /// Takes away what waits.
    pub(crate) fn abandon(self) {
        for Waiting { beside, is_folder, .. } in self.waiting {
            // One that was never made is fine.
            let _ = if is_folder { fs::remove_dir_all(beside) } else { fs::remove_file(beside) };
        }
    }
}

fn beside(place: &Path) -> PathBuf {
    let mut beside = place.as_os_str().to_owned();
    beside.push(".tmp");
    beside.into()
}

/// The first folder on the way from the root to another that doesn't exist, and the rest of the way; none where the
/// way goes back up.
fn first_missing<'f>(root: &Path, folder: &'f Path) -> Option<(&'f Path, &'f Path)> {
    let below = folder.ancestors().take_while(|above| above.starts_with(root));
    let missing = below.take_while(|above| is_missing(above)).last()?;
    let rest = folder.strip_prefix(missing).ok()?;
    let goes_up = folder.strip_prefix(root).ok()?.components().any(|part| part == Component::ParentDir);
    (!goes_up).then_some((missing, rest))
}

fn is_missing(path: &Path) -> bool {
    let found = fs::symlink_metadata(path);
    // The folder that a relative path starts from is there.
    !path.as_os_str().is_empty() && found.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty folder of its own for a test.
    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("clientwright-stage-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        folder
    }

    fn entries(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_missing_folder_comes_as_a_whole() {
        let folder = folder("whole");
        fs::write(folder.join("c"), "old").unwrap();
        let mut stage = Stage::new(&folder);
        for path in ["new/a/1", "new/a/2", "new/b", "c"] {
            stage.add(&folder.join(path), path.as_bytes()).unwrap();
        }
        assert_eq!(entries(&folder), ["c", "c.tmp", "new.tmp"]);
        assert_eq!(stage.waiting.len(), 2);
        stage.commit().unwrap();
        assert_eq!(entries(&folder), ["c", "new"]);
        assert_eq!(entries(&folder.join("new/a")), ["1", "2"]);
        assert_eq!(fs::read(folder.join("c")).unwrap(), b"c");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn others_may_write_beside_it() {
        let folder = folder("beside");
        let roots = ["a", "b"].map(|name| folder.join("new/all").join(name));
        let mut stages = roots.each_ref().map(|root| Stage::new(root));
        for (stage, root) in stages.iter_mut().zip(&roots) {
            stage.add(&root.join("src/file"), b"").unwrap();
        }
        for stage in stages {
            stage.commit().unwrap();
        }
        assert_eq!(entries(&folder.join("new/all")), ["a", "b"]);
        assert_eq!(entries(&folder.join("new/all/b/src")), ["file"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_given_up_leaves_nothing() {
        let folder = folder("given-up");
        fs::create_dir(folder.join("b.tmp")).unwrap();
        let mut stage = Stage::new(&folder);
        stage.add(&folder.join("new/a"), b"").unwrap();
        assert!(stage.add(&folder.join("new/missing\0"), b"").is_err());
        assert!(stage.add(&folder.join("b"), b"").is_err());
        stage.abandon();
        assert_eq!(entries(&folder), ["b.tmp"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_folder_of_others_stays() {
        let folder = folder("others");
        fs::create_dir(folder.join("new.tmp")).unwrap();
        fs::write(folder.join("new.tmp/theirs"), "").unwrap();
        let mut stage = Stage::new(&folder);
        stage.add(&folder.join("new/a"), b"").unwrap();
        stage.add(&folder.join("new/up/../b"), b"").unwrap();
        stage.commit().unwrap();
        assert_eq!(entries(&folder), ["new", "new.tmp"]);
        assert_eq!(entries(&folder.join("new")), ["a", "b", "up"]);
        assert_eq!(entries(&folder.join("new.tmp")), ["theirs"]);
        fs::remove_dir_all(folder).unwrap();
    }
}
