//! Names of types, fields, functions, modules and files.

use super::naming::{functions, operations};
use super::{document, emitted, generate, received, sent};

/// Returns the declarations of all emitted modules, and the paths of all emitted files.
fn layout(description: &str) -> String {
    let output = generate(description);
    let files: Vec<_> = output.files.iter().filter(|file| !file.path.starts_with("api/")).collect();
    let modules = files.iter().filter(|file| file.path.ends_with("/mod.rs"));
    let declared = modules.flat_map(|file| file.text.lines()).filter(|line| line.contains("mod "));
    let paths = files.iter().map(|file| file.path.as_str());
    declared.filter(|line| !line.starts_with("//")).chain(paths).collect::<Vec<_>>().join("\n")
}

#[test]
fn unusual_property_names_become_field_names() {
    insta::assert_snapshot!(received(r#"
        Odd:
          type: object
          properties:
            type: {type: string}
            self: {type: string}
            fooBar: {type: string}
            foo_bar: {type: string}
            extra: {type: string}
            "": {type: string}
            "1": {type: string}
            "+1": {type: string}
            "-1": {type: string}
            "@id": {type: string}
            "page[size]": {type: string}
            "with\"quote": {type: string}
            ID: {type: string, x-rust-name: identity}
            größe: {type: string}
    "#), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Odd {
        pub r#type: Option<String>,
        pub self_: Option<String>,
        pub foo_bar: Option<String>,
        pub foo_bar2: Option<String>,
        pub extra2: Option<String>,
        pub empty: Option<String>,
        pub n1: Option<String>,
        pub plus_1: Option<String>,
        pub minus_1: Option<String>,
        pub id: Option<String>,
        pub page_size: Option<String>,
        pub with_quote: Option<String>,
        pub identity: Option<String>,
        pub größe: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Odd: open default,
        0 "type" => r#type,
        1 "self" => self_,
        2 "fooBar" => foo_bar,
        3 "foo_bar" => foo_bar2,
        4 "extra" => extra2,
        5 "" => empty,
        6 "1" => n1,
        7 "+1" => plus_1,
        8 "-1" => minus_1,
        9 "@id" => id,
        10 "page[size]" => page_size,
        11 "with\"quote" => with_quote,
        12 "ID" => identity,
        13 "größe" => größe,
    }
    "#);
}

#[test]
fn names_of_the_prelude_and_the_runtime_are_avoided() {
    insta::assert_snapshot!(sent("
        Option: {type: object, properties: {value: {$ref: '#/components/schemas/Value'}}}
        Value: {type: object, properties: {x: {type: string}}}
        Self: {type: object, properties: {vec: {$ref: '#/components/schemas/Vec'}}}
        Vec: {type: array, items: {type: string}}
        Error: {type: object, properties: {x: {type: string}}}
    "), @r#"
    #[derive(Clone)]
    pub struct Error {
        pub x: Option<String>,
    }

    clientwright_runtime::model! {
        Error: closed default,
        0 "x" => x,
    }

    #[derive(Clone)]
    pub struct OptionModel {
        pub value: Option<ValueModel>,
    }

    clientwright_runtime::model! {
        OptionModel: closed default,
        0 "value" => value,
    }

    #[derive(Clone)]
    pub struct Self_ {
        pub vec: Option<VecModel>,
    }

    clientwright_runtime::model! {
        Self_: closed default,
        0 "vec" => vec,
    }

    #[derive(Clone)]
    pub struct ValueModel {
        pub x: Option<String>,
    }

    clientwright_runtime::model! {
        ValueModel: closed default,
        0 "x" => x,
    }

    pub type VecModel = Vec<String>;
    "#);
}

#[test]
fn invalid_or_equal_type_names_are_changed() {
    insta::assert_snapshot!(sent("
        2nd: {type: string, enum: [a]}
        a.b-c: {type: integer}
        pet: {type: integer}
        Pet: {type: string}
        wide: {type: string, x-rust-name: Narrow}
        日本: {type: string}
    "), @r#"
    pub type ABC = i64;

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum N2nd {
        A,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        N2nd,
        "a" => A,
    }

    pub type Narrow = String;

    pub type Pet = i64;

    pub type Pet2 = String;

    pub type 日本 = String;
    "#);
}

#[test]
fn file_names_match_module_names() {
    let paths = "
        /a: {get: {tags: [mod], operationId: 2faLogin, responses: {'200': {description: '', content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}}}
        /b: {get: {tags: [self], responses: {'204': {description: ''}}}}
        /c: {get: {tags: [Über uns], responses: {'204': {description: ''}}}}
        /d: {get: {tags: [request], responses: {'204': {description: ''}}}}
        /e: {get: {responses: {'204': {description: ''}}}}
    ";
    let schemas = "
        Self: {type: string}
        Mod: {type: string}
        Con: {type: string}
        Type: {type: string}
        日本: {type: string}
    ";
    insta::assert_snapshot!(layout(&document("3.1.0", paths, schemas)), @"
    pub mod e;
    pub mod mod_;
    pub mod request_api;
    pub mod self_;
    pub mod ufcber_uns;
    mod con_;
    mod mod_;
    mod n2fa_login;
    mod self_;
    mod r#type;
    mod u65e5u672c;
    endpoints/e.rs
    endpoints/mod.rs
    endpoints/mod_.rs
    endpoints/request_api.rs
    endpoints/self_.rs
    endpoints/ufcber_uns.rs
    models/con_.rs
    models/mod.rs
    models/mod_.rs
    models/n2fa_login.rs
    models/self_.rs
    models/type.rs
    models/u65e5u672c.rs
    ");
}

#[test]
fn function_builder_and_argument_names_do_not_collide() {
    let paths = "
        /{list}:
          parameters: [{name: list, in: path, required: true, schema: {type: array, items: {type: string}}}]
          get: {operationId: list, responses: {'204': {description: ''}}}
          put: {operationId: a, parameters: [{name: body, in: query, schema: {type: string}}], responses: {'204': {description: ''}}}
          post: {operationId: into, parameters: [{name: self, in: query, schema: {type: string}}], responses: {'204': {description: ''}}}
          patch: {operationId: type, responses: {'204': {description: ''}}}
          delete: {operationId: Gone, x-rust-name: remove, responses: {'204': {description: ''}}}
    ";
    insta::assert_snapshot!(emitted("endpoints/", &generate(&document("3.1.0", paths, "{}")), false), @r#"
    #[inline]
    pub fn list(list: impl IntoIterator<Item = impl Into<String>>) -> Request<()> {
        Request::new(&LIST).path("list", &list_::<String>(list))
    }

    static LIST: Operation = Operation::get("list", "/{list}");

    #[inline]
    pub fn a(list: impl IntoIterator<Item = impl Into<String>>) -> A {
        A(Request::new(&A2).path("list", &list_::<String>(list)))
    }

    #[derive(Clone)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct A(Request<()>);

    impl A {
        #[inline]
        pub fn body2(self, body2: &str) -> Self {
            Self(self.0.query("body", &body2))
        }
    }

    clientwright_runtime::request_builder!(A -> ());

    static A2: Operation = Operation::put("a", "/{list}");

    #[inline]
    pub fn into(list: impl IntoIterator<Item = impl Into<String>>) -> Into2 {
        Into2(Request::new(&INTO).path("list", &list_::<String>(list)))
    }

    #[derive(Clone)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct Into2(Request<()>);

    impl Into2 {
        #[inline]
        pub fn self_(self, self_: &str) -> Self {
            Self(self.0.query("self", &self_))
        }
    }

    clientwright_runtime::request_builder!(Into2 -> ());

    static INTO: Operation = Operation::post("into", "/{list}");

    #[inline]
    pub fn r#type(list: impl IntoIterator<Item = impl Into<String>>) -> Request<()> {
        Request::new(&TYPE).path("list", &list_::<String>(list))
    }

    static TYPE: Operation = Operation::patch("type", "/{list}");

    #[inline]
    pub fn remove(list: impl IntoIterator<Item = impl Into<String>>) -> Request<()> {
        Request::new(&REMOVE).path("list", &list_::<String>(list))
    }

    static REMOVE: Operation = Operation::delete("Gone", "/{list}");
    "#);
}

#[test]
fn functions_with_equal_names_are_numbered() {
    let paths = "
        /a: {get: {operationId: get-pet, responses: {'204': {description: ''}}}}
        /a/b: {get: {operationId: getPet, responses: {'204': {description: ''}}}}
        /c/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'204': {description: ''}}}}
        /c/by/id: {get: {responses: {'204': {description: ''}}}}
    ";
    let output = generate(&document("3.1.0", paths, "{}"));
    let warnings: Vec<_> = output.warnings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(format!("{}\n{}", codegen::surface(&output.api), warnings.join("\n\n")), @"
    GET /a → a::get_pet() -> ()
    GET /a/b → a::get_pet2() -> ()
    GET /c/{id} → c::get_c_by_id(id: String) -> ()
    GET /c/by/id → c::get_c_by_id2() -> ()

    warning: the function name `get_pet` is taken; a number is appended for this operation
      --> snippet.yaml:5:10 (#/paths/~1a~1b/get)
      help: give one of the two an `x-rust-name`, for example in an overlay

    warning: the function name `get_c_by_id` is taken; a number is appended for this operation
      --> snippet.yaml:7:14 (#/paths/~1c~1by~1id/get)
      help: give one of the two an `x-rust-name`, for example in an overlay
    ");
}

#[test]
fn a_tag_can_be_renamed() {
    let paths = "
        /a: {get: {tags: [Pets & more], operationId: a, responses: {'204': {description: ''}}}}
    ";
    let tags = "tags: [{name: Pets & more, x-rust-name: pets, description: All about pets.}]\n";
    let description = document("3.1.0", paths, "{}") + tags;
    insta::assert_snapshot!(layout(&description), @"
    pub mod pets;
    endpoints/mod.rs
    endpoints/pets.rs
    models/mod.rs
    ");
}

/// The crate's root has every endpoint module, and a module of its own name must not hide one.
#[test]
fn a_tag_called_runtime_gets_a_suffix() {
    let output = super::generate(&super::document(
        "3.1.0",
        "/a: {get: {operationId: a, tags: [runtime], responses: {'204': {description: Done.}}}}",
        "{}",
    ));
    let modules: Vec<_> = output.api.modules.iter().map(|module| module.name.to_string()).collect();
    assert_eq!(modules, ["runtime_api"]);
}

/// A number at the end of an id says nothing if it only makes the id unique.
#[test]
fn a_number_that_makes_an_id_unique_is_no_part_of_the_name() {
    let named = |lines: &[&str]| functions(&generate(&operations(lines)));
    assert_eq!(named(&["GET /a a find_1", "GET /b b find_2"]), ["a::find", "b::find"]);
    assert_eq!(named(&["GET /a a find", "GET /b b find_2"]), ["a::find", "b::find"]);
    assert_eq!(named(&["GET /a a find", "GET /b b top_10"]), ["a::find", "b::top_10"]);
    assert_eq!(named(&["GET /a a find", "GET /b b find_items"]), ["a::find", "b::find_items"]);
}
