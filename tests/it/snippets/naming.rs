//! Names as a Rust developer would choose them: patterns of ids and schemas that say nothing, and name overrides.

use codegen::{Mode, NameOverrides, Options, Output, Source};
use proptest::prelude::*;

use super::{document, generate};

/// `module::function` of each operation.
pub(super) fn functions(output: &Output) -> Vec<String> {
    let operations = output.api.operations();
    operations.map(|(module, operation)| format!("{}::{}", module.name, operation.name)).collect()
}

/// The names of all types.
pub(super) fn types(output: &Output) -> Vec<String> {
    let mut names: Vec<_> = output.api.types.iter().map(|def| def.name.to_string()).collect();
    names.sort();
    names
}

pub(super) fn patterns(output: &Output) -> Vec<String> {
    output.api.patterns.iter().map(ToString::to_string).collect()
}

pub(super) fn with(description: &str, options: &Options<'_>) -> Output {
    codegen::generate_with(&Source::new("snippet.yaml", description), &[], options).unwrap()
}

/// Operations of the form `GET /path tag id`; `-` is none.
pub(super) fn operations(lines: &[&str]) -> String {
    let mut paths = String::new();
    for (index, line) in lines.iter().enumerate() {
        let parts: Vec<&str> = line.split(' ').collect();
        let tag = if parts[2] == "-" { String::new() } else { format!("tags: ['{}'], ", parts[2]) };
        let id = if parts[3] == "-" { String::new() } else { format!("operationId: '{}', ", parts[3]) };
        let declared = |name| format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}");
        let names = parts[1].split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let parameters: Vec<_> = names.map(declared).collect();
        let method = parts[0].to_lowercase();
        paths.push_str(&format!(
            "'{}': {{{method}: {{{tag}{id}parameters: [{}], responses: {{'200': {{description: '', content: {{application/json: {{schema: \
             {{type: object, properties: {{a{index}: {{type: string}}, b: {{type: string}}}}}}}}}}}}}}}}}}\n",
            parts[1],
            parameters.join(", ")
        ));
    }
    document("3.1.0", &paths, "{}")
}

const MADE_OF_ROUTES: &str = "
    /shelves/{shelf_id}:
      get:
        tags: [shelves]
        operationId: read_shelf_shelves__shelf_id__get
        parameters: [{name: shelf_id, in: path, required: true, schema: {type: integer}}]
        responses: {'200': {description: '', content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}}
    /shelves/bulk:
      post:
        tags: [shelves]
        operationId: add_shelves_shelves_bulk_post
        requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Body_add_shelves_shelves_bulk_post'}}}}
        responses: {'204': {description: ''}}
";
const MADE_OF_ROUTES_SCHEMAS: &str = "Body_add_shelves_shelves_bulk_post: {type: object, properties: {names: {type: array, items: {type: string}}}}";

#[test]
fn ids_made_of_function_path_and_method_become_the_function() {
    let output = generate(&document("3.1.0", MADE_OF_ROUTES, MADE_OF_ROUTES_SCHEMAS));
    assert_eq!(functions(&output), ["shelves::read_shelf", "shelves::add_shelves"]);
    assert_eq!(types(&output), ["AddShelvesBody", "ReadShelfResponse"]);
    assert_eq!(
        patterns(&output),
        [
            "removed `_<path>_<method>` from 2 operation ids",
            "shortened 1 schema name that contains an operation id"
        ]
    );
    let ids: Vec<_> = output.api.operations().map(|(_, operation)| operation.id.as_str()).collect();
    assert_eq!(ids, ["read_shelf_shelves__shelf_id__get", "add_shelves_shelves_bulk_post"]);
}

#[test]
fn the_docs_of_a_shortened_function_show_the_id() {
    let output = generate(&document("3.1.0", MADE_OF_ROUTES, MADE_OF_ROUTES_SCHEMAS));
    let file = output.files.iter().find(|file| file.path == "endpoints/shelves.rs").unwrap();
    let source = "/// Source: `#/paths/~1shelves~1bulk/post`, `add_shelves_shelves_bulk_post`";
    assert!(file.text.contains(source), "{}", file.text);
}

