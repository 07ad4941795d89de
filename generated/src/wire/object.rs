//! Reading what has members: models, maps and lists.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::context::{Context, Failed, Problem, Segment};
use super::decode::{Filled, Seed};
use super::field_set::FieldSet;
use super::node::{Node, Shape};
use super::order::Orders;
use super::slot::{ArraySlot, MapSlot};

/// Fills a model; what it does not declare goes to its extra.
pub(super) fn model<'de, A: MapAccess<'de>>(
    model: &mut dyn Node,
    mut entries: A,
    context: &mut Context,
) -> Result<(), A::Error> {
    let shape = model.model();
    let has_room = std::mem::replace(&mut context.has_room, shape.open);
    let mut seen = FieldSet::default();
    let mut unknown = false;
    let order = context.orders.of(shape.names);
    let mut before = 0;
    while let Some(key) =
        entries.next_key_seed(KeySeed { orders: &mut context.orders, order, names: shape.names, before })?
    {
        match key {
            Key::Field(index) => {
                before = index.saturating_add(1);
                if let Err(error) = declared(model, shape, index, &mut seen, &mut entries, context) {
                    let name = shape.names.get(usize::from(index)).copied().unwrap_or_default();
                    return Err(context.step(Segment::Field(name), error));
                }
            }
            Key::Unknown(key) => {
                undeclared(model, key, &mut entries, context)?;
                unknown = true;
            }
        }
    }
    if unknown {
        check_unknown(model, context)?;
    }
    context.has_room = has_room;
    check_required(shape, &seen, context)
}

/// Fills a field, and notes the nulls that it has no room for.
fn declared<'de, A: MapAccess<'de>>(
    model: &mut dyn Node,
    shape: &'static Shape,
    index: u16,
    seen: &mut FieldSet,
    entries: &mut A,
    context: &mut Context,
) -> Result<(), A::Error> {
    if !seen.insert(index) {
        return Err(context.fail(Problem::Duplicate));
    }
    let noted = context.nulls.len();
    let position = usize::from(index);
    let lenient = shape.is_lenient(position);
    let outcome =
        entries.next_value_seed(Seed { slot: model.slot_at(position), lenient, context: &mut *context });
    if context.nulls.len() > noted
        && let Some(extra) = model.extra_mut()
    {
        context.nulls.drain(noted..).for_each(|way| extra.note_null_within(shape.names, index, way));
    }
    match outcome? {
        Filled::Value => return Ok(()),
        Filled::Null => {}
        Filled::Refused if shape.open => {
            context.problem = None;
            context.fit.strange += 1;
        }
        Filled::Refused => return Err(context.raise(Failed)),
    }
    if let Some(extra) = model.extra_mut() {
        extra.note_null(shape.names, index);
    }
    Ok(())
}

fn undeclared<'de, A: MapAccess<'de>>(
    model: &mut dyn Node,
    key: String,
    entries: &mut A,
    context: &mut Context,
) -> Result<(), A::Error> {
    let name = model.model().name;
    let Some(extra) = model.extra_mut() else {
        let error = context.fail(Problem::Unknown { model: name });
        return Err(context.step(Segment::Key(key), error));
    };
    match entries.next_value::<Value>() {
        Ok(value) => {
            context.note_undeclared(&value);
            extra.push(key, value);
            Ok(())
        }
        Err(error) => Err(context.step(Segment::Key(key), error)),
    }
}

fn check_unknown<E: de::Error>(model: &dyn Node, context: &mut Context) -> Result<(), E> {
    match model.extra().and_then(super::Extra::duplicate) {
        Some(key) => {
            let error = context.fail(Problem::Duplicate);
            Err(context.step(Segment::Key(key.to_owned()), error))
        }
        None => Ok(()),
    }
}

fn check_required<E: de::Error>(
    shape: &'static Shape,
    seen: &FieldSet,
    context: &mut Context,
) -> Result<(), E> {
    let is_missing = |index: &usize| u16::try_from(*index).is_ok_and(|index| !seen.contains(index));
    if !shape.required().any(|index| is_missing(&index)) {
        return Ok(());
    }
    let missing = shape.required().filter(is_missing);
    let fields = missing.filter_map(|index| shape.names.get(index).copied()).collect();
    Err(context.fail(Problem::Missing { model: shape.name, fields }))
}

