//! Arrays whose first items have types of their own, and additional properties beside declared ones.

use super::{assert_has, exchanged, received, sent};

/// JSON Schema Core 10.3.1.1: `prefixItems` says nothing about the number of items, and `items` applies to all others.
#[test]
fn prefix_items_become_a_tuple() {
    let code = received("
        Root:
          type: object
          properties:
            point: {type: array, prefixItems: [{type: number}, {type: string}], items: false, minItems: 2}
            full: {type: array, prefixItems: [{type: number}, {type: string}], minItems: 2, maxItems: 2}
            open: {type: array, prefixItems: [{type: number}, {type: string}], minItems: 1}
            rest: {prefixItems: [{type: string}], items: {type: integer}, minItems: 1}
            nullable: {type: array, prefixItems: [{type: [string, 'null']}, {type: boolean}], items: false, minItems: 1}
            one: {type: array, prefixItems: [{type: boolean}], items: false, minItems: 1}
            same: {type: array, prefixItems: [{type: number}, {type: number}], items: {type: number}}
            parts: {type: array, prefixItems: [{type: object, properties: {a: {type: string}}}], items: false, minItems: 1}
            either: {type: [array, string], prefixItems: [{type: boolean}], items: false, minItems: 1}
    ");
    assert_has(
        &code,
        &[
            "pub point: Option<(f64, String)>,",
            "pub full: Option<(f64, String)>,",
            "pub open: Option<Tuple<(f64, Option<String>)>>,",
            "pub rest: Option<Tuple<(String,), i64>>,",
            "pub nullable: Option<(Maybe<String>, Option<bool>)>,",
            "pub one: Option<(bool,)>,",
            "pub same: Option<Vec<f64>>,",
            "pub parts: Option<(RootPartsItem1,)>,",
            "pub enum RootEither { Array((bool,)), String(String), Unknown(Value), }",
        ],
    );
}

#[test]
fn tuples_of_several_members_are_merged_by_position() {
    let code = received("
        L: {type: array, prefixItems: [{type: number}], items: {type: string}, minItems: 1}
        B: {allOf: [{$ref: '#/components/schemas/L'}], prefixItems: [{type: integer}, {maxLength: 3}], minItems: 2}
        Tree: {type: array, prefixItems: [{type: string}, {$ref: '#/components/schemas/Branch'}], items: false}
        Branch: {type: object, properties: {tree: {$ref: '#/components/schemas/Tree'}}}
        Self: {type: array, prefixItems: [{type: string}, {$ref: '#/components/schemas/Self'}], items: false}
    ");
    assert_has(
        &code,
        &[
            "pub type L = Tuple<(f64,), String>;",
            "pub type B = Tuple<(i64, String), String>;",
            "pub type Tree = (Option<String>, Option<Branch>);",
            "pub struct Branch { pub tree: Option<Box<Tree>>, pub extra: Extra, }",
            "pub type Self_ = (Option<String>, Option<Value>);",
        ],
    );
}

/// JSON Schema Core 10.3.2.3: `additionalProperties` applies to the properties that aren't declared.
#[test]
fn typed_additional_properties_beside_properties_become_a_map() {
    let schemas = "
        Root: {type: object, properties: {a: {type: integer}}, additionalProperties: {type: string}}
        Sub:
          allOf: [{$ref: '#/components/schemas/Root'}]
          properties: {additional: {type: boolean}}
        Parts: {type: object, required: [id], properties: {id: {type: integer}}, additionalProperties: {type: object, properties: {p: {type: string}}}}
        Later: {type: object, properties: {a: {type: integer}}, unevaluatedProperties: {type: number}}
        Pattern: {type: object, properties: {a: {type: integer}}, patternProperties: {'^x-': {type: boolean}}, additionalProperties: false}
    ";
    assert_has(
        &received(schemas),
        &[
            "pub struct Root { pub a: Option<i64>, pub additional: BTreeMap<String, String>, pub extra: Extra, }",
            "Root: open default, 0 \"a\" => a, * 2 => additional, }",
            "pub struct Sub { pub a: Option<i64>, pub additional: Option<bool>, \
             pub additional2: BTreeMap<String, String>, pub extra: Extra, }",
            "pub additional: BTreeMap<String, PartsValue>,",
            "pub struct Later { pub a: Option<i64>, pub additional: BTreeMap<String, f64>, pub extra: Extra, }",
            "pub struct Pattern { pub a: Option<i64>, pub additional: BTreeMap<String, bool>, pub extra: Extra, }",
        ],
    );
    assert_has(&exchanged(schemas), &["pub additional: BTreeMap<String, String>, pub extra: Extra, }"]);
    assert_has(&sent(schemas), &["Root: closed default, 0 \"a\" => a, * 2 => additional, }"]);
}

/// A required value that can't be null must be sent, also if the type that contains itself needs an `Option`.
#[test]
fn a_required_recursive_field_demands_a_value() {
    let schemas = "
        A: {type: object, required: [b], properties: {b: {$ref: '#/components/schemas/B'}}}
        B: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}
        C: {type: object, required: [c], properties: {c: {anyOf: [{$ref: '#/components/schemas/C'}, {type: 'null'}]}}}
    ";
    assert_has(
        &exchanged(schemas),
        &["A: open default, 0 \"b\" => b: REQUIRED VALUE, }", "0 \"c\" => c: REQUIRED, }"],
    );
}

#[test]
fn an_alias_that_leads_back_through_a_tuple_ends_in_any_value() {
    let code = received("
        Deep: {type: array, items: {type: array, prefixItems: [{type: string}, {$ref: '#/components/schemas/Deep'}]}}
        Loop: {type: array, prefixItems: [{type: string}, {$ref: '#/components/schemas/Other'}]}
        Other: {type: array, items: {$ref: '#/components/schemas/Loop'}}
        Tree: {type: object, required: [parts], properties: {parts: {type: array, minItems: 2, prefixItems: [{type: string}, {$ref: '#/components/schemas/Tree'}]}}}
    ");
    assert_has(
        &code,
        &[
            "pub type Deep = Vec<Tuple<(Option<String>, Option<Value>)>>;",
            "pub type Loop = Tuple<(Option<String>, Option<Value>)>;",
            "pub type Other = Vec<Loop>;",
            "pub struct Tree { pub parts: Tuple<(String, Box<Tree>)>, pub extra: Extra, }",
        ],
    );
}
