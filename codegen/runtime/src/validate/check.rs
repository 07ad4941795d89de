//! Compares values with constraints.

use std::cmp::Ordering;
use std::collections::HashSet;

use serde_json::{Map, Value};

use super::limits::{Limit, Scope, read};
use super::number::Numeral;
use super::pattern::matches;
use super::violation::{Violation, Violations};
use crate::encode::text::to_vec;
use crate::encode::visit::{visit_items, visit_properties};
use crate::json::pointer::escape;
use crate::model::descriptor::ModelDescriptor;
use crate::model::node::{Node, View};
use crate::types::json_text::JsonText;

/// A value that can be checked against the constraints of its schema: models, and arrays and maps of them.
///
/// Only the constraints of types that requests contain are known, and only if the crate was generated with
/// `validate = true`. Constraints that depend on a choice between several schemas are not checked.
pub trait Validate {
    /// Checks the value.
    ///
    /// # Errors
    ///
    /// Returns all parts that don't match.
    fn validate(&self) -> Result<(), Violations>;
}

impl<T: Node> Validate for T {
    fn validate(&self) -> Result<(), Violations> {
        let node: &dyn Node = self;
        violations_of(node.full_view(), "")
    }
}

/// Checks a value against its own constraints, and those of the models in it.
pub(crate) fn violations_of(view: View<'_>, limits: &str) -> Result<(), Violations> {
    let mut checker = Checker::default();
    checker.limited(view, &read(limits));
    checker.models(view);
    if checker.found.is_empty() { Ok(()) } else { Err(Violations(checker.found)) }
}

/// Checks a value, and collects what doesn't match.
#[derive(Default)]
struct Checker {
    path: String,
    found: Vec<Violation>,
}

impl Checker {
    fn inside(&mut self, key: &str, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push('/');
        self.path.push_str(&escape(key));
        check(self);
        self.path.truncate(length);
    }

    fn fail(&mut self, keyword: &'static str, problem: String) {
        self.found.push(Violation { path: self.path.clone(), keyword, problem });
    }

    /// Checks the models in a value against the constraints of their types.
    fn models(&mut self, view: View<'_>) {
        if let View::Object(model) | View::Tagged(_, _, model) = view {
            self.model(model);
        }
        let mut index = 0;
        visit_items(view, &mut |item| {
            self.inside(&index.to_string(), |checker| checker.models(item));
            index += 1;
        });
        if !matches!(view, View::Free(_) | View::Any(_)) {
            visit_properties(view, &mut |key, value| self.inside(key, |checker| checker.models(value)));
        }
    }

    fn model(&mut self, model: &dyn Node) {
        let descriptor = model.model_descriptor();
        for (index, limits) in descriptor.limits {
            let limits = read(limits);
            if *index == ModelDescriptor::ITSELF {
                self.limited(View::Object(model), &limits);
                continue;
            }
            let index = usize::from(*index);
            match descriptor.names.get(index) {
                Some(name) => self.inside(name, |checker| checker.limited(model.view_at(index), &limits)),
                // The map of additional properties, whose keys are those of the model.
                None => self.limited(model.view_at(index), &limits),
            }
        }
    }

    /// Checks a value or parts of it.
    fn limited(&mut self, view: View<'_>, limits: &[Limit]) {
        for limit in limits {
            self.part(view, &limit.scope, &limit.keywords);
        }
    }

    fn part(&mut self, view: View<'_>, scope: &[Scope], keywords: &Map<String, Value>) {
        if matches!(view, View::Absent | View::Null | View::Missing | View::Any(Value::Null)) {
            return;
        }
        let Some((first, rest)) = scope.split_first() else { return self.value(view, keywords) };
        match first {
            Scope::Items | Scope::Item(_) => {
                let mut index = 0;
                visit_items(view, &mut |item| {
                    if *first == Scope::Items || *first == Scope::Item(index) {
                        self.inside(&index.to_string(), |checker| checker.part(item, rest, keywords));
                    }
                    index += 1;
                });
            }
            Scope::Properties => {
                if let View::Object(model) | View::Tagged(_, _, model) = view {
                    if let Some(additional) = model.additional() {
                        self.part(View::Map(additional), scope, keywords);
                    }
                    return;
                }
                visit_properties(view, &mut |key, value| {
                    self.inside(key, |checker| checker.part(value, rest, keywords));
                });
            }
        }
    }

