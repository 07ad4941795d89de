//! Skills: attributes, attribute values, and the agents and tickets that have them. Kept in memory, and changed by
//! requests.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::config::Config;
use crate::random::Random;
use crate::time::{DAY, SECOND, stamp};

use super::logs::{Logs, uuid};
use super::record::API_URL;

/// The ids of agents.
const AGENTS: std::ops::Range<i64> = 224..284;

/// An attribute (a skill type).
#[derive(Clone)]
pub(crate) struct Attribute {
    pub(crate) id: String,
    pub(crate) name: String,
    created: i64,
    updated: i64,
}

/// An attribute value (a skill).
#[derive(Clone)]
pub(crate) struct AttributeValue {
    pub(crate) id: String,
    pub(crate) attribute: String,
    pub(crate) name: String,
    pub(crate) conditions: Value,
    created: i64,
    updated: i64,
}

/// The assignment of an attribute value to an agent or ticket.
#[derive(Clone)]
struct AssignedValue {
    id: String,
    value: String,
    since: i64,
}

/// An agent or ticket, which can have skills.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SkillOwner {
    Agent(i64),
    Ticket(i64),
}

/// A change to the assigned values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Assign {
    /// Add these values.
    Upsert,
    /// Replace all assigned values by these.
    Replace,
    /// Remove these values.
    Delete,
}

/// All skills.
pub(crate) struct Routing {
    attributes: Vec<Attribute>,
    values: Vec<AttributeValue>,
    assigned: BTreeMap<SkillOwner, Vec<AssignedValue>>,
    tickets: i64,
    random: Random,
}

impl Routing {
    /// Creates the skills of a new account.
    pub(crate) fn seed(config: &Config) -> Self {
        let mut random = Random::new(config.seed, &[13]);
        let start = config.epoch * SECOND - 200 * DAY;
        let mut routing = Self {
            attributes: Vec::new(),
            values: Vec::new(),
            assigned: BTreeMap::new(),
            tickets: config.tickets.into(),
            random,
        };
        for number in 0..12 {
            let time = start + number * DAY;
            let attribute = routing.add_attribute(&format!("Skill type {number}"), time);
            for skill in 0..random.between(1, 30) {
                routing.add_value(&attribute.id, &format!("Skill {number}.{skill}"), time + SECOND);
            }
        }
        let values: Vec<String> = routing.values.iter().map(|value| value.id.clone()).collect();
        let owners =
            AGENTS.map(SkillOwner::Agent).chain((1..=config.tickets.min(50).into()).map(SkillOwner::Ticket));
        for owner in owners {
            let some = (0..random.index(6)).map(|_| values[random.index(values.len())].clone()).collect();
            routing.assign(owner, Assign::Replace, &some, start + 100 * DAY, &mut Logs::default());
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
        let id = uuid(&mut self.random);
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

    /// Removes an attribute with its values, and all their assignments.
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
            id: uuid(&mut self.random),
            attribute: attribute.to_owned(),
            name: name.to_owned(),
            conditions: json!({"all": [], "any": []}),
            created: now,
            updated: now,
        };
        self.values.push(value.clone());
        value
    }

    /// Updates the given properties of a value.
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

    /// Removes a value, and all its assignments.
    pub(crate) fn remove_value(
        &mut self,
        attribute: &str,
        id: &str,
        now: i64,
        logs: &mut Logs,
    ) -> Option<AttributeValue> {
        let position = self.values.iter().position(|value| value.id == id && value.attribute == attribute)?;
        let owners: Vec<SkillOwner> = self.assigned.keys().copied().collect();
        for owner in owners {
            self.assign(owner, Assign::Delete, &BTreeSet::from([id.to_owned()]), now, logs);
        }
        let value = self.values.remove(position);
        logs.attribute_value("delete", &value.id, &value.attribute, &value.name, now);
        Some(value)
    }

    /// Returns whether the agent or ticket exists.
    pub(crate) fn exists(&self, owner: SkillOwner) -> bool {
        match owner {
            SkillOwner::Agent(id) => AGENTS.contains(&id),
            SkillOwner::Ticket(id) => (1..=self.tickets).contains(&id),
        }
    }

    /// Returns the values of an agent or ticket.
    pub(crate) fn values_of(&self, owner: SkillOwner) -> Vec<&AttributeValue> {
        let assigned = self.assigned.get(&owner).into_iter().flatten();
        assigned.filter_map(|assigned| self.values.iter().find(|value| value.id == assigned.value)).collect()
    }

    /// Returns the values of agents, one record for each agent and value.
    pub(crate) fn instances(&self, agents: &[i64]) -> Vec<Value> {
        let mut instances = Vec::new();
        for agent in agents {
            for assigned in self.assigned.get(&SkillOwner::Agent(*agent)).into_iter().flatten() {
                let Some(value) = self.values.iter().find(|value| value.id == assigned.value) else {
                    continue;
                };
                let time = stamp(assigned.since);
                // The id is a string for some agents, a number for others.
                let agent = if agent % 3 == 0 { json!(agent.to_string()) } else { json!(agent) };
                instances.push(json!({
                    "id": assigned.id, "agent_id": agent, "attribute_id": value.attribute,
                    "attribute_value_id": value.id, "name": value.name, "created_at": time,
                    "updated_at": time,
                }));
            }
        }
        instances
    }

    /// Changes the values of an agent or ticket. Unknown values are skipped.
    pub(crate) fn assign(
        &mut self,
        owner: SkillOwner,
        change: Assign,
        named: &BTreeSet<String>,
        now: i64,
        logs: &mut Logs,
    ) {
        let (kind, instance) = match owner {
            SkillOwner::Agent(id) => ("agent", id),
            SkillOwner::Ticket(id) => ("ticket", id),
        };
        let assigned = self.assigned.entry(owner).or_default();
        assigned.retain(|assigned| {
            let stays = match change {
                Assign::Upsert => true,
                Assign::Replace => named.contains(&assigned.value),
                Assign::Delete => !named.contains(&assigned.value),
            };
            if !stays {
                logs.instance_value(
                    &format!("unassociate_{kind}"),
                    &assigned.id,
                    &assigned.value,
                    instance,
                    now,
                );
            }
            stays
        });
        if change == Assign::Delete {
            return;
        }
        for value in self.values.iter().filter(|value| named.contains(&value.id)) {
            if assigned.iter().all(|assigned| assigned.value != value.id) {
                let id = uuid(&mut self.random);
                logs.instance_value(&format!("associate_{kind}"), &id, &value.id, instance, now);
                assigned.push(AssignedValue { id, value: value.id.clone(), since: now });
            }
        }
    }
}

impl Attribute {
    /// Returns the JSON: with the URL if sent alone, without it in a list.
    pub(crate) fn json(&self, alone: bool) -> Value {
        let mut record = json!({
            "id": self.id, "name": self.name, "created_at": stamp(self.created),
            "updated_at": stamp(self.updated),
        });
        if alone {
            record["url"] = json!(format!("{API_URL}/routing/attributes/{}.json", self.id));
        }
        record
    }
}

impl AttributeValue {
    /// Returns the JSON: with the attribute's id for a ticket, with the URL otherwise.
    pub(crate) fn json(&self, of_ticket: bool) -> Value {
        let mut record = json!({
            "id": self.id, "name": self.name, "created_at": stamp(self.created),
            "updated_at": stamp(self.updated),
        });
        if of_ticket {
            record["attribute_id"] = json!(self.attribute);
        } else {
            let url = format!("{API_URL}/routing/attributes/{}/values/{}.json", self.attribute, self.id);
            record["url"] = json!(url);
        }
        record
    }
}
