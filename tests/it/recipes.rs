//! The recipes of the README: compiled with a generated crate, and run against a server on this machine.

use std::fs;
use std::path::Path;

use crate::project;

/// What the program needs beside the generated crate.
const DEPENDENCIES: &str = r#"
[dev-dependencies]
hmac = "0.12"
http = "1"
reqwest = { version = "0.13", default-features = false }
reqwest-middleware = { version = "0.5", default-features = false }
sha2 = "0.10"
tokio = { version = "1", default-features = false, features = ["fs", "io-util", "macros", "rt", "time"] }
"#;

/// Each recipe in the program is shown, and each that is shown is in the program.
#[test]
fn the_recipes_are_shown_as_they_are_run() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = ["recipes", "webhooks", "custom", "validated"].map(|folder| fixtures.join(folder));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let mut run: Vec<String> = files.flat_map(|text| recipes(&text)).collect();
    let shown = fs::read_to_string(project::root().join("codegen/RECIPES.md")).unwrap();
    let blocks = shown.split("```rust,ignore\n").skip(1).map(|block| block.split("```").next().unwrap());
    let mut shown: Vec<String> = blocks.map(str::to_owned).collect();
    run.sort();
    shown.sort();
    assert!(run.len() > 12);
    assert_eq!(shown, run);
}

fn recipes(program: &str) -> Vec<String> {
    let parts = program.split("\n// recipe: ").skip(1);
    parts.map(|part| part.split_once('\n').unwrap().1.split("// end\n").next().unwrap().to_owned()).collect()
}

#[test]
fn the_recipes_work() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let package = project::root().join("target/compiled/recipes");
    let _ = fs::remove_dir_all(&package);
    project::make_crate(&fixtures.join("recipes.yaml"), &package, "compiled-recipes");
    let manifest = package.join("Cargo.toml");
    fs::write(&manifest, fs::read_to_string(&manifest).unwrap() + DEPENDENCIES).unwrap();
    let program = package.join("examples/recipes");
    fs::create_dir_all(&program).unwrap();
    for file in fs::read_dir(fixtures.join("recipes")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), program.join(file.file_name())).unwrap();
    }
    project::run_example(&package, "recipes", &["--features", "blocking,mock"]);
}
