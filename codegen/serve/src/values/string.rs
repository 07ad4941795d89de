//! Generates strings.

use serde_json::Value;

use super::formats::{of_format, word};
use super::generator::Generator;
use super::merged::Merged;

/// The usual maximum number of characters.
const USUAL: usize = 20;
/// The maximum number of characters, also if the schema requires more.
const MAX_LENGTH: usize = 100_000;
/// The number of strings that are tried for a pattern.
const TRIES: usize = 20;

impl<'s> Generator<'s> {
    pub(super) fn string(&mut self, merged: &Merged<'s>) -> Option<Value> {
        let least = merged.at_least("minLength").max(usize::from(self.wish.plain)).min(MAX_LENGTH);
        let most = merged.at_most("maxLength").unwrap_or(MAX_LENGTH);
        let fits = |text: &str| (least..=most).contains(&text.chars().count());
        if let Some(pattern) = merged.first_text("pattern") {
            let mut found = None;
            for _ in 0..TRIES {
                let text = self.matching(pattern)?;
                let is_right = fits(&text);
                found = Some(text);
                if is_right {
                    break;
                }
            }
            return found.map(Value::String);
        }
        if let Some(format) = merged.first_text("format").or(merged.first_text("contentEncoding"))
            && let Some(text) = of_format(format, &mut self.random).filter(|text| fits(text))
        {
            return Some(Value::String(text));
        }
        if least > most {
            return None;
        }
        let length = least + self.up_to(USUAL.saturating_sub(least).min(most - least));
        let text = word(length, self.wish.plain, &mut self.random);
        Some(Value::String(text))
    }
}
