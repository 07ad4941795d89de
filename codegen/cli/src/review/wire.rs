//! The request on the wire and its response, as text.

use codegen::ir::{
    BodyKind, Operation, Pagination, Parameter, ParameterLocation, ResponseBody, ResponseFormat, StyleKind,
    Type,
};

use super::crate_side::ReviewSide;
use super::json_outline::JsonOutline;

/// The width of the labels, in characters.
const LABEL: usize = 9;

/// Returns a text with a line for each part of the request and the response, so that two can be compared by lines.
pub(super) fn request(side: &ReviewSide<'_>, operation: &Operation) -> String {
    let mut text = LabelledLines(String::new());
    let sent = JsonOutline { side, sent: true };
    let received = JsonOutline { side, sent: false };
    text.0.push_str(&format!("{} {}\n", operation.method.as_str(), operation.path));
    for parameter in &operation.parameters {
        let (label, written) = parameter_text(sent, parameter);
        text.line(label, &format!("{written}{}", notes(parameter)));
    }
    text.line("header", &format!("Accept: {}", operation.accept.as_deref().unwrap_or("application/json")));
    for (rule, groups) in
        [("exactly one of", &operation.exactly_one_of), ("at most one of", &operation.at_most_one_of)]
    {
        text.all("rule", groups.iter().map(|group| format!("{rule} {}", group.join(", "))));
    }
    if let Some(body) = &operation.body {
        let media_type = match body.kind {
            BodyKind::AnyBytes => "chosen by the caller",
            _ => &body.media_type,
        };
        text.line("header", &format!("Content-Type: {media_type}"));
        let optional = if body.required { "" } else { " (optional)" };
        match body.kind {
            BodyKind::Multipart => text.line("body", &format!("parts{optional}")),
            _ => text.line("body", &format!("{}{optional}", sent.outline(&body.ty))),
        }
    }
    response(&mut text, received, operation);
    text.0
}

fn response(text: &mut LabelledLines, received: JsonOutline<'_>, operation: &Operation) {
    text.0.push('\n');
    let format = match operation.response_format {
        ResponseFormat::Json => "",
        ResponseFormat::Text => " (as text)",
        ResponseFormat::Bytes => " (as bytes)",
        ResponseFormat::Items => " (as a sequence)",
        ResponseFormat::Redirect => " (status code and location)",
        ResponseFormat::Events => " (as items)",
        ResponseFormat::ByStatus => " (by status code)",
    };
    let or_empty = if operation.empty_statuses.is_empty() { "" } else { " (or nothing)" };
    let outline = operation.response.as_ref().map_or_else(|| "nothing".to_owned(), |ty| received.outline(ty));
    text.line("response", &format!("{outline}{format}{or_empty}"));
    let by_status = |body: &ResponseBody| format!("{} {}", body.status, received.word(&body.ty));
    text.all("success", operation.success_responses.iter().map(by_status));
    text.all("header", operation.response_headers.iter().map(|header| header.name.to_string()));
    text.all("error", operation.error_responses.iter().map(by_status));
    for pagination in &operation.pagination {
        let Pagination { style, items, max_page_size, size, .. } = pagination;
        let size = size.as_ref().map(|name| format!(", page size {name}")).unwrap_or_default();
        text.line("pages", &format!("{}, of {items:?}, at most {max_page_size}{size}", style.plain()));
    }
    if let Some(limit) = &operation.rate_limit {
        let header = limit.header.as_ref().map(|name| format!(", header {name}")).unwrap_or_default();
        text.line(
            "limit",
            &format!("{} in {} s, bucket {}{header}", limit.requests, limit.seconds, limit.bucket),
        );
    }
    if let Some(pending) = &operation.pending {
        text.line(
            "pending",
            &format!("while {} is {}", pending.pointer.to_path(), pending.values.join(" or ")),
        );
    }
}

/// Lines that begin with a label.
struct LabelledLines(String);

impl LabelledLines {
    fn all(&mut self, label: &str, texts: impl Iterator<Item = String>) {
        texts.for_each(|text| self.line(label, &text));
    }

    /// Adds a text; further lines are aligned below the first.
    fn line(&mut self, label: &str, text: &str) {
        let text = text.replace('\n', &format!("\n{:LABEL$}", ""));
        self.0.push_str(&format!("{label:<LABEL$}{text}\n"));
    }
}

fn parameter_text(sent: JsonOutline<'_>, parameter: &Parameter) -> (&'static str, String) {
    let name = parameter.wire.as_str();
    let value = written(sent, parameter);
    match parameter.location {
        ParameterLocation::Path => ("path", format!("{{{name}}} = {value}")),
        ParameterLocation::Query => ("query", in_query(name, &value, parameter)),
        ParameterLocation::QueryString => ("query", value),
        ParameterLocation::PartHeader => ("part", format!("header {name}: {value}")),
        ParameterLocation::Header => ("header", format!("{name}: {value}")),
        ParameterLocation::Cookie => ("cookie", format!("{name}={value}")),
        ParameterLocation::Part | ParameterLocation::File => {
            let media_type = parameter.media_type.as_ref().map(|of| format!(" as {of}")).unwrap_or_default();
            let value = if parameter.location == ParameterLocation::File { "file".to_owned() } else { value };
            ("part", format!("{name}: {value}{media_type}"))
        }
    }
}

fn in_query(name: &str, value: &str, parameter: &Parameter) -> String {
    match (parameter.style.kind, &parameter.ty) {
        (StyleKind::DeepObject, _) => format!("{name}[…]={value}"),
        (_, Type::Array(_)) if parameter.style.explode => format!("{name}={value}&{name}=…"),
        _ => format!("{name}={value}"),
    }
}

/// Returns the value in the parameter's style.
fn written(sent: JsonOutline<'_>, parameter: &Parameter) -> String {
    let element = match &parameter.ty {
        Type::Array(inner) => inner,
        other => other,
    };
    let value = format!("{{{}}}", sent.word(element));
    let several = matches!(parameter.ty, Type::Array(_)) && !parameter.style.explode;
    let value = match parameter.style.kind {
        StyleKind::SpaceDelimited if several => format!("{value}%20…"),
        StyleKind::Delimited(delimiters) if several => {
            let delimiter = delimiters.iter().next().unwrap_or(',');
            format!("{value}{delimiter}…")
        }
        StyleKind::PipeDelimited if several => format!("{value}|…"),
        _ if several => format!("{value},…"),
        StyleKind::Label => format!(".{value}"),
        StyleKind::Matrix => format!(";{}={value}", parameter.wire),
        StyleKind::Json => format!("{value} as JSON"),
        _ => value,
    };
    if parameter.style.reserved { format!("{value}, reserved characters unescaped") } else { value }
}

fn notes(parameter: &Parameter) -> String {
    let default = parameter.default.as_ref().map(|value| format!("{value} if absent"));
    let notes: Vec<_> = [
        (!parameter.required).then(|| "optional".to_owned()),
        default,
        parameter.may_be_empty.then(|| "may be empty".to_owned()),
        parameter.deprecated.then(|| "deprecated".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) }
}
