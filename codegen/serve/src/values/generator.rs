//! Generates a value of a schema, by types and keywords. Constraints that it doesn't know are checked afterwards.

use rand::RngExt as _;
use rand_pcg::Pcg64Mcg;
use serde_json::Value;

use super::merged::Merged;
use crate::schema::direction_rules::Direction;
use crate::schema::kinds::{Kinds, fits};
use crate::schema::lookup::resolved;
use crate::schema::tree::{entries, items, text};

/// The nesting from which on only required parts are generated.
const MAX_FREE_DEPTH: usize = 4;
/// The maximum nesting of values. A schema that requires itself has no finite value.
const MAX_DEPTH: usize = 16;
/// The maximum number of schemas that are visited for a value, because the work can double with each level.
const MAX_WORK: usize = 4_000;

/// What kind of value is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) direction: Direction,
    /// Whether examples and defaults are used where schemas have them.
    pub(crate) examples: bool,
    /// Whether strings contain only visible ASCII characters, and arrays and objects are not empty: for parameters and
    /// header fields.
    pub(crate) plain: bool,
    /// Whether arrays and objects contain only scalars: OpenAPI doesn't define how others are written in most styles.
    pub(crate) flat: bool,
}

/// Generates values of a closed schema.
pub(crate) struct Generator<'s> {
    pub(super) root: &'s Value,
    pub(super) random: Pcg64Mcg,
    pub(super) wish: Wish,
    work: usize,
}

impl<'s> Generator<'s> {
    pub(crate) fn new(root: &'s Value, random: Pcg64Mcg, wish: Wish) -> Self {
        Self { root, random, wish, work: MAX_WORK }
    }

    /// Generates a value of the entire schema; returns `None` if none was found.
    pub(crate) fn value(&mut self) -> Option<Value> {
        self.of_all(&[self.root], 0)
    }

    /// Returns true with a probability of 1 in `times`.
    pub(super) fn chance(&mut self, times: u32) -> bool {
        self.random.random_range(0..times) == 0
    }

    /// Returns a number up to and including `most`.
    pub(super) fn up_to(&mut self, most: usize) -> usize {
        self.random.random_range(0..=most)
    }

