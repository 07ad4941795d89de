//! Staging: writes files next to their targets first, and renames them at the end.
//!
//! A folder that doesn't exist yet is staged as one unit, so that a single rename creates it with its content. Folders
//! above the root aren't staged, since other processes may write there at the same time.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use crate::files::FileError;

/// Files and folders that are written, but not yet renamed to their targets.
pub(crate) struct Stage<'a> {
    /// The folder that is written to.
    root: &'a Path,
    entries: Vec<StagedEntry>,
    /// The folders that files are written to, by target folder.
    folders: HashMap<PathBuf, PathBuf>,
}

/// A staged file or folder.
struct StagedEntry {
    temporary: PathBuf,
    target: PathBuf,
    is_folder: bool,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(root: &'a Path) -> Self {
        Self { root, entries: Vec::new(), folders: HashMap::new() }
    }

    /// Returns the path to write a file to: next to its target, or in the staged folder. Creates the folder.
    pub(crate) fn add(&mut self, target: &Path) -> io::Result<PathBuf> {
        let own = target.parent().unwrap_or(Path::new(""));
        let folder = self.folder(own)?;
        if folder != own {
            return Ok(folder.join(target.file_name().unwrap_or_default()));
        }
        let temporary = temporary_path(target);
        self.entries.push(StagedEntry {
            temporary: temporary.clone(),
            target: target.to_owned(),
            is_folder: false,
        });
        Ok(temporary)
    }

    /// Returns the folder to write files to: the target folder, or its staged counterpart.
    fn folder(&mut self, own: &Path) -> io::Result<PathBuf> {
        if let Some(known) = self.folders.get(own) {
            return Ok(known.clone());
        }
        let folder = self.staged(own)?.unwrap_or_else(|| own.to_owned());
        fs::create_dir_all(&folder)?;
        self.folders.insert(own.to_owned(), folder.clone());
        Ok(folder)
    }

    /// Stages the topmost missing folder of a path, and returns the staged counterpart of the path.
    fn staged(&mut self, own: &Path) -> io::Result<Option<PathBuf>> {
        let Some((missing, rest)) = first_missing(self.root, own) else { return Ok(None) };
        let temporary = temporary_path(missing);
        fs::create_dir_all(missing.parent().unwrap_or(Path::new("")))?;
        if self.entries.iter().all(|entry| entry.temporary != temporary) {
            match fs::create_dir(&temporary) {
                // Another process created it: each file is staged separately.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(None),
                result => result?,
            }
            self.entries.push(StagedEntry {
                temporary: temporary.clone(),
                target: missing.to_owned(),
                is_folder: true,
            });
        }
        Ok(Some(temporary.join(rest)))
    }

    /// Renames all entries to their targets.
    pub(crate) fn commit(mut self) -> Result<(), FileError> {
        for index in 0..self.entries.len() {
            let StagedEntry { temporary, target, .. } = &self.entries[index];
            if let Err(error) = fs::rename(temporary, target) {
                let error = FileError::new("write", target, error);
                self.entries.drain(..index);
                self.abandon();
                return Err(error);
            }
        }
        Ok(())
    }

    /// Removes all staged entries.
    pub(crate) fn abandon(self) {
        for StagedEntry { temporary, is_folder, .. } in self.entries {
            // An entry may not exist, if writing it failed.
            let _ = if is_folder { fs::remove_dir_all(temporary) } else { fs::remove_file(temporary) };
        }
    }
}

/// Creates a file. What an earlier run left there is removed first, also if it is a link: a link is never followed.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let created = match fs::File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            if fs::symlink_metadata(path)?.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            fs::remove_file(path)?;
            fs::File::create_new(path)
        }
        created => created,
    };
    created?.write_all(bytes)
}

fn temporary_path(target: &Path) -> PathBuf {
    let mut path = target.as_os_str().to_owned();
    path.push(".tmp");
    path.into()
}

