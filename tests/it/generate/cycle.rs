//! `init`, `generate` and `check` without flags, and what of a crate is the user's.

use toml_edit::{Item, Value};

use super::place::{API, Place};

#[test]
fn three_commands_without_flags() {
    let place = Place::new();
    place.write("api.yaml", API);
    assert_eq!(
        place.ok(&["init", "api.yaml"]),
        "clientwright.toml: written; `clientwright generate` makes the crate\n"
    );
    let config = "# What `clientwright generate` and `clientwright check` make this crate of.\ndescription = \"api.yaml\"\n";
    assert_eq!(place.read("clientwright.toml"), config);
    place.ok(&["generate"]);
    let before = place.files();
    place.ok(&["generate"]);
    assert_eq!(place.files(), before, "a second run writes nothing");
    place.ok(&["check"]);
    assert_eq!(place.files(), before, "nor does a check");
    insta::assert_snapshot!(place.refused(&["init", "api.yaml"]), @"
    error: clientwright.toml is there already
      help: edit it, or delete it first; nothing was written
    ");
}

/// The nearest configuration counts, so that any folder of a crate will do.
#[test]
fn from_a_folder_below() {
    let place = Place::with_api();
    place.ok(&["generate"]);
    let below = place.path("src/models");
    let run = place.output(crate::project::clientwright(&below).arg("check"), "");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

#[test]
fn an_edited_emitted_file_is_found() {
    let place = Place::with_api();
    place.ok(&["generate"]);
    place.append("src/models/pet.rs", "\n// Edited.\n");
    insta::assert_snapshot!(place.refused(&["check"]), @"
    error: . is not what the description gives
      different  src/models/pet.rs
      help: run `clientwright generate` and commit what it changes
    ");
    place.ok(&["generate"]);
    place.ok(&["check"]);
}

#[test]
fn what_is_the_users_stays() {
    let place = Place::with_api();
    place.ok(&["generate"]);
    for (old, new) in [
        ("version = \"0.1.0\"\nedition", "version = \"3.2.1\" # ours\nauthors = [\"Us\"]\nedition"),
        ("license = \"MIT OR Apache-2.0\"", "license = \"MPL-2.0\""),
        ("\"toys\"]\nclient", "\"fast\"]\nfast = [\"dep:fastrand\"]\nclient"),
        (
            "[dependencies]\n",
            "[dependencies]\n# For tests.\nfastrand = { version = \"2\", optional = true }\n",
        ),
    ] {
        place.edit("Cargo.toml", old, new);
    }
    place.write("src/own.rs", "//! Ours.\n");
    place.append("src/lib.rs", "\npub mod own;\n");
    place.write("README.md", format!("# Ours\n\n{}\nThe end.\n", place.read("README.md")));
    place.write("LICENSE", "Ours.\n");
    place.ok(&["check"]);
    let before = place.files();
    place.ok(&["generate"]);
    assert_eq!(place.files(), before);

    // Another description changes the emitted part only.
    place.edit("api.yaml", "title: Pets", "title: Pets and toys");
    place.edit("api.yaml", "name: {type: string}", "name: {type: string}, age: {type: integer}");
    let printed = place.ok(&["generate"]);
    let changed: Vec<_> = printed.lines().filter(|line| line.starts_with("  ")).map(str::trim).collect();
    assert_eq!(changed, ["changed  src/models/pet.rs", "changed  README.md"]);
    let manifest = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    for path in ["Cargo.toml", "src/lib.rs", "src/own.rs", "LICENSE"] {
        assert_eq!(place.read(path), manifest(&before[&place.path(path)].0), "{path}");
    }
    let readme = place.read("README.md");
    assert!(readme.starts_with("# Ours\n\n<!-- clientwright: "), "{readme}");
    assert!(readme.contains("Pets and toys") && readme.ends_with("end -->\n\nThe end.\n"), "{readme}");
    place.ok(&["check"]);
}

/// A read-me without the marks is the user's as a whole.
#[test]
fn a_read_me_of_ones_own() {
    let place = Place::with_api();
    place.ok(&["generate"]);
    place.write("README.md", "# Ours\n");
    place.ok(&["check"]);
    place.ok(&["generate"]);
    assert_eq!(place.read("README.md"), "# Ours\n");
}

/// What a description says is never taken for a mark.
#[test]
fn a_description_that_speaks_of_marks() {
    let place = Place::with_api();
    let mark = "<!-- clientwright: end -->";
    place.edit("api.yaml", "title: Pets", &format!("title: 'Pets {mark}', description: 'A {mark} b.'"));
    let content = "responses: {'200': {description: Fine., content: {text/plain: {}}}}";
    place.edit("api.yaml", "/toys:", &format!("'/a{mark}': {{head: {{{content}}}}}\n  /toys:"));
    place.ok(&["generate"]);
    let readme = place.read("README.md");
    assert!(readme.contains("- `#/paths/~1a<! -- clientwright: end -->/head/"), "{readme}");
    assert_eq!(readme.matches(mark).count(), 1);
    place.ok(&["generate"]);
    assert_eq!(place.read("README.md"), readme);
}

/// The names of the default features, and of all.
fn features(place: &Place) -> (Vec<String>, Vec<String>) {
    let manifest = place.manifest("Cargo.toml");
    let features = manifest["features"].as_table().unwrap();
    let default = features["default"].as_array().unwrap().iter().filter_map(Value::as_str);
    let all = features.iter().filter(|(_, item)| matches!(item, Item::Value(_)));
    (default.map(str::to_owned).collect(), all.map(|(name, _)| name.to_owned()).collect())
}

#[test]
fn tags_come_and_go() {
    let place = Place::with_api();
    place.ok(&["generate"]);
    place.edit("Cargo.toml", "\"pets\", \"toys\"]\nclient", "\"own\", \"pets\", \"toys\"]\nown = []\nclient");
    let (default, all) = features(&place);
    assert_eq!(default, ["client", "own", "pets", "toys"]);
    assert_eq!(all, ["default", "own", "client", "pets", "toys", "blocking"]);

    place.write("api.yaml", API.replace("tags: [toys]", "tags: [hats]"));
    assert!(place.refused(&["check"]).contains("different  Cargo.toml\n"));
    place.ok(&["generate"]);
    let (default, all) = features(&place);
    assert_eq!(default, ["client", "own", "pets", "hats"]);
    assert_eq!(all, ["default", "own", "client", "pets", "blocking", "hats"]);
    assert!(place.exists("src/endpoints/hats.rs") && !place.exists("src/endpoints/toys.rs"));
    place.ok(&["check"]);

    // One that the user took out of the default features is not put back.
    place.edit("Cargo.toml", "\"pets\", \"hats\"]\nown", "\"hats\"]\nown");
    place.ok(&["check"]);
    place.ok(&["generate"]);
    assert_eq!(features(&place).0, ["client", "own", "hats"]);
}

/// A feature that the user has, or has added to, or refers to, outlives the tag that it is called after.
#[test]
fn features_of_the_users_outlive_tags() {
    let place = Place::with_api();
    place.ok(&["generate"]);
    place.edit("Cargo.toml", "pets = []", "pets = [\"mine\"]\nmine = []\nours = [\"toys\"]");
    place.edit("api.yaml", "tags: [pets]", "tags: [cats]");
    place.edit("api.yaml", "tags: [toys]", "tags: [balls]");
    place.ok(&["generate"]);
    let manifest = place.manifest("Cargo.toml");
    let features = |name: &str| manifest["features"][name].to_string();
    assert_eq!((features("pets"), features("ours")), (" [\"mine\"]".to_owned(), " [\"toys\"]".to_owned()));
    assert!(manifest["features"].get("toys").is_some() && manifest["features"].get("cats").is_some());
    let default = features("default");
    assert!(default.contains("cats") && !default.contains("toys"), "{default}");
}

/// A workspace of its own is written into a new manifest, and the user's to take out.
#[test]
fn a_workspace_that_is_taken_out_stays_out() {
    let place = Place::with_api();
    place.ok(&["generate"]);
    place.edit("Cargo.toml", "\n[workspace]\n", "\n");
    place.ok(&["generate"]);
    assert!(!place.read("Cargo.toml").contains("[workspace]"));

    let place = Place::new();
    place.write("api.yaml", API);
    place.write(
        "Cargo.toml",
        "[package]\nname = 'app'\n[workspace]\n[dependencies]\nclient = { path = 'client' }\n",
    );
    place.ok(&["generate", "api.yaml", "--out", "client"]);
    assert!(!place.read("client/Cargo.toml").contains("[workspace]"), "it is a member by the dependency");
}

#[test]
fn manifests_in_other_forms() {
    let place = Place::with_api();
    place
        .write("Cargo.toml", "features = {mine = []}\r\npackage = {name = \"pets\", metadata = {x = 1}}\r\n");
    place.ok(&["generate"]);
    let manifest = place.manifest("Cargo.toml");
    assert_eq!(manifest["package"]["name"].as_str(), Some("pets"));
    assert_eq!(manifest["package"]["metadata"]["x"].as_integer(), Some(1));
    assert!(manifest["features"].get("mine").is_some() && manifest["features"].get("client").is_some());
    let text = place.read("Cargo.toml");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "line ends are the user's");
    place.ok(&["check"]);
}

/// Git writes the lines of a checkout with other ends on some systems.
#[test]
fn line_ends_of_a_checkout_are_no_difference() {
    let place = Place::with_api();
    place.ok(&["generate"]);
    let text = place.read("src/models/pet.rs").replace('\n', "\r\n");
    place.write("src/models/pet.rs", text);
    place.ok(&["check"]);
}

#[test]
fn a_root_without_the_modules_is_told() {
    let place = Place::with_api();
    place.write("src/lib.rs", "//! Mine.\n\nmod api;\n");
    let run = place.run(&["generate"]);
    assert_eq!(run.code, Some(0));
    let expected =
        "note: src/lib.rs lacks `mod endpoints;`, `mod models;`: what is emitted there isn't compiled\n";
    assert_eq!(run.stderr, expected);
}
