use proptest::prelude::*;
use serde_json::json;

use super::{IntoRequest, Request, RequestError};
use crate::operation::{Method, Operation};
use crate::types::maybe::Maybe;
use crate::types::timestamp::Timestamp;
use crate::types::unix_time::UnixSeconds;
use crate::wire::samples::{Change, Part, Status};

static GET_PART: Operation = Operation::get("GetPart", "/parts/{part_id}/of/{owner}");
static LIST: Operation = Operation::get("List", "/parts")
    .exactly_one_of(&["start", "cursor"])
    .at_most_one_of(&["page[after]", "page[before]"]);
static FILTER: Operation = Operation::get("Filter", "/parts").requires(&["ids[]"]);
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
}

#[test]
fn values_that_cannot_be_written_are_rejected() {
    let request = list().query("cursor", &json!(null));
    assert_eq!(message(request), "List: the parameter `cursor` has a value that cannot be sent");
    assert!(message(list().query("cursor", &f64::NAN)).contains("cannot be sent"));
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
    for body in ["", " \r\n\t", "null", " null\n"] {
        assert_eq!(request.decode(body.as_bytes()), Ok(()), "{body:?}");
    }
    assert!(request.decode(b"{}").is_err());
    assert!(request.decode(b"<html>").is_err());
}

#[test]
fn a_response_is_decoded() {
    let part = list().decode(br#"{"id": 5}"#).unwrap();
    assert_eq!(part.id, 5);
    assert!(list().decode(b"").unwrap_err().to_string().contains("invalid JSON"));
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
