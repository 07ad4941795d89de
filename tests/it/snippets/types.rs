//! Types of single values, lists and maps.

use super::{answered, answered_in_3_0, exchanged, sent};

#[test]
fn numbers() {
    insta::assert_snapshot!(answered("
        Numbers:
          type: object
          properties:
            plain: {type: integer}
            long: {type: integer, format: int64}
            short: {type: integer, format: int32}
            float: {type: number}
            double: {type: number, format: double}
            exact: {type: [integer, number]}
            lenient: {type: [integer, string], x-read-as: integer}
            lenient_list: {type: array, items: {type: [integer, string], x-read-as: integer}}
            choice: {type: integer, enum: [1, 2]}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Numbers {
        pub plain: Option<i64>,
        pub long: Option<i64>,
        pub short: Option<i64>,
        pub float: Option<f64>,
        pub double: Option<f64>,
        pub exact: Option<Number>,
        pub lenient: Option<i64>,
        pub lenient_list: Option<Vec<i64>>,
        pub choice: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Numbers: open,
        0 "plain" => plain,
        1 "long" => long,
        2 "short" => short,
        3 "float" => float,
        4 "double" => double,
        5 "exact" => exact,
        6 "lenient" => lenient: LENIENT,
        7 "lenient_list" => lenient_list: LENIENT,
        8 "choice" => choice,
    }
    "#);
}

#[test]
fn instants() {
    insta::assert_snapshot!(answered("
        Instants:
          type: object
          properties:
            text: {type: string, format: date-time}
            seconds: {type: integer, format: unix-time}
            micros: {type: [integer, 'null'], format: unix-time-micros}
            day: {type: string, format: date}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Instants {
        pub text: Option<Timestamp>,
        pub seconds: Option<UnixSeconds>,
        pub micros: Option<UnixMicros>,
        pub day: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Instants: open,
        0 "text" => text,
        1 "seconds" => seconds,
        2 "micros" => micros,
        3 "day" => day,
    }
    "#);
}

#[test]
fn collections() {
    insta::assert_snapshot!(answered("
        Collections:
          type: object
          properties:
            any: {}
            anything: true
            list: {type: array, items: {type: string}}
            list_of_anything: {type: array}
            matrix: {type: array, items: {type: array, items: {type: number}}}
            tuple: {type: array, prefixItems: [{type: string}, {type: integer}]}
            free: {type: object}
            free_too: {type: object, additionalProperties: true}
            map: {type: object, additionalProperties: {type: integer}}
            map_of_lists: {additionalProperties: {type: array, items: {type: boolean}}}
            records: {type: object, additionalProperties: {type: object, properties: {id: {type: integer}}}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Collections {
        pub any: Option<Value>,
        pub anything: Option<Value>,
        pub list: Option<Vec<String>>,
        pub list_of_anything: Option<Vec<Value>>,
        pub matrix: Option<Vec<Vec<f64>>>,
        pub tuple: Option<Vec<Value>>,
        pub free: Option<Map<String, Value>>,
        pub free_too: Option<Map<String, Value>>,
        pub map: Option<BTreeMap<String, i64>>,
        pub map_of_lists: Option<BTreeMap<String, Vec<bool>>>,
        pub records: Option<BTreeMap<String, CollectionsRecordsValue>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Collections: open,
        0 "any" => any,
        1 "anything" => anything,
        2 "list" => list,
        3 "list_of_anything" => list_of_anything,
        4 "matrix" => matrix,
        5 "tuple" => tuple,
        6 "free" => free,
        7 "free_too" => free_too,
        8 "map" => map,
        9 "map_of_lists" => map_of_lists,
        10 "records" => records,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct CollectionsRecordsValue {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        CollectionsRecordsValue: open,
        0 "id" => id,
    }
    "#);
}

#[test]
fn schemas_that_are_no_objects_get_aliases() {
    insta::assert_snapshot!(answered("
        Id: {type: integer}
        Ids: {type: array, items: {$ref: '#/components/schemas/Id'}}
        Other: {$ref: '#/components/schemas/Ids'}
        Described: {description: Ids of another kind., $ref: '#/components/schemas/Ids'}
        Anything: {}
    "), @"
    pub type Anything = Value;

    pub type Described = Ids;

    pub type Id = i64;

    pub type Ids = Vec<Id>;

    pub type Other = Ids;
    ");
}

/// The runtime has no model without fields, and none is needed.
#[test]
fn objects_without_properties_are_free() {
    insta::assert_snapshot!(sent("
        Empty: {type: object, properties: {}}
        Merged: {allOf: [{type: object}, {type: object}]}
    "), @"
    pub type Empty = Map<String, Value>;

    pub type Merged = Map<String, Value>;
    ");
}

#[test]
fn binary_and_other_formats_are_texts() {
    insta::assert_snapshot!(answered_in_3_0("
        Texts: {type: object, properties: {file: {type: string, format: binary}, mail: {type: string, format: email}}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Texts {
        pub file: Option<String>,
        pub mail: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Texts: open,
        0 "file" => file,
        1 "mail" => mail,
    }
    "#);
}

#[test]
fn a_type_that_is_a_field_of_itself() {
    insta::assert_snapshot!(answered("
        Comment:
          type: object
          required: [answers, source]
          properties:
            parent: {$ref: '#/components/schemas/Comment'}
            source: {$ref: '#/components/schemas/Comment'}
            answers: {type: array, items: {$ref: '#/components/schemas/Comment'}}
            by_author: {type: object, additionalProperties: {$ref: '#/components/schemas/Comment'}}
    "), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Comment {
        pub parent: Option<Box<Comment>>,
        pub source: Option<Box<Comment>>,
        pub answers: Vec<Comment>,
        pub by_author: Option<BTreeMap<String, Comment>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Comment: open,
        0 "parent" => parent,
        1 "source" => source: REQUIRED,
        2 "answers" => answers: REQUIRED,
        3 "by_author" => by_author,
    }
    "#);
}

#[test]
fn types_that_contain_each_other() {
    insta::assert_snapshot!(sent("
        Egg: {type: object, properties: {layer: {anyOf: [{$ref: '#/components/schemas/Hen'}, {type: 'null'}]}}}
        Hen: {type: object, properties: {shell: {$ref: '#/components/schemas/Egg'}}}
    "), @r#"
    #[derive(Clone, Default)]
    pub struct Egg {
        pub layer: Maybe<Box<Hen>>,
    }

    clientwright_runtime::model! {
        Egg: closed,
        0 "layer" => layer,
    }

    #[derive(Clone, Default)]
    pub struct Hen {
        pub shell: Option<Box<Egg>>,
    }

    clientwright_runtime::model! {
        Hen: closed,
        0 "shell" => shell,
    }
    "#);
}

#[test]
fn lists_and_maps_of_themselves() {
    insta::assert_snapshot!(answered("
        Nested: {type: array, items: {$ref: '#/components/schemas/Nested'}}
        Odd: {type: array, items: {$ref: '#/components/schemas/Even'}}
        Even: {type: object, additionalProperties: {$ref: '#/components/schemas/Odd'}}
    "), @"
    pub type Even = BTreeMap<String, Odd>;

    pub type Nested = Vec<Value>;

    pub type Odd = Vec<Value>;
    ");
}

#[test]
fn a_union_that_contains_itself() {
    insta::assert_snapshot!(answered("
        Filter:
          oneOf:
            - {type: string}
            - {type: array, items: {$ref: '#/components/schemas/Filter'}}
            - {$ref: '#/components/schemas/Not'}
        Not: {type: object, required: [not], properties: {not: {$ref: '#/components/schemas/Filter'}}}
    "), @r#"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Filter {
        String(String),
        Array(Vec<Filter>),
        Not(Box<Not>),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        Filter,
        String(String),
        Array(Vec<Filter>),
        Not(Box<Not>),
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Not {
        pub not: Option<Box<Filter>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Not: open,
        0 "not" => not: REQUIRED,
    }
    "#);
}

const PET: &str = "
    Pet:
      type: object
      required: [id, name, secret]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string}
        secret: {$ref: '#/components/schemas/Secret'}
    Secret: {type: string, writeOnly: true}
";

#[test]
fn callers_need_not_send_what_is_read_only() {
    insta::assert_snapshot!(sent(PET), @r#"
    #[derive(Clone, Default)]
    pub struct Pet {
        pub id: Option<i64>,
        pub name: String,
        pub secret: Secret,
    }

    clientwright_runtime::model! {
        Pet: closed,
        0 "id" => id,
        1 "name" => name: REQUIRED,
        2 "secret" => secret: REQUIRED,
    }

    pub type Secret = String;
    "#);
}

#[test]
fn the_server_need_not_send_what_is_write_only() {
    insta::assert_snapshot!(answered(PET), @r#"
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub name: String,
        pub secret: Option<Secret>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "id" => id: REQUIRED,
        1 "name" => name: REQUIRED,
        2 "secret" => secret,
    }

    pub type Secret = String;
    "#);
}

#[test]
fn what_goes_both_ways_demands_neither() {
    insta::assert_snapshot!(exchanged(PET), @r#"
    #[derive(Clone, Default)]
    pub struct Pet {
        pub id: Option<i64>,
        pub name: String,
        pub secret: Option<Secret>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open,
        0 "id" => id,
        1 "name" => name: REQUIRED,
        2 "secret" => secret,
    }

    pub type Secret = String;
    "#);
}
