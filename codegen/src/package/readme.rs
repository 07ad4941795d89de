//! The crate's `README.md` and the docs of its root.

use serde_json::Value;

use super::access::Access;
use super::{Package, example};
use crate::ir::TypeShape;
use crate::output::run::Output;
use crate::render::features::Features;
use crate::render::prose::{code, prose, visible};

const TEMPLATE: &str = include_str!("readme.md");
/// Most characters of a description's first paragraph that the head of the read-me takes.
const LEAD: usize = 1_000;
/// Most characters of a title.
const TITLE: usize = 120;
/// Heading levels by which the description's own are lowered, to stand below the read-me's.
const LOWERED: &str = "##";

pub(super) fn readme(package: &Package, output: &Output, license: Option<&str>) -> String {
    let description = description(output);
    let lead = lead(description);
    let rest = if lead.len() == description.trim().len() { "" } else { description };
    fill(
        TEMPLATE,
        &[
            ("name", package.name.as_str()),
            ("code", &package.name.in_code()),
            ("core", &package.name.core()),
            ("lead", &prose(if lead.is_empty() { &output.api.title } else { lead })),
            ("counts", &counts(package, output)),
            ("start", &example::quick_start(package, output)),
            ("authentication", &authentication(output)),
            ("features", &features(output)),
            ("skipped", &skipped(output)),
            ("about", &about(output, rest)),
            ("license", &licence(license)),
        ],
    )
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

/// The docs of the crate's root: the read-me, which its example belongs to.
pub(super) fn crate_docs(output: &Output) -> String {
    let title = format!("Typed client for {}.", code(&one_line(&output.api.title)));
    format!(
        "#![cfg_attr(feature = \"client\", doc = include_str!(\"../README.md\"))]\n\
         #![cfg_attr(not(feature = \"client\"), doc = {title:?})]\n{}",
        scripts(output)
    )
}

/// The docs of the runtime's root.
pub(super) fn core_docs(package: &Package, output: &Output) -> String {
    format!(
        "//! Runtime of `{}`, which has all of this under its own name: depend on that.\n{}",
        package.name.as_str(),
        scripts(output)
    )
}

fn scripts(output: &Output) -> &'static str {
    if output.files.iter().all(|file| file.text.is_ascii()) { "" } else { ANY_SCRIPT }
}

/// Names of all scripts are taken over, those without capitals too.
const ANY_SCRIPT: &str = "\
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals, reason = \"not every script has capitals\")]
#![allow(
    confusable_idents,
    mixed_script_confusables,
    uncommon_codepoints,
    reason = \"the description decides how its names are spelt\"
)]
";

/// A title as one line that a reader can see.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    visible(&words.join(" ")).chars().take(TITLE).collect()
}

fn description(output: &Output) -> &str {
    output.patched.pointer("/info/description").and_then(Value::as_str).unwrap_or_default()
}

/// The description's first paragraph, if it is one and not too long.
fn lead(description: &str) -> &str {
    let paragraph = description.trim().split("\n\n").next().unwrap_or_default().trim();
    let plain = !paragraph.starts_with(['#', '|', '-', '*', '<', '`', '~', '>']) && paragraph.len() <= LEAD;
    if plain { paragraph } else { "" }
}

fn counts(package: &Package, output: &Output) -> String {
    let api = &output.api;
    let count = |wanted: fn(&TypeShape) -> bool| api.types.iter().filter(|def| wanted(&def.shape)).count();
    let version = output.patched.pointer("/info/version").and_then(Value::as_str).unwrap_or_default();
    let version = if version.is_empty() { String::new() } else { format!(", version `{}`", code(version)) };
    format!(
        "A typed client for {}{version}: {} operations, {} models, {} enums and {} unions, generated from `{}`.",
        prose(&one_line(&api.title)),
        api.operations().count(),
        count(|shape| matches!(shape, TypeShape::Model(_))),
        count(|shape| matches!(shape, TypeShape::OpenEnum(_))),
        count(|shape| matches!(shape, TypeShape::Union { .. })),
        code(&one_line(&package.origin)),
    )
}

/// The security schemes that the description declares.
fn authentication(output: &Output) -> String {
    let schemes = output.patched.pointer("/components/securitySchemes").and_then(Value::as_object);
    let access = Access::new(output);
    let row = |(name, scheme): (&String, &Value)| {
        format!("{} (`{}`)", row(name, scheme), access.credentials(name, scheme))
    };
    let rows: Vec<_> = schemes.into_iter().flatten().map(row).collect();
    if rows.is_empty() {
        return "The description declares no way to authenticate.".to_owned();
    }
    format!(
        "The description declares:\n\n{}\n\n`Auth` takes credentials; for keys, the module `access` says where each goes.",
        rows.join("\n")
    )
}

fn row(name: &str, scheme: &Value) -> String {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    let kind = match text("type") {
        "http" => format!("HTTP `{}`", code(&one_line(text("scheme")))),
        "apiKey" => format!("an API key in the {} `{}`", place(text("in")), code(&one_line(text("name")))),
        "oauth2" => "OAuth 2".to_owned(),
        "openIdConnect" => "OpenID Connect".to_owned(),
        other => format!("`{}`", code(&one_line(other))),
    };
    let docs = prose(&one_line(text("description")));
    let docs = if docs.is_empty() || docs.contains('\n') { String::new() } else { format!(". {docs}") };
    format!("- `{}`: {kind}{docs}", code(&one_line(name)))
}

fn place(location: &str) -> &'static str {
    match location {
        "query" => "query parameter",
        "cookie" => "cookie",
        _ => "header",
    }
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

fn licence(license: Option<&str>) -> String {
    let runtime = "What is emitted (`src/endpoints` and `src/models`) is made from the description, and as free as that";
    match license {
        Some(license) => {
            format!("The runtime, in `core`, is licensed under {license}. {runtime}.")
        }
        None => format!("{runtime}."),
    }
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
