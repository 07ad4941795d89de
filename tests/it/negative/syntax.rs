//! Invalid YAML, and YAML that is not a usable document.

use super::{HEAD, overlaid, report, rest};

#[test]
fn a_syntax_error_is_reported() {
    insta::assert_snapshot!(rest("
        paths:
          /pets: {get: [
    "), @"
    error: invalid YAML: while parsing a node, did not find expected node content
      --> api.yaml:6:1 (#/paths/~1pets/get/0)
      help: fix the syntax here; the error may begin a few lines above
    ");
}

#[test]
fn a_syntax_error_in_json_is_one_of_json() {
    let open = "{\"openapi\": \"3.1.0\",\n  \"info\": {\"title\": \"é\", \"version\": \"1\"},\n  \"paths\": {\"/a\": [1, {\"é\": \"x\"";
    insta::assert_snapshot!(report(format!("{open} \"get\": 1}}]}}}}")), @"
    error: invalid JSON: expected `,` or `}`
      --> api.yaml:3:33 (#/paths/~1a/1)
      help: fix the syntax here; the error may begin a few lines above
    ");
    insta::assert_snapshot!(report(open), @"
    error: invalid JSON: EOF while parsing an object
      --> api.yaml:3:31 (#/paths/~1a/1)
      help: fix the syntax here; the error may begin a few lines above
    ");
    insta::assert_snapshot!(report("{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"a\nb"), @r"
    error: invalid JSON: control character (\u0000-\u001F) found while parsing a string
      --> api.yaml:2:1 (#/info/title)
      help: fix the syntax here; the error may begin a few lines above
    ");
    // A mapping in braces that is no JSON.
    insta::assert_snapshot!(report("{openapi: 3.1.0, info: [}"), @"
    error: invalid YAML: while parsing a node, did not find expected node content
      --> api.yaml:1:25 (#/info/0)
      help: fix the syntax here; the error may begin a few lines above
    ");
}

#[test]
fn tab_indentation_is_an_error() {
    insta::assert_snapshot!(report("openapi: 3.1.0\ninfo:\n\ttitle: Tabs\n"), @"
    error: invalid YAML: tabs disallowed within this context (block indentation)
      --> api.yaml:3:2 (#/info)
      help: YAML forbids tabs for indentation: use spaces
    ");
}

#[test]
fn a_duplicate_key_is_an_error() {
    insta::assert_snapshot!(rest("
        paths:
          /pets:
            get: {}
          /toys: {}
          /pets: {}
        tags: [{name: a, name: b}]
    "), @r#"
    error: duplicate key "/pets"; the first one is at 4:3
      --> api.yaml:7:3 (#/paths/~1pets)
      help: delete one of the two, or merge them

    error: duplicate key "name"; the first one is at 8:9
      --> api.yaml:8:18 (#/tags/0/name)
      help: delete one of the two, or merge them
    "#);
}

#[test]
fn a_file_that_is_not_utf_8_is_rejected() {
    insta::assert_snapshot!(report([b"openapi: 3.1.0\ninfo: {title: \"Caf".as_slice(), &[0xe9], b"\"}\n"].concat()), @"
    error: the file is not UTF-8 text
      --> api.yaml:2:19
      help: save it as UTF-8 text; binary files are not supported
    ");
}

#[test]
fn a_binary_file_is_rejected() {
    insta::assert_snapshot!(report(vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0]), @"
    error: the file is not UTF-8 text
      --> api.yaml:1:1
      help: save it as UTF-8 text; binary files are not supported
    ");
}

#[test]
fn null_bytes_are_rejected() {
    insta::assert_snapshot!(report(vec![0; 16]), @"
    error: invalid YAML: found unprintable character
      --> api.yaml:1:1
      help: fix the syntax here; the error may begin a few lines above
    ");
}

#[test]
fn an_empty_file_is_rejected() {
    insta::assert_snapshot!(report(""), @"
    error: the file is empty
      --> api.yaml
      help: write the document into it, or name another file
    ");
}

#[test]
fn a_file_of_comments_only_is_rejected() {
    insta::assert_snapshot!(report("# Nothing yet.\n---\n"), @"
    error: the file is empty
      --> api.yaml
      help: write the document into it, or name another file
    ");
}

#[test]
fn a_second_yaml_document_is_an_error() {
    insta::assert_snapshot!(report(format!("{HEAD}---\n{HEAD}")), @"
    error: a second YAML document begins here
      --> api.yaml:3:1
      help: keep one document in a file
    ");
}

#[test]
fn a_string_is_not_a_document() {
    insta::assert_snapshot!(report("https://example.com/openapi.yaml"), @"
    error: this is not an OpenAPI document: the key `openapi` is missing
      --> api.yaml:1:1
      help: begin it with `openapi: 3.1.0`
    ");
}

#[test]
fn an_array_is_not_a_document() {
    insta::assert_snapshot!(report("- openapi: 3.1.0"), @"
    error: this is not an OpenAPI document: the key `openapi` is missing
      --> api.yaml:1:1
      help: begin it with `openapi: 3.1.0`
    ");
}

#[test]
fn nesting_beyond_the_limit_is_an_error() {
    let nested = format!("{HEAD}x-deep: {}{}\n", "[".repeat(200), "]".repeat(200));
    insta::assert_snapshot!(report(nested), @"
    error: the document is nested more than 128 levels deep
      --> api.yaml:3:136 (#/x-deep)
      help: flatten it: move inner schemas to components and refer to them
    ");
}

#[test]
fn an_alias_bomb_is_rejected() {
    let mut bomb = format!("{HEAD}x-0: &x0 [boom, boom, boom, boom, boom, boom, boom, boom, boom, boom]\n");
    for level in 1..9 {
        let below = format!("*x{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("x-{level}: &x{level} [{below}]\n"));
    }
    insta::assert_snapshot!(report(bomb), @"
    error: the copies that aliases stand for are larger than 16 MB
      --> api.yaml:8:41 (#/x-5/6)
      help: use `$ref` instead of YAML aliases
    ");
}

#[test]
fn a_self_referencing_alias_is_an_error() {
    insta::assert_snapshot!(rest("x-loop: &loop {inner: *loop}"), @"
    error: the alias refers to a node that contains it
      --> api.yaml:3:23 (#/x-loop/inner)
      help: replace the alias by the value
    ");
}

#[test]
fn an_unknown_alias_is_an_error() {
    insta::assert_snapshot!(rest("x-missing: *missing"), @"
    error: invalid YAML: while parsing node, found unknown anchor
      --> api.yaml:3:12 (#/x-missing)
      help: fix the syntax here; the error may begin a few lines above
    ");
}

/// All files are read before an overlay is applied.
#[test]
fn errors_of_all_files_are_reported_together() {
    insta::assert_snapshot!(overlaid("a: [", &["overlay: {", ""]), @"
    error: invalid YAML: while parsing a node, did not find expected node content
      --> api.yaml:2:1 (#/a/0)
      help: fix the syntax here; the error may begin a few lines above

    error: invalid YAML: while parsing a node, did not find expected node content
      --> overlay-1.yaml:2:1 (#/overlay)
      help: fix the syntax here; the error may begin a few lines above

    error: the file is empty
      --> overlay-2.yaml
      help: write the document into it, or name another file
    ");
}
