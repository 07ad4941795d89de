//! `init`, `generate` and `check` without flags, and which edits of the user they keep.

use toml_edit::{Item, Value};

use super::sandbox::{API, Sandbox};

#[test]
fn init_generate_and_check_work_without_flags() {
    let sandbox = Sandbox::new();
    sandbox.write("api.yaml", API);
    assert_eq!(
        sandbox.ok(&["init", "api.yaml"]),
        "clientwright.toml: written; run `clientwright generate` to generate the crate\n"
    );
    let config = "# The configuration of `clientwright generate` and `clientwright check`.\ndescription = \"api.yaml\"\n";
    assert_eq!(sandbox.read("clientwright.toml"), config);
    sandbox.ok(&["generate"]);
    let before = sandbox.files();
    sandbox.ok(&["generate"]);
    assert_eq!(sandbox.files(), before, "a second run writes nothing");
    sandbox.ok(&["check"]);
    assert_eq!(sandbox.files(), before, "a check writes nothing");
    insta::assert_snapshot!(sandbox.fails(&["init", "api.yaml"]), @"
    error: clientwright.toml already exists
      help: edit it, or delete it first; nothing was written
    ");
}

/// The commands work in every folder of a crate.
#[test]
fn the_nearest_configuration_above_is_used() {
    let sandbox = Sandbox::with_api();
    sandbox.ok(&["generate"]);
    let below = sandbox.path("src/models");
    let run = sandbox.output(crate::project::clientwright(&below).arg("check"), "");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

#[test]
fn check_reports_an_edited_emitted_file() {
    let sandbox = Sandbox::with_api();
    sandbox.ok(&["generate"]);
    sandbox.append("src/models/pet.rs", "\n// Edited.\n");
    insta::assert_snapshot!(sandbox.fails(&["check"]), @"
    error: . is not up to date with the description
      different  src/models/pet.rs
      help: run `clientwright generate` and commit the changes
    ");
    sandbox.ok(&["generate"]);
    sandbox.ok(&["check"]);
}

#[test]
fn edits_of_the_user_survive_generate() {
    let sandbox = Sandbox::with_api();
    sandbox.ok(&["generate"]);
    for (old, new) in [
        ("version = \"0.1.0\"\nedition", "version = \"3.2.1\" # ours\nauthors = [\"Us\"]\nedition"),
        ("license = \"MIT OR Apache-2.0\"", "license = \"MPL-2.0\""),
        ("\"toys\"]\nclient", "\"fast\"]\nfast = [\"dep:fastrand\"]\nclient"),
        (
            "[dependencies]\n",
            "[dependencies]\n# For tests.\nfastrand = { version = \"2\", optional = true }\n",
        ),
    ] {
        sandbox.edit("Cargo.toml", old, new);
    }
    sandbox.write("src/own.rs", "//! Ours.\n");
    sandbox.append("src/lib.rs", "\npub mod own;\n");
    sandbox.write("README.md", format!("# Ours\n\n{}\nThe end.\n", sandbox.read("README.md")));
    sandbox.write("LICENSE", "Ours.\n");
    sandbox.ok(&["check"]);
    let before = sandbox.files();
    sandbox.ok(&["generate"]);
    assert_eq!(sandbox.files(), before);

    // A changed description changes only the emitted files.
    sandbox.edit("api.yaml", "title: Pets", "title: Pets and toys");
    sandbox.edit("api.yaml", "name: {type: string}", "name: {type: string}, age: {type: integer}");
    let printed = sandbox.ok(&["generate"]);
    let changed: Vec<_> = printed.lines().filter(|line| line.starts_with("  ")).map(str::trim).collect();
    assert_eq!(changed, ["changed  src/models/pet.rs", "changed  README.md"]);
    let manifest = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    for path in ["Cargo.toml", "src/lib.rs", "src/own.rs", "LICENSE"] {
        assert_eq!(sandbox.read(path), manifest(&before[&sandbox.path(path)].0), "{path}");
    }
    let readme = sandbox.read("README.md");
    assert!(readme.starts_with("# Ours\n\n<!-- clientwright: "), "{readme}");
    assert!(readme.contains("Pets and toys") && readme.ends_with("end -->\n\nThe end.\n"), "{readme}");
    sandbox.ok(&["check"]);
}

/// `README.md` without the markers belongs to the user.
#[test]
fn a_readme_without_markers_is_left_alone() {
    let sandbox = Sandbox::with_api();
    sandbox.ok(&["generate"]);
    sandbox.write("README.md", "# Ours\n");
    sandbox.ok(&["check"]);
    sandbox.ok(&["generate"]);
    assert_eq!(sandbox.read("README.md"), "# Ours\n");
}

/// A marker in a description does not end the generated part of `README.md`.
#[test]
fn markers_in_a_description_are_escaped() {
    let sandbox = Sandbox::with_api();
    let marker = "<!-- clientwright: end -->";
    sandbox.edit("api.yaml", "title: Pets", &format!("title: 'Pets {marker}', description: 'A {marker} b.'"));
    let content = "responses: {'200': {description: Fine., content: {text/plain: {}}}}";
    sandbox.edit("api.yaml", "/toys:", &format!("'/a{marker}': {{head: {{{content}}}}}\n  /toys:"));
    sandbox.ok(&["generate"]);
    let readme = sandbox.read("README.md");
    assert!(readme.contains("- `#/paths/~1a<! -- clientwright: end -->/head/"), "{readme}");
    assert_eq!(readme.matches(marker).count(), 1);
    sandbox.ok(&["generate"]);
    assert_eq!(sandbox.read("README.md"), readme);
}

/// Returns the names of the default features, and of all features.
fn features(sandbox: &Sandbox) -> (Vec<String>, Vec<String>) {
    let manifest = sandbox.manifest("Cargo.toml");
    let features = manifest["features"].as_table().unwrap();
    let default = features["default"].as_array().unwrap().iter().filter_map(Value::as_str);
    let all = features.iter().filter(|(_, item)| matches!(item, Item::Value(_)));
    (default.map(str::to_owned).collect(), all.map(|(name, _)| name.to_owned()).collect())
}

#[test]
fn features_follow_the_tags() {
    let sandbox = Sandbox::with_api();
    sandbox.ok(&["generate"]);
    sandbox.edit(
        "Cargo.toml",
        "\"pets\", \"toys\"]\nclient",
        "\"own\", \"pets\", \"toys\"]\nown = []\nclient",
    );
    let (default, all) = features(&sandbox);
    assert_eq!(default, ["client", "own", "pets", "toys"]);
    assert_eq!(
        all,
        ["default", "own", "client", "pets", "toys", "blocking", "brotli", "gzip", "mock", "tower", "zstd"]
    );

    sandbox.write("api.yaml", API.replace("tags: [toys]", "tags: [hats]"));
    assert!(sandbox.fails(&["check"]).contains("different  Cargo.toml\n"));
    sandbox.ok(&["generate"]);
    let (default, all) = features(&sandbox);
    assert_eq!(default, ["client", "own", "pets", "hats"]);
    assert_eq!(
        all,
        ["default", "own", "client", "pets", "blocking", "brotli", "gzip", "mock", "tower", "zstd", "hats"]
    );
    assert!(sandbox.exists("src/endpoints/hats.rs") && !sandbox.exists("src/endpoints/toys.rs"));
    sandbox.ok(&["check"]);

    // A feature that the user removed from the default features is not added again.
    sandbox.edit("Cargo.toml", "\"pets\", \"hats\"]\nown", "\"hats\"]\nown");
    sandbox.ok(&["check"]);
    sandbox.ok(&["generate"]);
    assert_eq!(features(&sandbox).0, ["client", "own", "hats"]);
}

/// A feature stays after its tag is gone if the user changed it or refers to it.
#[test]
fn a_feature_that_the_user_needs_outlives_its_tag() {
    let sandbox = Sandbox::with_api();
    sandbox.ok(&["generate"]);
    sandbox.edit("Cargo.toml", "pets = []", "pets = [\"mine\"]\nmine = []\nours = [\"toys\"]");
    sandbox.edit("api.yaml", "tags: [pets]", "tags: [cats]");
    sandbox.edit("api.yaml", "tags: [toys]", "tags: [balls]");
    sandbox.ok(&["generate"]);
    let manifest = sandbox.manifest("Cargo.toml");
    let features = |name: &str| manifest["features"][name].to_string();
    assert_eq!((features("pets"), features("ours")), (" [\"mine\"]".to_owned(), " [\"toys\"]".to_owned()));
    assert!(manifest["features"].get("toys").is_some() && manifest["features"].get("cats").is_some());
    let default = features("default");
    assert!(default.contains("cats") && !default.contains("toys"), "{default}");
}

/// Only a new manifest gets a `[workspace]` table.
#[test]
fn a_removed_workspace_table_is_not_added_again() {
    let sandbox = Sandbox::with_api();
    sandbox.ok(&["generate"]);
    sandbox.edit("Cargo.toml", "\n[workspace]\n", "\n");
    sandbox.ok(&["generate"]);
    assert!(!sandbox.read("Cargo.toml").contains("[workspace]"));

    let sandbox = Sandbox::new();
    sandbox.write("api.yaml", API);
    sandbox.write(
        "Cargo.toml",
        "[package]\nname = 'app'\n[workspace]\n[dependencies]\nclient = { path = 'client' }\n",
    );
    sandbox.ok(&["generate", "api.yaml", "--out", "client"]);
    assert!(!sandbox.read("client/Cargo.toml").contains("[workspace]"), "the dependency makes it a member");
}

#[test]
fn a_manifest_of_inline_tables_is_edited() {
    let sandbox = Sandbox::with_api();
    sandbox
        .write("Cargo.toml", "features = {mine = []}\r\npackage = {name = \"pets\", metadata = {x = 1}}\r\n");
    sandbox.ok(&["generate"]);
    let manifest = sandbox.manifest("Cargo.toml");
    assert_eq!(manifest["package"]["name"].as_str(), Some("pets"));
    assert_eq!(manifest["package"]["metadata"]["x"].as_integer(), Some(1));
    assert!(manifest["features"].get("mine").is_some() && manifest["features"].get("client").is_some());
    let text = sandbox.read("Cargo.toml");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "the line endings are kept");
    sandbox.ok(&["check"]);
}

/// Git checks files out with CRLF on some systems.
#[test]
fn crlf_line_endings_are_no_difference() {
    let sandbox = Sandbox::with_api();
    sandbox.ok(&["generate"]);
    let text = sandbox.read("src/models/pet.rs").replace('\n', "\r\n");
    sandbox.write("src/models/pet.rs", text);
    sandbox.ok(&["check"]);
}

#[test]
fn a_root_without_the_modules_is_reported() {
    let sandbox = Sandbox::with_api();
    sandbox.write("src/lib.rs", "//! Mine.\n\nmod api;\n");
    let run = sandbox.run(&["generate"]);
    assert_eq!(run.code, Some(0));
    let expected =
        "note: src/lib.rs lacks `mod endpoints;`, `mod models;`: the generated modules aren't compiled\n";
    assert_eq!(run.stderr, expected);
}
