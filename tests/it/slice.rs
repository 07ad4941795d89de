//! `clientwright slice`: a part of a document, otherwise unchanged.

use std::collections::BTreeSet;

use codegen::{Source, slice};
use serde_json::{Value, json};

use crate::project;

const WHOLE: &str = "\
# The publisher's remark.
openapi: 3.0.3
info: {title: Library, version: '1'}
tags:
  - name: books
  # What people are for.
  - name: people
    description: |
      Who lends.
      # not a comment
  - name: books too
paths:
  # All of them.
  /books:
    get:
      tags: [books]
      operationId: listBooks
      responses:
        '200':
          description: >-
            Books,

            all of them.
          content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}

  # Not lent yet.
  /people/{id}:
    get:
      tags: [people]
      operationId: getPerson
      parameters: [{$ref: '#/components/parameters/Id'}]
      responses:
        '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Person'}}}}

components:
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: string}}
  schemas:
    Book:   # what is lent
      type: object
      properties:
        by: {$ref: '#/components/schemas/Author'}
    # Only people need it.
    Person:
      type: object
    Author: {type: string}
x-more: kept
";

fn like(paths: &[&str]) -> Source {
    let paths: serde_json::Map<String, Value> =
        paths.iter().map(|path| ((*path).to_owned(), json!({}))).collect();
    Source::new("like.json", json!({"openapi": "3.0.3", "paths": paths}).to_string())
}

fn sliced(text: &str, paths: &[&str]) -> String {
    match slice(&Source::new("whole.yaml", text), &like(paths)) {
        Ok(bytes) => String::from_utf8(bytes).unwrap(),
        Err(report) => report.to_string(),
    }
}

#[test]
fn everything_that_the_paths_need_is_kept_unchanged() {
    insta::assert_snapshot!(sliced(WHOLE, &["/books", "/elsewhere"]), @"
    # The publisher's remark.
    openapi: 3.0.3
    info: {title: Library, version: '1'}
    tags:
      - name: books
      - name: books too
    paths:
      # All of them.
      /books:
        get:
          tags: [books]
          operationId: listBooks
          responses:
            '200':
              description: >-
                Books,

                all of them.
              content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}

    components:
      schemas:
        Book:   # what is lent
          type: object
          properties:
            by: {$ref: '#/components/schemas/Author'}
        Author: {type: string}
    x-more: kept
    ");
    insta::assert_snapshot!(sliced(WHOLE, &["/people/{person}"]), @"
    # The publisher's remark.
    openapi: 3.0.3
    info: {title: Library, version: '1'}
    tags:
      # What people are for.
      - name: people
        description: |
          Who lends.
          # not a comment
      - name: books too
    paths:

      # Not lent yet.
      /people/{id}:
        get:
          tags: [people]
          operationId: getPerson
          parameters: [{$ref: '#/components/parameters/Id'}]
          responses:
            '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Person'}}}}

    components:
      parameters:
        Id: {name: id, in: path, required: true, schema: {type: string}}
      schemas:
        # Only people need it.
        Person:
          type: object
    x-more: kept
    ");
}

#[test]
fn a_slice_of_all_paths_is_the_whole_document() {
    assert_eq!(sliced(WHOLE, &["/books", "/people/{id}"]), WHOLE);
    let windows = WHOLE.replace('\n', "\r\n");
    assert_eq!(sliced(&windows, &["/books", "/people/{id}"]), windows);
    let project = project::sources().0;
    assert_eq!(slice(&project, &project).unwrap(), project.bytes);
}

