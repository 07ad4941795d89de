//! Numbers with all of their digits.
//!
//! A tree holds 64-bit integers and `f64`. In place of a number that it can't hold as it is written, the normalized tree
//! and the IR have a string: a control character, which YAML doesn't allow, and the number.

use std::collections::HashSet;

use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Number, Value};

/// Begins the string for a number.
const MARK: char = '\u{1}';

/// Returns the value for a number as it is written.
pub(crate) fn marked(written: &str) -> Value {
    Value::String(format!("{MARK}{written}"))
}

/// Returns a number as it is written, if the tree can't hold it so.
pub(crate) fn written(value: &Value) -> Option<&str> {
    value.as_str()?.strip_prefix(MARK).filter(|written| json_number(written).is_some())
}

/// Returns whether a value is a number that the tree can't hold, or contains one.
pub(crate) fn is_beyond_tree(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(is_beyond_tree),
        Value::Object(entries) => entries.values().any(is_beyond_tree),
        value => written(value).is_some_and(|written| equal(written).is_none()),
    }
}

/// Returns whether a value is a number.
pub(crate) fn is_number(value: &Value) -> bool {
    value.is_number() || written(value).is_some()
}

/// Returns whether a value is a string.
pub(crate) fn is_string(value: &Value) -> bool {
    value.is_string() && written(value).is_none()
}

/// Returns whether a value is a number without a fraction.
pub(crate) fn is_integer(value: &Value) -> bool {
    match written(value) {
        Some(written) => Decimal::of(written).is_some_and(|decimal| decimal.exponent >= 0),
        None => value.as_f64().is_some_and(|number| number.fract() == 0.0),
    }
}

/// Returns the `f64` nearest to a number.
pub(crate) fn nearest(value: &Value) -> Option<f64> {
    match written(value) {
        Some(written) => json_number(written)?.parse().ok(),
        None => value.as_f64(),
    }
}

/// Returns the number that is equal to one that the tree can't hold as it is written, if it can hold that.
pub(crate) fn equal(written: &str) -> Option<Number> {
    let decimal = Decimal::of(written)?;
    decimal.integer().or_else(|| {
        let number = Number::from_f64(json_number(written)?.parse().ok()?)?;
        (Decimal::of(&number.to_string())? == decimal).then_some(number)
    })
}

/// Returns whether two values are equal as in JSON Schema: 1 and 1.0 are.
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    one == other || Decimal::of_value(one).is_some_and(|one| Decimal::of_value(other) == Some(one))
}

/// Returns whether one of the values is equal to another one.
pub(crate) fn contains(values: &[Value], value: &Value) -> bool {
    values.iter().any(|known| same(known, value))
}

/// Values to compare many others with, by the rule of [`same`].
pub(crate) struct ValueSet<'v> {
    values: HashSet<&'v Value>,
    numbers: HashSet<Decimal>,
}

impl<'v> ValueSet<'v> {
    pub(crate) fn of(values: &'v [Value]) -> Self {
        let numbers = values.iter().filter_map(Decimal::of_value).collect();
        Self { values: values.iter().collect(), numbers }
    }

    pub(crate) fn contains(&self, value: &Value) -> bool {
        self.values.contains(value)
            || Decimal::of_value(value).is_some_and(|number| self.numbers.contains(&number))
    }
}

/// Returns a value as JSON, with all digits of its numbers.
pub(crate) fn json(value: &Value) -> String {
    serde_json::to_string(&WithDigits(value)).unwrap_or_default()
}

/// Returns a value as JSON on several lines, with all digits of its numbers.
pub(crate) fn pretty_json(value: &Value) -> String {
    serde_json::to_string_pretty(&WithDigits(value)).unwrap_or_default()
}

struct WithDigits<'v>(&'v Value);

impl Serialize for WithDigits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Array(items) => {
                let mut array = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| array.serialize_element(&WithDigits(item)))?;
                array.end()
            }
            Value::Object(entries) => {
                let mut object = serializer.serialize_map(Some(entries.len()))?;
                entries
                    .iter()
                    .try_for_each(|(key, value)| object.serialize_entry(key, &WithDigits(value)))?;
                object.end()
            }
            value => match written(value).and_then(json_number).map(RawValue::from_string) {
                Some(Ok(number)) => number.serialize(serializer),
                _ => value.serialize(serializer),
            },
        }
    }
}

/// Returns a number of YAML or JSON as JSON, with the digits as they are written; `None` for another text.
pub(crate) fn json_number(written: &str) -> Option<String> {
    if let Some(integer) = of_radix(written) {
        return Some(integer.to_string());
    }
    let (sign, unsigned) = match written.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", written.strip_prefix('+').unwrap_or(written)),
    };
    let end = unsigned.find(['e', 'E']).unwrap_or(unsigned.len());
    let (mantissa, exponent) = unsigned.split_at(end);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.get(1..).map(|power| power.strip_prefix(['-', '+']).unwrap_or(power));
    let is_number = !(whole.is_empty() && fraction.is_empty())
        && is_digits(whole)
        && is_digits(fraction)
        && power.is_none_or(|power| !power.is_empty() && is_digits(power));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    is_number.then(|| format!("{sign}{whole}{point}{fraction}{exponent}"))
}

