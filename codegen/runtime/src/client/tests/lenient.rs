//! Responses that don't match their declared type.

use super::{GET, TestServer, builder, client_with_test_clock, get, response, run};
use crate::wire::samples::{Exact, Info, Part};
use crate::{ErrorKind, Mismatches, Request, Value, decode, encode};

const INFO: &str = r#"{"host":"h","is_k8s":"unknown","uptime":12.5,"vars":{"a":{"id":1},"b":2.0}}"#;

fn info() -> Request<Info> {
    Request::new(&GET).path("part_id", &"a")
}

fn paths(mismatches: &Mismatches) -> Vec<&str> {
    mismatches.iter().map(crate::Mismatch::path).collect()
}

const BODY: &str = r#"{"id":7,"type":5,"new":"\ud800"}"#;

fn body() -> String {
    response("200 OK", "content-type: application/json\r\n", BODY)
}

#[test]
fn the_error_names_every_mismatch_and_hands_out_the_lenient_value() {
    run(async {
        let server = TestServer::responding([body()]).await;
        let (client, _) = client_with_test_clock(&server);
        let error = client.send(get()).await.unwrap_err();
        assert_eq!((error.kind(), server.count()), (ErrorKind::Decode, 1));
        let shown = error.to_string();
        assert!(shown.contains("/type: expected a string, found an integer"), "{shown}");
        assert!(shown.contains("/new: expected Unicode text, found an unpaired surrogate"), "{shown}");
        assert_eq!(error.decode_error().unwrap().mismatches().total(), 2);
        let lenient = error.decode_lenient::<Part>().unwrap();
        assert_eq!((lenient.value.id, &lenient.value.r#type), (7, &None));
        assert_eq!(&lenient.mismatches, error.decode_error().unwrap().mismatches());
        assert_eq!(encode(&lenient.value).unwrap().len(), BODY.len());
        // A required field can't be left out.
        assert!(error.decode_lenient::<Vec<Part>>().is_none());
    });
}

#[test]
fn a_lenient_client_leaves_out_what_does_not_match() {
    run(async {
        let server = TestServer::responding([body()]).await;
        let (client, _) = client_with_test_clock(&server);
        let part = client.send_lenient(get()).await.unwrap();
        assert_eq!((part.value.id, part.mismatches.total(), part.is_exact()), (7, 2, false));
        let client = builder(&server.url).lenient(true).build().unwrap();
        assert_eq!(client.send(get()).await.unwrap().id, 7);
        let whole = client.send_whole(get()).await.unwrap();
        assert_eq!((whole.status(), whole.mismatches()[0].path()), (200, "/type"));
        assert_eq!(whole.into_value().extra.left_out().count(), 2);
    });
}

#[test]
fn a_number_out_of_range_is_left_out_of_a_field_also_by_a_strict_client() {
    run(async {
        let json = r#"{"integer":18446744073709551616,"size":1}"#;
        let server = TestServer::responding([response("200 OK", "", json)]).await;
        let (client, _) = client_with_test_clock(&server);
        let request: Request<Exact> = Request::new(&GET).path("part_id", &"a");
        let whole = client.send_whole(request.clone()).await.unwrap();
        let mismatches =
            "/integer: expected a 64-bit integer, found an integer out of range (line 1, column 31)";
        assert_eq!(whole.mismatches().to_string(), mismatches);
        let exact = client.send(request).await.unwrap();
        assert_eq!((exact.integer, exact.size), (None, Some(1)));
        assert_eq!(
            exact.extra.left_out().collect::<Vec<_>>(),
            [("/integer".to_owned(), "18446744073709551616")]
        );
    });
}

#[test]
fn a_response_without_a_required_field_is_an_error() {
    run(async {
        let server = TestServer::responding([response("200 OK", "", r#"{"id":"x","type":5}"#)]).await;
        let client = builder(&server.url).lenient(true).build().unwrap();
        let error = client.send(get()).await.unwrap_err();
        assert_eq!(paths(error.decode_error().unwrap().mismatches()), ["/id", "/type"]);
        assert!(error.decode_lenient::<Part>().is_none() && error.received_response().is_some());
    });
}

#[test]
fn bytes_that_are_not_utf8_are_left_out() {
    run(async {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n";
        let latin = [head.as_bytes(), b"{\"id\":7,\"type\":\"\xe9t\"}"].concat();
        let server = TestServer::responding([latin]).await;
        let (client, _) = client_with_test_clock(&server);
        let part = client.send_lenient(get()).await.unwrap();
        assert_eq!(encode(&part).unwrap(), br#"{"id":7,"type":"\udce9t"}"#);
        let error = client.send(get()).await.unwrap_err();
        assert_eq!(error.decode_error().unwrap().path(), "/type");
    });
}

#[test]
fn a_body_is_decoded_leniently_by_the_request() {
    let request: Request<Part> = get();
    let part = request.decode_lenient(BODY.as_bytes()).unwrap();
    assert_eq!((part.value.id, part.mismatches.total()), (7, 2));
    let items = Request::<Vec<Part>>::items(request.operation());
    let lenient = items.decode_lenient(b"{\"id\":1}\n{\"id\":2,\"type\":0}\n").unwrap();
    assert_eq!((lenient.value.len(), lenient.mismatches[0].path()), (2, "/1/type"));
}

#[test]
fn a_response_that_is_wrong_about_some_fields_gives_the_others() {
    run(async {
        let expected = ["/is_k8s", "/uptime", "/vars/b"];
        let server = TestServer::responding([response("200 OK", "", INFO)]).await;
        let (strict, _) = client_with_test_clock(&server);
        let error = strict.send(info()).await.unwrap_err();
        assert_eq!(paths(error.decode_error().unwrap().mismatches()), expected);
        let shown = error.to_string();
        assert!(expected.iter().all(|path| shown.contains(&format!("{path}: "))), "{shown}");

        let client = builder(&server.url).lenient(true).build().unwrap();
        let whole = client.send_whole(info()).await.unwrap();
        assert_eq!(paths(whole.mismatches()), expected);
        let value = client.send(info()).await.unwrap();
        let handed_out = error.decode_lenient::<Info>().unwrap();
        assert_eq!((&handed_out, &handed_out.value), (whole.lenient(), &value));
        assert_eq!((value.host.as_str(), value.is_k8s, &value.uptime), ("h", None, &None));
        assert_eq!(value.vars.as_ref().unwrap().keys().collect::<Vec<_>>(), ["a"]);
        let sent: Value = decode(INFO.as_bytes()).unwrap();
        assert_eq!(decode::<Value>(&encode(&value).unwrap()).unwrap(), sent);
    });
}

#[test]
fn what_is_left_out_of_an_array_is_kept_beside_it() {
    run(async {
        let json = r#"[{"id":1},"x",{"id":2,"type":[]}]"#;
        let server = TestServer::responding([response("200 OK", "", json)]).await;
        let client = builder(&server.url).lenient(true).build().unwrap();
        let request: Request<Vec<Part>> = Request::new(&GET).path("part_id", &"a");
        let whole = client.send_whole(request).await.unwrap();
        assert_eq!((whole.value().len(), paths(whole.mismatches())), (2, vec!["/1", "/2/type"]));
        assert_eq!(encode(whole.lenient()).unwrap(), json.as_bytes());
    });
}

#[test]
fn the_error_of_a_response_in_another_charset_hands_out_the_value() {
    run(async {
        let body: Vec<u8> = BODY.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-16le\r\nconnection: close";
        let head = format!("{head}\r\ncontent-length: {}\r\n\r\n", body.len());
        let server = TestServer::responding([[head.as_bytes(), &body].concat()]).await;
        let (client, _) = client_with_test_clock(&server);
        let error = client.send(get()).await.unwrap_err();
        let lenient = client.send_lenient(get()).await.unwrap();
        assert_eq!((lenient.value.id, error.decode_lenient().as_ref()), (7, Some(&lenient)));
    });
}

#[test]
fn a_response_that_is_not_json_is_an_error() {
    run(async {
        let html = response("200 OK", "content-type: text/html\r\n", "<html>");
        for body in [response("200 OK", "", r#"{"id":7,"type":5,}"#), response("200 OK", "", ""), html] {
            let server = TestServer::responding([body]).await;
            let client = builder(&server.url).lenient(true).build().unwrap();
            let error = client.send(get()).await.unwrap_err();
            assert_eq!((error.kind(), server.count()), (ErrorKind::Decode, 1), "{error}");
            assert!(error.decode_lenient::<Part>().is_none());
        }
    });
}
