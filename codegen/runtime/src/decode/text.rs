//! Decodes a value from JSON text.

use super::error::DecodeError;
use super::fill::fill_slot;
use super::mismatch::{Mismatches, ParsedText};
use super::union_decoder::TRIAL_BUDGET;
use crate::encode::text::to_vec;
use crate::json::bytes::ReplacedBytes;
use crate::json::pointer::Segment;
use crate::json::reader::Reader;
use crate::model::node::{Decode, Node, Slot, slot_of};
use crate::state::decode_context::{DecodeContext, Failed};
use crate::state::field_set::FieldSet;
use crate::state::kept::{Kept, KeptParts};
use crate::state::match_score::MatchScore;
use crate::state::order::FieldOrders;
use crate::state::problem::FoundProblem;

/// Decodes a value from JSON.
///
/// Models also implement `serde::Deserialize`. This function is about twice as fast, and its errors are more detailed.
///
/// # Errors
///
/// Returns an error if the JSON is invalid, or doesn't match the declared type. It names every mismatch. A number or time
/// beyond the range of its type is an error only if the field is required, or no model around it can keep it: see
/// [`Extra::left_out`](crate::Extra::left_out).
pub fn decode<T: Decode>(json: &[u8]) -> Result<T, DecodeError> {
    decode_with(json, &mut TextDecoder::strict())
}

/// Returns a value as another type reads it: the variant of a union that a string is. The type accepts every value.
pub fn as_read<T: Decode>(value: &dyn Node) -> T {
    to_vec(value.full_view()).ok().and_then(|json| decode(&json).ok()).unwrap_or_else(T::blank)
}

/// Decodes a value with a decoder, which may be used for several values.
pub(crate) fn decode_with<T: Decode>(json: &[u8], decoder: &mut TextDecoder) -> Result<T, DecodeError> {
    loop {
        let mut value = T::blank();
        if decoder.fill(slot_of(&mut value), json)? {
            return Ok(value);
        }
    }
}

/// Decodes values of one type, one after the other. The order of the fields is remembered from value to value.
///
/// A value is decoded strictly first. If that fails, it is decoded again, leniently: that finds all mismatches. In lenient
/// mode, also if a value matches no type of a union: leniently, it may match one.
///
/// A number or time beyond the range of its type is left out in strict mode, too, if a model keeps it.
pub(crate) struct TextDecoder {
    orders: FieldOrders,
    /// The only fields of a model that are read; `None` for all properties.
    selected: Option<FieldSet>,
    is_lenient: bool,
    /// The result of the first attempt, during the second.
    first: Option<Result<(), DecodeError>>,
    /// What was left out of the last value.
    pub(crate) left_out: LeftOut,
}

/// What was left out of a value.
#[derive(Default)]
pub(crate) struct LeftOut {
    pub(crate) mismatches: Mismatches,
    /// The parts that are not kept in a model inside the value.
    pub(crate) kept: KeptParts,
}

impl LeftOut {
    /// Adds what was left out of an item of an array. `before` is the text before the item.
    #[cold]
    pub(crate) fn add_item(&mut self, index: usize, before: &[u8], item: Self) {
        self.mismatches.extend(item.mismatches.after(before).inside(&format!("/{index}")));
        if !item.kept.is_empty() {
            self.kept.push((Segment::Index(index), Kept::Inside(item.kept)));
        }
    }
}

impl TextDecoder {
    /// Creates a decoder that rejects values that don't match.
    pub(crate) fn strict() -> Self {
        Self {
            orders: FieldOrders::learning(),
            selected: None,
            is_lenient: false,
            first: None,
            left_out: LeftOut::default(),
        }
    }

    /// Creates a decoder that leaves out what doesn't match.
    pub(crate) fn lenient() -> Self {
        Self { is_lenient: true, ..Self::strict() }
    }

    /// Lets the decoder read only some fields of each value, which is a model. All others stay blank.
    #[cfg(feature = "export")]
    pub(crate) fn with_selected(self, selected: Option<FieldSet>) -> Self {
        Self { selected, ..self }
    }

    /// Fills the slot of a blank value. If it returns `false`, the value has to be blank again for a second attempt.
    ///
    /// This is compiled once, not for each type.
    pub(crate) fn fill(&mut self, slot: Slot<'_>, json: &[u8]) -> Result<bool, DecodeError> {
        let Some(first) = self.first.take() else {
            let result = from_slice(slot, json, &mut self.orders, self.selected.as_ref());
            self.left_out = LeftOut::default();
            let needs_more = result.as_ref().map_or(true, |first| first.has_unmatched && self.is_lenient);
            match result {
                Ok(first) if !needs_more && !first.found.is_empty() => {
                    self.left_out.mismatches = first.into_mismatches(json);
                }
                result if needs_more => self.first = Some(result.map(drop)),
                _ => {}
            }
            return Ok(!needs_more);
        };
        self.fill_leniently(slot, json, first.err())
    }

