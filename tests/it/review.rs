//! The HTML page of `clientwright review` for two documents and an overlay.

mod browser;
mod hostile;
mod markup;
mod sides;

use std::fs;
use std::path::PathBuf;

use clientwright::diff::{Comparison, Revision};
use codegen::diff::Item;
use tempfile::TempDir;

use self::markup::{Page, squeezed};
use crate::project;

pub(crate) const OLD: &str = "\
openapi: 3.0.3
info: {title: Shelves, version: '1'}
tags: [{name: Shelves, description: Shelves and what stands on them.}]
paths:
  /shelves:
    get:
      operationId: listShelves
      tags: [Shelves]
      parameters:
        - {name: room, in: query, schema: {type: string}}
        # How many.
        - name: page_size
          in: query
          schema: {type: integer, default: 50}
      responses:
        '200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/ShelfList'}}}}
  /shelves/{id}:
    delete:
      operationId: deleteShelf
      tags: [Shelves]
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {'204': {description: Gone.}}
components:
  schemas:
    ShelfList:
      type: object
      properties:
        shelves: {type: array, items: {$ref: '#/components/schemas/Shelf'}}
        count: {type: integer}
    Shelf:
      type: object
      description: A shelf.
      properties:
        id: {type: integer}
        width:
          description: In millimetres.
          type: integer
        material: {type: string, enum: [oak, steel]}
";

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: What the docs say, version: '1'}
actions:
  - target: $.components.schemas.Shelf.properties
    description: The server sends when a shelf was made.
    update:
      made_at: {type: string, format: date-time}
  - target: $.components.schemas.Shelf.properties.width
    description: It is a length.
    update:
      x-unit: mm
";

/// The edits from the old to the new document: old text and new text.
const EDITS: [(&str, &str); 5] = [
    ("- {name: room, in: query, schema", "- {name: room, in: query, required: true, schema"),
    ("default: 50", "default: 100"),
    ("          type: integer\n        material", "          type: number\n        material"),
    ("[oak, steel]", "[oak, steel, glass]"),
    (
        "  /shelves/{id}:\n    delete:\n      operationId: deleteShelf\n",
        "  /shelves/{id}/books:\n    put:\n      operationId: setBooks\n      requestBody: {content: {application/json: {schema: \
         {$ref: '#/components/schemas/Shelf'}}}}\n",
    ),
];

pub(crate) fn edited() -> String {
    EDITS.iter().fold(OLD.to_owned(), |text, (was, is)| {
        assert_eq!(text.matches(was).count(), 1, "{was}");
        text.replace(was, is)
    })
}

/// A temporary folder with two documents and the page of their changes.
pub(crate) struct Review {
    folder: TempDir,
    pub(crate) comparison: Comparison,
}

impl Review {
    pub(crate) fn new(old: &str, new: &str, overlay: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for (name, text) in [("old.yaml", old), ("new.yaml", new), ("fix.yaml", overlay)] {
            fs::write(path(name), text).unwrap();
        }
        let overlays = if overlay.is_empty() { Vec::new() } else { vec![path("fix.yaml")] };
        let sides = (Revision::Document(path("old.yaml")), Revision::Document(path("new.yaml")));
        let comparison =
            clientwright::review::run(None, (&sides.0, &sides.1), &overlays, &path("review.html"))
                .unwrap_or_else(|failure| panic!("{failure}"));
        Self { folder, comparison }
    }

    pub(crate) fn of_the_example() -> Self {
        Self::new(OLD, &edited(), OVERLAY)
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("review.html")
    }

    /// Returns the text of the page without the folder in paths.
    fn text(&self) -> String {
        let text = fs::read_to_string(self.path()).unwrap();
        text.replace(&format!("{}/", self.folder.path().display()), "")
    }

    fn page(&self) -> Page {
        Page::read(&self.text())
    }
}