#[test]
fn a_document_that_cannot_be_sliced_is_rejected() {
    insta::assert_snapshot!(sliced(WHOLE, &["/nowhere"]), @"
    error: the documents have no path in common
      --> whole.yaml:2:1 (#/paths)
      help: pass a document of the same API
    ");
    let flow =
        WHOLE.replace("tags: [people]", "tags: &people [people]").replace("x-more: kept", "x-more: *people");
    insta::assert_snapshot!(sliced(&flow, &["/books"]), @"
    error: lines can't be removed from the document because of its YAML style
      --> whole.yaml:2:1
      help: edit it manually, or convert it to JSON or to block style without aliases first
    ");
    insta::assert_snapshot!(sliced("openapi: [", &["/books"]), @"
    error: invalid YAML: while parsing a node, did not find expected node content
      --> whole.yaml:2:1 (#/openapi/0)
      help: fix the syntax here; the error may begin a few lines above
    ");
}

/// JSON is formatted again.
#[test]
fn json_and_yaml_give_the_same_slice() {
    let json = serde_yaml::from_str::<Value>(WHOLE).unwrap().to_string();
    let part = sliced(&json, &["/books"]);
    assert_eq!(
        serde_json::from_str::<Value>(&part).unwrap(),
        serde_yaml::from_str::<Value>(&sliced(WHOLE, &["/books"])).unwrap()
    );
    assert!(part.starts_with("{\n  \"openapi\": \"3.0.3\",\n"), "{part}");
    let digits = json.replace("\"kept\"", "[0.12345678901234567890123, 1.50, 1e400]");
    let part = sliced(&digits, &["/books"]);
    assert!(
        part.contains("0.12345678901234567890123") && part.contains("1.50") && part.contains("1e400"),
        "{part}"
    );
}

/// A slice of a random document has the chosen paths and everything that they refer to.
#[test]
fn any_block_style_document_can_be_sliced() {
    for seed in 0..40_u64 {
        let document = ::random::valid(seed);
        let text = serde_yaml::to_string(&document).unwrap();
        let all: Vec<&str> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
        let kept: Vec<&str> = all.iter().copied().step_by(2).collect();
        let like = like(&kept);
        if kept.is_empty() {
            continue;
        }
        let part = slice(&Source::new("whole.yaml", text.as_str()), &like)
            .unwrap_or_else(|report| panic!("seed {seed}: {report}"));
        let part: Value = serde_yaml::from_slice(&part).unwrap();
        let left: BTreeSet<&String> = part["paths"].as_object().unwrap().keys().collect();
        assert!(kept.iter().all(|path| left.contains(&(*path).to_owned())), "seed {seed}");
        for (path, item) in part["paths"].as_object().unwrap() {
            assert_eq!(item, &document["paths"][path], "seed {seed}: {path}");
        }
        let options = codegen::Options::new(codegen::Mode::Lenient).without_files();
        let errors = |value: &Value| {
            let output =
                codegen::generate_with(&Source::new("part.json", value.to_string()), &[], &options).unwrap();
            output
                .warnings
                .iter()
                .filter(|warning| warning.message.contains("unresolved reference"))
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            errors(&part),
            errors(&document),
            "seed {seed}: the slice has other unresolved references"
        );
    }
}

#[test]
fn the_vendors_whole_document_can_be_sliced() {
    let Some(path) = project::beside("specs/zendesk-support.yaml") else { return };
    let whole = Source::new("whole.yaml", std::fs::read(path).unwrap());
    let project = project::sources().0;
    let part = slice(&whole, &project).unwrap();
    assert!(part.len() * 10 < whole.bytes.len(), "{} of {} bytes", part.len(), whole.bytes.len());
    let tree = |bytes: &[u8]| serde_yaml::from_slice::<Value>(bytes).unwrap();
    let (part, whole, project) = (tree(&part), tree(&whole.bytes), tree(&project.bytes));
    for path in project["paths"].as_object().unwrap().keys() {
        assert_eq!(part["paths"][path], whole["paths"][path], "{path}");
    }
    assert_eq!(part["paths"].as_object().unwrap().len(), project["paths"].as_object().unwrap().len());
}

#[test]
fn the_command_slices_by_the_projects_description() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("spec")).unwrap();
    project::configure(folder.path(), false);
    std::fs::write(folder.path().join("spec/zendesk.yaml"), like(&["/books"]).bytes).unwrap();
    std::fs::write(folder.path().join("whole.yaml"), WHOLE).unwrap();
    let run = |arguments: &[&str]| {
        project::cargo_clientwright(folder.path()).arg("slice").args(arguments).output().unwrap()
    };
    let done = run(&["whole.yaml", "--out", "new.yaml"]);
    assert_eq!(String::from_utf8(done.stdout).unwrap(), "new.yaml: 28 of 47 lines\n");
    let written = std::fs::read_to_string(folder.path().join("new.yaml")).unwrap();
    assert_eq!(written, sliced(WHOLE, &["/books"]));
    let failed = run(&["nowhere.yaml", "--out", "other.yaml"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(String::from_utf8(failed.stderr).unwrap().contains("can't read nowhere.yaml"));
    assert!(!folder.path().join("other.yaml").exists());
}
