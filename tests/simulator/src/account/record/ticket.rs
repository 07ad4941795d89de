//! Tickets.

use serde_json::{Value, json};

use crate::account::Row;
use crate::json::Object;
use crate::random::Random;
use crate::resource::Resource;
use crate::time::{DAY, seconds, stamp};

use super::writer::{API_URL, Extras, RecordWriter, filler, number};

/// The approximate size of a ticket in bytes.
const LENGTH: usize = 1_600;

const SUBJECTS: [&str; 6] = [
    "The lamp in the hall",
    "Where is my parcel?",
    "Invoice \"2025-118\" is wrong",
    "Rückfrage zur Bestellung",
    "請求書について",
    "Thanks 🎉",
];

impl RecordWriter {
    pub(super) fn ticket(&self, row: Row, extras: Extras, out: &mut Vec<u8>) {
        let mut random = self.random(Resource::Tickets, row.index);
        let id = number(Resource::Tickets, row.index);
        let start = out.len();
        let mut ticket = Object::open(out);
        ticket.field("url", format_args!("{API_URL}/tickets/{id}.json")).field("id", id);
        identity(&mut ticket, &mut random, row);
        state(&mut ticket, &mut random, row);
        self.people(&mut ticket, &mut random);
        details(&mut ticket, &mut random);
        if extras.metric_sets {
            ticket.field("metric_set", metric_set(&mut random, id));
        }
        description(ticket, start, row.deleted);
    }

    fn people(&self, ticket: &mut Object<'_>, random: &mut Random) {
        let mut user =
            || number(Resource::Users, u32::try_from(random.below(self.users.into())).unwrap_or(0));
        let (requester, submitter, assignee, follower) = (user(), user(), user(), user());
        let organization = u32::try_from(random.below(self.organizations.into())).unwrap_or(0);
        let organization = number(Resource::Organizations, organization);
        ticket
            .field("requester_id", requester)
            .field("submitter_id", submitter)
            .field("assignee_id", random.percent(70).then_some(assignee))
            .field("organization_id", random.percent(50).then_some(organization))
            .field("group_id", random.percent(80).then_some(26_363_643_448_211_i64))
            .field("collaborator_ids", if random.percent(20) { vec![follower] } else { Vec::new() })
            .field("follower_ids", if random.percent(10) { vec![follower] } else { Vec::new() })
            .field("email_cc_ids", [0_i64; 0]);
    }
}

/// Writes the channel and the times of the ticket.
fn identity(ticket: &mut Object<'_>, random: &mut Random, row: Row) {
    ticket
        .field("external_id", random.percent(20).then_some("ahg35h3jh"))
        .field("via", via(random))
        .field("created_at", stamp(row.created))
        .field("updated_at", stamp(row.updated))
        .field("generated_timestamp", seconds(row.change));
}

/// Returns a channel. Some have a source.
pub(super) fn via(random: &mut Random) -> Value {
    let nowhere = json!({"from": {}, "to": {}, "rel": null});
    match random.below(8) {
        0 => json!({"channel": "sample_ticket", "source": nowhere}),
        1 => {
            json!({"channel": "voice", "source": {"from": {"phone": "+15550100"}, "to": {},
                "rel": "inbound"}})
        }
        2 => json!({"channel": "email", "source": {
            "from": {"address": "ada@example.com", "name": "Ada"},
            "to": {"address": "help@example.com", "name": null}, "rel": null}}),
        3 => {
            json!({"channel": "api", "source": {"from": {"ticket_id": 17, "channel": "web"}, "to": {},
                "rel": "follow_up"}})
        }
        4 => json!({"channel": "smoke_signal"}),
        5 => {
            json!({"channel": "rule", "source": {"from": {"deleted": false, "id": 22, "title": "Nightly"},
                "to": {}, "rel": "trigger"}})
        }
        _ => json!({"channel": "web", "source": nowhere}),
    }
}

fn state(ticket: &mut Object<'_>, random: &mut Random, row: Row) {
    let open = random.pick(&["new", "open", "pending", "hold", "solved", "closed"]);
    // Every other revision has the status pending.
    let open = if row.revision % 2 == 1 { "pending" } else { open };
    ticket
        .field("status", if row.deleted { "deleted" } else { open })
        .field(
            "type",
            random.pick(&[None, Some("question"), Some("incident"), Some("problem"), Some("task")]),
        )
        .field("priority", random.pick(&[None, Some("low"), Some("normal"), Some("high"), Some("urgent")]))
        .field("recipient", random.percent(30).then_some("help@example.com"))
        .field("due_at", random.percent(10).then(|| stamp(row.updated + DAY)))
        .field("problem_id", random.percent(5).then_some(17))
        .field("forum_topic_id", None::<i64>)
        .field("has_incidents", random.percent(5))
        .field("is_public", !random.percent(10));
}

fn details(ticket: &mut Object<'_>, random: &mut Random) {
    let subject = random.pick(&SUBJECTS);
    let fields = custom_fields(random);
    ticket
        .field("subject", subject)
        .field("raw_subject", subject)
        .field("tags", random.pick(&[&[][..], &["sample_ticket"][..], &["vip", "lamp", "hall"][..]]))
        .field("custom_fields", &fields)
        .field("satisfaction_rating", satisfaction(random))
        .field("sharing_agreement_ids", [0_i64; 0])
        .field("custom_status_id", random.percent(80).then_some(26_363_643_424_147_i64))
        .field("encoded_id", format_args!("{:06X}-65X7X", random.below(0xff_ffff)))
        .field("fields", &fields)
        .field("followup_ids", [0_i64; 0])
        .field("ticket_form_id", random.percent(90).then_some(26_363_596_576_915_i64));
    if random.percent(10) {
        ticket.field("deleted_ticket_form_id", 26_363_596_576_000_i64);
    }
    ticket
        .field("brand_id", 26_363_596_759_827_i64)
        .field("allow_channelback", false)
        .field("allow_attachments", true)
        .field("from_messaging_channel", random.percent(10));
}

/// Returns values of different types, like those of different kinds of custom fields.
fn custom_fields(random: &mut Random) -> Value {
    let values = [
        json!(null),
        json!("standard_customer"),
        json!(true),
        json!(42),
        json!(0.25),
        json!(["red", "green"]),
        json!([]),
        json!("2025-01-31"),
    ];
    let start = random.index(values.len());
    let fields = values.iter().cycle().skip(start).take(3).zip(26_363_655_924_371_i64..);
    fields.map(|(value, id)| json!({"id": id, "value": value})).collect()
}

fn satisfaction(random: &mut Random) -> Value {
    match random.below(5) {
        0 => json!(null),
        1 => json!("good"),
        2 => json!({"score": "unoffered"}),
        3 => json!({"score": "offered"}),
        _ => {
            json!({"id": 26_363_700_000_000_i64, "score": "good", "comment": "Quick!", "reason": "No reason"})
        }
    }
}

fn metric_set(random: &mut Random, ticket: i64) -> Value {
    let minutes = random.below(5_000);
    json!({
        "id": 26_363_600_000_000 + ticket, "ticket_id": ticket, "reopens": random.below(3),
        "replies": random.below(9),
        "reply_time_in_minutes": {"calendar": minutes, "business": minutes / 3}, "solved_at": null,
    })
}

/// Adds a description that fills the ticket up to its size, and closes it.
fn description(mut ticket: Object<'_>, start: usize, scrubbed: bool) {
    let room = LENGTH.saturating_sub(ticket.written() - start + 20);
    if scrubbed {
        ticket.field("description", "SCRUBBED");
    } else {
        ticket.field("description", filler(room));
    }
    ticket.close();
}
