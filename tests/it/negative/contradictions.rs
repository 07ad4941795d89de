//! Schemas of one value that exclude each other: a warning with both locations.

use super::{HEAD, dedented};

/// Returns the pointers and messages of the warnings on component schemas.
pub(super) fn warnings(head: &str, schemas: &str) -> Vec<String> {
    let schemas: String = dedented(schemas).lines().map(|line| format!("    {line}\n")).collect();
    let description = format!("{head}paths: {{}}\ncomponents:\n  schemas:\n{schemas}");
    let output = codegen::generate(&codegen::Source::new("api.yaml", description), &[]).unwrap();
    output.warnings.iter().map(|warning| format!("{}: {}", warning.pointer, warning.message)).collect()
}

/// Checks the only warning on a schema named `A`: the pointer below it, and the message.
#[track_caller]
pub(super) fn check(schema: &str, expected: Option<(&str, &str)>) {
    let at = "#/components/schemas/A";
    let expected = expected.map(|(pointer, message)| format!("{at}{pointer}: {}", message.replace('^', at)));
    let found = warnings(HEAD, &format!("A: {schema}\nMin: {{type: integer, minimum: 10}}\n"));
    assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{schema}");
}

#[test]
fn bounds_of_members_that_exclude_each_other_are_a_warning() {
    for (schema, pointer, message) in [
        (
            "{allOf: [{type: integer, minimum: 10}, {maximum: 5}]}",
            "/allOf/1/maximum",
            "`maximum` is 5 here, and `minimum` is 10 at ^/allOf/0",
        ),
        (
            "{allOf: [{type: number, maximum: 5}, {minimum: 5.5}]}",
            "/allOf/1/minimum",
            "`minimum` is 5.5 here, and `maximum` is 5 at ^/allOf/0",
        ),
        (
            "{allOf: [{type: number, exclusiveMinimum: 5}, {maximum: 5}]}",
            "/allOf/1/maximum",
            "`maximum` is 5 here, and `exclusiveMinimum` is 5 at ^/allOf/0",
        ),
        (
            "{type: string, minLength: 3, allOf: [{maxLength: 2}]}",
            "/minLength",
            "`minLength` is 3 here, and `maxLength` is 2 at ^/allOf/0",
        ),
        (
            "{allOf: [{type: array, items: {type: string}, minItems: 3}, {maxItems: 2}]}",
            "/allOf/1/maxItems",
            "`maxItems` is 2 here, and `minItems` is 3 at ^/allOf/0",
        ),
        (
            "{allOf: [{type: object, minProperties: 3}, {maxProperties: 2}]}",
            "/allOf/1/maxProperties",
            "`maxProperties` is 2 here, and `minProperties` is 3 at ^/allOf/0",
        ),
        (
            "{$ref: '#/components/schemas/Min', maximum: 5}",
            "/maximum",
            "`maximum` is 5 here, and `minimum` is 10 at #/components/schemas/Min",
        ),
        (
            "{allOf: [{allOf: [{$ref: '#/components/schemas/Min'}]}, {maximum: 9}]}",
            "/allOf/1/maximum",
            "`maximum` is 9 here, and `minimum` is 10 at #/components/schemas/Min",
        ),
        (
            "{type: number, exclusiveMinimum: 1, exclusiveMaximum: 1}",
            "/exclusiveMinimum",
            "`exclusiveMinimum` is 1, and `exclusiveMaximum` is 1",
        ),
    ] {
        check(schema, Some((pointer, &format!("no value is valid: {message}"))));
    }
    for schema in [
        "{allOf: [{type: integer, minimum: 5}, {maximum: 5}]}",
        "{allOf: [{type: number, exclusiveMinimum: 5}, {maximum: 5.1}]}",
        "{anyOf: [{type: integer, minimum: 10}, {type: integer, maximum: 5}]}",
        "{$ref: '#/components/schemas/Min', maximum: 10}",
    ] {
        check(schema, None);
    }
}

