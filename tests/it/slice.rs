//! `clientwright slice`: a part of a document, with nothing in it touched.

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

fn cut(text: &str, paths: &[&str]) -> String {
    match slice(&Source::new("whole.yaml", text), &like(paths)) {
        Ok(bytes) => String::from_utf8(bytes).unwrap(),
        Err(report) => report.to_string(),
    }
}

#[test]
fn what_the_paths_need_is_left_as_it_was() {
    insta::assert_snapshot!(cut(WHOLE, &["/books", "/elsewhere"]), @"
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
    insta::assert_snapshot!(cut(WHOLE, &["/people/{person}"]), @"
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
fn all_of_it_is_the_same_to_the_byte() {
    assert_eq!(cut(WHOLE, &["/books", "/people/{id}"]), WHOLE);
    let windows = WHOLE.replace('\n', "\r\n");
    assert_eq!(cut(&windows, &["/books", "/people/{id}"]), windows);
    let project = project::sources().0;
    assert_eq!(slice(&project, &project).unwrap(), project.bytes);
}

#[test]
fn what_cannot_be_cut_is_said() {
    insta::assert_snapshot!(cut(WHOLE, &["/nowhere"]), @"
    error: no path is in both documents
      --> whole.yaml:2:1 (#/paths)
      help: name a document of the same API
    ");
    let flow =
        WHOLE.replace("tags: [people]", "tags: &people [people]").replace("x-more: kept", "x-more: *people");
    insta::assert_snapshot!(cut(&flow, &["/books"]), @"
    error: the document is not written so that a part can be cut out of it
      --> whole.yaml:2:1
      help: cut it by hand, or write it as JSON, or in block style without aliases, first
    ");
    insta::assert_snapshot!(cut("openapi: [", &["/books"]), @"
    error: the YAML can't be read: while parsing a node, did not find expected node content
      --> whole.yaml:2:1 (#/openapi/0)
      help: mend the syntax at this place; the mistake may begin a little above it
    ");
}

/// JSON is laid out anew.
#[test]
fn json_has_the_same_part() {
    let json = serde_yaml::from_str::<Value>(WHOLE).unwrap().to_string();
    let part = cut(&json, &["/books"]);
    assert_eq!(
        serde_json::from_str::<Value>(&part).unwrap(),
        serde_yaml::from_str::<Value>(&cut(WHOLE, &["/books"])).unwrap()
    );
    assert!(part.starts_with("{\n  \"openapi\": \"3.0.3\",\n"), "{part}");
}

/// Documents of any kind, written in block style: the part holds the chosen paths, and what they need.
#[test]
fn any_document_in_block_style_can_be_cut() {
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
                .filter(|warning| warning.message.contains("leads nowhere"))
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(errors(&part), errors(&document), "seed {seed}: nothing that is referred to is missing");
    }
}

#[test]
fn the_whole_of_the_vendors_document() {
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
fn the_command_cuts_like_the_project() {
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
    assert_eq!(written, cut(WHOLE, &["/books"]));
    let failed = run(&["nowhere.yaml", "--out", "other.yaml"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(String::from_utf8(failed.stderr).unwrap().contains("can't read nowhere.yaml"));
    assert!(!folder.path().join("other.yaml").exists());
}