#[test]
fn names_can_be_kept_as_they_are_written() {
    let description = document("3.1.0", MADE_OF_ROUTES, MADE_OF_ROUTES_SCHEMAS);
    let output = with(&description, &Options::new(Mode::Strict).keep_names(true));
    assert_eq!(
        functions(&output),
        ["shelves::read_shelf_shelves_shelf_id_get", "shelves::add_shelves_shelves_bulk_post"]
    );
    assert_eq!(types(&output), ["BodyAddShelvesShelvesBulkPost", "ReadShelfShelvesShelfIdGetResponse"]);
    assert_eq!(patterns(&output), [""; 0]);
}

#[test]
fn a_controller_before_all_ids_of_a_tag_is_taken_off() {
    let output = generate(&operations(&[
        "GET /a shelves ShelvesController_findAll",
        "GET /b shelves ShelvesController_findOne",
        "GET /c books books.list",
        "GET /d books books.get",
        "GET /e loans listLoans",
        "GET /f loans getLoan",
    ]));
    assert_eq!(
        functions(&output),
        [
            "shelves::find_all",
            "shelves::find_one",
            "books::list",
            "books::get",
            "loans::list_loans",
            "loans::get_loan"
        ]
    );
    assert_eq!(patterns(&output), ["removed the tag or controller from 4 operation ids"]);
}

#[test]
fn equal_functions_of_two_controllers_get_the_name_of_one() {
    let output = generate(&operations(&[
        "GET /a shelves ShelfController_find",
        "GET /b shelves BookController_find",
        "GET /c shelves BookController_add",
    ]));
    assert_eq!(functions(&output), ["shelves::find", "shelves::book_find", "shelves::book_add"]);
}

#[test]
fn operations_without_tags_get_their_module_from_the_path() {
    let output = generate(&operations(&[
        "GET /api/v1/shelves - listShelves",
        "GET /api/v1/shelves/{id} - getShelf",
        "GET /api/v1/books - listBooks",
        "GET /{id} - getAny",
        "GET /api/v1/client - getClient",
    ]));
    assert_eq!(
        functions(&output),
        [
            "shelves::list_shelves",
            "shelves::get_shelf",
            "books::list_books",
            "operations::get_any",
            "client_api::get_client"
        ]
    );
}

#[test]
fn an_operation_without_a_tag_joins_the_module_of_a_tag() {
    let output = generate(&operations(&[
        "GET /shelves Shelves listShelves",
        "GET /shelves/{id} - getShelf",
        "GET /health - getHealth",
    ]));
    assert_eq!(functions(&output), ["shelves::list_shelves", "shelves::get_shelf", "health::get_health"]);
}

#[test]
fn a_tag_that_says_nothing_is_none() {
    let output = generate(&operations(&[
        "GET /api/v1/shelves api api_v1_shelves_list",
        "GET /api/v1/shelves/{id} api api_v1_shelves_retrieve",
        "GET /api/v1/books api api_v1_books_list",
    ]));
    assert_eq!(functions(&output), ["shelves::list", "shelves::retrieve", "books::list"]);
}

#[test]
fn the_role_in_all_tags_is_taken_off_their_modules() {
    let output = generate(&operations(&[
        "GET /shelves shelf-controller listUsingGET",
        "POST /shelves/new shelf-controller addUsingPOST",
        "GET /books book-controller listUsingGET_1",
    ]));
    assert_eq!(functions(&output), ["shelf::list", "shelf::add", "book::list"]);
}

#[test]
fn paths_of_procedures_make_no_modules() {
    let names = ["lend", "return", "renew", "order", "remind", "close"];
    let lines: Vec<String> = names.iter().map(|name| format!("POST /{name} - {name}Book")).collect();
    let output = generate(&operations(&lines.iter().map(String::as_str).collect::<Vec<_>>()));
    assert_eq!(functions(&output)[0], "operations::lend_book");
}

