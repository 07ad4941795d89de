//! Name overrides: the names that the caller sets explicitly.

use std::collections::BTreeMap;

use super::diagnostic::Location;
use super::snippet::Snippet;

/// A name that the caller sets explicitly, with its location for diagnostics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameOverride {
    /// The Rust name.
    pub name: String,
    /// The location of the setting.
    pub location: Location,
    /// The source line of the setting.
    pub snippet: Option<Snippet>,
}

/// The names that the caller sets explicitly. They take precedence over `x-rust-name` and over all naming rules.
///
/// ```
/// use clientwright_codegen::NameOverrides;
///
/// let names = NameOverrides::new()
///     .operation("read_pet_pets__id__get", "pet")
///     .operation("GET /pets", "all")
///     .schema("Pet_v2", "Pet")
///     .field("Pet_v2.petName", "name")
///     .module("Pets & owners", "pets");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NameOverrides {
    /// Functions, by `operationId`, or by method and path: `GET /pets`.
    pub operations: BTreeMap<String, NameOverride>,
    /// Types, by the key of a component schema, or by the pointer of any other schema: `#/paths/…`.
    pub types: BTreeMap<String, NameOverride>,
    /// Fields, by the schema's key and the property: `Pet.petName`.
    pub fields: BTreeMap<String, NameOverride>,
    /// Modules, by tag.
    pub modules: BTreeMap<String, NameOverride>,
}

impl NameOverrides {
    /// Creates an empty set of name overrides.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            operations: BTreeMap::new(),
            types: BTreeMap::new(),
            fields: BTreeMap::new(),
            modules: BTreeMap::new(),
        }
    }

    /// Names the function of an operation, identified by its `operationId` or as `GET /pets`.
    #[must_use]
    pub fn operation(mut self, operation: impl Into<String>, name: impl Into<String>) -> Self {
        self.operations.insert(operation.into(), name_override(name));
        self
    }

    /// Names the type of a schema, identified by its key or its pointer.
    #[must_use]
    pub fn schema(mut self, schema: impl Into<String>, name: impl Into<String>) -> Self {
        self.types.insert(schema.into(), name_override(name));
        self
    }

    /// Names the field of a property, identified as `Schema.property`.
    #[must_use]
    pub fn field(mut self, property: impl Into<String>, name: impl Into<String>) -> Self {
        self.fields.insert(property.into(), name_override(name));
        self
    }

    /// Names the module of a tag.
    #[must_use]
    pub fn module(mut self, tag: impl Into<String>, name: impl Into<String>) -> Self {
        self.modules.insert(tag.into(), name_override(name));
        self
    }
}

fn name_override(name: impl Into<String>) -> NameOverride {
    NameOverride { name: name.into(), location: Location::file("options"), snippet: None }
}
