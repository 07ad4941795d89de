//! Which one of several types a value is of.
//!
//! Every type that can hold the value tries it, and the best one keeps it: see [`Fit`]. To try is to read, so
//! unions inside of unions would try their types once for each type around them. What is read that way is
//! limited: behind the limit, unions inside are left out of the comparison, and read once it is made. So reading
//! takes time in proportion to the value, however deep unions are nested.

use std::cmp::Reverse;

use super::context::Context;
use super::decode::drive;
use super::slot::Slot;
use crate::json::raw::Raw;
use crate::json::reader::Kind;

/// Values that a trial may look at before unions inside of it are left out.
const LIMIT: u32 = 1024;

/// How often a union may stand for a union: one that holds itself never ends otherwise.
pub(super) const CHAIN: u8 = 8;

/// How a value fits a type that can hold it, the best one first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// Texts that an enum doesn't list, values that no type of a union holds, and nulls that are not declared.
    pub(super) strange: u32,
    /// Values that are not declared, those inside of undeclared ones included.
    pub(super) undeclared: u32,
    /// Texts that an enum or a tag lists: what the value says of itself.
    pub(super) listed: Reverse<u32>,
}

impl Fit {
    /// Takes in how a part of the value fits.
    fn add(&mut self, part: Self) {
        self.strange = self.strange.saturating_add(part.strange);
        self.undeclared = self.undeclared.saturating_add(part.undeclared);
        self.listed.0 = self.listed.0.saturating_add(part.listed.0);
    }
}

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

#[cfg(test)]
mod tests {
    #![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

    use serde_json::{Value, json};

    use crate::wire::samples::Status;
    use crate::wire::{DecodeError, Extra, UnknownValue, decode, encode};

    /// What is sent of a cat.
    #[derive(Clone, Default)]
    pub struct Cat {
        pub kind: Option<CatKind>,
        pub name: Option<String>,
        pub extra: Extra,
    }
    model! {
        Cat: open,
        0 "kind" => kind,
        1 "name" => name,
    }

