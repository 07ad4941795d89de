//! Names as in real documents, ordinary and unusual ones.

use crate::choices::Choices;

/// Ordinary names.
const ORDINARY: [&str; 16] = [
    "id",
    "name",
    "status",
    "created_at",
    "kind",
    "items",
    "owner",
    "parentId",
    "total",
    "next_page",
    "Address",
    "lineItem",
    "tags",
    "amount",
    "note",
    "x-rate",
];

/// Keywords, names of the prelude and of the runtime; names that collide in Rust, or have no valid characters.
const UNUSUAL: [&str; 64] = [
    "type",
    "self",
    "Self",
    "super",
    "crate",
    "async",
    "gen",
    "fn",
    "mod",
    "extern",
    "r#fn",
    "_",
    "",
    " ",
    "$",
    "$type",
    "😀",
    "é",
    "名前",
    "a-b",
    "a_b",
    "a b",
    "aB",
    "A-B",
    "AB",
    "1st",
    "1",
    "+1",
    "-1",
    "+",
    "@type",
    "x[y]",
    "x.y",
    "x~y",
    "x%20y",
    "extra",
    "Extra",
    "Unknown",
    "Option",
    "Vec",
    "String",
    "Value",
    "Box",
    "None",
    "Some",
    "Ok",
    "Err",
    "Result",
    "Default",
    "default",
    "Map",
    "Number",
    "Timestamp",
    "Request",
    "request",
    "list",
    "body",
    "models",
    "wire",
    "con",
    "__proto__",
    "as_str",
    "ﬁ",
    "ID",
];

/// Returns any name.
pub(crate) fn any(choices: &mut Choices<'_>) -> String {
    match choices.up_to(9) {
        0..=5 => choices.pick(&ORDINARY).to_owned(),
        6..=7 => choices.pick(&UNUSUAL).to_owned(),
        8 => format!("{}{}", choices.pick(&ORDINARY), choices.pick(&UNUSUAL)),
        _ => choices.text(),
    }
}

/// Returns a name that is not taken.
pub(crate) fn unique<'n>(taken: impl Fn(&str) -> bool + 'n, choices: &mut Choices<'_>) -> String {
    let name = any(choices);
    let mut counted = name.clone();
    let mut number = 2;
    while taken(&counted) {
        counted = format!("{name}{number}");
        number += 1;
    }
    counted
}

/// Returns a name that is valid within the braces of a path template.
pub(crate) fn placeholder(choices: &mut Choices<'_>) -> String {
    let name: String = any(choices).chars().filter(|c| !matches!(c, '{' | '}' | '/' | '?' | '#')).collect();
    if name.is_empty() { "id".to_owned() } else { name }
}

/// Returns a valid name of a header field (RFC 9110).
pub(crate) fn header(choices: &mut Choices<'_>) -> String {
    choices
        .pick(&["X-Trace", "x-trace", "If-Match", "X-2", "type", "X_Y", "Prefer", "!#$%&'*+-.^_`|~"])
        .to_owned()
}

pub(crate) fn title(choices: &mut Choices<'_>) -> String {
    choices.pick(&["Things", "The API", "3D API", "", "crate", "名前"]).to_owned()
}

/// Returns the text of a description.
pub(crate) fn prose(choices: &mut Choices<'_>) -> String {
    const PROSE: [&str; 6] = [
        "What it is.",
        "",
        "First line.\n\nSecond paragraph, with `code` and [a link](https://example.com).",
        "# Heading\n\n- item\n  - item\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "```\nlet x = 1;\n```\n\n    indented",
        "<p>HTML &amp; <b>bold</b></p> *a_b* [x] 100%",
    ];
    choices.pick(&PROSE).to_owned()
}

/// Escapes a name as a token of a reference.
pub(crate) fn token(name: &str) -> String {
    let escaped = name.replace('~', "~0").replace('/', "~1");
    escaped.replace('%', "%25")
}
