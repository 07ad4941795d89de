//! `x-webhook-events`: what names the webhook that a request is of.

use openapiv3::OpenAPI;

use super::extension::text;
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::ir::webhook::Incoming;

/// The key of the extension.
pub(in crate::lower) const EVENTS: &str = "x-webhook-events";

/// What contains the key of the webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lower) enum EventSource {
    /// A property of the body.
    Property(String),
    /// A header.
    Header(String),
}

/// Reads the extension of the document, whose requests are given. Its keys and their types were checked before.
pub(in crate::lower) fn event_source(
    findings: &mut Findings,
    document: &OpenAPI,
    requests: &[Incoming],
) -> Option<EventSource> {
    let value = document.extensions.get(EVENTS)?;
    let at = Pointer::root().child(EVENTS);
    if findings.any_below(&at) {
        return None;
    }
    if !requests.iter().any(|request| request.callback.is_none()) {
        let message = "the document declares how webhooks are recognized, but no webhook";
        findings.problem(&at, message, "declare them in `webhooks`, or delete the extension");
        return None;
    }
    let name = |key: &str| text(value, key).filter(|name| !name.is_empty());
    match (name("property"), name("header")) {
        (Some(property), None) => Some(EventSource::Property(property)),
        (None, Some(header)) => Some(EventSource::Header(header)),
        _ => {
            let message = "`x-webhook-events` needs either `property` or `header`";
            findings.problem(
                &at,
                message,
                "for example {property: type}, if its value is the key of the webhook",
            );
            None
        }
    }
}
