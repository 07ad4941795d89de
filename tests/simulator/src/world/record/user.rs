//! Users.

use serde_json::json;

use crate::dice::Dice;
use crate::json::Object;
use crate::resource::Resource;
use crate::time::{DAY, stamp};
use crate::world::Row;

use super::maker::{HOME, Maker, number};

impl Maker {
    pub(super) fn user(&self, row: Row, out: &mut Vec<u8>) {
        let mut dice = self.dice(Resource::Users, row.index);
        let id = number(Resource::Users, row.index);
        let agent = dice.percent(20);
        let mut user = Object::open(out);
        user.field("id", id)
            .field("url", format_args!("{HOME}/users/{id}.json"))
            .field("name", format_args!("Visitor {}", row.index))
            .field("email", dice.percent(80).then(|| format!("visitor{}@example.com", row.index)))
            .field("created_at", stamp(row.created))
            .field("updated_at", stamp(row.change))
            .field("active", !row.deleted);
        if row.deleted {
            user.field("permanently_deleted", dice.percent(50));
        }
        role(&mut user, &mut dice, agent);
        place(&mut user, &mut dice, row);
        let organization = u32::try_from(dice.below(self.organizations.into())).unwrap_or(0);
        let organization = number(Resource::Organizations, organization);
        user.field("organization_id", dice.percent(50).then_some(organization));
        contact(&mut user, &mut dice);
        user.close();
    }
}

fn role(user: &mut Object<'_>, dice: &mut Dice, agent: bool) {
    user.field("role", if agent { dice.pick(&["agent", "admin"]) } else { "end-user" })
        .field("role_type", agent.then_some(4))
        .field("custom_role_id", (agent && dice.percent(50)).then_some(26_363_600_000_123_i64))
        .field("default_group_id", agent.then_some(26_363_643_448_211_i64))
        .field("ticket_restriction", (!agent).then_some("requested"))
        .field("two_factor_auth_enabled", dice.pick(&[None, Some(false)]))
        .field("restricted_agent", !agent)
        .field("only_private_comments", false)
        .field("moderator", agent)
        .field("chat_only", false)
        .field("report_csv", false)
        .field("suspended", dice.percent(3))
        .field("shared", false)
        .field("shared_agent", false);
}

fn place(user: &mut Object<'_>, dice: &mut Dice, row: Row) {
    user.field("verified", dice.percent(60))
        .field("last_login_at", dice.percent(40).then(|| stamp(row.change - DAY)))
        .field("time_zone", "Copenhagen")
        .field("iana_time_zone", "Europe/Copenhagen")
        .field("locale", dice.pick(&["en-US", "de", "ja"]))
        .field("locale_id", 1)
        .field("alias", dice.pick(&[None, Some(""), Some("Mr. V")]))
        .field("details", dice.pick(&[None, Some("")]))
        .field("notes", dice.pick(&[None, Some("Prefers \"tea\"")]))
        .field("signature", None::<&str>)
        .field("external_id", dice.percent(10).then_some("sai989sur98w9"));
}

fn contact(user: &mut Object<'_>, dice: &mut Dice) {
    let size = if dice.percent(50) { json!(80) } else { json!("80") };
    let photo =
        json!({"id": 928_374, "content_type": "image/png", "width": size, "height": size, "thumbnails": []});
    user.field("phone", dice.pick(&[None, Some("+15550100")]))
        .field("shared_phone_number", dice.pick(&[None, Some(false)]))
        .field("photo", dice.percent(30).then_some(photo))
        .field("tags", dice.pick(&[&[][..], &["vip"][..]]))
        .field(
            "user_fields",
            json!({
                "system::embeddable_last_seen": dice.pick(&[None, Some("2025-01-31T00:00:00+00:00")]),
                "points": dice.below(100), "rate": 0.5, "member": dice.percent(50), "level": null,
            }),
        );
}