    #[cold]
    fn fill_leniently(
        &mut self,
        slot: Slot<'_>,
        json: &[u8],
        first: Option<DecodeError>,
    ) -> Result<bool, DecodeError> {
        if let Some(error) = first.as_ref().filter(|error| error.is_truncated()) {
            return Err(error.clone());
        }
        let replaced = if str::from_utf8(json).is_err() { ReplacedBytes::new(json) } else { None };
        let text =
            replaced.as_ref().map_or_else(|| str::from_utf8(json).ok(), |replaced| Some(&*replaced.text));
        let mut context = DecodeContext::lenient(self.selected.clone());
        let result = text.map(|text| (text, fill_text(slot, text, &mut context)));
        let (text, is_filled) = match result {
            Some((text, Ok(()))) => (text, true),
            Some((text, Err(Failed))) if note_root(text, &mut context) => (text, false),
            _ => return Err(first.map_or_else(|| DecodeError::syntax(json), |error| error.or_syntax(json))),
        };
        let parsed = ParsedText { original: json, json: text, replaced: replaced.as_ref() };
        let mismatches = Mismatches::new(std::mem::take(&mut context.found), &parsed);
        match first {
            Some(error) if !is_filled || !self.is_lenient => Err(error.with(mismatches)),
            None if !is_filled => Err(DecodeError::of(mismatches, json)),
            _ => {
                self.left_out = LeftOut { mismatches, kept: context.kept };
                Ok(true)
            }
        }
    }
}

/// What a slot that was filled strictly doesn't contain.
#[derive(Default)]
pub(super) struct FirstAttempt {
    /// Whether a value inside it matches no type of a union.
    has_unmatched: bool,
    /// The values beyond the range of their types, which models keep.
    found: Vec<FoundProblem>,
}

impl FirstAttempt {
    #[cold]
    fn into_mismatches(self, json: &[u8]) -> Mismatches {
        let Ok(text) = str::from_utf8(json) else { return Mismatches::default() };
        Mismatches::new(self.found, &ParsedText { original: json, json: text, replaced: None })
    }
}

/// Fills a slot from JSON text, strictly. The order of fields is remembered from text to text.
pub(super) fn from_slice(
    slot: Slot<'_>,
    json: &[u8],
    orders: &mut FieldOrders,
    selected: Option<&FieldSet>,
) -> Result<FirstAttempt, DecodeError> {
    if matches!(slot, Slot::Unit) && json.iter().all(u8::is_ascii_whitespace) {
        return Ok(FirstAttempt::default());
    }
    // One UTF-8 check of the entire text is much faster than one for each string.
    let text = str::from_utf8(json).map_err(|error| DecodeError::not_text(json, &error))?;
    let mut context = DecodeContext::new(std::mem::take(orders), selected.cloned());
    let result = fill_text(slot, text, &mut context);
    *orders = std::mem::take(&mut context.orders);
    match result {
        Ok(()) => Ok(FirstAttempt { has_unmatched: context.has_unmatched, found: context.found }),
        Err(Failed) => Err(DecodeError::new(context, json)),
    }
}

/// Returns how well a JSON text matches the type of a slot that accepts it.
#[cold]
pub(crate) fn match_score(slot: Slot<'_>, json: &[u8]) -> MatchScore {
    let mut context = DecodeContext::default();
    let mut trial = context.trial(TRIAL_BUDGET);
    match str::from_utf8(json).map(|text| fill_text(slot, text, &mut trial)) {
        Ok(Ok(())) => trial.score,
        _ => MatchScore::default(),
    }
}

fn fill_text(slot: Slot<'_>, text: &str, context: &mut DecodeContext) -> Result<(), Failed> {
    let mut reader = Reader::new(text);
    fill_slot(slot, &mut reader, context)?;
    reader.end()?;
    Ok(())
}

/// Notes the problem of the entire value, which nothing can leave out. Returns `false` if the text is not JSON.
fn note_root(text: &str, context: &mut DecodeContext) -> bool {
    let start = Reader::new(text);
    let mut reader = start;
    context.skip_failed(start, &mut reader).is_some() && reader.end().is_ok()
}
