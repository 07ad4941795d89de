//! Patterns of ids, paths and schema keys: which of them are removed, and how many names it takes.

use codegen::{Mode, NameOverrides, Options};

use super::naming::{functions, operations, patterns, types, with};
use super::{document, generate};

/// Operations `GET /<word> x <id>`, where the id has the word instead of `{}`.
fn each(words: &str, id: &str) -> Vec<String> {
    words.split(' ').map(|word| format!("GET /{word} x {}", id.replace("{}", word))).collect()
}

/// The functions for operations of the form `GET /path tag id`, and the patterns of their names.
fn named(lines: &[impl AsRef<str>]) -> (Vec<String>, Vec<String>) {
    let output = generate(&operations(&lines.iter().map(AsRef::as_ref).collect::<Vec<_>>()));
    (functions(&output), patterns(&output))
}

#[track_caller]
fn assert_stay(why: &str, lines: &[impl AsRef<str>]) {
    let (functions, patterns) = named(lines);
    assert!(patterns.is_empty(), "{why}: {functions:?}");
}

#[track_caller]
fn assert_become(lines: &[impl AsRef<str>], expected: &[&str]) {
    assert_eq!(named(lines).0, expected);
}

const FIVE: &str = "books loans pages desks rooms";

#[test]
fn a_first_word_is_a_prefix_only_if_it_names_the_tag_or_a_class() {
    for word in ["shelf", "ISBN"] {
        let lines = ["color", "size"].map(|rest| format!("GET /{rest} admin {word}_{rest}"));
        assert_stay("no class", &lines);
    }
    assert_stay("too short for the tag", &["GET /a books boList", "GET /b books boGet"]);
    assert_stay(
        "one of three",
        &["GET /a books books.list", "GET /b books countPages", "GET /c books sumPages"],
    );
    assert_stay("singular", &["GET /a os o_find", "GET /b os o_list"]);
    assert_become(&["GET /a ties tie_find", "GET /b ties tie_list"], &["ties::find", "ties::list"]);
}

#[test]
fn a_tag_is_taken_out_of_the_middle_if_it_has_a_version() {
    assert_become(
        &["GET /a lib_books_v1 readLibBooksV1Page", "GET /b lib_books_v1 listLibBooksV1Pages"],
        &["lib_books_v1::read_page", "lib_books_v1::list_pages"],
    );
    assert_stay("another version", &["GET /a lib_v1 readLibV2Book", "GET /b lib_v1 listLibV2Books"]);
    assert_stay("no version", &["GET /a lib_men readLibMenPage", "GET /b lib_men listLibMenPages"]);
}

#[test]
fn a_controller_before_most_ids_of_a_tag_is_taken_off() {
    let lines = [
        "GET /a books AppController_find",
        "GET /b books AppController_list",
        "GET /c books countPages",
        "GET /d books sumPages",
        "GET /e books AppController_add",
    ];
    assert_become(
        &lines,
        &["books::find", "books::list", "books::count_pages", "books::sum_pages", "books::add"],
    );
    assert_stay("half of them", &lines[..4]);
    let objects = ["listResourceNames", "getResourceKind", "addResourceTag"];
    assert_stay("the object of verbs", &objects.map(|id| format!("GET /{id} admin {id}")));
}

/// A prefix that differs by tag, such as `bk_` for books.
#[test]
fn each_of_three_tags_may_have_a_prefix_of_its_own() {
    let lines = |prefixes: [&str; 9]| -> Vec<String> {
        let tags = ["Books", "Loans", "People"].into_iter().flat_map(|tag| [tag; 3]);
        let all = tags.zip(prefixes).enumerate();
        all.map(|(index, (tag, prefix))| format!("GET /{index} {tag} {prefix}_thing{index}")).collect()
    };
    let own = lines(["bk", "bk", "bk", "ln", "ln", "ln", "pp", "pp", "pp"]);
    assert_eq!(named(&own).0[3], "loans::thing3");
    let two_of_each: Vec<_> =
        own.iter().enumerate().filter(|(index, _)| index % 3 > 0).map(|(_, line)| line).collect();
    assert_stay("two ids of each tag", &two_of_each);
    assert_stay("another one", &lines(["bk", "bk", "bk", "ln", "ln", "ln", "pp", "pp", "qq"]));
    assert_stay("verbs", &lines(["get", "get", "get", "add", "add", "add", "list", "list", "list"]));
    assert_stay("the same for two tags", &lines(["bk", "bk", "bk", "bk", "bk", "bk", "pp", "pp", "pp"]));
}

