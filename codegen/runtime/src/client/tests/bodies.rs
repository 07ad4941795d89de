//! Bodies and answers of every kind, as they go over the wire.

use serde_json::{Value, json};

use super::{Server, answer, builder, run};
use crate::operation::Operation;
use crate::request::Style;
use crate::wire::samples::Part as Sample;
use crate::{Error, Part, Request};

static UPLOAD: Operation = Operation::put("Upload", "/files");
static TABLE: Operation = Operation::get("Table", "/table").accepts("text/csv, */*;q=0.1");
static LOOK: Operation = Operation::head("Look", "/files");

/// Sends a request to a server that gives some answers; returns what it saw beside what the caller got.
fn exchange<T: Send, const N: usize>(
    request: Request<T>,
    answers: [String; N],
) -> (Vec<String>, Result<T, Error>) {
    run(async {
        let server = Server::script(answers).await;
        let policy = crate::RetryPolicy::new().base_delay(std::time::Duration::ZERO);
        let client = builder(&server.address).retry(policy).build().unwrap();
        let result = client.send(request).await;
        (server.seen(), result)
    })
}

fn done() -> String {
    answer("204 No Content", "", "")
}

/// The body of a multipart request, with the boundary as `BOUNDARY`.
fn parts(seen: &str) -> String {
    let (head, body) = seen.split_once("\r\n\r\n").unwrap();
    let content_type = "content-type: multipart/form-data; boundary=";
    let boundary = head.lines().find_map(|line| line.strip_prefix(content_type)).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    assert_eq!(length, body.len().to_string());
    body.replace(boundary, "BOUNDARY")
}

#[test]
fn parts_go_out_with_their_names_and_types() {
    let photo = Part::new("bytes").file_name("a\"b\r\n.png").content_type("image/png");
    let request: Request<()> = Request::new(&UPLOAD)
        .multipart()
        .part("name", &"ä")
        .part("tags", &vec!["a", "b"])
        .part("none", &None::<i64>)
        .part("meta", &json!({"k": [1]}))
        .part_as("note", &"n", "text/markdown")
        .files("photo", &[photo, Part::from("more")], None)
        .files("table", &["1,2".into()], Some("text/csv"));
    assert_eq!((request.body(), request.body_chunks().count()), (None, 25));
    let (seen, result) = exchange(request, [done()]);
    result.unwrap();
    let expected = "\
        --BOUNDARY\nContent-Disposition: form-data; name=\"name\"\n\nä\n\
        --BOUNDARY\nContent-Disposition: form-data; name=\"tags\"\n\na\n\
        --BOUNDARY\nContent-Disposition: form-data; name=\"tags\"\n\nb\n\
        --BOUNDARY\nContent-Disposition: form-data; name=\"meta\"\nContent-Type: application/json\n\n{\"k\":[1]}\n\
        --BOUNDARY\nContent-Disposition: form-data; name=\"note\"\nContent-Type: text/markdown\n\nn\n\
        --BOUNDARY\nContent-Disposition: form-data; name=\"photo\"; filename=\"a%22b%0D%0A.png\"\n\
        Content-Type: image/png\n\nbytes\n\
        --BOUNDARY\nContent-Disposition: form-data; name=\"photo\"; filename=\"file\"\n\
        Content-Type: application/octet-stream\n\nmore\n\
        --BOUNDARY\nContent-Disposition: form-data; name=\"table\"; filename=\"file\"\nContent-Type: text/csv\n\n1,2\n\
        --BOUNDARY--\n";
    assert_eq!(parts(&seen.concat()), expected.replace('\n', "\r\n"));
}

#[test]
fn parts_can_be_set_again_and_sent_again() {
    let request: Request<()> =
        Request::new(&UPLOAD).part("a", &1_i64).part("b", &2_i64).part("a", &None::<i64>);
    let (seen, result) = exchange(request, [answer("503 Unavailable", "", ""), done()]);
    result.unwrap();
    let expected = "--BOUNDARY\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n2\r\n--BOUNDARY--\r\n";
    assert_eq!(seen.iter().map(|seen| parts(seen)).collect::<Vec<_>>(), [expected, expected]);
}

#[test]
fn boundaries_differ() {
    let request = || Request::<()>::new(&UPLOAD).multipart();
    assert_ne!(request().body_type(), request().body_type());
}

