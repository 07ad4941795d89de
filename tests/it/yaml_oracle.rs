//! Compares the reader of descriptions with another YAML library: both must read the same tree.

use std::fs;

use codegen::Source;
use serde_json::Value;

use crate::project;

fn oracle(bytes: &[u8]) -> Value {
    serde_yaml::from_slice(bytes).unwrap()
}

/// Without overlays, the patched document is the document as read.
#[test]
fn the_description_is_read_as_another_yaml_library_reads_it() {
    let spec = fs::read(project::root().join("spec/zendesk.yaml")).unwrap();
    let text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\nx-all: ";
    let indented = String::from_utf8(spec.clone()).unwrap().replace('\n', "\n  ");
    let source = Source::new("wrapped.yaml", format!("{text}\n  {indented}\n"));
    let output = codegen::generate(&source, &[]).unwrap();
    assert_eq!(output.patched["x-all"], oracle(&spec));
}

#[test]
fn every_overlay_is_read_as_another_yaml_library_reads_it() {
    for path in project::job().overlays {
        let overlay = fs::read(&path).unwrap();
        let indented = String::from_utf8(overlay.clone()).unwrap().replace('\n', "\n  ");
        let text = format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\nx-all:\n  {indented}\n");
        let output = codegen::generate(&Source::new("wrapped.yaml", text), &[]).unwrap();
        assert_eq!(output.patched["x-all"], oracle(&overlay), "{}", path.display());
    }
}