    fn value(&mut self, view: View<'_>, keywords: &Map<String, Value>) {
        if let Some(number) = number(view) {
            return self.number(&number, keywords);
        }
        if let Some(text) = text(view) {
            return self.text(&text, keywords);
        }
        let mut items = Vec::new();
        if visit_items(view, &mut |item| items.push(to_vec(item).unwrap_or_default())) {
            return self.array(&items, keywords);
        }
        let mut count = 0;
        let is_object = visit_properties(view, &mut |_, value| {
            count += usize::from(!matches!(value, View::Absent));
        });
        if is_object {
            self.counted(count, keywords, ("minProperties", "maxProperties"), "property", "properties");
        }
    }

    fn number(&mut self, number: &Numeral, keywords: &Map<String, Value>) {
        let is_exclusive = |keyword: &str| keywords.get(keyword) == Some(&Value::Bool(true));
        for (keyword, value) in keywords {
            let Some(bound) = Numeral::of(value) else { continue };
            let order = number.compare(&bound);
            let (keyword, is_valid, words) = match keyword.as_str() {
                "minimum" if is_exclusive("exclusiveMinimum") => {
                    ("exclusiveMinimum", order == Some(Ordering::Greater), "greater than")
                }
                "maximum" if is_exclusive("exclusiveMaximum") => {
                    ("exclusiveMaximum", order == Some(Ordering::Less), "less than")
                }
                "minimum" => ("minimum", order != Some(Ordering::Less), "at least"),
                "maximum" => ("maximum", order != Some(Ordering::Greater), "at most"),
                "exclusiveMinimum" => ("exclusiveMinimum", order == Some(Ordering::Greater), "greater than"),
                "exclusiveMaximum" => ("exclusiveMaximum", order == Some(Ordering::Less), "less than"),
                "multipleOf" => ("multipleOf", number.is_multiple_of(&bound), "a multiple of"),
                _ => continue,
            };
            if !is_valid {
                self.fail(keyword, format!("must be {words} {}", bound.0));
            }
        }
    }

    fn text(&mut self, text: &str, keywords: &Map<String, Value>) {
        let count = text.chars().count();
        self.counted(count, keywords, ("minLength", "maxLength"), "character", "characters");
        if let Some(pattern) = keywords.get("pattern").and_then(Value::as_str)
            && !matches(pattern, text)
        {
            self.fail("pattern", format!("must match the pattern {pattern:?}"));
        }
    }

    fn array(&mut self, items: &[Vec<u8>], keywords: &Map<String, Value>) {
        self.counted(items.len(), keywords, ("minItems", "maxItems"), "item", "items");
        let is_unique = keywords.get("uniqueItems") == Some(&Value::Bool(true));
        if is_unique && items.iter().collect::<HashSet<_>>().len() < items.len() {
            self.fail("uniqueItems", "must not have two equal items".to_owned());
        }
    }

    fn counted(
        &mut self,
        count: usize,
        keywords: &Map<String, Value>,
        (min, max): (&'static str, &'static str),
        one: &str,
        several: &str,
    ) {
        let bound = |keyword: &str| usize::try_from(keywords.get(keyword)?.as_u64()?).ok();
        let noun = |bound: usize| if bound == 1 { one } else { several };
        if let Some(bound) = bound(min).filter(|bound| count < *bound) {
            self.fail(min, format!("must have at least {bound} {}", noun(bound)));
        }
        if let Some(bound) = bound(max).filter(|bound| count > *bound) {
            self.fail(max, format!("must have at most {bound} {}", noun(bound)));
        }
    }
}

/// Returns a number as text; `None` for other values.
fn number(view: View<'_>) -> Option<Numeral> {
    let text = match view {
        View::I64(value) => value.to_string(),
        View::U64(value) => value.to_string(),
        View::F64(value) => value.to_string(),
        View::Json(text) => JsonText::Other(text.into()).as_number()?.to_owned(),
        View::Any(value) => return Numeral::of(value),
        View::Custom(value) => value.json()?.as_number()?.to_owned(),
        _ => return None,
    };
    Some(Numeral(text))
}

/// Returns a string; `None` for other values.
fn text(view: View<'_>) -> Option<String> {
    match view {
        View::Str(text) => Some(text.to_owned()),
        View::Time(time) => Some(time.to_string()),
        View::Any(value) => value.as_str().map(str::to_owned),
        View::Custom(value) => value.json()?.as_str().map(str::to_owned),
        _ => None,
    }
}
