//! What users compile asks for no newer Rust than its manifests say.
//!
//! `cargo test -p tests --test it house::versions -- --nocapture` prints which dependencies ask for the most.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::project;

/// What users depend on.
const PACKAGES: [&str; 2] = ["clientwright-runtime", "zendesk-client"];
/// What they build for.
const PLATFORMS: [&str; 3] = ["x86_64-unknown-linux-gnu", "aarch64-apple-darwin", "x86_64-pc-windows-msvc"];

type Version = Vec<u64>;

/// A package and the Rust that it asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Asks {
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

/// The Rust that a package asks for: by its own words, and by its edition.
fn asked(package: &Value) -> Version {
    let edition = match package["edition"].as_str().unwrap_or_default() {
        "2024" => "1.85",
        "2021" => "1.56",
        "2018" => "1.31",
        _ => "1.0",
    };
    let said = package["rust_version"].as_str().unwrap_or("1.0");
    version(edition).max(version(said))
}

/// What a package depends on, what that depends on, and so on; what only tests need is left out. Build scripts and
/// their dependencies are compiled by the same compiler.
fn dependencies(metadata: &Value, root: &str) -> BTreeSet<Asks> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let id = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages: BTreeMap<_, _> =
        list(&metadata["packages"]).into_iter().map(|package| (id(&package["id"]), package)).collect();
    let nodes: BTreeMap<_, _> =
        list(&metadata["resolve"]["nodes"]).into_iter().map(|node| (id(&node["id"]), node)).collect();
    let mut open: Vec<_> =
        packages.iter().filter(|(_, package)| package["name"] == root).map(|(id, _)| id.clone()).collect();
    assert_eq!(open.len(), 1, "one package is called {root}");
    let mut met = BTreeSet::new();
    while let Some(next) = open.pop() {
        if !met.insert(next.clone()) {
            continue;
        }
        for dependency in list(&nodes[&next]["deps"]) {
            if list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev") {
                open.push(id(&dependency["pkg"]));
            }
        }
    }
    let foreign = met.iter().map(|id| &packages[id]).filter(|package| !package["source"].is_null());
    let asks = |package: &Value| {
        let name = format!("{} {}", id(&package["name"]), id(&package["version"]));
        Asks { rust: asked(package), package: name }
    };
    foreign.map(asks).collect()
}

/// What cargo makes of the lock file for a platform, with all features.
fn metadata(platform: &str) -> Value {
    let ask = |network: &[&str]| {
        let mut cargo = project::cargo();
        cargo.args(["metadata", "--format-version", "1", "--locked", "--all-features"]);
        cargo.args(["--filter-platform", platform]).args(network);
        cargo.current_dir(project::root()).output().unwrap()
    };
    let mut output = ask(&["--offline"]);
    if !output.status.success() {
        // What only other platforms need was perhaps never fetched.
        output = ask(&[]);
    }
    assert!(output.status.success(), "{platform}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn no_dependency_asks_for_a_newer_rust() {
    let all = PLATFORMS.map(metadata);
    let mut offenders = Vec::new();
    for name in PACKAGES {
        let package = all[0]["packages"].as_array().unwrap().iter().find(|package| package["name"] == name);
        let own = version(package.unwrap()["rust_version"].as_str().expect("it says which Rust it needs"));
        let asks: BTreeSet<_> = all.iter().flat_map(|metadata| dependencies(metadata, name)).collect();
        println!("{name} says {}; of its {} dependencies, these ask for the most:", shown(&own), asks.len());
        for one in asks.iter().rev().take(10) {
            println!("  {} {}", shown(&one.rust), one.package);
        }
        let newer = asks.into_iter().filter(|one| one.rust > own);
        let said = shown(&own);
        let tell =
            |one: Asks| format!("{name} says Rust {said}, but {} asks for {}", one.package, shown(&one.rust));
        offenders.extend(newer.map(tell));
    }
    assert!(offenders.is_empty(), "{}", offenders.join("\n"));
}

#[test]
fn what_tests_need_is_left_out_and_an_edition_counts() {
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
