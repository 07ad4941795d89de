//! Emitted items have the layout of the formatter, although only those with long lines are formatted.

use codegen::{GeneratedFile, Mode, Options, Source};
use syn::{Item, ItemImpl, ItemUse};

use crate::project;

/// Descriptions that use each key of the standard.
const DOCUMENTS: [&str; 8] = [
    include_str!("../fixtures/complete/root.yaml"),
    include_str!("../fixtures/complete/parameters.yaml"),
    include_str!("../fixtures/complete/bodies.yaml"),
    include_str!("../fixtures/complete/responses.yaml"),
    include_str!("../fixtures/complete/security.yaml"),
    include_str!("../fixtures/complete/schemas.yaml"),
    include_str!("../fixtures/complete/compositions.yaml"),
    include_str!("../fixtures/complete/extensions.yaml"),
];

fn file_of(item: Item) -> syn::File {
    syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] }
}

/// Returns the parts of an item that a file contains as the formatter writes them: the functions of an `impl`, or the item.
fn parts(item: Item) -> Vec<String> {
    match item {
        // These have a layout of their own.
        Item::Macro(_) | Item::Static(_) | Item::Mod(_) => Vec::new(),
        Item::Impl(block) => functions(block),
        // Its conditions are on one line.
        Item::Use(item) => {
            vec![prettyplease::unparse(&file_of(Item::Use(ItemUse { attrs: Vec::new(), ..item })))]
        }
        item => vec![prettyplease::unparse(&file_of(item))],
    }
}

/// Formats each function as the only one of its `impl`, and returns its lines.
fn functions(mut block: ItemImpl) -> Vec<String> {
    let functions = std::mem::take(&mut block.items);
    let mut file = file_of(Item::Impl(block));
    let mut alone = |function| {
        if let Some(Item::Impl(block)) = file.items.first_mut() {
            block.items = vec![function];
        }
        let text = prettyplease::unparse(&file);
        text.split_inclusive('\n').skip(1).filter(|line| *line != "}\n").collect()
    };
    functions.into_iter().map(&mut alone).collect()
}

fn check(files: &[GeneratedFile]) {
    for GeneratedFile { path, text } in files {
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        for part in parsed.items.into_iter().flat_map(parts) {
            assert!(text.contains(&part), "{path} has another layout than\n{part}");
        }
    }
}

#[test]
fn emitted_items_have_the_layout_of_the_formatter() {
    check(&project::output().files);
    for text in DOCUMENTS {
        let source = Source::new("complete.yaml", text);
        check(&codegen::generate_with(&source, &[], &Options::new(Mode::Lenient)).unwrap().files);
    }
}
