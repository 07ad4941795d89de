//! `Default` and the constructor `new`: no value of a required enum, union or timestamp is made up.

use super::{exchanged, received, sent};

const ENUM: &str = "
        Kind: {type: string, enum: [cat, dog]}
";

fn with_kind(schemas: &str) -> String {
    format!("{schemas}{ENUM}")
}

/// Returns the lines of emitted code that name the kind of each model.
fn heads(code: &str) -> Vec<&str> {
    let is_head = |line: &&str| line.contains(": open") || line.contains(": closed");
    code.lines().map(str::trim).filter(is_head).collect()
}

#[test]
fn a_struct_has_a_default_if_its_required_fields_have_one() {
    let code = received(
        "
        Plain:
          type: object
          required: [a, b, c, d, e, f, g]
          properties:
            a: {type: string}
            b: {type: integer}
            c: {type: boolean}
            d: {type: array, items: {$ref: '#/components/schemas/Kind'}}
            e: {type: object, additionalProperties: {$ref: '#/components/schemas/Kind'}}
            f: {}
            g: {type: [string, 'null'], enum: [x, null]}
            h: {$ref: '#/components/schemas/Kind'}
        Kind: {type: string, enum: [cat, dog]}
        Nested: {type: object, required: [plain], properties: {plain: {$ref: '#/components/schemas/Plain'}}}
    ",
    );
    assert_eq!(heads(&code), ["Nested: open default,", "Plain: open default,"]);
}

#[test]
fn a_required_enum_union_or_timestamp_has_no_default() {
    let code = received(
        "
        Kind: {type: string, enum: [cat, dog]}
        Either: {oneOf: [{type: string}, {type: integer}]}
        Alias: {$ref: '#/components/schemas/Kind'}
        HasEnum: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/Kind'}}}
        HasAlias: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/Alias'}}}
        HasUnion: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/Either'}}}
        HasTime: {type: object, required: [a], properties: {a: {type: string, format: date-time}}}
        HasNested: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/HasEnum'}}}
    ",
    );
    let heads = heads(&code);
    assert_eq!(heads.len(), 5);
    assert!(heads.iter().all(|head| head.ends_with(": open,")), "{heads:?}");
    assert!(!code.contains("fn new"), "only structs that callers build have a constructor");
}

