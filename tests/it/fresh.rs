//! The committed code is the generator's output for the description, and generating is deterministic.

use clientwright::generate::{self, Job};
use sha2::{Digest, Sha256};

use crate::project;

#[test]
fn the_committed_code_is_fresh() {
    if let Err(failure) = generate::run(&project::job(), true) {
        panic!("{failure}");
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    let first = project::output();
    let second = project::generate(&project::sources());
    assert_eq!(first.files, second.files);
}

#[test]
fn the_description_has_no_warnings() {
    let warnings: Vec<_> = project::output().warnings.iter().map(ToString::to_string).collect();
    assert!(warnings.is_empty(), "{}", warnings.join("\n\n"));
}

#[test]
fn every_emitted_file_is_marked_without_version_or_date() {
    for file in &project::output().files {
        let first = file.text.lines().next().unwrap();
        assert!(first.starts_with("// @generated "), "{}: {first}", file.path);
        assert!(
            !first.contains(char::is_numeric),
            "the header has a version or a date: {}: {first}",
            file.path
        );
    }
}

/// A file with another extension than `.yaml` would be left out.
#[test]
fn every_overlay_is_applied() {
    let Job { overlays, .. } = project::job();
    let listed = std::fs::read_dir(project::root().join("spec/overlays")).unwrap().count();
    assert_eq!(overlays.len(), listed);
}

#[test]
fn upstream_toml_has_the_checksum_of_the_description() {
    let spec = project::root().join("spec");
    let upstream = std::fs::read_to_string(spec.join("UPSTREAM.toml")).unwrap();
    let declared = upstream.lines().find_map(|line| line.strip_prefix("sha256 = ")).unwrap();
    let digest = Sha256::digest(std::fs::read(spec.join("zendesk.yaml")).unwrap());
    let actual: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(declared.trim_matches('"'), actual, "write the new checksum into spec/UPSTREAM.toml");
}
