//! The policy of `diff`: each kind of change has a fixture, and a snapshot holds the reported changes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use codegen::diff::{Change, ChangeKind, Effect, diff};
use codegen::{Output, Source};
use serde_json::{Value, json};

/// The documents for a kind of change.
pub(super) struct Fixture {
    kind: &'static ChangeKind,
    given: Value,
    when: Value,
    /// Whether the old and the new document are swapped.
    undo: bool,
}

pub(super) fn fixtures() -> Vec<Fixture> {
    let rows: Vec<Value> = serde_yaml::from_str(include_str!("kinds.yaml")).unwrap();
    let by_kind: BTreeMap<&str, &Value> =
        rows.iter().map(|row| (row["kind"].as_str().unwrap(), row)).collect();
    assert_eq!(by_kind.len(), rows.len(), "a kind has one fixture");
    rows.iter()
        .map(|row| {
            let code = row["kind"].as_str().unwrap();
            let kind = ChangeKind::ALL
                .iter()
                .find(|kind| kind.code() == code)
                .unwrap_or_else(|| panic!("no kind {code}"));
            let undone = row["undo"].as_str();
            let row = undone.map_or(row, |other| by_kind[other]);
            Fixture { kind, given: row["given"].clone(), when: row["when"].clone(), undo: undone.is_some() }
        })
        .collect()
}

/// Generates code of the base document after some overlay actions.
fn output(code: &str, actions: &[&Value]) -> Output {
    let actions: Vec<&Value> = actions.iter().filter_map(|list| list.as_array()).flatten().collect();
    let overlay = json!({"overlay": "1.1.0", "info": {"title": code, "version": "1"}, "actions": actions});
    let overlays = [Source::new("change.json", overlay.to_string())];
    let overlays = if actions.is_empty() { &[][..] } else { &overlays };
    codegen::generate(&Source::new("base.yaml", include_str!("base.yaml")), overlays)
        .unwrap_or_else(|report| panic!("{code}:\n{report}"))
}

pub(super) fn changes(fixture: &Fixture) -> (Output, Output, Vec<Change>) {
    let code = fixture.kind.code();
    let (given, changed) = (output(code, &[&fixture.given]), output(code, &[&fixture.given, &fixture.when]));
    let (old, new) = if fixture.undo { (changed, given) } else { (given, changed) };
    let changes = diff(&old, &new);
    (old, new, changes)
}

/// The snapshot has all changes that a fixture causes.
#[test]
fn every_change_kind_has_a_fixture_and_a_verdict() {
    let mut reported = String::new();
    let mut missed = Vec::new();
    let fixtures = fixtures();
    for fixture in &fixtures {
        let (_, _, changes) = changes(fixture);
        let kind = *fixture.kind;
        writeln!(reported, "{} ({})", kind.code(), kind.effect().verdict()).unwrap();
        for change in &changes {
            let other = if change.kind == kind { String::new() } else { format!("{}: ", change.kind.code()) };
            writeln!(reported, "  {other}{change}").unwrap();
        }
        if changes.iter().all(|change| change.kind != kind) {
            missed.push(kind.code());
        }
    }
    assert!(missed.is_empty(), "fixtures without their own kind of change: {missed:?}\n{reported}");
    let known: Vec<_> = fixtures.iter().map(|fixture| *fixture.kind).collect();
    assert_eq!(known, ChangeKind::ALL, "the fixtures are in the order of the policy");
    insta::assert_snapshot!("kinds", reported);
}

/// The node is in the document, and its location has a line.
#[test]
fn every_change_points_to_an_existing_node() {
    for fixture in fixtures() {
        let (old, new, changes) = changes(&fixture);
        for change in &changes {
            for (site, output) in [(&change.old, &old), (&change.new, &new)] {
                let Some(site) = site else { continue };
                assert!(
                    output.patched.pointer(&site.pointer.to_path()).is_some(),
                    "{change}: {}",
                    site.pointer
                );
                assert!(site.location.line > 0, "{change}: {}", site.location);
            }
            let sides = (change.old.is_some(), change.new.is_some());
            assert_ne!(sides, (false, false), "{change}");
        }
    }
}

/// Without a difference, `diff` reports nothing. With one, it reports the changes in the order of their effects.
#[test]
fn an_unchanged_document_has_no_changes() {
    let base = output("base", &[]);
    assert_eq!(diff(&base, &base), []);
    for fixture in fixtures() {
        let (old, new, changes) = changes(&fixture);
        assert_eq!(diff(&old, &old), []);
        assert_eq!(diff(&new, &new), []);
        assert!(changes.iter().map(|change| change.kind.effect()).is_sorted(), "{}", fixture.kind.code());
    }
    assert!(Effect::ALL.is_sorted());
}

/// A variant by status code is renamed if its name changed, but not the status code.
#[test]
fn a_variant_by_status_code_is_found_under_another_name() {
    let response = json!({"description": "Later.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Loan"}}}});
    let given = json!([{"target": "$.paths['/books'].post.responses", "update": {"202": response}}]);
    let when = json!([{"target": "$.components.schemas.Loan", "update": {"x-rust-name": "Lease"}}]);
    let changes = diff(&output("status", &[&given]), &output("status", &[&given, &when]));
    let of_variants: Vec<_> =
        changes.iter().filter(|change| change.kind.code().starts_with("variant-")).collect();
    let [renamed] = of_variants[..] else { panic!("{changes:?}") };
    assert_eq!((renamed.kind.code(), renamed.detail()), ("variant-renamed", "Loan → Lease".to_owned()));
}

#[test]
fn the_policy_is_documented() {
    let path = crate::project::root().join("spec/CHANGES.md");
    let written = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        written,
        clientwright::diff::policy(),
        "run `cargo clientwright diff --policy > spec/CHANGES.md`"
    );
}