    /// The only kind.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    pub enum CatKind {
        Cat,
        Unknown(UnknownValue),
    }
    open_enum! { CatKind, "cat" => Cat, }

    /// What is sent of a dog.
    #[derive(Clone, Default)]
    pub struct Dog {
        pub kind: Option<String>,
        pub name: Option<String>,
        pub owner: Option<Owner>,
        pub extra: Extra,
    }
    model! {
        Dog: open,
        0 "kind" => kind,
        1 "name" => name,
        2 "owner" => owner,
    }

    /// A part of a dog.
    #[derive(Clone, Default)]
    pub struct Owner {
        pub id: i64,
        pub extra: Extra,
    }
    model! {
        Owner: open,
        0 "id" => id: REQUIRED,
    }

    #[derive(Clone, Debug, PartialEq)]
    pub enum Pet {
        Cat(Cat),
        Dog(Dog),
        Unknown(Value),
    }
    union! { Pet, Cat(Cat), Dog(Dog), }

    #[derive(Clone, Debug, PartialEq)]
    pub enum Holder {
        Pet(Pet),
        Owner(Owner),
        Pets(Vec<Pet>),
        Counts(Vec<i64>),
        Unknown(Value),
    }
    union! { Holder, Pet(Pet), Owner(Owner), Pets(Vec<Pet>), Counts(Vec<i64>), }

    #[derive(Clone, Debug, PartialEq)]
    pub enum Word {
        Text(String),
        Status(Status),
        Unknown(Value),
    }
    union! { Word, Text(String), Status(Status), }

    #[derive(Clone, Debug, PartialEq)]
    pub enum StatusFirst {
        Status(Status),
        Integer(Option<i64>),
        Text(String),
        Unknown(Value),
    }
    union! { StatusFirst, Status(Status), Integer(Option<i64>), Text(String), }

    /// Two types that fit alike at each step of a way down.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Step {
        Left(Box<Left>),
        Right(Box<Right>),
        End(i64),
        Unknown(Value),
    }
    union! { Step, Left(Box<Left>), Right(Box<Right>), End(i64), }

    #[derive(Clone, Default)]
    pub struct Left {
        pub next: Option<Step>,
        pub turn: Option<bool>,
        pub extra: Extra,
    }
    model! {
        Left: open,
        0 "next" => next,
        1 "turn" => turn,
    }

    #[derive(Clone, Default)]
    pub struct Right {
        pub next: Option<Step>,
        pub turn: Option<i64>,
        pub extra: Extra,
    }
    model! {
        Right: open,
        0 "next" => next,
        1 "turn" => turn,
    }

    /// Two unions, each of which may stand for the other.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Chicken {
        Egg(Box<Egg>),
        Integer(i64),
        Unknown(Value),
    }
    union! { Chicken, Egg(Box<Egg>), Integer(i64), }

    #[derive(Clone, Debug, PartialEq)]
    pub enum Egg {
        Chicken(Box<Chicken>),
        Text(String),
        Unknown(Value),
    }
    union! { Egg, Chicken(Box<Chicken>), Text(String), }

    /// The same, with the tag that both have.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Outer {
        Inner(Box<Inner>),
        Unknown(Value),
    }
    tagged_union! { Outer by "kind", "a" => Inner(Box<Inner>), }

    #[derive(Clone, Debug, PartialEq)]
    pub enum Inner {
        Outer(Box<Outer>),
        Unknown(Value),
    }
    tagged_union! { Inner by "kind", "a" => Outer(Box<Outer>), }

    /// Reads a value, and sees that it is written as it was.
    fn read<T: crate::wire::Node + Default>(value: &Value) -> T {
        let read: T = decode(value.to_string().as_bytes()).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&encode(&read).unwrap()).unwrap(), *value);
        read
    }

    #[test]
    fn the_fewest_undeclared_fields_win() {
        assert!(matches!(read(&json!({"name": "Tom"})), Pet::Cat(_)));
        assert!(matches!(read(&json!({"name": "Rex", "owner": {"id": 1}})), Pet::Dog(_)));
        assert!(matches!(read(&json!({"owner": {"id": "no integer"}, "x": 1})), Pet::Cat(_)));
        assert!(matches!(read(&json!({"owner": {"id": 1, "x": 1}})), Pet::Dog(_)));
        assert!(matches!(read(&json!({"name": "?", "x": 1, "y": 2})), Pet::Cat(_)));
        assert!(matches!(read(&json!(5)), Pet::Unknown(_)));
    }

    #[test]
    fn a_text_that_is_not_listed_counts_for_more_than_fields() {
        assert!(matches!(read(&json!({"kind": "dog", "x": 1})), Pet::Dog(_)));
        assert!(matches!(read(&json!({"kind": "cat", "name": "Tom"})), Pet::Cat(_)));
        assert!(matches!(read(&json!({"kind": "cat", "owner": {"id": 1}})), Pet::Dog(_)));
    }

    #[test]
    fn a_null_that_is_not_declared_fits_less() {
        let pets: Vec<Pet> = read(&json!([{"kind": null, "owner": null}, {"kind": null}]));
        assert!(matches!(pets.as_slice(), [Pet::Dog(_), Pet::Cat(_)]));
    }

    #[test]
    fn a_union_inside_leaves_what_it_does_not_know_to_others() {
        assert!(matches!(read(&json!({"kind": "cat"})), Holder::Pet(Pet::Cat(_))));
        assert!(matches!(read(&json!({"id": 1})), Holder::Owner(_)));
        assert!(matches!(read(&json!([{"kind": "cat"}, {}])), Holder::Pets(_)));
        assert!(matches!(read(&json!([1, 2])), Holder::Counts(_)));
        assert!(matches!(read(&json!([])), Holder::Pets(_)));
        assert!(matches!(read(&json!(["a"])), Holder::Pets(_)));
        assert!(matches!(read(&json!(true)), Holder::Unknown(_)));
    }

    #[test]
    fn listed_texts_go_to_their_enum_and_others_to_a_plain_text() {
        assert_eq!(read::<Word>(&json!("open")), Word::Status(Status::Open));
        assert_eq!(read::<Word>(&json!("other")), Word::Text("other".to_owned()));
        assert_eq!(read::<StatusFirst>(&json!("new")), StatusFirst::Status(Status::New));
        assert_eq!(read::<StatusFirst>(&json!("other")), StatusFirst::Text("other".to_owned()));
        assert_eq!(read::<StatusFirst>(&json!(7)), StatusFirst::Integer(Some(7)));
        assert_eq!(read::<StatusFirst>(&json!(7.5)), StatusFirst::Unknown(json!(7.5)));
    }

    #[test]
    fn unions_deep_inside_of_unions_are_read_in_time() {
        let down = |end: Value, turns: &dyn Fn(usize) -> Value| {
            (0..60).fold(end, |next, step| json!({"next": next, "turn": turns(step)}))
        };
        // The way is read by either type, up to a turn that only one can take, or neither.
        for way in [
            down(json!(1), &|_| json!(5)),
            down(json!(1), &|step| if step % 2 == 0 { json!(5) } else { json!(true) }),
            down(json!("end"), &|_| json!("neither")),
        ] {
            read::<Step>(&way);
        }
        let Step::Right(right) = read::<Step>(&down(json!(1), &|_| json!(5))) else {
            panic!("no right turn")
        };
        assert!(matches!(right.next, Some(Step::Right(_))));
    }

    #[test]
    fn what_was_left_out_of_the_comparison_is_read_after_it() {
        let pets = json!({"name": "many", "owner": {"id": 1, "pets": vec![json!({"kind": "cat"}); 2000]}});
        assert!(matches!(read(&pets), Pet::Dog(_)));
        let many = json!(vec![json!({"kind": "dog"}); 2000]);
        let Holder::Pets(pets) = read(&many) else { panic!("no pets") };
        assert!(pets.iter().all(|pet| matches!(pet, Pet::Dog(_))));
    }

    #[test]
    fn unions_that_stand_for_each_other_end() {
        assert!(!matches!(read(&json!(5)), Chicken::Unknown(_)));
        assert!(matches!(read(&json!("x")), Chicken::Egg(_)));
        assert_eq!(read::<Chicken>(&json!(true)), Chicken::Unknown(json!(true)));
        let endless: Result<Outer, DecodeError> = decode(br#"{"kind": "a"}"#);
        assert!(endless.unwrap_err().to_string().contains("nested"));
    }
}
