//! Schemas beside a reference: whether they say more than its component does.

use super::{assert_has, received, received_in_3_0};

const COMPONENTS: &str = "
        Base: {type: object, required: [id], properties: {id: {type: integer}, note: {type: string}}}
        Whole: {type: integer}
        Fraction: {type: number}
        Text: {type: string}
        Time: {type: string, format: date-time}
        Pair: {type: array, minItems: 2, maxItems: 2, prefixItems: [{type: string}, {type: integer}], items: false}
        Choice: {oneOf: [{$ref: '#/components/schemas/Base'}, {$ref: '#/components/schemas/Other'}]}
        Other: {type: object, required: [b], properties: {b: {type: string}}}
        First: {type: object, properties: {p: {type: object, properties: {x: {type: string}}}}}
        Second: {type: object, properties: {p: {type: object, properties: {y: {type: string}}}}}
        Empty: {type: object}
";

/// Returns the type of a property whose schema has these members.
fn type_of(members: &str) -> String {
    let code = received(&format!(
        "{COMPONENTS}        Holder: {{type: object, properties: {{p: {{allOf: [{members}]}}}}}}\n"
    ));
    let holder = code.split_once("pub struct Holder {").expect("a struct").1;
    let line = holder.lines().map(str::trim).find(|line| line.starts_with("pub p: ")).expect("a field");
    line.strip_prefix("pub p: Option<").and_then(|line| line.strip_suffix(">,")).unwrap_or(line).to_owned()
}

#[test]
fn a_component_that_says_everything_is_the_type_of_a_property() {
    for (members, expected) in [
        ("{$ref: '#/components/schemas/Base'}, {type: object}", "Base"),
        ("{$ref: '#/components/schemas/Base'}, {type: object, required: [id]}", "Base"),
        ("{$ref: '#/components/schemas/Base'}, {required: [note]}", "HolderP"),
        ("{$ref: '#/components/schemas/First'}, {$ref: '#/components/schemas/Second'}", "HolderP"),
        ("{$ref: '#/components/schemas/Whole'}, {type: number}", "Whole"),
        ("{$ref: '#/components/schemas/Fraction'}, {type: integer}", "i64"),
        ("{$ref: '#/components/schemas/Time'}, {type: string, format: date-time}", "Time"),
        ("{$ref: '#/components/schemas/Pair'}, {type: array}", "Pair"),
        ("{$ref: '#/components/schemas/Choice'}, {additionalProperties: true}", "Choice"),
        ("{$ref: '#/components/schemas/Empty'}, {type: object}", "Map<String, Value>"),
    ] {
        assert_eq!(type_of(members), expected, "{members}");
    }
}

/// Identifiers that are declared as `int32` can exceed 32 bits, so all integers have the same type.
#[test]
fn the_size_of_an_integer_makes_no_other_type() {
    for format in ["int32", "int64"] {
        let members = format!("{{$ref: '#/components/schemas/Whole'}}, {{type: integer, format: {format}}}");
        assert_eq!(type_of(&members), "Whole", "{format}");
    }
}

/// No value is valid, which is a warning. The last type counts, unless there are properties.
#[test]
fn of_types_that_exclude_each_other_the_last_one_counts() {
    for (members, expected) in [
        ("{$ref: '#/components/schemas/Whole'}, {type: string}", "String"),
        ("{$ref: '#/components/schemas/Text'}, {type: number}", "f64"),
        ("{type: object}, {type: string}", "String"),
        ("{type: array, items: {type: string}, properties: {a: {type: string}}}, {type: string}", "String"),
        ("{type: object, properties: {a: {type: string}}}, {type: string}", "HolderP"),
    ] {
        assert_eq!(type_of(members), expected, "{members}");
    }
}

/// An object that builds on another one is a type of its own, as in other languages, with its own docs.
#[test]
fn a_component_that_builds_on_another_one_is_a_struct() {
    let code = received(
        "
        Base: {type: object, required: [id], properties: {id: {type: integer}}}
        Beside: {type: object, required: [id], allOf: [{$ref: '#/components/schemas/Base'}]}
        Member: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, description: Its own docs.}]}
        Nested: {allOf: [{type: object, required: [id], allOf: [{$ref: '#/components/schemas/Base'}]}]}
        Untyped: {required: [id], allOf: [{$ref: '#/components/schemas/Base'}]}
        Limit: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [id]}]}
        Single: {oneOf: [{$ref: '#/components/schemas/Base'}], allOf: [{required: [id]}]}
        Only: {type: object, allOf: [{$ref: '#/components/schemas/Base'}]}
    ",
    );
    for name in ["Beside", "Member", "Nested"] {
        assert_has(&code, &[&format!("pub struct {name} {{ pub id: i64, pub extra: Extra, }}")]);
    }
    for name in ["Untyped", "Limit", "Single", "Only"] {
        assert_has(&code, &[&format!("pub type {name} = Base;")]);
    }
}

/// What is declared beside the branches applies to each of them, also if another branch says the same.
#[test]
fn a_branch_is_not_replaced_by_an_equal_one() {
    let code = received(
        "
        Either: {required: [kind], oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
        Cat: {type: object, properties: {kind: {type: string}}}
        Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
    ",
    );
    assert_has(&code, &["pub enum Either { Cat(EitherCat), Dog(Dog), Unknown(Value), }"]);
}

/// OpenAPI 3.0.3: `nullable` of a component holds only if what is beside the reference allows null, too.
#[test]
fn null_is_valid_if_all_members_allow_it() {
    let code = received_in_3_0(
        "
        Text: {type: string, nullable: true}
        Object: {type: object, nullable: true, properties: {b: {type: string}}}
        Members:
          type: object
          required: [strict, both, limited, parts]
          properties:
            strict: {allOf: [{$ref: '#/components/schemas/Text'}, {type: string}]}
            both: {allOf: [{$ref: '#/components/schemas/Text'}, {type: string, nullable: true}]}
            limited: {allOf: [{$ref: '#/components/schemas/Text'}, {maxLength: 4}]}
            parts: {allOf: [{properties: {a: {type: string}}}, {$ref: '#/components/schemas/Object'}]}
        Repeated:
          type: object
          required: [both, one]
          allOf:
            - properties:
                both: {type: object, nullable: true, properties: {c: {type: string}}}
                one: {type: object, nullable: true, properties: {e: {type: string}}}
            - properties:
                both: {type: object, nullable: true, properties: {d: {type: string}}}
                one: {type: object, properties: {f: {type: string}}}
        Branches:
          type: object
          allOf:
            - oneOf:
                - {required: [p], properties: {p: {type: string}}}
                - {required: [p], properties: {p: {type: string, nullable: true}}}
            - oneOf: [{properties: {q: {type: string}}}, {properties: {r: {type: string}}}]
    ",
    );
    assert_has(
        &code,
        &[
            "pub strict: Text, pub both: Option<Text>, pub limited: Option<Text>, pub parts: MembersParts,",
            "pub struct Repeated { pub both: Option<RepeatedBoth>, pub one: RepeatedOne, pub extra: Extra, }",
            "pub struct Branches { pub p: Option<String>,",
        ],
    );
}
