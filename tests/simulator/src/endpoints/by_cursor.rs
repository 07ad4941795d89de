//! Exports that are paged by cursor.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::dice::Dice;
use crate::fault::Fault;
use crate::http::Answer;
use crate::json::{self, Object};
use crate::resource::Resource;
use crate::time::{SECOND, seconds};
use crate::world::record::{index_of_number, number};
use crate::world::{Row, World};

use super::call::Call;
use super::page::{self, StreamPage};
use super::{by_time, sideload};

/// A place in the stream: after the record of this id, among those of this second.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    second: i64,
    id: i64,
}

impl Place {
    /// Before everything that changed in a second.
    pub(crate) fn start(second: i64) -> Self {
        Self { second, id: 0 }
    }

    /// Right after a row.
    pub(crate) fn of(resource: Resource, row: &Row) -> Self {
        Self { second: seconds(row.change), id: number(resource, row.index) }
    }

    fn encode(self) -> String {
        STANDARD.encode(format!("{}.0||{}|", self.second, self.id))
    }

    fn decode(cursor: &str) -> Option<Self> {
        let text = String::from_utf8(STANDARD.decode(cursor).ok()?).ok()?;
        let (second, id) = text.strip_suffix('|')?.split_once(".0||")?;
        Some(Self { second: second.parse().ok()?, id: id.parse().ok()? })
    }
}

/// A page of an export.
pub(super) fn export(call: &Call<'_>, resource: Resource) -> Result<Answer, Answer> {
    let limit = call.limit("per_page")?;
    let place = match call.request.param("cursor") {
        Some(cursor) => {
            Place::decode(cursor).ok_or_else(|| Answer::bad_paging("cursor", "cursor is invalid"))?
        }
        None => Place::start(by_time::required(call)?),
    };
    let exclude_deleted = call.request.param("exclude_deleted") == Some("true");
    let world = call.server.world();
    let rows = remaining(&world, resource, place, call.horizon(), exclude_deleted);
    let (page, next) = next(rows, resource, place, limit, empty_chance(call));
    drop(world);
    Ok(respond(call, resource, place, &page, next))
}

/// What comes after a place.
pub(crate) fn remaining(
    world: &World,
    resource: Resource,
    place: Place,
    horizon: i64,
    exclude_deleted: bool,
) -> Box<dyn Iterator<Item = Row> + '_> {
    let time = place.second.saturating_mul(SECOND);
    let rows = world.rows(resource);
    let shown = move |row: &Row| row.change <= horizon;
    let wanted = move |row: &Row| !(exclude_deleted && row.deleted);
    match u32::try_from(index_of_number(resource, place.id)) {
        Ok(index) => Box::new(rows.after(time, index).take_while(shown).filter(wanted)),
        Err(_) => Box::new(rows.from(time).take_while(shown).filter(wanted)),
    }
}

/// The next page and the place after it. Now and then the page is empty, and the place is right before what
/// comes next.
pub(crate) fn next(
    rows: impl Iterator<Item = Row>,
    resource: Resource,
    place: Place,
    limit: usize,
    empty_seed: Option<u64>,
) -> (StreamPage, Place) {
    let mut rows = rows.peekable();
    if let (Some(seed), Some(first)) = (empty_seed, rows.peek()) {
        let before = Place { id: number(resource, first.index) - 1, ..Place::of(resource, first) };
        let mut dice = Dice::new(seed, &[place.second.cast_unsigned(), place.id.cast_unsigned(), 7]);
        if dice.percent(8) && before != place {
            return (StreamPage { rows: Vec::new(), last: false }, before);
        }
    }
    let page = page::in_order(rows, limit);
    let next = page.rows.last().map_or(place, |row| Place::of(resource, row));
    (page, next)
}

fn empty_chance(call: &Call<'_>) -> Option<u64> {
    call.server.config.empty_pages.then_some(call.server.config.seed)
}

fn respond(call: &Call<'_>, resource: Resource, asked: Place, page: &StreamPage, next: Place) -> Answer {
    let maker = call.server.maker();
    let extras = by_time::extras(call);
    let repeated = !page.last && call.wants(Fault::RepeatedCursor);
    let missing = !page.last && call.wants(Fault::MissingCursor);
    let cursor = if repeated { asked } else { next }.encode();
    let mut query = call.kept(&["per_page", "include", "exclude_deleted"]);
    query.push(("cursor", cursor.clone()));
    let url = call.url(&query);
    let mut body = Vec::with_capacity(256 + page.rows.len() * 1_700);
    let mut object = Object::open(&mut body);
    object.raw(resource.key(), |out| {
        json::array(out, &page.rows, |out, row| maker.write(resource, *row, extras, out));
    });
    sideload::write(call, resource, &page.rows, &mut object);
    object
        .field("after_url", (!missing).then_some(url))
        .field("before_url", None::<&str>)
        .field("after_cursor", (!missing).then_some(cursor))
        .field("before_cursor", None::<&str>)
        .field("end_of_stream", page.last);
    object.close();
    Answer { page: Some((resource, Some(next.second))), ..Answer::json(200, body) }
}
