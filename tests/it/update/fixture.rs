//! A temporary project with a description, its record, two overlays and a newer document.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use clientwright::update::{self, UpdateArguments, UpdateResult};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::{files, project};

pub(super) const OLD: &str = "\
openapi: 3.1.0
info: {title: Shelves, version: '1'}
paths:
  /shelves:
    get: {operationId: shelves, tags: [shelves], summary: All., responses: {'204': {description: Done.}}}
  /books/{id}:
    get:
      operationId: book
      tags: [books]
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {'204': {description: Done.}}
components:
  schemas:
    Shelf: {type: object, properties: {width: {type: string}, name: {type: string}}}
    Lamp: {type: object}
";
pub(super) const NEW: &str = "\
openapi: 3.1.1
info: {title: Shelves, version: '2'}
paths:
  /shelves:
    get: {operationId: shelves, tags: [shelves], summary: All of them., responses: {'204': {description: Done.}}}
  /library/books/{id}:
    get:
      operationId: book
      tags: [books]
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {'204': {description: Done.}}
components:
  schemas:
    Shelf: {type: object, properties: {width: {type: number}, name: {type: string}}}
";
const TYPES: &str = "\
overlay: 1.0.0
info: {title: Types, version: '1'}
actions:
  # Widths are numbers.
  - target: $.components.schemas.Shelf.properties.width
    update: {type: number}

  # ------------------------------ names

  - target: $.components.schemas.Lamp    # of the shelf
    update: {title: Lights}
  - target: $.components.schemas.Shelf.properties
    update: {height: {type: number}}
";
const TEXTS: &str = "\
overlay: 1.0.0
info: {title: Texts, version: '1'}
actions:
  - target: $.paths['/shelves'].get
    update: {summary: Lists shelves.}
  - target: $.paths['/books/{id}'].get
    update: {summary: Shows a book.}    # and no more
";
const UPSTREAM: &str = "\
# Where it comes from.

[upstream]
# The document.
source = \"Shelves\" # as published
openapi = \"3.1.0\"
# Of the update.
date = \"2020-01-01\"
sha256 = \"CHECKSUM\"
# What was changed.
changed = [\"layout\"]
";

/// A temporary folder with a description, its record, two overlays and a newer document.
pub(super) struct Project(TempDir);

impl Project {
    pub(super) fn new() -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.write("spec/zendesk.yaml", OLD);
        project.write("spec/overlays/10-types.yaml", TYPES);
        project.write("spec/overlays/20-texts.yaml", TEXTS);
        project.write("new.yaml", NEW);
        project::configure(project.0.path(), true);
        project.record(OLD);
        project
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Writes a record with the checksum of this description.
    pub(super) fn record(&self, text: &str) {
        let checksum: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        self.write("spec/UPSTREAM.toml", &UPSTREAM.replace("CHECKSUM", &checksum));
    }

    /// Returns all files in `spec` and `spec/overlays`.
    pub(super) fn files(&self) -> BTreeMap<String, String> {
        let paths = files::below(&self.path("spec")).into_iter();
        let paths = paths.map(|path| files::relative(&path, self.0.path()));
        paths.map(|path| (path.clone(), self.read(&path))).collect()
    }

    pub(super) fn arguments(&self) -> UpdateArguments {
        UpdateArguments {
            file: self.path("new.yaml"),
            date: Some("2026-01-31".to_owned()),
            ..UpdateArguments::default()
        }
    }

    /// Runs the command, and returns what it prints.
    pub(super) fn run(&self, arguments: &UpdateArguments) -> Printed {
        let plain = |text: String| {
            let text = anstream::adapter::strip_str(&text).to_string();
            text.replace(&self.0.path().display().to_string(), "<root>")
        };
        match update::run(&project::of(self.0.path()), arguments) {
            Ok(outcomes) => {
                let stderr = match &outcomes {
                    UpdateResult::Review(review) => plain(update::errors(review, arguments.verbose)),
                    UpdateResult::Same { .. } => String::new(),
                };
                Printed { stdout: plain(update::text(&outcomes, arguments.verbose)), stderr }
            }
            Err(failure) => Printed { stdout: String::new(), stderr: plain(failure.to_string()) },
        }
    }

    /// Runs the command, which must fail and change no file, and returns its standard error.
    pub(super) fn fails(&self, arguments: &UpdateArguments) -> String {
        let before = self.files();
        let printed = self.run(arguments);
        assert_eq!(self.files(), before, "nothing is written");
        assert!(!printed.stderr.is_empty(), "{}", printed.stdout);
        printed.stderr
    }
}

/// The output of a run.
pub(super) struct Printed {
    pub(super) stdout: String,
    pub(super) stderr: String,
}

pub(super) fn owned(actions: &[&str]) -> Vec<String> {
    actions.iter().map(ToString::to_string).collect()
}
