//! The files of this package, for tools that put a copy of it beside a generated crate.

use include_dir::{Dir, include_dir};

/// Everything below `src`.
static SOURCES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src");
/// What stands beside it.
const BESIDE: [(&str, &str); 4] = [
    ("Cargo.toml", include_str!("../Cargo.toml")),
    ("LICENSE-APACHE", include_str!("../LICENSE-APACHE")),
    ("LICENSE-MIT", include_str!("../LICENSE-MIT")),
    ("README.md", include_str!("../README.md")),
];

/// All files of the package as they are: each path, with `/` between its parts, and the text; sorted.
#[must_use]
pub fn files() -> Vec<(String, &'static str)> {
    let mut files: Vec<_> = BESIDE.iter().map(|(path, text)| ((*path).to_owned(), *text)).collect();
    collect(&SOURCES, &mut files);
    files.sort();
    files
}

fn collect(folder: &Dir<'static>, files: &mut Vec<(String, &'static str)>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.extend(file.contents_utf8().map(|text| (format!("src/{path}"), text)));
    }
    for below in folder.dirs() {
        collect(below, files);
    }
}
