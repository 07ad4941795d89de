//! Names: from the wire to Rust, without clashes.
//!
//! A [`WireName`] is a name as the description spells it, a [`RustName`] one that rustc accepts. They are two
//! types, so that one can't be passed for the other.

use std::collections::HashMap;
use std::fmt;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// A name as it stands on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WireName(String);

impl WireName {
    /// Takes the name as it is.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name as it is.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WireName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A valid Rust identifier, `r#` included where it is a keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RustName(String);

impl RustName {
    /// A type or variant: `UpperCamelCase`.
    #[must_use]
    pub fn upper_camel(text: &str) -> Self {
        let name = shortened(spell(text).to_upper_camel_case());
        let name = if starts_with_digit(&name) { format!("N{name}") } else { name };
        Self(if name == "Self" { "Self_".to_owned() } else { name })
    }

    /// A field, argument, function or module: `snake_case`.
    #[must_use]
    pub fn snake(text: &str) -> Self {
        let name = shortened(spell(text).to_snake_case());
        let name = if starts_with_digit(&name) { format!("n{name}") } else { name };
        Self(match name.as_str() {
            // Keywords that can't be raw identifiers.
            "self" | "super" | "crate" => format!("{name}_"),
            keyword if KEYWORDS.contains(&keyword) => format!("r#{keyword}"),
            _ => name,
        })
    }

    /// The module of a file, whose stem it is.
    pub(crate) fn module(stem: &str) -> Self {
        Self(if KEYWORDS.contains(&stem) { format!("r#{stem}") } else { stem.to_owned() })
    }

    /// A constant or static: `SCREAMING_SNAKE_CASE` of a function's name.
    #[must_use]
    pub fn screaming(&self) -> Self {
        Self(self.plain().to_uppercase())
    }

    /// The identifier.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// The same name with something appended, which makes an escape needless.
    #[must_use]
    pub fn with_suffix(&self, suffix: &str) -> Self {
        Self(format!("{}{suffix}", self.plain().trim_end_matches('_')))
    }
}

impl fmt::Display for RustName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a file for a component or tag: its own name in `snake_case`, fit to be a module's name.
pub(crate) fn file_stem(text: &str) -> String {
    let mut stem = String::new();
    for c in RustName::snake(text).plain().chars() {
        // A module in a file of its own must have an ASCII name.
        if c.is_ascii() { stem.push(c) } else { stem.push_str(&format!("u{:x}", u32::from(c))) }
    }
    stem.truncate(200);
    // `mod.rs` is taken, and some systems treat these names as devices.
    let taken = ["mod", "con", "prn", "aux", "nul"];
    if taken.contains(&stem.as_str()) { format!("{stem}_") } else { stem }
}

/// The words that all of some types' names end with, but for leading ones that say nothing by themselves; a
/// number behind a name is no part of it.
pub(crate) fn common_ending(names: &[RustName], silent: &[&str]) -> Option<RustName> {
    let (first, others) = names.split_first()?;
    let mut ending = words(first);
    for other in others {
        let other = words(other);
        let common = ending.iter().rev().zip(other.iter().rev()).enumerate();
        let common =
            common.take_while(|(index, (a, b))| a == b || (*index == 0 && plain(a) == plain(b))).count();
        ending.drain(..ending.len() - common);
        if ending.last() != other.last()
            && let Some(last) = ending.last_mut()
        {
            *last = plain(last);
        }
    }
    let is_silent = |word: &&str| silent.contains(&plain(word));
    let told: String = ending.iter().copied().skip_while(is_silent).collect();
    (!told.is_empty()).then(|| RustName::upper_camel(&told))
}

/// The words of a name in camel case.
fn words(name: &RustName) -> Vec<&str> {
    let text = name.plain();
    let mut starts: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_uppercase()).map(|(index, _)| index).collect();
    starts.push(text.len());
    starts.windows(2).filter_map(|pair| text.get(pair[0]..pair[1])).collect()
}

/// A word without a number behind it.
fn plain(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Names that are taken within one scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// Names, and the last number that was put behind each.
    taken: HashMap<String, usize>,
}

impl Scope {
    pub(crate) fn with_reserved(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| ((*name).to_owned(), 1)).collect() }
    }

    /// Takes one more name away.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned(), 1);
    }

    /// The name itself, or with the first free number behind it.
    pub(crate) fn claim(&mut self, name: &RustName) -> RustName {
        // The numbers up to the last one that was given are not free.
        let Some(mut number) = self.taken.get(name.plain()).copied() else {
            self.taken.insert(name.plain().to_owned(), 1);
            return name.clone();
        };
        let claimed = loop {
            number += 1;
            let numbered = name.with_suffix(&number.to_string());
            if !self.taken.contains_key(numbered.plain()) {
                break numbered;
            }
        };
        self.taken.insert(name.plain().to_owned(), number);
        self.taken.insert(claimed.plain().to_owned(), 1);
        claimed
    }

    pub(crate) fn holds(&self, name: &RustName) -> bool {
        self.taken.contains_key(name.plain())
    }
}

/// Every strict and reserved keyword of every edition.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names are no longer than a file's may be, with room for a number and an ending.
const LONGEST: usize = 160;

fn shortened(mut name: String) -> String {
    if name.len() > LONGEST {
        let end = name.char_indices().map(|(index, _)| index).take_while(|index| *index <= LONGEST).last();
        name.truncate(end.unwrap_or_default());
    }
    name.truncate(name.trim_end_matches('_').len());
    name
}

