//! The crate's `README.md`: a section that is made anew, in a file that is the user's.

use super::crates::{RUNTIME, Runtime};
use super::example::{credentials, quick_start};
use super::manifest::with_ends_of;
use crate::ir::{SchemeKind, SecurityScheme, TypeShape};
use crate::output::run::Output;
use crate::render::features::Features;
use crate::render::prose::{code, one_line, prose};

const TEMPLATE: &str = include_str!("readme.md");
/// What stands around the section.
const BEGIN: &str =
    "<!-- clientwright: what stands from here to the end mark is made anew; all else is yours -->";
const END: &str = "<!-- clientwright: end -->";
/// Most characters of a description's first paragraph that the head of the read-me takes.
const LEAD: usize = 1_000;
/// Heading levels by which the description's own are lowered, to stand below the read-me's.
const LOWERED: &str = "##";

/// What the read-me says of the package.
pub(super) struct Facts<'a> {
    pub(super) name: &'a str,
    pub(super) origin: &'a str,
    pub(super) runtime: &'a Runtime,
}

/// The read-me with its section made anew; none where the user has taken the marks out.
pub(super) fn merged(facts: &Facts<'_>, output: &Output, existing: Option<&str>) -> Option<String> {
    let section = || format!("{BEGIN}\n\n{}\n{END}", guarded(&section(facts, output)));
    let Some(existing) = existing else { return Some(format!("{}\n", section())) };
    let (before, rest) = existing.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(with_ends_of(existing, format!("{before}{}{after}", section())))
}

/// Whether a read-me has one of the two marks, so that its section can't be told.
#[must_use]
pub fn has_one_mark(text: &str) -> bool {
    text.contains(BEGIN) != text.contains(END)
}

fn section(facts: &Facts<'_>, output: &Output) -> String {
    let description = output.api.docs.as_str();
    let lead = lead(description);
    let rest = if lead.len() == description.trim().len() { "" } else { description };
    let in_code = facts.name.replace('-', "_");
    fill(
        TEMPLATE,
        &[
            ("name", facts.name),
            ("code", &in_code),
            ("lead", &prose(if lead.is_empty() { &output.api.title } else { lead })),
            ("counts", &counts(facts, output)),
            ("start", &quick_start(&in_code, output)),
            ("authentication", &authentication(output)),
            ("features", &features(output)),
            ("skipped", &skipped(output)),
            ("about", &about(output, rest)),
            ("runtime", &runtime(facts.runtime)),
        ],
    )
}

/// Text of the description, in which nothing is a mark of the section's.
fn guarded(text: &str) -> String {
    text.replace("<!--", "<! --")
}

fn runtime(runtime: &Runtime) -> String {
    match runtime {
        Runtime::Path(path) => format!("`{RUNTIME}`, in `{}`", code(path)),
        Runtime::Version(_) => format!("`{RUNTIME}`"),
    }
}

/// The features beside the client's, as rows of a table and what they are for.
fn features(output: &Output) -> String {
    let export =
        "| `export` | yes | pages one after the other, with checkpoints, and waiting for background work |\n";
    let mut text = if output.api.is_paged() { export.to_owned() } else { String::new() };
    let features = Features::new(&output.api);
    let all: Vec<_> = features.all().into_iter().map(|name| format!("`{name}`")).collect();
    if let [first, ..] = all.as_slice() {
        text.push_str(
            "| one for each module of endpoints | yes | its functions, and the models that they need |\n\n",
        );
        text.push_str(&format!(
            "What isn't asked for isn't compiled: with `default-features = false, features = [\"client\", \"{}\"]` the \
             crate builds faster. The features of endpoints are {}.\n",
            first.trim_matches('`'),
            all.join(", ")
        ));
    }
    text
}

/// The description's first paragraph, if it is one and not too long.
fn lead(description: &str) -> &str {
    let paragraph = description.trim().split("\n\n").next().unwrap_or_default().trim();
    let plain = !paragraph.starts_with(['#', '|', '-', '*', '<', '`', '~', '>']) && paragraph.len() <= LEAD;
    if plain { paragraph } else { "" }
}