/// One operation of a tag is no pattern. It follows those of the other tags.
#[test]
fn the_only_id_of_a_tag_loses_the_tag_if_nearly_all_others_do() {
    let lines = [
        "GET /a books books.list",
        "GET /b users users.list",
        "GET /c loans loans_list",
        "GET /d admin countPages",
        "GET /e admin sumPages",
    ];
    assert_become(
        &lines,
        &["books::list", "users::list", "loans::loans_list", "admin::count_pages", "admin::sum_pages"],
    );
    assert_become(&lines[..3], &["books::list", "users::list", "loans::list"]);
}

#[test]
fn a_prefix_or_suffix_of_the_document_needs_five_ids() {
    let tagged = |lines: Vec<String>| -> Vec<String> {
        lines.iter().enumerate().map(|(index, line)| line.replace(" x ", &format!(" t{index} "))).collect()
    };
    assert_eq!(named(&tagged(each(FIVE, "lib_find_{}"))).0[0], "t0::find_books");
    assert_eq!(named(&each("books loans pages desks rooms men", "find_{}_handler")).0[5], "x::find_men");
    assert_stay("four ids", &each("books loans pages desks", "find_{}_handler"));
    assert_stay("no version", &each(FIVE, "get{}Vat"));
}

#[test]
fn a_version_at_the_end_of_three_ids_of_a_tag_is_taken_off() {
    let (names, _) = named(&[
        "GET /a books list_v1",
        "GET /b books get_v1",
        "GET /c books add_v1",
        "GET /d loans lend_v1",
        "GET /e loans return_v1",
        "GET /f pages open_v1",
        "GET /g pages turn",
        "GET /h pages close",
        "GET /i desks desk_view",
        "GET /j desks book_view",
        "GET /k desks room_view",
    ]);
    assert_eq!(names[..3], ["books::list", "books::get", "books::add"]);
    assert_eq!(names[3..6], ["loans::lend_v1", "loans::return_v1", "pages::open_v1"]);
    assert_eq!(names[8], "desks::desk_view");
}

#[test]
fn the_method_at_the_end_goes_to_the_beginning_if_half_of_the_ids_have_it() {
    let lines = |all: usize, got: usize| -> Vec<String> {
        let endings = std::iter::repeat_n("All", all).chain(std::iter::repeat_n("Get", got));
        endings.enumerate().map(|(index, ending)| format!("GET /{index} x Books{index}{ending}")).collect()
    };
    let (names, _) = named(&lines(3, 3));
    assert_eq!((names[0].as_str(), names[5].as_str()), ("x::get_all_books0", "x::get_books5"));
    assert_stay("two of five", &lines(3, 2));
    assert_stay("two ids", &["GET /a x BooksGet", "POST /b x BooksPost"]);
    let posts = ["create", "import", "move", "copy", "merge"];
    assert_stay("a plural", &posts.map(|verb| format!("POST /{verb}/it x {verb}Posts")));
}

#[test]
fn ids_that_are_only_method_and_path_are_shortened_if_there_are_five() {
    let lines = |words: &str, path: &str, id: &str| -> Vec<String> {
        let made = |word: &str| (path.replace("{}", word), id.replace("{}", word));
        words.split(' ').map(made).map(|(path, id)| format!("GET {path} x {id}")).collect()
    };
    for (path, id) in
        [("/api/v1/{}", "get_api_v1_{}"), ("/api/lib/v1/{}", "get_{}"), ("/api/lib/{}", "get_lib_{}")]
    {
        assert_eq!(named(&lines("books loans pages desks rooms men", path, id)).0[0], "x::get_books", "{id}");
    }
    assert_eq!(named(&lines(FIVE, "/api/v1/{}/{id}", "api_v1_{}_id_get")).0[0], "x::get_books_by_id");
    assert_stay("three ids", &lines("books loans pages", "/api/v1/{}", "get_api_v1_{}"));
    assert_stay("another path", &lines(FIVE, "/api/v1/{}", "get_{}_by_name"));
}

/// `list_books_get` for `GET /books`: frameworks append the path and the method.
#[test]
fn one_id_of_function_path_and_method_is_no_pattern() {
    assert_stay(
        "one of four",
        &["GET /a a list_a_get", "GET /b b listB", "GET /c b listC", "GET /d b listD"],
    );
    // Below a common beginning of the paths, a module with two such ids is a pattern for others with one.
    let (names, _) = named(&[
        "GET /v1/x a list_x_get",
        "POST /v1/y a add_y_post",
        "GET /v1/z g read_z_get",
        "GET /v1/c b listC",
        "GET /v1/d b listD",
        "GET /v1/e b listE",
        "GET /v1/f b listF",
    ]);
    assert_eq!(names[..3], ["a::list", "a::add", "g::read"]);
    // The name of a private function.
    assert_become(&["GET /a a _list_a_get", "POST /b a _add_b_post"], &["a::list", "a::add"]);
}

