//! The values and positions of parsed texts.

use serde_json::json;

use super::parsed::Parsed;
use super::positions::Position;
use super::text::read;
use crate::base::pointer::Pointer;

fn tree(text: &str) -> serde_json::Value {
    let parsed = read(text).unwrap();
    assert_eq!(parsed.problems.len(), 0);
    parsed.value
}

/// Returns the positions of the nodes at some pointers.
fn positions<const N: usize>(parsed: &Parsed, pointers: [&str; N]) -> [Position; N] {
    let positions = parsed.positions.as_ref().unwrap();
    pointers.map(|pointer| positions.nearest(&Pointer::parse(pointer).unwrap()))
}

#[test]
fn scalars_follow_the_core_schema() {
    let text = "a: 1\nb: 'x'\nc: [null, ~, true, 1.5, 0o17, 0x1F, 1e3, =, 2020-01-01, -7, 9223372036854775808, 99999999999999999999, 1e400]\n";
    let expected = json!({
        "a": 1, "b": "x",
        "c": [null, null, true, 1.5, 15, 31, 1e3, "=", "2020-01-01", -7, 9_223_372_036_854_775_808_u64, 1e20, f64::MAX],
    });
    assert_eq!(tree(text), expected);
}

#[test]
fn numbers_that_the_tree_holds_otherwise_are_kept_as_they_are_written() {
    let yaml = "a: &a [1, 1.50, {b: 0x10}]\nc: *a\nd: {<<: &d {e: 1e400, f: 2}, g: 1.0}\nh: {<<: [{e: 7}, *d], f: 3.0}\n";
    let parsed = read(yaml).unwrap();
    let positions = parsed.positions.as_ref().unwrap();
    let number = |pointer: &str| {
        let value = parsed.value.pointer(pointer).unwrap().as_number().unwrap();
        positions.number(Pointer::parse(pointer).unwrap().tokens(), value)
    };
    for (pointer, text) in
        [("/a/1", "1.50"), ("/a/2/b", "0x10"), ("/c/1", "1.50"), ("/c/2/b", "0x10"), ("/d/e", "1e400")]
    {
        assert_eq!(number(pointer), Some(text), "{pointer}");
    }
    for pointer in ["/a/0", "/d/f", "/d/g", "/h/e", "/h/f"] {
        assert_eq!(number(pointer), None, "{pointer}");
    }
    let json = read(r#"{"a": [1e400, 18446744073709551616, 1]}"#).unwrap();
    assert_eq!(json.numbers.len(), 2);
    assert_eq!(read("a: 18446744073709551615").unwrap().numbers.len(), 0);
}

#[test]
fn keys_are_not_converted() {
    assert_eq!(tree("200: a\n'on': b\nnull: c\n"), json!({"200": "a", "on": "b", "null": "c"}));
}

#[test]
fn aliases_and_merge_keys_are_resolved() {
    let text = "base: &b {x: 1, y: 2}\none: {<<: *b, y: 3}\ntwo: *b\n";
    assert_eq!(
        tree(text),
        json!({"base": {"x": 1, "y": 2}, "one": {"y": 3, "x": 1}, "two": {"x": 1, "y": 2}})
    );
}

#[test]
fn a_duplicate_key_is_reported_with_both_positions() {
    let parsed = read("a:\n  b: 1\n  c: 2\n  b: 3\n").unwrap();
    assert_eq!(parsed.value, json!({"a": {"b": 3, "c": 2}}));
    assert_eq!(positions(&parsed, ["/a/b"]), [(4, 3)]);
    let problems = parsed.problems;
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].position, (4, 3));
    assert!(problems[0].message.contains("2:3"), "{}", problems[0].message);
    assert_eq!(problems[0].pointer.to_string(), "#/a/b");
}

#[test]
fn brackets_and_quoted_scalars_with_too_little_indentation_are_accepted() {
    let text =
        "a:\n  b: {\n    \"x}\\\"\": [ 'it''s',\n  1 # }\n], y: it's\n  }\n  c: \"p\nq\"\nd: {\n}\nd: 2\n";
    let parsed = read(text).unwrap();
    assert_eq!(parsed.value, json!({"a": {"b": {"x}\"": ["it's", 1], "y": "it's"}, "c": "p q"}, "d": 2}));
    assert_eq!(parsed.problems[0].position, (11, 1));
    assert_eq!(positions(&parsed, ["/a/b/x}\"/1", "/a/b/y", "/a/c"]), [(4, 3), (5, 4), (7, 3)]);
    assert!(read("a: {\n").is_err() && read("a:\n  - {]\n").is_err());
}

#[test]
fn deep_nesting_and_alias_expansion_are_rejected_quickly() {
    let nested: String = (0..200).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert!(read(&nested).unwrap_err()[0].message.contains("levels deep"));
    assert_eq!(read(&"[".repeat(2_000_000)).unwrap_err().len(), 1);
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..9 {
        let below = format!("*a{},", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    assert!(read(&bomb).unwrap_err()[0].message.contains("aliases"));
}

#[test]
fn nodes_have_positions() {
    let parsed = read("a:\n  - x: 1\n    y: [p, q]\n  - z\nb: 2\n").unwrap();
    let known = ["/a", "/a/0", "/a/0/x", "/a/0/y/1", "/a/1", "/b"];
    assert_eq!(positions(&parsed, known), [(1, 1), (2, 5), (2, 5), (3, 12), (4, 5), (5, 1)]);
    assert_eq!(positions(&parsed, ["/a/0/x/y", "/a/2", "/c", ""]), [(2, 5), (1, 1), (1, 1), (1, 1)]);
}

#[test]
fn nodes_of_json_have_positions() {
    let parsed = read("{\"a\": [1, {\"b\": 2}],\n\"c\": 3, \"c\": 4}").unwrap();
    assert_eq!(positions(&parsed, ["", "/a", "/a/1/b", "/c"]), [(1, 1), (1, 2), (1, 12), (2, 9)]);
    assert_eq!(parsed.problems[0].position, (2, 9));
    let parsed = read("{\"a\": 1, \"a\": 2}").unwrap();
    assert!(parsed.problems[0].message.contains("1:2"), "{}", parsed.problems[0].message);
    assert_eq!(read("{\"a\": }}").unwrap_err()[0].position, (1, 7));
}
