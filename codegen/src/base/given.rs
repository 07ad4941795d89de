//! Names that the caller sets by hand.

use std::collections::BTreeMap;

use super::diagnostic::Location;
use super::snippet::Snippet;

/// A name that is set by hand, with its location for diagnostics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenName {
    /// The Rust name.
    pub name: String,
    /// The location of the setting.
    pub location: Location,
    /// The source line of the setting.
    pub snippet: Option<Snippet>,
}

/// Names that the caller sets by hand. They take precedence over `x-rust-name` and over all rules for names.
///
/// ```
/// use clientwright_codegen::GivenNames;
///
/// let names = GivenNames::new()
///     .operation("read_pet_pets__id__get", "pet")
///     .operation("GET /pets", "all")
///     .schema("Pet_v2", "Pet")
///     .field("Pet_v2.petName", "name")
///     .module("Pets & owners", "pets");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GivenNames {
    /// Functions, by `operationId`, or by method and path: `GET /pets`.
    pub operations: BTreeMap<String, GivenName>,
    /// Types, by the key of a component schema, or by the pointer of any other schema: `#/paths/…`.
    pub types: BTreeMap<String, GivenName>,
    /// Fields, by the schema's key and the property: `Pet.petName`.
    pub fields: BTreeMap<String, GivenName>,
    /// Modules, by tag.
    pub modules: BTreeMap<String, GivenName>,
}

impl GivenNames {
    /// No names.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            operations: BTreeMap::new(),
            types: BTreeMap::new(),
            fields: BTreeMap::new(),
            modules: BTreeMap::new(),
        }
    }

    /// Names the function of an operation, which is given by its `operationId` or as `GET /pets`.
    #[must_use]
    pub fn operation(mut self, operation: impl Into<String>, name: impl Into<String>) -> Self {
        self.operations.insert(operation.into(), given(name));
        self
    }

    /// Names the type of a schema, which is given by its key or its pointer.
    #[must_use]
    pub fn schema(mut self, schema: impl Into<String>, name: impl Into<String>) -> Self {
        self.types.insert(schema.into(), given(name));
        self
    }

    /// Names the field of a property, which is given as `Schema.property`.
    #[must_use]
    pub fn field(mut self, property: impl Into<String>, name: impl Into<String>) -> Self {
        self.fields.insert(property.into(), given(name));
        self
    }

    /// Names the module of a tag.
    #[must_use]
    pub fn module(mut self, tag: impl Into<String>, name: impl Into<String>) -> Self {
        self.modules.insert(tag.into(), given(name));
        self
    }
}

fn given(name: impl Into<String>) -> GivenName {
    GivenName { name: name.into(), location: Location::file("options"), snippet: None }
}
