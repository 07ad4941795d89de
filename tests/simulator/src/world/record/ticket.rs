//! Tickets.

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::json::Object;
use crate::resource::Resource;
use crate::time::{DAY, seconds, stamp};
use crate::world::Row;

use super::maker::{Extras, HOME, Maker, filler, number};

/// About how many bytes a ticket takes.
const LENGTH: usize = 1_600;

const SUBJECTS: [&str; 6] = [
    "The lamp in the hall",
    "Where is my parcel?",
    "Invoice \"2025-118\" is wrong",
    "Rückfrage zur Bestellung",
    "請求書について",
    "Thanks 🎉",
];

impl Maker {
    pub(super) fn ticket(&self, row: Row, extras: Extras, out: &mut Vec<u8>) {
        let mut dice = self.dice(Resource::Tickets, row.index);
        let id = number(Resource::Tickets, row.index);
        let start = out.len();
        let mut ticket = Object::open(out);
        ticket.field("url", format_args!("{HOME}/tickets/{id}.json")).field("id", id);
        identity(&mut ticket, &mut dice, row);
        state(&mut ticket, &mut dice, row);
        self.people(&mut ticket, &mut dice);
        details(&mut ticket, &mut dice);
        if extras.metric_sets {
            ticket.field("metric_set", metric_set(&mut dice, id));
        }
        description(ticket, start, row.deleted);
    }

    fn people(&self, ticket: &mut Object<'_>, dice: &mut Dice) {
        let mut user = || number(Resource::Users, u32::try_from(dice.below(self.users.into())).unwrap_or(0));
        let (requester, submitter, assignee, follower) = (user(), user(), user(), user());
        let organization = u32::try_from(dice.below(self.organizations.into())).unwrap_or(0);
        let organization = number(Resource::Organizations, organization);
        ticket
            .field("requester_id", requester)
            .field("submitter_id", submitter)
            .field("assignee_id", dice.percent(70).then_some(assignee))
            .field("organization_id", dice.percent(50).then_some(organization))
            .field("group_id", dice.percent(80).then_some(26_363_643_448_211_i64))
            .field("collaborator_ids", if dice.percent(20) { vec![follower] } else { Vec::new() })
            .field("follower_ids", if dice.percent(10) { vec![follower] } else { Vec::new() })
            .field("email_cc_ids", [0_i64; 0]);
    }
}

/// Where the ticket came from, and when.
fn identity(ticket: &mut Object<'_>, dice: &mut Dice, row: Row) {
    ticket
        .field("external_id", dice.percent(20).then_some("ahg35h3jh"))
        .field("via", via(dice))
        .field("created_at", stamp(row.created))
        .field("updated_at", stamp(row.updated))
        .field("generated_timestamp", seconds(row.change));
}

/// The channels, one of them with a source and some without.
pub(super) fn via(dice: &mut Dice) -> Value {
    let nowhere = json!({"from": {}, "to": {}, "rel": null});
    match dice.below(8) {
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

fn state(ticket: &mut Object<'_>, dice: &mut Dice, row: Row) {
    let open = dice.pick(&["new", "open", "pending", "hold", "solved", "closed"]);
    // Half of the changes of a living ticket move its status.
    let open = if row.revision % 2 == 1 { "pending" } else { open };
    ticket
        .field("status", if row.deleted { "deleted" } else { open })
        .field("type", dice.pick(&[None, Some("question"), Some("incident"), Some("problem"), Some("task")]))
        .field("priority", dice.pick(&[None, Some("low"), Some("normal"), Some("high"), Some("urgent")]))
        .field("recipient", dice.percent(30).then_some("help@example.com"))
        .field("due_at", dice.percent(10).then(|| stamp(row.updated + DAY)))
        .field("problem_id", dice.percent(5).then_some(17))
        .field("forum_topic_id", None::<i64>)
        .field("has_incidents", dice.percent(5))
        .field("is_public", !dice.percent(10));
}

fn details(ticket: &mut Object<'_>, dice: &mut Dice) {
    let subject = dice.pick(&SUBJECTS);
    let fields = custom_fields(dice);
    ticket
        .field("subject", subject)
        .field("raw_subject", subject)
        .field("tags", dice.pick(&[&[][..], &["sample_ticket"][..], &["vip", "lamp", "hall"][..]]))
        .field("custom_fields", &fields)
        .field("satisfaction_rating", satisfaction(dice))
        .field("sharing_agreement_ids", [0_i64; 0])
        .field("custom_status_id", dice.percent(80).then_some(26_363_643_424_147_i64))
        .field("encoded_id", format_args!("{:06X}-65X7X", dice.below(0xff_ffff)))
        .field("fields", &fields)
        .field("followup_ids", [0_i64; 0])
        .field("ticket_form_id", dice.percent(90).then_some(26_363_596_576_915_i64));
    if dice.percent(10) {
        ticket.field("deleted_ticket_form_id", 26_363_596_576_000_i64);
    }
    ticket
        .field("brand_id", 26_363_596_759_827_i64)
        .field("allow_channelback", false)
        .field("allow_attachments", true)
        .field("from_messaging_channel", dice.percent(10));
}

/// A value of each type, as the kind of field will have it.
fn custom_fields(dice: &mut Dice) -> Value {
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
    let start = dice.index(values.len());
    let fields = values.iter().cycle().skip(start).take(3).zip(26_363_655_924_371_i64..);
    fields.map(|(value, id)| json!({"id": id, "value": value})).collect()
}

fn satisfaction(dice: &mut Dice) -> Value {
    match dice.below(5) {
        0 => json!(null),
        1 => json!("good"),
        2 => json!({"score": "unoffered"}),
        3 => json!({"score": "offered"}),
        _ => {
            json!({"id": 26_363_700_000_000_i64, "score": "good", "comment": "Quick!", "reason": "No reason"})
        }
    }
}

fn metric_set(dice: &mut Dice, ticket: i64) -> Value {
    let minutes = dice.below(5_000);
    json!({
        "id": 26_363_600_000_000 + ticket, "ticket_id": ticket, "reopens": dice.below(3),
        "replies": dice.below(9),
        "reply_time_in_minutes": {"calendar": minutes, "business": minutes / 3}, "solved_at": null,
    })
}

/// Closes the ticket with a description that fills it up.
fn description(mut ticket: Object<'_>, start: usize, scrubbed: bool) {
    let room = LENGTH.saturating_sub(ticket.written() - start + 20);
    if scrubbed {
        ticket.field("description", "SCRUBBED");
    } else {
        ticket.field("description", filler(room));
    }
    ticket.close();
}
