//! Reading what has members: models, maps and lists.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::context::{Context, Failed, Problem, Segment};
use super::decode::{Filled, Seed};
use super::field_set::FieldSet;
use super::model::Model;
use super::slot::{ArraySlot, Field, MapSlot};

/// Fills a model; what it does not declare goes to its extra.
pub(super) fn model<'de, A: MapAccess<'de>>(
    model: &mut dyn Model,
    mut entries: A,
    context: &mut Context,
) -> Result<(), A::Error> {
    let names = model.names();
    let has_room = std::mem::replace(&mut context.has_room, model.extra().is_some());
    let mut seen = FieldSet::default();
    let mut unknown = false;
    while let Some(key) = entries.next_key_seed(KeySeed(&mut *model))? {
        match key {
            Key::Field(field) => {
                let index = field.index;
                let noted = context.nulls.len();
                let outcome = if seen.insert(index) {
                    declared(field, &mut entries, context)
                } else {
                    Err(context.fail(Problem::Duplicate))
                };
                if context.nulls.len() > noted {
                    note_nulls_within(model, index, context.nulls.drain(noted..));
                }
                let name = names.get(usize::from(index)).copied().unwrap_or_default();
                match outcome {
                    Ok(Filled::Value) => {}
                    Ok(Filled::Null) => note_null(model, index),
                    Ok(Filled::Refused) if model.extra().is_some() => {
                        context.problem = None;
                        context.fit.strange += 1;
                        note_null(model, index);
                    }
                    Ok(Filled::Refused) => {
                        let error = context.raise(Failed);
                        return Err(context.step(Segment::Field(name), error));
                    }
                    Err(error) => return Err(context.step(Segment::Field(name), error)),
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
    check_required(model, &seen, context)
}

fn declared<'de, A: MapAccess<'de>>(
    field: Field<'_>,
    entries: &mut A,
    context: &mut Context,
) -> Result<Filled, A::Error> {
    entries.next_value_seed(Seed { slot: field.slot, lenient: field.lenient, context })
}

fn undeclared<'de, A: MapAccess<'de>>(
    model: &mut dyn Model,
    key: String,
    entries: &mut A,
    context: &mut Context,
) -> Result<(), A::Error> {
    let name = model.name();
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

fn note_null(model: &mut dyn Model, index: u16) {
    let names = model.names();
    if let Some(extra) = model.extra_mut() {
        extra.note_null(names, index);
    }
}

fn note_nulls_within(model: &mut dyn Model, index: u16, ways: impl Iterator<Item = Vec<Segment>>) {
    let names = model.names();
    if let Some(extra) = model.extra_mut() {
        ways.for_each(|way| extra.note_null_within(names, index, way));
    }
}

fn check_unknown<E: de::Error>(model: &dyn Model, context: &mut Context) -> Result<(), E> {
    match model.extra().and_then(super::Extra::duplicate) {
        Some(key) => {
            let error = context.fail(Problem::Duplicate);
            Err(context.step(Segment::Key(key.to_owned()), error))
        }
        None => Ok(()),
    }
}

fn check_required<E: de::Error>(model: &dyn Model, seen: &FieldSet, context: &mut Context) -> Result<(), E> {
    let required = model.required();
    if required.iter().all(|index| seen.contains(*index)) {
        return Ok(());
    }
    let names = model.names();
    let missing = required.iter().filter(|index| !seen.contains(**index));
    let fields = missing.filter_map(|index| names.get(usize::from(*index)).copied()).collect();
    Err(context.fail(Problem::Missing { model: model.name(), fields }))
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
struct KeySeed<'m>(&'m mut dyn Model);

/// A key of a model.
enum Key<'m> {
    Field(Field<'m>),
    Unknown(String),
}

impl<'de, 'm> DeserializeSeed<'de> for KeySeed<'m> {
    type Value = Key<'m>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key<'m>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'m> Visitor<'_> for KeySeed<'m> {
    type Value = Key<'m>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Key<'m>, E> {
        Ok(match self.0.field(key) {
            Some(field) => Key::Field(field),
            None => Key::Unknown(key.to_owned()),
        })
    }
}
