//! Renders what values have to meet beyond their types, as sentences.

use serde_json::{Map, Value};

use super::prose::code;
use crate::base::digits;
use crate::ir::constraint::{Constraint, Scope};

/// The maximum length in characters of a value in a sentence. A longer one is not shown.
const MAX_VALUE: usize = 200;

/// The keywords for the minimum and the maximum of a count, and what is counted.
const COUNTS: [(&str, &str, &str, &str); 3] = [
    ("minLength", "maxLength", "character", "characters"),
    ("minItems", "maxItems", "item", "items"),
    ("minProperties", "maxProperties", "property", "properties"),
];

/// Keywords that are part of the sentence of another keyword.
const PARTS: [&str; 8] = [
    "maxLength",
    "maxItems",
    "maxProperties",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minContains",
    "maxContains",
];

/// Returns a sentence for each constraint, separated by spaces.
pub(super) fn sentences(constraints: &[Constraint]) -> String {
    let all: Vec<_> = constraints.iter().filter_map(scoped).collect();
    all.join(" ")
}

/// Returns the constraints of which one list has to be met.
pub(super) fn alternatives(lists: &[Vec<Constraint>]) -> String {
    let mut all: Vec<_> = lists.iter().map(|list| sentences(list)).collect();
    all.dedup();
    // Without constraints, a branch allows everything that the others do.
    if all.iter().any(String::is_empty) { String::new() } else { all.join(" Or: ") }
}

/// Adds the sentences to docs as a paragraph.
pub(super) fn add(docs: &mut String, sentences: &str) {
    if !sentences.is_empty() {
        docs.push_str("\n\n");
        docs.push_str(sentences);
    }
}

fn scoped(constraint: &Constraint) -> Option<String> {
    let sentences = of_keywords(&constraint.keywords);
    if sentences.is_empty() {
        return None;
    }
    let text = sentences.join(" ");
    let scopes: Vec<_> = constraint.scope.iter().map(|scope| subject(*scope)).collect();
    Some(if scopes.is_empty() { text } else { format!("{}: {text}", capitalized(&scopes.join(", "))) })
}

fn subject(scope: Scope) -> String {
    match scope {
        Scope::Item => "each item".to_owned(),
        Scope::ItemAt(index) => format!("item {}", index + 1),
        Scope::Property => "each additional property".to_owned(),
        Scope::Branch => "in one case".to_owned(),
    }
}

fn of_keywords(keywords: &Map<String, Value>) -> Vec<String> {
    let mut sentences = Vec::new();
    for (least, most, one, several) in COUNTS {
        sentences.extend(count(keywords.get(least), keywords.get(most), one, several));
    }
    sentences.extend(bounds(keywords));
    let counts: Vec<_> = COUNTS.iter().map(|(least, ..)| *least).collect();
    let others = keywords.iter().filter(|(key, _)| {
        let key = key.as_str();
        !PARTS.contains(&key) && !counts.contains(&key) && key != "minimum"
    });
    sentences.extend(others.map(|(key, value)| sentence(key, value, keywords)));
    sentences
}