#[test]
fn schemas_of_one_property_or_item_are_compared_too() {
    for (schema, pointer, message) in [
        (
            "{allOf: [{type: object, properties: {a: {type: integer, minimum: 3}}}, {properties: {a: {maximum: 2}}}]}",
            "/allOf/1/properties/a/maximum",
            "`maximum` is 2 here, and `minimum` is 3 at ^/allOf/0/properties/a",
        ),
        (
            "{allOf: [{type: array, items: {type: string, format: date}}, {type: array, items: {type: string, format: uuid}}]}",
            "/allOf/1/items/format",
            "the format is uuid here, and date at ^/allOf/0/items",
        ),
        (
            "{allOf: [{type: object, properties: {a: {type: object, properties: {b: {type: integer, maximum: 2}}}}}, {properties: {a: {properties: {b: {$ref: '#/components/schemas/Min'}}}}}]}",
            "",
            "",
        ),
    ] {
        if pointer.is_empty() {
            let found = warnings(HEAD, &format!("A: {schema}\nMin: {{type: integer, minimum: 10}}\n"));
            let at = "#/components/schemas";
            let expected = format!(
                "{at}/A/allOf/1/properties/a/properties/b/$ref: no value is valid: `minimum` is 10 at {at}/Min, and `maximum` is 2 at {at}/A/allOf/0/properties/a/properties/b"
            );
            assert_eq!(found, [expected]);
        } else {
            check(schema, Some((pointer, &format!("no value is valid: {message}"))));
        }
    }
    // A recursive schema is compared once.
    check(
        "{allOf: [{type: object, properties: {a: {$ref: '#/components/schemas/A'}, n: {type: integer, minimum: 1}}}, {properties: {a: {$ref: '#/components/schemas/A'}, n: {maximum: 2}}}]}",
        None,
    );
}

#[test]
fn a_flag_of_3_0_excludes_the_bound() {
    let head = HEAD.replace("3.1.0", "3.0.3");
    assert_eq!(
        warnings(
            &head,
            "A: {allOf: [{type: integer, minimum: 5, exclusiveMinimum: true}, {type: integer, maximum: 5}]}\n"
        ),
        [
            "#/components/schemas/A/allOf/1/maximum: no value is valid: `maximum` is 5 here, and `minimum` is 5 (exclusive) at #/components/schemas/A/allOf/0"
        ]
    );
    assert_eq!(
        warnings(
            &head,
            "A: {allOf: [{type: integer, minimum: 5, exclusiveMinimum: false}, {type: integer, maximum: 5}]}\n"
        ),
        [""; 0]
    );
}

#[test]
fn a_component_is_reported_once_for_all_its_uses() {
    assert_eq!(
        warnings(
            HEAD,
            "
            A: {allOf: [{$ref: '#/components/schemas/C'}, {description: A.}]}
            B: {allOf: [{$ref: '#/components/schemas/C'}, {description: B.}]}
            C: {type: integer, minimum: 3, maximum: 2}
        "
        ),
        ["#/components/schemas/C/minimum: no value is valid: `minimum` is 3, and `maximum` is 2"]
    );
}

#[test]
fn null_may_be_the_only_valid_value() {
    let message = "no value but null is valid: `minimum` is 3, and `maximum` is 2";
    check("{type: [integer, 'null'], minimum: 3, maximum: 2}", Some(("/minimum", message)));
}

#[test]
fn formats_that_no_string_has_both_of_are_a_warning() {
    let message = "no value is valid: the format is uuid here, and date at ^/allOf/0";
    check(
        "{allOf: [{type: string, format: date}, {type: string, format: uuid}]}",
        Some(("/allOf/1/format", message)),
    );
    let message = "no value is valid: the format is date here, and date-time at ^/allOf/0";
    check("{allOf: [{type: string, format: date-time}, {format: date}]}", Some(("/allOf/1/format", message)));
    for schema in [
        "{allOf: [{type: string, format: uuid}, {format: uuid}]}",
        "{allOf: [{type: integer, format: int64}, {format: int32}]}",
        "{allOf: [{type: string, format: uri}, {format: uri-reference}]}",
        "{allOf: [{type: string, format: slug}, {format: uuid}]}",
    ] {
        check(schema, None);
    }
}

