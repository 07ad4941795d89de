//! Background jobs. Each request for the status may advance a job by one step.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::random::Random;
use crate::time::stamp;

use super::logs::Logs;
use super::record::API_URL;
use super::routing::{Assign, Routing, SkillOwner};

/// The request that starts a job.
pub(crate) struct JobRequest {
    pub(crate) action: String,
    pub(crate) assign: Assign,
    pub(crate) values: BTreeSet<String>,
    pub(crate) agents: Vec<i64>,
}

struct Job {
    id: String,
    request: JobRequest,
    state: JobState,
}

#[derive(Clone)]
enum JobState {
    Queued,
    Working,
    Completed { message: String, results: Value },
}

/// All jobs.
pub(crate) struct Jobs {
    jobs: Vec<Job>,
    random: Random,
}

impl Jobs {
    pub(crate) fn new(seed: u64) -> Self {
        Self { jobs: Vec::new(), random: Random::new(seed, &[14]) }
    }

    /// Adds a job, and returns its status, which is queued.
    pub(crate) fn add(&mut self, request: JobRequest) -> Value {
        let id = format!("V3-{:016x}{:016x}", self.random.next(), self.random.next());
        let job = Job { id, request, state: JobState::Queued };
        let status = job.status();
        self.jobs.push(job);
        status
    }

    /// Returns the status of a job, after advancing it: queued, working, completed.
    pub(crate) fn poll(
        &mut self,
        id: &str,
        routing: &mut Routing,
        logs: &mut Logs,
        now: i64,
    ) -> Option<Value> {
        let job = self.jobs.iter_mut().find(|job| job.id == id)?;
        job.state = match &job.state {
            JobState::Queued if self.random.percent(30) => JobState::Queued,
            JobState::Queued => JobState::Working,
            JobState::Working if self.random.percent(30) => JobState::Working,
            JobState::Working => job.request.run(routing, logs, now),
            JobState::Completed { message, results } => {
                JobState::Completed { message: message.clone(), results: results.clone() }
            }
        };
        Some(job.status())
    }
}

impl JobRequest {
    /// Runs the job. If it has one agent, its result only states success.
    fn run(&self, routing: &mut Routing, logs: &mut Logs, now: i64) -> JobState {
        let results = self.agents.iter().enumerate().map(|(index, agent)| {
            let owner = SkillOwner::Agent(*agent);
            if !routing.exists(owner) {
                let details = "There is no such agent.";
                return json!({"index": index, "id": agent, "error": "AgentNotFound", "details": details});
            }
            routing.assign(owner, self.assign, &self.values, now, logs);
            json!({"index": index, "id": agent, "action": self.action, "status": "Updated", "success": true})
        });
        let results: Vec<Value> = results.collect();
        let succeeded = results.iter().all(|result| result["success"] == true);
        let results = if succeeded && results.len() == 1 { json!({"success": true}) } else { json!(results) };
        JobState::Completed { message: format!("Completed at {}", stamp(now)), results }
    }
}

impl Job {
    fn status(&self) -> Value {
        let total = self.request.agents.len();
        let mut status = json!({
            "id": self.id, "url": format!("{API_URL}/job_statuses/{}.json", self.id), "total": total,
            "progress": null, "message": null, "results": null, "status": "queued",
            "job_type": "Bulk upsert/update/delete agent instance values",
        });
        match &self.state {
            JobState::Queued => {}
            JobState::Working => {
                status["status"] = json!("working");
                status["progress"] = json!(total / 2);
            }
            JobState::Completed { message, results } => {
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