#[test]
fn each_change_is_shown_once() {
    let review = Review::of_the_example();
    let page = review.page();
    page.is_safe();
    let changes = &review.comparison.changes;
    let headings: Vec<_> = page.all("h4").iter().map(|heading| squeezed(&heading.text())).collect();
    let expected: Vec<_> = changes
        .iter()
        .map(|change| {
            let detail = change.detail();
            let (verdict, phrase) = (change.kind.effect().verdict(), change.kind.phrase());
            squeezed(&format!("{verdict} {} {phrase} {detail}", change.subject))
        })
        .collect();
    assert_eq!(headings, expected);
    let text = squeezed(&page.text());
    for change in changes {
        let reason = change.kind.reason().replace('`', "");
        assert!(
            text.contains(&format!("Why it is {}: {reason}.", change.kind.effect().verdict())),
            "{reason}"
        );
    }
    assert!(text.contains("The next version is a major one"), "{text}");
    // Only breaking changes are initially open.
    let open = page.all("details").into_iter().filter(|details| details.has("open")).count();
    let breaking = changes.iter().filter(|change| change.kind.effect().is_breaking()).count();
    assert_eq!(open, breaking);
}

#[test]
fn changed_files_and_the_changelog_are_shown() {
    let page = Review::of_the_example().page();
    let rows: Vec<_> = page.all("tr").iter().skip(1).map(|row| squeezed(&row.text_with(" "))).collect();
    insta::assert_snapshot!(rows.join("\n"), @"
    endpoints/shelves.rs changed +13 −16
    models/shelf.rs changed +4 −2
    ");
    let draft =
        page.all("pre").into_iter().find(|pre| pre.attribute("id") == Some("draft".to_owned())).unwrap();
    assert!(
        draft.text().contains("### Removed\n\n- **Breaking:** `shelves::delete_shelf`"),
        "{}",
        draft.text()
    );
}

#[test]
fn an_unchanged_document_has_no_changes() {
    let review = Review::new(OLD, OLD, "");
    let text = squeezed(&review.page().text());
    assert!(text.contains("Nothing changes for users of the crate."), "{text}");
}

/// A browser opens a page of a thousand changes without delay.
#[test]
fn a_page_of_many_changes_stays_small() {
    let Some(document) = project::beside("specs/zendesk-support.yaml") else { return };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("review.html");
    let sides = (Revision::Document(project::root().join("spec/zendesk.yaml")), Revision::Document(document));
    let comparison = clientwright::review::run(None, (&sides.0, &sides.1), &[], &out).unwrap();
    assert!(comparison.changes.len() > 1000);
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.len() < 8 << 20, "{} bytes", text.len());
    let page = Page::read(&text);
    page.is_safe();
    let shown = page.all("details").into_iter().filter(|node| node.has_class("change")).collect::<Vec<_>>();
    assert_eq!(shown.len(), comparison.changes.len());
    // Each item is in the emitted files.
    for (change, shown) in comparison.changes.iter().zip(shown) {
        let item = change.new_item.as_ref().or(change.old_item.as_ref());
        let text = shown.text();
        let has_code = matches!(item, Some(Item::Operation(_) | Item::Type(_)));
        assert!(text.contains("Emitted code") || !has_code, "{change}");
        assert_eq!(text.contains("On the wire"), matches!(item, Some(Item::Operation(_))), "{change}");
    }
}

#[test]
fn the_command_prints_a_summary_and_leaves_no_partial_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("old.yaml"), OLD).unwrap();
    fs::write(path("new.yaml"), edited()).unwrap();
    fs::write(path("bad.yaml"), "openapi: [").unwrap();
    fs::create_dir(path("folder")).unwrap();
    let run = |arguments: &[&str]| {
        let output =
            project::cargo_clientwright(&project::root()).arg("review").args(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&path(""), "");
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (old, new, out) = (path("old.yaml"), path("new.yaml"), path("new/folder/review.html"));
    let (code, stdout, stderr) = run(&[&old, &new, "--out", &out]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(stdout, @"
    new/folder/review.html
    old.yaml → new.yaml: 3 breaking, 4 compatible: major
    ");
    assert!(fs::read_to_string(&out).unwrap().starts_with("<!doctype html>"));

    let (code, stdout, stderr) = run(&[&old, &path("bad.yaml"), "--out", &path("none.html")]);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(stderr.starts_with("error: invalid YAML"), "{stderr}");
    let (code, _, stderr) = run(&[&old, &new, "--out", &path("folder")]);
    assert_eq!(code, Some(1));
    assert!(stderr.starts_with("error: can't write folder: "), "{stderr}");
    let mut left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["bad.yaml", "folder", "new", "new.yaml", "old.yaml"]);
}
