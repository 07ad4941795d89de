//! The output file and the checkpoint file of an export. No record is lost or repeated if the process is killed.
//!
//! The records of a page are appended to the output and synced to disk. Then a new checkpoint file replaces the old one
//! atomically. It also contains the length of the output. The next process truncates the output to that length, and the
//! server sends the removed records again.

use std::error::Error;
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use fs4::FileExt;
use serde_json::{Value, json};
use zendesk_client::{Checkpoint, RawRecord};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The output and the checkpoint of one export.
pub(crate) struct Store {
    output: File,
    /// The length of the output at the checkpoint, in bytes.
    length: u64,
    path: PathBuf,
    checkpoint: Option<Checkpoint>,
}

impl Store {
    /// Opens or creates the files, and truncates the output to the length in the checkpoint file.
    pub(crate) fn open(output: &Path, checkpoint: &Path) -> Result<Self> {
        let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(output);
        let output_file = file.map_err(|error| format!("{}: {error}", output.display()))?;
        if FileExt::try_lock(&output_file).is_err() {
            return Err(format!("{}: another process is writing to it", output.display()).into());
        }
        let held = output_file.metadata()?.len();
        let known = read(checkpoint).map_err(|error| format!("{}: {error}", checkpoint.display()))?;
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
        let mut store = Self { output: output_file, length, path: checkpoint.to_owned(), checkpoint: state };
        store.output.set_len(length)?;
        store.output.seek(SeekFrom::Start(length))?;
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
            // JSON has line breaks only between tokens, where a space means the same.
            lines.extend(record.as_bytes().iter().map(|byte| if *byte == b'\n' { b' ' } else { *byte }));
            lines.push(b'\n');
        }
        self.output.write_all(&lines)?;
        self.output.sync_data()?;
        self.length += lines.len() as u64;
        self.checkpoint = Some(checkpoint);
        self.save()
    }

    /// Replaces the checkpoint file atomically.
    fn save(&self) -> Result<()> {
        let mut name = OsString::from(&self.path);
        name.push(".new");
        let new = PathBuf::from(name);
        let mut file = File::create(&new)?;
        let state = json!({"output_bytes": self.length, "checkpoint": self.checkpoint});
        writeln!(file, "{state:#}")?;
        file.sync_all()?;
        std::fs::rename(&new, &self.path)?;
        // The new directory entry must reach the disk, too.
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(())
    }
}

/// Reads the checkpoint file: the length of the output, and the checkpoint.
fn read(path: &Path) -> Result<Option<(u64, Option<Checkpoint>)>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let state: Value = serde_json::from_str(&text)?;
    let length = state["output_bytes"].as_u64().ok_or("`output_bytes` is missing")?;
    let checkpoint = match &state["checkpoint"] {
        Value::Null => None,
        value => Some(value.to_string().parse()?),
    };
    Ok(Some((length, checkpoint)))
}