/// `count` is the number of ids, whatever the number of words that each of them loses.
#[test]
fn an_id_that_loses_a_prefix_and_a_suffix_counts_once() {
    let (_, patterns) = named(&each(FIVE, "api_v1_find_{}_handler"));
    assert_eq!(patterns, ["removed a common prefix or suffix from 5 operation ids"]);
}

#[test]
fn a_path_without_an_id_gives_the_name() {
    let nine = "books loans pages desks rooms men lamps chairs tables";
    let shared = |last: &str| -> String {
        let lines = nine.split(' ').map(|word| format!("GET /lib/{word} x -"));
        named(&lines.chain([format!("GET {last} x -")]).collect::<Vec<_>>()).0[9].clone()
    };
    // What nearly all paths begin with says nothing, but other paths don't begin with it.
    assert_eq!(shared("/lib/lights"), "x::get_lights");
    assert_eq!(shared("/health/live"), "x::get_health_live");
    assert_eq!(shared("/lib/{id}"), "x::get_lib_by_id");
    // A segment may have more than a parameter.
    assert_become(
        &["POST /books/{id}:lend x -", "GET /{lang}-books/pages x -"],
        &["x::post_books_by_id_lend", "x::get_by_lang_books_pages"],
    );
}

#[test]
fn a_path_without_a_tag_gives_the_module() {
    let lines = ["books", "loans/{id}", "shelves", "pages", "men/{id}"]
        .map(|path| format!("GET /lib/main/{path} - -"));
    let (names, patterns) = named(&lines);
    assert_eq!(names[..2], ["books::get_books", "loans::get_loans_by_id"]);
    assert_eq!(patterns, ["chose the module of 5 operations from the path"]);
    assert_become(&["GET /books({id}) - findBook"], &["books::find_book"]);
    let output = generate(&operations(&["GET /books - listBooks", "GET /{id} - find"]));
    let docs: Vec<_> = output.api.modules.iter().map(|module| module.docs.as_str()).collect();
    assert_eq!(docs, ["Endpoints below `/books`.", "Endpoints without a tag."]);
}

/// A tag such as `api` says nothing if nearly all operations have it, unless its module is named by hand.
#[test]
fn a_generic_tag_may_be_a_module() {
    let few = ["GET /a api listA", "GET /b books listB", "GET /c books listC"];
    assert_eq!(named(&few).0[0], "api_api::list_a");
    let all = operations(&["GET /books api listBooks", "GET /loans api listLoans"]);
    let modules = |options: &Options<'_>| -> Vec<String> {
        with(&all, options).api.modules.iter().map(|module| module.name.to_string()).collect()
    };
    let names = NameOverrides::new().module("api", "library");
    assert_eq!(modules(&Options::new(Mode::Strict)), ["books", "loans"]);
    assert_eq!(modules(&Options::new(Mode::Strict).with_names(&names)), ["library"]);
    assert_eq!(modules(&Options::new(Mode::Strict).keep_names(true)), ["api_api"]);
}

#[test]
fn an_inline_type_is_called_after_its_function() {
    let types_of = |lines: &[&str], names: &NameOverrides| {
        types(&with(&operations(lines), &Options::new(Mode::Strict).with_names(names)))
    };
    let none = NameOverrides::new();
    // With the module that the id named, unless the function names it, too. `ok` is too short for a mention of `book`.
    assert_eq!(
        types_of(
            &[
                "GET /a books BooksController_find",
                "GET /b books BooksController_list_books",
                "GET /c books BooksController_set_ok",
            ],
            &none
        ),
        ["BooksFindResponse", "BooksSetOkResponse", "ListBooksResponse"]
    );
    // With the module if another one has the same function, or if a verb is all that is left.
    assert_eq!(
        types_of(&["GET /a loans show_status", "GET /b shelves show.status", "GET /c men get"], &none),
        ["GetResponse", "LoansShowStatusResponse", "ShelvesShowStatusResponse"]
    );
    assert_eq!(
        types_of(&["GET /a loans listUsingGET", "POST /b men sellUsingPOST"], &none),
        ["LoansListResponse", "SellResponse"]
    );
    // A name that is given by hand is taken as it is.
    let given = NameOverrides::new().operation("GET /a", "status");
    assert_eq!(
        types_of(&["GET /a books show", "GET /b loans status"], &given),
        ["LoansStatusResponse", "StatusResponse"]
    );
}

