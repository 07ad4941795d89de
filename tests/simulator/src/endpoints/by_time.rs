//! Exports that are paged by time, and their samples.

use crate::dice::Dice;
use crate::fault::Fault;
use crate::http::Answer;
use crate::json::{self, Object};
use crate::resource::Resource;
use crate::time::SECOND;
use crate::world::record::Extras;
use crate::world::{Row, World};

use super::call::Call;
use super::page::{self, TimePage};
use super::sideload;

/// A page of an export.
pub(super) fn export(call: &Call<'_>, resource: Resource) -> Result<Answer, Answer> {
    let limit = call.limit("per_page")?;
    let start = required(call)?;
    let page = select(call, resource, start, limit);
    Ok(respond(call, resource, start, &page))
}

/// At most 50 records, however many share the first second.
pub(super) fn sample(call: &Call<'_>, resource: Resource) -> Result<Answer, Answer> {
    let start = required(call)?;
    let mut page = select(call, resource, start, 50);
    page.rows.truncate(50);
    Ok(Answer { page: None, ..respond(call, resource, start, &page) })
}

/// `start_time`, which has to be there.
pub(super) fn required(call: &Call<'_>) -> Result<i64, Answer> {
    let missing = || Answer::error(400, "ParameterMissing", "Parameter start_time is required");
    call.start_time()?.ok_or_else(missing)
}

/// The rows of a page, and where it ends.
pub(super) fn select(call: &Call<'_>, resource: Resource, start: i64, limit: usize) -> TimePage {
    let exclude_deleted = call.request.param("exclude_deleted") == Some("true");
    let world = call.server.world();
    let rows = visible(&world, resource, start, call.horizon(), exclude_deleted);
    let mut rows = rows.peekable();
    if rows.peek().is_some_and(|row| row.second() == start) && call.wants(Fault::Stall) {
        let rows = rows.take_while(|row| row.second() == start).take(limit).collect();
        return TimePage { rows, end: Some(start), last: false };
    }
    page::by_time(rows, limit, shuffle(call.server.config.seed))
}

/// The rows from a second on that an export shows.
pub(crate) fn visible(
    world: &World,
    resource: Resource,
    start: i64,
    horizon: i64,
    exclude_deleted: bool,
) -> impl Iterator<Item = Row> + '_ {
    let all_times = resource == Resource::MetricEvents;
    let rows = world.rows(resource).from(start.saturating_mul(SECOND));
    rows.take_while(move |row| all_times || row.change <= horizon)
        .filter(move |row| row.change <= horizon || row.announced)
        .filter(move |row| !(exclude_deleted && row.deleted))
}

/// The order of records inside a second.
pub(crate) fn shuffle(seed: u64) -> impl Fn(&Row) -> u64 {
    move |row| Dice::new(seed, &[u64::from(row.index), 6]).roll()
}

/// The page as JSON.
pub(super) fn respond(call: &Call<'_>, resource: Resource, start: i64, page: &TimePage) -> Answer {
    let extras = extras(call);
    let maker = call.server.maker();
    let mut query = call.kept(&["per_page", "include", "exclude_deleted", "include_changes"]);
    query.push(("start_time", page.end.unwrap_or(start).to_string()));
    let next = call.url(&query);
    let says_end = call.server.config.end_of_stream
        || !matches!(resource, Resource::TicketEvents | Resource::MetricEvents);
    let mut body = Vec::with_capacity(256 + page.rows.len() * 1_700);
    let mut object = Object::open(&mut body);
    object.raw(resource.key(), |out| {
        json::array(out, &page.rows, |out, row| maker.write(resource, *row, extras, out));
    });
    sideload::write(call, resource, &page.rows, &mut object);
    object.field("next_page", next).field("count", page.rows.len());
    if says_end {
        object.field("end_of_stream", page.last);
    }
    object.field("end_time", page.end);
    object.close();
    Answer { page: Some((resource, page.end)), ..Answer::json(200, body) }
}

/// What the request wants added to records.
pub(super) fn extras(call: &Call<'_>) -> Extras {
    Extras {
        metric_sets: call.request.lists("include", "metric_sets"),
        comment_events: call.request.lists("include", "comment_events"),
        all_fields: false,
    }
}
