//! Programs of one call, each with a manifest of its own.

use std::fs;
use std::io;
use std::path::Path;

use super::super::setup::Setup;
use super::package::Package;

pub(super) const BY_HAND: &str = "by hand, reqwest and serde";
pub(super) const OURS: &str = "ours, this project's crate";
pub(super) const FULL: &str = "ours, the full document's crate";

/// What all of them need: an async runtime.
const TOKIO: &str = "tokio = { version = \"1\", default-features = false, features = [\"macros\", \"net\", \"rt\", \"time\"] }\n";
/// What the program without the client needs; the client depends on the same.
const PLAIN: &str = "\
reqwest = { version = \"0.13\", default-features = false, features = [\"query\", \"rustls-no-provider\"] }
rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"
";

/// The program without a client.
pub(super) fn by_hand(setup: &Setup, folder: &Path) -> io::Result<Package> {
    package(setup, folder, "by-hand", PLAIN, &example(setup, "by_hand.rs")?)
}

/// The same with this project's crate.
pub(super) fn ours(setup: &Setup, folder: &Path) -> io::Result<Package> {
    let client = depends_on("zendesk-client", &setup.repository.join("generated"));
    package(setup, folder, "user", &client, &example(setup, "user.rs")?)
}

/// The quick start of the crate of the full document, if its read-me has one.
pub(super) fn of_full(setup: &Setup, folder: &Path, full: &Path) -> io::Result<Option<Package>> {
    let name = package_name(&fs::read_to_string(full.join("Cargo.toml"))?);
    let Some(program) = quick_start(&fs::read_to_string(full.join("README.md"))?) else { return Ok(None) };
    package(setup, folder, "user-of-full", &depends_on(&name, full), &program).map(Some)
}

/// A program that has another generator's crate linked, and calls nothing of it: each has its own way to be called.
pub(super) fn of_other(setup: &Setup, folder: &Path, name: &str, other: &Path) -> io::Result<Package> {
    let package_of_it = package_name(&fs::read_to_string(other.join("Cargo.toml"))?);
    let path = toml_edit::Value::from(other.to_string_lossy().into_owned());
    let dependency = format!("peer = {{ package = \"{package_of_it}\", path = {path} }}\n");
    let package =
        package(setup, folder, &format!("user-of-{name}"), &dependency, "use peer as _;\n\nfn main() {}\n")?;
    // It was compiled with these versions.
    fs::copy(other.join("Cargo.lock"), package.folder.join("Cargo.lock"))?;
    Ok(package)
}

fn example(setup: &Setup, name: &str) -> io::Result<String> {
    fs::read_to_string(setup.repository.join("tests/bench/examples").join(name))
}

fn depends_on(name: &str, folder: &Path) -> String {
    format!("{name} = {{ path = {} }}\n", toml_edit::Value::from(folder.to_string_lossy().into_owned()))
}

/// Writes a program with its manifest, and the versions that this repository is tested with.
fn package(
    setup: &Setup,
    folder: &Path,
    name: &str,
    dependencies: &str,
    program: &str,
) -> io::Result<Package> {
    let out = folder.join(name);
    fs::create_dir_all(out.join("src"))?;
    let head =
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n");
    fs::write(out.join("Cargo.toml"), format!("{head}\n[dependencies]\n{TOKIO}{dependencies}"))?;
    fs::write(out.join("src/main.rs"), program)?;
    fs::copy(setup.repository.join("Cargo.lock"), out.join("Cargo.lock"))?;
    Ok(Package {
        folder: out,
        target: folder.join("target-user"),
        features: Vec::new(),
        source: "src/main.rs",
    })
}

/// The program of a read-me's quick start.
fn quick_start(readme: &str) -> Option<String> {
    let (_, code) = readme.split_once("```rust\n")?;
    let (code, _) = code.split_once("```")?;
    let main = "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() ";
    code.contains("async fn example() ").then(|| code.replace("async fn example() ", main))
}

/// The name of the package that a manifest is for.
fn package_name(manifest: &str) -> String {
    let manifest: Option<toml_edit::DocumentMut> = manifest.parse().ok();
    let name = manifest.as_ref().and_then(|manifest| manifest.get("package")?.get("name")?.as_str());
    name.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{package_name, quick_start};

    #[test]
    fn makes_a_program_of_a_read_me() {
        let readme = "# x\n\n```rust\nuse x::Client;\n\nasync fn example() -> Result<(), x::Error> {\n}\n```\n\n```sh\n```\n";
        let program = "use x::Client;\n\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Result<(), x::Error> {\n}\n";
        assert_eq!(quick_start(readme).as_deref(), Some(program));
        assert_eq!(quick_start("# nothing\n"), None);
    }

    #[test]
    fn names_the_package() {
        assert_eq!(package_name("[package]\nname = \"x-y\"\n"), "x-y");
    }
}
