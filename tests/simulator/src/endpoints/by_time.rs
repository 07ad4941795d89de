//! Exports with pagination by time, and their samples.

use crate::account::record::Extras;
use crate::account::{Account, Row};
use crate::fault::Fault;
use crate::http::Response;
use crate::json::{self, Object};
use crate::random::Random;
use crate::resource::Resource;
use crate::time::SECOND;

use super::call::Call;
use super::page::{self, TimePage};
use super::sideload;

/// Returns a page of an export.
pub(super) fn export(call: &Call<'_>, resource: Resource) -> Result<Response, Response> {
    let limit = call.limit("per_page")?;
    let start = required(call)?;
    let mut page = find_page(call, resource, start, limit);
    call.repeat_rows(&mut page.rows);
    Ok(respond(call, resource, start, &page))
}

/// Returns at most 50 records, even if more share the first second.
pub(super) fn sample(call: &Call<'_>, resource: Resource) -> Result<Response, Response> {
    let start = required(call)?;
    let mut page = find_page(call, resource, start, 50);
    page.rows.truncate(50);
    Ok(Response { page: None, ..respond(call, resource, start, &page) })
}

/// Returns `start_time`, which is required.
pub(super) fn required(call: &Call<'_>) -> Result<i64, Response> {
    let missing = || Response::error(400, "ParameterMissing", "Parameter start_time is required");
    call.start_time()?.ok_or_else(missing)
}

/// Returns the rows of a page, and where it ends.
pub(super) fn find_page(call: &Call<'_>, resource: Resource, start: i64, limit: usize) -> TimePage {
    let exclude_deleted = call.request.param("exclude_deleted") == Some("true");
    let account = call.server.account();
    let rows = visible_rows(&account, resource, start, call.horizon(), exclude_deleted);
    let mut rows = rows.filter(|row| call.is_in_scope(resource, row)).peekable();
    if rows.peek().is_some_and(|row| row.second() == start) && call.has_fault(Fault::Stall) {
        let rows = rows.take_while(|row| row.second() == start).take(limit).collect();
        return TimePage { rows, end: Some(start), last: false };
    }
    page::by_time(rows, limit, shuffle(call.server.config.seed))
}

/// Returns the rows from a second on that an export shows.
pub(crate) fn visible_rows(
    account: &Account,
    resource: Resource,
    start: i64,
    horizon: i64,
    exclude_deleted: bool,
) -> impl Iterator<Item = Row> + '_ {
    let all_times = resource == Resource::MetricEvents;
    let rows = account.rows(resource).from(start.saturating_mul(SECOND));
    rows.take_while(move |row| all_times || row.change <= horizon)
        .filter(move |row| row.change <= horizon || row.announced)
        .filter(move |row| !(exclude_deleted && row.deleted))
}

/// Returns the sort key of records within a second.
pub(crate) fn shuffle(seed: u64) -> impl Fn(&Row) -> u64 {
    move |row| Random::new(seed, &[u64::from(row.index), 6]).next()
}

/// Returns the response with a page.
pub(super) fn respond(call: &Call<'_>, resource: Resource, start: i64, page: &TimePage) -> Response {
    let extras = extras(call);
    let writer = call.server.writer();
    let mut query = call.sent_parameters(&[
        "per_page",
        "include",
        "exclude_deleted",
        "include_changes",
        "support_type_scope",
    ]);
    query.push(("start_time", page.end.unwrap_or(start).to_string()));
    let next = call.url(&query);
    let has_end_of_stream = call.server.config.end_of_stream
        || !matches!(resource, Resource::TicketEvents | Resource::MetricEvents);
    let mut body = Vec::with_capacity(256 + page.rows.len() * 1_700);
    let mut object = Object::open(&mut body);
    object.raw(resource.key(), |out| {
        json::array(out, &page.rows, |out, row| writer.write(resource, *row, extras, out));
    });
    sideload::write(call, resource, &page.rows, &mut object);
    object.field("next_page", next).field("count", page.rows.len());
    if has_end_of_stream {
        object.field("end_of_stream", page.last);
    }
    object.field("end_time", page.end);
    object.close();
    Response { page: Some((resource, page.end)), ..Response::json(200, body) }
}

/// Returns the additional data that the request includes in records.
pub(super) fn extras(call: &Call<'_>) -> Extras {
    Extras {
        metric_sets: call.request.includes("include", "metric_sets"),
        comment_events: call.request.includes("include", "comment_events"),
        all_fields: false,
    }
}
