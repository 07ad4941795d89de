//! Other generators: how to find each one, and how it generates a crate.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::tools;

/// Another generator of Rust clients.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer {
    /// The name of its program.
    pub(super) name: &'static str,
    /// The command that installs it.
    pub(super) install_help: &'static str,
    /// The function that returns the arguments for a document and the folder of the crate.
    arguments: fn(&Path, &Path) -> Vec<OsString>,
    /// The function that completes the crate after the generator has run.
    finish: fn(&Path) -> io::Result<()>,
}

pub(super) const PEERS: [Peer; 5] = [
    Peer {
        name: "oas3-gen",
        install_help: "cargo install oas3-gen",
        arguments: |document, out| {
            arguments(&["generate", "client-mod", "--workspace", "-i"], document, &["-o"], out, &[])
        },
        finish: |_| Ok(()),
    },
    Peer {
        name: "openapi-to-rust",
        install_help: "cargo install openapi-to-rust",
        arguments: |document, out| {
            arguments(&["generate"], document, &["--output-dir"], &out.join("src"), &["--quiet"])
        },
        finish: module_to_crate,
    },
    Peer {
        name: "ploidy",
        install_help: "cargo install --locked ploidy",
        arguments: |document, out| arguments(&["generate", "rust"], document, &["-o"], out, &[]),
        finish: |_| Ok(()),
    },
    Peer {
        name: "cargo-progenitor",
        install_help: "cargo install cargo-progenitor",
        arguments: |document, out| {
            arguments(&["progenitor", "-i"], document, &["-o"], out, &["-n", "peer", "-v", "0.1.0"])
        },
        finish: |_| Ok(()),
    },
    Peer {
        name: "openapi-generator-cli",
        install_help: "npm install -g @openapitools/openapi-generator-cli (and Java)",
        arguments: |document, out| {
            arguments(&["generate", "-g", "rust", "--skip-validate-spec", "-i"], document, &["-o"], out, &[])
        },
        finish: |_| Ok(()),
    },
];

fn arguments(
    before: &[&str],
    document: &Path,
    between: &[&str],
    out: &Path,
    after: &[&str],
) -> Vec<OsString> {
    let owned = |arguments: &[&str]| arguments.iter().map(OsString::from).collect::<Vec<_>>();
    let mut all = owned(before);
    all.push(document.into());
    all.extend(owned(between));
    all.push(out.into());
    all.extend(owned(after));
    all
}

impl Peer {
    /// Returns the path of its program if it is installed.
    pub(super) fn find(&self, folder: Option<&Path>) -> Option<PathBuf> {
        let first: Vec<_> =
            folder.into_iter().flat_map(|folder| [folder.join("bin"), folder.to_owned()]).collect();
        tools::find(self.name, &first)
    }

    /// Returns the command that generates a crate into a folder, which is emptied first.
    pub(super) fn command(&self, program: &Path, document: &Path, out: &Path) -> io::Result<Command> {
        remove_folder(out)?;
        fs::create_dir_all(out)?;
        let mut command = Command::new(program);
        command.args((self.arguments)(document, out));
        Ok(command)
    }

    /// Completes the crate that the command generated, as a separate workspace.
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

/// Removes a folder if it exists.
pub(super) fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes a crate of a generated module and its list of dependencies.
fn module_to_crate(out: &Path) -> io::Result<()> {
    let dependencies = fs::read_to_string(out.join("src/REQUIRED_DEPS.toml"))?;
    let package = "[package]\nname = \"peer\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";
    fs::write(out.join("Cargo.toml"), format!("{package}{dependencies}"))?;
    fs::rename(out.join("src/mod.rs"), out.join("src/lib.rs"))
}
