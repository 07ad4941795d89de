//! What users of the crate call: one line for each operation.

use crate::project;

#[test]
fn operations() {
    insta::assert_snapshot!(codegen::surface(&project::output().api));
}
