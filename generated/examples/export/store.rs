//! The output file and the checkpoint file of an export. No record is lost or repeated if the process is killed.
//!
//! The records of a page are appended to the output and synced to disk. Then a new checkpoint file replaces the old one
//! atomically. It also contains the length of the output. The next process truncates the output to that length, and the
//! server sends the removed records again.
//!
//! Only the user can read the files, because records are confidential.

use std::error::Error;
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use fs4::FileExt;
use serde_json::{Value, json};
use zendesk_client::{Checkpoint, RawRecord};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The output and the checkpoint of one export.
pub(crate) struct Store {
    output: File,
    output_path: PathBuf,
    /// The length of the output at the checkpoint, in bytes.
    length: u64,
    path: PathBuf,
    checkpoint: Option<Checkpoint>,
    /// Locks the checkpoint, which is replaced and can't be locked itself.
    _lock: File,
}

impl Store {
    /// Opens or creates the files, and truncates the output to the length in the checkpoint file.
    pub(crate) fn open(output: &Path, checkpoint: &Path) -> Result<Self> {
        let file = private().create(true).truncate(false).read(true).write(true).open(output);
        let output_file = file.map_err(|error| named(output, &error))?;
        lock(&output_file, output)?;
        let lock_file = lock_checkpoint(checkpoint)?;
        let held = output_file.metadata().map_err(|error| named(output, &error))?.len();
        let known = read(checkpoint, output).map_err(|error| named(checkpoint, &*error))?;
        let (length, state) = match known {
            Some((length, state)) => (length, state),
            None if held == 0 => (0, None),
            None => {
                let (output, checkpoint) = (output.display(), checkpoint.display());
                return Err(format!(
                    "{output} is not empty, but {checkpoint} does not exist: move the output away"
                )
                .into());
            }
        };
        if held < length {
            let message = "is shorter than the length in its checkpoint file: restore it, or delete both to start again";
            return Err(format!("{} {message}", output.display()).into());
        }
        let mut store = Self {
            output: output_file,
            output_path: output.to_owned(),
            length,
            path: checkpoint.to_owned(),
            checkpoint: state,
            _lock: lock_file,
        };
        store.truncate().map_err(|error| named(output, &error))?;
        store.save()?;
        Ok(store)
    }

    /// Returns the last checkpoint.
    pub(crate) fn checkpoint(&self) -> Option<&Checkpoint> {
        self.checkpoint.as_ref()
    }

    /// Appends the records of a page, and saves the checkpoint.
    pub(crate) fn append(&mut self, records: &[RawRecord], checkpoint: Checkpoint) -> Result<()> {
        let mut lines = Vec::with_capacity(records.iter().map(|record| record.as_bytes().len() + 1).sum());
        for record in records {
            push_line(&mut lines, record.as_str());
        }
        self.write(&lines).map_err(|error| named(&self.output_path, &error))?;
        self.length += lines.len() as u64;
        self.checkpoint = Some(checkpoint);
        self.save()
    }

    fn truncate(&mut self) -> io::Result<()> {
        self.output.set_len(self.length)?;
        self.output.seek(SeekFrom::Start(self.length)).map(drop)
    }

    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        self.output.write_all(lines)?;
        self.output.sync_data()
    }

    fn save(&self) -> Result<()> {
        let state = json!({
            "output": name_of(&self.output_path),
            "output_bytes": self.length,
            "checkpoint": self.checkpoint,
        });
        replace(&self.path, &format!("{state:#}\n")).map_err(|error| named(&self.path, &error).into())
    }
}

/// Appends a record as one line. JSON has line breaks only between tokens, where a space means the same, and some readers
/// take the separators in strings as line breaks.
fn push_line(lines: &mut Vec<u8>, record: &str) {
    let mut buffer = [0; 4];
    for character in record.chars() {
        match character {
            '\n' | '\r' => lines.push(b' '),
            '\u{2028}' => lines.extend_from_slice(b"\\u2028"),
            '\u{2029}' => lines.extend_from_slice(b"\\u2029"),
            _ => lines.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes()),
        }
    }
    lines.push(b'\n');
}

/// Returns options for files that only the user can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Returns an error with the path of its file.
fn named(path: &Path, error: &(impl std::fmt::Display + ?Sized)) -> String {
    format!("{}: {error}", path.display())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Returns the path of a file beside the checkpoint.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

fn lock(file: &File, path: &Path) -> Result<()> {
    let locked = FileExt::try_lock(file);
    locked.map_err(|_| format!("{}: another process is writing to it", path.display()).into())
}

/// Locks the checkpoint by a file beside it, so that two exports don't share it.
fn lock_checkpoint(checkpoint: &Path) -> Result<File> {
    let path = beside(checkpoint, ".lock");
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

/// Replaces a file atomically. A link is replaced, not followed.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let new = beside(path, ".new");
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

/// Reads the checkpoint file of an output: the length of the output, and the checkpoint.
fn read(path: &Path, output: &Path) -> Result<Option<(u64, Option<Checkpoint>)>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let state: Value = serde_json::from_str(&text)?;
    if let Some(other) = state["output"].as_str().filter(|other| *other != name_of(output)) {
        return Err(format!("it belongs to the output {other:?}: use another checkpoint").into());
    }
    let length = state["output_bytes"].as_u64().ok_or("`output_bytes` is missing")?;
    let checkpoint = match &state["checkpoint"] {
        Value::Null => None,
        value => Some(value.to_string().parse()?),
    };
    Ok(Some((length, checkpoint)))
}