/// Fills an object whose keys are data.
pub(super) fn map<'de, A: MapAccess<'de>>(
    map: &mut dyn MapSlot,
    mut entries: A,
    lenient: bool,
    context: &mut Context,
) -> Result<(), A::Error> {
    while let Some(key) = entries.next_key::<String>()? {
        let Some(slot) = map.entry(key.clone()) else {
            let error = context.fail(Problem::Duplicate);
            return Err(context.step(Segment::Key(key), error));
        };
        let noted = context.nulls.len();
        let outcome = entries.next_value_seed(Seed { slot, lenient, context: &mut *context });
        accept(outcome, noted, || Segment::Key(key), context)?;
    }
    Ok(())
}

/// Fills an object without declared fields.
pub(super) fn free<'de, A: MapAccess<'de>>(
    map: &mut Map<String, Value>,
    mut entries: A,
    context: &mut Context,
) -> Result<(), A::Error> {
    while let Some(key) = entries.next_key::<String>()? {
        let value = match entries.next_value() {
            Ok(value) => value,
            Err(error) => return Err(context.step(Segment::Key(key), error)),
        };
        if map.contains_key(&key) {
            let error = context.fail(Problem::Duplicate);
            return Err(context.step(Segment::Key(key), error));
        }
        context.note_undeclared(&value);
        map.insert(key, value);
    }
    Ok(())
}

/// Fills a list.
pub(super) fn array<'de, A: SeqAccess<'de>>(
    array: &mut dyn ArraySlot,
    mut items: A,
    lenient: bool,
    context: &mut Context,
) -> Result<(), A::Error> {
    let mut index = 0;
    loop {
        let noted = context.nulls.len();
        let outcome = items.next_element_seed(Item { array: &mut *array, lenient, context: &mut *context });
        let outcome = match outcome {
            Ok(None) => return Ok(()),
            Ok(Some(filled)) => Ok(filled),
            Err(error) => Err(error),
        };
        accept(outcome, noted, || Segment::Index(index), context)?;
        index += 1;
    }
}

/// Takes what a member of a list or map was filled with. A null that it has no room for is left to the model
/// around; so are those inside of it, which come behind the ones noted before.
fn accept<E: de::Error>(
    outcome: Result<Filled, E>,
    noted: usize,
    step: impl FnOnce() -> Segment,
    context: &mut Context,
) -> Result<(), E> {
    match outcome {
        Ok(Filled::Value | Filled::Null) if context.nulls.len() == noted => {}
        Ok(Filled::Value | Filled::Null) => {
            let step = step();
            context.nulls.iter_mut().skip(noted).for_each(|way| way.push(step.clone()));
        }
        Ok(Filled::Refused) if context.has_room => {
            context.problem = None;
            context.fit.strange += 1;
            context.nulls.push(vec![step()]);
        }
        Ok(Filled::Refused) => {
            let error = context.raise(Failed);
            return Err(context.step(step(), error));
        }
        Err(error) => return Err(context.step(step(), error)),
    }
    Ok(())
}

/// An item of a list: it asks for room only when there is a value.
struct Item<'s, 'c> {
    array: &'s mut dyn ArraySlot,
    lenient: bool,
    context: &'c mut Context,
}

impl<'de> DeserializeSeed<'de> for Item<'_, '_> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        let seed = Seed { slot: self.array.push(), lenient: self.lenient, context: self.context };
        seed.deserialize(deserializer)
    }
}

/// Looks a key up among the fields of a model, without a copy where it is known.
struct KeySeed<'o> {
    orders: &'o mut Orders,
    /// The model's place among them.
    order: usize,
    names: &'static [&'static str],
    /// The position of the field before, plus one.
    before: u16,
}

/// A key of a model.
enum Key {
    /// The position of a declared field.
    Field(u16),
    Unknown(String),
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Key, E> {
        let position = self.orders.find(self.order, self.names, self.before, key);
        Ok(position.map_or_else(|| Key::Unknown(key.to_owned()), Key::Field))
    }
}
