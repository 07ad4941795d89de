//! Unions whose variants a property distinguishes.

use super::{exchanged, models, received};

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

    #[derive(Clone)]
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

    #[derive(Clone)]
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

/// Returns the rows of the macro that a union is defined by, without indentation.
pub(super) fn rows(models: &str, union: &str) -> Vec<String> {
    let is_head = |line: &str| {
        let line = line.trim();
        line == format!("{union},")
            || [" by ", " from "].iter().any(|next| line.starts_with(&format!("{union}{next}")))
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

/// JSON Schema Validation 6.1.3: a value of another type is no constant of a branch.
#[test]
fn constants_of_a_property_select_the_branch() {
    let models = received("
        Flags: {oneOf: [{type: object, properties: {ok: {const: true}, a: {type: string}}}, {type: object, properties: {ok: {const: false}, b: {type: string}}}], discriminator: {propertyName: ok}}
        Implied: {oneOf: [{type: object, required: [kind], properties: {kind: {const: a}, x: {type: integer}}}, {$ref: '#/components/schemas/Sub'}]}
        Sub: {allOf: [{$ref: '#/components/schemas/Named'}, {type: object, properties: {kind: {const: b}, x: {type: string}}}]}
        Named: {type: object, properties: {name: {type: string}}}
        Inherited: {oneOf: [{$ref: '#/components/schemas/Sub'}, {type: object, properties: {kind: {const: c}}}]}
        Numbers: {oneOf: [{type: object, properties: {kind: {const: '1'}}}, {type: object, properties: {kind: {const: '2'}}}]}
        Same: {oneOf: [{type: object, properties: {kind: {const: a}, x: {type: integer}}}, {type: object, properties: {kind: {const: a}, y: {type: integer}}}]}
        Nested: {oneOf: [{$ref: '#/components/schemas/Implied'}, {type: object, properties: {kind: {const: c}}}]}
    ");
    assert_eq!(
        rows(&models, "Flags"),
        [r#"Flags by "ok","#, r#""true" => True(FlagsTrue),"#, r#""false" => False(FlagsFalse),"#]
    );
    assert_eq!(
        rows(&models, "Implied"),
        [r#"Implied by "kind","#, r#""a" => A(ImpliedA),"#, r#""b" => Sub(Sub),"#]
    );
    assert_eq!(
        rows(&models, "Inherited"),
        [r#"Inherited by "kind","#, r#""b" => Sub(Sub),"#, r#""c" => C(InheritedC),"#]
    );
    assert_eq!(rows(&models, "Numbers")[0], "Numbers,");
    assert_eq!(rows(&models, "Same")[0], "Same,");
    assert_eq!(rows(&models, "Nested")[0], "Nested,");
}
