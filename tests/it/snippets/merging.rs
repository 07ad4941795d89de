//! Objects that are merged: `allOf`, and references with siblings.

use super::{Usage, assert_has, described, document, emitted, generate, received};

#[test]
fn a_reference_may_have_siblings() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          properties:
            owner: {$ref: '#/components/schemas/Owner', description: Who feeds it., x-rust-name: keeper}
            vet: {$ref: '#/components/schemas/Owner', nullable: true}
        Owner: {type: object, properties: {name: {type: string}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Owner {
        pub name: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Owner: open default,
        0 "name" => name,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub keeper: Option<Owner>,
        pub vet: Option<Owner>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "owner" => keeper,
        1 "vet" => vet,
    }
    "#);
}

#[test]
fn all_of_members_are_merged() {
    insta::assert_snapshot!(received("
        Base: {type: object, required: [id], properties: {id: {type: integer}, note: {type: string}}}
        Pet:
          required: [name]
          allOf:
            - {$ref: '#/components/schemas/Base'}
            - {type: object, properties: {name: {type: string}, note: {type: integer}}}
          properties:
            own: {type: boolean}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Base {
        pub id: i64,
        pub note: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Base: open default,
        0 "id" => id: REQUIRED,
        1 "note" => note,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub note: Option<i64>,
        pub name: String,
        pub own: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id: REQUIRED,
        1 "note" => note,
        2 "name" => name: REQUIRED,
        3 "own" => own,
    }
    "#);
}

#[test]
fn all_of_one_reference_is_that_type() {
    insta::assert_snapshot!(received("
        Base: {type: object, properties: {id: {type: integer}}}
        Same: {allOf: [{$ref: '#/components/schemas/Base'}]}
        Holder: {type: object, properties: {base: {allOf: [{$ref: '#/components/schemas/Base'}]}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Base {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Base: open default,
        0 "id" => id,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Holder {
        pub base: Option<Base>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Holder: open default,
        0 "base" => base,
    }

    pub type Same = Base;
    "#);
}

/// A member that only constrains the others does not turn them into an object.
#[test]
fn all_of_members_that_are_not_objects_refine_the_type() {
    insta::assert_snapshot!(received("
        Base: {type: string, enum: [a, b]}
        Pet:
          type: object
          properties:
            described: {allOf: [{$ref: '#/components/schemas/Base'}, {description: More., nullable: true}]}
            narrowed: {allOf: [{type: string}, {enum: [x]}]}
            bounded: {allOf: [{type: integer, minimum: 1}, {maximum: 5}]}
            chosen: {allOf: [{$ref: '#/components/schemas/Base'}, {type: string, maxLength: 3}]}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub enum Base {
        A,
        B,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Base,
        "a" => A,
        "b" => B,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub described: Option<Base>,
        pub narrowed: Option<PetNarrowed>,
        pub bounded: Option<i64>,
        pub chosen: Option<Base>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "described" => described,
        1 "narrowed" => narrowed,
        2 "bounded" => bounded,
        3 "chosen" => chosen,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum PetNarrowed {
        X,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PetNarrowed,
        "x" => X,
    }
    "#);
}

#[test]
fn an_annotation_keeps_the_type_of_the_property() {
    insta::assert_snapshot!(received("
        Base: {type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}
        Pet:
          allOf: [{$ref: '#/components/schemas/Base'}]
          properties: {id: {description: Its number.}, name: {type: integer}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Base {
        pub id: i64,
        pub name: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Base: open default,
        0 "id" => id: REQUIRED,
        1 "name" => name,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub name: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id: REQUIRED,
        1 "name" => name,
    }
    "#);
}

/// JSON Schema Core 4.3.2: no value is valid against `false`, which is `not: {}` in OpenAPI 3.0. A value with such a
/// property belongs to another branch.
#[test]
fn a_property_without_valid_values_is_no_field() {
    let schemas = "
        Argument:
          anyOf:
            - {type: object, title: Plain, properties: {from: false, ok: {type: integer}}}
            - {type: object, title: Nothing, properties: {from: {not: {}}}}
            - {type: object, title: Ref, required: [from], properties: {from: {type: string}}}
        Base: {type: object, properties: {a: {type: string}, b: {type: string}}}
        Without: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {b: false}}]}
        Any: {type: object, properties: {short: {not: {minLength: 2}}, other: {not: {type: string}}}}
    ";
    let code = received(schemas);
    assert_has(
        &code,
        &[
            "pub struct ArgumentPlain { pub ok: Option<i64>, pub extra: Extra, }",
            "pub struct ArgumentNothing { pub extra: Extra, }",
            "pub struct ArgumentRef { pub from: String, pub extra: Extra, }",
            "pub struct Without { pub a: Option<String>, pub extra: Extra, }",
            "pub struct Any { pub short: Option<Value>, pub other: Option<Value>, pub extra: Extra, }",
        ],
    );
    let output = generate(&document("3.1.0", "{}", schemas));
    let skipped: Vec<_> =
        output.skipped().iter().map(|part| format!("{}: {}", part.pointer, part.reason)).collect();
    assert_eq!(
        skipped,
        [
            "#/components/schemas/Argument/anyOf/0/properties/from",
            "#/components/schemas/Argument/anyOf/1/properties/from",
            "#/components/schemas/Without/allOf/1/properties/b",
        ]
        .map(|at| format!("{at}: no value is valid, so the property is never present"))
    );
    assert_eq!(codegen::unaccounted(&output), []);
}

/// Base and extension refer to each other, which is not a cycle. Each extension has the properties of the base already.
#[test]
fn a_base_may_list_its_extensions() {
    let code = received("
        Pet:
          type: object
          properties: {kind: {type: string}}
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {claws: {type: integer}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {tricks: {type: integer}}}]}
    ");
    assert_has(
        &code,
        &[
            "pub struct Cat { pub kind: Option<String>, pub claws: Option<i64>, pub extra: Extra, }",
            "pub struct Dog { pub kind: Option<String>, pub tricks: Option<i64>, pub extra: Extra, }",
            "pub enum Pet { Cat(Cat), Dog(Dog), Unknown(Value), }",
        ],
    );
}

/// JSON Schema Core 10.2.1.1 (`allOf`) and 10.3.2.1 (`properties`): every schema of a value applies.
#[test]
fn a_property_of_several_members_has_what_each_of_them_says() {
    let code = received("
        Root:
          allOf: [{$ref: '#/components/schemas/Base'}]
          type: object
          properties:
            meta: {type: object, properties: {b: {type: integer}}}
            list: {type: array, items: {type: object, required: [y], properties: {y: {type: integer}}}}
            map: {type: object, additionalProperties: {type: object, properties: {w: {type: integer}}}}
            count: {type: integer}
            maybe: {type: string, nullable: true}
            sure: {type: string}
            part: {type: object, description: More.}
        Base:
          type: object
          properties:
            meta: {type: object, required: [a], properties: {a: {type: string}}}
            list: {type: array, items: {type: object, properties: {x: {type: integer}}}}
            map: {type: object, additionalProperties: {type: object, properties: {v: {type: integer}}}}
            count: {type: number}
            maybe: {type: string, nullable: true}
            sure: {type: string, nullable: true}
            part: {$ref: '#/components/schemas/Part'}
        Part: {type: object, properties: {p: {type: integer}}}
        Leaf: {allOf: [{$ref: '#/components/schemas/Root'}, {type: object, properties: {meta: {properties: {c: {type: boolean}}}}}]}
        Direct: {type: object, required: [r], properties: {r: {allOf: [{type: object, properties: {q: {type: object, properties: {m: {type: integer}}}}}, {type: object, properties: {q: {type: object, properties: {n: {type: integer}}}}}]}}}
    ");
    assert_has(
        &code,
        &[
            "pub struct Root { pub meta: Option<RootMeta>, pub list: Option<Vec<RootListItem>>, \
             pub map: Option<BTreeMap<String, RootMapValue>>, pub count: Option<i64>, pub maybe: Option<String>, \
             pub sure: Option<String>, pub part: Option<Part>, pub extra: Extra, }",
            "pub struct RootMeta { pub a: String, pub b: Option<i64>, pub extra: Extra, }",
            "pub struct RootListItem { pub x: Option<i64>, pub y: i64, pub extra: Extra, }",
            "pub struct RootMapValue { pub v: Option<i64>, pub w: Option<i64>, pub extra: Extra, }",
            "pub struct LeafMeta { pub a: String, pub b: Option<i64>, pub c: Option<bool>, pub extra: Extra, }",
            "pub struct DirectRq { pub m: Option<i64>, pub n: Option<i64>, pub extra: Extra, }",
        ],
    );
}

#[test]
fn members_that_refer_to_each_other_are_merged_once() {
    let code = received("
        Node: {allOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]}
        One: {type: object, properties: {next: {$ref: '#/components/schemas/One'}, a: {type: string}}}
        Two: {type: object, properties: {next: {$ref: '#/components/schemas/Two'}, b: {type: string}}}
        Rows: {allOf: [{$ref: '#/components/schemas/RowsA'}, {$ref: '#/components/schemas/RowsB'}]}
        RowsA: {type: array, items: {type: object, properties: {inner: {$ref: '#/components/schemas/RowsA'}}}}
        RowsB: {type: array, items: {type: object, properties: {inner: {$ref: '#/components/schemas/RowsB'}}}}
        Child: {allOf: [{$ref: '#/components/schemas/One'}], properties: {next: {$ref: '#/components/schemas/Child'}}}
    ");
    assert_has(
        &code,
        &[
            "pub struct Node { pub next: Option<NodeNext>, pub a: Option<String>, pub b: Option<String>, \
             pub extra: Extra, }",
            "pub struct NodeNext { pub next: Option<Box<NodeNext>>, pub a: Option<String>, pub b: Option<String>, \
             pub extra: Extra, }",
            "pub type Rows = Vec<RowsItem>;",
            "pub struct Child { pub next: Option<Box<Child>>, pub a: Option<String>, pub extra: Extra, }",
        ],
    );
}

/// JSON Schema Validation 6.1.2: a value of each `enum`, so of their intersection.
#[test]
fn all_of_enums_is_what_they_have_in_common() {
    let code = received(
        "
        Color: {allOf: [{type: string, enum: [a, b, c]}, {type: string, enum: [b, c, d]}]}
        Shade: {allOf: [{$ref: '#/components/schemas/Base'}, {$ref: '#/components/schemas/Other'}]}
        Base: {type: string, enum: [a, b]}
        Other: {type: string, enum: [b, c]}
        Same: {allOf: [{type: string}, {$ref: '#/components/schemas/Base'}]}
    ",
    );
    assert_has(
        &code,
        &[
            "pub enum Color { B, C, Unknown(UnknownValue), }",
            "pub enum Shade { B, Unknown(UnknownValue), }",
            "pub type Same = Base;",
        ],
    );
}

/// Keywords apply to values of their type only. `properties` without a type are an exception: nearly all such schemas are
/// meant for objects.
#[test]
fn a_composition_without_a_type_allows_any_value() {
    let code = received(
        "
        A: {allOf: [{multipleOf: 2}], anyOf: [{multipleOf: 3}], oneOf: [{multipleOf: 5}]}
        B: {anyOf: [{required: [a]}, {required: [b]}]}
        C: {allOf: [{minLength: 2}, {maxLength: 5}]}
        D: {allOf: [{items: {type: integer}}], items: {minimum: 5}}
        E: {type: array, allOf: [{items: {type: string}}]}
        F: {allOf: [{properties: {a: {type: string}}}]}
    ",
    );
    assert_has(
        &code,
        &[
            "pub type A = Value;",
            "pub type B = Value;",
            "pub type C = Value;",
            "pub type D = Vec<i64>;",
            "pub type E = Vec<String>;",
            "pub struct F { pub a: Option<String>, pub extra: Extra, }",
        ],
    );
}

/// A contradiction is valid, though no value is. The last type or values are used.
#[test]
fn contradictory_members_are_reported() {
    let output = generate(&described(
        "3.1.0",
        Usage::Response,
        "
        Pet:
          allOf:
            - {type: object, properties: {id: {type: string}, color: {type: string, enum: [a]}}}
            - {type: object, properties: {id: {type: integer}, color: {type: string, enum: [b]}}}
    ",
    ));
    let warnings: Vec<_> = output.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(
        warnings,
        [
            "no value is valid: the type is integer here, and string at \
             #/components/schemas/Pet/allOf/0/properties/id",
            "no value is valid: the values here and those at \
             #/components/schemas/Pet/allOf/0/properties/color have none in common",
        ]
    );
}

/// JSON Schema Core 10.2.1.1: a value is valid against all schemas of `allOf`, so that a branch whose type another one
/// excludes has no values.
#[test]
fn a_branch_that_what_is_beside_it_excludes_is_left_out() {
    let schemas = "
        Text: {allOf: [{oneOf: [{type: string}, {type: integer}]}, {type: string}]}
        Count: {allOf: [{type: [string, integer]}, {type: number}]}
        Short: {type: string, oneOf: [{type: string, maxLength: 3}, {type: integer}, {type: string, enum: [long]}]}
        None: {allOf: [{oneOf: [{type: boolean}, {type: integer}]}, {type: string}]}
    ";
    let output = generate(&described("3.1.0", Usage::Response, schemas));
    assert_has(
        &emitted("models/", &output, false),
        &[
            "pub type Text = String;",
            "pub type Count = i64;",
            "pub enum Short { String(String), Long(ShortLong),",
        ],
    );
    let skipped: Vec<_> = output.skipped().iter().map(|part| part.pointer.to_string()).collect();
    let expected = ["Count/allOf/0/anyOf/0", "Short/oneOf/1", "Text/allOf/0/oneOf/1"];
    assert_eq!(skipped, expected.map(|at| format!("#/components/schemas/{at}")));
    let warnings: Vec<_> = output.warnings.iter().map(|warning| warning.pointer.to_string()).collect();
    assert_eq!(warnings, ["#/components/schemas/None/allOf/0/oneOf"]);
}

#[test]
fn members_without_types_annotate_and_limit_the_value() {
    let schemas = "
        Text: {type: string}
        Note:
          type: object
          required: [a, b, c]
          properties:
            a: {allOf: [{$ref: '#/components/schemas/Text'}, {nullable: true}]}
            b: {maxLength: 5, allOf: [{$ref: '#/components/schemas/Text'}, {minLength: 3}]}
            c: {allOf: [{$ref: '#/components/schemas/Text'}, {description: A text., deprecated: true}]}
    ";
    let output = generate(&described("3.0.3", Usage::Response, schemas));
    let code = emitted("models/note", &output, true);
    for part in [
        "pub a: Option<Text>,",
        "/// 3 to 5 characters.\n    pub b: Text,",
        "/// A text.\n    ///\n    /// Deprecated.\n    pub c: Text,",
    ] {
        assert!(code.contains(part), "{part}\n\nin\n\n{code}");
    }
}