#[test]
fn a_recursive_struct_has_a_default_if_no_other_field_prevents_it() {
    let code = received("
        Kind: {type: string, enum: [cat, dog]}
        Tree: {type: object, required: [nodes], properties: {nodes: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}
        Left: {type: object, required: [right], properties: {right: {$ref: '#/components/schemas/Right'}}}
        Right: {type: object, required: [left, kind], properties: {left: {$ref: '#/components/schemas/Left'}, kind: {$ref: '#/components/schemas/Kind'}}}
    ");
    assert_eq!(heads(&code), ["Left: open default,", "Right: open,", "Tree: open default,"]);
}

#[test]
fn a_request_struct_without_default_has_a_constructor() {
    insta::assert_snapshot!(sent(&with_kind("
        Pet:
          type: object
          required: [count, kind, name, tags, owner]
          properties:
            note: {type: string}
            kind: {$ref: '#/components/schemas/Kind'}
            name: {type: string}
            count: {type: integer}
            owner: {type: [string, 'null']}
            tags: {type: array, items: {type: string}}
    ")), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub enum Kind {
        Cat,
        Dog,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Kind,
        "cat" => Cat,
        "dog" => Dog,
    }

    #[derive(Clone)]
    pub struct Pet {
        pub note: Option<String>,
        pub kind: Kind,
        pub name: String,
        pub count: i64,
        pub owner: Option<String>,
        pub tags: Vec<String>,
    }

    clientwright_runtime::model! {
        Pet: closed,
        0 "note" => note,
        1 "kind" => kind: REQUIRED,
        2 "name" => name: REQUIRED,
        3 "count" => count: REQUIRED,
        4 "owner" => owner: REQUIRED,
        5 "tags" => tags: REQUIRED,
    }

    impl Pet {
        #[must_use]
        #[inline]
        pub fn new(
            kind: Kind,
            name: impl Into<String>,
            count: i64,
            tags: Vec<String>,
        ) -> Self {
            Self {
                kind,
                name: name.into(),
                count,
                tags,
                ..clientwright_runtime::wire::Decode::blank()
            }
        }
    }
    "#);
}

#[test]
fn a_constructor_of_all_fields_fills_no_others() {
    insta::assert_snapshot!(sent(&with_kind("
        Pet: {type: object, required: [kind], properties: {kind: {$ref: '#/components/schemas/Kind'}}}
    ")), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub enum Kind {
        Cat,
        Dog,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Kind,
        "cat" => Cat,
        "dog" => Dog,
    }

    #[derive(Clone)]
    pub struct Pet {
        pub kind: Kind,
    }

    clientwright_runtime::model! {
        Pet: closed,
        0 "kind" => kind: REQUIRED,
    }

    impl Pet {
        #[must_use]
        #[inline]
        pub fn new(kind: Kind) -> Self {
            Self { kind }
        }
    }
    "#);
}

#[test]
fn an_open_struct_with_a_constructor_starts_without_additional_properties() {
    let code = exchanged(&with_kind(
        "
        Pet: {type: object, required: [kind], properties: {kind: {$ref: '#/components/schemas/Kind'}}}
    ",
    ));
    assert!(code.contains("kind,\n            ..clientwright_runtime::wire::Decode::blank()"), "{code}");
}

/// A value of a tuple always has its first items, as far as they are required and can't be null.
#[test]
fn a_tuple_has_a_default_if_its_required_items_have_one() {
    let items = |items: &str, least: usize| {
        let code = received(&format!(
            "
        Choice: {{oneOf: [{{type: string}}, {{type: integer}}]}}
        Holder: {{type: object, required: [ends], properties: {{ends: {{type: array, minItems: {least}, prefixItems: [{{type: string}}, {items}], items: false}}}}}}
    "
        ));
        heads(&code)
            .into_iter()
            .find(|head| head.starts_with("Holder"))
            .map(|head| head.ends_with("default,"))
    };
    for last in ["{$ref: '#/components/schemas/Choice'}", "{type: string, format: date-time}"] {
        assert_eq!(items(last, 2), Some(false), "{last}");
        assert_eq!(items(last, 1), Some(true), "{last}");
    }
    assert_eq!(items("{type: [string, 'null'], format: date-time}", 2), Some(true));
    assert_eq!(items("{type: integer}", 2), Some(true));
}

#[test]
fn a_box_in_a_tuple_needs_the_default_of_its_content() {
    let code = received("
        Left: {type: object, required: [right], properties: {right: {type: array, minItems: 1, prefixItems: [{$ref: '#/components/schemas/Right'}], items: false}}}
        Right: {type: object, required: [choice], properties: {left: {$ref: '#/components/schemas/Left'}, choice: {oneOf: [{type: string}, {type: integer}]}}}
    ");
    assert_eq!(heads(&code), ["Left: open,", "Right: open,"]);
    assert!(code.contains("pub right: (Box<Right>,),"), "{code}");
}

/// OpenAPI 3.1, `const`: the only value need not be given.
#[test]
fn a_constant_is_no_argument_of_a_constructor() {
    let code = sent(
        "
        Kind: {const: a}
        Same: {$ref: '#/components/schemas/Kind'}
        Nothing: {type: 'null'}
        Holder:
          type: object
          required: [choice, kind, same, nothing, inline]
          properties:
            choice: {oneOf: [{type: string}, {type: integer}]}
            kind: {$ref: '#/components/schemas/Kind'}
            same: {$ref: '#/components/schemas/Same'}
            nothing: {$ref: '#/components/schemas/Nothing'}
            inline: {type: 'null'}
    ",
    );
    assert!(code.contains("pub fn new(choice: HolderChoice) -> Self"), "{code}");
}
