//! References to any node, in this file or in others.

use std::collections::HashMap;

use codegen::{Mode, Options, Siblings, Source};

use super::{answered, document, emitted};

/// Files by their paths.
struct Folder(HashMap<&'static str, &'static str>);

impl Siblings for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0
            .get(path)
            .map(|text| text.as_bytes().to_vec())
            .ok_or_else(|| "there is no such file".to_owned())
    }
}

/// The models of a description that refers to files, and what is said about it.
fn with_files<const N: usize>(
    mode: Mode,
    description: &str,
    files: [(&'static str, &'static str); N],
) -> String {
    let folder = Folder(files.into());
    let options = Options::new(mode).with_siblings(&folder);
    match codegen::generate_with(&Source::new("api.yaml", description), &[], &options) {
        Ok(output) => {
            let warnings: String = output.warnings.iter().map(|warning| format!("\n{warning}\n")).collect();
            let surface = codegen::surface(&output.api);
            format!("{surface}{}{warnings}", emitted("models/", &output, false))
        }
        Err(report) => report.to_string(),
    }
}

#[test]
fn a_node_inside_of_a_component_is_one_type() {
    insta::assert_snapshot!(answered(
        "
        Pet:
          type: object
          properties:
            status: {type: string, enum: [open]}
            owner: {type: object, properties: {name: {type: string}}}
            history: {type: array, items: {$ref: '#/components/schemas/Pet/properties/status'}}
        Shop:
          type: object
          properties:
            keeper: {$ref: '#/components/schemas/Pet/properties/owner'}
            first: {$ref: '#/paths/~1Pet/put/responses/200/content/application~1json/schema'}
            nested: {$ref: '#/components/schemas/Shop/properties/keeper/properties/name'}
    "
    ), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub status: Option<PetStatus>,
        pub owner: Option<PetOwner>,
        pub history: Option<Vec<PetStatus>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "status" => status,
        1 "owner" => owner,
        2 "history" => history,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct PetOwner {
        pub name: Option<PetOwnerName>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetOwner: open,
        0 "name" => name,
    }

    pub type PetOwnerName = String;

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum PetStatus {
        Open,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PetStatus,
        "open" => Open,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Shop {
        pub keeper: Option<PetOwner>,
        pub first: Option<Pet>,
        pub nested: Option<PetOwnerName>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Shop: open,
        0 "keeper" => keeper,
        1 "first" => first,
        2 "nested" => nested,
    }
    "#);
}

#[test]
fn definitions_and_anchors() {
    insta::assert_snapshot!(answered(
        "
        Tree:
          $id: https://example.com/tree
          $defs: {Leaf: {type: object, properties: {up: {$ref: '#here'}}}}
          $anchor: here
          type: object
          properties:
            leaf: {$ref: '#/$defs/Leaf'}
            again: {$ref: 'https://example.com/tree#/$defs/Leaf'}
            whole: {$ref: 'https://example.com/tree'}
    "
    ), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Tree {
        pub leaf: Option<Box<TreeLeaf>>,
        pub again: Option<Box<TreeLeaf>>,
        pub whole: Option<Box<Tree>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Tree: open,
        0 "leaf" => leaf,
        1 "again" => again,
        2 "whole" => whole,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct TreeLeaf {
        pub up: Option<Box<Tree>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        TreeLeaf: open,
        0 "up" => up,
    }
    "#);
}

#[test]
fn other_files() {
    let description = document(
        "3.0.3",
        "
        /pets: {$ref: 'paths/pets.yaml'}
        ",
        "
        Pet: {$ref: 'schemas/Pet.yaml'}
        Error: {type: object, properties: {mine: {type: string}}}
        ",
    );
    insta::assert_snapshot!(with_files(
        Mode::Strict,
        &description,
        [
            (
                "paths/pets.yaml",
                "
get:
  operationId: list_pets
  parameters: [{$ref: '../common.yaml#/components/parameters/limit'}]
  responses:
    '200': {description: Fine., content: {application/json: {schema: {$ref: '../schemas/Pet.yaml'}}}}
    default: {$ref: '../common.yaml#/components/responses/Error'}
",
            ),
            (
                "schemas/Pet.yaml",
                "
type: object
properties:
  mother: {$ref: '#'}
  kind: {$ref: 'kinds.json#/definitions/Kind'}
"
                .split("  shape")
                .next()
                .unwrap(),
            ),
            ("schemas/kinds.json", r#"{"definitions": {"Kind": {"type": "string", "enum": ["cat"]}}}"#),
            (
                "common.yaml",
                "
components:
  parameters: {limit: {name: limit, in: query, schema: {type: integer}}}
  responses:
    Error: {description: No., content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
  schemas: {Error: {type: object, properties: {theirs: {type: string}}}}
",
            ),
        ]
    ), @r#"
    GET /pets → operations::list_pets() [limit: i64] -> Pet
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Error {
        pub mine: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Error: open,
        0 "mine" => mine,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Error2 {
        pub theirs: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Error2: open,
        0 "theirs" => theirs,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Kind {
        Cat,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Kind,
        "cat" => Cat,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub mother: Option<Box<Pet>>,
        pub kind: Option<Kind>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "mother" => mother,
        1 "kind" => kind,
    }
    "#);
}

#[test]
fn a_mistake_in_another_file_is_told_where_it_stands() {
    let description = document(
        "3.1.0",
        "{}",
        "{Pet: {$ref: 'pet.yaml#/Pet'}, Cat: {$ref: 'cat.yaml'}, Dog: {$ref: '../up.yaml'}}",
    );
    insta::assert_snapshot!(with_files(
        Mode::Lenient,
        &description,
        [
            (
                "pet.yaml",
                "Pet:\n  type: object\n  properties:\n    a: {type: strin}\n    b: {$ref: '#/Nope'}\n"
            ),
            ("cat.yaml", "a: [\n"),
        ]
    ), @r##"
    pub type Cat = Value;

    pub type Dog = Value;

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub a: Option<Value>,
        pub b: Option<Value>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "a" => a,
        1 "b" => b,
    }

    warning: the file of the reference "cat.yaml" can't be read: cat.yaml:2:1: the YAML can't be read: while parsing a node, did not find expected node content
      --> api.yaml:7:42 (#/components/schemas/Cat/$ref)
      help: put the file there, or move what it holds into the description

    warning: the file of the reference "../up.yaml" can't be read: there is no such file
      --> api.yaml:7:67 (#/components/schemas/Dog/$ref)
      help: put the file there, or move what it holds into the description

    warning: "strin" is no type of JSON Schema
      --> pet.yaml:4:9 (#/components/schemas/Pet/properties/a/type)
      help: did you mean "string"?

    warning: the reference "#/Nope" leads nowhere
      --> pet.yaml:5:9 (#/components/schemas/Pet/properties/b/$ref)
      help: add what it names by an overlay, or mend the reference
    "##);
}

#[test]
fn references_where_the_standard_has_none() {
    let description = document(
        "3.0.3",
        "
        /a:
          get: {$ref: 'parts.yaml#/operation'}
        ",
        "
        Pet:
          type: object
          properties: {$ref: 'parts.yaml#/properties'}
          required: {$ref: 'parts.yaml#/required'}
          description: {$ref: 'pet.md'}
        ",
    );
    let files = [
        ("pet.md", "# A pet"),
        (
            "parts.yaml",
            "
properties: {id: {type: integer}}
required: [id]
operation: {operationId: read, responses: {'200': {description: Fine., content: {application/json: {schema: {type: string}}}}}}
",
        ),
    ];
    insta::assert_snapshot!(with_files(Mode::Lenient, &description, files), @r#"
    GET /a → operations::read() -> String
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "id" => id: REQUIRED,
    }

    warning: `get` must be a mapping: a `$ref` can't stand for it
      --> api.yaml:5:11 (#/paths/~1a/get)
      help: what it leads to is read as if it stood here; write it out

    warning: `properties` must be a mapping: a `$ref` can't stand for it
      --> api.yaml:10:20 (#/components/schemas/Pet/properties)
      help: what it leads to is read as if it stood here; write it out

    warning: `required` must be a list of texts: a `$ref` can't stand for it
      --> api.yaml:11:18 (#/components/schemas/Pet/required)
      help: what it leads to is read as if it stood here; write it out
    "#);
}

#[test]
fn circles_and_bombs_of_path_items_end() {
    let description = "
openapi: 3.1.0
info: {title: Circles, version: '1'}
paths:
  /a: {$ref: '#/paths/~1b'}
  /b: {$ref: '#/paths/~1a'}
  /c: {$ref: '#/paths/~1c/get'}
";
    insta::assert_snapshot!(with_files(Mode::Lenient, description, []), @r##"

    warning: the reference "#/paths/~1b" goes in a circle, or comes up too often
      --> api.yaml:5:8 (#/paths/~1a)
      help: write out here what is meant

    warning: the reference "#/paths/~1a" goes in a circle, or comes up too often
      --> api.yaml:6:8 (#/paths/~1b)
      help: write out here what is meant

    warning: the reference "#/paths/~1c/get" leads nowhere
      --> api.yaml:7:8 (#/paths/~1c)
      help: add what it names by an overlay, or mend the reference
    "##);
}
