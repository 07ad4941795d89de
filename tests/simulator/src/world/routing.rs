//! Skills: attributes, their values, and which agents and tickets have them. Kept in memory, and changed by
//! requests.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::config::Config;
use crate::dice::Dice;
use crate::time::{DAY, SECOND, stamp};

use super::logs::{Logs, uuid};
use super::record::HOME;

/// Ids of the agents that there are: from the first up to, but not including, the last.
const AGENTS: std::ops::Range<i64> = 224..284;

/// A skill type.
#[derive(Clone)]
pub(crate) struct Attribute {
    pub(crate) id: String,
    pub(crate) name: String,
    created: i64,
    updated: i64,
}

/// A skill.
#[derive(Clone)]
pub(crate) struct AttributeValue {
    pub(crate) id: String,
    pub(crate) attribute: String,
    pub(crate) name: String,
    pub(crate) conditions: Value,
    created: i64,
    updated: i64,
}

/// That an agent or ticket has a skill.
#[derive(Clone)]
struct Held {
    id: String,
    value: String,
    since: i64,
}

/// Who can have skills.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holder {
    Agent(i64),
    Ticket(i64),
}

/// What to do with skills that are named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Assign {
    /// Add them.
    Upsert,
    /// Put them in place of all others.
    Replace,
    /// Take them away.
    Delete,
}

/// All skills.
pub(crate) struct Routing {
    attributes: Vec<Attribute>,
    values: Vec<AttributeValue>,
    held: BTreeMap<Holder, Vec<Held>>,
    tickets: i64,
    dice: Dice,
}

impl Routing {
    /// The skills of a new world.
    pub(crate) fn seed(config: &Config) -> Self {
        let mut dice = Dice::new(config.seed, &[13]);
        let start = config.epoch * SECOND - 200 * DAY;
        let mut routing = Self {
            attributes: Vec::new(),
            values: Vec::new(),
            held: BTreeMap::new(),
            tickets: config.tickets.into(),
            dice,
        };
        for number in 0..12 {
            let time = start + number * DAY;
            let attribute = routing.add_attribute(&format!("Skill type {number}"), time);
            for skill in 0..dice.between(1, 30) {
                routing.add_value(&attribute.id, &format!("Skill {number}.{skill}"), time + SECOND);
            }
        }
        let values: Vec<String> = routing.values.iter().map(|value| value.id.clone()).collect();
        let holders =
            AGENTS.map(Holder::Agent).chain((1..=config.tickets.min(50).into()).map(Holder::Ticket));
        for holder in holders {
            let some = (0..dice.index(6)).map(|_| values[dice.index(values.len())].clone()).collect();
            routing.assign(holder, Assign::Replace, &some, start + 100 * DAY, &mut Logs::default());
        }
        routing
    }

