//! The names that a file mentions. Macro bodies count too, as they are tokens.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::UseTree;

/// The names that a module mentions.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    pub(super) imports: Vec<Import>,
    /// Paths of more than one name.
    pub(super) paths: BTreeSet<Vec<String>>,
    /// Single names that may be items.
    pub(super) words: BTreeSet<String>,
    /// Macros that are called by a single name.
    pub(super) calls: BTreeSet<String>,
}

/// One name of a `use`.
#[derive(Clone, Debug)]
pub(super) struct Import {
    pub(super) path: Vec<String>,
    /// Its name here; `None` for a glob (`*`).
    pub(super) name: Option<String>,
    /// Whether it is a re-export.
    pub(super) public: bool,
}

/// Returns whether a `cfg` condition holds for tests only.
pub(super) fn is_for_tests(condition: &TokenStream) -> bool {
    let text: String = condition.to_string().split_whitespace().collect();
    text == "test" || text.starts_with("all(test,")
}

impl Mentions {
    /// Reads tokens. The mentions of inline modules go into `inline`, by the names of the modules.
    pub(super) fn read(&mut self, tokens: TokenStream, inline: &mut Vec<(String, Self)>) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Group(group) => {
                    self.read(group.stream(), inline);
                    at + 1
                }
                TokenTree::Ident(name) => self.read_name(&name.to_string(), &tokens, at, inline),
                TokenTree::Punct(punct) if punct.as_char() == '#' => self.read_attribute(&tokens, at, inline),
                // A lifetime is not a name.
                TokenTree::Punct(punct) if punct.as_char() == '\'' => at + 2,
                _ => at + 1,
            };
        }
    }

    fn read_attribute(&mut self, tokens: &[TokenTree], at: usize, inline: &mut Vec<(String, Self)>) -> usize {
        let Some(group) = group(tokens, at + 1, Delimiter::Bracket) else { return at + 1 };
        let parts: Vec<_> = group.stream().into_iter().collect();
        match &parts[..] {
            [TokenTree::Ident(name), TokenTree::Group(condition)]
                if *name == "cfg" && is_for_tests(&condition.stream()) =>
            {
                end_of_item(tokens, at + 2)
            }
            _ => {
                self.read(group.stream(), inline);
                at + 2
            }
        }
    }

    fn read_name(
        &mut self,
        name: &str,
        tokens: &[TokenTree],
        at: usize,
        inline: &mut Vec<(String, Self)>,
    ) -> usize {
        match name {
            // `use<'a>` is not an import.
            "use" if !is_punct(tokens, at + 1, '<') => self.read_use(tokens, at),
            "mod" => {
                if let Some(group) = group(tokens, at + 2, Delimiter::Brace) {
                    let mut own = Self::default();
                    let mut nested = Vec::new();
                    own.read(group.stream(), &mut nested);
                    let child = tokens[at + 1].to_string();
                    inline
                        .extend(nested.into_iter().map(|(name, of_it)| (format!("{child}::{name}"), of_it)));
                    inline.push((child, own));
                }
                at + 3
            }
            "enum" => {
                let body = (at..tokens.len()).find(|at| group(tokens, *at, Delimiter::Brace).is_some());
                let Some(body) = body else { return at + 1 };
                // The generics are in between.
                self.read(tokens[at + 2..body].iter().cloned().collect(), inline);
                if let TokenTree::Group(group) = &tokens[body] {
                    self.read(without_variants(group.stream()), inline);
                }
                body + 1
            }
            // The next token is the name of the defined item.
            "fn" | "struct" | "trait" | "type" | "union" | "static" | "const" if is_name(tokens, at + 1) => {
                at + 2
            }
            _ => self.read_path(tokens, at),
        }
    }

    fn read_use(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let end = (at..tokens.len()).find(|at| is_punct(tokens, *at, ';'));
        let Some(end) = end else { return at + 1 };
        let item: TokenStream = tokens[at..=end].iter().cloned().collect();
        if let Ok(item) = syn::parse2::<syn::ItemUse>(item)
            && item.leading_colon.is_none()
        {
            let public = match at.checked_sub(1).map(|before| &tokens[before]) {
                Some(TokenTree::Ident(word)) => *word == "pub",
                // pub(crate)
                Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
                _ => false,
            };
            self.add_tree(&item.tree, &mut Vec::new(), public);
        }
        end + 1
    }

    fn add_tree(&mut self, tree: &UseTree, path: &mut Vec<String>, public: bool) {
        match tree {
            UseTree::Path(tree) => {
                path.push(tree.ident.to_string());
                self.add_tree(&tree.tree, path, public);
                path.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_tree(tree, path, public);
                }
            }
            UseTree::Glob(_) => self.imports.push(Import { path: path.clone(), name: None, public }),
            UseTree::Name(leaf) => self.add_leaf(leaf.ident.to_string(), None, path, public),
            UseTree::Rename(leaf) => {
                self.add_leaf(leaf.ident.to_string(), Some(leaf.rename.to_string()), path, public);
            }
        }
    }

    fn add_leaf(&mut self, name: String, renamed: Option<String>, path: &[String], public: bool) {
        let mut path = path.to_vec();
        if name != "self" || path.is_empty() {
            path.push(name);
        }
        let name = renamed.or_else(|| path.last().cloned());
        self.imports.push(Import { path, name, public });
    }

    /// Reads a path or a single name.
    fn read_path(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let mut path = vec![tokens[at].to_string()];
        let mut end = at + 1;
        while is_separator(tokens, end)
            && let Some(TokenTree::Ident(name)) = tokens.get(end + 2)
        {
            path.push(name.to_string());
            end += 3;
        }
        if !begins(tokens, at) {
            return end;
        }
        if path.len() > 1 {
            self.paths.insert(path);
        } else if let Some(name) = path.pop() {
            let called = group(tokens, end, Delimiter::Parenthesis).is_some();
            let is_macro = is_punct(tokens, end, '!') && !is_punct(tokens, end + 1, '=');
            if is_macro {
                self.calls.insert(name.clone());
            }
            // A lower-case name that is not called is a variable or a field.
            if called || is_macro || is_separator(tokens, end) || name.starts_with(char::is_uppercase) {
                self.words.insert(name);
            }
        }
        end
    }
}

