//! Responses of every kind, from a description to a program: the crate is generated and compiled, and its client reads the
//! responses of a server on this machine.

use std::fs;
use std::path::Path;

use crate::project;

#[test]
fn a_generated_client_reads_each_response() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let package = project::root().join("target/compiled/responses");
    let _ = fs::remove_dir_all(&package);
    project::make_crate(&fixtures.join("responses.yaml"), &package, "compiled-responses");
    fs::create_dir_all(package.join("examples")).unwrap();
    fs::copy(fixtures.join("responses/main.rs"), package.join("examples/responses.rs")).unwrap();
    project::run_example(&package, "responses", &["--features", "blocking"]);
}
