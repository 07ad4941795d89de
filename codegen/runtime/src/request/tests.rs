use proptest::prelude::*;
use serde_json::json;

use super::{
    IntoRequest, Part as FilePart, Request, RequestError, Style, nullable, optional, optional_nullable,
};
use crate::operation::{Method, Operation};
use crate::types::maybe::Maybe;
use crate::types::timestamp::Timestamp;
use crate::types::unix_time::UnixSeconds;
use crate::wire::samples::{Change, Part, Setting, Status};

static GET_PART: Operation = Operation::get("GetPart", "/parts/{part_id}/of/{owner}");
static LIST: Operation = Operation::get("List", "/parts")
    .exactly_one_of(&[&["start", "cursor"]])
    .at_most_one_of(&[&["page[after]", "page[before]"]]);
static FILTER: Operation = Operation::get("Filter", "/parts").requires(&["ids[]"]);
static KEYED: Operation = Operation::get("Keyed", "/parts").requires(&["x-key", "session"]);
static CHANGE: Operation = Operation::patch("Change", "/parts/1");
static REMOVE: Operation = Operation::delete("Remove", "/parts/1");

fn list() -> Request<Part> {
    Request::new(&LIST)
}

struct ListParts(Request<Part>);
request_builder!(ListParts -> Part);

fn message<T>(request: impl IntoRequest<Output = T>) -> String {
    request.into_request().err().map_or_else(String::new, |error: RequestError| error.to_string())
}

#[test]
fn path_values_are_encoded() {
    let request: Request<Part> =
        Request::new(&GET_PART).path("part_id", &"a/b c?#%{owner}ä").path("owner", &7_i64);
    assert_eq!(request.encoded_path(), "/parts/a%2Fb%20c%3F%23%25%7Bowner%7D%C3%A4/of/7");
    assert_eq!(request.path_and_query(), request.encoded_path());
    assert!(request.into_request().is_ok());
}

#[test]
fn path_values_cannot_change_the_path() {
    for value in ["", ".", ".."] {
        let request: Request<Part> = Request::new(&GET_PART).path("part_id", &value).path("owner", &"x");
        let error = request.into_request().unwrap_err();
        assert_eq!((error.operation(), error.parameters()), ("GetPart", vec!["part_id"]));
    }
    let request: Request<Part> = Request::new(&GET_PART).path("part_id", &"...");
    assert_eq!(message(request), "GetPart: the parameter `owner` is missing");
}

#[test]
fn queries_are_encoded_and_replaced() {
    let request = list()
        .query("start", &UnixSeconds::new(5))
        .query("include", &vec![Status::New, Status::from("x y+z")])
        .query("page[size]", &10_i64)
        .query("deleted", &true)
        .query("since", &Timestamp::UNIX_EPOCH)
        .query("none", &None::<i64>)
        .query("start", &UnixSeconds::new(6));
    assert_eq!(
        request.query_string(),
        "include=new&include=x%20y%2Bz&page%5Bsize%5D=10&deleted=true&since=1970-01-01T00%3A00%3A00Z&start=6"
    );
    assert!(request.path_and_query().starts_with("/parts?include=new&"));
    assert!(request.query("include", &Vec::<Status>::new()).query_string().starts_with("page"));
}

#[test]
fn joined_arrays_are_separated_by_commas() {
    let request = list()
        .query_joined("filter[ids]", &[1_i64, 2].as_slice())
        .query_joined("names", &["a,b", "c"].as_slice());
    assert_eq!(request.query_string(), "filter%5Bids%5D=1,2&names=a%2Cb,c");
    assert_eq!(list().query_joined("filter[ids]", &Vec::<i64>::new()).query_string(), "");
}

#[test]
fn rules_are_checked() {
    assert_eq!(message(list()), "List: set exactly one of `start`, `cursor`");
    assert_eq!(message(list().query("start", &1_i64)), "");
    assert_eq!(
        message(ListParts(list().query("start", &1_i64).query("cursor", &"c"))),
        "List: set exactly one of `start`, `cursor`"
    );
    assert_eq!(message(list().query("cursor", &"")), "List: the parameter `cursor` must not be empty");
    let both = list().query("cursor", &"c").query("page[after]", &"a").query("page[before]", &"b");
    assert_eq!(message(both), "List: set at most one of `page[after]`, `page[before]`");
}

