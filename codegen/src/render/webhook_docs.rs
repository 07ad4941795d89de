//! The docs of functions that read what the server sends.

use super::constraints::{self, alternatives, sentences};
use super::doc::{in_list, joined, sentence, union_variant_docs};
use super::prose::{code, prose};
use crate::ir::api::UnionVariant;
use crate::ir::request::{DeclaredResponse, ParameterLocation};
use crate::ir::webhook::{Incoming, IncomingFormat, IncomingParameter, Selection};

/// Returns the docs of the function that reads a request.
pub(super) fn function_docs(request: &Incoming) -> String {
    let kind = kind(request);
    let mut text = sentence(&request.docs, &format!("Reads the {kind} `{}`.", code(&request.key)));
    text.push_str(&format!("\n\n{}", sent(request)));
    if let Some(body) = &request.body {
        let docs = joined(&prose(&body.docs), &sentences(&body.constraints));
        if !docs.is_empty() {
            text.push_str(&format!("\n\n{docs}"));
        }
    }
    text.push_str(&parameters(&request.parameters));
    text.push_str(&responses(&request.responses));
    format!("{text}\n\nSource: `{}`", code(&request.pointer.to_string()))
}

fn kind(request: &Incoming) -> &'static str {
    if request.callback.is_some() { "callback" } else { "webhook" }
}

/// Returns how and when the request is sent.
fn sent(request: &Incoming) -> String {
    let (method, key) = (request.method.as_str(), code(&request.key));
    let mut text = match &request.callback {
        None => format!("Webhook `{key}`, sent with `{}`", code(method)),
        Some(callback) => format!(
            "Callback `{key}` of the operation `{}`, sent with `{}` to `{}`",
            code(&callback.operation),
            code(method),
            code(&callback.expression)
        ),
    };
    let media_types = request.body.iter().flat_map(|body| &body.media_types);
    let media_types: Vec<_> = media_types.map(|media_type| format!("`{}`", code(media_type))).collect();
    let is_plain = request.body.as_ref().is_none_or(|body| {
        body.format == IncomingFormat::Json && media_types.iter().all(|own| own == "`application/json`")
    });
    if !is_plain {
        text.push_str(&format!(" as {}", media_types.join(" or ")));
    }
    text + "."
}

fn parameters(parameters: &[IncomingParameter]) -> String {
    let mut text = String::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let title = if index == 0 { "\n\n# Parameters\n" } else { "" };
        let required = if parameter.required { "Always sent." } else { "" };
        let deprecated = if parameter.deprecated { "Deprecated." } else { "" };
        let facts = joined(&joined(&sentences(&parameter.constraints), required), deprecated);
        let docs = in_list(&joined(&prose(&parameter.docs), &facts));
        let location = location(parameter.location);
        text.push_str(&format!("{title}\n- {location} `{}`{docs}", code(parameter.wire.as_str())));
    }
    text
}

fn location(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
        ParameterLocation::Path => "path",
        _ => "query",
    }
}

fn responses(responses: &[DeclaredResponse]) -> String {
    let mut text = String::new();
    for (index, response) in responses.iter().enumerate() {
        let title = if index == 0 { "\n\n# Responses that the server expects\n" } else { "" };
        let docs = in_list(&prose(&response.docs));
        text.push_str(&format!("{title}\n- `{}`{docs}", code(&response.status)));
    }
    text
}

/// Returns the docs of a variant: the webhooks that it stands for, and how it is recognized.
pub(super) fn variant_docs(
    requests: &[&Incoming],
    selection: Option<&Selection>,
    tag: Option<&str>,
    variant: &UnionVariant,
) -> String {
    let keys: Vec<_> = requests.iter().map(|request| format!("`{}`", code(&request.key))).collect();
    let noun = if keys.len() == 1 { "webhook" } else { "webhooks" };
    let mut text = format!("The {noun} {}.\n\n", keys.join(", "));
    match selection {
        Some(Selection { header, values, .. }) => {
            let values: Vec<_> = values.iter().map(|value| format!("`{}`", code(value))).collect();
            text.push_str(&format!("Header `{}`: {}", code(header), values.join(" or ")));
            constraints::add(&mut text, &alternatives(&variant.constraints));
        }
        None => text.push_str(&union_variant_docs(tag, variant)),
    }
    text
}

/// Returns the docs of the constant for a scheme.
pub(super) fn signature_docs(request: Option<&Incoming>) -> String {
    let subject = match request {
        None => "the requests".to_owned(),
        Some(request) => format!("the {} `{}`", kind(request), code(&request.key)),
    };
    format!(
        "How the server signs {subject}. With the feature `signatures`, `verifier` makes a verifier of it."
    )
}
