//! Compares responses.

use super::compare::{ApiComparison, text};
use super::kind::ChangeKind;
use super::operation_pair::OperationPair;
use crate::ir::api::Operation;
use crate::ir::request::{ResponseBody, ResponseFormat};

impl ApiComparison<'_> {
    pub(super) fn response(&mut self, subject: &str, pair: OperationPair<'_>) {
        let OperationPair { old, new } = pair;
        let (items, at) = (pair.items(), pair.at());
        if !self.same_option(old.response.as_ref(), new.response.as_ref()) {
            self.changed(ChangeKind::ResponseRetyped, subject, &items, at)
                .between(text(old.response.as_ref()), text(new.response.as_ref()));
        }
        if old.response_format != new.response_format
            || old.empty_statuses != new.empty_statuses
            || old.redirects != new.redirects
            || old.accept != new.accept
            || !self.alike(&old.success_responses, &new.success_responses)
        {
            let (was, is) = (format(old), format(new));
            self.changed(ChangeKind::ResponseFormat, subject, &items, at).between(was, is);
        }
        if !self.alike(&old.error_responses, &new.error_responses) {
            self.changed(ChangeKind::ErrorResponseChanged, subject, &items, at)
                .between(by_status(&old.error_responses), by_status(&new.error_responses));
        }
    }

    fn alike(&self, old: &[ResponseBody], new: &[ResponseBody]) -> bool {
        old.len() == new.len()
            && old.iter().zip(new).all(|(old, new)| old.status == new.status && self.same(&old.ty, &new.ty))
    }
}

/// Describes how a response is decoded.
fn format(operation: &Operation) -> String {
    let format = match operation.response_format {
        ResponseFormat::Json => "JSON",
        ResponseFormat::Text => "text",
        ResponseFormat::Bytes => "bytes",
        ResponseFormat::Items => "a sequence of JSON values",
        ResponseFormat::Events => "a stream of items",
        ResponseFormat::Redirect => "a redirect",
        ResponseFormat::ByStatus => "the status code decides",
    };
    let or_empty = (!operation.empty_statuses.is_empty())
        .then(|| format!(" or nothing ({})", operation.empty_statuses.join(", ")));
    let redirects =
        (!operation.redirects.is_empty()).then(|| format!(", redirects {}", operation.redirects.join(", ")));
    let accept = operation.accept.iter().map(|accept| format!(" as {accept}"));
    let successes = (!operation.success_responses.is_empty())
        .then(|| format!(", {}", by_status(&operation.success_responses)));
    [format.to_owned()].into_iter().chain(or_empty).chain(accept).chain(successes).chain(redirects).collect()
}

fn by_status(responses: &[ResponseBody]) -> String {
    let texts: Vec<_> =
        responses.iter().map(|body| format!("{} ({})", text(Some(&body.ty)), body.status)).collect();
    if texts.is_empty() { "nothing".to_owned() } else { texts.join(" or ") }
}
