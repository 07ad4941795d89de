//! Pointers, overlays and given names refer to the document as it is written.

use codegen::{NameOverrides, Options, Source};

use super::{DONE, skipped, swagger};
use crate::snippets::references::Folder;
use crate::snippets::{emitted, generate};

const SOURCES: &str = "
    paths:
      /a:
        post:
          operationId: a
          parameters:
            - {name: form, in: formData, type: string, enum: [x, y]}
            - {name: sort, in: query, type: string, enum: [up, down]}
          responses:
            '200': {description: Fine., schema: {type: object, properties: {own: {type: object, properties: {b: {type: string}}}}}}
      /b: {put: {operationId: b, parameters: [{name: pet, in: body, schema: {type: object, properties: {c: {type: string}}}}], responses: {'204': {description: Done.}}}}
    securityDefinitions: {key: {type: apiKey, in: header, name: X-Key}}
    definitions:
      Pet: {type: object, properties: {name: {type: string}}}
";

#[test]
fn sources_are_pointers_into_the_document_as_it_is_written() {
    let output = generate(&swagger(SOURCES));
    let lines = output.files.iter().flat_map(|file| file.text.lines());
    let mut sources: Vec<_> = lines.filter_map(|line| line.trim().strip_prefix("/// Source: ")).collect();
    sources.sort_unstable();
    sources.dedup();
    assert_eq!(
        sources,
        [
            "`#/definitions/Pet`",
            "`#/paths/~1a/post/parameters/0`",
            "`#/paths/~1a/post/parameters/1`",
            "`#/paths/~1a/post/responses/200/schema/properties/own`",
            "`#/paths/~1a/post/responses/200/schema`",
            "`#/paths/~1a/post`",
            "`#/paths/~1b/put/parameters/0/schema`",
            "`#/paths/~1b/put`",
            "`#/securityDefinitions/key`",
        ]
    );
    let line = |name: &str| {
        let def = output.api.types.iter().find(|def| def.name.as_str() == name).unwrap();
        output.location(&def.pointer).line
    };
    assert_eq!((line("Pet"), line("ASort")), (15, 9));
}

#[test]
fn a_skipped_media_type_is_named_where_it_is_written() {
    let body = "parameters: [{name: b, in: body, schema: {type: object}}]";
    let output = generate(&swagger(&format!(
        "
        consumes: [application/json, application/xml]
        paths:
          /a: {{post: {{{body}, {DONE}}}, put: {{{body}, {DONE}}}}}
          /b: {{post: {{consumes: [text/plain, application/json], {body}, {DONE}}}}}
        "
    )));
    let reason = "the function sends the body in another media type";
    assert_eq!(
        skipped(&output),
        [format!("#/consumes/1: {reason}"), format!("#/paths/~1b/post/consumes/0: {reason}")]
    );
}

#[test]
fn given_names_refer_to_the_document_as_it_is_written() {
    let names = NameOverrides::new()
        .schema("Pet", "Animal")
        .schema("#/paths/~1a/post/parameters/1", "Order")
        .field("Pet.name", "called");
    let options = Options::default().with_names(&names);
    let output = codegen::generate_with(&Source::new("api.yaml", swagger(SOURCES)), &[], &options).unwrap();
    let models = emitted("models/", &output, false);
    assert!(models.contains("pub struct Animal") && models.contains("pub enum Order"), "{models}");
    assert!(models.contains("pub called: Option<String>"), "{models}");
}

#[test]
fn an_overlay_changes_the_document_as_it_is_written() {
    let overlay = "
overlay: 1.0.0
info: {title: Fix, version: '1'}
actions:
- {target: $.definitions.Pet.properties, description: Add an age., update: {age: {type: integer}}}
- {target: '$.paths[\"/a\"].post.parameters[0]', description: Remove the form., remove: true}
";
    let overlays = [Source::new("overlay.yaml", overlay)];
    let output = codegen::generate(&Source::new("api.yaml", swagger(SOURCES)), &overlays).unwrap();
    let def = output.api.types.iter().find(|def| def.name.as_str() == "Pet").unwrap();
    let age = def.pointer.child("properties").child("age");
    assert_eq!(output.location(&age).to_string(), "overlay.yaml:5:77");
    assert_eq!(output.written(&age).to_string(), "#/definitions/Pet/properties/age");
    let code = emitted("endpoints/", &output, false);
    assert!(code.contains("sort") && !code.contains("form"), "{code}");
}

