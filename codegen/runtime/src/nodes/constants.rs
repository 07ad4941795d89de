//! `Constant` for the types of enums.

use serde_json::Value;

use crate::json::exact::{in_range, same_number};
use crate::model::constant::Constant;
use crate::model::node::View;
use crate::model::slot::{INTEGER, NUMBER, UNSIGNED};
use crate::types::number::Number;

macro_rules! constant {
    ($($type:ty: $expected:expr, $view:ident;)*) => {$(
        impl Constant for $type {
            type Literal = $type;
            const EXPECTED: &'static str = $expected;

            #[inline]
            fn of(literal: $type) -> Self {
                literal
            }

            #[inline]
            fn is(&self, literal: $type) -> bool {
                *self == literal
            }

            #[inline]
            fn view(literal: $type) -> View<'static> {
                View::$view(literal)
            }
        }
    )*};
}

constant! {
    bool: "a boolean", Bool;
    i64: INTEGER, I64;
    u64: UNSIGNED, U64;
}

impl Constant for Number {
    type Literal = &'static str;
    const EXPECTED: &'static str = NUMBER;

    fn of(literal: &'static str) -> Self {
        Self::from_json(literal)
    }

    fn is(&self, literal: &'static str) -> bool {
        same_number(&self.to_string(), literal)
    }

    fn view(literal: &'static str) -> View<'static> {
        View::Json(literal)
    }
}

impl Constant for Value {
    type Literal = &'static str;
    const EXPECTED: &'static str = "a value";

    fn of(literal: &'static str) -> Self {
        // Numbers out of range become the nearest ones, as they do in a value that was read.
        let value = serde_json::from_str(literal).ok();
        value.or_else(|| serde_json::from_str(&in_range(literal)?).ok()).unwrap_or_default()
    }

    fn is(&self, literal: &'static str) -> bool {
        same(self, &Self::of(literal))
    }

    fn view(literal: &'static str) -> View<'static> {
        View::Json(literal)
    }
}

/// Returns whether two values are equal as in JSON Schema: 1 and 1.0 are.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => same_number(&one.to_string(), &other.to_string()),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}
