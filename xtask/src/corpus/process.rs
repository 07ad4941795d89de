//! Runs programs with a timeout.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait_timeout::ChildExt as _;

/// The result of running a program.
#[derive(Debug)]
pub(super) struct ProcessResult {
    /// The exit code; `None` if the program was killed, by the timeout or by a signal.
    pub(super) code: Option<i32>,
    /// Whether the timeout expired.
    pub(super) timed_out: bool,
    pub(super) stdout: String,
    pub(super) stderr: String,
    pub(super) milliseconds: u64,
}

impl ProcessResult {
    pub(super) fn succeeded(&self) -> bool {
        self.code == Some(0)
    }

    /// Returns the last line of standard error, or other details of the failure.
    pub(super) fn failure_message(&self) -> String {
        let last_line = self.stderr.lines().rev().find(|line| !line.trim().is_empty());
        match (self.timed_out, last_line, self.code) {
            (true, ..) => "timed out".to_owned(),
            (false, Some(line), _) => line.trim().to_owned(),
            (false, None, Some(code)) => format!("exited with code {code}"),
            (false, None, None) => "killed by a signal".to_owned(),
        }
    }
}

/// Runs a program. Its output goes to files in `scratch`: a pipe would stay open until the program's own child
/// processes end, also after a timeout.
pub(super) fn run(command: &mut Command, limit: Duration, scratch: &Path) -> io::Result<ProcessResult> {
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
    Ok(ProcessResult {
        code: status.and_then(|status| status.code()),
        timed_out: status.is_none(),
        stdout: read(&paths[0])?,
        stderr: read(&paths[1])?,
        milliseconds: clientwright::report::milliseconds(start.elapsed().as_millis()),
    })
}
