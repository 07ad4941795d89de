//! Programs that are given a time, and stopped when it is over.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait_timeout::ChildExt as _;

/// How a program ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// Its exit code; `None` if it was stopped, by us or by a signal.
    pub(super) code: Option<i32>,
    /// Whether its time was over.
    pub(super) late: bool,
    pub(super) stdout: String,
    pub(super) stderr: String,
    pub(super) milliseconds: u64,
}

impl Ended {
    pub(super) fn succeeded(&self) -> bool {
        self.code == Some(0)
    }

    /// The last line that the program printed about its failure.
    pub(super) fn last_words(&self) -> String {
        let said = self.stderr.lines().rev().find(|line| !line.trim().is_empty());
        match (self.late, said) {
            (true, _) => "its time was over".to_owned(),
            (false, Some(line)) => line.trim().to_owned(),
            (false, None) => format!("ended with {:?}", self.code),
        }
    }
}

/// Runs a program. What it prints goes through files in a folder of the caller's: a pipe would stay open, and be
/// waited for, as long as a program runs that it started.
pub(super) fn run(command: &mut Command, limit: Duration, scratch: &Path) -> io::Result<Ended> {
    let start = Instant::now();
    let paths = [scratch.join("stdout"), scratch.join("stderr")];
    command.stdin(Stdio::null()).stdout(File::create(&paths[0])?).stderr(File::create(&paths[1])?);
    let mut child = command.spawn()?;
    let status = child.wait_timeout(limit)?;
    if status.is_none() {
        child.kill()?;
        child.wait()?;
    }
    let read = |path| fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Ok(Ended {
        code: status.and_then(|status| status.code()),
        late: status.is_none(),
        stdout: read(&paths[0])?,
        stderr: read(&paths[1])?,
        milliseconds: clientwright::report::milliseconds(start.elapsed().as_millis()),
    })
}
