//! One flat look at a schema, whichever of the typed document's variants holds it.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::{Value, json};

use crate::grammar::json_type::is_only_null;
use crate::lower::context::Extensions;
use crate::normalize::normalized_extensions::CONTENT_ENCODING;

pub(in crate::lower) type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// A schema's keywords, absent ones empty.
pub(in crate::lower) struct View<'a> {
    pub(in crate::lower) data: &'a SchemaData,
    pub(in crate::lower) ty: Option<&'a str>,
    pub(in crate::lower) format: Option<&'a str>,
    /// A format that no type of the runtime represents.
    pub(in crate::lower) plain_format: Option<&'a str>,
    pub(in crate::lower) properties: Option<&'a Properties>,
    pub(in crate::lower) required: &'a [String],
    pub(in crate::lower) additional: Option<&'a AdditionalProperties>,
    pub(in crate::lower) items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub(in crate::lower) one_of: &'a [ReferenceOr<Schema>],
    pub(in crate::lower) any_of: &'a [ReferenceOr<Schema>],
    pub(in crate::lower) all_of: &'a [ReferenceOr<Schema>],
    pub(in crate::lower) kind: &'a SchemaKind,
}

impl<'a> View<'a> {
    pub(in crate::lower) fn new(schema: &'a Schema) -> Self {
        let mut view = Self {
            data: &schema.schema_data,
            ty: None,
            format: None,
            plain_format: None,
            properties: None,
            required: &[],
            additional: None,
            items: None,
            one_of: &[],
            any_of: &[],
            all_of: &[],
            kind: &schema.schema_kind,
        };
        match &schema.schema_kind {
            SchemaKind::Type(ty) => view.fill_type(ty),
            SchemaKind::OneOf { one_of } => view.one_of = one_of,
            SchemaKind::AnyOf { any_of } => view.any_of = any_of,
            SchemaKind::AllOf { all_of } => view.all_of = all_of,
            SchemaKind::Not { .. } => {}
            SchemaKind::Any(any) => view.fill_any(any),
        }
        view
    }

    /// The values of `enum`. They are read on demand: many schemas can refer to one with many values.
    pub(in crate::lower) fn values(&self) -> Vec<Value> {
        match self.kind {
            SchemaKind::Type(Type::String(of)) => {
                of.enumeration.iter().flatten().map(|one| json!(one)).collect()
            }
            SchemaKind::Type(Type::Integer(of)) => {
                of.enumeration.iter().flatten().map(|one| json!(one)).collect()
            }
            SchemaKind::Type(Type::Number(of)) => {
                of.enumeration.iter().flatten().copied().map(number_value).collect()
            }
            SchemaKind::Type(Type::Boolean(of)) => {
                of.enumeration.iter().flatten().map(|one| json!(one)).collect()
            }
            SchemaKind::Any(any) => any.enumeration.clone(),
            _ => Vec::new(),
        }
    }

    /// Whether it has an `enum` with values.
    pub(in crate::lower) fn has_values(&self) -> bool {
        match self.kind {
            SchemaKind::Type(Type::String(of)) => of.enumeration.iter().flatten().next().is_some(),
            SchemaKind::Type(Type::Integer(of)) => of.enumeration.iter().flatten().next().is_some(),
            SchemaKind::Type(Type::Number(of)) => of.enumeration.iter().flatten().next().is_some(),
            SchemaKind::Type(Type::Boolean(of)) => of.enumeration.iter().flatten().next().is_some(),
            SchemaKind::Any(any) => !any.enumeration.is_empty(),
            _ => false,
        }
    }

    /// Whether null is the only value of `enum`.
    pub(in crate::lower) fn is_only_null(&self) -> bool {
        match self.kind {
            SchemaKind::Any(any) => is_only_null(&any.enumeration),
            _ => false,
        }
    }

    /// Whether it has annotations only.
    pub(in crate::lower) fn is_shapeless(&self) -> bool {
        self.has_no_shape() && self.one_of.is_empty() && self.any_of.is_empty()
    }

    /// Whether it has annotations and constraints only, apart from the type `object`.
    pub(in crate::lower) fn is_bare(&self) -> bool {
        self.is_shapeless() && self.all_of.is_empty() && self.additional.is_none()
    }

    /// The reference that is all that the schema says, and the keyword that has it.
    pub(in crate::lower) fn sole_reference(&self) -> Option<(&'static str, &'a str)> {
        let (keyword, member) = match (self.all_of, self.one_of, self.any_of) {
            ([member], [], []) => ("allOf", member),
            ([], [member], []) => ("oneOf", member),
            ([], [], [member]) => ("anyOf", member),
            _ => return None,
        };
        match member {
            ReferenceOr::Reference { reference } if self.has_no_shape() => Some((keyword, reference)),
            _ => None,
        }
    }

