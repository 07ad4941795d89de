//! Programs with one call, each with its own manifest.

use std::fs;
use std::io;
use std::path::Path;

use super::super::setup::BenchSetup;
use super::package::Package;

pub(super) const BY_HAND: &str = "by hand, reqwest and serde";
pub(super) const OURS: &str = "ours, this project's crate";

/// Returns the name of a program with the crate of a published document.
pub(super) fn ours_of(document: &str) -> String {
    format!("ours, the crate of {document}")
}

/// The dependency of all programs: an async runtime.
const TOKIO: &str = "tokio = { version = \"1\", default-features = false, features = [\"macros\", \"net\", \"rt\", \"time\"] }\n";
/// The dependencies of the program without a client. The client has the same ones.
const PLAIN: &str = "\
reqwest = { version = \"0.13\", default-features = false, features = [\"query\", \"rustls\"] }
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"
";

/// Writes the program without a client.
pub(super) fn by_hand(setup: &BenchSetup, folder: &Path) -> io::Result<Package> {
    package(setup, folder, "by-hand", PLAIN, &example(setup, "by_hand.rs")?)
}

/// Writes the same program with this project's crate.
pub(super) fn ours(setup: &BenchSetup, folder: &Path) -> io::Result<Package> {
    let client = depends_on("zendesk-client", &setup.repository.join("generated"));
    package(setup, folder, "user", &client, &example(setup, "user.rs")?)
}

/// Writes the quick start of the crate of a published document, if its README has one.
pub(super) fn of_published(
    setup: &BenchSetup,
    folder: &Path,
    document: &str,
    crate_of_it: &Path,
) -> io::Result<Option<Package>> {
    let name = package_name(&fs::read_to_string(crate_of_it.join("Cargo.toml"))?);
    let readme = fs::read_to_string(crate_of_it.join("README.md"))?;
    let Some(program) = quick_start(&readme) else { return Ok(None) };
    package(setup, folder, &format!("user-of-{document}"), &depends_on(&name, crate_of_it), &program)
        .map(Some)
}

/// Writes a program that links another generator's crate and calls nothing in it, as each crate has a different API.
pub(super) fn of_other(setup: &BenchSetup, folder: &Path, name: &str, other: &Path) -> io::Result<Package> {
    let package_of_it = package_name(&fs::read_to_string(other.join("Cargo.toml"))?);
    let path = toml_edit::Value::from(other.to_string_lossy().into_owned());
    let dependency = format!("peer = {{ package = \"{package_of_it}\", path = {path} }}\n");
    let package =
        package(setup, folder, &format!("user-of-{name}"), &dependency, "use peer as _;\n\nfn main() {}\n")?;
    // The versions that the crate was compiled with.
    fs::copy(other.join("Cargo.lock"), package.folder.join("Cargo.lock"))?;
    Ok(package)
}

fn example(setup: &BenchSetup, name: &str) -> io::Result<String> {
    fs::read_to_string(setup.repository.join("tests/bench/examples").join(name))
}

fn depends_on(name: &str, folder: &Path) -> String {
    format!("{name} = {{ path = {} }}\n", toml_edit::Value::from(folder.to_string_lossy().into_owned()))
}

/// Writes a program with its manifest and this repository's lock file.
fn package(
    setup: &BenchSetup,
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

/// Returns the quick start of a README as a program.
fn quick_start(readme: &str) -> Option<String> {
    let (_, code) = readme.split_once("```rust\n")?;
    let (code, _) = code.split_once("```")?;
    let main = "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() ";
    code.contains("async fn example() ").then(|| code.replace("async fn example() ", main))
}

/// Returns the package name in a manifest.
fn package_name(manifest: &str) -> String {
    let manifest: Option<toml_edit::DocumentMut> = manifest.parse().ok();
    let name = manifest.as_ref().and_then(|manifest| manifest.get("package")?.get("name")?.as_str());
    name.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{package_name, quick_start};

    #[test]
    fn the_quick_start_of_a_readme_becomes_a_program() {
        let readme = "# x\n\n```rust\nuse x::Client;\n\nasync fn example() -> Result<(), x::Error> {\n}\n```\n\n```sh\n```\n";
        let program = "use x::Client;\n\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Result<(), x::Error> {\n}\n";
        assert_eq!(quick_start(readme).as_deref(), Some(program));
        assert_eq!(quick_start("# nothing\n"), None);
    }

    #[test]
    fn the_package_name_is_read_from_the_manifest() {
        assert_eq!(package_name("[package]\nname = \"x-y\"\n"), "x-y");
    }
}
