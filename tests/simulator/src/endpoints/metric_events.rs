//! The export of metric events: by time, with some short pages before the last one, or by page cursor.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::account::Row;
use crate::account::record::Extras;
use crate::fault::Fault;
use crate::http::Response;
use crate::json::{self, Object};
use crate::random::Random;
use crate::resource::Resource;

use super::by_time;
use super::call::Call;

const EVENTS: Resource = Resource::MetricEvents;

/// Returns a page of the export.
pub(super) fn export(call: &Call<'_>) -> Result<Response, Response> {
    let start = by_time::required(call)?;
    if call.request.param("page[size]").is_some() {
        return by_page(call, start);
    }
    let mut page = by_time::find_page(call, EVENTS, start, limit(call.server.metric_page(), start));
    call.repeat_rows(&mut page.rows);
    Ok(by_time::respond(call, EVENTS, start, &page))
}

/// Returns the size of the page that starts in a second. Takes the page size, and a seed if pages may be short.
pub(crate) fn limit((size, short): (usize, Option<u64>), start: i64) -> usize {
    let Some(seed) = short else { return size };
    let mut random = Random::new(seed, &[start.cast_unsigned(), 8]);
    if random.percent(30) { 1 + random.index(size) } else { size }
}

fn by_page(call: &Call<'_>, start: i64) -> Result<Response, Response> {
    let size = call.request.param("page[size]").and_then(|text| text.parse().ok());
    let Some(size @ 1..=100) = size else {
        return Err(Response::invalid_pagination("page[size]", "page[size] must be from 1 to 100"));
    };
    let (after, before) = (cursor(call, "page[after]")?, cursor(call, "page[before]")?);
    if after.is_some() && before.is_some() {
        return Err(Response::invalid_pagination(
            "page[before]",
            "page[after] and page[before] exclude each other",
        ));
    }
    let exclude_deleted = call.request.param("exclude_deleted") == Some("true");
    let account = call.server.account();
    let rows = by_time::visible_rows(&account, EVENTS, start, call.horizon(), exclude_deleted);
    let key = |row: &Row| (row.change, row.index);
    let (mut rows, more): (Vec<Row>, bool) = if let Some(before) = before {
        let earlier: Vec<Row> = rows.take_while(|row| key(row) < before).collect();
        let skipped = earlier.len().saturating_sub(size);
        (earlier.into_iter().skip(skipped).collect(), skipped > 0)
    } else {
        let mut later = rows.skip_while(|row| after.is_some_and(|after| key(row) <= after));
        (later.by_ref().take(size).collect(), later.next().is_some())
    };
    drop(account);
    let again = call.repeat_page(&mut rows, &call.server.last_rows);
    let requested = again.then(|| after.unwrap_or((i64::MIN, 0)));
    call.repeat_rows(&mut rows);
    Ok(respond(call, start, &rows, more || again, requested))
}

/// Returns a page. If it is a repeated one, it continues at the requested position.
fn respond(
    call: &Call<'_>,
    start: i64,
    rows: &[Row],
    more: bool,
    requested_again: Option<(i64, u32)>,
) -> Response {
    let writer = call.server.writer();
    let repeated = more && call.has_fault(Fault::RepeatedCursor);
    let missing = more && call.has_fault(Fault::MissingCursor);
    let encode = |row: &Row| URL_SAFE_NO_PAD.encode(format!("{}|{}", row.change, row.index));
    let requested = call.request.param("page[after]").map(ToOwned::to_owned);
    let after = match rows.last() {
        Some(_) if let Some((change, index)) = requested_again => {
            Some(URL_SAFE_NO_PAD.encode(format!("{change}|{index}|{}", call.new_number())))
        }
        Some(row) if !repeated => Some(encode(row)).filter(|_| !missing),
        _ => requested,
    };
    let before = rows.first().map(encode);
    let link = |name: &'static str, cursor: &Option<String>| {
        let mut query = call.sent_parameters(&["include_changes", "exclude_deleted", "page[size]"]);
        query.push(("start_time", start.to_string()));
        query.push((name, cursor.clone()?));
        Some(call.url(&query))
    };
    let links = serde_json::json!({
        "next": more.then(|| link("page[after]", &after)), "prev": link("page[before]", &before),
    });
    let meta = serde_json::json!({"has_more": more, "after_cursor": after, "before_cursor": before});
    let body = json::object(|object: &mut Object<'_>| {
        object.raw(EVENTS.key(), |out| {
            json::array(out, rows, |out, row| writer.write(EVENTS, *row, Extras::default(), out));
        });
        object.field("meta", meta).field("links", links);
    });
    Response { page: Some((EVENTS, super::page::end(rows))), ..Response::json(200, body) }
}

fn cursor(call: &Call<'_>, parameter: &str) -> Result<Option<(i64, u32)>, Response> {
    let Some(text) = call.request.param(parameter) else { return Ok(None) };
    let decoded = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let key = decoded.as_deref().and_then(|text| {
        let mut parts = text.split('|');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    });
    key.map(Some).ok_or_else(|| Response::invalid_pagination(parameter, "the cursor is invalid"))
}
