//! Lists that are not exports, with a `next_page` that is null at the end.

use serde_json::{Map, Value, json};

use crate::fault::Fault;
use crate::http::Response;

use super::call::Call;

/// Returns a page of a list. With `terse`, a list that fits in one page has no pagination fields.
pub(super) fn page(call: &Call<'_>, key: &str, records: &[Value], terse: bool) -> Result<Response, Response> {
    let size = call.server.config.list_page_size;
    let number: usize = match call.request.param("page").map(str::parse) {
        None => 1,
        Some(Ok(number @ 1..)) => number,
        Some(_) => return Err(Response::invalid_pagination("page", "page must be a number from 1 on")),
    };
    let start = (number - 1).saturating_mul(size).min(records.len());
    let end = (start + size).min(records.len());
    let mut shown = records[start..end].to_vec();
    let again = call.repeat_page(&mut shown, &call.server.last_values);
    let mut body = Map::new();
    body.insert(key.to_owned(), json!(shown));
    if again || !terse || records.len() > size {
        let link = |number: usize| {
            let mut query = call.sent_parameters(&["include"]);
            query.push(("page", number.to_string()));
            if again {
                query.push(("again", call.new_number().to_string()));
            }
            call.url(&query)
        };
        body.insert("count".to_owned(), json!(records.len()));
        body.insert(
            "next_page".to_owned(),
            json!((again || end < records.len()).then(|| link(if again { number } else { number + 1 }))),
        );
        body.insert("previous_page".to_owned(), json!((number > 1).then(|| link(number - 1))));
    }
    Ok(Response::value(200, &Value::Object(body)))
}

/// Returns a page of a list with `page[size]`, `page[after]` and `page[before]`.
pub(super) fn by_cursor(call: &Call<'_>, key: &str, records: &[Value]) -> Result<Response, Response> {
    let size = match call.request.param("page[size]").map(str::parse) {
        None => call.server.config.list_page_size.min(100),
        Some(Ok(size @ 1..=100)) => size,
        Some(_) => {
            return Err(Response::invalid_pagination("page[size]", "page[size] must be from 1 to 100"));
        }
    };
    let (after, before) = (position(call, "page[after]")?, position(call, "page[before]")?);
    if after.is_some() && before.is_some() {
        return Err(Response::invalid_pagination(
            "page[before]",
            "page[after] and page[before] exclude each other",
        ));
    }
    let end = before.unwrap_or_else(|| after.unwrap_or(0) + size).min(records.len());
    let start = before.map_or_else(|| after.unwrap_or(0), |before| before.saturating_sub(size)).min(end);
    let mut shown = records[start..end].to_vec();
    let again = call.repeat_page(&mut shown, &call.server.last_values);
    let more = again || if before.is_some() { start > 0 } else { end < records.len() };
    let after_cursor = match call.fault {
        Some(_) if again => Some(format!("{}-{}", cursor(after.unwrap_or(0)), call.new_number())),
        Some(_) if more && call.has_fault(Fault::RepeatedCursor) => after.map(cursor),
        Some(_) if more && call.has_fault(Fault::MissingCursor) => None,
        _ => (end > start).then(|| cursor(end)),
    };
    let before_cursor = (end > start).then(|| cursor(start));
    let link = |name: &'static str, cursor: &Option<String>| {
        let mut query = call.sent_parameters(&["filter[agent_ids]", "page[size]"]);
        query.push((name, cursor.clone()?));
        Some(call.url(&query))
    };
    let links = json!({
        "next": more.then(|| link("page[after]", &after_cursor)),
        "prev": (start > 0).then(|| link("page[before]", &before_cursor)),
    });
    let meta = json!({"has_more": more, "after_cursor": after_cursor, "before_cursor": before_cursor});
    Ok(Response::value(200, &json!({key: shown, "meta": meta, "links": links})))
}

/// Returns the cursor of a position: `o` and the position.
fn cursor(position: usize) -> String {
    format!("o{position:06x}")
}

fn position(call: &Call<'_>, parameter: &str) -> Result<Option<usize>, Response> {
    let Some(text) = call.request.param(parameter) else { return Ok(None) };
    let digits = text.strip_prefix('o').map(|digits| digits.split('-').next().unwrap_or_default());
    let position = digits.and_then(|digits| usize::from_str_radix(digits, 16).ok());
    position.map(Some).ok_or_else(|| Response::invalid_pagination(parameter, "the cursor is invalid"))
}
