//! Names of packages.

use std::fmt;

use heck::ToKebabCase;

use crate::base::name::RustName;

/// Longest name that crates.io takes.
const LONGEST: usize = 64;
/// What is appended to a title; it keeps a name from being a keyword, a dependency's or the standard library's.
const SUFFIX: &str = "-client";
/// Room for the title in a name.
const TITLE: usize = 48;

/// A name that cargo takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageName(String);

/// A text that is no name of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidName(String);

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is no name of a package: it takes up to {LONGEST} ASCII letters, digits, `-` and `_`, \
             begins with a letter, and is no keyword",
            self.0
        )
    }
}

impl std::error::Error for InvalidName {}

impl PackageName {
    /// A name as it is.
    ///
    /// # Errors
    ///
    /// If cargo would not take it.
    pub fn new(name: &str) -> Result<Self, InvalidName> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let valid = (1..=LONGEST).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(allowed)
            && !is_keyword(&name.replace('-', "_"));
        if valid { Ok(Self(name.to_owned())) } else { Err(InvalidName(name.to_owned())) }
    }

    /// A name after a document's title: `Swagger Petstore` becomes `swagger-petstore-client`.
    #[must_use]
    pub fn from_title(title: &str) -> Self {
        let ascii: String = title.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
        let kebab = ascii.to_kebab_case();
        let mut name = String::new();
        for word in kebab.split('-').filter(|word| !word.is_empty()) {
            if name.len() + word.len() >= TITLE {
                break;
            }
            if !name.is_empty() {
                name.push('-');
            }
            name.push_str(word);
        }
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            name = if name.is_empty() { "api".to_owned() } else { format!("api-{name}") };
        }
        if !name.ends_with(SUFFIX) {
            name.push_str(SUFFIX);
        }
        Self(name)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name in Rust code.
    #[must_use]
    pub fn in_code(&self) -> String {
        self.0.replace('-', "_")
    }
}

fn is_keyword(name: &str) -> bool {
    RustName::module(name).as_str() != name || matches!(name, "self" | "super" | "crate" | "Self")
}

#[cfg(test)]
mod tests {
    use super::PackageName;

    #[test]
    fn names_of_titles() {
        let long = "word ".repeat(40);
        let cases = [
            ("Swagger Petstore", "swagger-petstore-client"),
            ("Bookshop Client", "bookshop-client"),
            ("  ", "api-client"),
            ("日本", "api-client"),
            ("3D Müller & Söhne/API", "api-3d-m-ller-s-hne-api-client"),
            ("\"]\n[dependencies]\nevil = \"1", "dependencies-evil-1-client"),
            ("../../etc", "etc-client"),
            (long.as_str(), "word-word-word-word-word-word-word-word-word-client"),
        ];
        for (title, name) in cases {
            assert_eq!(PackageName::from_title(title).as_str(), name, "{title:?}");
            assert!(PackageName::new(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn names_that_cargo_refuses() {
        let long = "a".repeat(65);
        for name in ["", "1a", "-a", "a b", "ä", "../a", "type", "self", "a\"", &long] {
            assert!(PackageName::new(name).is_err(), "{name}");
        }
        assert_eq!(PackageName::new("my-pets").map(|name| name.in_code()), Ok("my_pets".to_owned()));
    }
}