    pub(crate) fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    pub(crate) fn attribute(&self, id: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.id == id)
    }

    pub(crate) fn values(&self) -> &[AttributeValue] {
        &self.values
    }

    pub(crate) fn value(&self, attribute: &str, id: &str) -> Option<&AttributeValue> {
        self.values.iter().find(|value| value.id == id && value.attribute == attribute)
    }

    pub(crate) fn add_attribute(&mut self, name: &str, now: i64) -> Attribute {
        let id = uuid(&mut self.dice);
        let attribute = Attribute { id, name: name.to_owned(), created: now, updated: now };
        self.attributes.push(attribute.clone());
        attribute
    }

    pub(crate) fn rename_attribute(&mut self, id: &str, name: &str, now: i64) -> Option<Attribute> {
        let attribute = self.attributes.iter_mut().find(|attribute| attribute.id == id)?;
        name.clone_into(&mut attribute.name);
        attribute.updated = now;
        Some(attribute.clone())
    }

    /// Removes an attribute with its values, which nobody has any more.
    pub(crate) fn remove_attribute(&mut self, id: &str, now: i64, logs: &mut Logs) -> Option<Attribute> {
        let position = self.attributes.iter().position(|attribute| attribute.id == id)?;
        let values: Vec<String> =
            self.values.iter().filter(|value| value.attribute == id).map(|value| value.id.clone()).collect();
        for value in values {
            self.remove_value(id, &value, now, logs);
        }
        Some(self.attributes.remove(position))
    }

    pub(crate) fn add_value(&mut self, attribute: &str, name: &str, now: i64) -> AttributeValue {
        let value = AttributeValue {
            id: uuid(&mut self.dice),
            attribute: attribute.to_owned(),
            name: name.to_owned(),
            conditions: json!({"all": [], "any": []}),
            created: now,
            updated: now,
        };
        self.values.push(value.clone());
        value
    }

    /// Changes what is given of a value.
    pub(crate) fn update_value(
        &mut self,
        attribute: &str,
        id: &str,
        name: Option<&str>,
        conditions: Option<&Value>,
        now: i64,
    ) -> Option<AttributeValue> {
        let value = self.values.iter_mut().find(|value| value.id == id && value.attribute == attribute)?;
        if let Some(name) = name {
            name.clone_into(&mut value.name);
        }
        if let Some(conditions) = conditions {
            conditions.clone_into(&mut value.conditions);
        }
        value.updated = now;
        Some(value.clone())
    }

    /// Removes a value, which nobody has any more.
    pub(crate) fn remove_value(
        &mut self,
        attribute: &str,
        id: &str,
        now: i64,
        logs: &mut Logs,
    ) -> Option<AttributeValue> {
        let position = self.values.iter().position(|value| value.id == id && value.attribute == attribute)?;
        let holders: Vec<Holder> = self.held.keys().copied().collect();
        for holder in holders {
            self.assign(holder, Assign::Delete, &BTreeSet::from([id.to_owned()]), now, logs);
        }
        let value = self.values.remove(position);
        logs.attribute_value("delete", &value.id, &value.attribute, &value.name, now);
        Some(value)
    }

    /// Whether there is such an agent or ticket.
    pub(crate) fn knows(&self, holder: Holder) -> bool {
        match holder {
            Holder::Agent(id) => AGENTS.contains(&id),
            Holder::Ticket(id) => (1..=self.tickets).contains(&id),
        }
    }

    /// The values that an agent or ticket has.
    pub(crate) fn held_by(&self, holder: Holder) -> Vec<&AttributeValue> {
        let held = self.held.get(&holder).into_iter().flatten();
        held.filter_map(|held| self.values.iter().find(|value| value.id == held.value)).collect()
    }

    /// The values that agents have, one record for each agent and value.
    pub(crate) fn instances(&self, agents: &[i64]) -> Vec<Value> {
        let mut instances = Vec::new();
        for agent in agents {
            for held in self.held.get(&Holder::Agent(*agent)).into_iter().flatten() {
                let Some(value) = self.values.iter().find(|value| value.id == held.value) else { continue };
                let time = stamp(held.since);
                // An agent's id comes as a number from some, as text from others.
                let agent = if agent % 3 == 0 { json!(agent.to_string()) } else { json!(agent) };
                instances.push(json!({
                    "id": held.id, "agent_id": agent, "attribute_id": value.attribute,
                    "attribute_value_id": value.id, "name": value.name, "created_at": time,
                    "updated_at": time,
                }));
            }
        }
        instances
    }

    /// Gives values, or takes them away. Unknown ones are skipped.
    pub(crate) fn assign(
        &mut self,
        holder: Holder,
        how: Assign,
        named: &BTreeSet<String>,
        now: i64,
        logs: &mut Logs,
    ) {
        let (kind, instance) = match holder {
            Holder::Agent(id) => ("agent", id),
            Holder::Ticket(id) => ("ticket", id),
        };
        let held = self.held.entry(holder).or_default();
        held.retain(|held| {
            let stays = match how {
                Assign::Upsert => true,
                Assign::Replace => named.contains(&held.value),
                Assign::Delete => !named.contains(&held.value),
            };
            if !stays {
                logs.instance_value(&format!("unassociate_{kind}"), &held.id, &held.value, instance, now);
            }
            stays
        });
        if how == Assign::Delete {
            return;
        }
        for value in self.values.iter().filter(|value| named.contains(&value.id)) {
            if held.iter().all(|held| held.value != value.id) {
                let id = uuid(&mut self.dice);
                logs.instance_value(&format!("associate_{kind}"), &id, &value.id, instance, now);
                held.push(Held { id, value: value.id.clone(), since: now });
            }
        }
    }
}

impl Attribute {
    /// As sent alone, with its address, or in a list, without.
    pub(crate) fn json(&self, alone: bool) -> Value {
        let mut record = json!({
            "id": self.id, "name": self.name, "created_at": stamp(self.created),
            "updated_at": stamp(self.updated),
        });
        if alone {
            record["url"] = json!(format!("{HOME}/routing/attributes/{}.json", self.id));
        }
        record
    }
}

impl AttributeValue {
    /// As sent of agents and attributes, with its address, or of tickets, with its attribute.
    pub(crate) fn json(&self, of_ticket: bool) -> Value {
        let mut record = json!({
            "id": self.id, "name": self.name, "created_at": stamp(self.created),
            "updated_at": stamp(self.updated),
        });
        if of_ticket {
            record["attribute_id"] = json!(self.attribute);
        } else {
            let url = format!("{HOME}/routing/attributes/{}/values/{}.json", self.attribute, self.id);
            record["url"] = json!(url);
        }
        record
    }
}
