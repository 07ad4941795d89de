//! The public API of the crate: one line for each operation, and the re-exports of the runtime.

use std::collections::BTreeSet;

use crate::project;

#[test]
fn every_operation_has_one_line() {
    insta::assert_snapshot!("operations", codegen::surface(&project::output().api));
}

/// The client re-exports every public item of the runtime.
#[test]
fn all_of_the_runtime_is_re_exported() {
    let items = |path: &str| {
        let text = std::fs::read_to_string(project::root().join(path)).unwrap();
        syn::parse_file(&text).unwrap().items
    };
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    let runtime = public(&items("codegen/runtime/src/lib.rs"));
    let client = public(&items("generated/src/api/mod.rs"));
    // A macro defines the client's own items; `source` is for the generator, and the module of webhooks exports `webhook`.
    let others = names(&["Auth", "Client", "ClientBuilder", "blocking", "source", "webhook"]);
    // Crates that are configured to use them re-export these.
    let configured = names(&[
        "Accepts",
        "Base64",
        "Conversion",
        "Custom",
        "FromNumber",
        "FromText",
        "JsonText",
        "Validate",
        "Violation",
        "Violations",
        "WithSerde",
    ]);
    let missing = runtime.difference(&client).filter(|name| !configured.contains(*name));
    assert_eq!(missing.cloned().collect::<BTreeSet<_>>(), others);
    assert_eq!(client.difference(&runtime).cloned().collect::<BTreeSet<_>>(), names(&["access"]));
    assert_eq!(public(&items("generated/src/lib.rs")), names(&["endpoints", "models", "*"]));
}

/// Returns the names of public modules and re-exports that are not hidden in the docs.
fn public(items: &[syn::Item]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in items {
        match item {
            syn::Item::Mod(module) if is_shown(&module.vis, &module.attrs) => {
                names.insert(module.ident.to_string());
            }
            syn::Item::Use(import) if is_shown(&import.vis, &import.attrs) => {
                leaves(&import.tree, &mut names)
            }
            _ => {}
        }
    }
    names
}

fn is_shown(visibility: &syn::Visibility, attributes: &[syn::Attribute]) -> bool {
    let is_hidden = |attribute: &syn::Attribute| {
        let list = attribute.meta.require_list();
        list.is_ok_and(|list| list.path.is_ident("doc") && list.tokens.to_string() == "hidden")
    };
    matches!(visibility, syn::Visibility::Public(_)) && !attributes.iter().any(is_hidden)
}

fn leaves(tree: &syn::UseTree, names: &mut BTreeSet<String>) {
    match tree {
        syn::UseTree::Path(path) => leaves(&path.tree, names),
        syn::UseTree::Name(name) => drop(names.insert(name.ident.to_string())),
        syn::UseTree::Rename(name) => drop(names.insert(name.rename.to_string())),
        syn::UseTree::Glob(_) => drop(names.insert("*".to_owned())),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
    }
}
