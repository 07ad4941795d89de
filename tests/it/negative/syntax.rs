//! Text that is no YAML, or no document that can be worked with.

use super::{HEAD, overlaid, report, rest};

#[test]
fn a_syntax_error() {
    insta::assert_snapshot!(rest("
        paths:
          /pets: {get: [
    "), @"
    error: the YAML can't be read: while parsing a node, did not find expected node content
      --> api.yaml:6:1 (#/paths/~1pets/get/0)
      help: mend the syntax at this place; the mistake may begin a little above it
    ");
}

#[test]
fn tabs() {
    insta::assert_snapshot!(report("openapi: 3.1.0\ninfo:\n\ttitle: Tabs\n"), @"
    error: the YAML can't be read: tabs disallowed within this context (block indentation)
      --> api.yaml:3:2 (#/info)
      help: YAML forbids tabs for indentation: use spaces
    ");
}

#[test]
fn a_key_twice() {
    insta::assert_snapshot!(rest("
        paths:
          /pets:
            get: {}
          /toys: {}
          /pets: {}
        tags: [{name: a, name: b}]
    "), @r#"
    error: the key "/pets" stands here a second time; the first is at 4:3
      --> api.yaml:7:3 (#/paths/~1pets)
      help: delete one of the two, or merge them

    error: the key "name" stands here a second time; the first is at 8:9
      --> api.yaml:8:18 (#/tags/0/name)
      help: delete one of the two, or merge them
    "#);
}

#[test]
fn not_utf_8() {
    insta::assert_snapshot!(report([b"openapi: 3.1.0\ninfo: {title: \"Caf".as_slice(), &[0xe9], b"\"}\n"].concat()), @"
    error: the file is not UTF-8 text
      --> api.yaml:2:19
      help: save it as UTF-8 text; a binary file is no description
    ");
}

#[test]
fn a_binary_file() {
    insta::assert_snapshot!(report(vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0]), @"
    error: the file is not UTF-8 text
      --> api.yaml:1:1
      help: save it as UTF-8 text; a binary file is no description
    ");
}

#[test]
fn zero_bytes() {
    insta::assert_snapshot!(report(vec![0; 16]), @"
    error: the YAML can't be read: found unprintable character
      --> api.yaml:1:1
      help: mend the syntax at this place; the mistake may begin a little above it
    ");
}

#[test]
fn nothing_at_all() {
    insta::assert_snapshot!(report(""), @"
    error: the file is empty
      --> api.yaml
      help: write the document into it, or name another file
    ");
}

#[test]
fn comments_only() {
    insta::assert_snapshot!(report("# Nothing yet.\n---\n"), @"
    error: the file is empty
      --> api.yaml
      help: write the document into it, or name another file
    ");
}

#[test]
fn two_documents() {
    insta::assert_snapshot!(report(format!("{HEAD}---\n{HEAD}")), @"
    error: a second YAML document begins here
      --> api.yaml:3:1
      help: keep one document in a file
    ");
}

#[test]
fn a_text_instead_of_a_document() {
    insta::assert_snapshot!(report("https://example.com/openapi.yaml"), @"
    error: this is no OpenAPI document: the key `openapi` is missing
      --> api.yaml:1:1
      help: begin it with `openapi: 3.1.0`
    ");
}

#[test]
fn a_list_instead_of_a_document() {
    insta::assert_snapshot!(report("- openapi: 3.1.0"), @"
    error: this is no OpenAPI document: the key `openapi` is missing
      --> api.yaml:1:1
      help: begin it with `openapi: 3.1.0`
    ");
}

#[test]
fn deep_nesting() {
    let nested = format!("{HEAD}x-deep: {}{}\n", "[".repeat(200), "]".repeat(200));
    insta::assert_snapshot!(report(nested), @"
    error: the document is nested more than 128 levels deep
      --> api.yaml:3:136 (#/x-deep)
      help: flatten it: move inner schemas to components and refer to them
    ");
}

#[test]
fn an_alias_bomb() {
    let mut bomb = format!("{HEAD}x-0: &x0 [boom, boom, boom, boom, boom, boom, boom, boom, boom, boom]\n");
    for level in 1..9 {
        let below = format!("*x{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("x-{level}: &x{level} [{below}]\n"));
    }
    insta::assert_snapshot!(report(bomb), @"
    error: aliases blow the document up to more than 1000000 nodes
      --> api.yaml:8:46 (#/x-5/7)
      help: use `$ref` instead of YAML aliases
    ");
}

#[test]
fn an_alias_to_itself() {
    insta::assert_snapshot!(rest("x-loop: &loop {inner: *loop}"), @"
    error: the alias refers to a node that contains it
      --> api.yaml:3:23 (#/x-loop/inner)
      help: write the inner part out
    ");
}

#[test]
fn an_unknown_alias() {
    insta::assert_snapshot!(rest("x-missing: *missing"), @"
    error: the YAML can't be read: while parsing node, found unknown anchor
      --> api.yaml:3:12 (#/x-missing)
      help: mend the syntax at this place; the mistake may begin a little above it
    ");
}

/// Files are read before anything is applied, so one run shows the mistakes of all of them.
#[test]
fn mistakes_in_several_files() {
    insta::assert_snapshot!(overlaid("a: [", &["overlay: {", ""]), @"
    error: the YAML can't be read: while parsing a node, did not find expected node content
      --> api.yaml:2:1 (#/a/0)
      help: mend the syntax at this place; the mistake may begin a little above it

    error: the YAML can't be read: while parsing a node, did not find expected node content
      --> overlay-1.yaml:2:1 (#/overlay)
      help: mend the syntax at this place; the mistake may begin a little above it

    error: the file is empty
      --> overlay-2.yaml
      help: write the document into it, or name another file
    ");
}
