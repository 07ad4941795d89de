//! Types of scalars, arrays and objects.

use super::{exchanged, received, received_in_3_0, sent};

#[test]
fn type_and_format_choose_the_number_type() {
    insta::assert_snapshot!(received("
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
    #[derive(Clone)]
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
        pub choice: Option<NumbersChoice>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Numbers: open default,
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

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum NumbersChoice {
        N1,
        N2,
        Unknown(UnknownValue<i64>),
    }

    clientwright_runtime::value_enum! {
        NumbersChoice: i64,
        1 => N1,
        2 => N2,
    }
    "#);
}

#[test]
fn date_and_time_formats_choose_the_timestamp_type() {
    insta::assert_snapshot!(received("
        Instants:
          type: object
          properties:
            text: {type: string, format: date-time}
            seconds: {type: integer, format: unix-time}
            micros: {type: [integer, 'null'], format: unix-time-micros}
            day: {type: string, format: date}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Instants {
        pub text: Option<Timestamp>,
        pub seconds: Option<UnixSeconds>,
        pub micros: Option<UnixMicros>,
        pub day: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Instants: open default,
        0 "text" => text,
        1 "seconds" => seconds,
        2 "micros" => micros,
        3 "day" => day,
    }
    "#);
}

#[test]
fn arrays_and_objects_become_collections() {
    insta::assert_snapshot!(received("
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
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Collections {
        pub any: Option<Value>,
        pub anything: Option<Value>,
        pub list: Option<Vec<String>>,
        pub list_of_anything: Option<Vec<Value>>,
        pub matrix: Option<Vec<Vec<f64>>>,
        pub tuple: Option<Tuple<(Option<String>, Option<i64>)>>,
        pub free: Option<Map<String, Value>>,
        pub free_too: Option<Map<String, Value>>,
        pub map: Option<BTreeMap<String, i64>>,
        pub map_of_lists: Option<BTreeMap<String, Vec<bool>>>,
        pub records: Option<BTreeMap<String, CollectionsRecordsValue>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Collections: open default,
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

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct CollectionsRecordsValue {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        CollectionsRecordsValue: open default,
        0 "id" => id,
    }
    "#);
}

#[test]
fn a_component_that_is_not_an_object_is_an_alias() {
    insta::assert_snapshot!(received("
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

/// The runtime has no models without fields.
#[test]
fn an_object_without_properties_is_a_map_of_any_values() {
    insta::assert_snapshot!(sent("
        Empty: {type: object, properties: {}}
        Merged: {allOf: [{type: object}, {type: object}]}
    "), @"
    pub type Empty = Map<String, Value>;

    pub type Merged = Map<String, Value>;
    ");
}

#[test]
fn other_string_formats_are_strings() {
    insta::assert_snapshot!(received_in_3_0("
        Texts: {type: object, properties: {file: {type: string, format: binary}, mail: {type: string, format: email}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Texts {
        pub file: Option<String>,
        pub mail: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Texts: open default,
        0 "file" => file,
        1 "mail" => mail,
    }
    "#);
}

#[test]
fn a_recursive_field_is_boxed() {
    insta::assert_snapshot!(received("
        Comment:
          type: object
          required: [replies, source]
          properties:
            parent: {$ref: '#/components/schemas/Comment'}
            source: {$ref: '#/components/schemas/Comment'}
            replies: {type: array, items: {$ref: '#/components/schemas/Comment'}}
            by_author: {type: object, additionalProperties: {$ref: '#/components/schemas/Comment'}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Comment {
        pub parent: Option<Box<Comment>>,
        pub source: Option<Box<Comment>>,
        pub replies: Vec<Comment>,
        pub by_author: Option<BTreeMap<String, Comment>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Comment: open default,
        0 "parent" => parent,
        1 "source" => source: REQUIRED VALUE,
        2 "replies" => replies: REQUIRED,
        3 "by_author" => by_author,
    }
    "#);
}

#[test]
fn mutually_recursive_fields_are_boxed() {
    insta::assert_snapshot!(sent("
        Egg: {type: object, properties: {layer: {anyOf: [{$ref: '#/components/schemas/Hen'}, {type: 'null'}]}}}
        Hen: {type: object, properties: {shell: {$ref: '#/components/schemas/Egg'}}}
    "), @r#"
    #[derive(Clone)]
    pub struct Egg {
        pub layer: Maybe<Box<Hen>>,
    }

    clientwright_runtime::model! {
        Egg: closed default,
        0 "layer" => layer,
    }

    #[derive(Clone)]
    pub struct Hen {
        pub shell: Option<Box<Egg>>,
    }

    clientwright_runtime::model! {
        Hen: closed default,
        0 "shell" => shell,
    }
    "#);
}

#[test]
fn a_recursive_alias_is_cut_by_any_value() {
    insta::assert_snapshot!(received("
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
fn a_recursive_union_variant_is_boxed() {
    insta::assert_snapshot!(received("
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

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Not {
        pub not: Option<Box<Filter>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Not: open default,
        0 "not" => not: REQUIRED VALUE,
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
fn a_read_only_property_is_optional_in_a_body() {
    insta::assert_snapshot!(sent(PET), @r#"
    #[derive(Clone)]
    pub struct Pet {
        pub id: Option<i64>,
        pub name: String,
        pub secret: Secret,
    }

    clientwright_runtime::model! {
        Pet: closed default,
        0 "id" => id,
        1 "name" => name: REQUIRED,
        2 "secret" => secret: REQUIRED,
    }

    impl Pet {
        #[must_use]
        #[inline]
        pub fn new(name: impl Into<String>, secret: Secret) -> Self {
            Self {
                name: name.into(),
                secret,
                ..clientwright_runtime::wire::Decode::blank()
            }
        }
    }

    pub type Secret = String;
    "#);
}

#[test]
fn a_write_only_property_is_optional_in_a_response() {
    insta::assert_snapshot!(received(PET), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub name: String,
        pub secret: Option<Secret>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id: REQUIRED,
        1 "name" => name: REQUIRED,
        2 "secret" => secret,
    }

    pub type Secret = String;
    "#);
}

#[test]
fn read_only_and_write_only_properties_are_optional_in_both_directions() {
    insta::assert_snapshot!(exchanged(PET), @r#"
    #[derive(Clone)]
    pub struct Pet {
        pub id: Option<i64>,
        pub name: String,
        pub secret: Option<Secret>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id,
        1 "name" => name: REQUIRED,
        2 "secret" => secret,
    }

    impl Pet {
        #[must_use]
        #[inline]
        pub fn new(name: impl Into<String>) -> Self {
            Self {
                name: name.into(),
                ..clientwright_runtime::wire::Decode::blank()
            }
        }
    }

    pub type Secret = String;
    "#);
}
