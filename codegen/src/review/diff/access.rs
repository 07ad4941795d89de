//! Compares the title, servers, security requirements and skipped parts.

use std::collections::BTreeSet;

use super::change::Item;
use super::compare::{ApiComparison, ItemPair};
use super::kind::ChangeKind;
use super::operation_pair::OperationPair;
use crate::base::pointer::Pointer;
use crate::base::skipped::Skipped;
use crate::ir::access::{ApiAccess, Requirement, SchemeKind, SecurityScheme, Server};
use crate::ir::api::Api;

/// The maximum length of a shown value, in characters.
const MAX_SHOWN: usize = 120;

impl ApiComparison<'_> {
    pub(super) fn access(&mut self) {
        let (old, new) = (self.old.output, self.new.output);
        let items = ItemPair { old: Item::Crate, new: Item::Crate };
        let root = Pointer::root();
        if old.api.title != new.api.title {
            let at = root.child("info").child("title");
            self.changed(ChangeKind::TitleChanged, "the crate", &items, (&at, &at))
                .between(old.api.title.as_str(), new.api.title.as_str());
        }
        let schemes = root.child("components").child("securitySchemes");
        let (was, is) = (&old.api.access, &new.api.access);
        let parts = [
            (ChangeKind::ServerChanged, root.child("servers"), servers(&was.servers), servers(&is.servers)),
            (
                ChangeKind::SecurityChanged,
                root.child("security"),
                security(&was.security),
                security(&is.security),
            ),
            (ChangeKind::SecurityChanged, schemes, self::schemes(was), self::schemes(is)),
        ];
        for (kind, at, before, after) in parts {
            if before != after {
                self.changed(kind, "the crate", &items, (&at, &at)).between(shown(before), shown(after));
            }
        }
        self.skipped(&old.api, &new.api);
    }

    /// Compares the servers and security requirements that an operation declares instead of the API's.
    pub(super) fn own_access(&mut self, subject: &str, pair: OperationPair<'_>) {
        let OperationPair { old, new } = pair;
        let own_servers = |own: &[Server]| if own.is_empty() { "the API's".to_owned() } else { servers(own) };
        let own_security =
            |own: &Option<Vec<Requirement>>| own.as_deref().map_or_else(|| "the API's".to_owned(), security);
        let parts = [
            (ChangeKind::ServerChanged, own_servers(&old.servers), own_servers(&new.servers)),
            (ChangeKind::SecurityChanged, own_security(&old.security), own_security(&new.security)),
        ];
        for (kind, before, after) in parts {
            if before != after {
                self.changed(kind, subject, &pair.items(), pair.at()).between(shown(before), shown(after));
            }
        }
    }

    fn skipped(&mut self, old: &Api, new: &Api) {
        let pointers =
            |list: &[Skipped]| list.iter().map(|part| part.pointer.clone()).collect::<BTreeSet<_>>();
        let (before, after) = (pointers(&old.skipped), pointers(&new.skipped));
        for part in old.skipped.iter().filter(|part| !after.contains(&part.pointer)) {
            self.removed(ChangeKind::PartEmitted, "the crate", &Item::Crate, &part.pointer)
                .before(&part.reason);
        }
        for part in new.skipped.iter().filter(|part| !before.contains(&part.pointer)) {
            self.added(ChangeKind::PartSkipped, "the crate", &Item::Crate, &part.pointer).after(&part.reason);
        }
    }
}

fn servers(list: &[Server]) -> String {
    let text = |server: &Server| {
        let variables = server.variables.iter().map(|variable| {
            let values = variable.values.join("|");
            let values = if values.is_empty() { values } else { format!(" of {values}") };
            format!(", {} = {:?}{values}", variable.name, variable.default)
        });
        format!("{}{}", server.url, variables.collect::<String>())
    };
    joined(list.iter().map(text), "; ")
}

fn security(list: &[Requirement]) -> String {
    let text =
        |names: &Requirement| if names.is_empty() { "nothing".to_owned() } else { names.join(" and ") };
    joined(list.iter().map(text), " or ")
}

fn schemes(access: &ApiAccess) -> String {
    let text = |scheme: &SecurityScheme| format!("{}: {}", scheme.name, kind(&scheme.kind));
    joined(access.schemes.iter().map(text), "; ")
}

fn kind(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Basic { user: None } => "basic".to_owned(),
        SchemeKind::Basic { user: Some(user) } => format!("basic, as {user}"),
        SchemeKind::Bearer => "bearer".to_owned(),
        SchemeKind::Http(scheme) => format!("HTTP {scheme}"),
        SchemeKind::Header(name) => format!("key in the header {name}"),
        SchemeKind::Query(name) => format!("key in the query parameter {name}"),
        SchemeKind::Cookie(name) => format!("key in the cookie {name}"),
        SchemeKind::OAuth2 => "OAuth 2".to_owned(),
        SchemeKind::OpenIdConnect => "OpenID Connect".to_owned(),
    }
}

fn joined(texts: impl Iterator<Item = String>, between: &str) -> String {
    let text = texts.collect::<Vec<_>>().join(between);
    if text.is_empty() { "none".to_owned() } else { text }
}

/// Truncates a text for display.
fn shown(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_SHOWN) {
        text.truncate(end);
        text.push('…');
    }
    text
}
