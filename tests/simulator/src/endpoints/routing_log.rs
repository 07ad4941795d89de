//! The exports of routing changes. Only `next_page` has the cursor, and an empty page is the end.

use serde_json::json;

use crate::fault::Fault;
use crate::http::Response;
use crate::json;
use crate::random::Random;
use crate::resource::Resource;

use super::call::Call;

/// Returns a page of an export.
pub(super) fn export(call: &Call<'_>, resource: Resource) -> Result<Response, Response> {
    let cursor = call.request.param("cursor");
    let start = match cursor {
        Some(cursor) => {
            position(cursor).ok_or_else(|| Response::invalid_pagination("cursor", "cursor is invalid"))?
        }
        None => 0,
    };
    let account = call.server.account();
    let left = account.logs.of(resource).unwrap_or_default().get(start..).unwrap_or_default();
    let entries = &left[..left.len().min(call.server.config.routing_page_size)];
    let newest = entries.iter().filter_map(|entry| entry["time"].as_str()).max().and_then(seconds_of);
    let end_time =
        newest.map(|second| if start % 2 == 0 { json!(second) } else { json!(second.to_string()) });
    let mut shown = entries.to_vec();
    let again = call.repeat_page(&mut shown, &call.server.last_values);
    let more = !shown.is_empty();
    let repeated = more && call.has_fault(Fault::RepeatedCursor);
    let next = if repeated || again { start } else { start + entries.len() };
    let number = if again { 10 + call.new_number() as u64 } else { 9 };
    let url = call.url(&[("cursor", token(call.server.config.seed, next, number))]);
    call.repeat_rows(&mut shown);
    let missing = more && call.has_fault(Fault::MissingCursor);
    let body = json::object(|object| {
        object
            .field(resource.key(), &shown)
            .field("count", shown.len())
            .field("end_time", end_time)
            .field("next_page", (!missing).then_some(url));
    });
    Ok(Response { page: Some((resource, None)), ..Response::json(200, body) })
}

/// Returns a cursor of a position: it looks like an id, and ends in the position.
fn token(seed: u64, position: usize, number: u64) -> String {
    let head = Random::new(seed, &[position as u64, number]).next();
    format!("{:08x}-acab-11e8-{:04x}-{position:012x}", head >> 32, 0x8000 | (head & 0x3fff))
}

fn position(token: &str) -> Option<usize> {
    usize::from_str_radix(token.rsplit_once('-')?.1, 16).ok()
}

/// Parses a timestamp of the logs to seconds.
fn seconds_of(stamp: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| stamp.get(range)?.parse::<u8>().ok();
    let year = stamp.get(0..4)?.parse().ok()?;
    let month = time::Month::try_from(number(5..7)?).ok()?;
    let date = time::Date::from_calendar_date(year, month, number(8..10)?).ok()?;
    let clock = time::Time::from_hms(number(11..13)?, number(14..16)?, number(17..19)?).ok()?;
    Some(time::PrimitiveDateTime::new(date, clock).assume_utc().unix_timestamp())
}
