//! Small sample crates and the problems that the check finds in them.

use std::collections::BTreeMap;

use super::crate_problems;

fn problems(files: &[(&str, &str)]) -> Vec<String> {
    let files: BTreeMap<_, _> =
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    crate_problems(&files, "src/lib.rs")
}

fn assert_no_problems(files: &[(&str, &str)]) {
    let problems = problems(files);
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn a_cycle_of_files_is_found() {
    let problems = problems(&[
        ("src/lib.rs", "mod a; mod b; mod c; pub fn run() { a::go() }"),
        ("src/a.rs", "use crate::b::B; pub(crate) fn go() {}"),
        ("src/b.rs", "pub(crate) struct B(super::c::C);"),
        ("src/c.rs", "pub(crate) struct C; impl C { fn x() { crate::a::go() } }"),
    ]);
    let cycle = "3 files use each other in a cycle:
  src/a.rs uses B of src/b.rs
  src/b.rs uses C of src/c.rs
  src/c.rs uses go of src/a.rs";
    assert_eq!(problems, [cycle]);
}

#[test]
fn a_file_that_uses_a_cycle_is_not_part_of_it() {
    let problems = problems(&[
        ("src/lib.rs", "mod a; mod b; mod c;"),
        ("src/a.rs", "use crate::b::B; pub(crate) struct A;"),
        ("src/b.rs", "use crate::a::A; pub(crate) struct B;"),
        ("src/c.rs", "use crate::{a::A, b::B};"),
    ]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(!problems[0].contains("src/c.rs"), "{problems:?}");
}

#[test]
fn a_re_export_is_not_a_cycle() {
    assert_no_problems(&[
        ("src/lib.rs", "mod a; pub use a::{A, helper}; pub use crate::a::b::*;"),
        ("src/a/mod.rs", "mod c; pub(crate) mod b; pub(crate) use self::b::A; pub(crate) use b::helper;"),
        ("src/a/b.rs", "pub struct A; pub fn helper() {}"),
        ("src/a/c.rs", "use crate::A; use super::helper; fn c(_: super::A) { crate::a::b::helper() }"),
    ]);
}

#[test]
fn a_parent_may_use_its_children() {
    assert_no_problems(&[
        ("src/lib.rs", "mod a; fn run() { a::go() }"),
        ("src/a.rs", "mod b; pub(crate) use b::B; pub(crate) fn go() -> B { B::new() }"),
        ("src/a/b.rs", "pub(crate) struct B;"),
    ]);
}

#[test]
fn an_upward_import_is_found() {
    let problems = problems(&[
        ("src/lib.rs", "mod a; pub struct Top;"),
        ("src/a/mod.rs", "mod b; pub(crate) struct A; macro_rules! made { () => {} } made!(Made);"),
        ("src/a/b.rs", "use super::{A, Made}; fn b(_: A, _: crate::Top) {}"),
    ]);
    let upward = [
        "src/a/b.rs uses Top, which src/lib.rs defines above it",
        "src/a/b.rs uses A, Made, which src/a/mod.rs defines above it",
    ];
    assert!(upward.iter().all(|line| problems.iter().any(|problem| problem == line)), "{problems:?}");
}

#[test]
fn a_re_exported_item_counts_if_the_parent_uses_it() {
    let problems = problems(&[
        ("src/lib.rs", "mod a;"),
        ("src/a.rs", "mod b; pub(crate) use b::{B, other}; pub(crate) struct A(B);"),
        ("src/a/b.rs", "use super::A; pub(crate) struct B; pub(crate) fn other() {}"),
    ]);
    let cycle = "2 files use each other in a cycle:
  src/a.rs uses B of src/a/b.rs
  src/a/b.rs uses A of src/a.rs";
    assert_eq!(problems, [cycle, "src/a/b.rs uses A, which src/a.rs defines above it"]);
}

#[test]
fn a_cycle_of_folders_is_found_without_a_cycle_of_files() {
    let problems = problems(&[
        ("src/lib.rs", "mod a; mod b;"),
        ("src/a/mod.rs", "pub(crate) mod one; pub(crate) mod two;"),
        ("src/a/one.rs", "use crate::b::B;"),
        ("src/a/two.rs", "pub(crate) struct Two;"),
        ("src/b.rs", "use crate::a::two::Two; pub(crate) struct B;"),
    ]);
    let cycle = "in the crate, these use each other in a cycle: a, b:
  src/a/one.rs uses B of src/b.rs
  src/b.rs uses Two of src/a/two.rs";
    assert_eq!(problems, [cycle]);
}

#[test]
fn an_item_counts_where_it_is_defined() {
    let problems = problems(&[
        ("src/lib.rs", "mod a; mod b; pub use b::*;"),
        ("src/a.rs", "use crate::Deep as Renamed; pub(crate) struct A;"),
        ("src/b/mod.rs", "mod deep; pub use deep::*;"),
        ("src/b/deep.rs", "pub struct Deep(crate::a::A);"),
    ]);
    assert!(problems[0].contains("src/a.rs uses Deep of src/b/deep.rs"), "{problems:?}");
}

#[test]
fn a_function_may_have_the_name_of_its_module() {
    let problems = problems(&[
        ("src/lib.rs", "mod a; mod b; pub use self::a::a; pub use b::b;"),
        ("src/a.rs", "use crate::b; pub fn a() { b() }"),
        ("src/b.rs", "use super::a::helper; pub fn b() { helper() }"),
    ]);
    assert!(problems[0].contains("src/a.rs uses b of src/b.rs"), "{problems:?}");
    assert!(problems[0].contains("src/b.rs uses helper of src/a.rs"), "{problems:?}");
}

#[test]
fn a_glob_import_counts_for_the_names_used() {
    let problems = problems(&[
        ("src/lib.rs", "mod a; mod b; pub(crate) struct Top;"),
        ("src/a.rs", "use super::*; fn a(_: Top) {}"),
        ("src/b.rs", "use super::*; fn b(top: u8) {}"),
    ]);
    assert_eq!(problems, ["src/a.rs uses Top, which src/lib.rs defines above it"]);
}

#[test]
fn macro_bodies_count() {
    let problems = problems(&[
        ("src/lib.rs", "mod a; mod b;"),
        ("src/a.rs", "pub(crate) struct A; fn a() { assert_eq!(1, crate::b::two()) }"),
        ("src/b.rs", "macro_rules! a { () => { $crate::a::A } } pub(crate) fn two() {}"),
    ]);
    assert!(problems[0].contains("src/b.rs uses A of src/a.rs"), "{problems:?}");
}

#[test]
fn tests_and_other_crates_do_not_count() {
    assert_no_problems(&[
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
fn an_inline_module_has_its_own_names() {
    let problems = problems(&[
        ("src/lib.rs", "mod a; mod b;"),
        ("src/a.rs", "pub(crate) struct A; mod inner { use super::A; fn f(_: super::super::b::B) {} }"),
        ("src/b.rs", "use crate::a::A; pub(crate) struct B;"),
    ]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("src/a.rs uses B of src/b.rs"), "{problems:?}");
}