#[test]
fn listed_values_that_another_keyword_excludes_are_a_warning() {
    for (schema, pointer, message) in [
        (
            "{allOf: [{const: 1}, {type: string}]}",
            "/allOf/0/const",
            "the type is string at ^/allOf/1, which excludes the value of `const` here",
        ),
        (
            "{allOf: [{enum: [a, b]}, {type: [integer, boolean]}]}",
            "/allOf/0/enum",
            "the type is integer or boolean at ^/allOf/1, which excludes all values of `enum` here",
        ),
        (
            "{allOf: [{const: 1}, {minimum: 5}]}",
            "/allOf/0/const",
            "`minimum` is 5 at ^/allOf/1, which excludes the value of `const` here",
        ),
        (
            "{type: integer, enum: [1, 2], minimum: 5}",
            "/enum",
            "`minimum` is 5, which excludes all values of `enum` here",
        ),
        (
            "{allOf: [{enum: [abc, abcd]}, {type: string, maxLength: 2}]}",
            "/allOf/0/enum",
            "`maxLength` is 2 at ^/allOf/1, which excludes all values of `enum` here",
        ),
        ("{type: integer, const: 1, enum: [2, 3]}", "/const", "`const` is 1, which `enum` doesn't list"),
    ] {
        check(schema, Some((pointer, &format!("no value is valid: {message}"))));
    }
    for schema in [
        "{allOf: [{enum: [1, 10]}, {minimum: 5}]}",
        "{allOf: [{const: 1.0}, {type: integer}]}",
        "{allOf: [{enum: [a, 1]}, {type: string}]}",
        "{allOf: [{const: null}, {type: ['null', string]}]}",
        "{type: integer, const: 1, enum: [1.0, 3]}",
    ] {
        check(schema, None);
    }
}

#[test]
fn a_required_property_without_a_valid_value_is_a_warning() {
    let one = "no value is valid: `x` is required, and its schema allows no value";
    check(
        "{type: object, required: [x], properties: {x: false, y: {type: string}}}",
        Some(("/properties/x", one)),
    );
    check(
        "{type: object, required: [x], properties: {x: {not: {}}, y: {type: string}}}",
        Some(("/properties/x", one)),
    );
    let other = "no value is valid: the schema of `x` allows no value here, and `x` is required at ^/allOf/0";
    check(
        "{allOf: [{type: object, required: [x], properties: {x: {type: string}}}, {properties: {x: false}}]}",
        Some(("/allOf/1/properties/x", other)),
    );
    check("{type: object, properties: {x: false, y: {type: string}}}", None);
}