/// Returns whether a path begins here, rather than a field, the rest of a path or a macro variable.
fn begins(tokens: &[TokenTree], at: usize) -> bool {
    let before = |back: usize, mark| at.checked_sub(back).is_some_and(|at| is_punct(tokens, at, mark));
    let field = before(1, '.') && !before(2, '.');
    let variable = before(1, '$') && tokens[at].to_string() != "crate";
    let rest_of_path = before(1, ':') && before(2, ':');
    !(field || variable || rest_of_path)
}

/// Returns the tokens of an enum without the names of its variants.
fn without_variants(body: TokenStream) -> TokenStream {
    let mut begin = true;
    let mut attribute = false;
    let kept = body.into_iter().filter(|token| match token {
        TokenTree::Punct(punct) if punct.as_char() == ',' => {
            begin = true;
            true
        }
        TokenTree::Punct(punct) if punct.as_char() == '#' => {
            attribute = true;
            true
        }
        TokenTree::Group(_) if attribute => {
            attribute = false;
            true
        }
        TokenTree::Ident(_) if begin => {
            begin = false;
            false
        }
        _ => true,
    });
    kept.collect()
}

/// Returns the end of the item that begins here.
fn end_of_item(tokens: &[TokenTree], at: usize) -> usize {
    let import = (at..tokens.len().min(at + 3))
        .any(|at| matches!(&tokens[at], TokenTree::Ident(name) if *name == "use"));
    let ends = |at: &usize| {
        is_punct(tokens, *at, ';') || (!import && group(tokens, *at, Delimiter::Brace).is_some())
    };
    (at..tokens.len()).find(ends).map_or(tokens.len(), |end| end + 1)
}

fn group(tokens: &[TokenTree], at: usize, delimiter: Delimiter) -> Option<&Group> {
    match tokens.get(at) {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

fn is_punct(tokens: &[TokenTree], at: usize, mark: char) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

/// Returns whether `::` is here.
fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    is_punct(tokens, at, ':') && is_punct(tokens, at + 1, ':')
}

/// Returns whether a name is here, and not a keyword as in `const fn`.
fn is_name(tokens: &[TokenTree], at: usize) -> bool {
    let keywords = ["async", "extern", "fn", "mut", "unsafe"];
    matches!(tokens.get(at), Some(TokenTree::Ident(name)) if !keywords.iter().any(|keyword| name == keyword))
}
