//! References to any node, in the same file or in other files.

use std::collections::HashMap;

use codegen::{FileLoader, Mode, Options, Source};

use super::{document, emitted, received};

/// Files by their paths.
pub(super) struct Folder(pub(super) HashMap<&'static str, &'static str>);

impl FileLoader for Folder {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0
            .get(path)
            .map(|text| text.as_bytes().to_vec())
            .ok_or_else(|| "there is no such file".to_owned())
    }
}

/// Returns the models of a description that refers to other files, and its diagnostics.
fn with_files<const N: usize>(
    mode: Mode,
    description: &str,
    files: [(&'static str, &'static str); N],
) -> String {
    let folder = Folder(files.into());
    let options = Options::new(mode).with_file_loader(&folder);
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
fn a_referenced_node_inside_a_component_is_one_type() {
    insta::assert_snapshot!(received(
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
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub status: Option<PetStatus>,
        pub owner: Option<PetOwner>,
        pub history: Option<Vec<PetStatus>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "status" => status,
        1 "owner" => owner,
        2 "history" => history,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct PetOwner {
        pub name: Option<PetOwnerName>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetOwner: open default,
        0 "name" => name,
    }

    pub type PetOwnerName = String;

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum PetStatus {
        Open,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PetStatus,
        "open" => Open,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Shop {
        pub keeper: Option<PetOwner>,
        pub first: Option<Pet>,
        pub nested: Option<PetOwnerName>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Shop: open default,
        0 "keeper" => keeper,
        1 "first" => first,
        2 "nested" => nested,
    }
    "#);
}

#[test]
fn definitions_ids_and_anchors_are_resolved() {
    insta::assert_snapshot!(received(
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
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Tree {
        pub leaf: Option<Box<TreeLeaf>>,
        pub again: Option<Box<TreeLeaf>>,
        pub whole: Option<Box<Tree>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Tree: open default,
        0 "leaf" => leaf,
        1 "again" => again,
        2 "whole" => whole,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct TreeLeaf {
        pub up: Option<Box<Tree>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        TreeLeaf: open default,
        0 "up" => up,
    }
    "#);
}

#[test]
fn references_to_other_files_are_resolved() {
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
",
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
    GET /pets → pets::list_pets() [limit: i64] -> Pet
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Error {
        pub mine: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Error: open default,
        0 "mine" => mine,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Error2 {
        pub theirs: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Error2: open default,
        0 "theirs" => theirs,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum Kind {
        Cat,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Kind,
        "cat" => Cat,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub mother: Option<Box<Pet>>,
        pub kind: Option<Kind>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "mother" => mother,
        1 "kind" => kind,
    }
    "#);
}

#[test]
fn a_problem_in_another_file_is_located_there() {
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

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub a: Option<Value>,
        pub b: Option<Value>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "a" => a,
        1 "b" => b,
    }

    warning: the file of the reference "cat.yaml" can't be read: cat.yaml:2:1: invalid YAML: while parsing a node, did not find expected node content
      --> api.yaml:7:42 (#/components/schemas/Cat/$ref)
      help: create the file, or move its content into the description

    warning: the file of the reference "../up.yaml" can't be read: there is no such file
      --> api.yaml:7:67 (#/components/schemas/Dog/$ref)
      help: create the file, or move its content into the description

    warning: unknown type "strin"
      --> pet.yaml:4:9 (#/components/schemas/Pet/properties/a/type)
      help: did you mean "string"?

    warning: unresolved reference "#/Nope"
      --> pet.yaml:5:9 (#/components/schemas/Pet/properties/b/$ref)
      help: fix the reference, or add its target with an overlay
    "##);
}

#[test]
fn a_reference_outside_the_standard_is_read_with_a_warning() {
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
    GET /a → a::read() -> String
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id: REQUIRED,
    }

    warning: `get` must be an object: `$ref` is not allowed here
      --> api.yaml:5:11 (#/paths/~1a/get)
      help: it is replaced by its target; write out the target here

    warning: `properties` must be an object: `$ref` is not allowed here
      --> api.yaml:10:20 (#/components/schemas/Pet/properties)
      help: it is replaced by its target; write out the target here

    warning: `required` must be an array of strings: `$ref` is not allowed here
      --> api.yaml:11:18 (#/components/schemas/Pet/required)
      help: it is replaced by its target; write out the target here
    "#);
}

#[test]
fn cycles_of_path_items_end() {
    let description = "
openapi: 3.1.0
info: {title: Cycles, version: '1'}
paths:
  /a: {$ref: '#/paths/~1b'}
  /b: {$ref: '#/paths/~1a'}
  /c: {$ref: '#/paths/~1c/get'}
";
    insta::assert_snapshot!(with_files(Mode::Lenient, description, []), @r##"

    warning: the reference "#/paths/~1b" is part of a cycle, or is used too often
      --> api.yaml:5:8 (#/paths/~1a)
      help: replace the reference by its target

    warning: the reference "#/paths/~1a" is part of a cycle, or is used too often
      --> api.yaml:6:8 (#/paths/~1b)
      help: replace the reference by its target

    warning: unresolved reference "#/paths/~1c/get"
      --> api.yaml:7:8 (#/paths/~1c)
      help: fix the reference, or add its target with an overlay
    "##);
}

/// OpenAPI 3.1.1, 4.1.2: a reference is resolved to a URI, and the same URI is the same schema.
#[test]
fn a_reference_back_to_the_description_is_the_same_type() {
    let description = r"
        openapi: 3.1.0
        info: {title: Back, version: '1'}
        paths: {/a: {$ref: './paths/a.yaml'}}
        components: {schemas: {Pet: {type: object, properties: {name: {type: string}}}, A~/b: {type: object}}}
    ";
    let responses = r"
        get:
          operationId: a
          parameters: [{name: p, in: query, schema: {$ref: '../more/./b.yaml#/components/schemas/Kind'}}]
          responses:
            '200': {description: Fine., content: {application/json: {schema: {$ref: '../api.yaml#/components/schemas/Pet'}}}}
            '201': {description: Fine., content: {application/json: {schema: {$ref: '.././paths/../api.yaml#/components/schemas/P%65t'}}}}
            '400': {description: Bad., content: {application/json: {schema: {$ref: '../api.yaml#/components/schemas/A~0~1b'}}}}
            '404': {description: None., content: {application/json: {schema: {$ref: '../more/b.yaml#/components/schemas/Copy'}}}}
    ";
    let more = r"
        components:
          schemas:
            Kind: {type: string, enum: [a]}
            Copy: {$ref: '../api.yaml#/components/schemas/Pet'}
    ";
    let files = [("paths/a.yaml", responses), ("more/b.yaml", more)];
    let emitted = with_files(Mode::Strict, description, files);
    assert_eq!(emitted.matches("pub struct ").count(), 1, "{emitted}");
    // The other enum is that of the error responses.
    assert_eq!(emitted.matches("pub enum ").count(), 2, "{emitted}");
    assert!(emitted.contains("pub struct Pet {") && emitted.contains("-> Pet"), "{emitted}");
}

/// JSON Schema 2020-12, 8.2: `$id` is the base of the references and anchors within its schema.
#[test]
fn an_id_is_the_base_of_references_and_anchors() {
    let description = r"
        openapi: 3.1.0
        info: {title: Ids, version: '1'}
        paths: {}
        components:
          schemas:
            A: {$id: 'https://example.com/a.json', type: object, properties: {x: {$ref: '#/$defs/X'}}, $defs: {X: {type: integer}}}
            B: {$id: 'https://example.com/b.json', type: object, properties: {x: {$ref: 'c.json'}, y: {$ref: '/d/e.json'}}}
            C: {$id: 'https://example.com/c.json', $ref: 'child1#name', $defs: {A: {$id: child1, allOf: [{$id: child2, $anchor: name, type: number}, {$anchor: name, type: string}]}}}
            D: {$id: 'https://example.com/d/e.json', type: object, properties: {z: {$ref: '../c.json'}, c: {$ref: '#/components/schemas/C'}}}
    ";
    let emitted = with_files(Mode::Strict, description, []);
    for item in [
        "pub x: Option<Ax>",
        "type Ax = i64",
        "pub x: Option<C>",
        "type C = Ca",
        "type Ca = String",
        "pub y: Option<D>",
        "pub z: Option<C>",
        "pub c: Option<C>",
    ] {
        assert!(emitted.contains(item), "{item}\n{emitted}");
    }
    // The anchor belongs to `child2`.
    let unknown = description.replace("$ref: 'child1#name'", "$ref: '#name'");
    let report = with_files(Mode::Strict, &unknown, []);
    assert!(report.contains("error: unresolved reference \"#name\""), "{report}");
}

#[test]
fn a_pointer_that_begins_at_the_schema_is_resolved_with_a_warning() {
    let schemas = r"
        openapi: 3.1.0
        info: {title: Pointers, version: '1'}
        paths: {}
        components:
          schemas:
            Category:
              type: object
              properties:
                parent: {type: object, properties: {name: {type: string}, parent: {$ref: '#/properties/parent'}}}
    ";
    let emitted = with_files(Mode::Lenient, schemas, []);
    assert!(emitted.contains("pub parent: Option<Box<CategoryParent>>"), "{emitted}");
    assert!(emitted.contains("pub parent: Option<CategoryParent>"), "{emitted}");
    assert!(
        emitted.contains("it is interpreted as #/components/schemas/Category/properties/parent"),
        "{emitted}"
    );
}
