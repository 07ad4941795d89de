//! Chooses one of the declared responses.

use rand::RngExt as _;
use rand_pcg::Pcg64Mcg;

use crate::document::operation::{DeclaredResponse, Operation};

/// Returns the response for a status code that the client wants, and the status code.
pub(super) fn wanted(operation: &Operation, code: u16) -> Option<(&DeclaredResponse, u16)> {
    let range = format!("{}XX", code / 100);
    let mut names = [code.to_string(), range, "default".to_owned()].into_iter();
    names.find_map(|name| {
        let mut responses = operation.responses.iter();
        responses
            .find(|response| response.status.eq_ignore_ascii_case(&name))
            .map(|response| (response, code))
    })
}

/// Returns the first successful response: a status code of its own, then a range, then a redirect, then `default`. If there
/// are none, it is the first one of all.
pub(super) fn first_success(operation: &Operation) -> Option<(&DeclaredResponse, u16)> {
    let rank = |response: &DeclaredResponse| match response.status.as_bytes() {
        [b'2', b'0'..=b'9', ..] => 0,
        [b'2', ..] => 1,
        [b'3', ..] => 2,
        _ if response.status.eq_ignore_ascii_case("default") => 3,
        [b'1', ..] => 5,
        _ => 4,
    };
    let first = operation.responses.iter().min_by_key(|response| rank(response))?;
    Some((first, status_of(&first.status)))
}

/// Returns one of the responses that are not errors, by chance.
pub(super) fn any_success<'o>(
    operation: &'o Operation,
    random: &mut Pcg64Mcg,
) -> Option<(&'o DeclaredResponse, u16)> {
    let is_success = |response: &&DeclaredResponse| response.status.starts_with(['2', '3']);
    let successes: Vec<_> = operation.responses.iter().filter(is_success).collect();
    let last = successes.len().checked_sub(1)?;
    let chosen = successes.get(random.random_range(0..=last))?;
    Some((chosen, status_of(&chosen.status)))
}

/// Returns a status code for a declared one: the first of a range, and 200 for `default`.
fn status_of(status: &str) -> u16 {
    let first = status.bytes().next().filter(u8::is_ascii_digit).map(|digit| u16::from(digit - b'0') * 100);
    match (status.parse::<u16>(), first) {
        (Ok(code), _) if (200..=599).contains(&code) => code,
        // A redirect has a location, which 300 and 304 don't need.
        (_, Some(300)) => 302,
        (_, Some(first)) if (200..=500).contains(&first) => first,
        _ => 200,
    }
}
