//! The contenders for decoding a page.

#![allow(clippy::needless_pass_by_value, reason = "some contenders modify the body")]

use std::error::Error;
use std::hint::black_box;

use serde::Deserialize;
use serde_json::value::RawValue;
use simd_json::prelude::ValueObjectAccessAsArray as _;
use sonic_rs::{JsonContainerTrait as _, JsonValueTrait as _};
use zendesk_client::RawRecord;
use zendesk_client::models::TicketCursorPage;

use crate::structs::{FlattenedPage, Page};

/// The number of decoded records, or the error.
type Count = Result<usize, Box<dyn Error>>;

/// A contender, which decodes a page.
#[derive(Clone, Copy, Debug)]
pub struct Contender {
    /// The name in tables.
    pub name: &'static str,
    read: fn(Vec<u8>) -> Count,
}

impl Contender {
    /// Decodes a page, then frees the page and the result. Takes ownership of the page, as some contenders modify it.
    ///
    /// # Errors
    ///
    /// Returns the library's error if the page can't be decoded.
    pub fn read(&self, page: Vec<u8>) -> Count {
        (self.read)(page)
    }
}

/// Returns all contenders, the client's first.
#[must_use]
pub fn contenders() -> Vec<Contender> {
    let contender = |name, read| Contender { name, read };
    vec![
        contender("ours, typed", typed),
        contender("ours, raw records", raw),
        contender("serde_json, Value", value),
        contender("serde_json, structs", structs),
        contender("serde_json, structs with flatten", flattened),
        contender("serde_json, RawValue", raw_values),
        contender("simd-json, Value", simd_value),
        contender("simd-json, structs", simd_structs),
        contender("sonic-rs, Value", sonic_value),
        contender("sonic-rs, structs", sonic_structs),
    ]
}

fn typed(body: Vec<u8>) -> Count {
    let page: TicketCursorPage = zendesk_client::decode(&body)?;
    Ok(black_box(page).tickets.len())
}

fn raw(body: Vec<u8>) -> Count {
    let records = RawRecord::list(&body.into(), "tickets")?;
    Ok(black_box(records).len())
}

fn value(body: Vec<u8>) -> Count {
    let page: serde_json::Value = serde_json::from_slice(&body)?;
    Ok(black_box(page)["tickets"].as_array().map_or(0, Vec::len))
}

fn structs(body: Vec<u8>) -> Count {
    let page: Page = serde_json::from_slice(&body)?;
    Ok(black_box(page).tickets.len())
}

fn flattened(body: Vec<u8>) -> Count {
    let page: FlattenedPage = serde_json::from_slice(&body)?;
    Ok(black_box(page).tickets.len())
}

/// The records of a page, each one a slice of its text.
#[derive(Deserialize)]
struct RawPage<'a> {
    #[serde(borrow)]
    tickets: Vec<&'a RawValue>,
}

fn raw_values(body: Vec<u8>) -> Count {
    let page: RawPage<'_> = serde_json::from_slice(&body)?;
    Ok(black_box(page).tickets.len())
}

fn simd_value(mut body: Vec<u8>) -> Count {
    let page = simd_json::to_borrowed_value(&mut body)?;
    Ok(black_box(page).get_array("tickets").map_or(0, Vec::len))
}

fn simd_structs(mut body: Vec<u8>) -> Count {
    let page: Page = simd_json::from_slice(&mut body)?;
    Ok(black_box(page).tickets.len())
}

fn sonic_value(body: Vec<u8>) -> Count {
    let page: sonic_rs::Value = sonic_rs::from_slice(&body)?;
    let page = black_box(page);
    Ok(page.get("tickets").and_then(|tickets| tickets.as_array()).map_or(0, sonic_rs::Array::len))
}

fn sonic_structs(body: Vec<u8>) -> Count {
    let page: Page = sonic_rs::from_slice(&body)?;
    Ok(black_box(page).tickets.len())
}

#[cfg(test)]
mod tests {
    use super::contenders;

    const PAGE: &str = r#"{"tickets": [
        {"id": 1, "subject": null, "status": "deleted", "via": {"channel": "voice", "source": {"from": {}, "to": {}, "rel": null}},
         "custom_fields": [{"id": 7, "value": ["red"]}, {"id": 8, "value": 0.25}], "fields": [{"id": 7, "value": null}]},
        {"id": 2, "priority": "unheard of", "tags": ["vip"], "created_at": "2026-03-05T10:11:12Z", "satisfaction_rating": {"score": "unoffered"}}
    ], "after_cursor": "x==", "end_of_stream": false}"#;

    #[test]
    fn each_contender_decodes_all_records() {
        for contender in contenders() {
            let read =
                contender.read(PAGE.into()).unwrap_or_else(|error| panic!("{}: {error}", contender.name));
            assert_eq!(read, 2, "{}", contender.name);
        }
    }

    #[test]
    fn each_contender_rejects_a_truncated_page() {
        for contender in contenders() {
            let cut = PAGE.as_bytes()[..PAGE.len() / 2].to_vec();
            assert!(contender.read(cut).is_err(), "{}", contender.name);
        }
    }
}
