//! Generates numbers.

use rand::RngExt as _;
use serde_json::Value;

use super::generator::Generator;
use super::merged::Merged;

/// The usual width of the range of numbers.
const USUAL: i64 = 1_000;

/// Inclusive bounds of integers.
struct Bounds {
    least: Option<i64>,
    most: Option<i64>,
}

impl<'s> Generator<'s> {
    pub(super) fn integer(&mut self, merged: &Merged<'s>) -> Option<Value> {
        let bounds = integer_bounds(merged);
        let (least, most) = match (bounds.least, bounds.most) {
            (Some(least), Some(most)) => (least, most),
            (Some(least), None) => (least, least.saturating_add(USUAL)),
            (None, Some(most)) => (most.saturating_sub(USUAL), most),
            (None, None) => (0, USUAL),
        };
        if least > most {
            return None;
        }
        let step = merged.all("multipleOf").filter_map(Value::as_f64).fold(1.0, f64::max);
        let number = self.random.random_range(least..=most);
        if step <= 1.0 {
            return Some(number.into());
        }
        multiple(float(number), step, float(least), float(most)).map(whole)
    }

    pub(super) fn fraction(&mut self, merged: &Merged<'s>) -> Option<Value> {
        let bound = |keys: [&'static str; 2]| {
            keys.into_iter().flat_map(|key| merged.all(key)).filter_map(Value::as_f64).collect::<Vec<_>>()
        };
        let least = bound(["minimum", "exclusiveMinimum"]).into_iter().reduce(f64::max);
        let most = bound(["maximum", "exclusiveMaximum"]).into_iter().reduce(f64::min);
        let (least, most) = match (least, most) {
            (Some(least), Some(most)) => (least, most),
            (Some(least), None) => (least, least + 1_000.0),
            (None, Some(most)) => (most - 1_000.0, most),
            (None, None) => (0.0, 1_000.0),
        };
        if least > most || !(most - least).is_finite() {
            return None;
        }
        let number = if least < most { self.random.random_range(least..most) } else { least };
        let step = merged.all("multipleOf").filter_map(Value::as_f64).reduce(f64::max);
        if let Some(step) = step {
            return multiple(number, step, least, most).map(whole);
        }
        // Quarters have few digits, and no error of rounding.
        let parts = if self.wish.plain { 1.0 } else { 4.0 };
        let quarter = (number * parts).round() / parts;
        let is_inside = quarter > least && quarter < most;
        let number = if is_inside { quarter } else { number };
        if self.wish.plain {
            return Some(whole(number));
        }
        serde_json::Number::from_f64(number).map(Value::Number)
    }
}

/// Returns the bounds of integers, of their format and keywords.
fn integer_bounds(merged: &Merged<'_>) -> Bounds {
    let integers = |key: &'static str, round: fn(f64) -> f64| {
        let values = merged.all(key).filter_map(move |value| {
            value.as_i64().or_else(|| value.as_f64().map(round).and_then(integer_of))
        });
        values.collect::<Vec<_>>()
    };
    let mut least = integers("minimum", f64::ceil);
    least.extend(integers("exclusiveMinimum", f64::floor).into_iter().map(|value| value.saturating_add(1)));
    let mut most = integers("maximum", f64::floor);
    most.extend(integers("exclusiveMaximum", f64::ceil).into_iter().map(|value| value.saturating_sub(1)));
    let formats: Vec<_> = merged.all("format").filter_map(Value::as_str).collect();
    let range = |first: i64, last: i64| (Some(first), Some(last));
    let (first, last) = match formats.as_slice() {
        ["int8", ..] => range(-128, 127),
        ["uint8", ..] => range(0, 255),
        ["int16", ..] => range(-32_768, 32_767),
        ["uint16", ..] => range(0, 65_535),
        ["int32", ..] => range(i64::from(i32::MIN), i64::from(i32::MAX)),
        ["uint32", ..] => range(0, i64::from(u32::MAX)),
        _ => (None, None),
    };
    // The whole range of a format only matters where a keyword has another bound.
    let is_bounded = !least.is_empty() || !most.is_empty();
    least.extend(first.filter(|_| is_bounded));
    most.extend(last.filter(|_| is_bounded));
    let least = least.into_iter().max();
    let most = most.into_iter().min();
    match formats.first() {
        Some(&("int8" | "uint8")) if !is_bounded => Bounds { least: Some(0), most: Some(100) },
        _ => Bounds { least, most },
    }
}

/// Returns a multiple of a step near a number, within bounds.
fn multiple(number: f64, step: f64, least: f64, most: f64) -> Option<f64> {
    let near = (number / step).round() * step;
    let candidates =
        [near, near - step, near + step, (least / step).ceil() * step, (most / step).floor() * step];
    candidates
        .into_iter()
        .find(|candidate| *candidate >= least && *candidate <= most && candidate.is_finite())
}

/// Returns a number as an integer if it is one.
fn whole(number: f64) -> Value {
    integer_of(number).map_or_else(|| Value::from(number), Value::from)
}

#[expect(clippy::cast_precision_loss, reason = "the value only has to be near")]
fn float(number: i64) -> f64 {
    number as f64
}

/// Returns the integer that a number is equal to.
fn integer_of(number: f64) -> Option<i64> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is checked before")]
    (number.fract() == 0.0 && number.abs() <= LIMIT).then_some(number as i64)
}
