//! Renders doc comments: the texts of the description, and the additions of the generator.

use proc_macro2::TokenStream;
use quote::quote;

use super::prose::{code, prose};
use super::symbol::DisplayNames;
use super::types::type_text;
use crate::ir::api::{Field, Operation, StatusVariant, TypeDef, UnionVariant, Variant};
use crate::ir::request::{BodyKind, Parameter, ParameterLocation, ResponseBody, ResponseFormat};

/// Returns one doc attribute for each line.
pub(super) fn attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

pub(super) fn type_docs(def: &TypeDef) -> String {
    let fallback = match def.pointer.tokens() {
        [.., folder, name] if folder == "properties" => format!("The type of the property `{}`.", code(name)),
        [.., name] if def.is_component() => format!("The schema `{}`.", code(name)),
        _ => "An inline schema.".to_owned(),
    };
    let names = [def.name.as_str(), def.pointer.tokens().last().map_or("", String::as_str)];
    let docs = if names.iter().any(|name| repeats(&def.docs, name)) { "" } else { def.docs.as_str() };
    let prose = sentence(docs, &fallback);
    let others = match def.occurrences {
        0 | 1 => String::new(),
        2 => ", and an equal schema at another location".to_owned(),
        count => format!(", and equal schemas at {} other locations", count - 1),
    };
    format!("{prose}\n\nSource: `{}`{others}", code(&def.written.to_string()))
}

pub(super) fn constructor_docs(def: &TypeDef, fields: &[Field], required: &[&Field]) -> String {
    let is_required = |field: &Field| required.iter().any(|other| other.name == field.name);
    let optional = fields.iter().find(|field| !is_required(field)).map(|field| field.name.as_str());
    let Some(optional) = optional.or_else(|| def.is_open().then_some("extra")) else {
        return "Creates a value from all of its fields.".to_owned();
    };
    let arguments: Vec<_> = required.iter().map(|field| field.name.as_str()).collect();
    let (name, arguments) = (&def.name, arguments.join(", "));
    format!(
        "Creates a value with its required fields.\n\n\
         To set other fields: `{name} {{ {optional}, ..{name}::new({arguments}) }}`."
    )
}

pub(super) fn field_docs(field: &Field) -> String {
    let mut text = sentence(&field.docs, &format!("The property `{}`.", code(field.wire.as_str())));
    if let Some(default) = &field.default {
        text.push_str(&format!("\n\nDefault: `{}`.", code(&default.to_string())));
    }
    if field.deprecated {
        text.push_str("\n\nDeprecated.");
    }
    text
}

pub(super) fn parameter_docs(parameter: &Parameter) -> String {
    let kind = match parameter.location {
        ParameterLocation::Part | ParameterLocation::File => "part",
        ParameterLocation::PartHeader => "header",
        _ => "parameter",
    };
    let fallback = format!("Sets the {kind} `{}`.", code(parameter.wire.as_str()));
    let mut text = sentence(&parameter.docs, &fallback);
    if let Some(default) = parameter.default.as_ref().filter(|default| !default.is_null()) {
        text.push_str(&format!("\n\nDefault: `{}`.", code(&default.to_string())));
    }
    text
}

pub(super) fn value_docs(variant: &Variant) -> String {
    let value = variant.wire.as_str();
    let value = if value.is_empty() { "The empty string.".to_owned() } else { format!("`{}`", code(value)) };
    let docs = prose(&variant.docs);
    if docs.is_empty() { value } else { format!("{docs}\n\n{value}") }
}

pub(super) fn union_variant_docs(tag: Option<&str>, variant: &UnionVariant) -> String {
    let tags: Vec<_> = variant.tags.iter().map(|tag| format!("`{}`", code(tag.as_str()))).collect();
    let mut text = match tag {
        Some(property) if !tags.is_empty() => format!("`{}`: {}", code(property), tags.join(" or ")),
        _ => format!("`{}`", type_text(&variant.ty, &mut DisplayNames(""))),
    };
    if let Some(property) = tag.filter(|_| variant.is_default) {
        text.push_str(&format!(", for all other values of `{}`", code(property)));
    }
    text
}

pub(super) fn status_variant_docs(variant: &StatusVariant) -> String {
    let codes = if variant.statuses.len() == 1 { "Status code" } else { "Status codes" };
    let content = if variant.ty.is_none() { ", without content" } else { "" };
    format!("{codes} {}{content}.", statuses(&variant.statuses))
}

/// Returns a list of status codes.
fn statuses(statuses: &[String]) -> String {
    let statuses: Vec<_> = statuses.iter().map(|status| format!("`{status}`")).collect();
    statuses.join(", ")
}

