//! Strings of the formats of JSON Schema and OpenAPI, and words.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::RngExt as _;
use rand_pcg::Pcg64Mcg;

/// Characters of which some are encoded in a URL, in a header field or in JSON.
const UNUSUAL: [char; 12] = [' ', 'é', '/', '&', '"', '\\', '%', '+', '😀', ',', '=', '\n'];

/// Returns a string of a format; `None` if any string is one.
pub(super) fn of_format(format: &str, random: &mut Pcg64Mcg) -> Option<String> {
    let mut number = |most: u32| random.random_range(0..=most);
    let text = match format {
        "date-time" => format!("{}T{}Z", date(&mut number), time(&mut number)),
        "date" => date(&mut number),
        "time" => format!("{}Z", time(&mut number)),
        "date-time-local" => format!("{}T{}", date(&mut number), time(&mut number)),
        "time-local" => time(&mut number),
        "duration" => format!("P{}DT{}H", number(30), number(23)),
        "email" | "idn-email" => format!("user{}@example.com", number(999)),
        "hostname" | "idn-hostname" => format!("host{}.example.com", number(999)),
        "ipv4" => format!("192.0.2.{}", number(255)),
        "ipv6" => format!("2001:db8::{:x}", 1 + number(0xfffe)),
        "uri" | "url" | "iri" => format!("https://example.com/{}", number(9_999)),
        "uri-reference" | "iri-reference" => format!("/items/{}", number(9_999)),
        "uri-template" => format!("/items/{}/{{id}}", number(99)),
        "json-pointer" => format!("/items/{}", number(99)),
        "relative-json-pointer" => format!("{}/items", number(9)),
        "regex" => format!("^[a-z]{{{}}}$", 1 + number(8)),
        "uuid" => uuid(random),
        "byte" | "base64" => STANDARD.encode(format!("bytes {}", number(999))),
        "binary" => format!("bytes {}", number(999)),
        "int64" | "uint64" | "int32" | "integer" => number(999_999).to_string(),
        "decimal" | "number" | "double" | "float" => format!("{}.{}", number(999), 1 + number(8)),
        _ => return None,
    };
    Some(text)
}

fn date(number: &mut dyn FnMut(u32) -> u32) -> String {
    format!("{:04}-{:02}-{:02}", 2000 + number(30), 1 + number(11), 1 + number(27))
}

fn time(number: &mut dyn FnMut(u32) -> u32) -> String {
    format!("{:02}:{:02}:{:02}", number(23), number(59), number(59))
}

fn uuid(random: &mut Pcg64Mcg) -> String {
    let mut block = |length: usize| {
        let digits = (0..length).filter_map(|_| char::from_digit(random.random_range(0..16), 16));
        digits.collect::<String>()
    };
    format!("{}-{}-4{}-8{}-{}", block(8), block(4), block(3), block(3), block(12))
}

/// Returns a string of small letters. One in eight contains another character, unless it is plain.
pub(super) fn word(length: usize, is_plain: bool, random: &mut Pcg64Mcg) -> String {
    let mut letters: Vec<char> = (0..length).map(|_| char::from(random.random_range(b'a'..=b'z'))).collect();
    if !is_plain && random.random_range(0..8) == 0 && length > 0 {
        let (at, unusual) = (random.random_range(0..length), random.random_range(0..UNUSUAL.len()));
        if let (Some(letter), Some(unusual)) = (letters.get_mut(at), UNUSUAL.get(unusual)) {
            *letter = *unusual;
        }
    }
    letters.into_iter().collect()
}
