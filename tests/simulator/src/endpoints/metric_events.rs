//! The export of metric events: by time, with pages that are short in mid-stream, or by page cursor.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::dice::Dice;
use crate::fault::Fault;
use crate::http::Answer;
use crate::json::{self, Object};
use crate::resource::Resource;
use crate::world::Row;
use crate::world::record::Extras;

use super::by_time;
use super::call::Call;

const EVENTS: Resource = Resource::MetricEvents;

/// A page of the export.
pub(super) fn export(call: &Call<'_>) -> Result<Answer, Answer> {
    let start = by_time::required(call)?;
    if call.request.param("page[size]").is_some() {
        return by_page(call, start);
    }
    let page = by_time::select(call, EVENTS, start, limit(call.server.metric_page(), start));
    Ok(by_time::respond(call, EVENTS, start, &page))
}

/// How many records the page that starts in a second holds: some are short. Takes the page size, and a seed
/// if pages may be short.
pub(crate) fn limit((size, short): (usize, Option<u64>), start: i64) -> usize {
    let Some(seed) = short else { return size };
    let mut dice = Dice::new(seed, &[start.cast_unsigned(), 8]);
    if dice.percent(30) { 1 + dice.index(size) } else { size }
}

fn by_page(call: &Call<'_>, start: i64) -> Result<Answer, Answer> {
    let size = call.request.param("page[size]").and_then(|text| text.parse().ok());
    let Some(size @ 1..=100) = size else {
        return Err(Answer::bad_paging("page[size]", "page[size] must be from 1 to 100"));
    };
    let (after, before) = (cursor(call, "page[after]")?, cursor(call, "page[before]")?);
    if after.is_some() && before.is_some() {
        return Err(Answer::bad_paging("page[before]", "page[after] and page[before] exclude each other"));
    }
    let exclude_deleted = call.request.param("exclude_deleted") == Some("true");
    let world = call.server.world();
    let rows = by_time::visible(&world, EVENTS, start, call.horizon(), exclude_deleted);
    let place = |row: &Row| (row.change, row.index);
    let (rows, more): (Vec<Row>, bool) = if let Some(before) = before {
        let earlier: Vec<Row> = rows.take_while(|row| place(row) < before).collect();
        let skipped = earlier.len().saturating_sub(size);
        (earlier.into_iter().skip(skipped).collect(), skipped > 0)
    } else {
        let mut later = rows.skip_while(|row| after.is_some_and(|after| place(row) <= after));
        (later.by_ref().take(size).collect(), later.next().is_some())
    };
    drop(world);
    Ok(respond(call, start, &rows, more))
}

fn respond(call: &Call<'_>, start: i64, rows: &[Row], more: bool) -> Answer {
    let maker = call.server.maker();
    let repeated = more && call.wants(Fault::RepeatedCursor);
    let missing = more && call.wants(Fault::MissingCursor);
    let encode = |row: &Row| URL_SAFE_NO_PAD.encode(format!("{}|{}", row.change, row.index));
    let asked = call.request.param("page[after]").map(ToOwned::to_owned);
    let after = match rows.last() {
        Some(row) if !repeated => Some(encode(row)).filter(|_| !missing),
        _ => asked,
    };
    let before = rows.first().map(encode);
    let link = |name: &'static str, cursor: &Option<String>| {
        let mut query = call.kept(&["include_changes", "exclude_deleted", "page[size]"]);
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
            json::array(out, rows, |out, row| maker.write(EVENTS, *row, Extras::default(), out));
        });
        object.field("meta", meta).field("links", links);
    });
    Answer { page: Some((EVENTS, super::page::end(rows))), ..Answer::json(200, body) }
}

fn cursor(call: &Call<'_>, parameter: &str) -> Result<Option<(i64, u32)>, Answer> {
    let Some(text) = call.request.param(parameter) else { return Ok(None) };
    let decoded = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let place = decoded.as_deref().and_then(|text| {
        let (change, index) = text.split_once('|')?;
        Some((change.parse().ok()?, index.parse().ok()?))
    });
    place.map(Some).ok_or_else(|| Answer::bad_paging(parameter, "the cursor is invalid"))
}
