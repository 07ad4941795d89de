//! Edits of overlays as text: which lines change, and which edits are left to the user.

use std::collections::BTreeMap;

use codegen::update::{ActionEdit, EditedOverlay, NotEditable, edit_overlay};
use codegen::{Pointer, Source};

const OVERLAY: &str = "\
# Why this overlay exists.
overlay: 1.0.0
info: {title: Fix, version: '1'}
actions:

  # ------------------------------ pets

  # About pets.
  - target: $.pets    # all of them
    description: >-
      A text
      # that is no comment.
    update: {a: 1}

  - {target: $.toys, remove: true}   # Flow.
  -   description: 'Hats.'
      target: >-
        $.hats
      update:
        text: |
          # not a comment

          - target: neither

  # About the last.
  - target: '$.last[?@.name == ''x'']'
    remove: true
# The end.
";

fn edited(text: &str, edits: &[(usize, Option<&str>)]) -> String {
    let edit = |target: Option<&str>| match target {
        Some(target) => ActionEdit::Retarget(target.to_owned()),
        None => ActionEdit::Delete,
    };
    let edits: BTreeMap<_, _> = edits.iter().map(|(index, target)| (*index, edit(*target))).collect();
    shown(edit_overlay(&Source::new("fix.yaml", text), &edits))
}

fn shown(edited: Result<EditedOverlay, NotEditable>) -> String {
    match edited {
        Ok(EditedOverlay::Text(text)) => text,
        Ok(EditedOverlay::Empty) => "(empty)".to_owned(),
        Err(error) => format!("by hand: {error}"),
    }
}

/// Returns the lines of the overlay that the edits remove and add.
fn difference(edits: &[(usize, Option<&str>)]) -> String {
    changed_lines(OVERLAY, &edited(OVERLAY, edits))
}

fn changed_lines(before: &str, after: &str) -> String {
    let diff = similar::TextDiff::from_lines(before, after);
    let changes = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    changes.map(|change| format!("{}{}", change.tag(), change.value().replace(' ', "·"))).collect()
}