/// JSON Schema Validation 6.1.1: a value has one of the types. Each schema of `allOf`, and the target of `$ref`, applies.
#[test]
fn types_that_no_value_has_all_of_are_a_warning() {
    let components = "
        Str: {type: string}
        Int: {type: integer}
        Obj: {type: object, properties: {a: {type: string}}}
        Arr: {type: array, items: {type: string}}
        Enum: {type: string, enum: [a, b]}
        Other: {type: string, enum: [c, d]}
        Both: {allOf: [{type: string}, {type: string}]}
    ";
    let at = "#/components/schemas";
    for (schema, pointer, message) in [
        (
            "{allOf: [{$ref: '^Str'}, {$ref: '^Int'}]}",
            "/allOf/1/$ref",
            "the type is integer at ^Int, and string at ^Str",
        ),
        (
            "{allOf: [{$ref: '^Str'}, {$ref: '^Obj'}]}",
            "/allOf/1/$ref",
            "the type is object at ^Obj, and string at ^Str",
        ),
        (
            "{allOf: [{$ref: '^Obj'}, {type: string}]}",
            "/allOf/1/type",
            "the type is string here, and object at ^Obj",
        ),
        ("{$ref: '^Obj', type: string}", "/type", "the type is string here, and object at ^Obj"),
        (
            "{allOf: [{$ref: '^Obj'}, {$ref: '^Enum'}]}",
            "/allOf/1/$ref",
            "the type is string at ^Enum, and object at ^Obj",
        ),
        (
            "{allOf: [{$ref: '^Obj'}, {$ref: '^Arr'}]}",
            "/allOf/1/$ref",
            "the type is array at ^Arr, and object at ^Obj",
        ),
        (
            "{allOf: [{type: string}, {type: 'null'}]}",
            "/allOf/1/type",
            "the type is null here, and string at ^A/allOf/0",
        ),
        (
            "{allOf: [{type: object, properties: {x: {type: string}}}, {type: 'null'}]}",
            "/allOf/1/type",
            "the type is null here, and object at ^A/allOf/0",
        ),
        (
            "{allOf: [{properties: {x: {type: string}}}, {properties: {x: {type: 'null'}}}]}",
            "/allOf/1/properties/x/type",
            "the type is null here, and string at ^A/allOf/0/properties/x",
        ),
        ("{type: string, oneOf: [{$ref: '^Int'}]}", "/type", "the type is string here, and integer at ^Int"),
        (
            "{allOf: [{$ref: '^Enum'}, {$ref: '^Other'}]}",
            "/allOf/1/$ref",
            "the values at ^Other and those at ^Enum have none in common",
        ),
        (
            "{allOf: [{enum: [1, 2]}, {const: 3}]}",
            "/allOf/1/const",
            "the values here and those at ^A/allOf/0 have none in common",
        ),
    ] {
        let schema = schema.replace('^', &format!("{at}/"));
        let found = warnings(HEAD, &format!("{}A: {schema}\n", dedented(components)));
        let message = message.replace('^', &format!("{at}/"));
        assert_eq!(found, [format!("{at}/A{pointer}: no value is valid: {message}")], "{schema}");
    }
    for schema in [
        "{allOf: [{type: number}, {type: integer}]}",
        "{allOf: [{type: [string, integer]}, {type: [integer, boolean]}]}",
        "{allOf: [{type: [string, 'null']}, {type: 'null'}]}",
        "{allOf: [{$ref: '#/components/schemas/Enum'}, {enum: [b]}]}",
        "{allOf: [{$ref: '#/components/schemas/Both'}, {$ref: '#/components/schemas/Str'}]}",
        "{oneOf: [{$ref: '#/components/schemas/Str'}, {$ref: '#/components/schemas/Obj'}]}",
    ] {
        let found = warnings(HEAD, &format!("{}A: {schema}\n", dedented(components)));
        assert_eq!(found, [""; 0], "{schema}");
    }
}

#[test]
fn null_may_be_the_only_type_that_schemas_have_in_common() {
    let message =
        "no value but null is valid: the type is integer or null here, and string or null at ^/allOf/0";
    check("{allOf: [{type: [string, 'null']}, {type: [integer, 'null']}]}", Some(("/allOf/1/type", message)));
}

#[test]
fn schemas_that_a_component_contradicts_itself_by_are_reported_there_alone() {
    let found = warnings(
        HEAD,
        "
        A: {allOf: [{$ref: '#/components/schemas/C'}, {description: A.}]}
        B: {properties: {c: {allOf: [{$ref: '#/components/schemas/C'}, {title: B}]}}}
        C: {allOf: [{type: string}, {type: boolean}]}
    ",
    );
    let at = "#/components/schemas/C/allOf";
    assert_eq!(
        found,
        [format!("{at}/1/type: no value is valid: the type is boolean here, and string at {at}/0")]
    );
}