#[test]
fn required_parameters_are_checked() {
    let filter = || Request::<Part>::new(&FILTER);
    assert_eq!(message(filter()), "Filter: the parameter `ids[]` is missing");
    assert_eq!(
        message(filter().query("ids[]", &Vec::<i64>::new())),
        "Filter: the parameter `ids[]` is missing"
    );
    assert_eq!(message(filter().query("ids[]", &vec![1_i64, 2])), "");
    let keyed = || Request::<Part>::new(&KEYED);
    assert_eq!(message(keyed().header("x-key", &"k").cookie("session", &"s")), "");
    assert_eq!(message(keyed().header("x-key", &"k")), "Keyed: the parameter `session` is missing");
    assert_eq!(message(keyed().cookie("session", &"s")), "Keyed: the parameter `x-key` is missing");
}

#[test]
fn values_that_cannot_be_written_are_rejected() {
    let request = list().query("cursor", &json!(null));
    assert_eq!(message(request), "List: the parameter `cursor` has a value that cannot be sent");
    assert!(message(list().query("cursor", &f64::NAN)).contains("cannot be sent"));
    assert!(message(list().query("cursor", &Setting::Object)).contains("cannot be sent"));
    // Nor may one item be missing among the others.
    let items = vec![1.0, f64::NAN, 2.0];
    for request in [list().query("cursor", &items), list().multipart().part("cursor", &items)] {
        assert!(message(request).contains("cannot be sent"));
    }
}

#[test]
fn line_breaks_in_headers_are_rejected() {
    let request = list().query("start", &1_i64);
    let fine = request.clone().header("x-name", &"a b");
    assert_eq!(fine.headers().collect::<Vec<_>>(), [("x-name", "a b")]);
    assert!(fine.into_request().is_ok());
    assert!(request.clone().header("x-name", &"a\r\nb: c").into_request().is_err());
    assert_eq!(request.header("x-name", &None::<String>).headers().count(), 0);
}

