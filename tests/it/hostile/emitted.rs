//! What the files of a crate may hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use codegen::GeneratedFile;
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use toml_edit::{Array, DocumentMut, Item};

const ROOT: &str = "src/lib.rs";
/// How the root brings the runtime's macros in.
const RUNTIME: &str = "extern crate clientwright_runtime;";

/// What is common to all crates: which macros and attributes their code has, which keys their manifests.
pub(crate) struct Shape {
    macros: BTreeSet<String>,
    manifests: BTreeMap<String, BTreeSet<String>>,
}

impl Shape {
    pub(crate) fn of(files: &[GeneratedFile]) -> Self {
        let mut macros: BTreeSet<_> =
            ["tagged_union", "open_enum", "model", "request_builder"].map(str::to_owned).into();
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

/// The first thing that should not be there.
pub(crate) fn check(files: &[GeneratedFile], shape: &Shape) -> Result<(), String> {
    let mut paths = BTreeSet::new();
    for file in files {
        let problem = |text: String| format!("{}: {text}\n{}", file.path, file.text);
        is_plain(&file.path).map_err(problem)?;
        if !paths.insert(file.path.to_lowercase()) {
            return Err(problem("two files of one name".to_owned()));
        }
        is_visible(&file.text).map_err(problem)?;
        if is_rust(&file.path) {
            // The root has one line of its own kind.
            let is_root = file.path == ROOT;
            let text = if is_root { file.text.replacen(RUNTIME, "use std;", 1) } else { file.text.clone() };
            is_code(&text, shape).map_err(problem)?;
        } else if let Some(known) = shape.manifests.get(&file.path) {
            if keys(&file.text).map_err(problem)? != *known {
                return Err(problem("other keys than those of each crate".to_owned()));
            }
        } else if file.path == "README.md" {
            is_prose(&file.text).map_err(problem)?;
        } else {
            return Err(problem("nobody asked for it".to_owned()));
        }
    }
    Ok(())
}

/// A path below the crate that every system takes for the same one.
fn is_plain(path: &str) -> Result<(), String> {
    let known =
        ["src/api/", "src/endpoints/", "src/models/"].iter().find_map(|folder| path.strip_prefix(folder));
    let Some(name) = known else {
        return if ["Cargo.toml", "README.md", ROOT].contains(&path) {
            Ok(())
        } else {
            Err("outside of the folders for code".to_owned())
        };
    };
    let stem = name.strip_suffix(".rs").ok_or("no Rust")?;
    if stem.chars().all(is_plain_letter) && (1..=220).contains(&stem.len()) {
        Ok(())
    } else {
        Err("an odd name".to_owned())
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
    text.chars().find(odd).map_or(Ok(()), |c| Err(format!("holds {c:?}")))
}

fn is_code(text: &str, shape: &Shape) -> Result<(), String> {
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
    let tokens: TokenStream = text.parse().map_err(|_| "no tokens")?;
    if let Some(name) =
        words(&tokens).into_iter().find(|word| word == "pwned" || word == "unsafe" || word == "extern")
    {
        return Err(format!("the word `{name}` stands in the code"));
    }
    let mut macros = BTreeSet::new();
    used_macros(&tokens, &mut macros);
    macros.difference(&shape.macros).next().map_or(Ok(()), |name| Err(format!("calls `{name}!`")))
}

/// Every identifier of the code; texts and comments are none.
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
            TokenTree::Punct(mark) if mark.as_char() == '!' => found.extend(before.clone()),
            TokenTree::Group(group) => used_macros(&group.stream(), found),
            _ => {}
        }
        before = if let TokenTree::Ident(name) = &token { Some(name.to_string()) } else { None };
    }
}

/// The keys of a manifest, but for the features of endpoints: plain names of nothing.
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
    }
    let tables = document.iter().flat_map(|(table, item)| {
        let entries =
            item.as_table_like().into_iter().flat_map(|table| table.iter().map(|(key, _)| key.to_owned()));
        entries.map(move |key| format!("{table}.{key}")).collect::<Vec<_>>()
    });
    Ok(tables.collect())
}

/// One block of Rust, the quick start, and no HTML but the marks around it all; links lead to the web only.
fn is_prose(text: &str) -> Result<(), String> {
    let mark = "<!-- clientwright: ";
    let (first, rest) = text.split_once('\n').unwrap_or_default();
    let Some((inside, last)) = rest.trim_end().rsplit_once('\n') else {
        return Err("it is empty".to_owned());
    };
    let is_mark = |line: &str| line.starts_with(mark) && line.find("-->") == Some(line.len() - 3);
    if !is_mark(first) || !is_mark(last) || inside.contains(mark) {
        return Err("its marks are not one at each end".to_owned());
    }
    let mut rust = 0;
    for event in Parser::new_ext(inside, Options::ENABLE_TABLES) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => return Err(format!("HTML: {html}")),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                return Err("code without a fence".to_owned());
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "rust" => {
                rust += 1
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language != "text" => {
                return Err(format!("code in {language:?}"));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                if !dest_url.starts_with("http") =>
            {
                return Err(format!("a link to {dest_url}"));
            }
            _ => {}
        }
    }
    if rust == 1 { Ok(()) } else { Err(format!("{rust} blocks of Rust")) }
}