    /// Whether it says nothing about the value.
    pub(in crate::lower) fn is_empty(&self) -> bool {
        self.ty.is_none() && self.is_shapeless() && self.all_of.is_empty()
    }

    /// Whether it has annotations, members and branches only.
    fn has_no_shape(&self) -> bool {
        self.ty.is_none_or(|ty| ty == "object")
            && self.properties.is_none_or(IndexMap::is_empty)
            && self.required.is_empty()
            && self.items.is_none()
            && !self.has_values()
            && !matches!(self.additional, Some(AdditionalProperties::Schema(_)))
    }

    /// Whether it is a union. Branches beside properties only add properties.
    pub(in crate::lower) fn is_union(&self) -> bool {
        !self.has_properties()
            && (self.one_of.len() > 1 || self.any_of.len() > 1)
            && (self.all_of.is_empty() || self.data.discriminator.is_some())
    }

    pub(in crate::lower) fn has_properties(&self) -> bool {
        self.properties.is_some_and(|properties| !properties.is_empty())
    }

    fn fill_type(&mut self, ty: &'a Type) {
        match ty {
            Type::String(string) => {
                self.ty = Some("string");
                self.format = string_format(&string.format);
                self.plain_format = plain_string_format(string, self.data);
            }
            Type::Integer(integer) => {
                self.ty = Some("integer");
                self.format = integer_format(&integer.format);
                self.plain_format = match integer.format {
                    VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Some("int32"),
                    VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => Some("int64"),
                    _ => None,
                };
            }
            Type::Number(number) => {
                self.ty = Some("number");
                self.format = number_format(&number.format);
                self.plain_format = match number.format {
                    VariantOrUnknownOrEmpty::Item(NumberFormat::Float) => Some("float"),
                    VariantOrUnknownOrEmpty::Item(NumberFormat::Double) => Some("double"),
                    _ => None,
                };
            }
            Type::Boolean(_) => self.ty = Some("boolean"),
            Type::Array(array) => {
                self.ty = Some("array");
                self.items = array.items.as_ref();
            }
            Type::Object(object) => {
                self.ty = Some("object");
                self.properties = Some(&object.properties);
                self.required = &object.required;
                self.additional = object.additional_properties.as_ref();
            }
        }
    }

    fn fill_any(&mut self, any: &'a AnySchema) {
        self.ty = any.typ.as_deref();
        self.format = any.format.as_deref();
        self.properties = Some(&any.properties);
        self.required = &any.required;
        self.additional = any.additional_properties.as_ref();
        self.items = any.items.as_ref();
        self.one_of = &any.one_of;
        self.any_of = &any.any_of;
        self.all_of = &any.all_of;
    }
}

fn string_format(format: &VariantOrUnknownOrEmpty<StringFormat>) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Some("date-time"),
        VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => Some("binary"),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
        _ => None,
    }
}

fn plain_string_format<'a>(string: &StringType, data: &'a SchemaData) -> Option<&'a str> {
    match string.format {
        VariantOrUnknownOrEmpty::Item(StringFormat::Date) => Some("date"),
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => Some("byte"),
        VariantOrUnknownOrEmpty::Item(StringFormat::Password) => Some("password"),
        VariantOrUnknownOrEmpty::Empty => {
            let encoding = data.extensions.get(CONTENT_ENCODING).and_then(Value::as_str);
            encoding.filter(|encoding| encoding.eq_ignore_ascii_case("base64")).map(|_| "byte")
        }
        _ => None,
    }
}

fn number_format(format: &VariantOrUnknownOrEmpty<NumberFormat>) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
        _ => None,
    }
}

/// Returns a number as JSON. One without a fraction is an integer.
fn number_value(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    if number.fract() == 0.0 && number.abs() < EXACT { json!(number as i64) } else { json!(number) }
}

fn integer_format(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
        _ => None,
    }
}

pub(in crate::lower) fn docs(view: &View<'_>) -> String {
    view.data.description.clone().or_else(|| view.data.title.clone()).unwrap_or_default()
}

/// Whether an `x-rust-name` of a property names its type: it does if it begins with a capital. Others name the field.
pub(in crate::lower) fn is_type_name(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// Whether integers may be strings, in the value or in its items.
pub(in crate::lower) fn is_lenient(view: &View<'_>) -> bool {
    let declared = |extensions: &Extensions| extensions.get("x-read-as") == Some(&json!("integer"));
    let items = view.items.and_then(|items| items.as_item());
    declared(&view.data.extensions) || items.is_some_and(|items| declared(&items.schema_data.extensions))
}
