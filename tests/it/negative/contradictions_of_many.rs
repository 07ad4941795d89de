//! Contradictions among more than two schemas of one value: the narrowest two are named, and what can't contradict isn't.

use super::HEAD;
use super::contradictions::{check, warnings};

/// Checks the only contradiction in a schema: the pointer below it, and the message.
#[track_caller]
fn found(schema: &str, pointer: &str, message: &str) {
    check(schema, Some((pointer, &format!("no value is valid: {message}"))));
}

#[test]
fn the_greatest_minimum_and_the_least_maximum_are_compared() {
    for (minimums, expected) in [
        ("{minimum: 5}, {minimum: 10}", "`minimum` is 10 at ^/allOf/1"),
        ("{minimum: 10}, {minimum: 5}", "`minimum` is 10 at ^/allOf/0"),
        // The first of two equal ones, unless another one excludes its own value.
        ("{minimum: 10}, {minimum: 10}", "`minimum` is 10 at ^/allOf/0"),
        ("{minimum: 7}, {exclusiveMinimum: 7}", "`exclusiveMinimum` is 7 at ^/allOf/1"),
        ("{minimum: 10}, {exclusiveMinimum: 5}", "`minimum` is 10 at ^/allOf/0"),
    ] {
        let schema = format!("{{type: number, allOf: [{minimums}, {{maximum: 7}}]}}");
        found(&schema, "/allOf/2/maximum", &format!("`maximum` is 7 here, and {expected}"));
    }
    for (maximums, expected) in [
        ("{maximum: 10}, {maximum: 5}", "`maximum` is 5 at ^/allOf/1"),
        ("{maximum: 5}, {maximum: 10}", "`maximum` is 5 at ^/allOf/0"),
        ("{maximum: 5}, {maximum: 5}", "`maximum` is 5 at ^/allOf/0"),
        ("{maximum: 7}, {exclusiveMaximum: 7}", "`exclusiveMaximum` is 7 at ^/allOf/1"),
        ("{maximum: 5}, {exclusiveMaximum: 10}", "`maximum` is 5 at ^/allOf/0"),
    ] {
        let schema = format!("{{type: number, allOf: [{maximums}, {{minimum: 7}}]}}");
        found(&schema, "/allOf/2/minimum", &format!("`minimum` is 7 here, and {expected}"));
    }
}

#[test]
fn the_schema_with_the_fewest_types_is_named() {
    for (types, expected) in [
        ("{type: [string, integer]}, {type: string}", "string at ^/allOf/1"),
        ("{type: string}, {type: string}", "string at ^/allOf/0"),
        ("{type: string}, {type: [string, boolean]}", "string at ^/allOf/0"),
    ] {
        let message = format!("the type is integer here, and {expected}");
        found(&format!("{{allOf: [{types}, {{type: integer}}]}}"), "/allOf/2/type", &message);
    }
}

/// Each property has the schemas of the whole again: without a memory, their number would double at each level.
#[test]
fn schemas_that_contain_themselves_are_compared_once() {
    let own = |name: &str| {
        let part = format!("{{$ref: '#/components/schemas/{name}'}}");
        format!("{name}: {{type: object, properties: {{a: {part}, b: {part}}}}}\n")
    };
    let whole =
        "Whole: {allOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Other'}]}\n";
    assert_eq!(warnings(HEAD, &format!("{whole}{}{}", own("One"), own("Other"))), [""; 0]);
}

/// JSON Schema Validation 6.2 to 6.5 and 7.1: such a keyword applies to values of one type only.
#[test]
fn keywords_for_other_types_exclude_no_value() {
    for schema in [
        "{allOf: [{type: string, minimum: 10}, {maximum: 5}]}",
        "{allOf: [{type: string, required: [x]}, {properties: {x: false}}]}",
        "{allOf: [{type: integer, format: date}, {format: uuid}]}",
        "{type: [string, object], allOf: [{type: string}, {minItems: 3}, {maxItems: 2}]}",
    ] {
        let found = warnings(HEAD, &format!("A: {schema}\n"));
        assert!(!found.iter().any(|warning| warning.contains("valid:")), "{schema}: {found:?}");
    }
}

/// JSON Schema Core 10.3.2.3: `additionalProperties` applies to what neither `properties` nor `patternProperties` declares.
#[test]
fn additional_properties_do_not_apply_to_declared_ones() {
    for schema in [
        "{allOf: [{properties: {b: {type: string}}, additionalProperties: {type: integer}}, {properties: {b: {type: string}}}]}",
        "{allOf: [{patternProperties: {'^b': {type: integer}}, additionalProperties: {type: string}}, {properties: {b: {type: integer}}}]}",
        "{type: object, allOf: [{required: [a]}, {additionalProperties: false, properties: {a: {type: string}}}]}",
    ] {
        let found = warnings(HEAD, &format!("A: {schema}\n"));
        assert!(!found.iter().any(|warning| warning.contains("valid:")), "{schema}: {found:?}");
    }
}

#[test]
fn a_component_that_excludes_its_own_constant_is_reported_there_alone() {
    let schemas = "A: {allOf: [{$ref: '#/components/schemas/C'}, {description: A.}]}\nC: {allOf: [{const: 1}, {type: string}]}\n";
    let at = "#/components/schemas/C/allOf";
    let message = format!("the type is string at {at}/1, which excludes the value of `const` here");
    assert_eq!(warnings(HEAD, schemas), [format!("{at}/0/const: no value is valid: {message}")]);
}

#[test]
fn what_no_schema_excludes_is_no_contradiction() {
    for schema in [
        "{allOf: [{const: true}, {type: boolean}]}",
        "{type: object, required: [x], properties: {x: {not: {type: string}}}}",
    ] {
        check(schema, None);
    }
    let message = "`x` is required, and its schema allows no value";
    found("{type: object, required: [x], properties: {x: {not: true}}}", "/properties/x", message);
}

/// OpenAPI 3.0.4, 4.7.24: `nullable` adds null to the type.
#[test]
fn null_is_valid_where_3_0_allows_it() {
    let head = HEAD.replace("3.1.0", "3.0.3");
    for flag in ["nullable", "x-nullable"] {
        let schema = format!("A: {{type: integer, {flag}: true, minimum: 3, maximum: 2}}\n");
        let message = "no value but null is valid: `minimum` is 3, and `maximum` is 2";
        assert_eq!(warnings(&head, &schema), [format!("#/components/schemas/A/minimum: {message}")]);
    }
}