#[test]
fn media_types_hold_no_line_breaks() {
    let file = Part::new("x").content_type("text/plain\r\nX: y");
    let request: Request<()> = Request::new(&UPLOAD).files("file", &[file], None);
    let (seen, result) = exchange(request, [done()]);
    assert_eq!(seen.len(), 0);
    assert!(result.unwrap_err().to_string().contains("`file` has a value that cannot be sent"));
    let request: Request<()> = Request::new(&UPLOAD).raw("x", "text/plain\r\nX: y".to_owned());
    assert!(exchange(request, [done()]).1.is_err());
}

#[test]
fn forms_go_out_encoded() {
    let form = json!({"a": "x y&z", "b": [1, 2], "c": {"k": "v"}, "d": {"k": "v"}, "e": true});
    let request: Request<()> = Request::new(&UPLOAD).form_as(&form, &[("d", Style::DEEP_OBJECT)]);
    let (seen, result) = exchange(request, [done()]);
    result.unwrap();
    let seen = seen.concat();
    assert!(seen.contains("\r\ncontent-type: application/x-www-form-urlencoded\r\n"), "{seen}");
    assert!(
        seen.ends_with("\r\n\r\na=x%20y%26z&b=1&b=2&c=%7B%22k%22%3A%22v%22%7D&d%5Bk%5D=v&e=true"),
        "{seen}"
    );
    let request: Request<()> = Request::new(&UPLOAD).form(&json!([1]));
    assert!(exchange(request, [done()]).1.unwrap_err().to_string().contains("as a form"));
}

#[test]
fn bytes_go_out_as_they_are() {
    let request: Request<()> = Request::new(&UPLOAD).raw("a\0b", "application/octet-stream");
    let (seen, result) = exchange(request, [done()]);
    result.unwrap();
    let seen = seen.concat();
    assert!(seen.contains("\r\ncontent-type: application/octet-stream\r\n"), "{seen}");
    assert!(seen.contains("\r\ncontent-length: 3\r\n"), "{seen}");
    assert!(seen.ends_with("\r\n\r\na\0b"), "{seen}");
}

#[test]
fn bodies_that_are_absent_are_not_sent() {
    let request: Request<()> = Request::new(&UPLOAD).json(&None::<i64>).content_type("application/x+json");
    assert_eq!((request.body(), request.body_type()), (None, None));
    let (seen, result) = exchange(request, [done()]);
    result.unwrap();
    assert!(!seen.concat().contains("content-type"));
    let request: Request<()> = Request::new(&UPLOAD).json(&Some(5_i64)).content_type("application/x+json");
    assert_eq!((request.body(), request.body_type()), (Some(b"5".as_slice()), Some("application/x+json")));
}

#[test]
fn answers_of_other_kinds_are_read() {
    let (seen, text) = exchange(Request::text(&TABLE), [answer("200 OK", "", "a,b\n")]);
    assert_eq!(text.unwrap(), "a,b\n");
    assert!(seen.concat().contains("\r\naccept: text/csv, */*;q=0.1\r\n"));
    let (_, bytes) = exchange(Request::bytes(&TABLE), [answer("200 OK", "", "a\0b")]);
    assert_eq!(bytes.unwrap(), b"a\0b");
    let maybe =
        |body: &str| exchange(Request::<Option<Sample>>::or_empty(&TABLE), [answer("200 OK", "", body)]).1;
    assert_eq!(maybe(" ").unwrap(), None);
    assert_eq!(maybe("null").unwrap(), None);
    assert_eq!(maybe(r#"{"id": 3}"#).unwrap().unwrap().id, 3);
    let (seen, head) = exchange(Request::<()>::new(&LOOK), [answer("200 OK", "", "")]);
    head.unwrap();
    assert!(seen.concat().starts_with("HEAD /files HTTP/1.1\r\n"));
}

#[test]
fn refusals_can_be_read_as_declared() {
    let body = r#"{"id": 9, "name": "no"}"#;
    let (_, result) = exchange(Request::<()>::new(&UPLOAD), [answer("422 Unprocessable", "", body)]);
    let error = result.unwrap_err();
    let refusal = error.api().unwrap();
    assert_eq!(refusal.decode::<Sample>().unwrap().id, 9);
    assert_eq!(refusal.decode::<Value>().unwrap()["name"], "no");
    assert!(refusal.decode::<i64>().is_err());
}
