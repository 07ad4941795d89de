//! Renders doc comments: the texts of the description, and the additions of the generator.

use serde_json::Value;

use super::constraints::{self, sentences};
use super::markup::composed;
use super::prose::{begins_block, code, phrase, prose};
use super::symbol::DisplayNames;
use super::types::type_text;
use crate::base::digits;
use crate::ir::access::SchemeFact;
use crate::ir::api::{Field, Operation, StatusVariant, TypeDef, UnionVariant, Variant};
use crate::ir::constraint::Constraint;
use crate::ir::request::{
    BodyKind, DeclaredResponse, Parameter, ParameterLocation, ResponseBody, ResponseFormat, ResponseHeader,
};

/// Returns docs that contain text of the description as comments.
pub(super) fn comments(docs: String, indent: &str) -> String {
    own_comments(&composed(docs), indent)
}

/// Returns docs that contain only text of the generator as comments: they may have links to items.
pub(super) fn own_comments(text: &str, indent: &str) -> String {
    let mut comments = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        let line = line.trim_end_matches(' ');
        comments.push_str(indent);
        comments.push_str(if line.is_empty() { "///" } else { "/// " });
        comments.push_str(line);
        comments.push('\n');
    }
    comments
}

pub(super) fn type_docs(def: &TypeDef) -> String {
    let fallback = match def.pointer.tokens() {
        [.., folder, name] if folder == "properties" => format!("The type of the property `{}`.", code(name)),
        [.., name] if def.is_component() => format!("The schema `{}`.", code(name)),
        _ => "An inline schema.".to_owned(),
    };
    let names = [def.name.as_str(), def.pointer.tokens().last().map_or("", String::as_str)];
    let docs = if names.iter().any(|name| repeats(&def.docs, name)) { "" } else { def.docs.as_str() };
    let mut prose = sentence(docs, &fallback);
    constraints::add(&mut prose, &sentences(&def.constraints));
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
        text.push_str(&format!("\n\nDefault: `{}`.", code(&digits::json(default))));
    }
    constraints::add(&mut text, &sentences(&field.constraints));
    if field.read_only {
        text.push_str("\n\nRead-only: not part of requests.");
    }
    if field.write_only {
        text.push_str("\n\nWrite-only: not part of responses.");
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
        text.push_str(&format!("\n\nDefault: `{}`.", code(&digits::json(default))));
    }
    constraints::add(&mut text, &parameter_facts(parameter));
    text
}

/// Returns what the value of a parameter has to meet, and the media type that it is sent as, if there is a choice.
fn parameter_facts(parameter: &Parameter) -> String {
    let facts = sentences(&parameter.constraints);
    let is_choice =
        |constraint: &Constraint| constraint.keywords.get("contentMediaType").is_some_and(Value::is_array);
    if !parameter.constraints.iter().any(is_choice) {
        return facts;
    }
    let sent = parameter.media_type.as_deref().map(code);
    let sent = match (parameter.location, sent) {
        (ParameterLocation::File, Some(sent)) => {
            format!("A `Part` without a media type is sent as `{sent}`.")
        }
        (ParameterLocation::File, None) => {
            "Set it by `Part::content_type`; without it, the part is sent as `application/octet-stream`."
                .to_owned()
        }
        (_, Some(sent)) => format!("Sent as `{sent}`."),
        (_, None) => String::new(),
    };
    joined(&facts, &sent)
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
    constraints::add(&mut text, &constraints::alternatives(&variant.constraints));
    text
}

pub(super) fn status_variant_docs(variant: &StatusVariant) -> String {
    let codes = if variant.statuses.len() == 1 { "Status code" } else { "Status codes" };
    let content = if variant.ty.is_none() { ", without content" } else { "" };
    format!("{codes} {}{content}.", statuses(&variant.statuses))
}

/// Returns a list of status codes.
fn statuses(statuses: &[String]) -> String {
    comma_separated(statuses)
}

fn comma_separated(texts: &[String]) -> String {
    let texts: Vec<_> = texts.iter().map(|text| format!("`{}`", code(text))).collect();
    texts.join(", ")
}

