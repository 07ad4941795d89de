//! What converts into a union, and what its variants are called.

use super::discriminators::rows;
use super::{assert_has, received, sent};

#[test]
fn an_integer_converts_into_an_exact_number() {
    let models = sent("Amount: {oneOf: [{type: number, x-exact-number: true}, {type: boolean}]}");
    assert_eq!(
        rows(&models, "Amount"),
        ["Amount,", "Number(Number) from Number | i64,", "Bool(bool) from bool,"]
    );
}

/// Two enums may both list a string, which then is read as the first that fits. An object is no such value.
#[test]
fn a_type_of_several_variants_converts_into_none() {
    let models = sent(
        "
        Both: {oneOf: [{$ref: '#/components/schemas/First'}, {$ref: '#/components/schemas/Second'}]}
        First: {oneOf: [{$ref: '#/components/schemas/Model'}, {type: string}]}
        Second: {oneOf: [{$ref: '#/components/schemas/Model'}, {type: boolean}]}
        Model: {type: object, properties: {a: {type: string}}}
    ",
    );
    assert_eq!(
        rows(&models, "Both"),
        ["Both,", "First(First) from First | String | &str,", "Second(Second) from Second | bool,"]
    );
}

/// Otherwise the number of conversions would grow with the square of the number of unions.
#[test]
fn what_many_unions_contain_converts_only_into_the_inner_ones() {
    let inner = |number: usize| {
        format!(
            "        U{number}: {{oneOf: [{{type: object, title: M{number}, properties: {{f{number}: {{type: string}}}}}}, {{$ref: '#/components/schemas/U{}'}}]}}\n",
            number + 1
        )
    };
    let unions: String = (0..11).map(inner).collect();
    let models = sent(&format!("{unions}        U11: {{oneOf: [{{type: string}}, {{type: integer}}]}}\n"));
    let outer = rows(&models, "U0").join(" ");
    assert!(outer.contains("U8m8") && !outer.contains("U9m9"), "{outer}");
    let inner = rows(&models, "U4").join(" ");
    assert!(inner.contains("i64"), "{inner}");
}

/// The name of the union is removed only as a whole word, and only if something is left.
#[test]
fn a_variant_of_the_union_itself_or_of_a_similar_name_keeps_its_name() {
    let code = received(
        "
        Json: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Json'}}, {type: array, items: {type: string}}]}
        Node: {oneOf: [{type: string}, {allOf: [{$ref: '#/components/schemas/Node'}], description: Itself.}]}
        Book: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Booklet'}}, {type: array, items: {type: integer}}]}
        Booklet: {type: object, properties: {page: {type: integer}}}
    ",
    );
    assert_has(&code, &["JsonArray(Vec<Json>),", "Node(Box<Node>),", "BookletArray(Vec<Booklet>),"]);
}

#[test]
fn a_variant_is_named_after_a_title_that_all_its_branches_have() {
    let code = received("
        Same: {oneOf: [{type: string, title: Code, maxLength: 3}, {type: string, title: Code, minLength: 8}]}
        Different: {oneOf: [{type: string, title: Code, maxLength: 3}, {type: string, title: Name, minLength: 8}]}
    ");
    assert_has(&code, &["pub enum Same { Code(String),", "pub enum Different { String(String),"]);
}

/// The name of the union is left out only in names that were made of it.
#[test]
fn a_variant_keeps_the_name_of_its_component() {
    let code = received("
        Pet: {oneOf: [{$ref: '#/components/schemas/PetDog'}, {type: string}]}
        PetDog: {type: object, properties: {name: {type: string}}}
        Sign: {oneOf: [{$ref: '#/components/schemas/SignPlus'}, {$ref: '#/components/schemas/SignMinus'}], discriminator: {propertyName: kind, mapping: {'+': SignPlus, '-': SignMinus}}}
        SignPlus: {type: object, required: [kind], properties: {kind: {type: string}, p: {type: string}}}
        SignMinus: {type: object, required: [kind], properties: {kind: {type: string}, m: {type: string}}}
    ");
    assert_has(
        &code,
        &[
            "pub enum Pet { PetDog(PetDog), String(String), Unknown(Value), }",
            "pub enum Sign { SignPlus(SignPlus), SignMinus(SignMinus), Unknown(Value), }",
        ],
    );
}

#[test]
fn a_variant_of_a_plain_type_keeps_its_name() {
    let code = received("Num: {oneOf: [{type: number}, {type: boolean}]}");
    assert_has(&code, &["pub enum Num { Number(f64), Bool(bool), Unknown(Value), }"]);
}

#[test]
fn a_branch_with_several_values_is_named_after_its_kind() {
    let code = received("
        Mixed: {oneOf: [{type: integer, enum: [1, 2]}, {type: number, enum: [1.5, 2.5]}, {type: string, enum: [a, b]}, {enum: [true, x]}]}
    ");
    assert_has(
        &code,
        &["pub enum Mixed { Enum(MixedEnum), Enum2(MixedEnum2), Enum3(MixedEnum3), Enum4(MixedEnum4),"],
    );
}