    /// Returns one of several values.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let last = from.len().checked_sub(1)?;
        let index = self.up_to(last);
        from.get(index).copied()
    }

    /// Returns whether only required parts are generated.
    pub(super) fn is_deep(depth: usize) -> bool {
        depth >= MAX_FREE_DEPTH
    }

    /// Generates a value to which several schemas apply.
    pub(super) fn of_all(&mut self, schemas: &[&'s Value], depth: usize) -> Option<Value> {
        self.work = self.work.checked_sub(1)?;
        if depth > MAX_DEPTH {
            return None;
        }
        let mut merged = Merged::new();
        for schema in schemas {
            self.collect(schema, &mut merged, 0)?;
        }
        self.of_merged(&merged, depth)
    }

    /// Collects the schemas that apply to a value, with one branch of each union. Returns `None` if no value has all types.
    fn collect(&mut self, schema: &'s Value, merged: &mut Merged<'s>, depth: usize) -> Option<()> {
        self.work = self.work.checked_sub(1)?;
        if *schema == Value::Bool(false) || depth > MAX_DEPTH {
            return None;
        }
        if !schema.is_object() {
            return Some(());
        }
        if !merged.add(schema) {
            return None;
        }
        let family = self.family(schema, merged, depth);
        let target = family.unwrap_or_else(|| resolved(self.root, schema));
        if !std::ptr::eq(target, schema) {
            self.collect(target, merged, depth + 1)?;
        }
        for inner in items(schema, "allOf") {
            self.collect(inner, merged, depth + 1)?;
        }
        for key in ["oneOf", "anyOf"] {
            let branches: Vec<&'s Value> = items(schema, key).collect();
            if !branches.is_empty() {
                let branch = self.branch(&branches, merged)?;
                self.tag(schema, branch, merged);
                self.collect(branch, merged, depth + 1)?;
            }
        }
        Some(())
    }

    /// Chooses a component that is composed of a schema with a discriminator and no branches.
    fn family(&mut self, schema: &'s Value, merged: &mut Merged<'s>, depth: usize) -> Option<&'s Value> {
        let target = resolved(self.root, schema);
        let is_family = |schema: &Value| {
            schema.get("discriminator").is_some() && schema.get("oneOf").or(schema.get("anyOf")).is_none()
        };
        // Its members lead back to the schema.
        if depth > 1 || std::ptr::eq(target, schema) || !is_family(target) {
            return None;
        }
        let mapping: Vec<_> = entries(target.get("discriminator")?, "mapping").collect();
        let (value, member) = self.pick(&mapping)?;
        let member = self.root.pointer(member.as_str()?.trim_start_matches('#'))?;
        let property = text(target.get("discriminator")?, "propertyName")?;
        merged.tags.push((property, value));
        (!std::ptr::eq(member, target)).then_some(member)
    }

    /// Chooses a branch that can be combined with the other schemas, preferably not null.
    fn branch(&mut self, branches: &[&'s Value], merged: &Merged<'s>) -> Option<&'s Value> {
        let kinds = |branch: &Value| Kinds::of(self.root, branch).and(merged.kinds);
        let possible: Vec<_> = branches.iter().copied().filter(|branch| !kinds(branch).is_empty()).collect();
        let present: Vec<_> =
            possible.iter().copied().filter(|branch| kinds(branch) != Kinds::NULL).collect();
        if present.is_empty() || present.len() < possible.len() && self.chance(8) {
            return self.pick(&possible);
        }
        self.pick(&present)
    }

    /// Notes the value of the discriminator's property for a branch.
    fn tag(&mut self, schema: &'s Value, branch: &'s Value, merged: &mut Merged<'s>) {
        let Some(discriminator) = schema.get("discriminator") else { return };
        let Some(property) = text(discriminator, "propertyName") else { return };
        let reference = branch.get("$ref");
        let values = entries(discriminator, "mapping").filter(|(_, target)| Some(*target) == reference);
        let values: Vec<&'s str> = values.map(|(value, _)| value.as_str()).collect();
        merged.tags.extend(self.pick(&values).map(|value| (property, value)));
    }

    fn of_merged(&mut self, merged: &Merged<'s>, depth: usize) -> Option<Value> {
        if self.wish.examples
            && depth > 0
            && let Some(example) = self.example(merged)
        {
            return Some(example);
        }
        if let Some(values) = merged.listed() {
            let values: Vec<_> = values
                .into_iter()
                .filter(|value| merged.schemas.iter().all(|schema| fits(self.root, schema, value)))
                .collect();
            let present: Vec<_> = values.iter().copied().filter(|value| !value.is_null()).collect();
            let is_plain = self.wish.plain && !present.is_empty();
            return self.pick(if is_plain { &present } else { &values }).cloned();
        }
        let mut present = merged.kinds.without(Kinds::NULL);
        if self.wish.flat && depth > 0 {
            present = present.without(Kinds::ARRAY.or(Kinds::OBJECT));
            if present.is_empty() {
                return None;
            }
        }
        let may_be_null = merged.kinds.has(Kinds::NULL) && !self.wish.plain;
        if present.is_empty() || may_be_null && merged.kinds != Kinds::ALL && self.chance(8) {
            return Some(Value::Null);
        }
        let value = self.of_kinds(present, merged, depth);
        if value.is_none() && may_be_null { Some(Value::Null) } else { value }
    }

    /// Generates a value of one of several types.
    fn of_kinds(&mut self, kinds: Kinds, merged: &Merged<'s>, depth: usize) -> Option<Value> {
        let mut each = kinds.each();
        if kinds.has(Kinds::INTEGER)
            && kinds.has(Kinds::FRACTION)
            && !kinds.has(Kinds::STRING)
            && each.len() == 2
        {
            each = vec![Kinds::FRACTION];
        }
        // Without a type, an object without properties says as little as a string.
        if kinds == Kinds::ALL.without(Kinds::NULL) {
            each = vec![Kinds::STRING, Kinds::INTEGER, Kinds::BOOLEAN];
        }
        let kind = self.pick(&each)?;
        match kind {
            Kinds::BOOLEAN => Some(Value::Bool(self.chance(2))),
            Kinds::INTEGER => self.integer(merged),
            Kinds::FRACTION => self.fraction(merged),
            Kinds::STRING => self.string(merged),
            Kinds::ARRAY => self.array(merged, depth),
            _ => self.object(merged, depth),
        }
    }

    /// Returns an example or the default of one of the schemas, if it fits all.
    fn example(&mut self, merged: &Merged<'s>) -> Option<Value> {
        let one = merged.all("example").chain(merged.all("default"));
        let many = merged.all("examples").filter_map(Value::as_array).flatten();
        let fitting: Vec<_> = one
            .chain(many)
            .filter(|value| merged.schemas.iter().all(|schema| fits(self.root, schema, value)))
            .collect();
        let first = fitting.first()?;
        // An example of an object is often older than its schema.
        (!first.is_object() && !first.is_null()).then(|| (*first).clone())
    }
}
