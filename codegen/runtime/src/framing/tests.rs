//! Items of whole bodies, in any pieces, and of damaged bodies.

use std::time::Duration;

use proptest::prelude::*;

use super::{EventFields, Format, FramedItem, Framer, FramingError};

const MAXIMUM: usize = 1000;

/// Returns the items of a body that arrives in pieces of a length, and how it ends.
fn framed(format: &Format, body: &[u8], piece: usize) -> (Vec<FramedItem>, Result<(), FramingError>) {
    let (mut framer, mut items) = (Framer::new(format, MAXIMUM), Vec::new());
    let mut take = |framer: &mut Framer| loop {
        match framer.next() {
            Ok(Some(item)) => items.push(item),
            Ok(None) => return Ok(()),
            Err(error) => return Err(error),
        }
    };
    for piece in body.chunks(piece) {
        framer.push(piece);
        if let Err(error) = take(&mut framer) {
            return (items, Err(error));
        }
    }
    let last = framer.finish();
    let result = last.map(|last| items.extend(last));
    (items, result)
}

fn data(items: &[FramedItem]) -> Vec<&str> {
    items.iter().map(|item| str::from_utf8(&item.data).unwrap()).collect()
}

fn multipart() -> Format {
    Format::Multipart("x".to_owned())
}

#[test]
fn events_are_split_as_the_standard_says() {
    let body = "\u{feff}: a comment\r\nretry: 1500\r\nid: 1\r\nevent: add\r\ndata: a\r\ndata:  b\r\n\r\n\
        id\rdata\rdata\r\rdata:c\n\nevent: none\n\nid: 9\n\nretry: x\nid: \0\nunknown: 1\ndata: d\n\n";
    for piece in [1, 2, 3, 7, 1000] {
        let (items, result) = framed(&Format::Events, body.as_bytes(), piece);
        assert_eq!(result, Ok(()));
        assert_eq!(data(&items), ["a\n b", "\n", "c", "d"], "{piece}");
        let fields: Vec<_> = items.into_iter().map(|item| item.event.unwrap()).collect();
        let first = EventFields {
            name: Some("add".to_owned()),
            id: Some("1".to_owned()),
            retry: Some(Duration::from_millis(1500)),
        };
        assert_eq!(fields[0], first);
        assert_eq!(fields[1].id.as_deref(), Some(""));
        assert_eq!(fields[2], EventFields::default());
        // An event without data gives its ID to the next one, but not its type.
        assert_eq!((fields[3].id.as_deref(), fields[3].name.as_deref()), (Some("9"), None));
    }
}

#[test]
fn an_event_without_an_end_is_incomplete() {
    for (body, expected) in [
        ("data: a\n\ndata: b\n", Err(FramingError::Incomplete)),
        ("data: a\n\ndata: b", Err(FramingError::Incomplete)),
        ("data: a\n\nevent: b\n", Ok(())),
        ("data: a\n\n: comment", Ok(())),
    ] {
        let (items, result) = framed(&Format::Events, body.as_bytes(), 3);
        assert_eq!((data(&items), result), (vec!["a"], expected), "{body}");
    }
}

#[test]
fn lines_and_sequences_are_split() {
    for piece in [1, 4, 1000] {
        let (items, result) = framed(&Format::Lines, b"{\"a\":1}\r\n\n  \n[2]\n3", piece);
        assert_eq!((data(&items), result), (vec!["{\"a\":1}", "[2]", "3"], Ok(())));
        let (items, result) = framed(&Format::Sequence, b"\x1e{\"a\":\n1}\n\x1e\x1e[2]\n\x1e3", piece);
        assert_eq!((data(&items), result), (vec!["{\"a\":\n1}", "[2]", "3"], Ok(())));
    }
}

#[test]
fn parts_are_split() {
    let body = "before\r\n--x\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--x\r\n\r\n[2]\r\n--x-y\r\n--x--\r\nafter";
    for piece in [1, 5, 1000] {
        let (items, result) = framed(&multipart(), body.as_bytes(), piece);
        assert_eq!((data(&items)[0], result), ("{\"a\":1}", Ok(())), "{piece}");
        assert_eq!(
            framed(&multipart(), body.split_once("--x--").unwrap().0.as_bytes(), piece).1,
            Err(FramingError::Incomplete)
        );
    }
    let (items, result) = framed(&multipart(), b"--x\r\nA: b\r\n\r\n1\r\n--x--", 1);
    assert_eq!((data(&items), result), (vec!["1"], Ok(())));
}

#[test]
fn an_item_has_a_maximum_size() {
    let long = "a".repeat(MAXIMUM + 1);
    for (format, body) in [
        (Format::Lines, format!("1\n{long}")),
        (Format::Lines, format!("1\n{long}\n")),
        (Format::Sequence, format!("\x1e1\x1e{long}")),
        (Format::Events, format!("data: 1\n\ndata: {long}")),
        (Format::Events, format!("data: 1\n\n{}", "data: a\n".repeat(MAXIMUM))),
        (multipart(), format!("--x\r\n\r\n1\r\n--x\r\n\r\n{long}{long}")),
    ] {
        for piece in [64, 10_000] {
            let (items, result) = framed(&format, body.as_bytes(), piece);
            assert_eq!((data(&items), result), (vec!["1"], Err(FramingError::TooLarge)), "{format:?}");
        }
    }
}

/// Bodies with three items.
fn bodies() -> Vec<(Format, &'static [u8])> {
    vec![
        (Format::Events, b"id: 1\nevent: a\ndata: {\"n\":1}\n\nretry: 5\ndata: 2\ndata: 3\n\n\xef\xbb\xbf: c\n\ndata: [3]\n\n"),
        (Format::Lines, b"{\"n\":1}\n[2]\r\n\n\"three\"\n"),
        (Format::Sequence, b"\x1e{\"n\":1}\n\x1e[2]\n\x1e\"three\"\n"),
        (multipart(), b"--x\r\nA: b\r\n\r\n{\"n\":1}\r\n--x\r\n\r\n2\r\n--x\r\n\r\n3\r\n--x--\r\n"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2500))]

    /// 10,000 bodies in which bytes are replaced, removed or added: what comes before the first of them is delivered, and
    /// the pieces in which the body arrives make no difference.
    #[test]
    fn a_damaged_body_gives_the_items_before_the_damage(
        at in 0_usize..80,
        bytes in proptest::collection::vec(any::<u8>(), 0..4),
        removed in 0_usize..4,
        piece in 1_usize..20,
    ) {
        for (format, body) in bodies() {
            let at = at.min(body.len());
            let rest = body.get(at + removed..).unwrap_or_default();
            let damaged = [&body[..at], &bytes, rest].concat();
            let (items, result) = framed(&format, &damaged, piece);
            prop_assert_eq!(&(items.clone(), result), &framed(&format, &damaged, damaged.len().max(1)));
            let (mut framer, mut before) = (Framer::new(&format, MAXIMUM), Vec::new());
            framer.push(&body[..at]);
            while let Ok(Some(item)) = framer.next() {
                before.push(item);
            }
            prop_assert!(items.starts_with(&before), "{items:?} {before:?}");
        }
    }
}
