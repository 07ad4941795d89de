//! Decodes unions.
//!
//! The value of a discriminator selects the variant. Without one, every variant that may match the value decodes it in a
//! trial, and the variant with the best [`MatchScore`] is kept.
//! With nested unions, the number of trials would grow exponentially, so a trial has a budget. When it is spent, how well
//! a nested union matches is found out once, and remembered; it is decoded after the variant is chosen. If there are too
//! many of them, they don't count for the choice. So the time is proportional to the size of the value, for each level of
//! nesting.
//!
//! In lenient mode, a variant also matches if values have to be left out of it. One that needs no such thing wins.

use super::custom::accepts;
use super::fill::{fill_slot, fill_variant};
use crate::json::exact::same_number;
use crate::json::pointer::Segment;
use crate::json::raw::RawJson;
use crate::json::reader::JsonKind;
use crate::model::node::{MapSlot, Slot};
use crate::state::decode_context::{DecodeContext, Failed, MAX_UNION_DEPTH};
use crate::state::kept::KeptParts;
use crate::state::match_score::MatchScore;
use crate::state::problem::{DecodeProblem, FoundProblem};
use crate::state::tag::Tag;

/// The maximum number of values that a trial may read before it remembers the outcomes of nested unions.
pub(super) const TRIAL_BUDGET: u32 = 1024;
/// The minimum, for small values.
const MIN_TRIAL_BUDGET: u32 = 256;
/// How often a trial may read each value on average before it remembers outcomes.
const TRIAL_READS: u32 = 16;
/// The number of values that a trial may read where outcomes are remembered already.
const LATER_TRIAL_BUDGET: u32 = 64;

/// The property that distinguishes the variants of a union.
pub struct Discriminator {
    /// The name of the property.
    pub property: &'static str,
    /// The values of each variant, in their order. A variant without values is chosen by its shape only.
    pub tags: &'static [&'static [&'static str]],
    /// The index of the variant of all other values.
    pub default: Option<usize>,
}

/// Decodes a value with each variant of a union, and keeps the variant that matches best. Of equal matches, the first
/// wins.
pub struct UnionDecoder<'c, 'j> {
    context: &'c mut DecodeContext,
    value: RawJson<'j>,
    kind: Option<JsonKind>,
    by: Option<&'static Discriminator>,
    choice: Choice,
    /// The size of a discriminator that selects no variant.
    tag_size: u32,
    best: Option<Best>,
    /// The index of the next variant.
    next: usize,
    round: Round,
}

/// How the variant is chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// The variant that matches best.
    Best,
    /// This variant, if it matches.
    Only(usize),
    /// This variant. It is an error if it doesn't match.
    Selected(usize),
    /// The only variant that matches exactly.
    Exact,
}

struct Best {
    variant: usize,
    score: MatchScore,
    /// Whether nested unions were skipped.
    is_partial: bool,
    /// Whether another variant matches as well.
    is_tied: bool,
    /// Whether the variant can't represent the value exactly.
    is_inexact: bool,
    left_out: Option<LeftOut>,
}

/// What a variant can't hold, in lenient mode.
#[derive(Default)]
struct LeftOut {
    kept: KeptParts,
    found: Vec<FoundProblem>,
    has_unmatched: bool,
}

