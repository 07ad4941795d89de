//! What a user waits for: a program of one call, compiled again after a change, its dependencies compiled before.

use std::fs;
use std::io;
use std::path::Path;

use super::super::measure::Measured;
use super::super::setup::Setup;
use super::super::table::{Column, Group, Outcome, Row, Unit};
use super::package::{Mode, Package};

const COLUMNS: [Column; 5] = [
    Column { name: "check", unit: Unit::Seconds },
    Column { name: "debug", unit: Unit::Seconds },
    Column { name: "debug cpu", unit: Unit::Seconds },
    Column { name: "release", unit: Unit::Seconds },
    Column { name: "release cpu", unit: Unit::Seconds },
];
const BY_HAND: &str = "by hand, reqwest and serde";
const OURS: &str = "ours, this project's crate";
const FULL: &str = "ours, the full document's crate";
const ROUNDS: usize = 5;

/// What all of them need: an async runtime.
const TOKIO: &str = "tokio = { version = \"1\", default-features = false, features = [\"macros\", \"net\", \"rt\", \"time\"] }\n";
/// What the program without the client needs; the client depends on the same.
const PLAIN: &str = "\
reqwest = { version = \"0.13\", default-features = false, features = [\"query\", \"rustls-no-provider\"] }
rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"
";

/// Compiles the programs in turns; `full` is the crate of the full document.
pub(super) fn run(setup: &Setup, folder: &Path, full: Option<&Path>) -> io::Result<Group> {
    let example = |name: &str| fs::read_to_string(setup.repository.join("tests/bench/examples").join(name));
    let path = |folder: &Path| toml_edit::Value::from(folder.to_string_lossy().into_owned());
    let client = format!("zendesk-client = {{ path = {} }}\n", path(&setup.repository.join("generated")));
    let mut programs = vec![
        (BY_HAND, package(setup, folder, "by-hand", PLAIN, &example("by_hand.rs")?)?),
        (OURS, package(setup, folder, "user", &client, &example("user.rs")?)?),
    ];
    if let Some(full) = full {
        let name = package_name(&fs::read_to_string(full.join("Cargo.toml"))?);
        let dependency = format!("{name} = {{ path = {} }}\n", path(full));
        if let Some(program) = quick_start(&fs::read_to_string(full.join("README.md"))?) {
            programs.push((FULL, package(setup, folder, "user-of-full", &dependency, &program)?));
        }
    }
    let mut group = Group::new("build, a user's program", &COLUMNS, Some(BY_HAND));
    group.detail = Some("one call; compiled again after a change".to_owned());
    let mut runs: Vec<[Vec<Measured>; 3]> = programs.iter().map(|_| Default::default()).collect();
    let mut errors: Vec<Option<String>> = Vec::new();
    for (_, package) in &programs {
        let first = Mode::ALL.into_iter().map(|mode| package.first(mode)).collect::<io::Result<Vec<_>>>()?;
        errors.push(first.into_iter().find_map(|first| first.error));
    }
    for round in 1..=setup.rounds.unwrap_or(ROUNDS) {
        for (index, (name, package)) in
            programs.iter().enumerate().filter(|(index, _)| errors[*index].is_none())
        {
            eprintln!("a user's program, round {round}: {name}");
            for (runs, mode) in runs[index].iter_mut().zip(Mode::ALL) {
                runs.push(package.again(setup, mode)?);
            }
        }
    }
    for (((name, _), runs), error) in programs.iter().zip(&runs).zip(errors) {
        let outcome = error.map_or_else(|| outcome(runs), Outcome::Failed);
        group.rows.push(Row::new(*name, outcome).required());
    }
    for (text, name) in [("this project's crate", OURS), ("the full document's crate", FULL)] {
        group.compare(&format!("debug, {text} : by hand"), name, BY_HAND, 1);
        group.compare(&format!("release, {text} : by hand"), name, BY_HAND, 3);
    }
    Ok(group)
}

fn outcome(runs: &[Vec<Measured>; 3]) -> Outcome {
    if let Some(failed) = runs.iter().flatten().find(|run| !run.succeeded) {
        return Outcome::Failed(failed.last_words());
    }
    let [check, debug, release] = runs.each_ref().map(|runs| Measured::median(runs));
    let wall = |run: &Option<Measured>| run.as_ref().map(|run| run.wall);
    let cpu = |run: &Option<Measured>| run.as_ref().and_then(|run| run.cpu);
    Outcome::Figures(vec![wall(&check), wall(&debug), cpu(&debug), wall(&release), cpu(&release)])
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
