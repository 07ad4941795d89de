//! Users.

use serde_json::json;

use crate::account::Row;
use crate::json::Object;
use crate::random::Random;
use crate::resource::Resource;
use crate::time::{DAY, stamp};

use super::writer::{API_URL, RecordWriter, number};

impl RecordWriter {
    pub(super) fn user(&self, row: Row, out: &mut Vec<u8>) {
        let mut random = self.random(Resource::Users, row.index);
        let id = number(Resource::Users, row.index);
        let agent = random.percent(20);
        let mut user = Object::open(out);
        user.field("id", id)
            .field("url", format_args!("{API_URL}/users/{id}.json"))
            .field("name", format_args!("Visitor {}", row.index))
            .field("email", random.percent(80).then(|| format!("visitor{}@example.com", row.index)))
            .field("created_at", stamp(row.created))
            .field("updated_at", stamp(row.change))
            .field("active", !row.deleted);
        if row.deleted {
            user.field("permanently_deleted", random.percent(50));
        }
        role(&mut user, &mut random, agent);
        profile(&mut user, &mut random, row);
        let organization = u32::try_from(random.below(self.organizations.into())).unwrap_or(0);
        let organization = number(Resource::Organizations, organization);
        user.field("organization_id", random.percent(50).then_some(organization));
        contact(&mut user, &mut random);
        user.close();
    }
}

fn role(user: &mut Object<'_>, random: &mut Random, agent: bool) {
    user.field("role", if agent { random.pick(&["agent", "admin"]) } else { "end-user" })
        .field("role_type", agent.then_some(4))
        .field("custom_role_id", (agent && random.percent(50)).then_some(26_363_600_000_123_i64))
        .field("default_group_id", agent.then_some(26_363_643_448_211_i64))
        .field("ticket_restriction", (!agent).then_some("requested"))
        .field("two_factor_auth_enabled", random.pick(&[None, Some(false)]))
        .field("restricted_agent", !agent)
        .field("only_private_comments", false)
        .field("moderator", agent)
        .field("chat_only", false)
        .field("report_csv", false)
        .field("suspended", random.percent(3))
        .field("shared", false)
        .field("shared_agent", false);
}

fn profile(user: &mut Object<'_>, random: &mut Random, row: Row) {
    user.field("verified", random.percent(60))
        .field("last_login_at", random.percent(40).then(|| stamp(row.change - DAY)))
        .field("time_zone", "Copenhagen")
        .field("iana_time_zone", "Europe/Copenhagen")
        .field("locale", random.pick(&["en-US", "de", "ja"]))
        .field("locale_id", 1)
        .field("alias", random.pick(&[None, Some(""), Some("Mr. V")]))
        .field("details", random.pick(&[None, Some("")]))
        .field("notes", random.pick(&[None, Some("Prefers \"tea\"")]))
        .field("signature", None::<&str>)
        .field("external_id", random.percent(10).then_some("sai989sur98w9"));
}

fn contact(user: &mut Object<'_>, random: &mut Random) {
    let size = if random.percent(50) { json!(80) } else { json!("80") };
    let photo =
        json!({"id": 928_374, "content_type": "image/png", "width": size, "height": size, "thumbnails": []});
    user.field("phone", random.pick(&[None, Some("+15550100")]))
        .field("shared_phone_number", random.pick(&[None, Some(false)]))
        .field("photo", random.percent(30).then_some(photo))
        .field("tags", random.pick(&[&[][..], &["vip"][..]]))
        .field(
            "user_fields",
            json!({
                "system::embeddable_last_seen": random.pick(&[None, Some("2025-01-31T00:00:00+00:00")]),
                "points": random.below(100), "rate": 0.5, "member": random.percent(50), "level": null,
            }),
        );
}
