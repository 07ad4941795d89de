//! `oneOf`, `anyOf` and arrays of types.

use super::{exchanged, models, received, sent};

#[test]
fn a_discriminator_mapping_defines_the_tags() {
    insta::assert_snapshot!(received("
        Event:
          oneOf: [{$ref: '#/components/schemas/Said'}, {$ref: '#/components/schemas/Left'}]
          discriminator:
            propertyName: type
            mapping: {chat.msg: '#/components/schemas/Said', chat.note: '#/components/schemas/Said', chat.leave: '#/components/schemas/Left'}
        Said: {type: object, properties: {type: {type: string}, text: {type: string}}}
        Left: {type: object, properties: {type: {type: string}}}
    "), @r#"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Event {
        ChatMsg(Said),
        ChatNote(Said),
        ChatLeave(Left),
        Unknown(Value),
    }

    clientwright_runtime::tagged_union! {
        Event by "type",
        "chat.msg" | "Said" => ChatMsg(Said),
        "chat.note" => ChatNote(Said),
        "chat.leave" | "Left" => ChatLeave(Left),
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Left {
        pub r#type: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Left: open default,
        0 "type" => r#type,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Said {
        pub r#type: Option<String>,
        pub text: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Said: open default,
        0 "type" => r#type,
        1 "text" => text,
    }
    "#);
}

#[test]
fn without_a_mapping_the_schema_name_is_the_tag() {
    insta::assert_snapshot!(received("
        Event:
          oneOf: [{$ref: '#/components/schemas/chat_said'}, {$ref: '#/components/schemas/Left'}]
          discriminator: {propertyName: type}
        chat_said: {type: object, properties: {text: {type: string}}}
        Left: {type: object, properties: {id: {type: integer}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct ChatSaid {
        pub text: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        ChatSaid: open default,
        0 "text" => text,
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Event {
        ChatSaid(ChatSaid),
        Left(Left),
        Unknown(Value),
    }

    clientwright_runtime::tagged_union! {
        Event by "type",
        "chat_said" => ChatSaid(ChatSaid),
        "Left" => Left(Left),
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Left {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Left: open default,
        0 "id" => id,
    }
    "#);
}

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

/// The tag is the only value that the branch allows for the discriminator property.
#[test]
fn without_a_mapping_a_declared_value_is_the_tag() {
    insta::assert_snapshot!(received("
        Event:
          oneOf:
            - {type: object, properties: {kind: {const: said}, text: {type: string}}}
            - $ref: '#/components/schemas/Left'
            - $ref: '#/components/schemas/Joined'
          discriminator: {propertyName: kind}
        Left: {allOf: [{type: object, properties: {kind: {type: string, enum: [left, gone]}}}]}
        Joined: {type: object, properties: {kind: {type: string}}}
    "), @r#"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Event {
        Said(EventSaid),
        Left(Left),
        Gone(Left),
        Joined(Joined),
        Unknown(Value),
    }

    clientwright_runtime::tagged_union! {
        Event by "kind",
        "said" => Said(EventSaid),
        "left" => Left(Left),
        "gone" => Gone(Left),
        "Joined" => Joined(Joined),
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct EventSaid {
        pub kind: Option<EventSaidKind>,
        pub text: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        EventSaid: open default,
        0 "kind" => kind,
        1 "text" => text,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum EventSaidKind {
        Said,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        EventSaidKind,
        "said" => Said,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Joined {
        pub kind: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Joined: open default,
        0 "kind" => kind,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Left {
        pub kind: Option<LeftKind>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Left: open default,
        0 "kind" => kind,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum LeftKind {
        Left,
        Gone,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        LeftKind,
        "left" => Left,
        "gone" => Gone,
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

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

/// Returns the rows of the macro that a union is defined by, without indentation.
fn rows(models: &str, union: &str) -> Vec<String> {
    let is_head = |line: &str| {
        let line = line.trim();
        line == format!("{union},") || line.starts_with(&format!("{union} by "))
    };
    let from_head = models.lines().skip_while(|line| !is_head(line));
    from_head.take_while(|line| *line != "}").map(|line| line.trim().to_owned()).collect()
}

/// OpenAPI 3.1.1, "Discriminator Object": the name of a schema is a value, unless a mapping is present for that value.
#[test]
fn a_mapped_schema_keeps_its_name_as_a_value() {
    let with = |mapping: &str| {
        let schemas = format!(
            "
        Root: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/a.Dog'}}], discriminator: {{propertyName: kind, mapping: {mapping}}}}}
        Cat: {{type: object, required: [kind], properties: {{kind: {{type: string}}, meow: {{type: boolean}}}}}}
        a.Dog: {{type: object, required: [kind], properties: {{kind: {{type: string}}, bark: {{type: boolean}}}}}}
    "
        );
        rows(&received(&schemas), "Root").split_off(1)
    };
    let both = [r#""cat" | "Cat" => Cat(Cat),"#, r#""a.Dog" => ADog(Dog),"#];
    assert_eq!(with("{cat: Cat}"), both);
    assert_eq!(with("{cat: '#/components/schemas/Cat'}"), both);
    assert_eq!(with("{dog: a.Dog}"), [r#""Cat" => Cat(Cat),"#, r#""dog" | "a.Dog" => Dog(Dog),"#]);
    // The mapping has the name of the other schema.
    assert_eq!(with("{Cat: a.Dog}"), ["=> Cat(Cat),", r#""Cat" | "a.Dog" => Cat2(Dog),"#]);
    // Each mapped value is a variant.
    let several = with("{cat: Cat, lynx: Cat}");
    assert_eq!(several[..2], [r#""cat" | "Cat" => Cat(Cat),"#, r#""lynx" => Lynx(Cat),"#]);
}

/// OpenAPI 3.2.0, "Discriminator Object", `defaultMapping`.
#[test]
fn the_default_mapping_has_all_other_values() {
    let models = models(&super::described(
        "3.2.0",
        super::Usage::Response,
        "
        Root: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Other'}], discriminator: {propertyName: kind, defaultMapping: Other}}
        Cat: {type: object, required: [kind], properties: {kind: {type: string, const: Cat}, meow: {type: boolean}}}
        Other: {type: object, properties: {kind: {type: string}, name: {type: string}}}
    ",
    ));
    assert_eq!(
        rows(&models, "Root"),
        [r#"Root by "kind" or 1,"#, r#""Cat" => Cat(Cat),"#, r#""Other" => Other(Other),"#]
    );
}

/// Where no schema allows the property, it is neither sent nor expected.
#[test]
fn a_discriminator_that_no_closed_schema_declares_decides_nothing() {
    let models = received("
        Stat:
          oneOf: [{$ref: '#/components/schemas/Simple'}, {$ref: '#/components/schemas/Ring'}]
          discriminator: {propertyName: object_type}
        Simple: {type: object, additionalProperties: false, properties: {name: {type: string}, value: {type: string}}}
        Ring: {type: object, additionalProperties: false, properties: {name: {type: string}, value: {type: array, items: {type: string}}}}
    ");
    assert_eq!(rows(&models, "Stat"), ["Stat,", "Simple(Simple),", "Ring(Ring),"]);
}

/// A nested union has the values of its branches, and of its own mapping.
#[test]
fn a_nested_union_is_selected_by_the_values_of_its_schemas() {
    let models = received("
        Root: {oneOf: [{$ref: '#/components/schemas/Dogs'}, {$ref: '#/components/schemas/Fish'}, {$ref: '#/components/schemas/Alias'}], discriminator: {propertyName: kind}}
        Alias: {$ref: '#/components/schemas/Cat'}
        Cat: {type: object, properties: {kind: {type: string}}}
        Dogs: {oneOf: [{$ref: '#/components/schemas/Poodle'}, {$ref: '#/components/schemas/Boxer'}], discriminator: {propertyName: kind, mapping: {poodle: Poodle}}}
        Poodle: {type: object, properties: {kind: {type: string}, curls: {type: integer}}}
        Boxer: {type: object, properties: {kind: {type: string}, rounds: {type: integer}}}
        Fish: {anyOf: [{$ref: '#/components/schemas/Carp'}, {$ref: '#/components/schemas/Pike'}]}
        Carp: {type: object, properties: {kind: {const: carp}, mud: {type: integer}}}
        Pike: {type: object, properties: {kind: {const: pike}, teeth: {type: integer}}}
    ");
    assert_eq!(
        rows(&models, "Root"),
        [
            r#"Root by "kind","#,
            r#""poodle" | "Poodle" | "Boxer" => Dogs(Dogs),"#,
            r#""carp" | "pike" => Fish(Fish),"#,
            r#""Cat" => Cat(Alias),"#
        ]
    );
}

/// A base that lists the values of all its subtypes distinguishes none of them.
#[test]
fn values_that_several_schemas_share_are_no_tags() {
    let models = received("
        Root: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}
        Base: {type: object, properties: {kind: {type: string, enum: [Cat, Dog]}}}
        Cat: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {meow: {type: boolean}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {bark: {type: boolean}}}]}
    ");
    assert_eq!(
        rows(&models, "Root"),
        [r#"Root by "kind","#, r#""Cat" => Cat(Cat),"#, r#""Dog" => Dog(Dog),"#]
    );
}

/// OpenAPI 3.1.1, "Discriminator Object", the form with `allOf`.
#[test]
fn a_parent_with_a_discriminator_is_a_union_of_those_that_build_on_it() {
    let models = exchanged("
        Root: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        Pet: {type: object, required: [petType], properties: {petType: {type: string}, friend: {$ref: '#/components/schemas/Pet'}}, discriminator: {propertyName: petType, mapping: {dog: Dog}}}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {huntingSkill: {type: string}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {packSize: {type: integer}}}]}
        Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {type: object, properties: {age: {type: integer}}}]}
        Hamster: {allOf: [{$ref: '#/components/schemas/Pet'}]}
    ");
    assert_eq!(
        rows(&models, "Pet"),
        [
            r#"Pet by "petType" or 4,"#,
            r#""Cat" => Cat(Box<Cat>) from Cat,"#,
            r#""dog" | "Dog" => Dog(Box<DogBase>) from DogBase,"#,
            r#""Hamster" => Hamster(Box<Hamster>) from Hamster,"#,
            r#""Puppy" => Puppy(Box<Puppy>) from Puppy,"#,
            "=> Base(Box<PetBase>) from PetBase,"
        ]
    );
    assert_eq!(
        rows(&models, "Dog"),
        [
            r#"Dog by "petType" or 1,"#,
            r#""Puppy" => Puppy(Puppy) from Puppy,"#,
            "=> Base(DogBase) from DogBase,"
        ]
    );
    assert!(models.contains("pub type Root = Vec<Pet>;"), "{models}");
    assert!(
        models.contains("pub struct PetBase {\n    pub pet_type: String,\n    pub friend: Option<Box<Pet>>,")
    );
    assert!(models.contains("pub struct Hamster {\n    pub pet_type: String,"));
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
            "Outer,",
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

/// A constant that several schemas have distinguishes none of them: it is neither a tag, nor replaced by a name.
#[test]
fn a_constant_of_several_schemas_leaves_the_choice_to_the_shape() {
    let models = received("
        Root: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}
        Cat: {type: object, properties: {kind: {const: pet}, meow: {type: boolean}}}
        Dog: {type: object, properties: {kind: {const: pet}, bark: {type: boolean}}}
    ");
    assert_eq!(rows(&models, "Root"), ["Root,", "Cat(Cat),", "Dog(Dog),"]);
}

/// The discriminator of a parent is that of its subtypes as well.
#[test]
fn a_subtype_with_subtypes_is_a_union_too() {
    let models = received("
        Pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        Animal: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {stone: Stone, animal: Animal}}}
        Pet: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {name: {type: string}}}]}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {kind: {const: cat}, meow: {type: boolean}}}]}
        Stone: {type: object, properties: {kind: {type: string}, weight: {type: number}}}
        One: {allOf: [{$ref: '#/components/schemas/Pet'}], description: One of them.}
        Holder: {type: object, properties: {pet: {description: Mine., allOf: [{$ref: '#/components/schemas/Pet'}]}}}
    ");
    assert_eq!(
        rows(&models, "Animal"),
        [
            r#"Animal by "kind" or 4,"#,
            r#""Pet" => Pet(PetBase),"#,
            r#""cat" => Cat(Cat),"#,
            r#""One" => One(One),"#,
            r#""stone" | "Stone" => Stone(Stone),"#,
            "=> Base(AnimalBase),"
        ]
    );
    assert_eq!(
        rows(&models, "Pet"),
        [r#"Pet by "kind" or 2,"#, r#""cat" => Cat(Cat),"#, r#""One" => One(One),"#, "=> Base(PetBase),"]
    );
    assert!(models.contains("pub pet: Option<Pet>,"), "{models}");
}
