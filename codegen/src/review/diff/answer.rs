//! What comes back.

use super::compare::{Comparison, text};
use super::kind::Kind;
use super::pair::Pair;
use crate::ir::api::Operation;
use crate::ir::request::{ByStatus, Reading};

impl Comparison<'_> {
    pub(super) fn answer(&mut self, subject: &str, pair: Pair<'_>) {
        let Pair { old, new } = pair;
        let (items, at) = (pair.items(), pair.at());
        if !self.same_option(old.response.as_ref(), new.response.as_ref()) {
            self.changed(Kind::AnswerRetyped, subject, &items, at)
                .between(text(old.response.as_ref()), text(new.response.as_ref()));
        }
        if old.reading != new.reading
            || old.accept != new.accept
            || !self.alike(&old.successes, &new.successes)
        {
            let (was, is) = (reading(old), reading(new));
            self.changed(Kind::AnswerReading, subject, &items, at).between(was, is);
        }
        if !self.alike(&old.refusals, &new.refusals) {
            self.changed(Kind::RefusalChanged, subject, &items, at)
                .between(by_status(&old.refusals), by_status(&new.refusals));
        }
    }

    fn alike(&self, old: &[ByStatus], new: &[ByStatus]) -> bool {
        old.len() == new.len()
            && old.iter().zip(new).all(|(old, new)| old.status == new.status && self.same(&old.ty, &new.ty))
    }
}

/// How an answer is read.
fn reading(operation: &Operation) -> String {
    let way = match operation.reading {
        Reading::Json => "JSON",
        Reading::JsonOrEmpty => "JSON or nothing",
        Reading::Text => "text",
        Reading::Bytes => "bytes",
    };
    let accept = operation.accept.iter().map(|accept| format!(" as {accept}"));
    let successes =
        (!operation.successes.is_empty()).then(|| format!(", {}", by_status(&operation.successes)));
    [way.to_owned()].into_iter().chain(accept).chain(successes).collect()
}

fn by_status(answers: &[ByStatus]) -> String {
    let texts: Vec<_> =
        answers.iter().map(|answer| format!("{} ({})", text(Some(&answer.ty)), answer.status)).collect();
    if texts.is_empty() { "nothing".to_owned() } else { texts.join(" or ") }
}
