//! Converts names of the description to Rust identifiers, without conflicts.
//!
//! A [`WireName`] is a name as the description spells it. A [`RustName`] is a valid Rust identifier.

use std::collections::HashMap;
use std::fmt;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// A name as it is sent: a JSON key, a parameter name, an enum value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WireName(String);

impl WireName {
    /// Creates a name without changing it.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Returns the name.
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

/// A valid Rust identifier, with `r#` if it is a keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RustName(String);

impl RustName {
    /// Creates the name of a type or variant in `UpperCamelCase`.
    #[must_use]
    pub fn upper_camel(text: &str) -> Self {
        let name = shortened(spell(text).to_upper_camel_case());
        let name = if starts_with_digit(&name) { format!("N{name}") } else { name };
        Self(if name == "Self" { "Self_".to_owned() } else { name })
    }

    /// Creates the name of a field, argument, function or module in `snake_case`.
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

    /// Creates the module name of a file from its stem.
    pub(crate) fn module(stem: &str) -> Self {
        Self(if KEYWORDS.contains(&stem) { format!("r#{stem}") } else { stem.to_owned() })
    }

    /// Returns the name of a constant or static, in `SCREAMING_SNAKE_CASE`, for the name of a function.
    #[must_use]
    pub fn screaming(&self) -> Self {
        Self(self.plain().to_uppercase())
    }

    /// Returns the identifier.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether this is an identifier, and no keyword unless it begins with `r#`.
    pub(crate) fn is_identifier(&self) -> bool {
        let plain = self.plain();
        let is_raw = plain.len() < self.0.len();
        let mut chars = plain.chars();
        let begins = chars.next().is_some_and(|c| unicode_ident::is_xid_start(c) || c == '_' && plain != "_");
        begins
            && chars.all(unicode_ident::is_xid_continue)
            && (is_raw || plain != "Self" && !KEYWORDS.contains(&plain))
    }

    /// Returns the identifier without `r#`.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// Returns the name with a suffix. The result is not a keyword, so `r#` is removed.
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

/// Returns the file stem for a component or tag: its name in `snake_case`, which is also a valid module name.
pub(crate) fn file_stem(text: &str) -> String {
    let mut stem = String::new();
    for c in RustName::snake(text).plain().chars() {
        // rustc requires an ASCII name for a module in its own file.
        if c.is_ascii() { stem.push(c) } else { stem.push_str(&format!("u{:x}", u32::from(c))) }
    }
    stem.truncate(200);
    // `mod.rs` has a meaning.
    if stem == "mod" || is_device(&stem) { format!("{stem}_") } else { stem }
}

/// Returns whether Windows takes a file with this stem for a device, with any extension.
fn is_device(stem: &str) -> bool {
    // Without its number, too: a second tag of that name would get it.
    let is_numbered = |name: &str| {
        stem.strip_prefix(name).is_some_and(|number| matches!(number.as_bytes(), [] | [b'0'..=b'9']))
    };
    ["con", "prn", "aux", "nul"].contains(&stem) || is_numbered("com") || is_numbered("lpt")
}

/// Returns the words that all names end with, without leading `generic` words. Numbers at the end of a name are
/// ignored.
pub(crate) fn common_ending(names: &[RustName], generic: &[&str]) -> Option<RustName> {
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
    let is_generic = |word: &&str| generic.contains(&plain(word));
    let ending: String = ending.iter().copied().skip_while(is_generic).collect();
    (!ending.is_empty()).then(|| RustName::upper_camel(&ending))
}

/// Returns the words of a name in camel case.
fn words(name: &RustName) -> Vec<&str> {
    let text = name.plain();
    let mut starts: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_uppercase()).map(|(index, _)| index).collect();
    starts.push(text.len());
    starts.windows(2).filter_map(|pair| text.get(pair[0]..pair[1])).collect()
}

/// Returns a word without the number at its end.
fn plain(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// The names that are in use within a scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// Names, with the last number that was appended to each.
    taken: HashMap<String, usize>,
}

impl Scope {
    pub(crate) fn with_reserved(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| ((*name).to_owned(), 1)).collect() }
    }

    /// Creates a scope of names of files: no number that is appended makes the name of a device.
    pub(crate) fn of_files(reserved: &[&str]) -> Self {
        let mut scope = Self::with_reserved(reserved);
        for name in ["com", "lpt"] {
            (0..10).for_each(|number| scope.reserve(&format!("{name}{number}")));
        }
        scope
    }

    /// Marks a name as in use.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned(), 1);
    }

    /// Returns the name, with a number appended if it is in use.
    pub(crate) fn claim(&mut self, name: &RustName) -> RustName {
        // Numbers up to the last one are in use.
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

    pub(crate) fn contains(&self, name: &RustName) -> bool {
        self.taken.contains_key(name.plain())
    }
}

