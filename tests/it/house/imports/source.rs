//! The modules of a crate: their files, the items that they define, and the names that they import and mention.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr as _;

use proc_macro2::TokenStream;
use syn::{Attribute, Item};

use super::tokens::{Mentions, is_for_tests};

/// The texts of files by their paths, with `/`.
pub(super) type Files = BTreeMap<String, String>;

/// One module.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// The names of its parent modules and its own; empty for the crate root.
    pub(super) path: Vec<String>,
    /// The file that contains it.
    pub(super) file: String,
    pub(super) parent: Option<usize>,
    pub(super) children: BTreeMap<String, usize>,
    /// The names of the items that it defines.
    pub(super) items: BTreeSet<String>,
    /// The macros among them.
    pub(super) macros: BTreeSet<String>,
    pub(super) mentions: Mentions,
}

/// A crate.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// All modules, the root first.
    pub(super) modules: Vec<Module>,
}

impl Source {
    /// Reads all modules of the root file.
    pub(super) fn read(files: &Files, root: &str) -> Self {
        let mut source = Self::default();
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        source.add_file(files, None, Vec::new(), root, &folder);
        source
    }

    /// Adds a file. `folder` contains the files of its child modules.
    fn add_file(
        &mut self,
        files: &Files,
        parent: Option<usize>,
        path: Vec<String>,
        file: &str,
        folder: &str,
    ) -> usize {
        let text = &files[file];
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let index = self.add_module(Module { path, file: file.to_owned(), parent, ..Module::default() });
        self.fill(files, index, &parsed.items, folder);
        let mut mentions = Mentions::default();
        let mut inline = Vec::new();
        mentions.read(TokenStream::from_str(text).unwrap(), &mut inline);
        self.assign(index, mentions, inline);
        index
    }

    fn add_module(&mut self, module: Module) -> usize {
        self.modules.push(module);
        self.modules.len() - 1
    }

    /// Adds the items and the child modules of a module.
    fn fill(&mut self, files: &Files, index: usize, items: &[Item], folder: &str) {
        for item in items {
            let (attributes, name) = match item {
                Item::Const(item) => (&item.attrs, &item.ident),
                Item::Enum(item) => (&item.attrs, &item.ident),
                Item::Fn(item) => (&item.attrs, &item.sig.ident),
                Item::Static(item) => (&item.attrs, &item.ident),
                Item::Struct(item) => (&item.attrs, &item.ident),
                Item::Trait(item) => (&item.attrs, &item.ident),
                Item::TraitAlias(item) => (&item.attrs, &item.ident),
                Item::Type(item) => (&item.attrs, &item.ident),
                Item::Union(item) => (&item.attrs, &item.ident),
                Item::Mod(item) => (&item.attrs, &item.ident),
                Item::Macro(item) => match &item.ident {
                    Some(name) => (&item.attrs, name),
                    None => continue,
                },
                _ => continue,
            };
            if attributes.iter().any(for_tests) {
                continue;
            }
            let name = name.to_string();
            match item {
                Item::Mod(item) => {
                    let content = item.content.as_ref().map(|(_, items)| &items[..]);
                    self.add_child(files, index, name, content, folder);
                }
                Item::Macro(_) => {
                    self.modules[index].macros.insert(name.clone());
                    self.modules[index].items.insert(name);
                }
                _ => {
                    self.modules[index].items.insert(name);
                }
            }
        }
    }

    fn add_child(
        &mut self,
        files: &Files,
        parent: usize,
        name: String,
        content: Option<&[Item]>,
        folder: &str,
    ) {
        let path: Vec<_> = self.modules[parent].path.iter().cloned().chain([name.clone()]).collect();
        let below = format!("{folder}/{name}");
        let child = if let Some(items) = content {
            let file = self.modules[parent].file.clone();
            let child = self.add_module(Module { path, file, parent: Some(parent), ..Module::default() });
            self.fill(files, child, items, &below);
            child
        } else {
            let candidates = [format!("{below}.rs"), format!("{below}/mod.rs")];
            let file = candidates.iter().find(|file| files.contains_key(*file));
            let file = file.unwrap_or_else(|| panic!("no file has the module {}", path.join("::")));
            self.add_file(files, Some(parent), path, file, &below)
        };
        self.modules[parent].children.insert(name, child);
    }

    /// Assigns the mentions of a file to its modules.
    fn assign(&mut self, index: usize, mentions: Mentions, inline: Vec<(String, Mentions)>) {
        self.modules[index].mentions = mentions;
        for (name, mentions) in inline {
            // The name has the names of the nested modules.
            let mut child = Some(index);
            for part in name.split("::") {
                child = child.and_then(|child| self.modules[child].children.get(part).copied());
            }
            if let Some(child) = child {
                self.modules[child].mentions = mentions;
            }
        }
    }
}

fn for_tests(attribute: &Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    list.path.is_ident("cfg") && is_for_tests(&list.tokens)
}
