//! `clientwright generate`: which files it writes, and when it fails.

mod naming;
mod outputs;
mod packages;
mod program;
mod runtime;
mod sandbox;
mod several;
mod sources;
mod workflow;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clientwright::generate::{self, Job, Summary};
use clientwright::runtime_source::RuntimeSource;
use codegen::Mode;
use codegen::package::{EMITTED, LIMITS, RECIPES};
use tempfile::TempDir;

use crate::{files, project};

const SPEC: &str = "\
openapi: 3.1.0
info: {title: Pets & Toys, version: '7', description: \"All pets.\\n\\n# More\\n\\nAnd toys.\"}
servers: [{url: 'https://pets.example/api'}]
paths:
  /pets:
    get:
      tags: [pets]
      operationId: listPets
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: Pets., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
  /toys/{id}:
    put:
      tags: [toys]
      operationId: changeToy
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Toy'}}}}
      responses: {'204': {description: Done.}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
    Toy: {type: object, properties: {name: {type: string}}}
";

/// A temporary folder with a description; the crate goes to `crate`.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("pets.yaml", SPEC);
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn job(&self) -> Job {
        project::job_of(&self.path("pets.yaml"), &self.path("crate"), None)
    }

    /// Generates a crate. An error is returned as printed, with `<folder>` instead of the path.
    fn run(&self, job: &Job) -> Result<Summary, String> {
        generate::run(job, false).map_err(|failure| self.shown(&failure.to_string()))
    }

    fn shown(&self, text: &str) -> String {
        text.replace(&self.0.path().display().to_string(), "<folder>")
    }

    /// Returns every file of the crate with its bytes and its time of modification.
    fn files(&self) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let folder = self.path("crate");
        let contents = files::contents(&folder);
        contents.into_iter().map(|(path, content)| (files::relative(&path, &folder), content)).collect()
    }
}