impl LeftOut {
    fn of(context: &mut DecodeContext) -> Option<Self> {
        let is_empty = context.kept.is_empty() && context.found.is_empty() && !context.has_unmatched;
        (!is_empty).then(|| Self {
            kept: std::mem::take(&mut context.kept),
            found: std::mem::take(&mut context.found),
            has_unmatched: context.has_unmatched,
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    Start,
    /// The selected variant decodes the value.
    Select,
    /// Each variant decodes the value in a trial.
    Compare,
    /// The best variant decodes the value again, with nested unions.
    Read,
    /// The variant could not decode the value, or its nested unions.
    Failed,
}

impl<'c, 'j> UnionDecoder<'c, 'j> {
    /// Starts decoding a value of a union without a discriminator.
    pub fn new(value: RawJson<'j>, context: &'c mut DecodeContext) -> Self {
        let (kind, choice, round) = (value.kind(), Choice::Best, Round::Start);
        Self { context, kind, value, by: None, choice, tag_size: 0, best: None, next: 0, round }
    }

    /// Starts decoding a value of a union with a discriminator. A repeated discriminator is an error: one of its values
    /// would select the variant, and another one would be encoded.
    pub fn tagged(by: &'static Discriminator, value: RawJson<'j>, context: &'c mut DecodeContext) -> Self {
        let tag = value.property(by.property);
        if let Some(tag) = tag.as_ref().filter(|tag| tag.is_repeated) {
            let failed = context.fail(DecodeProblem::Duplicate, tag.value.offset());
            if context.is_lenient {
                context.note_failure(tag.value);
                context.fail_noted();
            } else {
                context.fail_inside(Segment::Field(by.property), failed);
            }
            let (choice, round) = (Choice::Selected(0), Round::Failed);
            return Self { by: Some(by), choice, round, ..Self::new(value, context) };
        }
        let tag = tag.map(|tag| tag.value);
        let (choice, tag_size) = (by.choice(tag), tag.map_or(0, |tag| tag.size()));
        Self { by: Some(by), choice, tag_size, ..Self::new(value, context) }
    }

    /// Starts the next round, and returns whether there is one. In each round, all variants are offered.
    pub fn next_round(&mut self) -> bool {
        let is_partial = self.best.as_ref().is_some_and(|best| best.is_partial) && !self.context.in_trial();
        self.next = 0;
        self.round = match (self.round, self.choice) {
            (Round::Start, Choice::Selected(_)) => Round::Select,
            (Round::Start, _) => Round::Compare,
            (Round::Compare, _) if is_partial => Round::Read,
            _ => return false,
        };
        true
    }

    /// Moves to the next variant, and returns whether its content has to be offered.
    pub fn next_variant(&mut self) -> bool {
        let variant = self.next;
        self.next += 1;
        match (self.round, self.choice) {
            (Round::Select | Round::Compare, Choice::Only(only) | Choice::Selected(only)) => only == variant,
            (Round::Compare, _) => true,
            _ => self.best.as_ref().is_some_and(|best| best.variant == variant),
        }
    }

    /// Offers the content of the variant. Returns whether it is the best one so far and has to be kept.
    pub fn offer(&mut self, slot: Slot<'_>) -> bool {
        let variant = self.next.saturating_sub(1);
        let mut slot = slot;
        let is_read = match self.round {
            Round::Compare => return self.compare(variant, slot),
            Round::Select if !self.may_have_tag(&mut slot) => {
                // Its text is that of the variant, but it is another value: a string, say, and no integer.
                self.choice = self.by.map_or(Choice::Exact, Discriminator::unlisted);
                self.round = Round::Start;
                return false;
            }
            Round::Select => {
                self.context.tag = self.selected_tag(variant).or(self.context.tag);
                fill_variant(slot, self.value, self.context).is_ok()
            }
            _ => {
                let mut context = self.context.inside();
                context.tag = self.kept_tag(variant).or(context.tag);
                let is_read = try_read(slot, self.value, &mut context);
                self.context.leave_inside(&mut context);
                self.context.is_inexact |= context.is_inexact;
                if let Some(best) = &mut self.best {
                    best.left_out = LeftOut::of(&mut context);
                }
                is_read
            }
        };
        if !is_read {
            self.round = Round::Failed;
        }
        is_read
    }

    fn compare(&mut self, variant: usize, slot: Slot<'_>) -> bool {
        let Some(kind) = self.kind else { return false };
        let mut slot = if kind == JsonKind::Null { slot } else { slot.present() };
        if !may_match(&mut slot, kind, &self.value) {
            return false;
        }
        if is_scalar(&slot) { self.compare_scalar(variant, slot) } else { self.compare_part(variant, slot) }
    }

    /// Compares a variant in a context of its own.
    #[inline(never)]
    fn compare_part(&mut self, variant: usize, slot: Slot<'_>) -> bool {
        let unlisted = self.undeclared_tag(&slot);
        let budget = trial_budget(&self.value, self.context);
        let mut trial = self.context.trial(budget);
        trial.tag = self.kept_tag(variant).or(trial.tag);
        let matches = try_read(slot, self.value, &mut trial);
        self.context.leave_inside(&mut trial);
        if !matches || !has_content(&trial, &self.value) {
            return false;
        }
        trial.score.undeclared = trial.score.undeclared.saturating_sub(unlisted);
        let (score, is_partial, is_inexact) = (trial.score, trial.skipped_union, trial.is_inexact);
        let left_out = LeftOut::of(&mut trial);
        self.keep_if_better(Best { variant, score, is_partial, is_tied: false, is_inexact, left_out })
    }

    /// Compares a variant that is a string, a number or a boolean. Nothing inside it can be left out, so the trial needs no
    /// context of its own.
    #[inline(never)]
    fn compare_scalar(&mut self, variant: usize, slot: Slot<'_>) -> bool {
        let before = self.context.begin_scalar();
        let matches = fill_slot(slot, &mut self.value.reader(), self.context).is_ok();
        let (score, is_inexact) = self.context.end_scalar(before);
        if !matches {
            return false;
        }
        self.keep_if_better(Best {
            variant,
            score,
            is_partial: false,
            is_tied: false,
            is_inexact,
            left_out: None,
        })
    }

    /// Returns whether a variant matches better than those before it.
    fn keep_if_better(&mut self, other: Best) -> bool {
        match &mut self.best {
            Some(best) if other.score >= best.score => {
                best.is_tied |= other.score == best.score;
                false
            }
            best => {
                *best = Some(other);
                true
            }
        }
    }

    /// Returns the size of a discriminator that the variant doesn't declare. It doesn't count as an undeclared property.
    fn undeclared_tag(&self, slot: &Slot<'_>) -> u32 {
        match (self.by, slot) {
            (Some(by), Slot::Object(model)) if !model.model_descriptor().names.contains(&by.property) => {
                self.tag_size
            }
            _ => 0,
        }
    }

    /// Returns whether the type of the variant may accept the discriminator that came.
    fn may_have_tag(&self, slot: &mut Slot<'_>) -> bool {
        let tag = self.by.and_then(|by| Some((by.property, self.value.property(by.property)?.value)));
        tag.is_none_or(|(property, tag)| may_have(slot, property, &tag))
    }

    /// Returns the discriminator by which the variant is chosen.
    fn selected_tag(&self, variant: usize) -> Option<Tag> {
        let by = self.by?;
        let tag = by.tags.get(variant)?.first()?;
        Some(Tag::Selected(by.property, tag))
    }

    /// Returns the discriminator if the variant has values of it, but is not chosen by them: it is kept as it came.
    fn kept_tag(&self, variant: usize) -> Option<Tag> {
        let by = self.by.filter(|_| self.kind == Some(JsonKind::Object))?;
        by.tags.get(variant).filter(|tags| !tags.is_empty()).map(|_| Tag::Kept(by.property))
    }

    /// Ends decoding. Returns whether a variant accepts the value.
    ///
    /// # Errors
    ///
    /// Returns an error if the variant that the discriminator selects doesn't accept the value; the context contains
    /// the problem.
    pub fn finish(self) -> Result<bool, Failed> {
        match (self.choice, self.round) {
            (Choice::Selected(_), Round::Failed) => return Err(Failed),
            (Choice::Selected(_), _) => return Ok(true),
            _ => {}
        }
        let is_exact = |best: &Best| {
            let MatchScore { left_out, unknown, undeclared, .. } = best.score;
            !best.is_tied && (left_out, unknown, undeclared) == (0, 0, 0)
        };
        let best = self.best.filter(|_| self.round != Round::Failed);
        let best = best.filter(|best| self.choice != Choice::Exact || is_exact(best));
        let is_known = best.is_some();
        if let Some(Best { score, is_partial, is_inexact, left_out, .. }) = best {
            self.context.score.add(score);
            self.context.skipped_union |= is_partial;
            self.context.is_inexact |= is_inexact;
            if let Some(left_out) = left_out {
                self.context.kept.extend(left_out.kept);
                self.context.found.extend(left_out.found);
                self.context.has_unmatched |= left_out.has_unmatched;
            }
        }
        Ok(is_known)
    }
}

impl Discriminator {
    /// Returns how the variant is chosen, by the value of the property.
    fn choice(&self, tag: Option<RawJson<'_>>) -> Choice {
        let text = tag.and_then(|tag| tag.scalar_text());
        let position =
            |is_tag: &dyn Fn(&&str) -> bool| self.tags.iter().position(|tags| tags.iter().any(is_tag));
        let selected = text.and_then(|text| {
            position(&|known| **known == *text).or_else(|| {
                // 1.5 and 1.50 are equal.
                let is_number = tag.is_some_and(|tag| tag.is_number());
                position(&|known| is_number && is_number_text(known) && same_number(known, &text))
            })
        });
        match (selected, self.default) {
            (Some(variant), _) => Choice::Selected(variant),
            (None, None) if tag.is_none_or(|tag| tag.kind() == Some(JsonKind::Null)) => Choice::Best,
            _ => self.unlisted(),
        }
    }

    /// Returns how the variant is chosen if the property has a value that no variant lists.
    fn unlisted(&self) -> Choice {
        self.default.map_or(Choice::Exact, Choice::Only)
    }
}

/// Returns how many values a trial of a value may read before it remembers outcomes.
fn trial_budget(value: &RawJson<'_>, context: &DecodeContext) -> u32 {
    let budget = if context.has_outcomes() {
        LATER_TRIAL_BUDGET
    } else {
        value.size().saturating_mul(TRIAL_READS).clamp(MIN_TRIAL_BUDGET, TRIAL_BUDGET)
    };
    #[cfg(test)]
    let budget = crate::json::work::trial_budget().unwrap_or(budget);
    budget
}

/// Returns whether the text of a constant may be a number.
fn is_number_text(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// Returns whether anything inside the value was read: a variant that all of it was left out of doesn't match.
fn has_content(trial: &DecodeContext, value: &RawJson<'_>) -> bool {
    let left_out = trial.score.left_out;
    left_out == 0 || left_out.saturating_add(trial.score.undeclared) < value.size().saturating_sub(1)
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

/// Returns whether a slot may have a property with a value of this kind.
fn may_have(slot: &mut Slot<'_>, property: &str, value: &RawJson<'_>) -> bool {
    let Some(kind) = value.kind() else { return true };
    // The encoder writes it where the type doesn't have it.
    let is_written = kind == JsonKind::String;
    match slot {
        Slot::Object(model) => {
            let descriptor = model.model_descriptor();
            if let Some(index) = descriptor.names.iter().position(|name| *name == property) {
                let is_digits = is_written && descriptor.is_lenient(index);
                return is_digits || may_match(&mut model.slot_at(index).present(), kind, value);
            }
            is_written
                || descriptor.open
                || model.additional_mut().is_some_and(|map| fits(map, property, value))
        }
        Slot::Map(map) => is_written || fits(*map, property, value),
        _ => true,
    }
}

/// Returns whether a blank map may have an entry with a value of this kind.
fn fits(map: &mut dyn MapSlot, key: &str, value: &RawJson<'_>) -> bool {
    let kind = value.kind();
    let is_it = |slot: Slot<'_>| kind.is_some_and(|kind| may_match(&mut slot.present(), kind, value));
    let fits = map.entry(key.to_owned()).is_some_and(is_it);
    map.remove(key);
    fits
}

/// Returns whether the values of a slot are strings, numbers or booleans.
fn is_scalar(slot: &Slot<'_>) -> bool {
    matches!(
        slot,
        Slot::String(_)
            | Slot::Listed(_)
            | Slot::Parsed(_)
            | Slot::Custom(_)
            | Slot::Bool(_)
            | Slot::I64(_)
            | Slot::U64(_)
            | Slot::F64(_)
            | Slot::Number(_)
    )
}

/// Returns whether a trial is worthwhile: the kind of the value matches, and all required fields are present.
fn may_match(slot: &mut Slot<'_>, kind: JsonKind, value: &RawJson<'_>) -> bool {
    match slot {
        Slot::Unit | Slot::Null => kind == JsonKind::Null,
        Slot::Bool(_) => matches!(kind, JsonKind::Bool(_)),
        Slot::I64(_) | Slot::U64(_) | Slot::F64(_) | Slot::Number(_) => kind == JsonKind::Number,
        Slot::Converted(converted) => {
            let mut matches = false;
            converted.convert(&mut |mut inner| {
                matches = may_match(&mut inner, kind, value);
                false
            });
            matches
        }
        Slot::String(_) | Slot::Listed(_) | Slot::Parsed(_) => kind == JsonKind::String,
        Slot::Custom(custom) => accepts(*custom, kind),
        Slot::Array(_) => kind == JsonKind::Array,
        Slot::Free(_) | Slot::Map(_) => kind == JsonKind::Object,
        Slot::Object(model) => {
            let descriptor = model.model_descriptor();
            let required = descriptor.required().filter_map(|index| descriptor.names.get(index));
            kind == JsonKind::Object && value.has_all(required)
        }
        Slot::Any(_)
        | Slot::Optional(_)
        | Slot::OptionalString(_)
        | Slot::OptionalI64(_)
        | Slot::OptionalBool(_)
        | Slot::Union(_)
        | Slot::Extra(_) => true,
    }
}
