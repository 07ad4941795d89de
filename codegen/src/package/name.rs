//! Package names.

use std::fmt;

use heck::ToKebabCase;

use crate::base::name::RustName;

/// The maximum length of a name on crates.io.
const MAX_LENGTH: usize = 64;
/// The suffix of a name derived from a title. It avoids keywords and the names of dependencies.
const SUFFIX: &str = "-client";
/// The maximum length of the title in a name.
const MAX_TITLE: usize = 48;

/// A valid package name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageName(String);

/// An error for a string that isn't a valid package name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidName(String);

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is not a valid package name: use up to {MAX_LENGTH} ASCII letters, digits, `-` and `_`, start with a \
             letter, end with a letter or digit, and avoid keywords",
            self.0
        )
    }
}

impl std::error::Error for InvalidName {}

impl PackageName {
    /// Checks a name.
    ///
    /// # Errors
    ///
    /// Returns an error if cargo or crates.io would reject the name.
    pub fn new(name: &str) -> Result<Self, InvalidName> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let valid = (1..=MAX_LENGTH).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(allowed)
            && !name.ends_with(['-', '_'])
            && !is_keyword(&name.replace('-', "_"));
        if valid { Ok(Self(name.to_owned())) } else { Err(InvalidName(name.to_owned())) }
    }

    /// Derives a name from a document's title: `Swagger Petstore` becomes `swagger-petstore-client`.
    #[must_use]
    pub fn from_title(title: &str) -> Self {
        let ascii: String = title.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
        let kebab = ascii.to_kebab_case();
        let mut name = String::new();
        for word in kebab.split('-').filter(|word| !word.is_empty()) {
            if name.len() + word.len() >= MAX_TITLE {
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

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name in Rust code.
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
    fn titles_become_valid_names() {
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
    fn names_that_cargo_rejects_are_errors() {
        let long = "a".repeat(65);
        for name in ["", "1a", "-a", "a-", "a_", "a b", "ä", "../a", "type", "self", "a\"", &long] {
            assert!(PackageName::new(name).is_err(), "{name}");
        }
        assert_eq!(PackageName::new("my-pets").map(|name| name.in_code()), Ok("my_pets".to_owned()));
    }
}
