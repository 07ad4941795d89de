//! The chat exports, with a `next_page` that is never null.

use serde_json::{Map, Value, json};

use crate::account::record::{Extras, index_of_text};
use crate::account::{Account, Row};
use crate::fault::Fault;
use crate::http::Response;
use crate::json;
use crate::random::Random;
use crate::resource::Resource;
use crate::time::{MINUTE, SECOND, decimal_seconds, parse_seconds, seconds};

use super::call::Call;
use super::page::{self, StreamPage};

/// The age that records must have before the exports return them, in microseconds.
pub(crate) const DELAY: i64 = 5 * MINUTE;

/// Returns a page of an export.
pub(super) fn export(call: &Call<'_>, resource: Resource) -> Result<Response, Response> {
    let limit = call.limit("limit")?;
    let start = start_time(call, resource)?;
    if start > call.now - DELAY {
        return Err(Response::error(400, "StartTimeTooRecent", "start_time must be older than 5 minutes"));
    }
    let after = call.request.param("start_id").filter(|id| !id.is_empty()).map(|id| {
        index_of_text(id).ok_or_else(|| Response::invalid_pagination("start_id", "start_id is invalid"))
    });
    let account = call.server.account();
    let limit = limit.min(call.server.config.chat_page_size);
    let mut page = page::in_order(remaining(&account, resource, start, after.transpose()?, call.now), limit);
    drop(account);
    let again = call.repeat_page(&mut page.rows, &call.server.last_rows);
    page.last &= !again;
    call.repeat_rows(&mut page.rows);
    Ok(respond(call, resource, start, &page, again))
}

fn start_time(call: &Call<'_>, resource: Resource) -> Result<i64, Response> {
    let text = call.request.param("start_time").unwrap_or("0");
    let time = if resource == Resource::AgentTimeline { text.parse().ok() } else { parse_seconds(text) };
    time.ok_or_else(|| Response::error(400, "InvalidValue", "start_time must be a time"))
}

/// Returns the rows at or after the start time, and after the record of that index.
pub(crate) fn remaining(
    account: &Account,
    resource: Resource,
    start: i64,
    after: Option<u32>,
    now: i64,
) -> Box<dyn Iterator<Item = Row> + '_> {
    let rows = account.rows(resource);
    let shown = move |row: &Row| row.change <= now - DELAY;
    match after {
        Some(index) => Box::new(rows.after(start, index).take_while(shown)),
        None => Box::new(rows.from(start).take_while(shown)),
    }
}

/// Returns a page. If it is a repeated one, it continues at the requested position.
fn respond(call: &Call<'_>, resource: Resource, start: i64, page: &StreamPage, again: bool) -> Response {
    let writer = call.server.writer();
    let fields = call.request.param("fields");
    let extras = Extras { all_fields: fields.is_some(), ..Extras::default() };
    let mut records = Vec::with_capacity(page.rows.len() * 512);
    json::array(&mut records, &page.rows, |out, row| writer.write(resource, *row, extras, out));
    let records = match fields.and_then(|fields| field_paths(resource, fields)) {
        Some(names) => select_fields(&records, &names),
        None => records,
    };
    let last = page.rows.last();
    let end_id =
        last.filter(|_| resource != Resource::AgentTimeline).map(|row| writer.text_id(resource, row.index));
    let (time, id) = match last.filter(|_| !again) {
        Some(row) => (row.change, end_id.as_deref()),
        None => (start, None),
    };
    let next = next_page(call, resource, time, id, again);
    let missing = !page.last && call.has_fault(Fault::MissingCursor);
    let body = json::object(|object| {
        object.raw(resource.key(), |out| out.extend_from_slice(&records)).field("count", page.rows.len());
        if resource != Resource::AgentTimeline {
            object.field("end_id", end_id);
        }
        object
            .field("end_time", last.map(|row| end_time(call, resource, row)))
            .field("next_page", (!missing).then_some(next));
    });
    Response { page: Some((resource, page::end(&page.rows))), ..Response::json(200, body) }
}

/// Returns the URL of the next page, with the parameters of the request.
fn next_page(call: &Call<'_>, resource: Resource, time: i64, id: Option<&str>, again: bool) -> String {
    let time = match resource {
        Resource::AgentTimeline => time.to_string(),
        _ => decimal_seconds(time),
    };
    let mut query = call.sent_parameters(&["fields", "limit"]);
    // A page that leads to itself does so under the cursor of the request.
    if !again && call.request.param("start_time") == Some(time.as_str()) {
        query.extend(call.sent_parameters(&["again"]));
    }
    query.push(("start_time", time));
    let requested = || call.request.param("start_id");
    if let Some(id) = id.or_else(requested).filter(|_| resource != Resource::AgentTimeline) {
        query.push(("start_id", id.to_owned()));
    }
    if again {
        query.push(("again", call.new_number().to_string()));
    }
    call.url(&query)
}

/// Returns the time of the last row: seconds, mostly integers even if `next_page` has a fraction; microseconds for the
/// timeline.
fn end_time(call: &Call<'_>, resource: Resource, row: &Row) -> Value {
    if resource == Resource::AgentTimeline {
        return json!(row.change);
    }
    let fraction = row.change.rem_euclid(SECOND);
    let exact = Random::new(call.server.config.seed, &[u64::from(row.index), 10]).percent(50);
    match decimal_seconds(row.change).parse::<f64>() {
        Ok(time) if fraction != 0 && exact && resource == Resource::DepartmentEvents => json!(time),
        _ => json!(seconds(row.change)),
    }
}

/// Returns the requested fields as paths; `None` for all fields.
fn field_paths(resource: Resource, fields: &str) -> Option<Vec<Vec<String>>> {
    let names = fields.strip_prefix(resource.key())?.strip_prefix('(')?.strip_suffix(')')?;
    if names == "*" {
        return None;
    }
    Some(names.split(',').map(|path| path.split('.').map(ToOwned::to_owned).collect()).collect())
}

/// Returns the records with only these fields.
fn select_fields(records: &[u8], paths: &[Vec<String>]) -> Vec<u8> {
    let records: Vec<Value> = serde_json::from_slice(records).unwrap_or_default();
    let mut out = Vec::new();
    json::array(&mut out, &records, |out, record| {
        let mut kept = Map::new();
        for path in paths {
            copy_path(record, path, &mut kept);
        }
        json::write(out, &kept);
    });
    out
}

fn copy_path(from: &Value, path: &[String], into: &mut Map<String, Value>) {
    let Some((name, rest)) = path.split_first() else { return };
    let Some(value) = from.get(name) else { return };
    if rest.is_empty() {
        into.insert(name.clone(), value.clone());
    } else if let Some(inner) = into.entry(name).or_insert_with(|| json!({})).as_object_mut() {
        copy_path(value, rest, inner);
    }
}