/// Returns the topmost missing folder between the root and a folder, and the rest of the path; `None` if the path
/// contains `..`.
fn first_missing<'f>(root: &Path, folder: &'f Path) -> Option<(&'f Path, &'f Path)> {
    let below = folder.ancestors().take_while(|above| above.starts_with(root));
    let missing = below.take_while(|above| is_missing(above)).last()?;
    let rest = folder.strip_prefix(missing).ok()?;
    let goes_up = folder.strip_prefix(root).ok()?.components().any(|part| part == Component::ParentDir);
    (!goes_up).then_some((missing, rest))
}

fn is_missing(path: &Path) -> bool {
    let found = fs::symlink_metadata(path);
    // The empty path is the current folder.
    !path.as_os_str().is_empty() && found.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(stage: &mut Stage<'_>, target: &Path, bytes: &[u8]) -> io::Result<()> {
        create(&stage.add(target)?, bytes)
    }

    /// Creates an empty folder for a test.
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
    fn a_missing_folder_is_staged_as_one_unit() {
        let folder = folder("whole");
        fs::write(folder.join("c"), "old").unwrap();
        let mut stage = Stage::new(&folder);
        for path in ["new/a/1", "new/a/2", "new/b", "c"] {
            write(&mut stage, &folder.join(path), path.as_bytes()).unwrap();
        }
        assert_eq!(entries(&folder), ["c", "c.tmp", "new.tmp"]);
        assert_eq!(stage.entries.len(), 2);
        stage.commit().unwrap();
        assert_eq!(entries(&folder), ["c", "new"]);
        assert_eq!(entries(&folder.join("new/a")), ["1", "2"]);
        assert_eq!(fs::read(folder.join("c")).unwrap(), b"c");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn two_stages_can_write_to_the_same_new_folder() {
        let folder = folder("same-parent");
        let roots = ["a", "b"].map(|name| folder.join("new/all").join(name));
        let mut stages = roots.each_ref().map(|root| Stage::new(root));
        for (stage, root) in stages.iter_mut().zip(&roots) {
            write(stage, &root.join("src/file"), b"").unwrap();
        }
        for stage in stages {
            stage.commit().unwrap();
        }
        assert_eq!(entries(&folder.join("new/all")), ["a", "b"]);
        assert_eq!(entries(&folder.join("new/all/b/src")), ["file"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_abandoned_stage_leaves_nothing() {
        let folder = folder("abandoned");
        fs::create_dir(folder.join("b.tmp")).unwrap();
        let mut stage = Stage::new(&folder);
        write(&mut stage, &folder.join("new/a"), b"").unwrap();
        assert!(write(&mut stage, &folder.join("new/missing\0"), b"").is_err());
        assert!(write(&mut stage, &folder.join("b"), b"").is_err());
        stage.abandon();
        assert_eq!(entries(&folder), ["b.tmp"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_way_of_a_temporary_file_is_not_followed() {
        let folder = folder("link");
        fs::write(folder.join("theirs"), "old").unwrap();
        for target in ["theirs", "missing"] {
            std::os::unix::fs::symlink(folder.join(target), folder.join("a.tmp")).unwrap();
            let mut stage = Stage::new(&folder);
            write(&mut stage, &folder.join("a"), b"new").unwrap();
            stage.commit().unwrap();
            assert_eq!(entries(&folder), ["a", "theirs"]);
            assert_eq!(fs::read(folder.join("a")).unwrap(), b"new");
        }
        assert_eq!(fs::read(folder.join("theirs")).unwrap(), b"old");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_existing_temporary_folder_is_kept() {
        let folder = folder("existing");
        fs::create_dir(folder.join("new.tmp")).unwrap();
        fs::write(folder.join("new.tmp/theirs"), "").unwrap();
        let mut stage = Stage::new(&folder);
        write(&mut stage, &folder.join("new/a"), b"").unwrap();
        write(&mut stage, &folder.join("new/up/../b"), b"").unwrap();
        stage.commit().unwrap();
        assert_eq!(entries(&folder), ["new", "new.tmp"]);
        assert_eq!(entries(&folder.join("new")), ["a", "b", "up"]);
        assert_eq!(entries(&folder.join("new.tmp")), ["theirs"]);
        fs::remove_dir_all(folder).unwrap();
    }
}
