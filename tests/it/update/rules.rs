//! One rule in each test: the status of actions for two small documents.

use super::{described, statuses};

#[test]
fn a_written_value_is_applied_satisfied_or_conflicting() {
    let old = "a: {x: 1, y: 2}\n";
    let actions = "
        - {target: $.a, update: {x: 9}}
        - {target: $.a, update: {z: 3}}
        - {target: $.a.y, update: {deep: true}}
        - {target: $, update: {b: {c: 1, d: [1, 2]}}}
    ";
    insta::assert_snapshot!(described(old, old, actions), @"
    applied
    applied
    applied
    applied
    ");
    insta::assert_snapshot!(described(old, "a: {x: 9, y: {deep: true}, z: 3}\nb: {c: 1, d: [1, 2]}\n", actions), @"
    satisfied
    satisfied
    satisfied
    satisfied
    ");
    insta::assert_snapshot!(described(old, "a: {x: 5, y: [7], z: 4}\nb: {c: 2}\n", actions), @r#"
    conflicting: changed 1 at old.yaml:1:5:#/a/x -> 5 at new.yaml:1:5:#/a/x, ours 9
    conflicting: changed nothing -> 4 at new.yaml:1:19:#/a/z, ours 3
    conflicting: changed 2 at old.yaml:1:11:#/a/y -> [7] at new.yaml:1:11:#/a/y, ours {"deep":true}
    conflicting: changed nothing -> 2 at new.yaml:2:5:#/b/c, ours 1
    "#);
}

#[test]
fn a_value_that_upstream_removed_is_a_conflict() {
    insta::assert_snapshot!(described("a: {x: 1, y: {z: 2}, w: 3}\n", "a: {w: 3}\n", "
        - {target: $.a, update: {x: 9, w: 4}}
        - {target: $.a, update: {y: {v: 1}}}
        - {target: $.a.y, update: {v: 2}}
    "), @r#"
    conflicting: removed 1 at old.yaml:1:5:#/a/x -> nothing, ours 9
    conflicting: removed {"z":2} at old.yaml:1:11:#/a/y -> nothing, ours {"v":1}
    applied
    "#);
}

#[test]
fn parts_that_upstream_has_are_counted() {
    insta::assert_snapshot!(described("a: {}\n", "a: {x: 1, y: {z: 2}}\n", "
        - {target: $.a, update: {x: 1, y: {z: 2, v: 3}}}
        - {target: $.a, update: {x: 1, y: {z: 2}}}
        - {target: $.a, update: {y: {z: 4}, w: 1}}
    "), @"
    applied, 2 of 3 parts are upstream's
    satisfied
    applied
    ");
}

#[test]
fn array_elements_are_matched_by_identity() {
    let old = "tags: [{name: a}]\nenum: [x]\nparameters: [{name: p, in: path, schema: 1}]\n";
    let actions = "
        - {target: $.tags, update: {name: b, description: B.}}
        - {target: $, update: {enum: [y, z]}}
        - {target: $.parameters, update: [{name: p, in: query}, {$ref: '#/q'}]}
        - {target: $, update: {required: [id]}}
        - {target: $, update: {servers: [{url: u, description: ours}]}}
    ";
    insta::assert_snapshot!(described(old, old, actions), @"
    applied
    applied
    applied
    applied
    applied
    ");
    insta::assert_snapshot!(described(old, "\
tags: [{name: b, description: B.}, {name: a}]
enum: [z, x, y]
parameters: [{name: p, in: query}, {name: p, in: path, schema: 2}, {$ref: '#/q'}]
required: [id]
servers: [{url: v}]
", actions), @"
    satisfied
    satisfied
    satisfied
    satisfied
    applied
    ");
    insta::assert_snapshot!(described(old, "\
tags: [{name: a}, {name: b, description: Theirs.}]
enum: [x, y]
parameters: [{name: p, in: query, schema: 1}]
required: [name]
servers: [{url: u, description: theirs}]
", actions), @r##"
    conflicting: changed nothing -> {"name":"b","description":"Theirs."} at new.yaml:1:19:#/tags/1, ours {"name":"b","description":"B."}
    conflicting: duplicate nothing -> "y" at new.yaml:2:11:#/enum/1, ours "y"
    conflicting: changed nothing -> {"name":"p","in":"query","schema":1} at new.yaml:3:14:#/parameters/0, ours {"name":"p","in":"query"}
    conflicting: changed nothing -> ["name"] at new.yaml:4:1:#/required, ours ["id"]
    conflicting: changed nothing -> {"url":"u","description":"theirs"} at new.yaml:5:11:#/servers/0, ours {"url":"u","description":"ours"}
    "##);
}

#[test]
fn a_removal_is_satisfied_if_upstream_removed_the_node() {
    insta::assert_snapshot!(described(
        "a: {x: 1, y: {z: 1}, w: {v: 1}}\nlist: [{name: p}, {name: q}, {name: r}]\n",
        "a: {y: {z: 2}}\nlist: [{name: r}, {name: q, more: 1}]\n",
        "
        - {target: $.a.x, remove: true}
        - {target: $.a.y, remove: true}
        - {target: $.a.w.v, remove: true}
        - {target: \"$.list[?@.name == 'p']\", remove: true}
        - {target: \"$.list[?@.name == 'q']\", remove: true}
        - {target: \"$.list[?@.name == 'r']\", remove: true}
        - {target: $.b, remove: true}
        "
    ), @r#"
    satisfied
    conflicting: changed {"z":1} at old.yaml:1:11:#/a/y -> {"z":2} at new.yaml:1:5:#/a/y, ours removed
    stale: $.a.w.v
    satisfied
    conflicting: changed {"name":"q"} at old.yaml:2:19:#/list/0 -> {"name":"q","more":1} at new.yaml:2:19:#/list/1, ours removed
    applied
    stale: $.b
    "#);
}

/// A value is replaced by a removal and an update. Both are satisfied when upstream made the same change.
#[test]
fn a_replacement_is_satisfied_if_upstream_made_it() {
    let old = "a: {type: [x], items: [{name: p, v: 1}], k: [1]}\n";
    let actions = "
        - {target: $.a.type, remove: true}
        - {target: $.a, update: {type: [y, z]}}
        - {target: \"$.a.items[?@.name == 'p']\", remove: true}
        - {target: $.a.items, update: {name: p, v: 2}}
        - {target: $.a.k, remove: true}
        - {target: $.a, update: {k: one, more: 1}}
    ";
    insta::assert_snapshot!(described(old, "a: {items: [{name: p, v: 2}], type: [y, z], k: one}\n", actions), @"
    satisfied
    satisfied
    satisfied
    satisfied
    satisfied
    applied, 1 of 2 parts are upstream's
    ");
    insta::assert_snapshot!(described(old, "a: {items: [{name: p, v: 3}], type: [y], k: [1]}\n", actions), @r#"
    conflicting: changed ["x"] at old.yaml:1:5:#/a/type -> ["y"] at new.yaml:1:31:#/a/type, ours removed
    applied
    conflicting: changed {"name":"p","v":1} at old.yaml:1:24:#/a/items/0 -> {"name":"p","v":3} at new.yaml:1:13:#/a/items/0, ours removed
    applied
    applied
    applied
    "#);
}

#[test]
fn an_index_that_selects_another_element_is_a_conflict() {
    insta::assert_snapshot!(described(
        "list: [{name: p}, {name: q}]\nplain: [a, b]\n",
        "list: [{name: n}, {name: p}, {name: q}]\nplain: [a, c, b]\n",
        "
        - {target: '$.list[0]', update: {x: 1}}
        - {target: '$.list[-1]', update: {x: 1}}
        - {target: '$.plain[0]', remove: true}
        - {target: '$.plain[0]', remove: true}
        "
    ), @r#"
    conflicting: another element {"name":"p"} at old.yaml:1:8:#/list/0 -> {"name":"n"} at new.yaml:1:8:#/list/0, ours {"x":1}
    applied
    applied
    conflicting: another element "b" at old.yaml:2:12:#/plain/0 -> "c" at new.yaml:2:12:#/plain/0, ours removed
    "#);
}

/// The number of nodes may change.
#[test]
fn nodes_of_a_filter_are_paired_by_identity() {
    let old = "list: [{name: p, kind: k, v: 1}, {name: q, kind: k, v: 1}]\n";
    let actions = "
        - {target: \"$.list[?@.kind == 'k']\", update: {v: 2}}
        - {target: \"$.list[?@.kind == 'k']\", remove: true}
    ";
    insta::assert_snapshot!(described(old, "list: [{name: r, kind: k, v: 3}, {name: q, kind: k, v: 1}, {name: p, kind: k, v: 1}]\n", actions), @"
    applied, 3 nodes instead of 2
    applied, 3 nodes instead of 2
    ");
    insta::assert_snapshot!(described(old, "list: [{name: q, kind: k, v: 1}]\n", actions), @"
    applied, 1 nodes instead of 2
    applied, 1 of 2 parts are upstream's, 1 nodes instead of 2
    ");
    insta::assert_snapshot!(described(old, "list: [{name: q, kind: k, v: 5}, {name: p, kind: k, v: 2}]\n", actions), @"
    conflicting: changed 1 at old.yaml:1:53:#/list/1/v -> 5 at new.yaml:1:27:#/list/0/v, ours 2
    applied
    ");
    insta::assert_snapshot!(described(
        "all: [{title: A, mark: {}}, {title: B}]\n",
        "all: [{title: C}, {title: A, mark: {}}]\n",
        "- {target: '$.all[?@.mark]', update: {title: Ours}}"
    ), @"applied");
}

#[test]
fn a_missing_target_is_stale() {
    insta::assert_snapshot!(described("info: {title: T}\nsettings: {a: 1}\n", "info: {title: T}\nsetting: {a: 1}\n", "
        - {target: $.settings, update: {b: 2}}
        - {target: $.settings.b, update: 3}
        - {target: $.absent, update: {b: 2}}
        - {target: $.setting, update: {b: 2}}
        - {target: $.info, copy: $.settings}
    "), @"
    stale: $.settings, moved to $.setting
    stale: $.settings.b, moved to $.setting.b
    stale: $.absent
    applied, 1 nodes instead of 0
    stale: $.settings, meant: setting
    ");
}

#[test]
fn a_copy_is_applied_satisfied_or_conflicting() {
    let old = "a: {x: 1}\nb: {}\n";
    let actions = "- {target: $.b, copy: $.a}";
    insta::assert_snapshot!(described(old, old, actions), @"applied");
    insta::assert_snapshot!(described(old, "a: {x: 2}\nb: {}\n", actions), @"applied");
    insta::assert_snapshot!(described(old, "a: {x: 1}\nb: {x: 1}\n", actions), @"satisfied");
    insta::assert_snapshot!(described(old, "a: {x: 1}\nb: {x: 3}\n", actions), @"conflicting: changed nothing -> 3 at new.yaml:2:5:#/b/x, ours 1");
}

#[test]
fn a_moved_operation_is_followed() {
    let old = "\
paths:
  /pets/{id}: {get: {operationId: showPet, summary: One.}, parameters: []}
  /pets: {get: {operationId: pets}, post: {operationId: addPet}}
  /toys/{id}: {get: {summary: A toy.}}
  /hats: {get: {operationId: hats, summary: Hats.}}
";
    let new = "\
paths:
  /v2/pets/{pet}: {get: {operationId: showPet, summary: One.}, parameters: []}
  /pets: {get: {operationId: pets}, put: {operationId: addPet}}
  /toys/{toy_id}: {get: {summary: A toy.}}
  /all/hats: {get: {operationId: hats, summary: All hats.}}
";
    insta::assert_snapshot!(described(old, new, "
        - {target: \"$.paths['/pets/{id}'].get\", update: {tags: [pets]}}
        - {target: \"$.paths['/pets/{id}'].get.tags\", update: [more]}
        - {target: \"$.paths['/pets/{id}']\", update: {summary: Pets.}}
        - {target: \"$.paths['/pets'].post\", update: {tags: [pets]}}
        - {target: \"$.paths['/toys/{id}'].get\", update: {tags: [toys]}}
        - {target: \"$.paths['/hats'].get\", update: {summary: Our hats.}}
        - {target: \"$.paths['/pets/{id}'].get.summary\", remove: true}
    "), @r#"
    stale: $.paths['/pets/{id}'].get, moved to $.paths['/v2/pets/{pet}'].get
    stale: $.paths['/pets/{id}'].get.tags, moved to $.paths['/v2/pets/{pet}'].get.tags
    stale: $.paths['/pets/{id}'], moved to $.paths['/v2/pets/{pet}']
    stale: $.paths['/pets'].post, moved to $.paths['/pets'].put
    stale: $.paths['/toys/{id}'].get, moved to $.paths['/toys/{toy_id}'].get
    conflicting: changed "Hats." at old.yaml:5:36:#/paths/~1hats/get/summary -> "All hats." at new.yaml:5:40:#/paths/~1all~1hats/get/summary, ours "Our hats.", moved to $.paths['/all/hats'].get
    stale: $.paths['/pets/{id}'].get.summary, moved to $.paths['/v2/pets/{pet}'].get.summary
    "#);
}

#[test]
fn a_renamed_component_is_followed() {
    let old = "components: {schemas: {Pet: {type: object}, Toy: {type: string, enum: [a]}, Hat: {type: integer}}}\n";
    let new = "components: {schemas: {Animal: {type: object}, Toys.all: {type: string, enum: [a]}, Cap: {type: integer}, Helmet: {type: integer}}}\n";
    insta::assert_snapshot!(described(old, new, "
        - {target: $.components.schemas.Pet, update: {title: Ours}}
        - {target: \"$.components['schemas'].Toy.enum\", update: [b]}
        - {target: $.components.schemas.Hat, update: {title: Ours}}
    "), @"
    stale: $.components.schemas.Pet, moved to $.components.schemas.Animal
    stale: $.components['schemas'].Toy.enum, moved to $.components['schemas']['Toys.all'].enum
    stale: $.components.schemas.Hat
    ");
}

/// This holds in the old and in the new document.
#[test]
fn an_action_sees_the_results_of_earlier_actions() {
    insta::assert_snapshot!(described("a: {}\n", "a: {b: {x: 1}}\n", "
        - {target: $.a, update: {b: {x: 1}}}
        - {target: $.a.b, update: {y: 2}}
        - {target: $.a, update: {c: {x: 1}}}
        - {target: $.a.c, update: {x: 2}}
        - {target: $.a.c.x, remove: true}
    "), @"
    satisfied
    applied
    applied
    applied
    applied
    ");
}

/// The user may have corrected the target before the run.
#[test]
fn a_target_only_in_the_new_document_is_applied() {
    insta::assert_snapshot!(described("a: 1\n", "b: {x: 1, l: [1]}\n", "
        - {target: $.b, update: {x: 2}}
        - {target: $.b, update: {x: 2}}
        - {target: $.b, update: {l: [1, 2]}}
        - {target: $.b.x, remove: true}
    "), @"
    applied, 1 nodes instead of 0
    satisfied
    applied, 1 nodes instead of 0
    applied, 1 nodes instead of 0
    ");
}

#[test]
fn old_and_new_locations_are_reported() {
    let statuses = statuses(
        "a:\n  b: {x: 1}\n",
        "z: 0\na:\n  b: {x: 2}\n",
        "
        - target: $.a.b
          update: {x: 3}
        - target: $.a
          update: {c: {}}
        - target: $.a.c
          update: {d: 1}
        ",
    );
    let locations = |index: usize| {
        let status: &codegen::update::ActionStatus = &statuses[index];
        let site = |site: &Option<codegen::NodeLocation>| {
            site.as_ref().map_or_else(String::new, |site| format!("{} {}", site.location, site.pointer))
        };
        format!("{} | {} | {}", status.location, site(&status.old), site(&status.new))
    };
    insta::assert_snapshot!([locations(0), locations(1), locations(2)].join("\n"), @"
    fix.yaml:4:3 | old.yaml:2:3 #/a/b | new.yaml:3:3 #/a/b
    fix.yaml:6:3 | old.yaml:1:1 #/a | new.yaml:2:1 #/a
    fix.yaml:8:3 | fix.yaml:7:12 #/a/c | fix.yaml:7:12 #/a/c
    ");
}

/// Errors of overlays and unreadable documents are reported together. Other errors of a document don't matter.
#[test]
fn all_unreadable_input_is_reported_at_once() {
    use codegen::Source;
    use codegen::update::OverlayUpdate;
    let old = Source::new("old.yaml", "a: 1\na: 2\n");
    let overlays = [
        super::overlay(
            "- {target: $.a, remove: sure}\n- {target: '$[', remove: true}\n- {target: $, remove: true}",
        ),
        Source::new("none.yaml", "actions: ["),
    ];
    let broken = Source::new("new.yaml", "a: [\n");
    insta::assert_snapshot!(OverlayUpdate::read(&old, &broken, &overlays).unwrap_err().to_string(), @"
    error: invalid YAML: while parsing a node, did not find expected node content
      --> new.yaml:2:1 (#/a/0)
      help: fix the syntax here; the error may begin a few lines above

    error: invalid YAML: while parsing a node, did not find expected node content
      --> none.yaml:2:1 (#/actions/0)
      help: fix the syntax here; the error may begin a few lines above

    error: `remove` must be a boolean
      --> fix.yaml:4:17 (#/actions/0/remove)
      help: write `remove: true`

    error: invalid JSONPath $[: syntax error at position 1: the input is not a valid JSONPath query
      --> fix.yaml:5:4 (#/actions/1/target)
      help: use the syntax of RFC 9535, for example $.paths['/pets'].get

    error: the action removes the entire document
      --> fix.yaml:6:4 (#/actions/2/target)
      help: select the part to remove
    ");
    assert!(OverlayUpdate::read(&old, &old, &[]).is_ok());
}