/// JSON Schema Core 10.3.2.3: `additionalProperties` applies to the properties that the same schema doesn't declare.
#[test]
fn additional_properties_of_one_schema_apply_to_properties_of_another() {
    for (schema, expected) in [
        (
            "{allOf: [{required: [b], properties: {b: {type: string}}}, {additionalProperties: false, properties: {a: {type: string}}}]}",
            Some((
                "/allOf/1/additionalProperties",
                "no value is valid: `additionalProperties` is false here, and `b`, which isn't declared here, is required at ^/allOf/0",
            )),
        ),
        (
            "{allOf: [{additionalProperties: {type: string}}, {properties: {b: {type: integer}}, required: [b]}]}",
            Some((
                "/allOf/0/additionalProperties/type",
                "no value is valid: the type is string here, and integer at ^/allOf/1/properties/b",
            )),
        ),
        ("{additionalProperties: {type: string}, properties: {b: {type: integer}}}", None),
        (
            "{allOf: [{properties: {b: {type: string}}}, {additionalProperties: false, properties: {a: {type: string}}}]}",
            None,
        ),
        (
            "{allOf: [{required: [b], properties: {b: {type: string}}}, {additionalProperties: false, patternProperties: {'^b': {}}}]}",
            None,
        ),
    ] {
        check(schema, expected);
    }
}

/// JSON Schema Core 10.3.1.2: `items` applies to the items after those of `prefixItems`.
#[test]
fn a_minimum_of_items_that_a_schema_excludes_is_a_warning() {
    let message = "no value is valid: `items` allows no item here, and `minItems` is 1";
    check("{type: array, items: false, minItems: 1}", Some(("/items", message)));
    let message = "no value is valid: `items` allows no item here, and `minItems` is 2 at ^/allOf/1";
    check(
        "{allOf: [{type: array, prefixItems: [{type: string}], items: false}, {minItems: 2}]}",
        Some(("/allOf/0/items", message)),
    );
    check("{type: array, prefixItems: [{type: string}], items: false, minItems: 1}", None);
    check("{type: array, items: false}", None);
}

/// JSON Schema Core 10.3.1.1, 10.3.1.2: a schema of `prefixItems` applies to the item at its index, `items` to those after.
#[test]
fn items_at_one_index_are_compared() {
    check(
        "{type: array, allOf: [{prefixItems: [{}, {type: integer}]}, {prefixItems: [{}, {type: string}]}]}",
        Some((
            "/allOf/1/prefixItems/1/type",
            "no value is valid: the type is string here, and integer at ^/allOf/0/prefixItems/1",
        )),
    );
    check(
        "{type: array, allOf: [{items: {type: integer}}, {prefixItems: [{type: string}]}]}",
        Some((
            "/allOf/0/items/type",
            "no value is valid: the type is integer here, and string at ^/allOf/1/prefixItems/0",
        )),
    );
    check(
        "{type: array, allOf: [{prefixItems: [{type: string}], items: {type: integer}}, {prefixItems: [{type: string}]}]}",
        None,
    );
}

/// What is reported of a node that is read at another pointer has the pointer that it is written at.
#[test]
fn pointers_are_those_of_the_document_as_it_is_written() {
    let mut options = codegen::Options::default();
    options.mode = codegen::Mode::Lenient;
    let output = codegen::generate_with(
        &codegen::Source::new(
            "api.yaml",
            format!(
                "{HEAD}{}",
                dedented(
                    "
                    paths:
                      /t/{+path}{?x}:
                        get:
                          operationId: get_t
                          parameters:
                            - {name: path, in: path, required: true, schema: {type: string, minLength: 3, maxLength: 2}}
                          responses:
                            '200':
                              description: Fine.
                              content: {application/json: {schema: {$ref: '#/components/schemas/S/properties/id'}}}
                    components:
                      schemas:
                        S:
                          type: object
                          properties:
                            id: {type: object, properties: {n: {type: integer, minimum: 3, maximum: 2}}}
                    "
                )
            ),
        ),
        &[],
        &options,
    )
    .unwrap();
    let pointers: Vec<_> = output.warnings.iter().map(|warning| warning.pointer.to_string()).collect();
    assert_eq!(
        pointers,
        [
            "#/paths/~1t~1{+path}{?x}",
            "#/paths/~1t~1{+path}{?x}/get/parameters/0/schema/minLength",
            "#/components/schemas/S/properties/id/properties/n/minimum",
        ]
    );
    let code: String = output.files.iter().map(|file| file.text.as_str()).collect();
    for source in ["#/paths/~1t~1{+path}{?x}/get", "#/components/schemas/S/properties/id"] {
        assert!(code.contains(&format!("Source: `{source}`")), "{source}");
    }
}