/// Returns the sentence of a keyword. A keyword without words of its own is shown as it is declared.
fn sentence(key: &str, value: &Value, keywords: &Map<String, Value>) -> String {
    match (key, value) {
        ("type", Value::String(ty)) => capitalized(&format!("{}.", with_article(ty))),
        ("enum", Value::Array(values)) => {
            let values: Vec<_> = values.iter().map(shown).collect();
            format!("One of {}.", values.join(", "))
        }
        ("pattern", value) => format!("Matches {}.", shown(value)),
        ("format", value) => format!("Format: {}.", shown(value)),
        ("contentEncoding", value) => format!("Encoded as {}.", shown(value)),
        ("contentMediaType", Value::Array(types)) => {
            let several = if types.len() == 1 { "the media type" } else { "one of the media types" };
            let types: Vec<_> =
                types.iter().filter_map(Value::as_str).map(|ty| format!("`{}`", code(ty))).collect();
            format!("Content of {several} {}.", types.join(", "))
        }
        ("contentMediaType", value) => format!("Content of the media type {}.", shown(value)),
        ("multipleOf", value) => format!("A multiple of {}.", shown(value)),
        ("explode", _) => "Properties are written as `name=value`.".to_owned(),
        ("uniqueItems", _) => "All items are different.".to_owned(),
        ("additionalProperties", _) => "No other properties are valid.".to_owned(),
        ("patternProperties", Value::Array(patterns)) => {
            let patterns: Vec<_> = patterns.iter().map(shown).collect();
            format!("Additional properties have names that match {}.", patterns.join(" or "))
        }
        ("patternProperties", Value::Object(patterns)) => {
            let sentences: Vec<_> = patterns
                .iter()
                .map(|(pattern, schema)| named(&Value::from(pattern.as_str()), schema))
                .collect();
            sentences.join(" ")
        }
        ("propertyNames", value) => format!("Names of properties match the schema {}.", shown(value)),
        ("unevaluatedItems", Value::Bool(_)) => "No other items are valid.".to_owned(),
        ("not", Value::Object(schema)) if schema.is_empty() => "No value is valid.".to_owned(),
        ("not", value) => format!("Values that match the schema {} are not valid.", shown(value)),
        ("contains", value) => contains(value, keywords),
        ("dependentRequired", Value::Object(entries)) => dependent_required(entries),
        ("anyOf", Value::Array(branches)) => format!("Requires {}.", required(branches)),
        ("oneOf", Value::Array(branches)) => format!("Requires either {}.", required(branches)),
        (key, value) => format!("Constraint: `{}`: {}.", code(key), shown(value)),
    }
}

/// Returns the sentence of a pattern that selects the schema of properties by their names.
fn named(pattern: &Value, schema: &Value) -> String {
    let subject = format!("Properties whose names match {}", shown(pattern));
    let (name, ty) = (schema.get("$ref").and_then(Value::as_str), schema.get("type").and_then(Value::as_str));
    match (name.and_then(|name| name.rsplit('/').next()), ty) {
        (Some(name), _) => format!("{subject} match the schema `{}`.", code(name)),
        (None, Some(ty)) => format!("{subject} have values of the type `{}`.", code(ty)),
        (None, None) => format!("{subject} have a schema of their own."),
    }
}

fn count(least: Option<&Value>, most: Option<&Value>, one: &str, several: &str) -> Option<String> {
    let unit = |number: &Value| if number.as_u64() == Some(1) { one } else { several };
    Some(match (least, most) {
        (Some(least), Some(most)) if least == most => format!("Exactly {least} {}.", unit(least)),
        (Some(least), Some(most)) => format!("{least} to {most} {}.", unit(most)),
        (Some(least), None) => format!("At least {least} {}.", unit(least)),
        (None, Some(most)) => format!("At most {most} {}.", unit(most)),
        (None, None) => return None,
    })
}

/// Returns the bounds of a number. OpenAPI 3.0 has flags that exclude a bound, JSON Schema has keywords.
fn bounds(keywords: &Map<String, Value>) -> Option<String> {
    let bound = |key: &str, exclusive: &str, words: [&str; 2]| {
        let flag = keywords.get(exclusive);
        let included = keywords.get(key).map(|number| {
            let excluded = flag == Some(&Value::Bool(true));
            format!("{} {}", words[usize::from(excluded)], shown(number))
        });
        let excluded = flag
            .filter(|flag| digits::is_number(flag))
            .map(|number| format!("{} {}", words[1], shown(number)));
        [included, excluded]
    };
    let bounds: Vec<_> = bound("minimum", "exclusiveMinimum", ["at least", "greater than"])
        .into_iter()
        .chain(bound("maximum", "exclusiveMaximum", ["at most", "less than"]))
        .flatten()
        .collect();
    (!bounds.is_empty()).then(|| capitalized(&format!("{}.", bounds.join(" and "))))
}