#[test]
fn operations_without_an_id_are_called_after_method_and_path() {
    let output = generate(&operations(&[
        "GET /api/shelves shelves -",
        "GET /api/shelves/{shelfId} shelves -",
        "GET /api/shelves/{shelfId}/books/{isbn} shelves -",
    ]));
    assert_eq!(
        functions(&output),
        ["shelves::get_shelves", "shelves::get_shelves_by_id", "shelves::get_shelves_by_id_books_by_isbn"]
    );
}

#[test]
fn a_function_may_be_called_like_one_that_the_file_imports() {
    let paths = "
        /shelves: {get: {tags: [shelves], operationId: shelves.list, parameters: [{name: ids, in: query, required: true, schema: {type: array, items: {type: string}}}], responses: {'204': {description: ''}}}}
        /shelves/new: {post: {tags: [shelves], operationId: shelves.optional, requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}, responses: {'204': {description: ''}}}}
    ";
    let output = generate(&document("3.1.0", paths, "{}"));
    assert_eq!(functions(&output), ["shelves::list", "shelves::optional"]);
    let file = output.files.iter().find(|file| file.path == "endpoints/shelves.rs").unwrap();
    assert!(file.text.contains("list as list_") && file.text.contains("list_::<"), "{}", file.text);
}

#[test]
fn namespaces_before_schemas_are_taken_off() {
    let output = generate(&document(
        "3.1.0",
        "{}",
        "
        org.library.Book: {type: string}
        org.library.v1.Loan: {type: string}
        org.library.v2.Loan: {type: string}
        Page«org.library.Book»: {type: string}
        app__models__Shelf-Input: {type: string}
        User.Read: {type: string}
    ",
    ));
    assert_eq!(types(&output), ["Book", "PageBook", "ShelfInput", "UserRead", "V1Loan", "V2Loan"]);
}

#[test]
fn a_table_names_operations_types_fields_and_modules() {
    let names = NameOverrides::new()
        .operation("read_shelf_shelves__shelf_id__get", "shelf")
        .operation("POST /shelves/bulk", "add")
        .schema("Body_add_shelves_shelves_bulk_post", "NewShelves")
        .schema("#/paths/~1shelves~1{shelf_id}/get/responses/200/content/application~1json/schema", "Shelf")
        .field("Body_add_shelves_shelves_bulk_post.names", "titles")
        .module("shelves", "furniture");
    let description = document("3.1.0", MADE_OF_ROUTES, MADE_OF_ROUTES_SCHEMAS);
    let output = with(&description, &Options::new(Mode::Strict).with_names(&names));
    assert_eq!(functions(&output), ["furniture::shelf", "furniture::add"]);
    assert_eq!(types(&output), ["NewShelves", "Shelf"]);
    let models = super::emitted("models/", &output, false);
    assert!(models.contains("\"names\" => titles"), "{models}");
}

#[test]
fn a_table_comes_before_an_extension() {
    let paths = "/a: {get: {operationId: one, x-rust-name: two, responses: {'204': {description: ''}}}}";
    let names = NameOverrides::new().operation("one", "three");
    let output = with(&document("3.1.0", paths, "{}"), &Options::new(Mode::Strict).with_names(&names));
    assert_eq!(functions(&output), ["a::three"]);
}

#[test]
fn a_name_given_to_one_operation_changes_no_other() {
    let names = NameOverrides::new().operation("GET /shelves/{shelf_id}", "shelf");
    let description = document("3.1.0", MADE_OF_ROUTES, MADE_OF_ROUTES_SCHEMAS);
    let output = with(&description, &Options::new(Mode::Strict).with_names(&names));
    assert_eq!(functions(&output), ["shelves::shelf", "shelves::add_shelves"]);
    assert_eq!(types(&output), ["AddShelvesBody", "ShelfResponse"]);
}

