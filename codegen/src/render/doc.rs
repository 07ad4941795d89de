//! Doc comments: the description's prose, and what the generator adds to it.

use proc_macro2::TokenStream;
use quote::quote;

use super::prose::{code, prose};
use crate::ir::{Field, Operation, TypeDef, UnionVariant};

/// Doc attributes, one for each line.
pub(super) fn attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

pub(super) fn type_docs(def: &TypeDef) -> String {
    let name = code(def.pointer.last().unwrap_or_default());
    let prose = sentence(&def.docs, &format!("`{name}` of the description."));
    format!("{prose}\n\nSource: `{}`", code(&def.pointer.to_string()))
}

pub(super) fn field_docs(field: &Field) -> String {
    let mut text = sentence(&field.docs, &format!("The field `{}`.", code(field.wire.as_str())));
    if let Some(default) = &field.default {
        text.push_str(&format!("\n\nDefault: `{}`.", code(&default.to_string())));
    }
    if field.deprecated {
        text.push_str("\n\nDeprecated by the description.");
    }
    text
}

pub(super) fn value_docs(value: &str) -> String {
    if value.is_empty() { "The empty text.".to_owned() } else { format!("`{}`", code(value)) }
}

pub(super) fn union_variant_docs(tag: Option<&str>, variant: &UnionVariant) -> String {
    match (tag, &variant.tag) {
        (Some(property), Some(tag)) => format!("`{}`: `{}`", code(property), code(tag.as_str())),
        _ => format!("`{}`", variant.ty),
    }
}

pub(super) fn operation_docs(operation: &Operation) -> String {
    let mut text = sentence(&operation.docs, &format!("The operation `{}`.", code(&operation.id)));
    let roles = match operation.allowed_for.as_slice() {
        [] => String::new(),
        roles => format!("; allowed for {}", prose(&roles.join(" and "))),
    };
    text.push_str(&format!("\n\n`{} {}`{roles}.", operation.method.as_str(), code(&operation.path)));
    if let Some(limit) = &operation.rate_limit {
        text.push_str(&format!(
            "\nLimit: {} requests in {} seconds (bucket `{}`).",
            limit.requests,
            limit.seconds,
            code(&limit.bucket)
        ));
    }
    for group in &operation.exactly_one_of {
        text.push_str(&format!("\n\nTakes exactly one of {}.", list(group)));
    }
    for group in &operation.at_most_one_of {
        text.push_str(&format!("\n\nTakes at most one of {}.", list(group)));
    }
    let required: Vec<_> = operation.required().filter(|parameter| !parameter.docs.is_empty()).collect();
    if !required.is_empty() {
        text.push_str("\n\n# Arguments\n");
        for parameter in required {
            let docs = prose(&parameter.docs).replace('\n', "\n  ");
            text.push_str(&format!("\n- `{}`: {docs}", parameter.name.plain()));
        }
    }
    format!("{text}\n\nSource: `{}`", code(&operation.pointer.to_string()))
}

fn list(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{}`", code(name))).collect();
    quoted.join(" and ")
}

/// Prose, or a stand-in where the description is silent.
pub(super) fn sentence(text: &str, stand_in: &str) -> String {
    let text = prose(text);
    if text.is_empty() { stand_in.to_owned() } else { text }
}
