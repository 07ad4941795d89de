//! Valid overlays: the document after their actions.

use codegen::Source;

use super::dedented;

const BASE: &str = "\
openapi: 3.1.0
info: {title: Base, version: '1'}
tags: [{name: a}, {name: b}, {name: c}]
paths: {}
x-deep: {list: [1, 2], map: {kept: 1, changed: {inner: old, other: 2}}, scalar: text}
";

/// Returns parts of the document after the given actions.
fn patched(actions: &str) -> String {
    let overlay =
        format!("overlay: 1.1.0\ninfo: {{title: Fix, version: '1'}}\nactions:\n{}", dedented(actions));
    let output = codegen::generate(&Source::new("api.yaml", BASE), &[Source::new("overlay.yaml", overlay)]);
    let output = output.unwrap_or_else(|report| panic!("{report}"));
    let parts = ["info", "tags", "x-deep"].map(|key| format!("{key}: {}", output.patched[key]));
    parts.join("\n")
}

#[test]
fn objects_merge_arrays_append_and_scalars_are_replaced() {
    insta::assert_snapshot!(patched("
        - target: $['x-deep']
          update: {list: [3, [4]], map: {changed: {inner: new, more: true}, added: {}}, scalar: null}
    "), @r#"
    info: {"title":"Base","version":"1"}
    tags: [{"name":"a"},{"name":"b"},{"name":"c"}]
    x-deep: {"list":[1,2,3,[4]],"map":{"kept":1,"changed":{"inner":"new","other":2,"more":true},"added":{}},"scalar":null}
    "#);
}

#[test]
fn an_update_of_an_array_appends_to_it() {
    insta::assert_snapshot!(patched("
        - {target: $.tags, update: {name: d}}
        - {target: $.tags, update: [{name: e}, {name: f}]}
        - {target: \"$['x-deep'].list\", update: 3}
    "), @r#"
    info: {"title":"Base","version":"1"}
    tags: [{"name":"a"},{"name":"b"},{"name":"c"},{"name":"d"},{"name":"e"},{"name":"f"}]
    x-deep: {"list":[1,2,3],"map":{"kept":1,"changed":{"inner":"old","other":2}},"scalar":"text"}
    "#);
}

#[test]
fn a_value_of_another_type_replaces_the_old_one() {
    insta::assert_snapshot!(patched("
        - {target: \"$['x-deep'].map\", update: [1]}
        - {target: \"$['x-deep'].scalar\", update: {now: a mapping}}
        - {target: $.info.title, update: Renamed}
    "), @r#"
    info: {"title":"Renamed","version":"1"}
    tags: [{"name":"a"},{"name":"b"},{"name":"c"}]
    x-deep: {"list":[1,2],"map":[1],"scalar":{"now":"a mapping"}}
    "#);
}

#[test]
fn every_selected_node_is_updated() {
    insta::assert_snapshot!(patched("
        - {target: \"$.tags[?@.name != 'b']\", update: {description: New.}}
    "), @r#"
    info: {"title":"Base","version":"1"}
    tags: [{"name":"a","description":"New."},{"name":"b"},{"name":"c","description":"New."}]
    x-deep: {"list":[1,2],"map":{"kept":1,"changed":{"inner":"old","other":2}},"scalar":"text"}
    "#);
}

#[test]
fn elements_are_removed_by_filter() {
    insta::assert_snapshot!(patched("
        - {target: \"$.tags[?@.name != 'b']\", remove: true}
        - {target: \"$['x-deep'].map.kept\", remove: true}
        - {target: \"$['x-deep'].list[0, 1]\", remove: true}
    "), @r#"
    info: {"title":"Base","version":"1"}
    tags: [{"name":"b"}]
    x-deep: {"list":[],"map":{"changed":{"inner":"old","other":2}},"scalar":"text"}
    "#);
}

#[test]
fn a_copy_merges_like_an_update() {
    insta::assert_snapshot!(patched("
        - {target: $.info, copy: \"$['x-deep'].map.changed\"}
        - {target: \"$['x-deep'].list\", copy: '$.tags[0]'}
    "), @r#"
    info: {"title":"Base","version":"1","inner":"old","other":2}
    tags: [{"name":"a"},{"name":"b"},{"name":"c"}]
    x-deep: {"list":[1,2,{"name":"a"}],"map":{"kept":1,"changed":{"inner":"old","other":2}},"scalar":"text"}
    "#);
}

#[test]
fn an_action_sees_the_results_of_earlier_actions() {
    insta::assert_snapshot!(patched("
        - {target: \"$['x-deep']\", update: {fresh: {a: 1}}}
        - {target: \"$['x-deep'].fresh\", update: {b: 2}}
        - {target: \"$['x-deep'].fresh.a\", remove: true}
    "), @r#"
    info: {"title":"Base","version":"1"}
    tags: [{"name":"a"},{"name":"b"},{"name":"c"}]
    x-deep: {"list":[1,2],"map":{"kept":1,"changed":{"inner":"old","other":2}},"scalar":"text","fresh":{"b":2}}
    "#);
}