pub(super) fn operation_docs(operation: &Operation) -> String {
    let mut text =
        sentence(&operation.docs, &format!("Creates a request for the operation `{}`.", code(&operation.id)));
    let roles = match operation.allowed_for.as_slice() {
        [] => String::new(),
        roles => format!("; allowed for {}", prose(&roles.join(" and "))),
    };
    text.push_str(&format!("\n\n`{} {}`{roles}.", operation.method.as_str(), code(&operation.path)));
    if let Some(limit) = &operation.rate_limit {
        text.push_str(&format!(
            "\nRate limit: {} requests in {} seconds (bucket `{}`).",
            limit.requests,
            limit.seconds,
            code(&limit.bucket)
        ));
    }
    for group in &operation.exactly_one_of {
        text.push_str(&format!("\n\nRequires exactly one of {}.", list(group)));
    }
    for group in &operation.at_most_one_of {
        text.push_str(&format!("\n\nAccepts at most one of {}.", list(group)));
    }
    text.push_str(&response_bodies(operation));
    let arguments = arguments(operation);
    if !arguments.is_empty() {
        text.push_str(&format!("\n\n# Arguments\n{arguments}"));
    }
    text.push_str(&response_headers(operation));
    let id = if operation.is_shortened { format!(", `{}`", code(&operation.id)) } else { String::new() };
    format!("{text}\n\nSource: `{}`{id}", code(&operation.pointer.to_string()))
}

/// Returns a list item for each documented argument.
fn arguments(operation: &Operation) -> String {
    let line = |name: &str, docs: &str| format!("\n- `{name}`: {}", docs.replace('\n', "\n  "));
    let required = operation.required().filter(|parameter| !parameter.docs.is_empty());
    let mut lines: String =
        required.map(|parameter| line(parameter.name.plain(), &prose(&parameter.docs))).collect();
    let Some(body) = &operation.body else { return lines };
    match body.kind {
        BodyKind::Items => {
            lines.push_str(&line(
                "body",
                &format!("The values of a sequence, sent as `{}`.", code(&body.media_type)),
            ));
        }
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

/// Returns the docs of the response bodies: their types by status code.
fn response_bodies(operation: &Operation) -> String {
    let mut text = String::new();
    if !operation.success_responses.is_empty() {
        text.push_str(&format!("\n\nThe response body is {}.", by_status(&operation.success_responses)));
    }
    if !operation.empty_statuses.is_empty() {
        let codes = statuses(&operation.empty_statuses);
        text.push_str(&format!("\n\nThe response is `None` if it has no content (status code {codes})."));
    }
    text.push_str(&media_types(operation));
    let errors: Vec<_> =
        operation.error_responses.iter().filter(|error| error.ty.name().is_some()).cloned().collect();
    if !errors.is_empty() {
        text.push_str(&format!(
            "\n\nThe body of an error response is {}. Decode it with `ApiError::decode`.",
            by_status(&errors)
        ));
    }
    text
}

/// Returns the docs of the media types that the function doesn't read by default.
fn media_types(operation: &Operation) -> String {
    let others = operation.other_media_types();
    if others.is_empty() || operation.response_format == ResponseFormat::Bytes {
        return String::new();
    }
    let others: Vec<_> = others.iter().map(|media_type| format!("`{}`", code(media_type))).collect();
    format!(
        "\n\nThe server can also respond with {}. Convert the request with `into_text` or `into_bytes` to read that.",
        others.join(", ")
    )
}

/// Returns the docs of the response headers.
fn response_headers(operation: &Operation) -> String {
    if operation.response_headers.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n\n# Response headers\n");
    for header in &operation.response_headers {
        let docs = prose(&header.docs).replace('\n', "\n  ");
        let docs = if docs.is_empty() { docs } else { format!(": {docs}") };
        text.push_str(&format!("\n- `{}`{docs}", code(header.name.as_str())));
    }
    text
}

/// Returns types with their status codes.
fn by_status(bodies: &[ResponseBody]) -> String {
    let mut types: Vec<(String, Vec<&str>)> = Vec::new();
    for body in bodies {
        let ty = type_text(&body.ty, &mut DisplayNames("models::"));
        match types.iter_mut().find(|(known, _)| *known == ty) {
            Some((_, statuses)) => statuses.push(&body.status),
            None => types.push((ty, vec![&body.status])),
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

/// Returns whether docs only repeat a name, as many titles do.
fn repeats(docs: &str, name: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(docs) == letters(name)
}

/// Returns the text of the description, or a fallback if there is none.
pub(super) fn sentence(text: &str, fallback: &str) -> String {
    let text = prose(text);
    if text.is_empty() { fallback.to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::repeats;

    #[test]
    fn a_title_that_repeats_the_name_is_recognized() {
        assert!(repeats("ConversationInputs", "ConversationInputs"));
        assert!(repeats("Conversation inputs.", "conversation_inputs"));
        assert!(!repeats("Inputs of a conversation", "ConversationInputs"));
    }
}