#[test]
fn a_generated_crate_has_every_file() {
    let folder = Folder::new();
    let runtime = RuntimeSource::Path(folder.path("runtime"));
    folder.run(&Job { runtime, ..folder.job() }).unwrap();
    let files = folder.files();
    for path in [
        "Cargo.toml",
        "README.md",
        "src/lib.rs",
        "src/api/access.rs",
        "src/endpoints/pets.rs",
        "src/models/toy.rs",
    ] {
        assert!(files.contains_key(path), "{path} is missing");
    }
    for (path, (bytes, _)) in &files {
        let text = String::from_utf8_lossy(bytes);
        let is_emitted = EMITTED.iter().any(|folder| path.starts_with(folder));
        assert_eq!(
            text.lines().next().unwrap().contains("@generated"),
            is_emitted,
            "{path}: exactly the files that are wholly emitted have the header"
        );
        assert!(!text.contains("#[cfg(test)]"), "{path} contains tests");
        assert!(!text.contains("spec/"), "{path} names a folder of this repository");
    }
    insta::assert_snapshot!(
        folder.read("crate/README.md").replace(LIMITS, "- …\n").replace(RECIPES.trim_end(), "…")
    );
    let manifest = folder.read("crate/Cargo.toml");
    let head: String = manifest
        .lines()
        .take_while(|line| !line.starts_with("[features]"))
        .map(|line| format!("{line}\n"))
        .collect();
    insta::assert_snapshot!(head, @r#"
    [package]
    name = "pets-toys-client"
    description = "Typed client for Pets & Toys."
    version = "0.1.0"
    edition = "2024"
    rust-version = "1.88"
    license = "MIT OR Apache-2.0"
    readme = "README.md"
    categories = ["api-bindings", "web-programming::http-client"]

    [package.metadata.docs.rs]
    all-features = true

    # `clientwright generate` maintains these features and the dependency on the runtime. The rest of this file is yours.
    [package.metadata.clientwright]
    features = ["client", "pets", "toys", "blocking", "brotli", "gzip", "mock", "tower", "zstd"]
    "#);
    assert!(manifest.ends_with("\n[workspace]\n"), "{manifest}");
}

#[test]
fn a_generated_crate_names_no_other_api() {
    let folder = Folder::new();
    folder.run(&folder.job()).unwrap();
    let own = ["zendesk", "ticket", "acme"];
    let mut found = Vec::new();
    for (path, (bytes, _)) in folder.files() {
        for (number, line) in String::from_utf8(bytes).unwrap().lines().enumerate() {
            if own.iter().any(|word| line.to_lowercase().contains(word)) {
                found.push(format!("{path}:{}: {line}", number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_second_run_writes_nothing() {
    let folder = Folder::new();
    folder.run(&folder.job()).unwrap();
    let before = folder.files();
    let summary = folder.run(&folder.job()).unwrap();
    assert!(summary.difference.is_empty());
    assert_eq!(folder.files(), before, "no file was touched");
}

#[test]
fn emitted_files_of_removed_items_are_deleted() {
    let folder = Folder::new();
    folder.run(&folder.job()).unwrap();
    folder.write("crate/tests/own.rs", "// The user's.\n");
    folder.write("crate/target/x", "built\n");
    folder.write(
        "crate/src/models/old/mod.rs",
        "// @generated by `clientwright generate`. Of an earlier run.\n",
    );
    let before = folder.files();
    let job = Job { tags: vec!["pets".to_owned()], ..folder.job() };
    let summary = folder.run(&job).unwrap();
    assert_eq!(summary.output.api.operations().count(), 1);
    let extra = ["src/endpoints/toys.rs", "src/models/old/mod.rs", "src/models/toy.rs"];
    assert_eq!(summary.difference.extra, extra);
    let after = folder.files();
    let gone: Vec<_> = before.keys().filter(|path| !after.contains_key(*path)).collect();
    assert_eq!(gone, extra);
    assert!(!folder.path("crate/src/models/old").exists(), "an empty folder is deleted");
    assert_eq!(before["src/models/pet.rs"], after["src/models/pet.rs"], "an unchanged file is not written");
}

#[test]
fn files_that_were_not_generated_are_left_alone() {
    let folder = Folder::new();
    folder.write("crate/notes.txt", "By hand.\n");
    insta::assert_snapshot!(folder.run(&folder.job()).unwrap_err(), @"
    error: <folder>/crate is not a crate that this command generated: it contains notes.txt
      help: choose a new or empty folder, or create a clientwright.toml in it; nothing was written
    ");
    folder.write("crate/Cargo.toml", "[package]\n");
    insta::assert_snapshot!(folder.run(&folder.job()).unwrap_err(), @"
    error: <folder>/crate is not a crate that this command generated: it contains Cargo.toml
      help: choose a new or empty folder, or create a clientwright.toml in it; nothing was written
    ");
    assert_eq!(folder.files().len(), 2);

    let folder = Folder::new();
    folder.run(&folder.job()).unwrap();
    folder.write("crate/src/models/own.rs", "struct ByHand;\n");
    let before = folder.files();
    insta::assert_snapshot!(folder.run(&folder.job()).unwrap_err(), @"
    error: these files are in a folder for generated files, but were not generated by this command
      <folder>/crate/src/models/own.rs
      help: move or delete them; nothing was written
    ");
    assert_eq!(folder.files(), before);
}

#[test]
fn the_files_of_another_generator_are_left_alone() {
    let folder = Folder::new();
    folder.run(&folder.job()).unwrap();
    folder.write("crate/src/models/mine.rs", "// @generated by protoc-gen-prost\n");
    let before = folder.files();
    let error = folder.run(&folder.job()).unwrap_err();
    assert!(error.contains("src/models/mine.rs"), "{error}");
    assert_eq!(folder.files(), before);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_source_folder_is_not_followed() {
    for link in ["src", "src/models"] {
        let folder = Folder::new();
        folder.run(&folder.job()).unwrap();
        let theirs = folder.path("theirs");
        std::fs::rename(folder.path(&format!("crate/{link}")), &theirs).unwrap();
        std::os::unix::fs::symlink(&theirs, folder.path(&format!("crate/{link}"))).unwrap();
        folder.write("theirs/old.rs", "// @generated by `clientwright generate`. Of an earlier run.\n");
        folder
            .write("theirs/models/old.rs", "// @generated by `clientwright generate`. Of an earlier run.\n");
        let error = folder.run(&folder.job()).unwrap_err();
        assert!(error.contains("is a link"), "{link}: {error}");
        assert!(theirs.join("old.rs").exists() && theirs.join("models/old.rs").exists(), "{link}");
    }
}

/// The user decides the versions of dependencies.
#[test]
fn the_lock_file_is_left_to_cargo() {
    let folder = Folder::new();
    folder.run(&folder.job()).unwrap();
    assert!(!folder.path("crate/Cargo.lock").exists());
    folder.write("crate/Cargo.lock", "# As cargo left it.\n");
    folder.run(&folder.job()).unwrap();
    assert_eq!(folder.read("crate/Cargo.lock"), "# As cargo left it.\n");
}

/// A Git repository may exist before the crate.
#[test]
fn hidden_entries_are_ignored() {
    let folder = Folder::new();
    folder.write("crate/.git/config", "");
    folder.run(&folder.job()).unwrap();
    assert!(folder.path("crate/Cargo.toml").exists());
}

#[test]
fn problems_are_warnings_or_in_strict_mode_errors() {
    let folder = Folder::new();
    folder.write("pets.yaml", &SPEC.replace("'#/components/schemas/Pet'", "'#/components/schemas/Cat'"));
    let strict = Job { mode: Mode::Strict, ..folder.job() };
    insta::assert_snapshot!(folder.run(&strict).unwrap_err(), @r##"
    error: unresolved reference "#/components/schemas/Cat"
      --> <folder>/pets.yaml:10:85 (#/paths/~1pets/get/responses/200/content/application~1json/schema/$ref)
      help: add the component in an overlay, or fix the reference

    1 error; nothing was written
    "##);
    assert!(folder.files().is_empty());
    let summary = folder.run(&folder.job()).unwrap();
    let warnings: Vec<_> =
        summary.output.warnings.iter().map(|warning| folder.shown(&warning.to_string())).collect();
    insta::assert_snapshot!(warnings.join("\n\n"), @r##"
    warning: unresolved reference "#/components/schemas/Cat"
      --> <folder>/pets.yaml:10:85 (#/paths/~1pets/get/responses/200/content/application~1json/schema/$ref)
      help: add the component in an overlay, or fix the reference
    "##);
    insta::assert_snapshot!(summary.to_string().lines().next().unwrap(), @"2 operations, 2 models, 0 enums, 0 unions, 0 aliases, 0 skipped, 1 warning");
}

#[test]
fn an_invalid_name_or_unknown_tag_is_rejected() {
    let folder = Folder::new();
    let job = Job { name: Some("../evil".to_owned()), ..folder.job() };
    insta::assert_snapshot!(folder.run(&job).unwrap_err(), @r#"
    error: "../evil" is not a valid package name: use up to 64 ASCII letters, digits, `-` and `_`, start with a letter, end with a letter or digit, and avoid keywords
      help: choose another name with --name; nothing was written
    "#);
    let job = Job { tags: vec!["cats".to_owned()], ..folder.job() };
    insta::assert_snapshot!(folder.run(&job).unwrap_err(), @r#"
    error: no operation has the tag "cats"
      --> <folder>/pets.yaml:1:1
      help: the tags are "pets", "toys"

    1 error; nothing was written
    "#);
    assert!(folder.files().is_empty());
    let job = Job { name: Some("my_pets".to_owned()), ..folder.job() };
    folder.run(&job).unwrap();
    assert!(folder.read("crate/README.md").contains("use my_pets::{Auth, Client, endpoints};"));
}

/// Files outside of the description's folder are not read, unless the user names a wider folder.
#[test]
fn only_files_below_the_description_are_read() {
    let folder = Folder::new();
    let spec = |reference: &str| SPEC.replace("'#/components/schemas/Pet'", &format!("'{reference}'"));
    folder.write("spec/parts/pet.yaml", "type: object\nproperties: {age: {type: integer}}\n");
    folder.write("secret.yaml", "type: object\nproperties: {password: {type: string}}\n");
    let job = Job { description: folder.path("spec/api.yaml"), ..folder.job() };
    folder.write("spec/api.yaml", &spec("parts/pet.yaml"));
    let summary = folder.run(&job).unwrap();
    assert!(summary.output.warnings.is_empty(), "{:?}", summary.output.warnings);
    assert!(emitted_text(&summary).contains("pub age: Option<i64>"));
    for outside in
        ["../secret.yaml", "parts/../../secret.yaml", &folder.path("secret.yaml").display().to_string()]
    {
        folder.write("spec/api.yaml", &spec(outside));
        let summary = folder.run(&job).unwrap();
        assert!(!emitted_text(&summary).contains("password"), "{outside} was read");
        assert!(!summary.output.warnings.is_empty());
    }
    folder.write("spec/api.yaml", &spec("../secret.yaml"));
    let wider = Job { within: Some(folder.path("")), ..job.clone() };
    assert!(
        emitted_text(&folder.run(&wider).unwrap()).contains("password"),
        "`within` allows a wider folder"
    );
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path("secret.yaml"), folder.path("spec/link.yaml")).unwrap();
        folder.write("spec/api.yaml", &spec("link.yaml"));
        assert!(
            !emitted_text(&folder.run(&job).unwrap()).contains("password"),
            "a symbolic link led out of the folder"
        );
    }
}

fn emitted_text(summary: &Summary) -> String {
    summary.output.files.iter().map(|file| file.text.as_str()).collect()
}

/// A crate is its own workspace, unless another workspace lists it.
#[test]
fn a_member_of_another_workspace_declares_none() {
    let folder = Folder::new();
    for (members, own) in [("[\"other\"]", true), ("[\"crate\"]", false), ("[\"c*\"]", false)] {
        folder.write("Cargo.toml", &format!("[workspace]\nmembers = {members}\n"));
        folder.run(&folder.job()).unwrap();
        assert_eq!(folder.read("crate/Cargo.toml").contains("\n[workspace]\n"), own, "{members}");
        fs::remove_dir_all(folder.path("crate")).unwrap();
    }
    folder.write("Cargo.toml", "[workspace]\nexclude = [\"crate\"]\n");
    folder.run(&folder.job()).unwrap();
    assert!(folder.read("crate/Cargo.toml").contains("\n[workspace]\n"));
}

/// The crate and its docs build, and the example in `README.md` compiles.
#[test]
fn a_generated_crate_builds_without_warnings() {
    let folder = project::root().join("target/compiled");
    let out = folder.join("generated");
    let _ = fs::remove_dir_all(&out);
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/awkward.yaml");
    project::make_crate(&spec, &out, "compiled-generated");
    let cargo = |arguments: &[&str]| {
        let mut command = project::cargo();
        command.args(arguments).args(["--offline", "--quiet", "--all-features"]).current_dir(&out);
        command.env("CARGO_TARGET_DIR", folder.join("target")).env_remove("RUSTFLAGS");
        command.env("RUSTDOCFLAGS", "-D warnings");
        let output = command.output().unwrap();
        let printed =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert!(output.status.success() && !printed.contains("warning:"), "{arguments:?}:\n{printed}");
    };
    cargo(&["check"]);
    cargo(&["doc", "--no-deps"]);
    cargo(&["test", "--doc"]);
}
