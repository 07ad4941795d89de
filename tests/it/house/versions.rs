//! No dependency of the published crates requires a newer Rust than their manifests declare.
//!
//! `cargo test -p tests --test it house::versions -- --nocapture` prints the dependencies that require the newest Rust.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::project;

/// The crates that users depend on.
const PACKAGES: [&str; 2] = ["clientwright-runtime", "zendesk-client"];
/// The platforms that users build for.
const PLATFORMS: [&str; 3] = ["x86_64-unknown-linux-gnu", "aarch64-apple-darwin", "x86_64-pc-windows-msvc"];

type Version = Vec<u64>;

/// A package and the Rust version that it requires.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Requirement {
    rust: Version,
    package: String,
}

fn version(text: &str) -> Version {
    let mut numbers: Version =
        text.split('.').map(|number| number.parse().expect("a version has numbers")).collect();
    numbers.resize(3, 0);
    numbers
}

fn shown(version: &[u64]) -> String {
    version.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
}

/// Returns the Rust version that a package requires by its `rust-version` and its edition.
fn required(package: &Value) -> Version {
    let edition = match package["edition"].as_str().unwrap_or_default() {
        "2024" => "1.85",
        "2021" => "1.56",
        "2018" => "1.31",
        _ => "1.0",
    };
    let declared = package["rust_version"].as_str().unwrap_or("1.0");
    version(edition).max(version(declared))
}

/// Returns the direct and transitive dependencies of a package from outside of the workspace.
///
/// It leaves dev-dependencies out. Build dependencies count, as the same compiler compiles them.
fn dependencies(metadata: &Value, root: &str) -> BTreeSet<Requirement> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let id = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages: BTreeMap<_, _> =
        list(&metadata["packages"]).into_iter().map(|package| (id(&package["id"]), package)).collect();
    let nodes: BTreeMap<_, _> =
        list(&metadata["resolve"]["nodes"]).into_iter().map(|node| (id(&node["id"]), node)).collect();
    let mut open: Vec<_> =
        packages.iter().filter(|(_, package)| package["name"] == root).map(|(id, _)| id.clone()).collect();
    assert_eq!(open.len(), 1, "one package is called {root}");
    let mut visited = BTreeSet::new();
    while let Some(next) = open.pop() {
        if !visited.insert(next.clone()) {
            continue;
        }
        for dependency in list(&nodes[&next]["deps"]) {
            if list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev") {
                open.push(id(&dependency["pkg"]));
            }
        }
    }
    let external = visited.iter().map(|id| &packages[id]).filter(|package| !package["source"].is_null());
    let requirement = |package: &Value| {
        let name = format!("{} {}", id(&package["name"]), id(&package["version"]));
        Requirement { rust: required(package), package: name }
    };
    external.map(requirement).collect()
}

/// Returns the output of `cargo metadata` for a platform, with all features.
fn metadata(platform: &str) -> Value {
    let run = |network: &[&str]| {
        let mut cargo = project::cargo();
        cargo.args(["metadata", "--format-version", "1", "--locked", "--all-features"]);
        cargo.args(["--filter-platform", platform]).args(network);
        cargo.current_dir(project::root()).output().unwrap()
    };
    let mut output = run(&["--offline"]);
    if !output.status.success() {
        // Packages for other platforms may not have been fetched.
        output = run(&[]);
    }
    assert!(output.status.success(), "{platform}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn no_dependency_requires_a_newer_rust() {
    let all = PLATFORMS.map(metadata);
    let mut offenders = Vec::new();
    for name in PACKAGES {
        let package = all[0]["packages"].as_array().unwrap().iter().find(|package| package["name"] == name);
        let own =
            version(package.unwrap()["rust_version"].as_str().expect("the package declares a Rust version"));
        let requirements: BTreeSet<_> =
            all.iter().flat_map(|metadata| dependencies(metadata, name)).collect();
        println!(
            "{name} declares {}; of its {} dependencies, these require the newest Rust:",
            shown(&own),
            requirements.len()
        );
        for one in requirements.iter().rev().take(10) {
            println!("  {} {}", shown(&one.rust), one.package);
        }
        let newer = requirements.into_iter().filter(|one| one.rust > own);
        let declared = shown(&own);
        let describe = |one: Requirement| {
            format!("{name} declares Rust {declared}, but {} requires {}", one.package, shown(&one.rust))
        };
        offenders.extend(newer.map(describe));
    }
    assert!(offenders.is_empty(), "{}", offenders.join("\n"));
}

#[test]
fn dev_dependencies_are_ignored_and_the_edition_counts() {
    let metadata = serde_json::json!({
        "packages": [
            {"id": "x", "name": "x", "version": "1.0.0", "edition": "2024", "source": null},
            {"id": "a", "name": "a", "version": "1.0.0", "edition": "2021", "rust_version": "1.70", "source": "r"},
            {"id": "b", "name": "b", "version": "2.0.0", "edition": "2024", "source": "r"},
            {"id": "t", "name": "t", "version": "1.0.0", "edition": "2021", "rust_version": "1.99", "source": "r"},
        ],
        "resolve": {"nodes": [
            {"id": "x", "deps": [
                {"pkg": "a", "dep_kinds": [{"kind": "dev"}, {"kind": null}]},
                {"pkg": "t", "dep_kinds": [{"kind": "dev"}]},
            ]},
            {"id": "a", "deps": [{"pkg": "b", "dep_kinds": [{"kind": "build"}]}]},
            {"id": "b", "deps": []},
            {"id": "t", "deps": []},
        ]},
    });
    let found: Vec<_> = dependencies(&metadata, "x").into_iter().map(|one| (one.rust, one.package)).collect();
    assert_eq!(found, [(vec![1, 70, 0], "a 1.0.0".to_owned()), (vec![1, 85, 0], "b 2.0.0".to_owned())]);
}
