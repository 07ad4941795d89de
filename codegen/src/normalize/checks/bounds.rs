//! Keywords for a minimum and a maximum: the narrowest ones of all schemas that apply to a value.

use serde_json::Value;

use super::members::Member;
use crate::base::digits;

/// Keywords that limit the same measure of a value.
pub(super) struct Family {
    /// The types of the values that they apply to.
    pub(super) types: &'static [&'static str],
    lower: &'static [&'static str],
    upper: &'static [&'static str],
    /// Returns what is limited of a value; `None` if the keywords don't apply to it.
    measure: fn(&Value) -> Option<f64>,
}

/// All families. Each list has the keyword whose bound is valid, and then the one whose bound isn't.
pub(super) const FAMILIES: [Family; 4] = [
    Family {
        types: &["number", "integer"],
        lower: &["minimum", "exclusiveMinimum"],
        upper: &["maximum", "exclusiveMaximum"],
        measure: digits::nearest,
    },
    Family {
        types: &["string"],
        lower: &["minLength"],
        upper: &["maxLength"],
        measure: |value| {
            value.as_str().filter(|_| digits::is_string(value)).map(|text| count(text.chars().count()))
        },
    },
    Family {
        types: &["array"],
        lower: &["minItems"],
        upper: &["maxItems"],
        measure: |value| value.as_array().map(|items| count(items.len())),
    },
    Family {
        types: &["object"],
        lower: &["minProperties"],
        upper: &["maxProperties"],
        measure: |value| value.as_object().map(|entries| count(entries.len())),
    },
];

/// A bound, and the member that declares it.
pub(super) struct Bound<'m, 'v> {
    pub(super) member: &'m Member<'v>,
    pub(super) keyword: &'static str,
    declared: &'v Value,
    value: f64,
    is_exclusive: bool,
}

impl Bound<'_, '_> {
    /// Returns what the schema says.
    pub(super) fn text(&self) -> String {
        let mark =
            if self.is_exclusive && !self.keyword.starts_with("exclusive") { " (exclusive)" } else { "" };
        format!("`{}` is {}{mark}", self.keyword, digits::json(self.declared))
    }

    /// Returns whether no number is at least `self` and at most another bound.
    pub(super) fn excludes(&self, upper: &Self) -> bool {
        self.value > upper.value
            || (self.is_exclusive || upper.is_exclusive) && digits::same(self.declared, upper.declared)
    }
}

impl Family {
    /// Returns the greatest minimum and the least maximum.
    pub(super) fn narrowest<'m, 'v>(
        &self,
        members: &'m [Member<'v>],
    ) -> (Option<Bound<'m, 'v>>, Option<Bound<'m, 'v>>) {
        let all = |keywords: &'static [&'static str]| {
            members.iter().flat_map(move |member| declared(member, keywords))
        };
        let lower = all(self.lower).reduce(|known, new| {
            let is_narrower = new.value > known.value || new.value >= known.value && new.is_exclusive;
            if is_narrower { new } else { known }
        });
        let upper = all(self.upper).reduce(|known, new| {
            let is_narrower = new.value < known.value || new.value <= known.value && new.is_exclusive;
            if is_narrower { new } else { known }
        });
        (lower, upper)
    }

    /// Returns whether a value is below a minimum or above a maximum.
    pub(super) fn is_outside(&self, bound: &Bound<'_, '_>, value: &Value) -> bool {
        let Some(measure) = (self.measure)(value) else { return false };
        let is_lower = self.lower.contains(&bound.keyword);
        let (low, high) = if is_lower { (bound.value, measure) } else { (measure, bound.value) };
        low > high || bound.is_exclusive && digits::same(value, bound.declared)
    }
}

/// Returns the bounds that a schema declares by these keywords.
fn declared<'m, 'v>(
    member: &'m Member<'v>,
    keywords: &'static [&'static str],
) -> impl Iterator<Item = Bound<'m, 'v>> {
    let schema = member.schema;
    keywords.iter().enumerate().filter_map(move |(index, keyword)| {
        let declared = schema.get(*keyword)?;
        // In OpenAPI 3.0, the other keyword is a flag.
        let flag = keywords.get(1).and_then(|other| schema.get(*other));
        let is_exclusive = index == 1 || flag == Some(&Value::Bool(true));
        Some(Bound { member, keyword, declared, value: digits::nearest(declared)?, is_exclusive })
    })
}

#[expect(clippy::cast_precision_loss, reason = "no value in a description is that long")]
fn count(length: usize) -> f64 {
    length as f64
}
