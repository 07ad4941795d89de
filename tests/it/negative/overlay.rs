//! Overlays that are invalid or stale.

use super::overlaid;

const BASE: &str = "\
openapi: 3.1.0
info: {title: Base, version: '1'}
tags: [{name: pets}, {name: toys}]
paths:
  /pets:
    get: {operationId: pets, summary: Lists pets., responses: {}}
    post: {operationId: addPet, responses: {}}
";
const HEAD: &str = "overlay: 1.1.0\ninfo: {title: Fix, version: '1'}\n";

/// Returns the report on an overlay of a small document.
fn applied(overlay: &str) -> String {
    overlaid(BASE, &[overlay])
}

/// Returns the report on an overlay with the given actions.
fn acted(actions: &str) -> String {
    applied(&format!("{HEAD}actions:\n{}", super::dedented(actions)))
}

#[test]
fn a_document_without_the_overlay_key_is_rejected() {
    insta::assert_snapshot!(applied("openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"), @"
    error: this is not an overlay: the key `overlay` is missing
      --> overlay-1.yaml:1:1
      help: begin it with `overlay: 1.0.0`
    ");
    insta::assert_snapshot!(applied("- overlay: 1.0.0\n"), @"
    error: this is not an overlay: the key `overlay` is missing
      --> overlay-1.yaml:1:1
      help: begin it with `overlay: 1.0.0`
    ");
}

#[test]
fn errors_in_the_overlay_header_are_reported() {
    insta::assert_snapshot!(applied("overlay: 2.0.0\ninfo: {title: T}\nextend: base.yaml\nx-note: fine\n"), @r#"
    error: unsupported overlay version "2.0.0"
      --> overlay-1.yaml:1:1 (#/overlay)
      help: use Overlay 1.0.0 or 1.1.0

    error: the overlay has no `info.version`
      --> overlay-1.yaml:2:1 (#/info)
      help: add `version: …` to `info`

    error: unknown key `extend` in an overlay
      --> overlay-1.yaml:3:1 (#/extend)
      help: known keys: overlay, info, extends, actions

    error: the overlay has no actions
      --> overlay-1.yaml:1:1 (#/actions)
      help: add an action, or delete the file
    "#);
    insta::assert_snapshot!(applied("overlay: 1.0\ninfo: {title: T, version: '1'}\nactions: {target: $}\n"), @"
    error: the version must be a string, not a number
      --> overlay-1.yaml:1:1 (#/overlay)
      help: put it in quotes: `overlay: '1.0.0'`
    ");
}

#[test]
fn an_overlay_without_actions_is_an_error() {
    insta::assert_snapshot!(applied("overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: []\n"), @"
    error: the overlay has no actions
      --> overlay-1.yaml:3:1 (#/actions)
      help: add an action, or delete the file
    ");
}

#[test]
fn errors_in_actions_are_reported() {
    insta::assert_snapshot!(acted("
        - update: {title: No target}
        - {target: $.info, updat: {title: Misspelled}}
        - {target: $.info}
        - {target: $.info, remove: sure}
        - {target: $.info, update: {title: Two}, remove: true}
        - {target: $.info, update: {title: Two}, copy: $.tags}
        - {target: '$.paths[', remove: true}
        - {target: 'paths./pets', remove: true}
        - just a text
    "), @"
    error: the action has no `target`
      --> overlay-1.yaml:4:3 (#/actions/0)
      help: add `target: <JSONPath>`

    error: unknown key `updat` in an overlay
      --> overlay-1.yaml:5:20 (#/actions/1/updat)
      help: known keys: target, description, update, remove, copy

    error: the action must have exactly one of `update`, `remove: true` and `copy`
      --> overlay-1.yaml:5:3 (#/actions/1)
      help: keep one of them; split the action if it needs two

    error: the action must have exactly one of `update`, `remove: true` and `copy`
      --> overlay-1.yaml:6:3 (#/actions/2)
      help: keep one of them; split the action if it needs two

    error: `remove` must be a boolean
      --> overlay-1.yaml:7:20 (#/actions/3/remove)
      help: write `remove: true`

    error: the action must have exactly one of `update`, `remove: true` and `copy`
      --> overlay-1.yaml:8:3 (#/actions/4)
      help: keep one of them; split the action if it needs two

    error: the action must have exactly one of `update`, `remove: true` and `copy`
      --> overlay-1.yaml:9:3 (#/actions/5)
      help: keep one of them; split the action if it needs two

    error: invalid JSONPath $.paths[: syntax error at position 7: the input is not a valid JSONPath query
      --> overlay-1.yaml:10:4 (#/actions/6/target)
      help: use the syntax of RFC 9535, for example $.paths['/pets'].get

    error: invalid JSONPath paths./pets: syntax error at position 0: the input is not a valid JSONPath query
      --> overlay-1.yaml:11:4 (#/actions/7/target)
      help: use the syntax of RFC 9535, for example $.paths['/pets'].get

    error: the action has no `target`
      --> overlay-1.yaml:12:3 (#/actions/8)
      help: add `target: <JSONPath>`
    ");
}

#[test]
fn a_stale_action_is_an_error() {
    insta::assert_snapshot!(acted("
        - {target: \"$.paths['/toys']\", remove: true}
        - {target: \"$.tags[?@.name == 'food']\", update: {description: Food.}}
        - {target: $.info, update: {title: Base}}
        - {target: \"$.paths['/pets'].get\", update: {}}
        - {target: \"$.tags\", update: []}
    "), @"
    error: stale action: its target $.paths['/toys'] matches nothing
      --> overlay-1.yaml:4:4 (#/actions/0/target)
      help: delete the action if the description no longer needs it, or fix its target

    error: stale action: its target $.tags[?@.name == 'food'] matches nothing
      --> overlay-1.yaml:5:4 (#/actions/1/target)
      help: delete the action if the description no longer needs it, or fix its target

    error: stale action: it changes nothing in $.info
      --> overlay-1.yaml:6:4 (#/actions/2/target)
      help: delete the action if the description no longer needs it, or fix its target

    error: stale action: it changes nothing in $.paths['/pets'].get
      --> overlay-1.yaml:7:4 (#/actions/3/target)
      help: delete the action if the description no longer needs it, or fix its target

    error: stale action: it changes nothing in $.tags
      --> overlay-1.yaml:8:4 (#/actions/4/target)
      help: delete the action if the description no longer needs it, or fix its target
    ");
}

#[test]
fn an_action_cannot_remove_the_whole_document() {
    insta::assert_snapshot!(acted("
        - {target: $, remove: true}
    "), @"
    error: the action removes the entire document
      --> overlay-1.yaml:4:4 (#/actions/0/target)
      help: select the part to remove
    ");
}

#[test]
fn copy_must_select_exactly_one_node() {
    insta::assert_snapshot!(acted("
        - {target: \"$.paths['/pets'].post\", copy: $.paths.*.*}
        - {target: \"$.paths['/pets'].post\", copy: $.paths.missing}
        - {target: \"$.paths['/pets'].post\", copy: '$.paths['}
    "), @"
    error: `copy` must select one node, but $.paths.*.* selects 2
      --> overlay-1.yaml:4:37 (#/actions/0/copy)
      help: delete the action if the description no longer needs it, or fix its target

    error: `copy` must select one node, but $.paths.missing selects 0
      --> overlay-1.yaml:5:37 (#/actions/1/copy)
      help: delete the action if the description no longer needs it, or fix its target

    error: invalid JSONPath $.paths[: syntax error at position 7: the input is not a valid JSONPath query
      --> overlay-1.yaml:6:37 (#/actions/2/copy)
      help: use the syntax of RFC 9535, for example $.paths['/pets'].get
    ");
}

#[test]
fn the_patched_document_is_not_checked_after_an_overlay_error() {
    insta::assert_snapshot!(acted("
        - {target: $.info, update: {title: 7}}
        - {target: $.missing, remove: true}
    "), @"
    error: stale action: its target $.missing matches nothing
      --> overlay-1.yaml:5:4 (#/actions/1/target)
      help: delete the action if the description no longer needs it, or fix its target
    ");
}
