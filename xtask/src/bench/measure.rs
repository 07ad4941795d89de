//! What a command takes: time, processor time, memory.
//!
//! It is run by a small process of its own (the hidden verb `measure`), whose only children it and what it starts
//! are: what the system says of that process's children is what the command took, each rustc of a cargo included.
//! A big parent would show in the memory of its children, too.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::{Value, json};

/// How often memory is looked at.
const INTERVAL: Duration = Duration::from_millis(10);

/// What the hidden verb is given.
#[derive(Args, Debug)]
pub struct Measure {
    /// The command
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    command: Vec<OsString>,
}

impl Measure {
    /// Runs the command, and prints what it took, and said, as JSON.
    ///
    /// # Errors
    ///
    /// Where it can't be started.
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
        let told = json!({
            "wall": wall.as_secs_f64(),
            "cpu": cpu,
            "peak": peak,
            "memory": sampler.join().unwrap_or_default(),
            "code": output.status.code(),
            "stdout": String::from_utf8_lossy(&output.stdout),
            "stderr": String::from_utf8_lossy(&output.stderr),
        });
        println!("{told}");
        Ok(())
    }
}

/// What a command took, and said.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Seconds from start to end.
    pub wall: f64,
    /// Seconds of processor time, its children's included; not on every system.
    pub cpu: Option<f64>,
    /// The most bytes of memory that one of its processes had at once.
    pub peak: Option<f64>,
    /// Bytes of memory that the process itself had, in the course of time (Linux).
    pub memory: Vec<f64>,
    /// Whether it ended well.
    pub succeeded: bool,
    /// What it printed.
    pub stdout: String,
    /// What it printed to standard error.
    pub stderr: String,
}

impl Measured {
    /// Of what runs took, the median of each figure; the words of the last one.
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

    /// The last line that it printed about its failure.
    #[must_use]
    pub fn last_words(&self) -> String {
        let said = self.stderr.lines().rev().find(|line| !line.trim().is_empty());
        said.map_or_else(|| "it failed without a word".to_owned(), |line| line.trim().to_owned())
    }
}

/// The middle of some numbers.
#[must_use]
pub fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

/// Runs commands, and tells what they took.
#[derive(Clone, Debug)]
pub struct Meter {
    /// This program.
    pub program: PathBuf,
}

impl Meter {
    /// Runs a command.
    ///
    /// # Errors
    ///
    /// Where it can't be started.
    pub fn run(&self, command: &Command) -> io::Result<Measured> {
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
        let told: Value = serde_json::from_slice(&output.stdout).map_err(|_| {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            io::Error::other(format!("{}: {said}", command.get_program().display()))
        })?;
        let text = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
        Ok(Measured {
            wall: told["wall"].as_f64().unwrap_or_default(),
            cpu: told["cpu"].as_f64(),
            peak: told["peak"].as_f64(),
            memory: told["memory"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect(),
            succeeded: told["code"] == 0,
            stdout: text("stdout"),
            stderr: text("stderr"),
        })
    }
}

/// Processor time in seconds, and the most memory in bytes, of this process's children that have ended.
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

/// Bytes of memory that a process has, looked at until it is over.
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
