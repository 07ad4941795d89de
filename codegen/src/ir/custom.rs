//! Types that the user gives a schema.

use crate::base::rust_path::RustPath;

/// A type that the generator doesn't know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomType {
    pub(crate) path: RustPath,
    pub(crate) conversion: CustomConversion,
}

impl CustomType {
    /// Returns the path of the type.
    #[must_use]
    pub fn path(&self) -> &str {
        self.path.as_str()
    }

    /// Returns the last name of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        let path = self.path().split('<').next().unwrap_or_default();
        path.rsplit(':').next().unwrap_or_default()
    }

    /// Returns the crate that defines the type; `None` if it is the generated one, or the type is in scope everywhere.
    #[must_use]
    pub fn krate(&self) -> Option<&str> {
        krate(self.path.as_str())
    }

    /// Returns the crate that defines the conversion, if it is another one.
    #[must_use]
    pub fn krate_of_conversion(&self) -> Option<&str> {
        match &self.conversion {
            CustomConversion::Path(path) => krate(path),
            _ => None,
        }
    }

    /// Returns whether the type is read from base64.
    #[must_use]
    pub fn is_base64(&self) -> bool {
        self.conversion == CustomConversion::Base64
    }
}

/// Returns the crate that a path begins with.
pub(super) fn krate(path: &str) -> Option<&str> {
    path.strip_prefix("::")?.split([':', '<']).next()
}

/// How a type is converted from and into JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomConversion {
    /// A string, by `FromStr` and `Display`.
    Text,
    /// A number, by `FromStr` and `Display`.
    Number,
    /// Any value, by serde.
    Serde,
    /// A string of bytes in base64.
    Base64,
    /// By a type that implements the runtime's trait `Conversion`: its path.
    Path(String),
}
