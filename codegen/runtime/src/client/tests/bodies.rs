//! Request and response bodies of every kind, as they are sent.

use serde_json::{Value, json};

use super::{TestServer, builder, response, run};
use crate::operation::Operation;
use crate::request::Style;
use crate::wire::samples::Part as Sample;
use crate::{Error, Part, Request};

static UPLOAD: Operation = Operation::put("Upload", "/files");
static TABLE: Operation = Operation::get("Table", "/table").accepts("text/csv, */*;q=0.1");
static LOOK: Operation = Operation::head("Look", "/files");

/// Sends a request to a server with some responses. Returns the requests as received, and the result of the call.
fn exchange<T: Send, const N: usize>(
    request: Request<T>,
    responses: [String; N],
) -> (Vec<String>, Result<T, Error>) {
    run(async {
        let server = TestServer::responding(responses).await;
        let policy = crate::RetryPolicy::new().base_delay(std::time::Duration::ZERO);
        let client = builder(&server.url).retry(policy).build().unwrap();
        let result = client.send(request).await;
        (server.requests(), result)
    })
}

fn done() -> String {
    response("204 No Content", "", "")
}

/// Returns the body of a multipart request, with the boundary as `BOUNDARY`.
fn parts(received: &str) -> String {
    let (head, body) = received.split_once("\r\n\r\n").unwrap();
    let content_type = "content-type: multipart/form-data; boundary=";
    let boundary = head.lines().find_map(|line| line.strip_prefix(content_type)).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    assert_eq!(length, body.len().to_string());
    body.replace(boundary, "BOUNDARY")
}

#[test]
fn parts_are_sent_with_their_names_and_types() {
    let photo = Part::new("bytes").file_name("a\"b\r\n.png").content_type("image/png");
    let request: Request<()> = Request::new(&UPLOAD)
        .multipart()
        .part("name", &"ä")
        .part("tags", &["a", "b"].as_slice())
        .part("none", &None::<i64>)
        .part("meta", &json!({"k": [1]}))
        .part_as("note", &"n", "text/markdown")
        .files("photo", &[photo, Part::from("more")], None)
        .files("table", &["1,2".into()], Some("text/csv"));
    assert_eq!((request.body(), request.body_chunks().count()), (None, 25));
    let (received, result) = exchange(request, [done()]);
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
    assert_eq!(parts(&received.concat()), expected.replace('\n', "\r\n"));
}

#[test]
fn a_part_can_be_replaced_and_a_multipart_body_retried() {
    let request: Request<()> =
        Request::new(&UPLOAD).part("a", &1_i64).part("b", &2_i64).part("a", &None::<i64>);
    let (received, result) = exchange(request, [response("503 Unavailable", "", ""), done()]);
    result.unwrap();
    let expected = "--BOUNDARY\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n2\r\n--BOUNDARY--\r\n";
    assert_eq!(received.iter().map(|received| parts(received)).collect::<Vec<_>>(), [expected, expected]);
}

#[test]
fn an_empty_file_is_sent() {
    let request: Request<()> =
        Request::new(&UPLOAD).multipart().files("photo", &["".into()], Some("image/png"));
    let (received, result) = exchange(request, [done()]);
    result.unwrap();
    assert!(parts(&received.concat()).contains("Content-Type: image/png\r\n\r\n\r\n--BOUNDARY--"));
}

#[test]
fn boundaries_differ() {
    let request = || Request::<()>::new(&UPLOAD).multipart();
    assert_ne!(request().body_type(), request().body_type());
}

#[test]
fn a_media_type_with_a_line_break_is_rejected() {
    let file = Part::new("x").content_type("text/plain\r\nX: y");
    let request: Request<()> = Request::new(&UPLOAD).files("file", &[file], None);
    let (received, result) = exchange(request, [done()]);
    assert_eq!(received.len(), 0);
    assert!(result.unwrap_err().to_string().contains("`file` has a value that cannot be sent"));
    let request: Request<()> = Request::new(&UPLOAD).raw("x", "text/plain\r\nX: y".to_owned());
    assert!(exchange(request, [done()]).1.is_err());
}

#[test]
fn forms_are_sent_encoded() {
    let form = json!({"a": "x y&z", "b": [1, 2], "c": {"k": "v"}, "d": {"k": "v"}, "e": true});
    let request: Request<()> = Request::new(&UPLOAD).form_as(&form, &[("d", Style::DEEP_OBJECT)]);
    let (received, result) = exchange(request, [done()]);
    result.unwrap();
    let received = received.concat();
    assert!(received.contains("\r\ncontent-type: application/x-www-form-urlencoded\r\n"), "{received}");
    assert!(
        received.ends_with("\r\n\r\na=x%20y%26z&b=1&b=2&c=%7B%22k%22%3A%22v%22%7D&d%5Bk%5D=v&e=true"),
        "{received}"
    );
    let request: Request<()> = Request::new(&UPLOAD).form(&json!([1]));
    assert!(exchange(request, [done()]).1.unwrap_err().to_string().contains("as a form"));
}

