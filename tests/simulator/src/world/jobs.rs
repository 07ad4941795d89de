//! Jobs that run in the background: each time that one is asked for, it gets on by a step.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::time::stamp;

use super::logs::Logs;
use super::record::HOME;
use super::routing::{Assign, Holder, Routing};

/// What a job is to do.
pub(crate) struct Order {
    pub(crate) action: String,
    pub(crate) how: Assign,
    pub(crate) values: BTreeSet<String>,
    pub(crate) agents: Vec<i64>,
}

struct Job {
    id: String,
    order: Order,
    state: State,
}

#[derive(Clone)]
enum State {
    Queued,
    Working,
    Completed { message: String, results: Value },
}

/// All jobs.
pub(crate) struct Jobs {
    jobs: Vec<Job>,
    dice: Dice,
}

impl Jobs {
    pub(crate) fn new(seed: u64) -> Self {
        Self { jobs: Vec::new(), dice: Dice::new(seed, &[14]) }
    }

    /// Takes an order, and tells that it is queued.
    pub(crate) fn take(&mut self, order: Order) -> Value {
        let id = format!("V3-{:016x}{:016x}", self.dice.roll(), self.dice.roll());
        let job = Job { id, order, state: State::Queued };
        let status = job.status();
        self.jobs.push(job);
        status
    }

    /// How far a job is. It is queued first, then working; then it is done.
    pub(crate) fn poll(
        &mut self,
        id: &str,
        routing: &mut Routing,
        logs: &mut Logs,
        now: i64,
    ) -> Option<Value> {
        let job = self.jobs.iter_mut().find(|job| job.id == id)?;
        job.state = match &job.state {
            State::Queued if self.dice.percent(30) => State::Queued,
            State::Queued => State::Working,
            State::Working if self.dice.percent(30) => State::Working,
            State::Working => job.order.run(routing, logs, now),
            State::Completed { message, results } => {
                State::Completed { message: message.clone(), results: results.clone() }
            }
        };
        Some(job.status())
    }
}

impl Order {
    /// Does the work. One agent makes a job that tells no more than that it went well.
    fn run(&self, routing: &mut Routing, logs: &mut Logs, now: i64) -> State {
        let results = self.agents.iter().enumerate().map(|(index, agent)| {
            let holder = Holder::Agent(*agent);
            if !routing.knows(holder) {
                let details = "There is no such agent.";
                return json!({"index": index, "id": agent, "error": "AgentNotFound", "details": details});
            }
            routing.assign(holder, self.how, &self.values, now, logs);
            json!({"index": index, "id": agent, "action": self.action, "status": "Updated", "success": true})
        });
        let results: Vec<Value> = results.collect();
        let well = results.iter().all(|result| result["success"] == true);
        let results = if well && results.len() == 1 { json!({"success": true}) } else { json!(results) };
        State::Completed { message: format!("Completed at {}", stamp(now)), results }
    }
}

impl Job {
    fn status(&self) -> Value {
        let total = self.order.agents.len();
        let mut status = json!({
            "id": self.id, "url": format!("{HOME}/job_statuses/{}.json", self.id), "total": total,
            "progress": null, "message": null, "results": null, "status": "queued",
            "job_type": "Bulk upsert/update/delete agent instance values",
        });
        match &self.state {
            State::Queued => {}
            State::Working => {
                status["status"] = json!("working");
                status["progress"] = json!(total / 2);
            }
            State::Completed { message, results } => {
                status["status"] = json!("completed");
                status["progress"] = json!(total);
                status["message"] = json!(message);
                status["results"] = results.clone();
            }
        }
        if let Some(fields) = status.as_object_mut().filter(|_| total == 1) {
            fields.remove("job_type");
        }
        json!({"job_status": status})
    }
}