#[test]
fn a_type_that_is_named_by_hand_gets_its_name() {
    let schemas = "
        Old: {type: string}
        Shelf: {type: integer}
    ";
    let names = NameOverrides::new().schema("Shelf", "Old");
    let output = with(&document("3.1.0", "{}", schemas), &Options::new(Mode::Lenient).with_names(&names));
    let old = output.api.types.iter().find(|def| def.name.as_str() == "Old").unwrap();
    assert_eq!(old.pointer.to_string(), "#/components/schemas/Shelf");
}

#[test]
fn names_that_are_given_twice_are_errors() {
    let names = NameOverrides::new()
        .operation("read_shelf_shelves__shelf_id__get", "shelf")
        .operation("GET /shelves/{shelf_id}", "read")
        .operation("POST /shelves/bulk", "read");
    let description = document("3.1.0", MADE_OF_ROUTES, MADE_OF_ROUTES_SCHEMAS);
    let options = Options::new(Mode::Lenient).with_names(&names);
    let report =
        codegen::generate_with(&Source::new("snippet.yaml", description), &[], &options).unwrap_err();
    insta::assert_snapshot!(report, @r#"
    error: "read_shelf_shelves__shelf_id__get" and "GET /shelves/{shelf_id}" are the same operation
      --> options
      help: remove one of the two

    error: "POST /shelves/bulk" has the same name as "GET /shelves/{shelf_id}": "read"
      --> options
      help: give one of the two another name
    "#);
}

#[test]
fn an_id_or_tag_without_letters_is_none() {
    let paths = "
        /shelves: {get: {tags: [''], operationId: '', responses: {'204': {description: ''}}}}
        /books: {get: {tags: [' '], operationId: '_', responses: {'204': {description: ''}}}}
    ";
    assert_eq!(
        functions(&with(&document("3.1.0", paths, "{}"), &Options::new(Mode::Lenient))),
        ["shelves::get_shelves", "books::get_books"]
    );
}

#[test]
fn names_of_unknown_things_are_errors() {
    let names = NameOverrides::new()
        .operation("add_shelfs_shelves_bulk_post", "add")
        .schema("Shelf", "Shelf")
        .field("Body_add_shelves_shelves_bulk_post.name", "titles")
        .module("shelfs", "furniture");
    let description = document("3.1.0", MADE_OF_ROUTES, MADE_OF_ROUTES_SCHEMAS);
    let options = Options::new(Mode::Lenient).with_names(&names);
    let report =
        codegen::generate_with(&Source::new("snippet.yaml", description), &[], &options).unwrap_err();
    insta::assert_snapshot!(report, @r#"
    error: there is no operation "add_shelfs_shelves_bulk_post"
      --> options
      help: did you mean "add_shelves_shelves_bulk_post"?

    error: there is no tag "shelfs"
      --> options
      help: did you mean "shelves"?

    error: there is no schema "Shelf"
      --> options
      help: write the key of a component schema, or the pointer that the docs of the type show

    error: there is no property "Body_add_shelves_shelves_bulk_post.name"
      --> options
      help: did you mean "Body_add_shelves_shelves_bulk_post.names"?
    "#);
}

#[test]
fn extensions_with_unusable_or_taken_names_are_reported() {
    let paths = "
        /a:
          get:
            operationId: one
            x-rust-name: My Name
            parameters: [{name: a, in: query, x-rust-name: B, schema: {type: string}}, {name: c, in: query, x-rust-name: b, schema: {type: string}}]
            responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}}}
    ";
    let schemas = "
        Shelf: {type: object, x-rust-name: my_shelf, properties: {name: {type: string}, title: {type: string, x-rust-name: name}}}
    ";
    let output = generate(&document("3.1.0", paths, schemas));
    let warnings: Vec<_> = output.warnings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(warnings.join("\n"), @r#"
    warning: the `x-rust-name` "My Name" is not written as Rust writes such names; `my_name` is used
      --> snippet.yaml:7:7 (#/paths/~1a/get/x-rust-name)
      help: write `my_name`
    warning: the `x-rust-name` "B" is not written as Rust writes such names; `b` is used
      --> snippet.yaml:8:41 (#/paths/~1a/get/parameters/0/x-rust-name)
      help: write `b`
    warning: the argument name `b` is taken; a number is appended for `c`
      --> snippet.yaml:8:82 (#/paths/~1a/get/parameters/1)
      help: give the parameter another `x-rust-name`
    warning: the `x-rust-name` "my_shelf" is not written as Rust writes such names; `MyShelf` is used
      --> snippet.yaml:12:27 (#/components/schemas/Shelf/x-rust-name)
      help: write `MyShelf`
    "#);
}

#[test]
fn variants_may_be_named_by_other_generators_extensions() {
    insta::assert_snapshot!(super::received("
        Size: {type: string, enum: ['1', '2'], x-enum-varnames: [SMALL, LARGE]}
        Color: {type: string, enum: [COLOR_RED, COLOR_DARK_BLUE]}
        Mood: {type: string, enum: [MOOD_GOOD, BAD]}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub enum Color {
        Red,
        DarkBlue,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Color,
        "COLOR_RED" => Red,
        "COLOR_DARK_BLUE" => DarkBlue,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum Mood {
        MoodGood,
        Bad,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Mood,
        "MOOD_GOOD" => MoodGood,
        "BAD" => Bad,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub enum Size {
        Small,
        Large,
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        Size,
        "1" => Small,
        "2" => Large,
    }
    "#);
}

/// Parts that ids and keys of real documents are made of.
fn part() -> impl Strategy<Value = String> {
    let parts = [
        "list",
        "get",
        "books",
        "Book",
        "BooksController",
        "api",
        "v1",
        "UsingGET",
        "1",
        "_get",
        "__id__",
        "type",
        "lib",
        "self",
        "Page<Book>",
        "Body",
    ];
    prop::sample::select(parts.map(str::to_owned).to_vec())
}

fn name() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(["_", ".", "/", "-", "", "::", "__"].map(str::to_owned).to_vec());
    prop::collection::vec((part(), sign), 1..4)
        .prop_map(|parts| parts.into_iter().map(|(part, sign)| part + &sign).collect::<String>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever ids and keys are like, no two functions of a module and no two types have the same name.
    #[test]
    fn names_are_unique(
        ids in prop::collection::vec((name(), prop::sample::select(vec!["-", "books", "Books", "list"])), 1..12),
        keys in prop::collection::vec(name(), 0..12),
    ) {
        let operation = |(index, (id, tag)): (usize, &(String, &str))| {
            serde_json::json!({"get": {
                "operationId": id,
                "tags": if *tag == "-" { vec![] } else { vec![*tag] },
                "responses": {"200": {"description": "", "content": {"application/json": {"schema": {
                    "type": "object", "properties": {format!("p{index}"): {"type": "string"}, "q": {"type": "string"}},
                }}}}},
            }})
        };
        let paths: serde_json::Map<_, _> = ids
            .iter()
            .enumerate()
            .map(|entry| (format!("/books/p{}", entry.0), operation(entry)))
            .collect();
        let schemas: serde_json::Map<_, _> =
            keys.iter().map(|key| (key.clone(), serde_json::json!({"type": "string"}))).collect();
        let description = serde_json::json!({
            "openapi": "3.1.0", "info": {"title": "Names", "version": "1"}, "paths": paths,
            "components": {"schemas": schemas},
        });
        let output = with(&description.to_string(), &Options::new(Mode::Lenient));
        let mut functions = functions(&output);
        prop_assert_eq!(functions.len(), ids.len());
        functions.sort();
        let count = functions.len();
        functions.dedup();
        prop_assert_eq!(functions.len(), count);
        let mut types = types(&output);
        let count = types.len();
        types.dedup();
        prop_assert_eq!(types.len(), count);
    }
}
