//! Types that the configuration gives schemas and formats: the crate is generated with types of other crates and of its
//! own, and compiled; a program reads and writes their values.

use std::fs;
use std::path::{Path, PathBuf};

use clientwright::generate::{self, Job};
use clientwright::project::Project;
use codegen::{Customizations, TypeSetting};

use crate::project;

#[test]
fn values_have_the_types_of_other_crates() {
    let mut customizations = Customizations::new()
        .usual_types()
        .schema("Ref", "uuid::Uuid")
        .schema("Amount", "crate::own::Money")
        .schema("Order.sizes", "std::collections::BTreeMap<String, i64>")
        .schema("#/components/schemas/Order/properties/level", "crate::own::Level");
    let cents = TypeSetting {
        with: Some("crate::own::Cents".to_owned()),
        ..customizations.schemas["Amount"].clone()
    };
    customizations.schemas.insert("Amount".to_owned(), cents);
    let customizations = customizations
        .derive("Report", "Hash")
        .derive("Report", "Eq")
        .attribute("Report", "doc(alias = \"statement\")")
        .attribute("Report.id", "doc(alias = \"number\")")
        .optional_in_responses("Report.id")
        .optional_in_responses("Report.kind");
    run("custom", customizations);
}

#[test]
fn requests_are_checked_before_they_are_sent() {
    run("validated", Customizations::new().usual_types().validate());
}

#[test]
fn the_manifest_gets_the_crates_of_the_types() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let runtime = project::runtime().display().to_string();
    let config = |types: &str| {
        format!("description = 'a.yaml'\nruntime = {{ path = '{runtime}' }}\nvalidate = true\n{types}")
    };
    write(
        "a.yaml",
        "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {operationId: a, parameters: [\
         {name: id, in: query, schema: {type: string, format: uuid}}, {name: data, in: query, schema: {type: string, format: byte}},\
         {name: color, in: query, schema: {type: string, format: color}}], responses: {'204': {description: Done.}}}}}\n",
    );
    let generate = |types: &str| {
        write("clientwright.toml", &config(types));
        let job = project_job(folder.path());
        let summary = generate::run(&job, false).unwrap_or_else(|failure| panic!("{failure}"));
        (fs::read_to_string(folder.path().join("Cargo.toml")).unwrap(), summary.notes)
    };
    let (manifest, notes) =
        generate("[types.formats]\nuuid = true\nbyte = true\ncolor = 'my_colors::Color'\n");
    assert!(manifest.contains("\nuuid = \"1\"\n"), "{manifest}");
    assert!(manifest.contains("features = [\"base64\", \"validate\"] }"), "{manifest}");
    assert_eq!(
        notes,
        [
            "the emitted code uses the crate `my_colors`, which Cargo.toml doesn't name: run `cargo add my_colors`"
        ]
    );
    // What the user wrote is kept.
    let own = manifest
        .replace("uuid = \"1\"", "uuid = { version = \"1.10\", features = [\"v4\"] }\nmy-colors = \"2\"");
    write("Cargo.toml", &own);
    let (again, notes) = generate("[types.formats]\nuuid = true\nbyte = true\ncolor = 'my_colors::Color'\n");
    assert_eq!((again, notes), (own, Vec::new()));
}

fn project_job(folder: &Path) -> Job {
    let project = Project::load(&folder.join("clientwright.toml"), folder);
    project.unwrap_or_else(|failure| panic!("{failure}")).job("clientwright generate").unwrap()
}

/// Generates and compiles the crate of a fixture with its own module, and runs its program.
fn run(name: &str, customizations: Customizations) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let package = project::root().join("target/compiled").join(name);
    let _ = fs::remove_dir_all(&package);
    make_crate(&fixtures.join(format!("{name}.yaml")), &package, (name, customizations));
    let copy = |from: PathBuf, to: &str| {
        let to = package.join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    };
    copy(fixtures.join(name).join("main.rs"), &format!("examples/{name}.rs"));
    let own = fixtures.join(name).join("own.rs");
    if own.exists() {
        copy(own, "src/own.rs");
        let root = package.join("src/lib.rs");
        let text = fs::read_to_string(&root).unwrap();
        fs::write(&root, format!("{text}\npub mod own;\n")).unwrap();
    }
    project::run_example(&package, name, &["--no-default-features"]);
}

fn make_crate(description: &Path, out: &Path, (name, customizations): (&str, Customizations)) {
    let name = format!("compiled-{name}");
    let job = Job { customizations, ..project::job_of(description, out, Some(&name)) };
    generate::run(&job, false).unwrap_or_else(|failure| panic!("{failure}"));
    xtask::corpus::copy_lock(&project::root(), out).unwrap();
}