#[test]
fn a_schema_loses_what_is_surely_a_namespace() {
    let schemas = |keys: &[&str]| -> Vec<String> {
        let lines: String = keys.iter().map(|key| format!("'{key}': {{type: string}}\n")).collect();
        types(&generate(&document("3.1.0", "{}", &lines)))
    };
    // A version before the name, but no other word.
    assert_eq!(schemas(&["viewBook", "vatRate", "v1Loan"]), ["Loan", "VatRate", "ViewBook"]);
    // Namespaces in capitals need the root of nearly all schemas.
    assert_eq!(schemas(&["Lib.Models.Book", "Loan"]), ["LibModelsBook", "Loan"]);
    assert_eq!(
        schemas(&["User.Read", "User.Write", "User.Admin", "Book.Loan", "Book.Page"]),
        ["BookLoan", "BookPage", "UserAdmin", "UserRead", "UserWrite"]
    );
    // A generic type is no namespace.
    let pages = ["A", "B", "C", "D", "E", "F", "G", "H", "I"].map(|of| format!("Page<{of}>"));
    let keys: Vec<_> = pages.iter().map(String::as_str).chain(["Page.Entry"]).collect();
    assert!(schemas(&keys).contains(&"PageEntry".to_owned()));
}

#[test]
fn a_body_schema_may_spell_the_id_of_its_operation_in_another_way() {
    let post = |path: &str, id: &str, key: &str| {
        format!(
            "/{path}: {{post: {{tags: [a], operationId: {id}, requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/{key}'}}}}}}}}, responses: {{'204': {{description: ''}}}}}}}}\n"
        )
    };
    let paths = post("books", "add_books_post", "BodyAddBooksPost")
        + &post("loans", "lend_loans_post", "Body_lend_loans_post");
    let keys = ["BodyAddBooksPost", "Body_lend_loans_post", "BodyLendLoansPost"];
    let schemas: String = keys
        .iter()
        .map(|key| format!("{key}: {{type: object, properties: {{{key}: {{type: string}}}}}}\n"))
        .collect();
    // The key with the id itself comes first.
    assert_eq!(
        types(&generate(&document("3.1.0", &paths, &schemas))),
        ["AAddBody", "BodyLendLoansPost", "LendBody"]
    );
}

#[test]
fn a_module_is_named_by_its_tag_or_its_path() {
    let description = operations(&["GET /v1/shelves - listShelves"]);
    let modules = |key: &str| {
        let names = NameOverrides::new().module(key, "furniture");
        let options = Options::new(Mode::Strict).with_names(&names);
        let output = codegen::generate_with(&codegen::Source::new("a.yaml", &*description), &[], &options);
        output
            .map(|output| output.api.modules[0].name.to_string())
            .map_err(|report| report.0[0].message.clone())
    };
    assert_eq!(modules("shelves"), Ok("furniture".to_owned()));
    assert_eq!(modules("v1"), Err(r#"there is no tag "v1""#.to_owned()));
}

#[test]
fn a_name_that_rust_does_not_have_is_an_error() {
    let names = NameOverrides::new()
        .operation("listBooks", "List")
        .schema("Book", "my book")
        .field("Book.a", "A")
        .module("books", "Books");
    let description = document(
        "3.1.0",
        "/a: {get: {tags: [books], operationId: listBooks, responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}}}}",
        "Book: {type: object, properties: {a: {type: string}}}",
    );
    let options = Options::new(Mode::Strict).with_names(&names);
    let report =
        codegen::generate_with(&codegen::Source::new("a.yaml", description), &[], &options).unwrap_err();
    let messages: Vec<_> = report.0.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            r#""List" is not written as Rust writes the name of a function"#,
            r#""Books" is not written as Rust writes the name of a module"#,
            r#""my book" is not written as Rust writes the name of a type"#,
            r#""A" is not written as Rust writes the name of a field"#,
        ]
    );
}

/// OpenAPI 3.2: methods of a path item that have no key of their own.
#[test]
fn an_operation_with_another_method_is_named_by_its_method_and_path() {
    let paths = "/books: {additionalOperations: {COPY: {operationId: copyBook, responses: {'204': {description: ''}}}}}";
    let description = document("3.2.0", paths, "{}");
    let generated = |names: &NameOverrides| {
        let options = Options::new(Mode::Strict).with_names(names);
        codegen::generate_with(&codegen::Source::new("a.yaml", &*description), &[], &options)
    };
    let one = NameOverrides::new().operation("COPY /books", "duplicate");
    assert_eq!(functions(&generated(&one).unwrap()), ["books::duplicate"]);
    let report = generated(&one.operation("copyBook", "copy")).unwrap_err();
    assert_eq!(report.0[0].message, r#""copyBook" and "COPY /books" are the same operation"#);
}
