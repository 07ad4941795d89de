//! A request as it goes over the wire, and what comes back, as text.

use codegen::ir::{BodyKind, ByStatus, Location, Operation, Parameter, Reading, Shape, Type};

use super::side::Side;
use super::sketch::Sketch;

/// Width of the words that say what a line is about.
const LABEL: usize = 9;

/// The text: a line for each part of the request and of the answer, so that two can be compared by lines.
pub(super) fn request(side: &Side<'_>, operation: &Operation) -> String {
    let mut text = Text(String::new());
    let sent = Sketch { side, sent: true };
    let received = Sketch { side, sent: false };
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
            BodyKind::AnyBytes => "as the caller says",
            _ => &body.media_type,
        };
        text.line("header", &format!("Content-Type: {media_type}"));
        let optional = if body.required { "" } else { " (optional)" };
        match body.kind {
            BodyKind::Multipart => text.line("body", &format!("parts{optional}")),
            _ => text.line("body", &format!("{}{optional}", sent.outline(&body.ty))),
        }
    }
    answer(&mut text, received, operation);
    text.0
}

fn answer(text: &mut Text, received: Sketch<'_>, operation: &Operation) {
    text.0.push('\n');
    let way = match operation.reading {
        Reading::Json => "",
        Reading::JsonOrEmpty => " (or nothing)",
        Reading::Text => " (as text)",
        Reading::Bytes => " (as bytes)",
    };
    let outline = operation.response.as_ref().map_or_else(|| "nothing".to_owned(), |ty| received.outline(ty));
    text.line("answer", &format!("{outline}{way}"));
    let by_status = |answer: &ByStatus| format!("{} {}", answer.status, received.word(&answer.ty));
    text.all("success", operation.successes.iter().map(by_status));
    text.all("header", operation.answer_headers.iter().map(|header| header.name.to_string()));
    text.all("refusal", operation.refusals.iter().map(by_status));
    for way in &operation.pagination {
        let size = way.size.as_ref().map(|name| format!(", sized by {name}")).unwrap_or_default();
        let style = way.style.plain();
        text.line("pages", &format!("{style}, of {:?}, at most {}{size}", way.items, way.max_page_size));
    }
    if let Some(limit) = &operation.rate_limit {
        let told = limit.header.as_ref().map(|name| format!(", told by {name}")).unwrap_or_default();
        text.line(
            "limit",
            &format!("{} in {} s, bucket {}{told}", limit.requests, limit.seconds, limit.bucket),
        );
    }
    if let Some(pending) = &operation.pending {
        text.line(
            "pending",
            &format!("while {} is {}", pending.pointer.to_path(), pending.values.join(" or ")),
        );
    }
}

/// Lines that begin with what they are about.
struct Text(String);

impl Text {
    fn all(&mut self, label: &str, texts: impl Iterator<Item = String>) {
        texts.for_each(|text| self.line(label, &text));
    }

    /// Further lines of the text are put below the first.
    fn line(&mut self, label: &str, text: &str) {
        let text = text.replace('\n', &format!("\n{:LABEL$}", ""));
        self.0.push_str(&format!("{label:<LABEL$}{text}\n"));
    }
}

fn parameter_text(sent: Sketch<'_>, parameter: &Parameter) -> (&'static str, String) {
    let name = parameter.wire.as_str();
    let value = written(sent, parameter);
    match parameter.location {
        Location::Path => ("path", format!("{{{name}}} = {value}")),
        Location::Query => ("query", in_query(name, &value, parameter)),
        Location::Header => ("header", format!("{name}: {value}")),
        Location::Cookie => ("cookie", format!("{name}={value}")),
        Location::Part | Location::File => {
            let media_type = parameter.media_type.as_ref().map(|of| format!(" as {of}")).unwrap_or_default();
            let value = if parameter.location == Location::File { "file".to_owned() } else { value };
            ("part", format!("{name}: {value}{media_type}"))
        }
    }
}

fn in_query(name: &str, value: &str, parameter: &Parameter) -> String {
    match (parameter.style.shape, &parameter.ty) {
        (Shape::DeepObject, _) => format!("{name}[…]={value}"),
        (_, Type::List(_)) if parameter.style.explode => format!("{name}={value}&{name}=…"),
        _ => format!("{name}={value}"),
    }
}

/// The value in the parameter's style.
fn written(sent: Sketch<'_>, parameter: &Parameter) -> String {
    let element = match &parameter.ty {
        Type::List(inner) => inner,
        other => other,
    };
    let value = format!("{{{}}}", sent.word(element));
    let several = matches!(parameter.ty, Type::List(_)) && !parameter.style.explode;
    let value = match parameter.style.shape {
        Shape::SpaceDelimited if several => format!("{value}%20…"),
        Shape::PipeDelimited if several => format!("{value}|…"),
        _ if several => format!("{value},…"),
        Shape::Label => format!(".{value}"),
        Shape::Matrix => format!(";{}={value}", parameter.wire),
        Shape::Json => format!("{value} as JSON"),
        _ => value,
    };
    if parameter.style.reserved { format!("{value}, reserved characters as they are") } else { value }
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
