//! Which one of several types a value is of.
//!
//! Every type that can hold the value tries it, and the best one keeps it: see [`Fit`]. To try is to read, so
//! unions inside of unions would try their types once for each type around them. What is read that way is
//! limited: behind the limit, unions inside are left out of the comparison, and read once it is made. So reading
//! takes time in proportion to the value, however deep unions are nested.

use super::fill::drive;
use crate::json::raw::Raw;
use crate::json::reader::Kind;
use crate::model::node::Slot;
use crate::state::context::{CHAIN, Context};
use crate::state::fit::Fit;

/// Values that a trial may look at before unions inside of it are left out.
const LIMIT: u32 = 1024;

/// A value on its way to the variant that it fits best; the first one of those that it fits equally.
pub struct Choice<'c, 'j> {
    context: &'c mut Context,
    value: Raw<'j>,
    kind: Option<Kind>,
    best: Option<Best>,
    /// The variant that is offered next.
    next: usize,
    round: Round,
}

struct Best {
    variant: usize,
    fit: Fit,
    /// Whether unions inside were left out.
    cut: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    Begin,
    /// Each variant tries the value.
    Compare,
    /// The best one reads what was left out before.
    Read,
    /// Not even the best one could read all of it.
    Failed,
}

impl<'c, 'j> Choice<'c, 'j> {
    /// The choice for a value, of which no variant has been offered yet.
    pub fn new(value: Raw<'j>, context: &'c mut Context) -> Self {
        Self { context, kind: value.kind(), value, best: None, next: 0, round: Round::Begin }
    }

    /// Whether all variants are to be offered, for the first time or once more.
    pub fn goes_on(&mut self) -> bool {
        let is_open = self.best.as_ref().is_some_and(|best| best.cut) && !self.context.in_trial();
        self.next = 0;
        self.round = match self.round {
            Round::Begin => Round::Compare,
            Round::Compare if is_open => Round::Read,
            _ => return false,
        };
        true
    }

    /// Offers the next variant's content; whether it is to be kept, as the best one up to now.
    pub fn offer(&mut self, slot: Slot<'_>) -> bool {
        let variant = self.next;
        self.next += 1;
        if self.round == Round::Compare {
            return self.compare(variant, slot);
        }
        let is_best = self.best.as_ref().is_some_and(|best| best.variant == variant);
        if is_best && !read(slot, self.value, &mut self.context.inside()) {
            self.round = Round::Failed;
        }
        is_best && self.round == Round::Read
    }

    fn compare(&mut self, variant: usize, slot: Slot<'_>) -> bool {
        let Some(kind) = self.kind else { return false };
        let slot = if kind == Kind::Null { slot } else { slot.present() };
        if !may_hold(&slot, kind, &self.value) {
            return false;
        }
        let mut trial = self.context.trial(LIMIT);
        let fits = read(slot, self.value, &mut trial);
        self.context.leave_trial(&trial);
        let is_better = fits && self.best.as_ref().is_none_or(|best| trial.fit < best.fit);
        if is_better {
            self.best = Some(Best { variant, fit: trial.fit, cut: trial.cut });
        }
        is_better
    }

    /// Ends the choice; whether a variant holds the value.
    pub fn finish(self) -> bool {
        let best = self.best.filter(|_| self.round != Round::Failed);
        if let Some(best) = &best {
            self.context.fit.add(best.fit);
            self.context.cut |= best.cut;
        }
        best.is_some()
    }
}

/// Fills a slot, if the value fits. What a union knows no type for, it doesn't hold.
fn read(slot: Slot<'_>, value: Raw<'_>, context: &mut Context) -> bool {
    match slot {
        Slot::Union(union) if context.chain < CHAIN => matches!(union.set(value, context), Ok(true)),
        Slot::Union(_) => false,
        slot => drive(slot, &mut value.reader(), context).is_ok(),
    }
}

/// A quick look: whether the kind is right, and all fields are there that must be.
fn may_hold(slot: &Slot<'_>, kind: Kind, value: &Raw<'_>) -> bool {
    match slot {
        Slot::Unit => kind == Kind::Null,
        Slot::Bool(_) => matches!(kind, Kind::Bool(_)),
        Slot::I64(_) | Slot::F64(_) | Slot::Number(_) | Slot::Integer(_) => kind == Kind::Number,
        Slot::String(_) | Slot::Parsed(_) => kind == Kind::String,
        Slot::Array(_) => kind == Kind::Array,
        Slot::Free(_) | Slot::Map(_) => kind == Kind::Object,
        Slot::Object(model) => {
            let shape = model.model();
            let required = shape.required().filter_map(|index| shape.names.get(index));
            kind == Kind::Object && value.has_all(required)
        }
        Slot::Any(_) | Slot::Optional(_) | Slot::Union(_) | Slot::Extra(_) => true,
    }
}