#[test]
fn references_to_other_files_become_definitions() {
    let files = Folder(
        [
            ("pets.yaml", "definitions:\n  Pet: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}}}\n"),
            ("shared.yaml", "parameters:\n  Limit: {name: limit, in: query, type: integer}\nresponses:\n  Gone: {description: Gone., schema: {$ref: 'pets.yaml#/definitions/Pet'}}\n"),
            ("paths/a.yaml", "get:\n  operationId: a\n  parameters: [{$ref: '../shared.yaml#/parameters/Limit'}]\n  responses:\n    '200': {description: Fine., schema: {$ref: '../pets.yaml#/definitions/Pet'}}\n    '404': {$ref: '../shared.yaml#/responses/Gone'}\n"),
        ]
        .into(),
    );
    let options = Options::default().with_file_loader(&files);
    let description = swagger("paths: {/a: {$ref: paths/a.yaml}}\n");
    let output = codegen::generate_with(&Source::new("api.yaml", description), &[], &options).unwrap();
    let code = emitted("endpoints/", &output, true);
    for part in ["Request<models::Pet>", "pub fn limit(self, limit: i64)", "`models::Pet` (404)"] {
        assert!(code.contains(part), "{part}: {code}");
    }
    let pet = output.api.types.iter().find(|def| def.name.as_str() == "Pet").unwrap();
    assert_eq!(pet.written.to_string(), "#/definitions/Pet");
    assert_eq!(output.location(&pet.pointer).to_string(), "pets.yaml:2:3");
}

#[test]
fn a_slice_has_the_definitions_that_its_paths_use() {
    let whole = "\
swagger: '2.0'
info: {title: T, version: '1'}
paths:
  /a: {get: {parameters: [{$ref: '#/parameters/P'}], responses: {'200': {description: A., schema: {$ref: '#/definitions/A'}}}}}
  /b: {get: {responses: {'200': {description: B., schema: {$ref: '#/definitions/B'}}}}}
parameters:
  P: {name: p, in: query, type: string}
securityDefinitions:
  key: {type: basic}
definitions:
  A: {type: object, properties: {c: {$ref: '#/definitions/C'}}}
  B: {type: object}
  C: {type: object}
";
    let like = Source::new("like.yaml", "swagger: '2.0'\npaths: {/a: {}}\n");
    let slice = codegen::slice(&Source::new("whole.yaml", whole), &like).unwrap();
    let lines: Vec<&str> =
        whole.lines().filter(|line| !line.contains("/b:") && !line.contains("  B:")).collect();
    assert_eq!(String::from_utf8(slice).unwrap(), format!("{}\n", lines.join("\n")));
}

#[test]
fn changes_are_at_pointers_into_the_document_as_it_is_written() {
    let old = generate(&swagger(SOURCES));
    let new = generate(&swagger(
        &SOURCES
            .replace("name: {type: string}", "name: {type: integer}")
            .replace("enum: [x, y]", "enum: [x, z]"),
    ));
    let changes = codegen::diff::diff(&old, &new);
    let mut pointers: Vec<_> =
        changes.iter().filter_map(|change| Some(change.old.as_ref()?.written.to_string())).collect();
    pointers.sort_unstable();
    pointers.dedup();
    assert_eq!(pointers, ["#/definitions/Pet/properties/name", "#/paths/~1a/post/parameters/0/enum/1"]);
}

#[test]
fn a_parameter_after_a_body_is_named_where_it_is_written() {
    let body = "{name: b, in: body, schema: {type: object}}";
    let output = generate(&swagger(&format!(
        "
        paths:
          /a: {{post: {{parameters: [{body}, {{name: Accept, in: header, type: string}}], {DONE}}}}}
        "
    )));
    let pointers: Vec<_> = output.skipped().iter().map(|part| part.pointer.to_string()).collect();
    assert_eq!(pointers, ["#/paths/~1a/post/parameters/1"]);
}
