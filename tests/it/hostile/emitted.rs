//! Checks that the files of a crate contain only what the generator emits for any document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use codegen::GeneratedFile;
use codegen::package::RECIPES;
use proc_macro2::{TokenStream, TokenTree};
use toml_edit::{Array, DocumentMut, Item};

use super::docs;

const ROOT: &str = "src/lib.rs";
/// The line of the root file that imports the runtime's macros.
const RUNTIME: &str = "extern crate clientwright_runtime;";

/// The macros and manifest keys that every crate may have.
pub(crate) struct Allowed {
    macros: BTreeSet<String>,
    manifests: BTreeMap<String, BTreeSet<String>>,
}

impl Allowed {
    pub(crate) fn of(files: &[GeneratedFile]) -> Self {
        let mut macros: BTreeSet<_> =
            ["tagged_union", "union", "open_enum", "model", "request_builder"].map(str::to_owned).into();
        let mut manifests = BTreeMap::new();
        for file in files {
            if is_rust(&file.path) {
                let tokens = file.text.parse().unwrap();
                used_macros(&tokens, &mut macros);
            } else if is_manifest(&file.path) {
                manifests.insert(file.path.clone(), keys(&file.text).unwrap());
            }
        }
        Self { macros, manifests }
    }
}

fn is_manifest(path: &str) -> bool {
    path.ends_with("Cargo.toml")
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// Returns an error that describes the first unexpected content.
pub(crate) fn check(files: &[GeneratedFile], allowed: &Allowed) -> Result<(), String> {
    let mut paths = BTreeSet::new();
    for file in files {
        let problem = |text: String| format!("{}: {text}\n{}", file.path, file.text);
        is_plain(&file.path).map_err(problem)?;
        if !paths.insert(file.path.to_lowercase()) {
            return Err(problem("two files have this name".to_owned()));
        }
        is_visible(&file.text).map_err(problem)?;
        if is_rust(&file.path) {
            // Only the root has an `extern crate` item.
            let is_root = file.path == ROOT;
            let text = if is_root { file.text.replacen(RUNTIME, "use std;", 1) } else { file.text.clone() };
            is_code(&text, allowed).map_err(problem)?;
            docs::check(&text).map_err(problem)?;
        } else if let Some(known) = allowed.manifests.get(&file.path) {
            if keys(&file.text).map_err(problem)? != *known {
                return Err(problem("the keys differ from those of other crates".to_owned()));
            }
        } else if file.path == "README.md" {
            is_prose(&file.text).map_err(problem)?;
        } else {
            return Err(problem("unexpected file".to_owned()));
        }
    }
    Ok(())
}

/// Checks that a path is relative, plain and the same on every system.
fn is_plain(path: &str) -> Result<(), String> {
    let known =
        ["src/api/", "src/endpoints/", "src/models/"].iter().find_map(|folder| path.strip_prefix(folder));
    let Some(name) = known else {
        return if ["Cargo.toml", "README.md", ROOT].contains(&path) {
            Ok(())
        } else {
            Err("outside of the source folders".to_owned())
        };
    };
    let stem = name.strip_suffix(".rs").ok_or("not a Rust file")?;
    if stem.chars().all(is_plain_letter) && (1..=220).contains(&stem.len()) {
        Ok(())
    } else {
        Err("an unusual name".to_owned())
    }
}

fn is_plain_letter(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

fn is_visible(text: &str) -> Result<(), String> {
    let odd = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().find(odd).map_or(Ok(()), |c| Err(format!("contains {c:?}")))
}

fn is_code(text: &str, allowed: &Allowed) -> Result<(), String> {
    let file = syn::parse_file(text).map_err(|error| error.to_string())?;
    for item in &file.items {
        use syn::Item::{Const, Enum, Fn, Impl, Macro, Mod, Static, Struct, Type, Use};
        let expected = matches!(
            item,
            Const(_)
                | Enum(_)
                | Fn(_)
                | Impl(_)
                | Macro(_)
                | Mod(_)
                | Static(_)
                | Struct(_)
                | Type(_)
                | Use(_)
        );
        if !expected || matches!(item, Mod(module) if module.content.is_some()) {
            return Err("an item of a kind that is never emitted".to_owned());
        }
    }
    let tokens: TokenStream = text.parse().map_err(|_| "not tokens")?;
    if let Some(name) =
        words(&tokens).into_iter().find(|word| word == "pwned" || word == "unsafe" || word == "extern")
    {
        return Err(format!("the code contains the word `{name}`"));
    }
    let mut macros = BTreeSet::new();
    used_macros(&tokens, &mut macros);
    macros.difference(&allowed.macros).next().map_or(Ok(()), |name| Err(format!("calls `{name}!`")))
}

/// Returns every identifier of the code, but not the words in strings and comments.
fn words(tokens: &TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(name) => found.push(name.to_string()),
            TokenTree::Group(group) => found.extend(words(&group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found
}

fn used_macros(tokens: &TokenStream, found: &mut BTreeSet<String>) {
    let mut before: Option<String> = None;
    for token in tokens.clone() {
        match &token {
            TokenTree::Punct(marker) if marker.as_char() == '!' => found.extend(before.clone()),
            TokenTree::Group(group) => used_macros(&group.stream(), found),
            _ => {}
        }
        before = if let TokenTree::Ident(name) = &token { Some(name.to_string()) } else { None };
    }
}

/// Returns the keys of a manifest without the features of endpoints, which must have plain names.
fn keys(manifest: &str) -> Result<BTreeSet<String>, String> {
    let mut document: DocumentMut =
        manifest.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
    if let Some(features) = document["features"].as_table_like_mut() {
        let is_nothing = |item: &Item| item.as_array().is_some_and(Array::is_empty);
        let of_endpoints = features.iter().filter(|(_, item)| is_nothing(item));
        let names: Vec<_> = of_endpoints.map(|(name, _)| name.to_owned()).collect();
        for name in names {
            if !name.chars().all(is_plain_letter) {
                return Err(format!("a feature {name:?}"));
            }
            features.remove(&name);
        }
        // A crate with webhooks has it.
        features.remove("signatures");
    }
    let tables = document.iter().flat_map(|(table, item)| {
        let entries =
            item.as_table_like().into_iter().flat_map(|table| table.iter().map(|(key, _)| key.to_owned()));
        entries.map(move |key| format!("{table}.{key}")).collect::<Vec<_>>()
    });
    Ok(tables.collect())
}

/// Checks that there is one Rust code block, two with webhooks, and no markup of others within the markers.
fn is_prose(text: &str) -> Result<(), String> {
    let marker = "<!-- clientwright: ";
    let (first, rest) = text.split_once('\n').unwrap_or_default();
    let Some((inside, last)) = rest.trim_end().rsplit_once('\n') else {
        return Err("it is empty".to_owned());
    };
    let is_marker = |line: &str| line.starts_with(marker) && line.find("-->") == Some(line.len() - 3);
    if !is_marker(first) || !is_marker(last) || inside.contains(marker) {
        return Err("the markers are not exactly at both ends".to_owned());
    }
    // The recipes are the same in each README.
    let rust = docs::check_markdown(&inside.replacen(RECIPES.trim_end(), "", 1))?;
    let expected = if inside.contains("\n## Webhooks\n") { 2 } else { 1 };
    if rust == expected { Ok(()) } else { Err(format!("{rust} Rust code blocks")) }
}
