//! Other generators: where they are, and how each makes a crate of a document.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::tools;

/// Another generator of Rust clients.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer {
    /// Its program.
    pub(super) name: &'static str,
    /// How to get it.
    pub(super) cure: &'static str,
    /// What it is given: the document, and the folder for the crate.
    arguments: fn(&Path, &Path) -> Vec<OsString>,
    /// What it leaves to be done until there is a crate.
    finish: fn(&Path) -> io::Result<()>,
}

pub(super) const PEERS: [Peer; 5] = [
    Peer {
        name: "oas3-gen",
        cure: "cargo install oas3-gen",
        arguments: |document, out| {
            list(&["generate", "client-mod", "--workspace", "-i"], document, &["-o"], out, &[])
        },
        finish: |_| Ok(()),
    },
    Peer {
        name: "openapi-to-rust",
        cure: "cargo install openapi-to-rust",
        arguments: |document, out| {
            list(&["generate"], document, &["--output-dir"], &out.join("src"), &["--quiet"])
        },
        finish: module_to_crate,
    },
    Peer {
        name: "ploidy",
        cure: "cargo install --locked ploidy",
        arguments: |document, out| list(&["generate", "rust"], document, &["-o"], out, &[]),
        finish: |_| Ok(()),
    },
    Peer {
        name: "cargo-progenitor",
        cure: "cargo install cargo-progenitor",
        arguments: |document, out| {
            list(&["progenitor", "-i"], document, &["-o"], out, &["-n", "peer", "-v", "0.1.0"])
        },
        finish: |_| Ok(()),
    },
    Peer {
        name: "openapi-generator-cli",
        cure: "npm install -g @openapitools/openapi-generator-cli (and Java)",
        arguments: |document, out| {
            list(&["generate", "-g", "rust", "--skip-validate-spec", "-i"], document, &["-o"], out, &[])
        },
        finish: |_| Ok(()),
    },
];

fn list(before: &[&str], document: &Path, between: &[&str], out: &Path, after: &[&str]) -> Vec<OsString> {
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    let mut list = words(before);
    list.push(document.into());
    list.extend(words(between));
    list.push(out.into());
    list.extend(words(after));
    list
}

impl Peer {
    /// The program, where it is installed.
    pub(super) fn find(&self, folder: Option<&Path>) -> Option<PathBuf> {
        let first: Vec<_> =
            folder.into_iter().flat_map(|folder| [folder.join("bin"), folder.to_owned()]).collect();
        tools::find(self.name, &first)
    }

    /// The command that makes a crate in a folder, which is emptied first.
    pub(super) fn command(&self, program: &Path, document: &Path, out: &Path) -> io::Result<Command> {
        clear(out)?;
        fs::create_dir_all(out)?;
        let mut command = Command::new(program);
        command.args((self.arguments)(document, out));
        Ok(command)
    }

    /// Makes a crate of what the command left, of a workspace of its own.
    pub(super) fn finish(&self, out: &Path) -> io::Result<()> {
        (self.finish)(out)?;
        let manifest = out.join("Cargo.toml");
        let text = fs::read_to_string(&manifest)?;
        if text.lines().any(|line| line.trim() == "[workspace]") {
            return Ok(());
        }
        fs::write(manifest, format!("{text}\n[workspace]\n"))
    }
}

/// Makes a folder empty, or absent.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A generator that emits a module and a list of dependencies.
fn module_to_crate(out: &Path) -> io::Result<()> {
    let dependencies = fs::read_to_string(out.join("src/REQUIRED_DEPS.toml"))?;
    let package = "[package]\nname = \"peer\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";
    fs::write(out.join("Cargo.toml"), format!("{package}{dependencies}"))?;
    fs::rename(out.join("src/mod.rs"), out.join("src/lib.rs"))
}
