//! Problems that are warnings in lenient mode: the generator recovers from each.

use codegen::{Mode, Options, Source};

/// Returns the models of component schemas, and the warnings.
pub(super) fn read(schemas: &str) -> String {
    let paths: String = super::keys(schemas).iter().map(|name| path_with_response(name)).collect();
    described(&super::document("3.1.0", &paths, schemas))
}

/// Returns a path whose operation responds with a schema.
fn path_with_response(name: &str) -> String {
    let schema = format!(r##"{{application/json: {{schema: {{$ref: "#/components/schemas/{name}"}}}}}}"##);
    format!("\"/{name}\": {{get: {{responses: {{\"200\": {{description: Fine., content: {schema}}}}}}}}}\n")
}

/// Returns the models of a description, and the warnings. It must be an error in strict mode.
pub(super) fn described(description: &str) -> String {
    let source = Source::new("snippet.yaml", description);
    assert!(codegen::generate(&source, &[]).is_err(), "the problem is an error in strict mode");
    lenient(description)
}

/// Returns the models of a description, and the warnings of lenient mode.
fn lenient(description: &str) -> String {
    let source = Source::new("snippet.yaml", description);
    let output = codegen::generate_with(&source, &[], &Options::new(Mode::Lenient));
    let output = output.unwrap_or_else(|report| panic!("{report}\n\n{description}"));
    let warnings = output.warnings.iter().map(|warning| format!("{warning}\n"));
    format!("{}\n{}", super::emitted("models/", &output, false), warnings.collect::<Vec<_>>().join("\n"))
}

#[test]
fn an_unresolved_reference_is_any_value() {
    insta::assert_snapshot!(read(
        "
        Pet:
          type: object
          properties:
            owner: {$ref: '#/components/schemas/Ower'}
            shop: {$ref: 'https://example.com/shop.json'}
            tags: {type: array, items: {$ref: 'tags.yaml#/Tag'}}
            status: {$ref: '#/definitions/Status'}
        Status: {type: string, enum: [open]}
    "
    ), @r##"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub owner: Option<Value>,
        pub shop: Option<Value>,
        pub tags: Option<Vec<Value>>,
        pub status: Option<Status>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "owner" => owner,
        1 "shop" => shop,
        2 "tags" => tags,
        3 "status" => status,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum Status {
        Open,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Status,
        "open" => Open,
    }

    warning: unresolved reference "#/components/schemas/Ower"
      --> snippet.yaml:11:17 (#/components/schemas/Pet/properties/owner/$ref)
      help: add the component in an overlay, or fix the reference

    warning: the reference "https://example.com/shop.json" points to another server, and remote files are not loaded
      --> snippet.yaml:12:16 (#/components/schemas/Pet/properties/shop/$ref)
      help: save the file next to the description and refer to it by its path

    warning: the file of the reference "tags.yaml#/Tag" can't be read: no file loader is set
      --> snippet.yaml:13:37 (#/components/schemas/Pet/properties/tags/items/$ref)
      help: create the file, or move its content into the description

    warning: unresolved reference "#/definitions/Status"
      --> snippet.yaml:14:18 (#/components/schemas/Pet/properties/status/$ref)
      help: it is interpreted as #/components/schemas/Status; write that instead
    "##);
}

#[test]
fn a_value_of_the_wrong_type_is_ignored_with_a_warning() {
    insta::assert_snapshot!(read(
        "
        Pet:
          type: object
          description: null
          title: 404
          required: id
          properties:
            id: {type: integer, description: , nullable: 'true'}
            name: null
            odd: [string]
    "
    ), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: Option<i64>,
        pub name: Option<Value>,
        pub odd: Option<Value>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id,
        1 "name" => name,
        2 "odd" => odd,
    }

    warning: `description` must be a string, not null
      --> snippet.yaml:9:7 (#/components/schemas/Pet/description)
      help: delete the key, or give it a value

    warning: `title` must be a string, not 404
      --> snippet.yaml:10:7 (#/components/schemas/Pet/title)
      help: fix the value, for example with an overlay

    warning: `required` must be an array of strings, not a string
      --> snippet.yaml:11:7 (#/components/schemas/Pet/required)
      help: fix the value, for example with an overlay

    warning: `description` must be a string, not null
      --> snippet.yaml:13:29 (#/components/schemas/Pet/properties/id/description)
      help: delete the key, or give it a value

    warning: `nullable` must be a boolean, not a string
      --> snippet.yaml:13:44 (#/components/schemas/Pet/properties/id/nullable)
      help: fix the value, for example with an overlay

    warning: a Schema Object must be an object, not null
      --> snippet.yaml:14:9 (#/components/schemas/Pet/properties/name)
      help: write it as an object

    warning: a Schema Object must be an object, not an array
      --> snippet.yaml:15:9 (#/components/schemas/Pet/properties/odd)
      help: write it as an object
    "#);
}

#[test]
fn a_misspelled_type_is_recognized_and_an_unknown_one_is_any_value() {
    insta::assert_snapshot!(read(
        "
        Pet:
          type: Object
          properties:
            id: {type: int}
            ok: {type: bool}
            when: {type: date}
            list: {type: [String, 'null']}
            what: {type: thing}
            how: {type: {a: b}}
    "
    ), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: Option<i64>,
        pub ok: Option<bool>,
        pub when: Option<String>,
        pub list: Option<String>,
        pub what: Option<Value>,
        pub how: Option<Value>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id,
        1 "ok" => ok,
        2 "when" => when,
        3 "list" => list,
        4 "what" => what,
        5 "how" => how,
    }

    warning: unknown type "Object"
      --> snippet.yaml:8:7 (#/components/schemas/Pet/type)
      help: did you mean "object"?

    warning: unknown type "int"
      --> snippet.yaml:10:14 (#/components/schemas/Pet/properties/id/type)
      help: use one of string, number, integer, boolean, object, array, null

    warning: unknown type "bool"
      --> snippet.yaml:11:14 (#/components/schemas/Pet/properties/ok/type)
      help: use one of string, number, integer, boolean, object, array, null

    warning: unknown type "date"
      --> snippet.yaml:12:16 (#/components/schemas/Pet/properties/when/type)
      help: use one of string, number, integer, boolean, object, array, null

    warning: unknown type "String"
      --> snippet.yaml:13:16 (#/components/schemas/Pet/properties/list/type)
      help: did you mean "string"?

    warning: unknown type "thing"
      --> snippet.yaml:14:16 (#/components/schemas/Pet/properties/what/type)
      help: use one of string, number, integer, boolean, object, array, null

    warning: `type` must be a string or an array of strings, not an object
      --> snippet.yaml:15:15 (#/components/schemas/Pet/properties/how/type)
      help: use a type of JSON Schema
    "#);
}

#[test]
fn an_all_of_cycle_is_broken() {
    insta::assert_snapshot!(read(
        "
        A: {allOf: [{$ref: '#/components/schemas/B'}, {type: object, properties: {a: {type: string}}}]}
        B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {b: {type: string}}}]}
        C: {$ref: '#/components/schemas/C'}
    "
    ), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct A {
        pub a: Option<String>,
        pub b: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        A: open default,
        0 "a" => a,
        1 "b" => b,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct B {
        pub b: Option<String>,
        pub a: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        B: open default,
        0 "b" => b,
        1 "a" => a,
    }

    pub type C = Value;

    warning: allOf is circular: B → A → B
      --> snippet.yaml:9:17 (#/components/schemas/A/allOf/0)
      help: remove one of these members: a type can't contain itself by allOf

    warning: allOf is circular: A → B → A
      --> snippet.yaml:10:17 (#/components/schemas/B/allOf/0)
      help: remove one of these members: a type can't contain itself by allOf

    warning: `C` is only a reference to itself: C → C
      --> snippet.yaml:11:5 (#/components/schemas/C)
      help: give one schema of the cycle a type
    "#);
}

#[test]
fn an_untagged_branch_makes_the_union_untagged() {
    insta::assert_snapshot!(read(
        "
        Event:
          oneOf: [{type: object, properties: {a: {type: string}}}, {$ref: '#/components/schemas/Left'}]
          discriminator: {propertyName: kind}
        Left: {type: object, required: [b], properties: {b: {type: string}}}
    "
    ), @r#"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Event {
        Object(EventObject),
        Left(Left),
        Unknown(Value),
    }

    clientwright_runtime::tagged_union! {
        Event by "kind",
        => Object(EventObject),
        "Left" => Left(Left),
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct EventObject {
        pub a: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        EventObject: open default,
        0 "a" => a,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Left {
        pub b: String,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Left: open default,
        0 "b" => b: REQUIRED,
    }

    warning: a branch beside a discriminator must be a `$ref`, or declare its value by an `enum`
      --> snippet.yaml:9:15 (#/components/schemas/Event/oneOf/0)
      help: move the schema to components and refer to it; until then, its shape decides

    warning: no schema of the union declares the discriminator property `kind`
      --> snippet.yaml:10:23 (#/components/schemas/Event/discriminator/propertyName)
      help: declare it in each schema; values without it are recognized by their shape
    "#);
}

#[test]
fn map_values_without_a_type_are_any_value() {
    let schemas = "
        Count:
          type: object
          properties:
            count: {type: object, additionalProperties: {properties: {value: {type: integer}}}}
            each: {type: object, additionalProperties: {type: object, properties: {value: {type: integer}}}}
    ";
    let description = super::document("3.1.0", &path_with_response("Count"), schemas);
    insta::assert_snapshot!(lenient(&description), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Count {
        pub count: Option<Map<String, Value>>,
        pub each: Option<BTreeMap<String, CountEachValue>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Count: open default,
        0 "count" => count,
        1 "each" => each,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct CountEachValue {
        pub value: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        CountEachValue: open default,
        0 "value" => value,
    }

    warning: `additionalProperties` has `properties` but no `type`, so any value is allowed
      --> snippet.yaml:10:31 (#/components/schemas/Count/properties/count/additionalProperties)
      help: add `type: object`, or make `properties` those of the schema itself
    "#);
}