fn contains(schema: &Value, keywords: &Map<String, Value>) -> String {
    let (least, most) = (keywords.get("minContains"), keywords.get("maxContains"));
    let one = Value::from(1);
    let counted = count(Some(least.unwrap_or(&one)), most, "item", "items").unwrap_or_default();
    format!("{} match the schema {}.", counted.trim_end_matches('.'), shown(schema))
}

fn dependent_required(entries: &Map<String, Value>) -> String {
    let sentence = |(name, required): (&String, &Value)| {
        let names: Vec<_> = required.as_array().into_iter().flatten().map(shown).collect();
        format!("`{}` requires {}.", code(name), names.join(" and "))
    };
    let sentences: Vec<_> = entries.iter().map(sentence).collect();
    sentences.join(" ")
}

/// Returns the properties that each branch requires.
fn required(branches: &[Value]) -> String {
    let names = |branch: &Value| {
        let names: Vec<_> = branch.as_array().into_iter().flatten().map(shown).collect();
        names.join(" and ")
    };
    let branches: Vec<_> = branches.iter().map(names).collect();
    branches.join(", or ")
}

/// Returns a value as code.
fn shown(value: &Value) -> String {
    let string = value.as_str().filter(|_| !digits::is_number(value));
    let text = string.map_or_else(|| digits::json(value), str::to_owned);
    if text.is_empty() {
        return "the empty string".to_owned();
    }
    let text = code(&text);
    let is_long = text.chars().count() > MAX_VALUE;
    if is_long { "of the description".to_owned() } else { format!("`{text}`") }
}

fn with_article(ty: &str) -> String {
    let article = if ty.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {}", code(ty))
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{alternatives, sentences};
    use crate::ir::constraint::{Constraint, Scope};

    fn constraint(keywords: &Value) -> Constraint {
        Constraint { keywords: keywords.as_object().cloned().unwrap_or_default(), ..Constraint::default() }
    }

    fn said(keywords: &Value) -> String {
        sentences(&[constraint(keywords)])
    }

    #[test]
    fn bounds_and_counts_are_one_sentence_each() {
        assert_eq!(said(&json!({"minLength": 1})), "At least 1 character.");
        assert_eq!(said(&json!({"minItems": 2, "maxItems": 5})), "2 to 5 items.");
        assert_eq!(said(&json!({"minProperties": 3, "maxProperties": 3})), "Exactly 3 properties.");
        assert_eq!(said(&json!({"minimum": 0, "maximum": 10})), "At least `0` and at most `10`.");
        assert_eq!(said(&json!({"minimum": 0, "exclusiveMinimum": true})), "Greater than `0`.");
        assert_eq!(said(&json!({"exclusiveMaximum": 1.5})), "Less than `1.5`.");
    }

    #[test]
    fn properties_that_require_others_are_named() {
        assert_eq!(said(&json!({"dependentRequired": {"a": ["b", "c"]}})), "`a` requires `b` and `c`.");
        assert_eq!(said(&json!({"anyOf": [["a"], ["b", "c"]]})), "Requires `a`, or `b` and `c`.");
    }

    #[test]
    fn a_keyword_without_words_is_shown_as_declared() {
        assert_eq!(said(&json!({"new": {"a": 1}})), "Constraint: `new`: `{\"a\":1}`.");
    }

    #[test]
    fn text_of_the_description_stays_code() {
        assert_eq!(said(&json!({"pattern": "`a`\n<b>"})), "Matches `'a' <b>`.");
    }

    #[test]
    fn parts_of_a_value_are_named() {
        let scope = vec![Scope::Item, Scope::Property];
        let constraint = Constraint { scope, ..constraint(&json!({"maxLength": 5})) };
        assert_eq!(sentences(&[constraint]), "Each item, each additional property: At most 5 characters.");
    }

    #[test]
    fn a_variant_of_two_branches_meets_one_of_them() {
        let [short, exact] =
            [json!({"maxLength": 5}), json!({"minLength": 9})].map(|keywords| constraint(&keywords));
        let both = [vec![short.clone()], vec![exact]];
        assert_eq!(alternatives(&both), "At most 5 characters. Or: At least 9 characters.");
        assert_eq!(alternatives(&[vec![short], Vec::new()]), "");
    }
}
