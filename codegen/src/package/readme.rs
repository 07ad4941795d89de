//! The crate's `README.md`: a generated section in a file that the user may edit.

use super::crates::{RUNTIME, Runtime};
use super::example::{credentials, quick_start};
use super::manifest::with_ends_of;
use super::webhooks::webhooks;
use crate::ir::{SchemeKind, SecurityScheme, TypeKind};
use crate::output::generator_output::Output;
use crate::render::doc::scheme_facts;
use crate::render::features::Features;
use crate::render::markup::composed;
use crate::render::prose::{code, one_line, phrase, prose};

const TEMPLATE: &str = include_str!("readme.md");
/// What callers do beside sending a request, with examples.
pub const RECIPES: &str = include_str!("../../RECIPES.md");
/// What OpenAPI and the standards that it refers to require of a client, and no generated client does: a list in
/// Markdown.
pub const LIMITS: &str = include_str!("limits.md");
/// The markers around the section.
const BEGIN: &str =
    "<!-- clientwright: everything up to the end marker is generated; the rest of this file is yours -->";
const END: &str = "<!-- clientwright: end -->";
/// The maximum length of the description's first paragraph for the README's introduction, in bytes.
const MAX_LEAD: usize = 1_000;
/// The prefix that moves the description's headings below the README's.
const LOWERED: &str = "##";

/// The facts about the package that the README states.
pub(super) struct Facts<'a> {
    pub(super) name: &'a str,
    pub(super) origin: &'a str,
    pub(super) runtime: &'a Runtime,
}

/// Returns the README with a new section; `None` if the user has removed the markers.
pub(super) fn merged(facts: &Facts<'_>, output: &Output, existing: Option<&str>) -> Option<String> {
    let section = || format!("{BEGIN}\n\n{}\n{END}", guarded(&section(facts, output)));
    let Some(existing) = existing else { return Some(format!("{}\n", section())) };
    let (before, rest) = existing.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(with_ends_of(existing, format!("{before}{}{after}", section())))
}

/// Returns whether a README has only one of the two markers, so that the extent of the section is unknown.
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
            ("lead", &composed(prose(if lead.is_empty() { &output.api.title } else { lead }))),
            ("counts", &composed(counts(facts, output))),
            ("start", &quick_start(&in_code, output)),
            ("authentication", &composed(authentication(output))),
            ("webhooks", &webhooks(&in_code, output)),
            ("features", &features(output)),
            ("skipped", &composed(skipped(output))),
            ("limits", LIMITS),
            ("recipes", RECIPES.trim_end()),
            ("about", &about(output, rest)),
            ("runtime", &runtime(facts.runtime)),
        ],
    )
}

/// Changes comments in text of the description, so that none is a marker.
fn guarded(text: &str) -> String {
    text.replace("<!--", "<! --")
}

fn runtime(runtime: &Runtime) -> String {
    match runtime {
        Runtime::Path(path) => format!("`{RUNTIME}`, in `{}`", code(path)),
        Runtime::Version(_) => format!("`{RUNTIME}`"),
    }
}

/// Returns the table rows for the features beyond `client` and `blocking`, and a paragraph about endpoint features.
fn features(output: &Output) -> String {
    let export = "| `export` | yes | exports of paginated operations, with checkpoints, and waiting for background jobs |\n";
    let mut text = if output.api.is_paged() { export.to_owned() } else { String::new() };
    if output.api.webhooks.module.is_some() {
        text.push_str("| `signatures` | no | verifiers for the signatures of webhooks |\n");
    }
    let features = Features::new(&output.api);
    let all: Vec<_> = features.all().into_iter().map(|name| format!("`{name}`")).collect();
    if let [first, ..] = all.as_slice() {
        text.push_str(
            "| one for each endpoint module | yes | its functions, and the models that they use |\n\n",
        );
        text.push_str(&format!(
            "For a faster build, enable only the features that you use: `default-features = false, \
             features = [\"client\", \"{}\"]`. The features of the endpoint modules are {}.\n",
            first.trim_matches('`'),
            all.join(", ")
        ));
    }
    text
}

