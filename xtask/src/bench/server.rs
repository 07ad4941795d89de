//! The simulator, in a separate process.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A simulator that runs until this value is dropped.
#[derive(Debug)]
pub(super) struct Server {
    process: Child,
    url: String,
    token: String,
}

impl Server {
    /// Starts the simulator with `tickets` tickets, without rate limits.
    pub(super) fn start(program: &Path, tickets: u32) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(["--tickets", &tickets.to_string()]).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut server = Self { process: command.spawn()?, url: String::new(), token: String::new() };
        let output = server.process.stdout.take().map(BufReader::new);
        for line in output.into_iter().flat_map(BufReader::lines).take(4) {
            let line = line?;
            if let Some(url) = line.strip_prefix("export ZENDESK_URL=") {
                url.clone_into(&mut server.url);
            } else if let Some(token) = line.strip_prefix("export ZENDESK_TOKEN=") {
                token.clone_into(&mut server.token);
            }
        }
        if server.url.is_empty() || server.token.is_empty() {
            return Err(io::Error::other("the simulator did not print its URL and token"));
        }
        Ok(server)
    }

    /// Sets the environment variables of a client: the server's URL and the token.
    pub(super) fn set_environment(&self, client: &mut Command) {
        client.env("ZENDESK_URL", &self.url).env("ZENDESK_TOKEN", &self.token);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