fn counts(facts: &Facts<'_>, output: &Output) -> String {
    let api = &output.api;
    let count = |wanted: fn(&TypeShape) -> bool| api.types.iter().filter(|def| wanted(&def.shape)).count();
    let version = one_line(&api.version);
    let version = if version.is_empty() { String::new() } else { format!(", version `{}`", code(&version)) };
    format!(
        "A typed client for {}{version}: {} operations, {} models, {} enums and {} unions, generated from `{}`.",
        prose(&one_line(&api.title)),
        api.operations().count(),
        count(|shape| matches!(shape, TypeShape::Model(_))),
        count(|shape| matches!(shape, TypeShape::OpenEnum(_))),
        count(|shape| matches!(shape, TypeShape::Union { .. })),
        code(&one_line(facts.origin)),
    )
}

/// The security schemes that the description declares.
fn authentication(output: &Output) -> String {
    let rows: Vec<_> = output.api.access.schemes.iter().map(row).collect();
    if rows.is_empty() {
        return "The description declares no way to authenticate.".to_owned();
    }
    format!("The description declares:\n\n{}", rows.join("\n"))
}

fn row(scheme: &SecurityScheme) -> String {
    let name = |name: &str| code(&one_line(name));
    let kind = match &scheme.kind {
        SchemeKind::Basic { .. } => "HTTP `basic`".to_owned(),
        SchemeKind::Bearer => "HTTP `bearer`".to_owned(),
        SchemeKind::Http(scheme) => format!("HTTP `{}`", name(scheme)),
        SchemeKind::Header(header) => format!("an API key in the header `{}`", name(header)),
        SchemeKind::Query(parameter) => format!("an API key in the query parameter `{}`", name(parameter)),
        SchemeKind::Cookie(cookie) => format!("an API key in the cookie `{}`", name(cookie)),
        SchemeKind::OAuth2 => "OAuth 2".to_owned(),
        SchemeKind::OpenIdConnect => "OpenID Connect".to_owned(),
    };
    let docs = prose(&one_line(&scheme.docs));
    let docs = if docs.is_empty() || docs.contains('\n') { String::new() } else { format!(". {docs}") };
    format!("- `{}`: {kind}{docs} (`{}`)", name(&scheme.name), credentials(scheme))
}

fn skipped(output: &Output) -> String {
    let skipped = &output.api.skipped;
    if skipped.is_empty() {
        return "Nothing: all that the description declares is in this crate.".to_owned();
    }
    let rows: Vec<_> = skipped
        .iter()
        .map(|skipped| {
            format!("- `{}`: {}", code(&skipped.pointer.to_string()), prose(&one_line(&skipped.reason)))
        })
        .collect();
    format!("By the place in the description, and why:\n\n{}", rows.join("\n"))
}

/// The whole description, under headings of its own.
fn about(output: &Output, description: &str) -> String {
    let text = prose(description);
    if text.is_empty() {
        return String::new();
    }
    let title = prose(&one_line(&output.api.title)).replace('\n', " ");
    format!("\n## About {title}\n\n{}\n", lowered(&text))
}

/// Headings moved below those of the read-me; code is left as it is.
fn lowered(markdown: &str) -> String {
    let mut fence: Option<String> = None;
    let lines = markdown.lines().map(|line| {
        let bare = line.trim_start();
        match &fence {
            Some(marks) if bare.starts_with(marks.as_str()) => fence = None,
            Some(_) => {}
            None => {
                let marks: String = bare.chars().take_while(|c| *c == '`').collect();
                if marks.len() >= 3 {
                    fence = Some(marks);
                } else if line.starts_with('#') {
                    let level = line.len() - line.trim_start_matches('#').len();
                    return format!("{}{line}", &LOWERED[..LOWERED.len().min(6_usize.saturating_sub(level))]);
                }
            }
        }
        line.to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Puts texts into the template, once: a `{{name}}` in a text stays what it is.
fn fill(template: &str, texts: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, (name, behind))) =
        rest.split_once("{{").and_then(|(before, behind)| Some((before, behind.split_once("}}")?)))
    {
        out.push_str(before);
        out.extend(texts.iter().filter(|(known, _)| *known == name).map(|(_, text)| *text));
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{fill, lead, lowered};

    #[test]
    fn texts_are_put_in_once() {
        assert_eq!(fill("a {{x}} {{y}}.", &[("x", "{{y}}"), ("y", "b")]), "a {{y}} b.");
    }

    #[test]
    fn headings_move_down_outside_code() {
        assert_eq!(lowered("# A\n```text\n# b\n```\n###### C"), "### A\n```text\n# b\n```\n###### C");
    }

    #[test]
    fn the_lead_is_a_paragraph() {
        assert_eq!(lead("One.\nTwo.\n\nThree."), "One.\nTwo.");
        assert_eq!(lead("# Heading\n\nText."), "");
    }
}