/// Returns an octal or hexadecimal integer of YAML.
fn of_radix(written: &str) -> Option<u128> {
    let (digits, radix) = match written.strip_prefix("0o") {
        Some(digits) => (digits, 8),
        None => (written.strip_prefix("0x")?, 16),
    };
    u128::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))
}

/// A number as its digits, without zeros at both ends, and the power of ten of the last one.
#[derive(PartialEq, Eq, Hash)]
struct Decimal {
    is_negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn of_value(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Self::of(&number.to_string()),
            value => Self::of(written(value)?),
        }
    }

    fn of(written: &str) -> Option<Self> {
        /// Beyond all lengths of texts.
        const FAR: i64 = i64::MAX / 4;
        let number = json_number(written)?;
        let unsigned = number.trim_start_matches('-');
        let (mantissa, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let upper = all.trim_end_matches('0');
        let digits = upper.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { is_negative: false, digits, exponent: 0 });
        }
        let far = if power.starts_with('-') { -FAR } else { FAR };
        let power = power.parse::<i64>().map_or(far, |power| power.clamp(-FAR, FAR));
        let moved = i64::try_from(all.len() - upper.len()).ok()? - i64::try_from(fraction.len()).ok()?;
        Some(Self { is_negative: number.starts_with('-'), digits, exponent: power.checked_add(moved)? })
    }

    /// Returns the number as an integer of 64 bits.
    fn integer(&self) -> Option<Number> {
        /// The number of digits of `u64::MAX`.
        const MOST: usize = 20;
        let zeros = usize::try_from(self.exponent).ok().filter(|zeros| *zeros <= MOST)?;
        let sign = if self.is_negative { "-" } else { "" };
        let text = format!("{sign}{}{}", self.digits, "0".repeat(zeros));
        let text = if self.digits.is_empty() { "0" } else { text.as_str() };
        text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from)).ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{equal, is_integer, json, json_number, marked, nearest, same, written};

    #[test]
    fn numbers_of_yaml_become_numbers_of_json() {
        for (written, expected) in [
            ("1.50", "1.50"),
            ("+1e400", "1e400"),
            ("-.5", "-0.5"),
            ("007", "7"),
            ("1.E-3", "1E-3"),
            ("-00.10", "-0.10"),
            ("0x1FFFFFFFFFFFFFFFF", "36893488147419103231"),
            ("0o17", "15"),
        ] {
            assert_eq!(json_number(written).as_deref(), Some(expected));
        }
        for text in ["", ".", "-", "e5", "1e", "1e+", "1-2", "0x", "0x+1", "1.2.3", "1_000", "inf", "--1"] {
            assert_eq!(json_number(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_compared_by_their_values() {
        for (one, other) in [("1.50", "15e-1"), ("1e400", "10E399"), ("-0", "0.0"), ("0x10", "16")] {
            assert!(same(&marked(one), &marked(other)), "{one} {other}");
        }
        assert!(
            same(&marked("1e2"), &json!(100))
                && same(&json!(1.0), &json!(1))
                && same(&json!("a"), &json!("a"))
        );
        for (one, other) in [
            ("1e400", "1e401"),
            ("9007199254740993.0", "9007199254740992.0"),
            ("1e999999999999999999999", "1e400"),
        ] {
            assert!(!same(&marked(one), &marked(other)), "{one} {other}");
        }
        assert!(!same(&json!("1"), &json!(1)));
    }

    #[test]
    fn numbers_that_a_tree_can_hold_are_found() {
        let equal = |written: &str| equal(written).map(Value::Number);
        assert_eq!(equal("1e3"), Some(json!(1000)));
        assert_eq!(equal("1.50"), Some(json!(1.5)));
        assert_eq!(equal("9007199254740993.0"), Some(json!(9_007_199_254_740_993_i64)));
        assert_eq!(equal("18446744073709551615.00"), Some(json!(u64::MAX)));
        assert_eq!(equal("-0.0"), Some(json!(0)));
        for far in
            ["1e400", "18446744073709551616", "-9223372036854775809", "0.12345678901234567890123", "1e-400"]
        {
            assert_eq!(equal(far), None, "{far}");
        }
        assert!(is_integer(&marked("1e400")) && !is_integer(&marked("1e-400")) && !is_integer(&json!("1")));
        assert_eq!((nearest(&marked("1e-400")), nearest(&json!("1"))), (Some(0.0), None));
    }

    #[test]
    fn all_digits_are_written() {
        let value = json!({"a": [marked("+1.10"), "x", 1.0, null], "b": marked("no number")});
        assert_eq!(json(&value), r#"{"a":[1.10,"x",1.0,null],"b":"\u0001no number"}"#);
        assert_eq!((written(&value["a"][0]), written(&value["b"])), (Some("+1.10"), None));
    }

    #[test]
    fn any_text_is_a_number_of_json_or_none() {
        let pieces = ["", "-", "+", ".", "0", "00", "12", "e", "E-", "0x", "0o", "9999999999999999999999"];
        for text in
            pieces.iter().flat_map(|a| pieces.iter().flat_map(move |b| pieces.map(|c| format!("{a}{b}{c}"))))
        {
            let Some(number) = json_number(&text) else { continue };
            assert!(
                serde_json::from_str::<Box<serde_json::value::RawValue>>(&number).is_ok(),
                "{text} {number}"
            );
            assert!(same(&marked(&text), &marked(&number)), "{text}");
        }
    }
}
