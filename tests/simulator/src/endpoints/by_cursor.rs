//! Exports with pagination by cursor.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::account::record::{index_of_number, number};
use crate::account::{Account, Row};
use crate::fault::Fault;
use crate::http::Response;
use crate::json::{self, Object};
use crate::random::Random;
use crate::resource::Resource;
use crate::time::{SECOND, seconds};

use super::call::Call;
use super::page::{self, StreamPage};
use super::{by_time, sideload};

/// A position in an export: after the record with this id among the records of this second.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct CursorPosition {
    second: i64,
    id: i64,
}

impl CursorPosition {
    /// Returns the position before all changes of a second.
    pub(crate) fn start(second: i64) -> Self {
        Self { second, id: 0 }
    }

    /// Returns the position after a row.
    pub(crate) fn of(resource: Resource, row: &Row) -> Self {
        Self { second: seconds(row.change), id: number(resource, row.index) }
    }

    fn encode(self) -> String {
        STANDARD.encode(format!("{}.0||{}|", self.second, self.id))
    }

    /// Returns a new cursor of the same position.
    fn encode_again(self, number: usize) -> String {
        STANDARD.encode(format!("{}.0||{}|{number}", self.second, self.id))
    }

    fn decode(cursor: &str) -> Option<Self> {
        let text = String::from_utf8(STANDARD.decode(cursor).ok()?).ok()?;
        let (second, id) = text.rsplit_once('|')?.0.split_once(".0||")?;
        Some(Self { second: second.parse().ok()?, id: id.parse().ok()? })
    }
}

/// Returns a page of an export.
pub(super) fn export(call: &Call<'_>, resource: Resource) -> Result<Response, Response> {
    let limit = call.limit("per_page")?;
    let position = match call.request.param("cursor") {
        Some(cursor) => CursorPosition::decode(cursor)
            .ok_or_else(|| Response::invalid_pagination("cursor", "cursor is invalid"))?,
        None => CursorPosition::start(by_time::required(call)?),
    };
    let exclude_deleted = call.request.param("exclude_deleted") == Some("true");
    let account = call.server.account();
    let rows = remaining(&account, resource, position, call.horizon(), exclude_deleted);
    let rows = rows.filter(|row| call.is_in_scope(resource, row));
    let (mut page, mut next) = next(rows, resource, position, limit, empty_page_seed(call));
    drop(account);
    if call.has_fault(Fault::EmptyPage) {
        (page, next) = (StreamPage { rows: Vec::new(), last: false }, position);
    }
    if call.repeat_page(&mut page.rows, &call.server.last_rows) {
        (page.last, next) = (false, position);
    }
    call.repeat_rows(&mut page.rows);
    Ok(respond(call, resource, position, &page, next))
}

/// Returns the rows after a position.
pub(crate) fn remaining(
    account: &Account,
    resource: Resource,
    position: CursorPosition,
    horizon: i64,
    exclude_deleted: bool,
) -> Box<dyn Iterator<Item = Row> + '_> {
    let time = position.second.saturating_mul(SECOND);
    let rows = account.rows(resource);
    let shown = move |row: &Row| row.change <= horizon;
    let wanted = move |row: &Row| !(exclude_deleted && row.deleted);
    match u32::try_from(index_of_number(resource, position.id)) {
        Ok(index) => Box::new(rows.after(time, index).take_while(shown).filter(wanted)),
        Err(_) => Box::new(rows.from(time).take_while(shown).filter(wanted)),
    }
}

/// Returns the next page and the position after it. Some pages are empty; then the position is directly before the next
/// row.
pub(crate) fn next(
    rows: impl Iterator<Item = Row>,
    resource: Resource,
    position: CursorPosition,
    limit: usize,
    empty_seed: Option<u64>,
) -> (StreamPage, CursorPosition) {
    let mut rows = rows.peekable();
    if let (Some(seed), Some(first)) = (empty_seed, rows.peek()) {
        let before =
            CursorPosition { id: number(resource, first.index) - 1, ..CursorPosition::of(resource, first) };
        let mut random =
            Random::new(seed, &[position.second.cast_unsigned(), position.id.cast_unsigned(), 7]);
        if random.percent(8) && before != position {
            return (StreamPage { rows: Vec::new(), last: false }, before);
        }
    }
    let page = page::in_order(rows, limit);
    let next = page.rows.last().map_or(position, |row| CursorPosition::of(resource, row));
    (page, next)
}

fn empty_page_seed(call: &Call<'_>) -> Option<u64> {
    call.server.config.empty_pages.then_some(call.server.config.seed)
}

fn respond(
    call: &Call<'_>,
    resource: Resource,
    requested: CursorPosition,
    page: &StreamPage,
    next: CursorPosition,
) -> Response {
    let writer = call.server.writer();
    let extras = by_time::extras(call);
    let repeated = !page.last && call.has_fault(Fault::RepeatedCursor);
    let missing = !page.last && call.has_fault(Fault::MissingCursor);
    let mut cursor = if repeated { requested } else { next }.encode();
    if matches!(call.fault, Some(Fault::EmptyPage | Fault::RepeatedPage)) {
        cursor = next.encode_again(call.new_number());
    }
    let mut query = call.sent_parameters(&["per_page", "include", "exclude_deleted", "support_type_scope"]);
    query.push(("cursor", cursor.clone()));
    let url = call.url(&query);
    let mut body = Vec::with_capacity(256 + page.rows.len() * 1_700);
    let mut object = Object::open(&mut body);
    object.raw(resource.key(), |out| {
        json::array(out, &page.rows, |out, row| writer.write(resource, *row, extras, out));
    });
    sideload::write(call, resource, &page.rows, &mut object);
    object
        .field("after_url", (!missing).then_some(url))
        .field("before_url", None::<&str>)
        .field("after_cursor", (!missing).then_some(cursor))
        .field("before_cursor", None::<&str>)
        .field("end_of_stream", page.last);
    object.close();
    Response { page: Some((resource, Some(next.second))), ..Response::json(200, body) }
}
