//! Overlays edited as text: what goes, what stays, and what is left to a person.

use std::collections::BTreeMap;

use codegen::update::{ByHand, Edit, Mended, mend};
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

fn mended(text: &str, edits: &[(usize, Option<&str>)]) -> String {
    let edit = |target: Option<&str>| match target {
        Some(target) => Edit::Retarget(target.to_owned()),
        None => Edit::Delete,
    };
    let edits: BTreeMap<_, _> = edits.iter().map(|(index, target)| (*index, edit(*target))).collect();
    told(mend(&Source::new("fix.yaml", text), &edits))
}

fn told(mended: Result<Mended, ByHand>) -> String {
    match mended {
        Ok(Mended::Text(text)) => text,
        Ok(Mended::Empty) => "(empty)".to_owned(),
        Err(by_hand) => format!("by hand: {by_hand}"),
    }
}

/// What is left of the overlay's lines: the numbers of those that went, and the new ones.
fn difference(edits: &[(usize, Option<&str>)]) -> String {
    changed_lines(OVERLAY, &mended(OVERLAY, edits))
}

fn changed_lines(before: &str, after: &str) -> String {
    let diff = similar::TextDiff::from_lines(before, after);
    let changes = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    changes.map(|change| format!("{}{}", change.tag(), change.value().replace(' ', "·"))).collect()
}

#[test]
fn an_action_goes_with_its_own_comment() {
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
    assert_eq!(mended(OVERLAY, &[(0, None), (1, None), (2, None), (3, None)]), "(empty)");
}

#[test]
fn a_target_is_replaced_where_it_stands() {
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

/// A list may stand as far left as its key, and other keys behind it.
#[test]
fn a_list_at_the_margin() {
    let text = "overlay: 1.0.0\nactions:\n- target: $.a\n  remove: true\n- target: $.b\n  remove: true\ninfo: {title: T, version: '1'}\n";
    let last = mended(text, &[(1, None)]);
    assert_eq!(last, text.replace("- target: $.b\n  remove: true\n", ""));
}

#[test]
fn other_line_ends_stay() {
    let text = OVERLAY.replace('\n', "\r\n");
    let after = mended(&text, &[(0, None), (2, Some("$.a"))]);
    assert!(after.ends_with("# The end.\r\n") && !after.contains("pets.\r"), "{after}");
    assert!(!after.replace("\r\n", "").contains('\n'), "{after:?}");
}

#[test]
fn actions_between_commas_and_what_is_left_to_a_person() {
    let head = "overlay: 1.0.0\ninfo: {title: Fix, version: '1'}\n";
    let flow = format!("{head}actions: [{{target: $.a, remove: true}}, {{target: $.b, remove: true}}]\n");
    insta::assert_snapshot!(mended(&flow, &[(0, None)]), @"
    overlay: 1.0.0
    info: {title: Fix, version: '1'}
    actions: [{target: $.b, remove: true}]
    ");
    let json = "{\"overlay\": \"1.0.0\", \"info\": {\"title\": \"T\", \"version\": \"1\"}, \"actions\": [\n{\"target\": \"$.a\", \"remove\": true},\n{\"target\": \"$.b\", \"remove\": true}]}\n";
    insta::assert_snapshot!(mended(json, &[(0, None)]), @r#"
    {"overlay": "1.0.0", "info": {"title": "T", "version": "1"}, "actions": [
    {"target": "$.b", "remove": true}]}
    "#);
    assert_eq!(mended(json, &[(0, None), (1, None)]), "(empty)");
    let anchored =
        format!("{head}actions:\n- {{target: $.a, update: &x {{b: 1}}}}\n- {{target: $.b, update: *x}}\n");
    insta::assert_snapshot!(mended(&anchored, &[(0, None)]), @"by hand: by the edits, more of it would change than it should");
    assert_eq!(mended(&anchored, &[(1, None)]), anchored.split_inclusive('\n').take(4).collect::<String>());
    let dash_alone =
        format!("{head}actions:\n-\n  target: $.a\n  remove: true\n- {{target: $.b, remove: true}}\n");
    insta::assert_snapshot!(mended(&dash_alone, &[(0, None)]), @"by hand: by the edits, more of it would change than it should");
    let several_lines = format!("{head}actions:\n- target: $.a\n    .b\n  remove: true\n");
    insta::assert_snapshot!(mended(&several_lines, &[(0, Some("$.c"))]), @"by hand: by the edits, more of it would change than it should");
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

/// The overlay without some parts of its action.
fn trimmed(parts: &[&str]) -> String {
    let parts = parts.iter().map(|part| Pointer::parse(&format!("/actions/0/update/{part}")).unwrap());
    let edits = BTreeMap::from([(0, Edit::Trim(parts.collect()))]);
    changed_lines(LONG, &told(mend(&Source::new("fix.yaml", LONG), &edits)))
}

#[test]
fn parts_that_go() {
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

/// What would be left empty goes with its last part.
#[test]
fn what_parts_leave_empty_goes() {
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
