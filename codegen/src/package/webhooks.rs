//! The section of the README about webhooks and callbacks.

use crate::ir::api::Webhooks;
use crate::ir::webhook::Incoming;
use crate::output::generator_output::Output;
use crate::render::markup::composed;
use crate::render::prose::{code, one_line};

/// The maximum number of requests that are listed.
const MAX_LISTED: usize = 30;

/// Returns the section; empty if the description declares no webhooks and no callbacks.
pub(super) fn webhooks(crate_name: &str, output: &Output) -> String {
    let webhooks = &output.api.webhooks;
    let Some(module) = &webhooks.module else { return String::new() };
    let path = format!("{crate_name}::endpoints::{module}");
    let rows = webhooks.requests.iter().take(MAX_LISTED).map(row).collect::<Vec<_>>().join("\n");
    let more = match webhooks.requests.len().saturating_sub(MAX_LISTED) {
        0 => String::new(),
        more => format!("\n- and {more} more"),
    };
    format!(
        "## Webhooks\n\nThe server sends requests, too. `{path}` has a function for each, which reads a request of any HTTP framework:\n\n\
         ```rust\n{}```\n\n{}{}\n\n",
        example(&path, webhooks),
        composed(format!("{}\n\n{rows}{more}", about(webhooks))),
        signatures(&path, webhooks),
    )
}

/// Returns a function that receives requests.
fn example(path: &str, webhooks: &Webhooks) -> String {
    let (name, read) = match (&webhooks.event, webhooks.requests.first()) {
        (Some(event), _) => (event.def.name.to_string(), format!("{}::read", event.def.name)),
        (None, Some(request)) => (request.name.to_string(), request.name.to_string()),
        (None, None) => return String::new(),
    };
    let mut names = ["IncomingRequest", "WebhookError", name.as_str()];
    names.sort_unstable();
    format!(
        "use {path}::{{{}}};\n\n\
         fn receive(headers: &[(&str, &str)], body: &[u8]) -> Result<(), WebhookError> {{\n    \
         let request = IncomingRequest::new(\"POST\", headers.iter().copied(), body);\n    \
         let event = {read}(&request)?;\n    println!(\"{{event:?}}\");\n    \
         Ok(())\n}}\n",
        names.join(", ")
    )
}

fn about(webhooks: &Webhooks) -> String {
    match &webhooks.event {
        Some(event) => format!(
            "`{}` has a variant for each webhook whose body is JSON or a form, and `Unknown` for events that the description doesn't declare. The functions:",
            event.def.name
        ),
        None => "The functions:".to_owned(),
    }
}

fn row(request: &Incoming) -> String {
    let key = code(&one_line(&request.key));
    match &request.callback {
        None => format!("- `{}`: webhook `{key}`", request.name),
        Some(callback) => {
            let operation = code(&one_line(&callback.operation));
            format!("- `{}`: callback `{key}` of `{operation}`", request.name)
        }
    }
}

/// Returns how requests are verified.
fn signatures(path: &str, webhooks: &Webhooks) -> String {
    let own = webhooks.requests.iter().filter_map(|request| Some(request.signature.as_ref()?.0.as_str()));
    let names: Vec<_> = webhooks.signature.iter().map(|_| "SIGNATURE").chain(own).collect();
    let Some(first) = names.first() else {
        return "\n\nThe description doesn't declare how requests are signed (`x-webhook-signature`). Implement \
                `VerifySignature`, or describe the scheme as a `SignatureScheme`."
            .to_owned();
    };
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    format!(
        "\n\nRequests are signed ({}). With the feature `signatures`, `{path}::{first}.verifier(secret)?` makes a verifier, and \
         `request.verify(&verifier, SystemTime::now())?` checks the signature in constant time, and its age. Pass the body \
         exactly as it came. `verifier.with_secret(other)?` accepts a second secret while the first one is replaced.",
        names.join(", ")
    )
}
