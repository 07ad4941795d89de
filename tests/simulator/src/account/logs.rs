//! The logs of routing changes, for the routing exports. They only grow, and are not ordered by time.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::config::Config;
use crate::random::Random;
use crate::resource::Resource;
use crate::time::{DAY, SECOND, stamp};

use super::version::Version;

/// The three logs, oldest entry first.
#[derive(Default)]
pub(crate) struct Logs {
    attributes: Vec<Value>,
    attribute_values: Vec<Value>,
    instance_values: Vec<Value>,
}

impl Logs {
    /// Returns the entries of a log; `None` if the resource has no log.
    pub(crate) fn of(&self, resource: Resource) -> Option<&[Value]> {
        match resource {
            Resource::AttributeChanges => Some(&self.attributes),
            Resource::AttributeValueChanges => Some(&self.attribute_values),
            Resource::InstanceValueChanges => Some(&self.instance_values),
            _ => None,
        }
    }

    /// Adds a change of an attribute.
    pub(crate) fn attribute(&mut self, kind: &str, id: &str, name: &str, now: i64) {
        self.attributes.push(json!({"id": id, "name": name, "time": stamp(now), "type": kind}));
    }

    /// Adds a change of an attribute value.
    pub(crate) fn attribute_value(&mut self, kind: &str, id: &str, attribute: &str, name: &str, now: i64) {
        let entry =
            json!({"id": id, "attribute_id": attribute, "name": name, "time": stamp(now), "type": kind});
        self.attribute_values.push(entry);
    }

    /// Adds that a value was assigned to an agent or ticket, or removed.
    pub(crate) fn instance_value(&mut self, kind: &str, id: &str, value: &str, instance: i64, now: i64) {
        self.instance_values.push(json!({
            "id": id, "attribute_value_id": value, "instance_id": instance.to_string(), "time": stamp(now),
            "type": kind,
        }));
    }

    /// Adds a random entry to a log.
    pub(crate) fn add_random_entry(&mut self, resource: Resource, now: i64, random: &mut Random) {
        let kind = random.pick(&["create", "update", "delete"]);
        let (id, other) = (uuid(random), uuid(random));
        match resource {
            Resource::AttributeChanges => self.attribute(kind, &id, "Skill type", now),
            Resource::AttributeValueChanges => self.attribute_value(kind, &id, &other, "Skill", now),
            Resource::InstanceValueChanges => {
                self.instance_value("associate_agent", &id, &other, random.between(10_001, 1 << 45), now);
            }
            _ => {}
        }
    }

    /// Returns all entries of a log as versions; `None` if the resource has no log.
    pub(crate) fn versions(&self, resource: Resource) -> Option<BTreeSet<Version>> {
        let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        Some(self.of(resource)?.iter().map(|entry| (text(entry, "id"), text(entry, "time"))).collect())
    }

    /// Creates the logs of a new account.
    pub(crate) fn seed(config: &Config) -> Self {
        let mut logs = Self::default();
        let start = config.epoch * SECOND - 400 * DAY;
        let mut random = Random::new(config.seed, &[Resource::InstanceValueChanges as u64, 4]);
        for index in 0..config.size_of(Resource::AttributeChanges) {
            let kind = random.pick(&["create", "update", "delete"]);
            let time = start + i64::from(index) * 3_600 * SECOND;
            logs.attribute(kind, &uuid(&mut random), &format!("Skill type {index}"), time);
        }
        for index in 0..config.size_of(Resource::AttributeValueChanges) {
            let kind = random.pick(&["create", "update", "delete"]);
            let (id, attribute) = (uuid(&mut random), uuid(&mut random));
            let time = start + i64::from(index) * 3_600 * SECOND;
            logs.attribute_value(kind, &id, &attribute, &format!("Skill {index}"), time);
        }
        logs.seed_instances(config.size_of(Resource::InstanceValueChanges), start, &mut random);
        logs
    }

    /// Adds entries grouped by value, so that times are not sorted. A removal follows its assignment.
    fn seed_instances(&mut self, size: u32, start: i64, random: &mut Random) {
        let mut value = uuid(random);
        while self.instance_values.len() < size as usize {
            if random.percent(5) {
                value = uuid(random);
            }
            let kind = random.pick(&["agent", "ticket"]);
            let (id, instance) = (uuid(random), random.between(10_001, 1 << 45));
            let time = start + random.between(0, 300 * DAY / SECOND) * SECOND;
            self.instance_value(&format!("associate_{kind}"), &id, &value, instance, time);
            if random.percent(30) && self.instance_values.len() < size as usize {
                let later = time + random.between(1, 90 * DAY / SECOND) * SECOND;
                self.instance_value(&format!("unassociate_{kind}"), &id, &value, instance, later);
            }
        }
    }
}

/// Returns an id like those of attributes and values.
pub(crate) fn uuid(random: &mut Random) -> String {
    let (high, low) = (random.next(), random.next());
    format!(
        "{:08x}-{:04x}-11e8-{:04x}-{:012x}",
        high >> 32,
        high & 0xffff,
        0x8000 | (low >> 50),
        low & 0xffff_ffff_ffff
    )
}
