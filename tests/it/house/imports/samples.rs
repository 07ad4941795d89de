//! Small crates, and what the check says of them.

use std::collections::BTreeMap;

use super::judge;

fn said(files: &[(&str, &str)]) -> Vec<String> {
    let files: BTreeMap<_, _> =
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    judge(&files, "src/lib.rs")
}

fn clean(files: &[(&str, &str)]) {
    let said = said(files);
    assert!(said.is_empty(), "{}", said.join("\n\n"));
}

#[test]
fn a_circle_of_files_is_found() {
    let said = said(&[
        ("src/lib.rs", "mod a; mod b; mod c; pub fn run() { a::go() }"),
        ("src/a.rs", "use crate::b::B; pub(crate) fn go() {}"),
        ("src/b.rs", "pub(crate) struct B(super::c::C);"),
        ("src/c.rs", "pub(crate) struct C; impl C { fn x() { crate::a::go() } }"),
    ]);
    let circle = "3 files use each other in a circle:
  src/a.rs uses B of src/b.rs
  src/b.rs uses C of src/c.rs
  src/c.rs uses go of src/a.rs";
    assert_eq!(said, [circle]);
}

#[test]
fn who_uses_a_circle_is_not_in_it() {
    let said = said(&[
        ("src/lib.rs", "mod a; mod b; mod c;"),
        ("src/a.rs", "use crate::b::B; pub(crate) struct A;"),
        ("src/b.rs", "use crate::a::A; pub(crate) struct B;"),
        ("src/c.rs", "use crate::{a::A, b::B};"),
    ]);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(!said[0].contains("src/c.rs"), "{said:?}");
}

#[test]
fn a_re_export_is_no_circle() {
    clean(&[
        ("src/lib.rs", "mod a; pub use a::{A, helper}; pub use crate::a::b::*;"),
        ("src/a/mod.rs", "mod c; pub(crate) mod b; pub(crate) use self::b::A; pub(crate) use b::helper;"),
        ("src/a/b.rs", "pub struct A; pub fn helper() {}"),
        ("src/a/c.rs", "use crate::A; use super::helper; fn c(_: super::A) { crate::a::b::helper() }"),
    ]);
}

#[test]
fn a_parent_may_use_what_is_below_it() {
    clean(&[
        ("src/lib.rs", "mod a; fn run() { a::go() }"),
        ("src/a.rs", "mod b; pub(crate) use b::B; pub(crate) fn go() -> B { B::new() }"),
        ("src/a/b.rs", "pub(crate) struct B;"),
    ]);
}

#[test]
fn an_upward_import_is_found() {
    let said = said(&[
        ("src/lib.rs", "mod a; pub struct Top;"),
        ("src/a/mod.rs", "mod b; pub(crate) struct A; macro_rules! made { () => {} } made!(Made);"),
        ("src/a/b.rs", "use super::{A, Made}; fn b(_: A, _: crate::Top) {}"),
    ]);
    let upward = [
        "src/a/b.rs uses Top, which src/lib.rs defines above it",
        "src/a/b.rs uses A, Made, which src/a/mod.rs defines above it",
    ];
    assert!(upward.iter().all(|line| said.iter().any(|said| said == line)), "{said:?}");
}

#[test]
fn what_a_parent_uses_of_what_it_re_exports_counts() {
    let said = said(&[
        ("src/lib.rs", "mod a;"),
        ("src/a.rs", "mod b; pub(crate) use b::{B, other}; pub(crate) struct A(B);"),
        ("src/a/b.rs", "use super::A; pub(crate) struct B; pub(crate) fn other() {}"),
    ]);
    let circle = "2 files use each other in a circle:
  src/a.rs uses B of src/a/b.rs
  src/a/b.rs uses A of src/a.rs";
    assert_eq!(said, [circle, "src/a/b.rs uses A, which src/a.rs defines above it"]);
}

#[test]
fn a_circle_of_folders_is_found_though_no_files_make_one() {
    let said = said(&[
        ("src/lib.rs", "mod a; mod b;"),
        ("src/a/mod.rs", "pub(crate) mod one; pub(crate) mod two;"),
        ("src/a/one.rs", "use crate::b::B;"),
        ("src/a/two.rs", "pub(crate) struct Two;"),
        ("src/b.rs", "use crate::a::two::Two; pub(crate) struct B;"),
    ]);
    let circle = "in the crate, these use each other in a circle: a, b:
  src/a/one.rs uses B of src/b.rs
  src/b.rs uses Two of src/a/two.rs";
    assert_eq!(said, [circle]);
}

#[test]
fn an_item_counts_where_it_is_defined() {
    let said = said(&[
        ("src/lib.rs", "mod a; mod b; pub use b::*;"),
        ("src/a.rs", "use crate::Deep as Renamed; pub(crate) struct A;"),
        ("src/b/mod.rs", "mod deep; pub use deep::*;"),
        ("src/b/deep.rs", "pub struct Deep(crate::a::A);"),
    ]);
    assert!(said[0].contains("src/a.rs uses Deep of src/b/deep.rs"), "{said:?}");
}

#[test]
fn a_function_and_its_module_may_have_one_name() {
    let said = said(&[
        ("src/lib.rs", "mod a; mod b; pub use self::a::a; pub use b::b;"),
        ("src/a.rs", "use crate::b; pub fn a() { b() }"),
        ("src/b.rs", "use super::a::helper; pub fn b() { helper() }"),
    ]);
    assert!(said[0].contains("src/a.rs uses b of src/b.rs"), "{said:?}");
    assert!(said[0].contains("src/b.rs uses helper of src/a.rs"), "{said:?}");
}

#[test]
fn what_all_is_imported_of_counts_as_far_as_it_is_used() {
    let said = said(&[
        ("src/lib.rs", "mod a; mod b; pub(crate) struct Top;"),
        ("src/a.rs", "use super::*; fn a(_: Top) {}"),
        ("src/b.rs", "use super::*; fn b(top: u8) {}"),
    ]);
    assert_eq!(said, ["src/a.rs uses Top, which src/lib.rs defines above it"]);
}

#[test]
fn bodies_of_macros_count() {
    let said = said(&[
        ("src/lib.rs", "mod a; mod b;"),
        ("src/a.rs", "pub(crate) struct A; fn a() { assert_eq!(1, crate::b::two()) }"),
        ("src/b.rs", "macro_rules! a { () => { $crate::a::A } } pub(crate) fn two() {}"),
    ]);
    assert!(said[0].contains("src/b.rs uses A of src/a.rs"), "{said:?}");
}

#[test]
fn tests_and_other_crates_do_not_count() {
    clean(&[
        ("src/lib.rs", "mod a; mod b; pub use serde::Value; #[cfg(test)] mod tests;"),
        (
            "src/a.rs",
            "use crate::Value; use std::b::B; pub(crate) struct A;
             #[cfg(test)] use crate::b::{B, C};
             #[cfg(all(test, feature = \"x\"))] mod tests { use crate::b::B; fn x() { crate::b::b() } }",
        ),
        ("src/b.rs", "use crate::a::A; pub(crate) struct B; pub(crate) enum C { A, Top(u8) }"),
    ]);
}

#[test]
fn a_module_in_a_file_has_names_of_its_own() {
    let said = said(&[
        ("src/lib.rs", "mod a; mod b;"),
        ("src/a.rs", "pub(crate) struct A; mod inner { use super::A; fn f(_: super::super::b::B) {} }"),
        ("src/b.rs", "use crate::a::A; pub(crate) struct B;"),
    ]);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("src/a.rs uses B of src/b.rs"), "{said:?}");
}