#[test]
fn bytes_are_sent_unchanged() {
    let request: Request<()> = Request::new(&UPLOAD).raw("a\0b", "application/octet-stream");
    let (received, result) = exchange(request, [done()]);
    result.unwrap();
    let received = received.concat();
    assert!(received.contains("\r\ncontent-type: application/octet-stream\r\n"), "{received}");
    assert!(received.contains("\r\ncontent-length: 3\r\n"), "{received}");
    assert!(received.ends_with("\r\n\r\na\0b"), "{received}");
}

/// RFC 9110, section 8.6
#[test]
fn the_length_of_an_empty_body_is_sent() {
    static CREATE: Operation = Operation::post("Create", "/files");
    static REMOVE: Operation = Operation::delete("Remove", "/files");
    for operation in [&UPLOAD, &CREATE, &REMOVE] {
        let empty: [Request<()>; 2] =
            [Request::new(operation).raw("", "text/plain"), Request::new(operation).raw("", "image/png")];
        for request in empty {
            let content_type = request.body_type().unwrap().to_owned();
            let received = exchange(request, [done()]).0.concat();
            assert_eq!(received.matches("content-length").count(), 1, "{received}");
            assert!(received.contains("\r\ncontent-length: 0\r\n"), "{received}");
            assert!(received.contains(&format!("\r\ncontent-type: {content_type}\r\n")), "{received}");
            assert!(!received.contains("transfer-encoding"), "{received}");
        }
    }
    let form: Request<()> = Request::new(&UPLOAD).form(&json!({}));
    assert!(exchange(form, [done()]).0.concat().contains("\r\ncontent-length: 0\r\n"));
    let nothing: Request<()> = Request::new(&CREATE);
    assert!(exchange(nothing, [done()]).0.concat().contains("\r\ncontent-length: 0\r\n"));
    let nothing: Request<()> = Request::new(&REMOVE);
    assert!(!exchange(nothing, [done()]).0.concat().contains("content-length"));
}

#[test]
fn an_absent_body_is_not_sent() {
    let request: Request<()> = Request::new(&UPLOAD).json(&None::<i64>).content_type("application/x+json");
    assert_eq!((request.body(), request.body_type()), (None, None));
    let (received, result) = exchange(request, [done()]);
    result.unwrap();
    assert!(!received.concat().contains("content-type"));
    let request: Request<()> = Request::new(&UPLOAD).json(&Some(5_i64)).content_type("application/x+json");
    assert_eq!((request.body(), request.body_type()), (Some(b"5".as_slice()), Some("application/x+json")));
}

#[test]
fn responses_of_other_media_types_are_read() {
    let (received, text) = exchange(Request::text(&TABLE), [response("200 OK", "", "a,b\n")]);
    assert_eq!(text.unwrap(), "a,b\n");
    assert!(received.concat().contains("\r\naccept: text/csv, */*;q=0.1\r\n"));
    let (_, bytes) = exchange(Request::bytes(&TABLE), [response("200 OK", "", "a\0b")]);
    assert_eq!(bytes.unwrap(), b"a\0b");
    let maybe =
        |body: &str| exchange(Request::<Option<Sample>>::or_empty(&TABLE), [response("200 OK", "", body)]).1;
    assert_eq!(maybe(" ").unwrap(), None);
    assert_eq!(maybe("null").unwrap(), None);
    assert_eq!(maybe(r#"{"id": 3}"#).unwrap().unwrap().id, 3);
    let (received, head) = exchange(Request::<()>::new(&LOOK), [response("200 OK", "", "")]);
    head.unwrap();
    assert!(received.concat().starts_with("HEAD /files HTTP/1.1\r\n"));
}

#[test]
fn an_error_response_can_be_decoded_as_declared() {
    let body = r#"{"id": 9, "name": "no"}"#;
    let (_, result) = exchange(Request::<()>::new(&UPLOAD), [response("422 Unprocessable", "", body)]);
    let error = result.unwrap_err();
    let error = error.api_error().unwrap();
    assert_eq!(error.decode::<Sample>().unwrap().id, 9);
    assert_eq!(error.decode::<Value>().unwrap()["name"], "no");
    assert!(error.decode::<i64>().is_err());
}
