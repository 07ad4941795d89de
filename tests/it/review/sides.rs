//! The old and the new side of a change on the page.

use std::fs;

use clientwright::diff::{Comparison, Revision};

use super::markup::Page;
use super::{OLD, Review};

#[test]
fn a_change_shows_both_sides() {
    let review = Review::of_the_example();
    insta::assert_snapshot!(review.page().change("models::Shelf.width"), @"
    breaking models::Shelf.width the field's type changed Option<i64> → Option<f64>
    #/components/schemas/Shelf/properties/width

    ## Description
    # old old.yaml:35:9
     35   width:
     36     description: In millimetres.
     37 -   type: integer
    # new new.yaml:36:9
     36   width:
     37     description: In millimetres.
     38 +   type: number

    ## Overlay actions
    > unchanged
        @ fix.yaml:8
      8   - target: $.components.schemas.Shelf.properties.width
      9     description: It is a length.
     10     update:
     11       x-unit: mm

    ## Emitted code models/shelf.rs
        …
          ///
          /// Source: `#/components/schemas/Shelf`
          #[derive(Clone)]
        - #[non_exhaustive]
          pub struct Shelf {
              /// The property `id`.
              pub id: Option<i64>,
              /// In millimetres.
        -     pub width: Option<i64>,
        +     pub width: Option<f64>,
              /// The property `material`.
              pub material: Option<ShelfMaterial>,
              /// The property `made_at`.
        …
    ");
    insta::assert_snapshot!(review.page().change("shelves::list_shelves(room)"), @r#"
    breaking shelves::list_shelves(room) the parameter became required
    #/paths/~1shelves/get/parameters/0

    ## Description
    # old old.yaml:10:11
     10 - - {name: room, in: query, schema: {type: string}}
    # new new.yaml:10:11
     10 + - {name: room, in: query, required: true, schema: {type: string}}

    ## Emitted code endpoints/shelves.rs
        …
          ///
          /// Source: `#/paths/~1shelves/get`
          #[inline]
        - pub fn list_shelves() -> ListShelves {
        -     ListShelves(Request::new(&LIST_SHELVES))
        + pub fn list_shelves(room: &str) -> ListShelves {
        +     ListShelves(Request::new(&LIST_SHELVES).query("room", &room))
          }

          /// A builder for a request of [`list_shelves`](list_shelves()), with its optional parameters.
        …
          pub struct ListShelves(Request<models::ShelfList>);

          impl ListShelves {
        -     /// Sets the parameter `room`.
        -     #[inline]
        -     pub fn room(self, room: &str) -> Self {
        -         Self(self.0.query("room", &room))
        -     }
        -
              /// Sets the parameter `page_size`.
              ///
        -     /// Default: `50`.
        +     /// Default: `100`.
              #[inline]
              pub fn page_size(self, page_size: i64) -> Self {
                  Self(self.0.query("page_size", &page_size))
        …

          clientwright_runtime::request_builder!(ListShelves -> models::ShelfList);

        - static LIST_SHELVES: Operation = Operation::get("listShelves", "/shelves");
        + static LIST_SHELVES: Operation =
        +     Operation::get("listShelves", "/shelves")
        +         .requires(&["room"]);

    ## On the wire
          GET /shelves
        - query    room={string} (optional)
        - query    page_size={integer} (optional, 50 if absent)
        + query    room={string}
        + query    page_size={integer} (optional, 100 if absent)
          header   Accept: application/json

          response ShelfList {
                     "shelves"?: [Shelf {
                       "id"?: integer
        -              "width"?: integer
        +              "width"?: number
                       "material"?: ShelfMaterial
                       "made_at"?: time
                     }, …]
                     "count"?: integer
                   }
    "#);
}

#[test]
fn an_added_or_removed_operation_shows_one_side() {
    let review = Review::of_the_example();
    insta::assert_snapshot!(review.page().change("shelves::delete_shelf"), @r#"
    breaking shelves::delete_shelf the operation was removed DELETE /shelves/{id}
    #/paths/~1shelves~1{id}/delete

    ## Description
    # old old.yaml:18:5
     18   delete:
     19     operationId: deleteShelf
     20     tags: [Shelves]
     21     parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
     22     responses: {'204': {description: Gone.}}

    ## Emitted code endpoints/shelves.rs
        - /// Creates a request for the operation `deleteShelf`.
        - ///
        - /// `DELETE /shelves/{id}`.
        - ///
        - /// # Responses
        - ///
        - /// - `204`: Gone.
        - ///
        - /// Source: `#/paths/~1shelves~1{id}/delete`
        - #[inline]
        - pub fn delete_shelf(id: i64) -> Request<()> {
        -     Request::new(&DELETE_SHELF).path("id", &id)
        - }
        -
        - static DELETE_SHELF: Operation = Operation::delete("deleteShelf", "/shelves/{id}");

    ## On the wire
        - DELETE /shelves/{id}
        - path     {id} = {integer}
        - header   Accept: application/json
        -
        - response nothing
    "#);
    insta::assert_snapshot!(review.page().change("shelves::set_books"), @r#"
    compatible shelves::set_books the operation was added PUT /shelves/{id}/books
    #/paths/~1shelves~1{id}~1books/put

    ## Description
    # new new.yaml:18:5
     18   put:
     19     operationId: setBooks
     20     requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}}
     21     tags: [Shelves]
     22     parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
     23     responses: {'204': {description: Gone.}}

    ## Emitted code endpoints/shelves.rs
        + /// Creates a request for the operation `setBooks`.
        + ///
        + /// `PUT /shelves/{id}/books`.
        + ///
        + /// # Responses
        + ///
        + /// - `204`: Gone.
        + ///
        + /// Source: `#/paths/~1shelves~1{id}~1books/put`
        + #[inline]
        + pub fn set_books(id: i64, body: Option<&models::Shelf>) -> Request<()> {
        +     Request::new(&SET_BOOKS).path("id", &id).json(optional(body))
        + }
        +
        + static SET_BOOKS: Operation = Operation::put("setBooks", "/shelves/{id}/books");

    ## On the wire
        + PUT /shelves/{id}/books
        + path     {id} = {integer}
        + header   Accept: application/json
        + header   Content-Type: application/json
        + body     Shelf {
        +            "id"?: integer
        +            "width"?: number
        +            "material"?: ShelfMaterial: "oak" | "steel" | "glass"
        +            "made_at"?: time
        +          } (optional)
        +
        + response nothing
    "#);
}

/// Returns the page that compares a document with the same document after an overlay.
fn overlaid(overlay: &str) -> Page {
    let source = |name: &str, text: &str| codegen::Source::new(name, text);
    let old = codegen::generate(&source("old.yaml", OLD), &[]).unwrap();
    let new = codegen::generate(&source("old.yaml", OLD), &[source("fix.yaml", overlay)]).unwrap();
    let comparison = Comparison::new(("old".to_owned(), &old), ("new".to_owned(), &new));
    Page::read(&clientwright::review::page(&comparison, &old, &new))
}

/// The action is shown although the node is missing in the new document.
#[test]
fn an_action_that_removes_a_property_is_shown() {
    let overlay = "\
overlay: 1.0.0
info: {title: T, version: '1'}
actions:
  - target: $.components.schemas.Shelf.properties.width
    description: It was never sent.
    remove: true
";
    insta::assert_snapshot!(overlaid(overlay).change("models::Shelf.width"), @r#"
    breaking models::Shelf.width the field was removed Option<i64>
    #/components/schemas/Shelf/properties/width

    ## Description
    # old old.yaml:35:9
     35   width:
     36     description: In millimetres.
     37     type: integer

    ## Overlay actions
    # new
        @ fix.yaml:4
      4   - target: $.components.schemas.Shelf.properties.width
      5     description: It was never sent.
      6     remove: true

    ## Emitted code models/shelf.rs
        …
          pub struct Shelf {
              /// The property `id`.
              pub id: Option<i64>,
        -     /// In millimetres.
        -     pub width: Option<i64>,
              /// The property `material`.
              pub material: Option<ShelfMaterial>,
              /// Undeclared properties that the server sent.
        …
          clientwright_runtime::model! {
              Shelf: open default,
              0 "id" => id,
        -     1 "width" => width,
        -     2 "material" => material,
        +     1 "material" => material,
          }
    "#);
}

/// The action is shown although the next element has the position in the new document.
#[test]
fn an_action_that_removes_an_array_element_is_shown() {
    let overlay = "\
overlay: 1.0.0
info: {title: T, version: '1'}
actions:
  - target: $.paths['/shelves'].get.parameters[?@.name == 'room']
    description: It was never read.
    remove: true
";
    let change = overlaid(overlay).change("shelves::list_shelves(room)");
    let (_, actions) = change.split_once("## Overlay actions\n").unwrap();
    insta::assert_snapshot!(actions.split_once("\n## ").unwrap().0, @"
    # new
        @ fix.yaml:4
      4   - target: $.paths['/shelves'].get.parameters[?@.name == 'room']
      5     description: It was never read.
      6     remove: true
    ");
}

#[test]
fn lines_of_a_referenced_file_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let side = |name: &str, shelf: &str| {
        let path = folder.path().join(name);
        fs::create_dir(&path).unwrap();
        let api =
            OLD.replace("items: {$ref: '#/components/schemas/Shelf'}", "items: {$ref: 'parts.yaml#/Shelf'}");
        fs::write(path.join("api.yaml"), api).unwrap();
        fs::write(
            path.join("parts.yaml"),
            format!("# Parts.\nShelf:\n  type: object\n  properties:\n    id: {shelf}\n"),
        )
        .unwrap();
        Revision::Document(path.join("api.yaml"))
    };
    let sides = (side("old", "{type: string}"), side("new", "{type: integer}"));
    let out = folder.path().join("review.html");
    clientwright::review::run(None, (&sides.0, &sides.1), &[], &out).unwrap();
    let text = fs::read_to_string(&out).unwrap().replace(&format!("{}/", folder.path().display()), "");
    let page = Page::read(&text);
    let change =
        page.all("h4").into_iter().map(|heading| heading.text()).find(|text| text.contains(".id")).unwrap();
    let subject = change.split_whitespace().nth(1).unwrap();
    insta::assert_snapshot!(page.change(subject), @"
    breaking models::Shelf2.id the field's type changed Option<String> → Option<i64>
    #/components/schemas/Shelf2/properties/id

    ## Description
    # old parts.yaml:5:5
      5 - id: {type: string}
    # new parts.yaml:5:5
      5 + id: {type: integer}

    ## Emitted code models/shelf2.rs
        …
          #[non_exhaustive]
          pub struct Shelf2 {
              /// The property `id`.
        -     pub id: Option<String>,
        +     pub id: Option<i64>,
              /// Undeclared properties that the server sent.
              pub extra: Extra,
          }
        …
    ");
}
