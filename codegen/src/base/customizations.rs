//! Customizations: what the caller changes about the types of emitted code.

use std::collections::BTreeMap;

use super::diagnostic::Location;
use super::snippet::Snippet;

/// The location of a setting, for diagnostics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingLocation {
    /// The file, line and column.
    pub location: Location,
    /// The source line.
    pub snippet: Option<Snippet>,
}

impl Default for SettingLocation {
    fn default() -> Self {
        Self { location: Location::file("options"), snippet: None }
    }
}

/// A type of another crate, or of the generated one, that a schema or a format gets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeSetting {
    /// The path of the type: `uuid::Uuid`. `None` for the usual type of a format.
    pub ty: Option<String>,
    /// How values are converted: `string`, `json`, `base64`, or the path of a type that implements the runtime's trait
    /// `Conversion`. `None` for `string` if the schema is a string or a number, else `json`.
    pub with: Option<String>,
    /// The location of the setting.
    pub at: SettingLocation,
}

/// A setting for the types that a selector matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSetting {
    /// The values: paths of traits, or attributes.
    pub values: Vec<String>,
    /// The location of the setting.
    pub at: SettingLocation,
}

/// What the caller changes about the types of emitted code. By default, nothing.
///
/// ```
/// use clientwright_codegen::Customizations;
///
/// let customizations = Customizations::default()
///     .format("uuid", "uuid::Uuid")
///     .format("number:decimal", "rust_decimal::Decimal")
///     .schema("Order.id", "crate::OrderId");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Customizations {
    /// Whether strings of well-known formats have the usual types for them.
    pub usual_types: bool,
    /// Types by the `format` of strings: `uuid`. For other values, with their type: `number:decimal`.
    pub formats: BTreeMap<String, TypeSetting>,
    /// Types by the key of a component schema, a property of it, or the pointer of any schema: `Order`, `Order.id`,
    /// `#/paths/…`.
    pub schemas: BTreeMap<String, TypeSetting>,
    /// Further derives, by selector: `*`, or the key or pointer of a schema.
    pub derives: BTreeMap<String, ListSetting>,
    /// Attributes, by selector, without `#[` and `]`.
    pub attributes: BTreeMap<String, ListSetting>,
    /// The schemas and properties whose required properties responses may lack: `*`, `Order`, `Order.id`, `#/paths/…`.
    pub optional_in_responses: BTreeMap<String, SettingLocation>,
    /// Whether request bodies are checked against the constraints of their schemas before they are sent.
    pub validate: bool,
}

impl Customizations {
    /// Creates a set without changes.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            usual_types: false,
            formats: BTreeMap::new(),
            schemas: BTreeMap::new(),
            derives: BTreeMap::new(),
            attributes: BTreeMap::new(),
            optional_in_responses: BTreeMap::new(),
            validate: false,
        }
    }

    /// Gives strings of well-known formats the usual types for them.
    #[must_use]
    pub fn usual_types(self) -> Self {
        Self { usual_types: true, ..self }
    }

    /// Gives strings of a format a type that implements `FromStr` and `Display`. For other values, write their type
    /// first: `number:decimal`.
    #[must_use]
    pub fn format(mut self, format: impl Into<String>, ty: impl Into<String>) -> Self {
        self.formats.insert(format.into(), setting(ty));
        self
    }

    /// Gives a schema a type, identified by its key, its property (`Order.id`) or its pointer.
    #[must_use]
    pub fn schema(mut self, schema: impl Into<String>, ty: impl Into<String>) -> Self {
        self.schemas.insert(schema.into(), setting(ty));
        self
    }
}

impl Customizations {
    /// Adds a derive to the types that a selector matches: `*`, or the key or pointer of a schema.
    #[must_use]
    pub fn derive(mut self, selector: impl Into<String>, path: impl Into<String>) -> Self {
        self.derives.entry(selector.into()).or_default().values.push(path.into());
        self
    }

    /// Adds an attribute, without `#[` and `]`, to the types that a selector matches.
    #[must_use]
    pub fn attribute(mut self, selector: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.attributes.entry(selector.into()).or_default().values.push(attribute.into());
        self
    }

    /// Makes required properties optional in responses: all of them (`*`), those of a schema, or one.
    #[must_use]
    pub fn optional_in_responses(mut self, selector: impl Into<String>) -> Self {
        self.optional_in_responses.insert(selector.into(), SettingLocation::default());
        self
    }

    /// Checks request bodies against the constraints of their schemas before they are sent.
    #[must_use]
    pub fn validate(self) -> Self {
        Self { validate: true, ..self }
    }
}

fn setting(ty: impl Into<String>) -> TypeSetting {
    TypeSetting { ty: Some(ty.into()), ..TypeSetting::default() }
}
