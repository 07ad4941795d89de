//! The process of a server.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The longest wait for a server to start. Python compiles its modules at the first start.
const MAX_WAIT: Duration = Duration::from_mins(3);

/// A server on a free port of this machine, with its data in a folder of its own. It ends when it is dropped.
pub(super) struct Server {
    process: Child,
    port: u16,
    folder: TempDir,
    log: TempDir,
}

impl Server {
    /// Starts the command that a function returns for a folder and a port.
    pub(super) fn start(command: impl FnOnce(&Path, &str) -> Command) -> Self {
        let (folder, log) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = command(folder.path(), &port.to_string());
        let output = File::create(log.path().join("log")).unwrap();
        command.env("HOME", log.path()).env("DO_NOT_TRACK", "1").env("NO_PROXY", "*").current_dir(log.path());
        command.stdout(output.try_clone().unwrap()).stderr(output).process_group(0);
        let process = command.spawn().unwrap();
        Self { process, port, folder, log }
    }

    /// Returns the folder with its data.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Waits until the server responds with 200, and returns the body.
    pub(super) fn wait_for(&self, path: &str) -> String {
        let start = Instant::now();
        loop {
            if let Some(body) = self.get(path) {
                return body;
            }
            let log = || fs::read_to_string(self.log.path().join("log")).unwrap_or_default();
            assert!(start.elapsed() < MAX_WAIT, "the server does not start:\n{}", log());
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    fn get(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(MAX_WAIT)).ok()?;
        write!(stream, "GET {path} HTTP/1.0\r\nhost: 127.0.0.1\r\n\r\n").ok()?;
        let mut response = String::new();
        stream.read_to_string(&mut response).ok()?;
        let (head, body) = response.split_once("\r\n\r\n")?;
        head.lines().next()?.contains(" 200 ").then(|| body.to_owned())
    }
}

/// Ends the process and those that it started.
impl Drop for Server {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
