//! Webhooks and callbacks, from a description to a program: the crate is generated and compiled without its client, and
//! reads signed requests.

use std::fs;
use std::path::Path;

use crate::project;

#[test]
fn a_generated_crate_verifies_and_reads_requests() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let package = project::root().join("target/compiled/webhooks");
    let _ = fs::remove_dir_all(&package);
    project::make_crate(&fixtures.join("webhooks.yaml"), &package, "compiled-webhooks");
    fs::create_dir_all(package.join("examples")).unwrap();
    fs::copy(fixtures.join("webhooks/main.rs"), package.join("examples/webhooks.rs")).unwrap();
    project::run_example(&package, "webhooks", &["--no-default-features", "--features", "signatures"]);
}
