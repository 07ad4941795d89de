//! `x-webhook-signature` and `x-webhook-events` that are wrong, or are declared where they mean nothing.

use super::rest;

/// Returns the report on webhooks with schemes of signatures, each in one line.
fn signatures(schemes: &[&str]) -> String {
    let webhook = |(index, scheme): (usize, &&str)| {
        format!("  hook{index}: {{post: {{x-webhook-signature: {scheme}}}}}\n")
    };
    let webhooks: String = schemes.iter().enumerate().map(webhook).collect();
    rest(&format!("webhooks:\n{webhooks}"))
}

#[test]
fn an_invalid_scheme_is_an_error() {
    insta::assert_snapshot!(signatures(&[
        "{encoding: hex}",
        "{header: 'X Signature', encoding: base32, key-encoding: utf8}",
        "{header: X-Signature, key: a}",
        "{header: X-Signature, signed: '{timestamp}'}",
        "{header: X-Signature, timestamp-header: X-Time, id-header: X-Id}",
        "{header: X-Signature, timestamp-header: X-Time, timestamp-element: t=, signed: '{timestamp}{body}'}",
        "{header: X-Signature, separator: '', signed: '{url}{body}'}",
        "{header: X-Signature, tolerance: -1}",
        "7",
    ]), @r#"
    error: `x-webhook-signature` has no `header`
      --> api.yaml:4:18 (#/webhooks/hook0/post/x-webhook-signature)
      help: add `header`

    error: "X Signature" is not the name of a header
      --> api.yaml:5:40 (#/webhooks/hook1/post/x-webhook-signature/header)
      help: for example X-Signature

    error: "base32" is not an encoding
      --> api.yaml:5:63 (#/webhooks/hook1/post/x-webhook-signature/encoding)
      help: known encodings: hex, base64

    error: "utf8" is not an encoding
      --> api.yaml:5:81 (#/webhooks/hook1/post/x-webhook-signature/key-encoding)
      help: known encodings: text, hex, base64

    error: unknown key `key` in `x-webhook-signature`
      --> api.yaml:6:61 (#/webhooks/hook2/post/x-webhook-signature/key)
      help: known keys: header, encoding, prefix, separator, signed, timestamp-header, timestamp-element, id-header, tolerance, key-encoding, key-prefix

    error: {body} is not signed: anyone could change it
      --> api.yaml:7:61 (#/webhooks/hook3/post/x-webhook-signature/signed)
      help: for example "{timestamp}.{body}"

    error: {timestamp} is signed, but no header has it
      --> api.yaml:7:61 (#/webhooks/hook3/post/x-webhook-signature/signed)
      help: add `timestamp-header` or `timestamp-element`

    error: {timestamp} is not signed: anyone could change it
      --> api.yaml:8:18 (#/webhooks/hook4/post/x-webhook-signature)
      help: for example "{timestamp}.{body}"

    error: {id} is not signed: anyone could change it
      --> api.yaml:8:18 (#/webhooks/hook4/post/x-webhook-signature)
      help: for example "{timestamp}.{body}"

    error: `timestamp-element` and `timestamp-header` exclude each other
      --> api.yaml:9:87 (#/webhooks/hook5/post/x-webhook-signature/timestamp-element)
      help: delete one of them

    error: the timestamp is an element of the header, but nothing separates it from the signature
      --> api.yaml:9:87 (#/webhooks/hook5/post/x-webhook-signature/timestamp-element)
      help: for example {separator: ",", prefix: "v1=", timestamp-element: "t="}

    error: the separator is empty
      --> api.yaml:10:61 (#/webhooks/hook6/post/x-webhook-signature/separator)
      help: write the text between the elements of the header, or delete the key

    error: "{url}{body}" has other placeholders than {body}, {id}, {timestamp}
      --> api.yaml:10:76 (#/webhooks/hook6/post/x-webhook-signature/signed)
      help: a scheme that signs more needs a verifier of the program

    error: `tolerance` must be a non-negative 32-bit integer, not -1
      --> api.yaml:11:61 (#/webhooks/hook7/post/x-webhook-signature/tolerance)
      help: fix the value, for example with an overlay

    error: `x-webhook-signature` must be an object, not a number
      --> api.yaml:12:18 (#/webhooks/hook8/post/x-webhook-signature)
      help: write it as an object
    "#);
}

#[test]
fn a_scheme_of_no_webhook_is_an_error() {
    insta::assert_snapshot!(rest("
        x-webhook-signature: {header: X-Signature}
        x-webhook-events: {property: type}
        paths: {/a: {get: {operationId: a, x-webhook-signature: {header: X-Signature}, responses: {'204': {description: ''}}}}}
    "), @"
    error: the document declares how webhooks are signed, but no webhook and no callback
      --> api.yaml:3:1 (#/x-webhook-signature)
      help: declare them in `webhooks`, or delete the extension

    error: the document declares how webhooks are recognized, but no webhook
      --> api.yaml:4:1 (#/x-webhook-events)
      help: declare them in `webhooks`, or delete the extension

    error: the client sends the requests of this operation; only webhooks and callbacks are verified
      --> api.yaml:5:36 (#/paths/~1a/get/x-webhook-signature)
      help: move it to a webhook, or to the root of the document
    ");
}

#[test]
fn events_are_recognized_by_one_declared_name() {
    let webhooks = "webhooks: {a: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {kind: {type: string}}}}}}}}}\n";
    let reports = ["{}", "{property: kind, header: X-Event}", "{property: type}", "{name: kind}"];
    let reports = reports.map(|events| rest(&format!("{webhooks}x-webhook-events: {events}\n")));
    insta::assert_snapshot!(reports.join("\n\n"), @"
    error: `x-webhook-events` needs either `property` or `header`
      --> api.yaml:4:1 (#/x-webhook-events)
      help: for example {property: type}, if its value is the key of the webhook

    error: `x-webhook-events` needs either `property` or `header`
      --> api.yaml:4:1 (#/x-webhook-events)
      help: for example {property: type}, if its value is the key of the webhook

    error: no webhook declares the property `type`
      --> api.yaml:4:20 (#/x-webhook-events/property)
      help: write the name of a property of the bodies; its value is the key of the webhook

    error: unknown key `name` in `x-webhook-events`
      --> api.yaml:4:20 (#/x-webhook-events/name)
      help: known keys: property, header
    ");
}