/// Returns the description's first paragraph; empty if it isn't plain text or is too long.
fn lead(description: &str) -> &str {
    let paragraph = description.trim().split("\n\n").next().unwrap_or_default().trim();
    let plain =
        !paragraph.starts_with(['#', '|', '-', '*', '<', '`', '~', '>']) && paragraph.len() <= MAX_LEAD;
    if plain { paragraph } else { "" }
}

fn counts(facts: &Facts<'_>, output: &Output) -> String {
    let api = &output.api;
    let count = |wanted: fn(&TypeKind) -> bool| api.types.iter().filter(|def| wanted(&def.kind)).count();
    let version = one_line(&api.version);
    let version = if version.is_empty() { String::new() } else { format!(", version `{}`", code(&version)) };
    format!(
        "A typed client for {}{version}: {} operations, {} models, {} enums and {} unions, generated from `{}`.",
        phrase(&api.title),
        api.operations().count(),
        count(|shape| matches!(shape, TypeKind::Model(_))),
        count(|shape| matches!(shape, TypeKind::OpenEnum { .. })),
        count(|shape| matches!(shape, TypeKind::Union { .. } | TypeKind::ByStatus(_))),
        code(&one_line(facts.origin)),
    )
}

/// Returns the list of security schemes.
fn authentication(output: &Output) -> String {
    let rows: Vec<_> = output.api.access.schemes.iter().map(row).collect();
    if rows.is_empty() {
        return "The description declares no security schemes.".to_owned();
    }
    format!("The description declares these security schemes:\n\n{}", rows.join("\n"))
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
    let facts = scheme_facts(&scheme.facts).replace('\n', "\n  ");
    let facts = facts.trim_start_matches(['\n', ' ']);
    let facts = if facts.is_empty() { String::new() } else { format!("\n  {facts}") };
    format!("- `{}`: {kind}{docs} (`{}`){facts}", name(&scheme.name), credentials(scheme))
}

fn skipped(output: &Output) -> String {
    let skipped = output.skipped();
    if skipped.is_empty() {
        return "None. The crate contains everything that the description declares.".to_owned();
    }
    let rows: Vec<_> = skipped
        .iter()
        .map(|skipped| format!("- `{}`: {}", code(&skipped.pointer.to_string()), phrase(&skipped.reason)))
        .collect();
    format!("Their locations in the description, with reasons:\n\n{}", rows.join("\n"))
}

/// Returns the full text of the description, with its headings.
fn about(output: &Output, description: &str) -> String {
    let text = prose(description);
    if text.is_empty() {
        return String::new();
    }
    let title = phrase(&output.api.title);
    format!("\n{}\n", composed(format!("## About {title}\n\n{}", lowered(&text))))
}

/// Moves headings below those of the README. Code is not changed.
fn lowered(markdown: &str) -> String {
    let mut fence: Option<String> = None;
    let lines = markdown.lines().map(|line| {
        let bare = line.trim_start();
        match &fence {
            Some(marks) if bare.starts_with(marks.as_str()) => fence = None,
            Some(_) => {}
            None => {
                let mark = bare.chars().next().filter(|c| matches!(c, '`' | '~'));
                let marks: String = bare.chars().take_while(|c| Some(*c) == mark).collect();
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

/// Replaces each `{{name}}` in the template. A `{{name}}` in a replacement is not replaced.
fn fill(template: &str, texts: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, (name, after))) =
        rest.split_once("{{").and_then(|(before, after)| Some((before, after.split_once("}}")?)))
    {
        out.push_str(before);
        out.extend(texts.iter().filter(|(known, _)| *known == name).map(|(_, text)| *text));
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{fill, lead, lowered};

    #[test]
    fn replacements_are_not_replaced_again() {
        assert_eq!(fill("a {{x}} {{y}}.", &[("x", "{{y}}"), ("y", "b")]), "a {{y}} b.");
    }

    #[test]
    fn headings_are_lowered_outside_code() {
        assert_eq!(lowered("# A\n```text\n# b\n```\n###### C"), "### A\n```text\n# b\n```\n###### C");
    }

    #[test]
    fn the_lead_is_the_first_paragraph() {
        assert_eq!(lead("One.\nTwo.\n\nThree."), "One.\nTwo.");
        assert_eq!(lead("# Heading\n\nText."), "");
    }
}