#[test]
fn bodies_are_encoded_as_json() {
    let change = Change { name: "n".to_owned(), note: Maybe::Null, ..Change::default() };
    let request: Request<Part> = Request::new(&CHANGE).json(&change);
    assert_eq!(request.method(), Method::Patch);
    assert_eq!(request.body(), Some(br#"{"name":"n","note":null,"parent":null}"#.as_slice()));
    let request: Request<Part> = Request::new(&CHANGE).json(&vec![1.0, f64::NAN]);
    assert_eq!(
        message(request),
        "Change: the body cannot be written as JSON: /1: NaN and infinite numbers cannot be written as JSON"
    );
}

#[test]
fn a_response_without_content_is_decoded() {
    let request: Request<()> = Request::new(&REMOVE);
    // Content that is not declared is ignored: the server has done what was requested.
    for body in ["", " \r\n\t", "null", "{\"id\": 1}", "<html>"] {
        assert_eq!(request.decode(body.as_bytes()), Ok(()), "{body:?}");
    }
}

#[test]
fn a_response_is_decoded() {
    let part = list().decode(br#"{"id": 5}"#).unwrap();
    assert_eq!(part.id, 5);
    assert!(list().decode(b"").unwrap_err().to_string().contains("found no content"));
}

#[test]
fn a_response_that_may_have_no_content_is_decoded() {
    let text = Request::<Option<String>>::text_or_empty(&REMOVE);
    assert_eq!((text.decode(b"a"), text.decode(b"")), (Ok(Some("a".to_owned())), Ok(None)));
    let bytes = Request::<Option<Vec<u8>>>::bytes_or_empty(&REMOVE);
    assert_eq!((bytes.decode(b"a"), bytes.decode(b"")), (Ok(Some(b"a".to_vec())), Ok(None)));
    let items = Request::<Option<Vec<i64>>>::items_or_empty(&REMOVE);
    assert_eq!((items.decode(b"1\n2"), items.decode(b"")), (Ok(Some(vec![1, 2])), Ok(None)));
}

#[test]
fn debug_output_has_the_path_and_no_body() {
    let request: Request<Part> = Request::new(&CHANGE).json(&"secret text");
    let debug = format!("{request:?}");
    assert!(debug.contains("PATCH") || debug.contains("Patch"));
    assert!(debug.contains("/parts/1") && !debug.contains("secret"));
}

proptest! {
    #[test]
    fn percent_encoding_round_trips(value in "\\PC*") {
        let request = list().query("cursor", &value.as_str());
        let query = request.query_string();
        let encoded = query.strip_prefix("cursor=").unwrap();
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        prop_assert!(encoded.bytes().all(|byte| unreserved(byte) || byte == b'%'));
        let decoded = percent_encoding::percent_decode_str(encoded).decode_utf8().unwrap();
        prop_assert_eq!(decoded, value.as_str());
        prop_assert_eq!(encoded.bytes().filter(|byte| !unreserved(*byte) && *byte != b'%').count(), 0);
    }
}

fn body_text<T>(request: &Request<T>) -> String {
    let bytes: Vec<u8> = request.body_chunks().flatten().copied().collect();
    let boundary = request.body_type().and_then(|text| text.split_once("boundary=")).unwrap().1;
    String::from_utf8(bytes).unwrap().replace(boundary, "B").replace("\r\n", "\n")
}

#[test]
fn a_style_makes_parts_as_a_form_makes_pairs() {
    // OpenAPI 3.1.1, Encoding Object: `style` and `explode` apply to multipart/form-data, too.
    let object = json!({"a": 1, "b": "x y"});
    let request = list()
        .multipart()
        .part_styled("ids", &vec![1_i64, 2, 3], Style::FORM)
        .part_styled("each", &vec![1_i64, 2], Style::FORM.exploded())
        .part_styled("object", &object, Style::FORM.exploded())
        .part_styled("piped", &json!(["a|b", "c"]), Style::PIPE_DELIMITED);
    let part = |name: &str, value: &str| {
        format!("--B\nContent-Disposition: form-data; name=\"{name}\"\n\n{value}\n")
    };
    let parts =
        [("ids", "1,2,3"), ("each", "1"), ("each", "2"), ("a", "1"), ("b", "x y"), ("piped", "a|b|c")];
    let expected: String = parts.iter().map(|(name, value)| part(name, value)).collect();
    assert_eq!(body_text(&request), format!("{expected}--B--\n"));
    let replaced = request.part_styled("object", &json!({"a": 5}), Style::FORM.exploded());
    assert_eq!(body_text(&replaced).matches("name=\"b\"").count(), 0);
}

#[test]
fn a_part_has_the_headers_that_are_set_before_or_after_it() {
    let before = list().part_header("hdr", "X-Custom", &"v").part("hdr", &"text");
    let after = list().part("hdr", &"text").part_header("hdr", "X-Custom", &"w");
    let after = after.part_header("hdr", "X-Custom", &"v").part("other", &"text");
    let part = "--B\nContent-Disposition: form-data; name=\"hdr\"\nX-Custom: v\n\ntext\n";
    assert_eq!(body_text(&before), format!("{part}--B--\n"));
    assert!(body_text(&after).starts_with(part));
    assert!(!body_text(&after.part_header("hdr", "X-Custom", &None::<String>)).contains("X-Custom"));
    assert!(message(list().part_header("hdr", "X-Custom", &"a\nb")).contains("X-Custom"));
}

#[test]
fn the_entire_query_is_a_form_or_json() {
    // OpenAPI 3.2.0, Parameter Object, `in: querystring`
    let value = json!({"a": 1, "b": ["x", "y z"]});
    assert_eq!(list().query_form("whole", &value, &[]).query_string(), "a=1&b=x&b=y%20z");
    assert_eq!(list().query_json("whole", &json!({"a": 1})).query_string(), "%7B%22a%22%3A1%7D");
    assert_eq!(list().query_json("whole", &None::<String>).query_string(), "");
}

#[test]
fn a_path_with_reserved_characters_stays_below_the_template() {
    static FILE: Operation = Operation::get("File", "/files/{path}");
    let path = |value: &str| Request::<Part>::new(&FILE).path_as("path", &value, Style::SIMPLE.reserved());
    assert_eq!(path("a/b%2Fc d").encoded_path(), "/files/a/b%2Fc%20d");
    for value in ["..", "a/../b", "a/%2e%2E", "./a", ""] {
        assert!(message(path(value)).contains("path"), "{value}");
    }
}

#[test]
fn a_cookie_in_the_style_cookie_is_not_encoded() {
    let cookie = |value: &str| list().cookie_as("greeting", &value, Style::COOKIE.exploded());
    assert_eq!(cookie("Hello, world!").headers().collect::<Vec<_>>(), [("cookie", "greeting=Hello, world!")]);
    for value in ["a; b=c", "ä", "a\nb"] {
        assert!(message(cookie(value)).contains("greeting"), "{value}");
    }
    let named = |style: Style| list().cookie_as("a[b]", &"c", style);
    assert_eq!(named(Style::COOKIE.exploded()).headers().collect::<Vec<_>>(), [("cookie", "a[b]=c")]);
}

#[test]
fn a_required_array_may_have_one_empty_string() {
    static FIND: Operation = Operation::get("Find", "/pets").requires(&["status"]);
    let find = |value: &dyn crate::model::node::Node| {
        Request::<Part>::new(&FIND).query_joined("status", value).into_request()
    };
    assert_eq!(find(&vec![String::new()]).unwrap().query_string(), "status=");
    assert!(find(&Vec::<String>::new()).is_err() && find(&String::new()).is_err());
}

#[test]
fn an_optional_body_is_sent_if_it_is_given() {
    assert_eq!(list().json(optional(Some(&1_i64))).body(), Some(&b"1"[..]));
    assert_eq!(list().json(optional(None::<&i64>)).body(), None);
}

#[test]
fn values_of_an_array_are_converted() {
    assert_eq!(super::list::<String>(["a", "b"]), ["a", "b"]);
}

#[test]
fn the_bytes_of_a_part_can_be_read() {
    assert_eq!(FilePart::from(vec![1, 2]).content().as_bytes(), Some([1, 2].as_slice()));
}

#[test]
fn a_body_can_be_null() {
    assert_eq!(list().json(nullable(Some(&1_i64))).body(), Some(&b"1"[..]));
    assert_eq!(list().json(nullable(None::<&i64>)).body(), Some(&b"null"[..]));
    assert_eq!(list().json(optional_nullable::<i64>(None)).body(), None);
    assert_eq!(list().json(optional_nullable(Some(None::<&i64>))).body(), Some(&b"null"[..]));
}

/// RFC 3986, 3.3: only whole segments are removed when a URL is resolved.
#[test]
fn an_empty_value_beside_a_literal_is_sent() {
    static LITERAL: Operation = Operation::get("Literal", "/O{empty}X/{a}{b}");
    let request = |a: &str, b: &str| {
        Request::<()>::new(&LITERAL).path("empty", &"").path("a", &a).path("b", &b).into_request()
    };
    assert_eq!(request("", "1").unwrap().path_and_query(), "/OX/1");
    for (a, b) in [("", ""), (".", ""), (".", "."), ("", "..")] {
        let error = request(a, b).unwrap_err().to_string();
        assert!(error.contains("`b` must not be empty"), "{a:?} {b:?}: {error}");
    }
}

#[test]
fn a_parameter_in_the_query_of_a_path_template_is_filled_in() {
    static DELETE: Operation = Operation::get("Delete", "/q/{id}?action=del&x={x}&{k}=1#part-{id}");
    let request = Request::<()>::new(&DELETE).query("page", &2_i64).path("id", &1_i64).path("k", &"b c");
    assert_eq!(
        request.clone().into_request().unwrap_err().to_string(),
        "Delete: the parameter `x` is missing"
    );
    let request = request.path("x", &"a&b={c}").into_request().unwrap();
    assert_eq!(request.path_and_query(), "/q/1?action=del&x=a%26b%3D%7Bc%7D&b%20c=1&page=2");
}

#[test]
fn scalars_of_every_type_are_plain_text() {
    let value = |query: &str| query.rsplit_once('=').map(|(_, value)| value.to_owned());
    let number: crate::types::number::Number = "1.50".parse().unwrap();
    for (query, expected) in [
        (list().query("a", &u64::MAX).query_string(), "18446744073709551615"),
        (list().query("a", &0.5).query_string(), "0.5"),
        (list().query("a", &number).query_string(), "1.50"),
        (list().query("a", &json!("x y")).query_string(), "x%20y"),
        (list().query("a", &json!(1.5)).query_string(), "1.5"),
        (list().query("a", &json!(true)).query_string(), "true"),
        (list().query("a", &Setting::N1).query_string(), "1"),
        (list().query("a", &Setting::Auto).query_string(), "auto"),
    ] {
        assert_eq!(value(&query).as_deref(), Some(expected));
    }
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(message(list().query("cursor", &number)).contains("cannot be sent"));
    }
}

#[test]
fn a_header_that_is_set_again_is_replaced() {
    let request = list().header("x-name", &"a").header("x-other", &"b").header("x-name", &"c");
    assert_eq!(request.headers().collect::<Vec<_>>(), [("x-other", "b"), ("x-name", "c")]);
    assert_eq!(request.header("x-name", &None::<String>).headers().collect::<Vec<_>>(), [("x-other", "b")]);
}

#[test]
fn a_media_type_that_is_no_header_value_is_rejected() {
    for content_type in ["", "text/plain\r\nx: y", "a\u{0}b"] {
        let request: Request<Part> = Request::new(&CHANGE).json(&5_i64).content_type(content_type);
        assert_eq!(message(request), "Change: the parameter `content_type` has a value that cannot be sent");
    }
}

#[test]
fn the_debug_output_of_a_part_has_its_length_and_no_bytes() {
    let part = FilePart::new("secret").file_name("a.txt");
    assert_eq!(
        format!("{part:?}"),
        r#"Part { length: Some(6), file_name: Some("a.txt"), content_type: None }"#
    );
}
