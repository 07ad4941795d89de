//! Types as a user of an emitted crate writes them.

use codegen::ir::{Tuple, TupleItem, Type};

/// The items of the runtime that such types name.
pub(crate) const RUNTIME: [&str; 13] = [
    "Extra",
    "Map",
    "Maybe",
    "Null",
    "Number",
    "Paged",
    "Part",
    "Request",
    "Timestamp",
    "Tuple",
    "UnixMicros",
    "UnixSeconds",
    "Value",
];

fn tuple_text(tuple: &Tuple) -> String {
    let item = |item: &TupleItem| match (item.nullable, item.optional) {
        (true, _) => format!("Maybe<{}>,", text(&item.ty)),
        (false, true) => format!("Option<{}>,", text(&item.ty)),
        (false, false) => format!("{},", text(&item.ty)),
    };
    let items: String = tuple.items.iter().map(item).collect();
    match &tuple.rest {
        None => format!("({items})"),
        Some(rest) => format!("Tuple<({items}), {}>", text(rest)),
    }
}

/// Returns a type. The module `models` contains named ones.
pub(crate) fn text(ty: &Type) -> String {
    match ty {
        Type::Array(inner) => format!("Vec<{}>", text(inner)),
        Type::Tuple(tuple) => tuple_text(tuple),
        Type::Map(inner) => format!("BTreeMap<String, {}>", text(inner)),
        Type::Nullable(inner) => format!("Option<{}>", text(inner)),
        Type::Boxed(inner) => format!("Box<{}>", text(inner)),
        Type::Named(name) => format!("models::{name}"),
        plain => plain.to_string(),
    }
}