fn starts_with_digit(name: &str) -> bool {
    name.starts_with(|c: char| !unicode_ident::is_xid_start(c))
}

/// Puts words where the text has signs that carry its meaning, and drops what no identifier may hold.
fn spell(text: &str) -> String {
    let signed =
        text.strip_prefix(['+', '-']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let wordless = !text.chars().any(char::is_alphanumeric);
    if text.is_empty() {
        return "empty".to_owned();
    }
    let mut spelt = String::new();
    for (index, c) in text.chars().enumerate() {
        match sign(c) {
            Some(word) if wordless || (signed && index == 0) => {
                spelt.push(' ');
                spelt.push_str(word);
                spelt.push(' ');
            }
            _ if unicode_ident::is_xid_continue(c) => spelt.push(c),
            _ => spelt.push(' '),
        }
    }
    // A sign can be followed by a mark that an identifier may hold, and that makes no name alone.
    if spelt.contains(char::is_alphanumeric) { spelt } else { "symbol".to_owned() }
}

fn sign(c: char) -> Option<&'static str> {
    Some(match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '~' => "tilde",
        '^' => "caret",
        '_' => "underscore",
        ' ' => "space",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, RustName, Scope, common_ending, file_stem};

    fn snake(text: &str) -> String {
        RustName::snake(text).to_string()
    }

    fn camel(text: &str) -> String {
        RustName::upper_camel(text).to_string()
    }

    #[test]
    fn escapes_keywords() {
        for keyword in KEYWORDS {
            assert!(syn::parse_str::<syn::Ident>(&snake(keyword)).is_ok(), "{keyword}");
        }
        assert_eq!(
            [snake("type"), snake("self"), snake("crate"), camel("self")],
            ["r#type", "self_", "crate_", "Self_"]
        );
    }

    /// An arrow with a mark behind it, as emojis have it, was once no name at all.
    #[test]
    fn signs_and_marks_give_names() {
        let is_name = |name: &str| {
            let mut chars = name.trim_start_matches("r#").chars();
            chars.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c))
                && chars.all(unicode_ident::is_xid_continue)
        };
        // Those that an identifier may hold, and that are no letters; and what one may not hold.
        let marks = ('\0'..=char::MAX).filter(|c| unicode_ident::is_xid_continue(*c) && !c.is_alphanumeric());
        for c in marks.chain('\0'..='\u{2fff}') {
            for text in [c.to_string(), format!("\u{2b05}{c}"), format!("a{c}")] {
                assert!(is_name(&snake(&text)) && is_name(&camel(&text)), "{text:?}");
            }
        }
    }

    #[test]
    fn spells_what_has_no_letters() {
        let names =
            ["", "+1", "-1", "1st", "*", "a b", "A b", "$ref-like", "page[size]", "²", "_", "item_ids[]"];
        let snakes: Vec<_> = names.iter().map(|name| snake(name)).collect();
        assert_eq!(
            snakes,
            [
                "empty",
                "plus_1",
                "minus_1",
                "n1st",
                "star",
                "a_b",
                "a_b",
                "ref_like",
                "page_size",
                "symbol",
                "underscore",
                "item_ids"
            ]
        );
        assert_eq!(names.map(camel)[..5], ["Empty", "Plus1", "Minus1", "N1st", "Star"]);
        for name in names {
            assert!(syn::parse_str::<syn::Ident>(&snake(name)).is_ok(), "{name}");
            assert!(syn::parse_str::<syn::Ident>(&camel(name)).is_ok(), "{name}");
        }
    }

    #[test]
    fn shortens_what_no_file_could_be_called() {
        assert_eq!(snake(&"ab".repeat(5000)).len(), 160);
        assert_eq!(snake(&"é".repeat(5000)).chars().count(), 80);
        let stem = file_stem(&"表".repeat(5000));
        assert!(stem.len() <= 200, "{}", stem.len());
    }

    #[test]
    fn finds_what_names_have_in_common() {
        let common = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|name| RustName::upper_camel(name)).collect();
            common_ending(&names, &["Item", "Response"]).map(|name| name.to_string())
        };
        assert_eq!(
            common(&["GetWalletResponseBalance", "ListWalletsResponseItemBalance"]).unwrap(),
            "Balance"
        );
        assert_eq!(common(&["PetHomeAddress", "OwnerHomeAddress2"]).unwrap(), "HomeAddress");
        assert_eq!(common(&["PetSha256", "OwnerSha256"]).unwrap(), "Sha256");
        assert_eq!(common(&["PetTagsItem", "OwnerTagsItem"]).unwrap(), "TagsItem");
        assert_eq!(common(&["GetPetResponse", "ListPetsResponse"]), None);
        assert_eq!(common(&["ListPetsResponseItem", "ListOwnersResponseItem2"]), None);
        assert_eq!(common(&["PetHome", "PetOffice"]), None);
    }

    #[test]
    fn gives_each_claim_a_name_of_its_own() {
        let mut scope = Scope::with_reserved(&["extra"]);
        let claim = |scope: &mut Scope, text: &str| scope.claim(&RustName::snake(text)).to_string();
        assert_eq!(claim(&mut scope, "fooBar"), "foo_bar");
        assert_eq!(claim(&mut scope, "foo_bar"), "foo_bar2");
        assert_eq!(claim(&mut scope, "extra"), "extra2");
        assert_eq!(claim(&mut scope, "type"), "r#type");
        assert_eq!(claim(&mut scope, "Type"), "type2");
    }
}