pub(super) fn operation_docs(operation: &Operation) -> String {
    let mut text =
        sentence(&operation.docs, &format!("Creates a request for the operation `{}`.", code(&operation.id)));
    let roles = match operation.allowed_for.as_slice() {
        [] => String::new(),
        roles => format!("; allowed for {}", phrase(&roles.join(" and "))),
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
    if !operation.scopes.is_empty() {
        text.push_str(&format!("\n\nScopes: {}.", comma_separated(&operation.scopes)));
    }
    for server in operation.servers.iter().filter(|server| !server.docs.is_empty()) {
        let docs = prose(&server.docs);
        let space = if begins_block(&docs) { "\n\n" } else { " " };
        text.push_str(&format!("\n\nServer `{}`:{space}{docs}", code(&server.url)));
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
    text.push_str(&responses(operation));
    text.push_str(&response_headers(operation));
    let id = if operation.is_shortened { format!(", `{}`", code(&operation.id)) } else { String::new() };
    format!("{text}\n\nSource: `{}`{id}", code(&operation.written.to_string()))
}

/// Returns a list item for each documented argument.
fn arguments(operation: &Operation) -> String {
    let line = |name: &str, docs: &str| format!("\n- `{name}`{}", in_list(docs));
    let required = operation.required().map(|parameter| {
        let docs = joined(&prose(&parameter.docs), &parameter_facts(parameter));
        let docs = joined(&docs, if parameter.deprecated { "Deprecated." } else { "" });
        if docs.is_empty() { docs } else { line(parameter.name.plain(), &docs) }
    });
    let mut lines: String = required.collect();
    let Some(body) = &operation.body else { return lines };
    let body_docs = joined(&prose(&body.docs), &sentences(&body.constraints));
    if !body_docs.is_empty() {
        lines.push_str(&line("body", &body_docs));
    }
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
        BodyKind::AnyBytes if !body.required => lines.push_str(&line(
            "body",
            &format!("The content and its media type: `{}`.", code(&body.media_type)),
        )),
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
    text.push_str(&stream(operation));
    text.push_str(&media_types(operation));
    let errors: Vec<_> =
        operation.error_responses.iter().filter(|error| error.ty.name().is_some()).cloned().collect();
    if !errors.is_empty() {
        let decode = match operation.error_type.as_ref().and_then(|ty| ty.name()) {
            Some(name) => format!("`ApiError::decode_by_status::<models::{name}>`"),
            None => "`ApiError::decode`".to_owned(),
        };
        text.push_str(&format!(
            "\n\nThe body of an error response is {}. Decode it with {decode}.",
            by_status(&errors)
        ));
    }
    text
}

/// Returns the docs of a function that returns the items of a stream.
fn stream(operation: &Operation) -> String {
    if let Some(function) = &operation.stream_function {
        return format!("\n\nThe server can also respond with a stream of items: see [`{function}`].");
    }
    if operation.response_format == ResponseFormat::Items {
        return "\n\n`Client::stream` returns the values one by one.".to_owned();
    }
    let Some(streaming) = &operation.streaming else { return String::new() };
    let mut text = "\n\nThe response is a stream: `Client::stream` returns its items one by one.".to_owned();
    if let Some(property) = &streaming.property {
        text.push_str(&format!(" The function sets `{}` in the body.", code(property)));
    }
    if !streaming.end.is_empty() {
        text.push_str(&format!(" {} ends it.", list(&streaming.end)));
    }
    if streaming.reconnects {
        text.push_str(" After the end of a response, the client connects again.");
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

/// Returns the facts about a security scheme, as a list.
pub(crate) fn scheme_facts(facts: &[SchemeFact]) -> String {
    let lines: String = facts.iter().map(|fact| format!("\n- {}", scheme_fact(fact))).collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

fn scheme_fact(fact: &SchemeFact) -> String {
    let mut text = code(&fact.label);
    if !fact.value.is_empty() {
        text.push_str(&format!(" `{}`", code(&fact.value)));
    }
    format!("{text}{}", in_list(&prose(&fact.docs)))
}

/// Returns the declared responses. A single success has nothing to state that the type of the response doesn't.
fn responses(operation: &Operation) -> String {
    let all = &operation.responses;
    let is_plain =
        |response: &DeclaredResponse| response.status.starts_with('2') && response.constraints.is_empty();
    if all.is_empty() || all.len() == 1 && all.iter().all(is_plain) && operation.response.is_some() {
        return String::new();
    }
    let facts = all.iter().map(|response| (code(&response.status), response_facts(response)));
    let (plain, described): (Vec<_>, Vec<_>) = facts.partition(|(_, facts)| facts.is_empty());
    let mut text = String::from("\n\n# Responses\n");
    for (status, facts) in described {
        text.push_str(&format!("\n- `{status}`{facts}"));
    }
    let plain: Vec<_> = plain.into_iter().map(|(status, _)| format!("`{status}`")).collect();
    if !plain.is_empty() {
        text.push_str(&format!("\n- {}", plain.join(", ")));
    }
    text
}

/// Returns the media types of a response, unless JSON is the only one, and its description.
fn response_facts(response: &DeclaredResponse) -> String {
    let is_plain = response.media_types.iter().all(|media_type| media_type == "application/json");
    let others =
        if is_plain { String::new() } else { format!(" ({})", comma_separated(&response.media_types)) };
    format!("{others}{}", in_list(&joined(&prose(&response.docs), &sentences(&response.constraints))))
}

/// Returns the docs of the response headers.
fn response_headers(operation: &Operation) -> String {
    if operation.response_headers.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n\n# Response headers\n");
    for header in &operation.response_headers {
        let facts = header_facts(header);
        let docs = in_list(&joined(&prose(&header.docs), &facts));
        let is_general = header.statuses.len() == operation.responses.len();
        let only = if is_general { String::new() } else { format!(" ({})", statuses(&header.statuses)) };
        let constant = header.constant.as_ref().map(|name| format!(" as `{name}`")).unwrap_or_default();
        text.push_str(&format!("\n- `{}`{constant}{only}{docs}", code(header.name.as_str())));
    }
    text
}

/// Returns what the schema of a header states, and whether the header may be absent.
fn header_facts(header: &ResponseHeader) -> String {
    let required = if header.required { "In each of these responses." } else { "" };
    let deprecated = if header.deprecated { "Deprecated." } else { "" };
    joined(&joined(&sentences(&header.constraints), required), deprecated)
}

/// Returns text after the beginning of a list item. Code can't begin in a line with other text.
pub(super) fn in_list(text: &str) -> String {
    let indented = text.replace('\n', "\n  ");
    match text {
        "" => String::new(),
        text if begins_block(text) => format!(":\n\n  {indented}"),
        _ => format!(": {indented}"),
    }
}

/// Returns two texts with a space between them, or as two paragraphs if the first one has several lines.
pub(super) fn joined(first: &str, second: &str) -> String {
    let separator = match (first, second) {
        ("", _) | (_, "") => "",
        (first, _) if first.contains('\n') => "\n\n",
        _ => " ",
    };
    format!("{first}{separator}{second}")
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