/// The strict and reserved keywords of all editions.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Maximum length of a name in bytes: that of a file name, with room for a number and an extension.
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

/// Replaces signs with words if the text has no letters or begins with a signed number. Other characters that are not
/// allowed in an identifier become spaces.
fn spell(text: &str) -> String {
    let signed =
        text.strip_prefix(['+', '-']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let wordless = !text.chars().any(char::is_alphanumeric);
    if text.is_empty() {
        return "empty".to_owned();
    }
    let mut spelling = String::new();
    for (index, c) in text.chars().enumerate() {
        match sign(c) {
            Some(word) if wordless || (signed && index == 0) => {
                spelling.push(' ');
                spelling.push_str(word);
                spelling.push(' ');
            }
            _ if unicode_ident::is_xid_continue(c) => spelling.push(c),
            _ => spelling.push(' '),
        }
    }
    // Some marks are allowed in an identifier, but are no name on their own.
    if spelling.contains(char::is_alphanumeric) { spelling } else { "symbol".to_owned() }
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
    fn no_file_has_the_name_of_a_device() {
        for (text, stem) in [
            ("com1", "com1_"),
            ("LPT9", "lpt9_"),
            ("nul", "nul_"),
            ("aux. ", "aux_"),
            ("Con", "con_"),
            ("com", "com_"),
            ("con.x", "con_x"),
            ("com10", "com10"),
            ("common", "common"),
            ("mod", "mod_"),
            ("a . .", "a"),
        ] {
            assert_eq!(file_stem(text), stem, "{text}");
        }
    }

    #[test]
    fn a_number_makes_no_name_of_a_device() {
        let mut scope = Scope::of_files(&["mod"]);
        let mut claim = |name: &str| scope.claim(&RustName::module(&file_stem(name))).to_string();
        assert_eq!([claim("com"), claim("Com"), claim("COM")], ["com_", "com10", "com11"]);
        assert_eq!([claim("lpt1"), claim("lpt"), claim("LPT1")], ["lpt1_", "lpt_", "lpt12"]);
    }

    #[test]
    fn keywords_are_escaped() {
        for keyword in KEYWORDS {
            assert!(syn::parse_str::<syn::Ident>(&snake(keyword)).is_ok(), "{keyword}");
        }
        assert_eq!(
            [snake("type"), snake("self"), snake("crate"), camel("self")],
            ["r#type", "self_", "crate_", "Self_"]
        );
    }

    #[test]
    fn an_identifier_is_no_keyword() {
        for name in ["a", "_a", "é1", "r#type", "r#try", "Self_"] {
            assert!(RustName(name.to_owned()).is_identifier(), "{name}");
        }
        for name in ["", "_", "1a", "a b", "a-b", "type", "Self", "r#", "r#1"] {
            assert!(!RustName(name.to_owned()).is_identifier(), "{name}");
        }
    }

    /// Emojis may consist of an arrow and a mark.
    #[test]
    fn signs_and_marks_become_valid_names() {
        let is_name = |name: &str| {
            let mut chars = name.trim_start_matches("r#").chars();
            chars.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c))
                && chars.all(unicode_ident::is_xid_continue)
        };
        // Marks that are allowed in an identifier, and characters that are not.
        let marks = ('\0'..=char::MAX).filter(|c| unicode_ident::is_xid_continue(*c) && !c.is_alphanumeric());
        for c in marks.chain('\0'..='\u{2fff}') {
            for text in [c.to_string(), format!("\u{2b05}{c}"), format!("a{c}")] {
                assert!(is_name(&snake(&text)) && is_name(&camel(&text)), "{text:?}");
            }
        }
    }

    #[test]
    fn names_without_letters_are_spelled_out() {
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
    fn long_names_are_shortened() {
        assert_eq!(snake(&"ab".repeat(5000)).len(), 160);
        assert_eq!(snake(&"é".repeat(5000)).chars().count(), 80);
        let stem = file_stem(&"表".repeat(5000));
        assert!(stem.len() <= 200, "{}", stem.len());
    }

    #[test]
    fn common_ending_skips_generic_words() {
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
    fn each_claim_returns_a_different_name() {
        let mut scope = Scope::with_reserved(&["extra"]);
        let claim = |scope: &mut Scope, text: &str| scope.claim(&RustName::snake(text)).to_string();
        assert_eq!(claim(&mut scope, "fooBar"), "foo_bar");
        assert_eq!(claim(&mut scope, "foo_bar"), "foo_bar2");
        assert_eq!(claim(&mut scope, "extra"), "extra2");
        assert_eq!(claim(&mut scope, "type"), "r#type");
        assert_eq!(claim(&mut scope, "Type"), "type2");
    }
}
