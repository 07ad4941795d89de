//! The files of this package, for tools that copy it next to a generated crate.

use include_dir::{Dir, include_dir};

/// The files in `src`.
static SOURCES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src");
/// The files next to `src`.
const TOP_LEVEL: [(&str, &str); 4] = [
    ("Cargo.toml", include_str!("../Cargo.toml")),
    ("LICENSE-APACHE", include_str!("../LICENSE-APACHE")),
    ("LICENSE-MIT", include_str!("../LICENSE-MIT")),
    ("README.md", include_str!("../README.md")),
];

/// Returns the path and the text of each file in the package, sorted by path. Paths have `/` as the separator.
#[must_use]
pub fn files() -> Vec<(String, &'static str)> {
    let mut files: Vec<_> = TOP_LEVEL.iter().map(|(path, text)| ((*path).to_owned(), *text)).collect();
    collect(&SOURCES, &mut files);
    files.sort();
    files
}

fn collect(folder: &Dir<'static>, files: &mut Vec<(String, &'static str)>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.extend(file.contents_utf8().map(|text| (format!("src/{path}"), text)));
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}
