//! Mistakes of a description that don't stop it: each gets a sensible reading and a warning.

use codegen::{Mode, Options, Source};

/// The models of some component schemas, and what is said about them.
fn read(schemas: &str) -> String {
    let paths: String = super::keys(schemas).iter().map(|name| answer(name)).collect();
    described(&super::document("3.1.0", &paths, schemas))
}

/// A path whose operation answers with a schema.
fn answer(name: &str) -> String {
    let schema = format!(r##"{{application/json: {{schema: {{$ref: "#/components/schemas/{name}"}}}}}}"##);
    format!("\"/{name}\": {{get: {{responses: {{\"200\": {{description: Fine., content: {schema}}}}}}}}}\n")
}

/// The models of a description, and what is said about it.
fn described(description: &str) -> String {
    let source = Source::new("snippet.yaml", description);
    assert!(codegen::generate(&source, &[]).is_err(), "a mistake is an error in strict mode");
    told(description)
}

/// The same of a description whose mistakes are only likely ones.
fn told(description: &str) -> String {
    let source = Source::new("snippet.yaml", description);
    let output = codegen::generate_with(&source, &[], &Options::new(Mode::Lenient));
    let output = output.unwrap_or_else(|report| panic!("{report}\n\n{description}"));
    let warnings = output.warnings.iter().map(|warning| format!("{warning}\n"));
    format!("{}\n{}", super::emitted("models/", &output, false), warnings.collect::<Vec<_>>().join("\n"))
}

#[test]
fn references_that_lead_nowhere_are_any_value() {
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
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub owner: Option<Value>,
        pub shop: Option<Value>,
        pub tags: Option<Vec<Value>>,
        pub status: Option<Status>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "owner" => owner,
        1 "shop" => shop,
        2 "tags" => tags,
        3 "status" => status,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Status {
        Open,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Status,
        "open" => Open,
    }

    warning: the reference "#/components/schemas/Ower" leads nowhere
      --> snippet.yaml:11:17 (#/components/schemas/Pet/properties/owner/$ref)
      help: add the component by an overlay, or mend the reference

    warning: the reference "https://example.com/shop.json" leads to another server, which is not asked
      --> snippet.yaml:12:16 (#/components/schemas/Pet/properties/shop/$ref)
      help: save the file beside the description and refer to it by its path

    warning: the file of the reference "tags.yaml#/Tag" can't be read: no other file is read in this run
      --> snippet.yaml:13:37 (#/components/schemas/Pet/properties/tags/items/$ref)
      help: put the file there, or move what it holds into the description

    warning: the reference "#/definitions/Status" leads nowhere
      --> snippet.yaml:14:18 (#/components/schemas/Pet/properties/status/$ref)
      help: it is read as #/components/schemas/Status; write that
    "##);
}

#[test]
fn nulls_and_values_of_another_kind() {
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
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: Option<i64>,
        pub name: Option<Value>,
        pub odd: Option<Value>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "id" => id,
        1 "name" => name,
        2 "odd" => odd,
    }

    warning: `description` must be a text, not null
      --> snippet.yaml:9:7 (#/components/schemas/Pet/description)
      help: delete the key, or give it a value

    warning: `title` must be a text, not 404
      --> snippet.yaml:10:7 (#/components/schemas/Pet/title)
      help: mend the value; an overlay can do it

    warning: `required` must be a list of texts, not a text
      --> snippet.yaml:11:7 (#/components/schemas/Pet/required)
      help: mend the value; an overlay can do it

    warning: `description` must be a text, not null
      --> snippet.yaml:13:29 (#/components/schemas/Pet/properties/id/description)
      help: delete the key, or give it a value

    warning: `nullable` must be true or false, not a text
      --> snippet.yaml:13:44 (#/components/schemas/Pet/properties/id/nullable)
      help: mend the value; an overlay can do it

    warning: a Schema Object must be an object, not null
      --> snippet.yaml:14:9 (#/components/schemas/Pet/properties/name)
      help: write it as a mapping of keys to values

    warning: a Schema Object must be an object, not a list
      --> snippet.yaml:15:9 (#/components/schemas/Pet/properties/odd)
      help: write it as a mapping of keys to values
    "#);
}

#[test]
fn types_that_are_spelt_otherwise_or_unknown() {
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
    #[derive(Clone, Default)]
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
        Pet: open,
        0 "id" => id,
        1 "ok" => ok,
        2 "when" => when,
        3 "list" => list,
        4 "what" => what,
        5 "how" => how,
    }

    warning: "Object" is no type of JSON Schema
      --> snippet.yaml:8:7 (#/components/schemas/Pet/type)
      help: did you mean "object"?

    warning: "int" is no type of JSON Schema
      --> snippet.yaml:10:14 (#/components/schemas/Pet/properties/id/type)
      help: use one of string, number, integer, boolean, object, array, null

    warning: "bool" is no type of JSON Schema
      --> snippet.yaml:11:14 (#/components/schemas/Pet/properties/ok/type)
      help: use one of string, number, integer, boolean, object, array, null

    warning: "date" is no type of JSON Schema
      --> snippet.yaml:12:16 (#/components/schemas/Pet/properties/when/type)
      help: use one of string, number, integer, boolean, object, array, null

    warning: "String" is no type of JSON Schema
      --> snippet.yaml:13:16 (#/components/schemas/Pet/properties/list/type)
      help: did you mean "string"?

    warning: "thing" is no type of JSON Schema
      --> snippet.yaml:14:16 (#/components/schemas/Pet/properties/what/type)
      help: use one of string, number, integer, boolean, object, array, null

    warning: `type` must be a text or a list of texts, not a mapping
      --> snippet.yaml:15:15 (#/components/schemas/Pet/properties/how/type)
      help: name one of JSON's types
    "#);
}

#[test]
fn keys_that_stand_twice() {
    insta::assert_snapshot!(read(
        "
        Pet:
          type: object
          properties:
            id: {type: integer}
            id: {type: string}
    "
    ), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "id" => id,
    }

    warning: the key "id" stands here a second time; the first is at 10:9
      --> snippet.yaml:11:9 (#/components/schemas/Pet/properties/id)
      help: delete one of the two, or merge them
    "#);
}

#[test]
fn members_that_go_in_a_circle() {
    insta::assert_snapshot!(read(
        "
        A: {allOf: [{$ref: '#/components/schemas/B'}, {type: object, properties: {a: {type: string}}}]}
        B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {b: {type: string}}}]}
        C: {$ref: '#/components/schemas/C'}
    "
    ), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct A {
        pub a: Option<String>,
        pub b: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        A: open,
        0 "a" => a,
        1 "b" => b,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct B {
        pub b: Option<String>,
        pub a: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        B: open,
        0 "b" => b,
        1 "a" => a,
    }

    pub type C = Value;

    warning: allOf goes in a circle: B → A → B
      --> snippet.yaml:9:17 (#/components/schemas/A/allOf/0)
      help: take one of these members out; a type can't be a part of itself

    warning: allOf goes in a circle: A → B → A
      --> snippet.yaml:10:17 (#/components/schemas/B/allOf/0)
      help: take one of these members out; a type can't be a part of itself

    warning: `C` refers to itself and nothing else: C → C
      --> snippet.yaml:11:5 (#/components/schemas/C)
      help: give one schema of the circle a content
    "#);
}

#[test]
fn a_branch_beside_a_discriminator_that_has_no_tag() {
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
        Variant1(EventVariant1),
        Left(Left),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        Event,
        Variant1(EventVariant1),
        Left(Left),
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct EventVariant1 {
        pub a: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        EventVariant1: open,
        0 "a" => a,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Left {
        pub b: String,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Left: open,
        0 "b" => b: REQUIRED,
    }

    warning: a branch beside a discriminator must be a `$ref`, or say its value by an `enum`
      --> snippet.yaml:9:15 (#/components/schemas/Event/oneOf/0)
      help: move the schema to components and refer to it; until then, the types are tried in turn
    "#);
}

#[test]
fn what_no_check_foresees_is_left_out() {
    insta::assert_snapshot!(described(
        &super::document("3.1.0", "{}", "{Pet: {type: string}}")
            .replace("paths:", "security: [oauth]\nx-pagination: {any: thing}\npaths:",)
    ), @r#"
    pub type Pet = String;

    warning: the description can't be read here: invalid type: string "oauth", expected a map
      --> snippet.yaml:3:12 (#/security/0)
      help: mend the value; an overlay can do it
    "#);
}

#[test]
fn parameters_and_security_schemes_that_can_not_be() {
    let description = r"
        openapi: 3.0.3
        info: {title: Snippet, version: 1.0}
        paths:
          /a:
            get:
              parameters:
                - {name: a, in: formData, schema: {type: string}}
                - {in: query, schema: {type: string}}
                - {name: c, in: query, style: simple, schema: {type: string}}
                - {name: d, in: query}
              responses: {'204': {description: Done.}}
        components:
          securitySchemes:
            a: {type: basic}
            b: {type: apiKey, in: header}
            c: {type: oauth2, flows: {implicit: {scopes: []}}}
    ";
    insta::assert_snapshot!(described(description), @r#"

    warning: `version` must be a text, not 1.0
      --> snippet.yaml:3:32 (#/info/version)
      help: mend the value; an overlay can do it

    warning: a parameter can't be in "formData"
      --> snippet.yaml:8:29 (#/paths/~1a/get/parameters/0/in)
      help: use one of path, query, header, cookie

    warning: a Parameter Object has no `name`
      --> snippet.yaml:9:19 (#/paths/~1a/get/parameters/1)
      help: add `name`

    warning: a parameter in "query" can't have the style "simple"
      --> snippet.yaml:10:40 (#/paths/~1a/get/parameters/2/style)
      help: use one of form, spaceDelimited, pipeDelimited, deepObject

    warning: the parameter has neither `schema` nor `content`
      --> snippet.yaml:11:19 (#/paths/~1a/get/parameters/3)
      help: add a `schema` that says what it takes

    warning: "basic" is no type of a security scheme
      --> snippet.yaml:15:17 (#/components/securitySchemes/a/type)
      help: use one of apiKey, http, oauth2, openIdConnect

    warning: a security scheme of the type "apiKey" has no `name`
      --> snippet.yaml:16:13 (#/components/securitySchemes/b)
      help: add `name`

    warning: the description can't be read here: invalid type: sequence, expected a map
      --> snippet.yaml:17:13 (#/components/securitySchemes/c)
      help: mend the value; an overlay can do it
    "#);
}

#[test]
fn properties_that_stand_a_level_too_deep() {
    let schemas = "
        Count:
          type: object
          properties:
            count: {type: object, additionalProperties: {properties: {value: {type: integer}}}}
            each: {type: object, additionalProperties: {type: object, properties: {value: {type: integer}}}}
    ";
    let description = super::document("3.1.0", &answer("Count"), schemas);
    insta::assert_snapshot!(told(&description), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Count {
        pub count: Option<Map<String, Value>>,
        pub each: Option<BTreeMap<String, CountEachValue>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Count: open,
        0 "count" => count,
        1 "each" => each,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct CountEachValue {
        pub value: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        CountEachValue: open,
        0 "value" => value,
    }

    warning: the values of this map have `properties` but no `type`, so that any value is allowed
      --> snippet.yaml:10:31 (#/components/schemas/Count/properties/count/additionalProperties)
      help: add `type: object`, or make `properties` those of the schema itself
    "#);
}

#[test]
fn paths_that_lack_the_slash() {
    let description = "openapi: 3.1.0\ninfo: {title: Snippet, version: '1'}\npaths:\n  a/{id}: {get: {responses: {}}}\n  b: {get: {operationId: lost, responses: {}}}\n  /b: {get: {operationId: kept, responses: {}}}\n";
    let source = Source::new("snippet.yaml", description);
    let output = codegen::generate_with(&source, &[], &Options::new(Mode::Lenient)).unwrap();
    assert_eq!(codegen::unaccounted(&output), []);
    let paths: Vec<_> = output.api.operations().map(|(_, operation)| operation.path.clone()).collect();
    let warnings: Vec<_> = output.warnings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(format!("{paths:?}\n\n{}", warnings.join("\n\n")), @r#"
    ["/a/{id}", "/b"]

    warning: the path "a/{id}" doesn't begin with a slash
      --> snippet.yaml:4:3 (#/paths/~1a~1{id})
      help: write `/` before it

    warning: the path names `{id}`, but no path parameter declares it
      --> snippet.yaml:4:12 (#/paths/~1a~1{id}/get)
      help: add a parameter `id` with `in: path`

    warning: the path "b" is left out: there is one of that name with a slash
      --> snippet.yaml:5:3 (#/paths/b)
      help: make one of the two
    "#);
}
