//! Measures a command: wall time, processor time and memory.
//!
//! The command is run by a small separate process (the hidden command `measure`). The system's figures for the
//! children of that process are those of the command, including each rustc that cargo starts. The process must be
//! small because the peak memory of a child includes that of its parent before `exec`.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::{Value, json};

/// The interval between samples of memory.
const INTERVAL: Duration = Duration::from_millis(10);

/// The arguments of the hidden command `measure`.
#[derive(Args, Debug)]
pub struct MeasureArguments {
    /// The command
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    command: Vec<OsString>,
}

impl MeasureArguments {
    /// Runs the command, and prints its figures and output as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the command can't be started.
    pub fn run(&self) -> io::Result<()> {
        let [program, arguments @ ..] = &self.command[..] else { return Ok(()) };
        let start = Instant::now();
        let child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (stop, stopped) = mpsc::channel::<()>();
        let id = child.id();
        let sampler = std::thread::spawn(move || samples(id, &stopped));
        let output = child.wait_with_output()?;
        let wall = start.elapsed();
        drop(stop);
        let (cpu, peak) = children().unzip();
        let report = json!({
            "wall": wall.as_secs_f64(),
            "cpu": cpu,
            "peak": peak,
            "memory": sampler.join().unwrap_or_default(),
            "code": output.status.code(),
            "stdout": String::from_utf8_lossy(&output.stdout),
            "stderr": String::from_utf8_lossy(&output.stderr),
        });
        println!("{report}");
        Ok(())
    }
}

/// The figures and the output of a command.
#[derive(Clone, Debug)]
pub struct Measurement {
    /// Wall time in seconds.
    pub wall: f64,
    /// Processor time in seconds, including child processes; `None` if the system doesn't report it.
    pub cpu: Option<f64>,
    /// The peak memory of its largest process in bytes.
    pub peak: Option<f64>,
    /// Samples of the memory of the process itself in bytes, in order of time (Linux only).
    pub memory: Vec<f64>,
    /// Whether it exited with code 0.
    pub succeeded: bool,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

impl Measurement {
    /// Returns the median of each figure, and the output of the last run.
    #[must_use]
    pub fn median(runs: &[Self]) -> Option<Self> {
        let last = runs.last()?.clone();
        let all = |figure: fn(&Self) -> Option<f64>| median(runs.iter().filter_map(figure).collect());
        Some(Self {
            wall: all(|run| Some(run.wall)).unwrap_or(last.wall),
            cpu: all(|run| run.cpu),
            peak: all(|run| run.peak),
            ..last
        })
    }

    /// Returns the first line of standard error that is an error, or else the last line.
    #[must_use]
    pub fn failure_message(&self) -> String {
        let mut lines = self.stderr.lines();
        let is_error = |line: &&str| line.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("error"));
        let line = lines.find(is_error);
        let last_line = line.or_else(|| self.stderr.lines().rev().find(|line| !line.trim().is_empty()));
        last_line.map_or_else(|| "it failed without a message".to_owned(), |line| line.trim().to_owned())
    }
}

/// Returns the median.
#[must_use]
pub fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

/// Runs commands and measures them.
#[derive(Clone, Debug)]
pub struct Meter {
    /// The path of this program.
    pub program: PathBuf,
}

impl Meter {
    /// Runs and measures a command.
    ///
    /// # Errors
    ///
    /// Returns an error if the command can't be started.
    pub fn run(&self, command: &Command) -> io::Result<Measurement> {
        let mut meter = Command::new(&self.program);
        meter.args(["measure", "--"]).arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => meter.env(name, value),
                None => meter.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            meter.current_dir(folder);
        }
        let output = meter.output()?;
        let report: Value = serde_json::from_slice(&output.stdout).map_err(|_| {
            let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            io::Error::other(format!("{}: {message}", command.get_program().display()))
        })?;
        let text = |key: &str| report[key].as_str().unwrap_or_default().to_owned();
        Ok(Measurement {
            wall: report["wall"].as_f64().unwrap_or_default(),
            cpu: report["cpu"].as_f64(),
            peak: report["peak"].as_f64(),
            memory: report["memory"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect(),
            succeeded: report["code"] == 0,
            stdout: text("stdout"),
            stderr: text("stderr"),
        })
    }
}

/// Returns the processor time in seconds and the peak memory in bytes of this process's children that have exited.
#[cfg(unix)]
fn children() -> Option<(f64, f64)> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    #[allow(clippy::cast_precision_loss, reason = "times and sizes are small enough")]
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    #[allow(clippy::cast_precision_loss, reason = "times and sizes are small enough")]
    let peak = usage.max_rss() as f64;
    let unit = if cfg!(target_vendor = "apple") { 1.0 } else { 1024.0 };
    Some((seconds(usage.user_time()) + seconds(usage.system_time()), peak * unit))
}

#[cfg(not(unix))]
fn children() -> Option<(f64, f64)> {
    None
}

/// Samples the memory of a process, in bytes, until it is stopped.
fn samples(id: u32, stopped: &mpsc::Receiver<()>) -> Vec<f64> {
    let mut samples = Vec::new();
    while matches!(stopped.recv_timeout(INTERVAL), Err(RecvTimeoutError::Timeout)) {
        samples.extend(memory(id));
    }
    samples
}

fn memory(id: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kibibytes * 1024.0)
}
