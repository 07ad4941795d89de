//! Hostile strings in the review page.

use super::Review;

/// No string of a document becomes an element, an attribute, a comment or an invisible character.
#[test]
fn no_string_becomes_markup() {
    let hostile = [
        "</script><img src=x onerror=alert(1)>",
        "</pre></details><svg onload=alert(1)>",
        "\\\" onmouseover=\\\"alert(1)",
        "' autofocus onfocus='alert(1)",
        "<!-- --!> ]]> <![CDATA[",
        "&lt;b&gt;&#60;b&#62;",
        "{{ 7*7 }}{% raw %}",
        "\\u202Eevil\\u200B\\u0085\\u0000\\e[31m",
        "</style><link rel=stylesheet href=https://example.invalid/a.css>",
    ];
    for text in hostile {
        let quoted = format!("\"{text}\"");
        let document = |version: &str, extra: &str| {
            format!(
                "\
openapi: 3.0.3
info: {{title: {quoted}, version: '1'}}
tags: [{{name: {quoted}, description: {quoted}}}]
paths:
  \"/a{text}\":
    get:
      operationId: {quoted}
      tags: [{quoted}]
      summary: \"{text} {version}\"
      parameters:
        - {{name: {quoted}, in: query, description: \"{text} {version}\", schema: {{type: string, default: \"{text} {version}\"}}}}
      responses:
        '200': {{description: All., headers: {{{quoted}: {{schema: {{type: string}}}}}}, content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}
components:
  schemas:
    A:
      type: object
      description: \"{text} {version}\"
      properties:
        {quoted}: {{type: string, enum: [{quoted}, \"{text} {version}\"]}}
        \"{text} {version}\": {{type: integer}}
{extra}"
            )
        };
        let overlay = format!(
            "overlay: 1.0.0\ninfo: {{title: T, version: '1'}}\nactions:\n  - target: $.info\n    description: {quoted}\n    \
             update: {{description: {quoted}}}\n  - target: $.components.schemas.A\n    description: {quoted}\n    update: \
             {{x-a: {quoted}}}\n"
        );
        let review = Review::new(&document("1", ""), &document("2", "    B: {type: object}\n"), &overlay);
        let page = review.page();
        assert!(!review.comparison.changes.is_empty(), "{text}");
        page.is_safe();
        assert_eq!(
            page.all("details").iter().filter(|node| node.has_class("change")).count(),
            review.comparison.changes.len()
        );
        let shown = text.replace("\\\"", "\"").replace(['{', '}'], "");
        let visible = page.text().replace(['{', '}'], "");
        let shown =
            if text.contains("u202E") { "\u{fffd}evil\u{fffd}\u{fffd}\u{2400}\u{241b}[31m" } else { &shown };
        assert!(visible.contains(shown), "{text}");
    }
}

/// A line of megabytes is truncated on both sides of the node.
#[test]
fn long_lines_are_truncated_around_the_node() {
    let padding = "p".repeat(2 << 20);
    let json = |ty: &str| {
        format!(
            "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"T\",\"version\":\"1\",\"description\":\"{padding}\"}},\"paths\":{{}},\
             \"components\":{{\"schemas\":{{\"A\":{{\"type\":\"object\",\"properties\":{{\"b\":{{\"type\":\"{ty}\"}}}}}}}}}},\
             \"x-rest\":\"{padding}\"}}"
        )
    };
    let review = Review::new(&json("string"), &json("integer"), "");
    let text = review.text();
    assert!(text.len() < 100_000, "{}", text.len());
    let change = review.page().change("models::A.b");
    assert!(change.contains("\"b\":{\"type\":\"string\"}"), "{change}");
    assert!(change.contains("\"b\":{\"type\":\"integer\"}"), "{change}");
}
