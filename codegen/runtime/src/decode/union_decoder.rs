//! Decodes unions without a discriminator.
//!
//! Every variant that may match the value decodes it in a trial, and the variant with the best [`MatchScore`] is kept.
//! With nested unions, the number of trials would grow exponentially, so a trial has a budget. When it is spent, nested
//! unions are skipped, and decoded after the variant is chosen. So the time is proportional to the size of the value,
//! whatever the nesting.

use super::fill::fill_slot;
use crate::json::raw::RawJson;
use crate::json::reader::JsonKind;
use crate::model::node::Slot;
use crate::state::decode_context::{DecodeContext, MAX_UNION_DEPTH};
use crate::state::match_score::MatchScore;

/// The number of values that a trial may read before it skips nested unions.
const TRIAL_BUDGET: u32 = 1024;

/// Decodes a value with each variant of a union, and keeps the variant that matches best. Of equal matches, the first
/// wins.
pub struct UnionDecoder<'c, 'j> {
    context: &'c mut DecodeContext,
    value: RawJson<'j>,
    kind: Option<JsonKind>,
    best: Option<Best>,
    /// The index of the next variant.
    next: usize,
    round: Round,
}

struct Best {
    variant: usize,
    score: MatchScore,
    /// Whether nested unions were skipped.
    is_partial: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    Start,
    /// Each variant decodes the value in a trial.
    Compare,
    /// The best variant decodes the value again, with nested unions.
    Read,
    /// The best variant could not decode the nested unions.
    Failed,
}

impl<'c, 'j> UnionDecoder<'c, 'j> {
    /// Starts decoding a value.
    pub fn new(value: RawJson<'j>, context: &'c mut DecodeContext) -> Self {
        Self { context, kind: value.kind(), value, best: None, next: 0, round: Round::Start }
    }

    /// Starts the next round, and returns whether there is one. In each round, all variants are offered.
    pub fn next_round(&mut self) -> bool {
        let is_partial = self.best.as_ref().is_some_and(|best| best.is_partial) && !self.context.in_trial();
        self.next = 0;
        self.round = match self.round {
            Round::Start => Round::Compare,
            Round::Compare if is_partial => Round::Read,
            _ => return false,
        };
        true
    }

    /// Offers the content of the next variant. Returns whether it is the best one so far and has to be kept.
    pub fn offer(&mut self, slot: Slot<'_>) -> bool {
        let variant = self.next;
        self.next += 1;
        if self.round == Round::Compare {
            return self.compare(variant, slot);
        }
        let is_best = self.best.as_ref().is_some_and(|best| best.variant == variant);
        if is_best && !try_read(slot, self.value, &mut self.context.inside()) {
            self.round = Round::Failed;
        }
        is_best && self.round == Round::Read
    }

    fn compare(&mut self, variant: usize, slot: Slot<'_>) -> bool {
        let Some(kind) = self.kind else { return false };
        let slot = if kind == JsonKind::Null { slot } else { slot.present() };
        if !may_match(&slot, kind, &self.value) {
            return false;
        }
        let mut trial = self.context.trial(TRIAL_BUDGET);
        let matches = try_read(slot, self.value, &mut trial);
        self.context.leave_trial(&trial);
        let is_better = matches && self.best.as_ref().is_none_or(|best| trial.score < best.score);
        if is_better {
            self.best = Some(Best { variant, score: trial.score, is_partial: trial.skipped_union });
        }
        is_better
    }

    /// Ends decoding. Returns whether a variant accepts the value.
    pub fn finish(self) -> bool {
        let best = self.best.filter(|_| self.round != Round::Failed);
        if let Some(best) = &best {
            self.context.score.add(best.score);
            self.context.skipped_union |= best.is_partial;
        }
        best.is_some()
    }
}

/// Fills a slot, and returns whether it accepts the value. A nested union accepts a value only if one of its variants
/// does.
fn try_read(slot: Slot<'_>, value: RawJson<'_>, context: &mut DecodeContext) -> bool {
    match slot {
        Slot::Union(union) if context.union_depth < MAX_UNION_DEPTH => {
            matches!(union.set(value, context), Ok(true))
        }
        Slot::Union(_) => false,
        slot => fill_slot(slot, &mut value.reader(), context).is_ok(),
    }
}

/// Returns whether a trial is worthwhile: the kind of the value matches, and all required fields are present.
fn may_match(slot: &Slot<'_>, kind: JsonKind, value: &RawJson<'_>) -> bool {
    match slot {
        Slot::Unit => kind == JsonKind::Null,
        Slot::Bool(_) => matches!(kind, JsonKind::Bool(_)),
        Slot::I64(_) | Slot::F64(_) | Slot::Number(_) | Slot::Integer(_) => kind == JsonKind::Number,
        Slot::String(_) | Slot::Parsed(_) => kind == JsonKind::String,
        Slot::Array(_) => kind == JsonKind::Array,
        Slot::Free(_) | Slot::Map(_) => kind == JsonKind::Object,
        Slot::Object(model) => {
            let descriptor = model.model_descriptor();
            let required = descriptor.required().filter_map(|index| descriptor.names.get(index));
            kind == JsonKind::Object && value.has_all(required)
        }
        Slot::Any(_) | Slot::Optional(_) | Slot::Union(_) | Slot::Extra(_) => true,
    }
}
