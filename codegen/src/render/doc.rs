//! Doc comments: the description's prose, and what the generator adds to it.

use proc_macro2::TokenStream;
use quote::quote;

use super::prose::{code, prose};
use super::symbol::Told;
use super::types::type_text;
use crate::ir::api::{Field, Operation, TypeDef, UnionVariant};
use crate::ir::request::{BodyKind, ByStatus, Location, Parameter};

/// Doc attributes, one for each line.
pub(super) fn attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

pub(super) fn type_docs(def: &TypeDef) -> String {
    let name = code(def.pointer.last().unwrap_or_default());
    let prose = sentence(&def.docs, &format!("`{name}` of the description."));
    let others = match def.places {
        0 | 1 => String::new(),
        2 => ", and the same at another place".to_owned(),
        places => format!(", and the same at {} other places", places - 1),
    };
    format!("{prose}\n\nSource: `{}`{others}", code(&def.pointer.to_string()))
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

pub(super) fn parameter_docs(parameter: &Parameter) -> String {
    let kind =
        if matches!(parameter.location, Location::Part | Location::File) { "part" } else { "parameter" };
    let stand_in = format!("Sends the {kind} `{}`.", code(parameter.wire.as_str()));
    let mut text = sentence(&parameter.docs, &stand_in);
    if let Some(default) = parameter.default.as_ref().filter(|default| !default.is_null()) {
        text.push_str(&format!("\n\nDefault: `{}`.", code(&default.to_string())));
    }
    text
}

pub(super) fn value_docs(value: &str) -> String {
    if value.is_empty() { "The empty text.".to_owned() } else { format!("`{}`", code(value)) }
}

pub(super) fn union_variant_docs(tag: Option<&str>, variant: &UnionVariant) -> String {
    match (tag, &variant.tag) {
        (Some(property), Some(tag)) => format!("`{}`: `{}`", code(property), code(tag.as_str())),
        _ => format!("`{}`", type_text(&variant.ty, &mut Told(""))),
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
    let arguments = arguments(operation);
    if !arguments.is_empty() {
        text.push_str(&format!("\n\n# Arguments\n{arguments}"));
    }
    text.push_str(&answer_docs(operation));
    format!("{text}\n\nSource: `{}`", code(&operation.pointer.to_string()))
}

/// What is said of the arguments, a line for each.
fn arguments(operation: &Operation) -> String {
    let line = |name: &str, docs: &str| format!("\n- `{name}`: {}", docs.replace('\n', "\n  "));
    let required = operation.required().filter(|parameter| !parameter.docs.is_empty());
    let mut lines: String =
        required.map(|parameter| line(parameter.name.plain(), &prose(&parameter.docs))).collect();
    let Some(body) = &operation.body else { return lines };
    match body.kind {
        BodyKind::Json if body.media_type != "application/json" => {
            lines.push_str(&line("body", &format!("Sent as `{}`.", code(&body.media_type))));
        }
        BodyKind::Bytes => {
            lines.push_str(&line("body", &format!("Content of the media type `{}`.", code(&body.media_type))))
        }
        BodyKind::AnyBytes => {
            lines.push_str(&line(
                "content_type",
                &format!("The media type of the body: `{}`.", code(&body.media_type)),
            ));
        }
        _ => {}
    }
    lines
}

/// What comes back beside the answer itself.
fn answer_docs(operation: &Operation) -> String {
    let mut text = String::new();
    if !operation.successes.is_empty() {
        text.push_str(&format!("\n\nThe answer holds {}, by its status.", by_status(&operation.successes)));
    }
    let refusals: Vec<_> =
        operation.refusals.iter().filter(|refusal| refusal.ty.name().is_some()).cloned().collect();
    if !refusals.is_empty() {
        text.push_str(&format!("\n\nA refusal holds {}, see `ApiError::decode`.", by_status(&refusals)));
    }
    if !operation.answer_headers.is_empty() {
        text.push_str("\n\n# Headers of the answer\n");
        for header in &operation.answer_headers {
            let docs = prose(&header.docs).replace('\n', "\n  ");
            let docs = if docs.is_empty() { docs } else { format!(": {docs}") };
            text.push_str(&format!("\n- `{}`{docs}", code(header.name.as_str())));
        }
    }
    text
}

/// Types with the statuses that they belong to.
fn by_status(answers: &[ByStatus]) -> String {
    let mut types: Vec<(String, Vec<&str>)> = Vec::new();
    for answer in answers {
        let ty = type_text(&answer.ty, &mut Told("models::"));
        match types.iter_mut().find(|(known, _)| *known == ty) {
            Some((_, statuses)) => statuses.push(&answer.status),
            None => types.push((ty, vec![&answer.status])),
        }
    }
    let texts: Vec<_> =
        types.iter().map(|(ty, statuses)| format!("`{ty}` ({})", statuses.join(", "))).collect();
    texts.join(" or ")
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
