//! The output file and the checkpoint file of an export. No record is lost or repeated if the process is killed.
//!
//! The records of a page are appended to the output and synced to disk. Then a new checkpoint file replaces the old one
//! atomically. It also contains the length of the output. The next process truncates the output to that length, and the
//! server sends the removed records again.
//!
//! The checkpoint file also has a hash of the end of the output, so that no other file is truncated in its stead.

use std::error::Error;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zendesk_client::{Checkpoint, RawRecord};

use crate::files::{self, named};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How many bytes of the end of the output are hashed.
const END: usize = 256;

/// The output and the checkpoint of one export.
pub(crate) struct Store {
    output: File,
    output_path: PathBuf,
    /// The length of the output at the checkpoint, in bytes.
    length: u64,
    /// The last bytes of the output up to that length.
    end: Vec<u8>,
    path: PathBuf,
    checkpoint: Option<Checkpoint>,
    /// Locks the checkpoint, which is replaced and can't be locked itself.
    _lock: File,
}

impl Store {
    /// Opens or creates the files, and truncates the output to the length in the checkpoint file.
    pub(crate) fn open(output: &Path, checkpoint: &Path) -> Result<Self> {
        files::check(output, checkpoint)?;
        let mut output_file = files::open_output(output)?;
        let lock_file = files::lock_checkpoint(checkpoint)?;
        let held = output_file.metadata().map_err(|error| named(output, &error))?.len();
        let known = read(checkpoint, output).map_err(|error| named(checkpoint, &*error))?;
        let SavedState { length, end_hash, checkpoint: state } = match known {
            Some(known) => known,
            None if held == 0 => SavedState::default(),
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
        let end = read_end(&mut output_file, length).map_err(|error| named(output, &error))?;
        if end_hash.is_some_and(|known| known != hash(&end)) {
            let message = "does not have the records that its checkpoint file describes, so it is not truncated: restore it";
            return Err(format!("{} {message}", output.display()).into());
        }
        let mut store = Self {
            output: output_file,
            output_path: output.to_owned(),
            length,
            end,
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
        self.end.extend_from_slice(lines.get(lines.len().saturating_sub(END)..).unwrap_or_default());
        self.end.drain(..self.end.len().saturating_sub(END));
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
            "output_end": hash(&self.end),
            "checkpoint": self.checkpoint,
        });
        files::replace(&self.path, &format!("{state:#}\n")).map_err(|error| named(&self.path, &error).into())
    }
}

/// Appends a record as one line. JSON has line breaks only between tokens, where a space means the same, and some readers
/// take some characters in strings as line breaks.
fn push_line(lines: &mut Vec<u8>, record: &str) {
    let mut buffer = [0; 4];
    for character in record.chars() {
        match character {
            '\n' | '\r' => lines.push(b' '),
            '\u{85}' => lines.extend_from_slice(b"\\u0085"),
            '\u{2028}' => lines.extend_from_slice(b"\\u2028"),
            '\u{2029}' => lines.extend_from_slice(b"\\u2029"),
            _ => lines.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes()),
        }
    }
    lines.push(b'\n');
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Reads up to [`END`] bytes of the output before a length.
fn read_end(output: &mut File, length: u64) -> io::Result<Vec<u8>> {
    let start = length.saturating_sub(END as u64);
    output.seek(SeekFrom::Start(start))?;
    let mut end = Vec::new();
    output.take(length - start).read_to_end(&mut end)?;
    Ok(end)
}

/// Returns a hash that is the same in every version: FNV-1a.
fn hash(bytes: &[u8]) -> String {
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, mix))
}

/// The content of the checkpoint file.
#[derive(Default)]
struct SavedState {
    /// The length of the output.
    length: u64,
    /// The hash of the end of the output.
    end_hash: Option<String>,
    checkpoint: Option<Checkpoint>,
}

/// Reads the checkpoint file of an output.
fn read(path: &Path, output: &Path) -> Result<Option<SavedState>> {
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
    Ok(Some(SavedState { length, end_hash: state["output_end"].as_str().map(str::to_owned), checkpoint }))
}
