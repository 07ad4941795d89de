//! `oneOf`, `anyOf` and arrays of types.

use super::discriminators::rows;
use super::{received, sent};

#[test]
fn scalar_alternatives_become_variants() {
    insta::assert_snapshot!(received("
        Value:
          anyOf:
            - {type: string}
            - {type: boolean}
            - {type: integer}
            - {type: number}
            - {type: array, items: {type: string}}
            - {type: string}
    "), @"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum ValueModel {
        String(String),
        Bool(bool),
        Integer(i64),
        Number(f64),
        Array(Vec<String>),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        ValueModel,
        String(String),
        Bool(bool),
        Integer(i64),
        Number(f64),
        Array(Vec<String>),
    }
    ");
}

#[test]
fn object_alternatives_become_variants() {
    insta::assert_snapshot!(received("
        Pet: {type: object, properties: {which: {oneOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {barks: {type: boolean}}}]}}}
        Cat: {type: object, required: [meows], properties: {meows: {type: boolean}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Cat {
        pub meows: bool,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Cat: open default,
        0 "meows" => meows: REQUIRED,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub which: Option<PetWhich>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "which" => which,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PetWhich {
        Cat(Cat),
        Object(PetWhichObject),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        PetWhich,
        Cat(Cat),
        Object(PetWhichObject),
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct PetWhichObject {
        pub barks: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetWhichObject: open default,
        0 "barks" => barks,
    }
    "#);
}

#[test]
fn a_type_array_becomes_a_union() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          properties:
            id: {type: [integer, string]}
            field: {type: [string, boolean, array, 'null'], items: {type: string}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: Option<PetId>,
        pub field: Option<PetField>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id,
        1 "field" => field,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PetId {
        Integer(i64),
        String(String),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        PetId,
        Integer(i64),
        String(String),
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum PetField {
        String(String),
        Bool(bool),
        Array(Vec<String>),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        PetField,
        String(String),
        Bool(bool),
        Array(Vec<String>),
    }
    "#);
}

#[test]
fn a_single_alternative_is_not_a_union() {
    insta::assert_snapshot!(received("
        Pet: {type: object, properties: {cat: {oneOf: [{type: string, format: date-time}]}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub cat: Option<Timestamp>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "cat" => cat,
    }
    "#);
}

#[test]
fn alternatives_of_one_json_type_get_distinct_variants() {
    insta::assert_snapshot!(received("
        Value:
          oneOf:
            - {type: string, enum: [small, large]}
            - {type: string}
            - {type: integer}
            - {type: 'null'}
            - {type: array, items: {type: integer}}
            - {type: array, items: {type: object, properties: {id: {type: integer}}}}
        Holder: {type: object, properties: {value: {$ref: '#/components/schemas/Value'}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Holder {
        pub value: Option<ValueModel>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Holder: open default,
        0 "value" => value,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum ValueModel {
        Enum(ValueModelEnum),
        String(String),
        Integer(i64),
        IntegerArray(Vec<i64>),
        ItemArray(Vec<ValueModelItem>),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        ValueModel,
        Enum(ValueModelEnum),
        String(String),
        Integer(i64),
        IntegerArray(Vec<i64>),
        ItemArray(Vec<ValueModelItem>),
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum ValueModelEnum {
        Small,
        Large,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        ValueModelEnum,
        "small" => Small,
        "large" => Large,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct ValueModelItem {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        ValueModelItem: open default,
        0 "id" => id,
    }
    "#);
}

/// The names don't depend on the order of the branches.
#[test]
fn variants_are_named_after_their_title_their_constant_or_their_type() {
    let branches = [
        ("{type: integer}", "Integer(i64) from i64,"),
        ("{type: string, enum: [latest]}", "Latest(ValueModelLatest) from ValueModelLatest,"),
        ("{type: string, enum: [small, large]}", "Enum(ValueModelEnum) from ValueModelEnum,"),
        ("{type: string, title: Free text}", "FreeText(String) from String | &str,"),
        (
            "{type: object, title: A page, properties: {n: {type: integer}}}",
            "APage(ValueModelAPage) from ValueModelAPage,",
        ),
        (
            "{type: object, properties: {kind: {const: said}, text: {type: string}}}",
            "Said(ValueModelSaid) from ValueModelSaid,",
        ),
        (
            "{type: object, properties: {id: {type: integer}, text: {type: string}}}",
            "WithId(ValueModelWithId) from ValueModelWithId,",
        ),
        ("{type: array, items: {type: integer}}", "IntegerArray(Vec<i64>) from Vec<i64>,"),
        ("{type: array, items: {type: string}}", "StringArray(Vec<String>) from Vec<String>,"),
    ];
    let union = |branches: &[(&str, &str)]| {
        let schemas: Vec<_> = branches.iter().map(|(schema, _)| *schema).collect();
        rows(&sent(&format!("\nValue: {{oneOf: [{}]}}\n", schemas.join(", "))), "ValueModel").split_off(1)
    };
    let expected: Vec<&str> = branches.iter().map(|(_, row)| *row).collect();
    assert_eq!(union(&branches), expected);
    let mut reversed = branches;
    reversed.reverse();
    let mut found = union(&reversed);
    found.reverse();
    assert_eq!(found, expected);
}

#[test]
fn what_is_unambiguous_converts_into_a_union() {
    let models = sent("
        Item: {oneOf: [{type: integer}, {type: string}]}
        Word: {oneOf: [{type: string, enum: [small, large]}, {type: boolean}]}
        Outer: {oneOf: [{$ref: '#/components/schemas/Item'}, {$ref: '#/components/schemas/Word'}, {type: integer, nullable: true}]}
        Same: {oneOf: [{$ref: '#/components/schemas/Text'}, {type: array, items: {$ref: '#/components/schemas/Text'}}, {type: array, items: {type: string}}]}
        Text: {type: string}
        Tree: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Tree'}}, {$ref: '#/components/schemas/Node'}]}
        Node: {type: object, properties: {tree: {$ref: '#/components/schemas/Tree'}}}
    ");
    assert_eq!(
        rows(&models, "Item"),
        ["Item,", "Integer(i64) from i64,", "String(String) from String | &str,"]
    );
    assert_eq!(
        rows(&models, "Word"),
        ["Word,", "Enum(WordEnum) from WordEnum | String | &str,", "Bool(bool) from bool,"]
    );
    assert_eq!(
        rows(&models, "Outer"),
        [
            "Outer from String | &str,",
            "Item(Item) from Item,",
            "Word(Word) from Word | WordEnum | bool,",
            "Integer(Option<i64>) from i64,"
        ]
    );
    assert_eq!(
        rows(&models, "Same"),
        ["Same,", "Text(Text) from String | &str,", "TextArray(Vec<Text>),", "StringArray(Vec<String>),"]
    );
    assert_eq!(
        rows(&models, "Tree"),
        [
            "Tree,",
            "String(String) from String | &str,",
            "Array(Vec<Tree>) from Vec<Tree>,",
            "Node(Box<Node>) from Node,"
        ]
    );
    let received = received("Item: {oneOf: [{type: integer}, {type: string}]}");
    assert_eq!(rows(&received, "Item"), ["Item,", "Integer(i64),", "String(String),"]);
}

/// A string of several enums is the same JSON for each of them, so it is read as the variant that lists it.
#[test]
fn a_value_of_several_enums_converts_into_a_union() {
    let models = sent("
        Small: {type: string, enum: [a, b]}
        Large: {type: string, enum: [A, B]}
        Level: {type: integer, enum: [1, 2]}
        Size: {oneOf: [{$ref: '#/components/schemas/Small'}, {$ref: '#/components/schemas/Large'}]}
        Inline: {anyOf: [{type: string, enum: [x, y]}, {type: string, enum: [z]}, {type: integer}]}
        Levels: {anyOf: [{$ref: '#/components/schemas/Level'}, {type: integer, enum: [3]}]}
        Nested: {oneOf: [{$ref: '#/components/schemas/Size'}, {type: array, items: {$ref: '#/components/schemas/Size'}}]}
        Open: {anyOf: [{$ref: '#/components/schemas/Small'}, {$ref: '#/components/schemas/Large'}, {type: string}]}
        Nullable: {oneOf: [{$ref: '#/components/schemas/Small'}, {$ref: '#/components/schemas/Large'}, {type: 'null'}]}
    ");
    assert_eq!(
        rows(&models, "Size"),
        ["Size from String | &str,", "Small(Small) from Small,", "Large(Large) from Large,"]
    );
    assert_eq!(
        rows(&models, "Inline"),
        [
            "Inline from String | &str,",
            "Enum(InlineEnum) from InlineEnum,",
            "Z(InlineZ) from InlineZ,",
            "Integer(i64) from i64,"
        ]
    );
    assert_eq!(
        rows(&models, "Levels"),
        ["Levels from i64,", "Level(Level) from Level,", "N3(Levels3) from Levels3,"]
    );
    assert_eq!(
        rows(&models, "Nested"),
        [
            "Nested,",
            "Size(Size) from Size | Small | Large | String | &str,",
            "Array(Vec<Size>) from Vec<Size>,"
        ]
    );
    assert_eq!(
        rows(&models, "Open"),
        [
            "Open,",
            "Small(Small) from Small,",
            "Large(Large) from Large,",
            "String(String) from String | &str,"
        ]
    );
    assert_eq!(
        rows(&models, "Nullable"),
        ["Nullable from String | &str,", "Small(Small) from Small,", "Large(Large) from Large,"]
    );
}

#[test]
fn a_branch_that_is_a_nullable_component_makes_the_union_nullable() {
    let code = sent("
        Post: {type: object, required: [id], properties: {id: {type: integer}, owner: {anyOf: [{type: integer}, {$ref: '#/components/schemas/Owner'}]}}}
        Owner: {type: [object, 'null'], properties: {name: {type: string}}}
    ");
    assert!(code.contains("pub owner: Maybe<PostOwner>,"), "{code}");
}

/// Words that say nothing name no variant.
#[test]
fn a_variant_without_a_usable_name_is_named_after_its_kind() {
    let models = sent(
        "
        Base: {type: object, properties: {id: {type: integer}}}
        Mixed:
          oneOf:
            - {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {x: {type: integer}}}]}
            - {oneOf: [{type: string}, {type: boolean}]}
            - {type: object, additionalProperties: {type: object, properties: {y: {type: integer}}}}
            - {type: array, items: {type: object, properties: {z: {type: integer}}}}
        Titled:
          oneOf:
            - {type: integer, title: This is a title that is much too long for a name}
            - {type: boolean, title: 2nd}
            - {type: string, enum: ['+']}
            - {type: number, const: 2.5}
            - {const: [1, 2]}
        Objects:
          oneOf:
            - {type: object, required: [c, b], properties: {a: {type: integer}, b: {type: integer}}}
            - {type: object, properties: {c: {type: integer}, d: {type: integer}}}
            - {type: object}
    ",
    );
    assert_eq!(
        rows(&models, "Mixed"),
        [
            "Mixed,",
            "Base(MixedBase) from MixedBase,",
            "Union(MixedUnion) from MixedUnion | String | &str | bool,",
            "Object(BTreeMap<String, MixedValue>) from BTreeMap<String, MixedValue>,",
            "Array(Vec<MixedItem>) from Vec<MixedItem>,"
        ]
    );
    assert_eq!(
        rows(&models, "Titled"),
        [
            "Titled,",
            "Integer(i64) from i64,",
            "Bool(bool) from bool,",
            "Object(TitledObject) from TitledObject | String | &str,",
            "N25(Titled25) from Titled25 | Number,",
            "Object2(TitledObject2) from TitledObject2 | Value,"
        ]
    );
    assert_eq!(
        rows(&models, "Objects"),
        [
            "Objects,",
            "WithB(ObjectsWithB) from ObjectsWithB,",
            "WithC(ObjectsWithC) from ObjectsWithC,",
            "Object(Map<String, Value>) from Map<String, Value>,"
        ]
    );
}