#[test]
fn a_deleted_action_takes_its_comment_with_it() {
    insta::assert_snapshot!(difference(&[(0, None)]), @"
    -··#·About·pets.
    -··-·target:·$.pets····#·all·of·them
    -····description:·>-
    -······A·text
    -······#·that·is·no·comment.
    -····update:·{a:·1}
    -
    ");
    insta::assert_snapshot!(difference(&[(1, None)]), @"-··-·{target:·$.toys,·remove:·true}···#·Flow.");
    insta::assert_snapshot!(difference(&[(2, None)]), @"
    -··-···description:·'Hats.'
    -······target:·>-
    -········$.hats
    -······update:
    -········text:·|
    -··········#·not·a·comment
    -
    -··········-·target:·neither
    ");
    insta::assert_snapshot!(difference(&[(3, None)]), @"
    -··#·About·the·last.
    -··-·target:·'$.last[?@.name·==·''x'']'
    -····remove:·true
    ");
    assert_eq!(edited(OVERLAY, &[(0, None), (1, None), (2, None), (3, None)]), "(empty)");
}

#[test]
fn a_replaced_target_keeps_the_layout() {
    let target = "$.new['a: {b}']";
    insta::assert_snapshot!(difference(&[0, 1, 2, 3].map(|index| (index, Some(target)))), @"
    -··-·target:·$.pets····#·all·of·them
    +··-·target:·'$.new[''a:·{b}'']'····#·all·of·them
    -··-·{target:·$.toys,·remove:·true}···#·Flow.
    +··-·{target:·'$.new[''a:·{b}'']',·remove:·true}···#·Flow.
    -······target:·>-
    -········$.hats
    +······target:·'$.new[''a:·{b}'']'
    -··-·target:·'$.last[?@.name·==·''x'']'
    +··-·target:·'$.new[''a:·{b}'']'
    ");
    let target = "$.new.x";
    insta::assert_snapshot!(difference(&[(0, Some(target)), (1, None), (2, Some(target)), (3, Some(target))]), @"
    -··-·target:·$.pets····#·all·of·them
    +··-·target:·$.new.x····#·all·of·them
    -··-·{target:·$.toys,·remove:·true}···#·Flow.
    -······target:·>-
    -········$.hats
    +······target:·$.new.x
    -··-·target:·'$.last[?@.name·==·''x'']'
    +··-·target:·$.new.x
    ");
}

/// A sequence may have the indentation of its key, and other keys may follow it.
#[test]
fn an_unindented_sequence_is_edited() {
    let text = "overlay: 1.0.0\nactions:\n- target: $.a\n  remove: true\n- target: $.b\n  remove: true\ninfo: {title: T, version: '1'}\n";
    let last = edited(text, &[(1, None)]);
    assert_eq!(last, text.replace("- target: $.b\n  remove: true\n", ""));
}

#[test]
fn crlf_line_endings_are_kept() {
    let text = OVERLAY.replace('\n', "\r\n");
    let after = edited(&text, &[(0, None), (2, Some("$.a"))]);
    assert!(after.ends_with("# The end.\r\n") && !after.contains("pets.\r"), "{after}");
    assert!(!after.replace("\r\n", "").contains('\n'), "{after:?}");
}

#[test]
fn flow_style_is_edited_or_left_to_the_user() {
    let head = "overlay: 1.0.0\ninfo: {title: Fix, version: '1'}\n";
    let flow = format!("{head}actions: [{{target: $.a, remove: true}}, {{target: $.b, remove: true}}]\n");
    insta::assert_snapshot!(edited(&flow, &[(0, None)]), @"
    overlay: 1.0.0
    info: {title: Fix, version: '1'}
    actions: [{target: $.b, remove: true}]
    ");
    let json = "{\"overlay\": \"1.0.0\", \"info\": {\"title\": \"T\", \"version\": \"1\"}, \"actions\": [\n{\"target\": \"$.a\", \"remove\": true},\n{\"target\": \"$.b\", \"remove\": true}]}\n";
    insta::assert_snapshot!(edited(json, &[(0, None)]), @r#"
    {"overlay": "1.0.0", "info": {"title": "T", "version": "1"}, "actions": [
    {"target": "$.b", "remove": true}]}
    "#);
    assert_eq!(edited(json, &[(0, None), (1, None)]), "(empty)");
    let anchored =
        format!("{head}actions:\n- {{target: $.a, update: &x {{b: 1}}}}\n- {{target: $.b, update: *x}}\n");
    insta::assert_snapshot!(edited(&anchored, &[(0, None)]), @"by hand: the edits would change more than they should");
    assert_eq!(edited(&anchored, &[(1, None)]), anchored.split_inclusive('\n').take(4).collect::<String>());
    let dash_alone =
        format!("{head}actions:\n-\n  target: $.a\n  remove: true\n- {{target: $.b, remove: true}}\n");
    insta::assert_snapshot!(edited(&dash_alone, &[(0, None)]), @"by hand: the edits would change more than they should");
    let several_lines = format!("{head}actions:\n- target: $.a\n    .b\n  remove: true\n");
    insta::assert_snapshot!(edited(&several_lines, &[(0, Some("$.c"))]), @"by hand: the edits would change more than they should");
}

const LONG: &str = "\
overlay: 1.0.0
info: {title: Fix, version: '1'}
actions:
  - target: $.pets
    update:
      name: {type: string, enum: [a, 'b, c', \"d]\", e], nullable: true}
      # How old.
      age:
        type: integer
        description: |
          In years.
          # not a comment
      tags:
        - one
        # The second.
        - two
        - {name: three, in: query}
      owner: {name: {type: string}}
";

/// Returns the lines that change when some parts of the action are removed.
fn trimmed(parts: &[&str]) -> String {
    let parts = parts.iter().map(|part| Pointer::parse(&format!("/actions/0/update/{part}")).unwrap());
    let edits = BTreeMap::from([(0, ActionEdit::Trim(parts.collect()))]);
    changed_lines(LONG, &shown(edit_overlay(&Source::new("fix.yaml", LONG), &edits)))
}

#[test]
fn trimmed_parts_are_removed() {
    insta::assert_snapshot!(trimmed(&["age"]), @"
    -······#·How·old.
    -······age:
    -········type:·integer
    -········description:·|
    -··········In·years.
    -··········#·not·a·comment
    ");
    insta::assert_snapshot!(trimmed(&["age/type", "tags/1"]), @"
    -········type:·integer
    -········#·The·second.
    -········-·two
    ");
    insta::assert_snapshot!(trimmed(&["name/enum/0", "name/enum/2"]), @r#"
    -······name:·{type:·string,·enum:·[a,·'b,·c',·"d]",·e],·nullable:·true}
    +······name:·{type:·string,·enum:·['b,·c',·e],·nullable:·true}
    "#);
    insta::assert_snapshot!(trimmed(&["name/enum/1", "name/enum/3", "name/type"]), @r#"
    -······name:·{type:·string,·enum:·[a,·'b,·c',·"d]",·e],·nullable:·true}
    +······name:·{enum:·[a,·"d]"],·nullable:·true}
    "#);
    insta::assert_snapshot!(trimmed(&["tags/2/name", "name/nullable"]), @r#"
    -······name:·{type:·string,·enum:·[a,·'b,·c',·"d]",·e],·nullable:·true}
    +······name:·{type:·string,·enum:·[a,·'b,·c',·"d]",·e]}
    -········-·{name:·three,·in:·query}
    +········-·{in:·query}
    "#);
}

#[test]
fn a_parent_left_empty_is_removed() {
    insta::assert_snapshot!(trimmed(&["age/type", "age/description"]), @"
    -······#·How·old.
    -······age:
    -········type:·integer
    -········description:·|
    -··········In·years.
    -··········#·not·a·comment
    ");
    insta::assert_snapshot!(trimmed(&["owner/name/type", "tags/0", "tags/1", "tags/2"]), @"
    -······tags:
    -········-·one
    -········#·The·second.
    -········-·two
    -········-·{name:·three,·in:·query}
    -······owner:·{name:·{type:·string}}
    ");
    insta::assert_snapshot!(trimmed(&["name/enum/0", "name/enum/1", "name/enum/2", "name/enum/3"]), @r#"
    -······name:·{type:·string,·enum:·[a,·'b,·c',·"d]",·e],·nullable:·true}
    +······name:·{type:·string,·nullable:·true}
    "#);
}
