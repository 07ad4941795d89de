//! Values of types that this crate doesn't know.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model::node::Decode;
use crate::nodes::lenient::decode_lenient;
use crate::types::conversion::{FromNumber, WithSerde};
use crate::types::custom::Custom;

type Address = Custom<Ipv4Addr>;
type Counts = Custom<BTreeMap<String, i64>, WithSerde>;

fn read<T: Decode>(json: &str) -> Result<T, String> {
    decode(json.as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn a_value_is_written_as_it_was_read() {
    for json in ["7.50", "-0.0", "1e3"] {
        let number: Custom<f64, FromNumber> = read(json).unwrap();
        assert_eq!(encode(&number).unwrap(), json.as_bytes());
    }
    let counts: Counts = read(r#"{ "b": 1, "a": 2 }"#).unwrap();
    assert_eq!((counts["a"], encode(&counts).unwrap()), (2, br#"{"b":1,"a":2}"#.to_vec()));
    assert_eq!(encode(&Counts::from(counts.into_inner())).unwrap(), br#"{"a":2,"b":1}"#);
    let list: Vec<Custom<bool>> = read(r#"["true","fal\u0073e"]"#).unwrap();
    assert_eq!((*list[1], encode(&list).unwrap()), (false, br#"["true","false"]"#.to_vec()));
}

#[test]
fn another_value_is_an_error_that_does_not_show_it() {
    for (json, message) in [
        (r#""1.2.3""#, "expected core::net::ip_addr::Ipv4Addr, found another string (line 1, column 7)"),
        ("12", "expected core::net::ip_addr::Ipv4Addr, found an integer (line 1, column 2)"),
        ("null", "expected core::net::ip_addr::Ipv4Addr, found null (line 1, column 4)"),
    ] {
        assert_eq!(read::<Address>(json).unwrap_err(), message);
    }
    assert!(read::<Custom<i64, FromNumber>>(r#""1""#).is_err());
    assert!(read::<Custom<i64, FromNumber>>("1.5").unwrap_err().contains("found another number"));
    assert!(read::<Counts>(r#"{"a":"b"}"#).unwrap_err().contains("found another object"));
    assert!(read::<Vec<Address>>("[null]").is_err());
}

#[test]
fn a_value_that_does_not_match_is_left_out_and_kept() {
    let json = br#"["1.2.3.4","x",null,7]"#;
    let lenient = decode_lenient::<Vec<Option<Address>>>(json).unwrap();
    assert_eq!(lenient.value, [Some(Ipv4Addr::new(1, 2, 3, 4).into()), None]);
    assert_eq!(encode(&lenient).unwrap(), json);
    let json = br#"{"a":"1.2.3.4","b":null}"#;
    let lenient = decode_lenient::<BTreeMap<String, Address>>(json).unwrap();
    assert_eq!((lenient.value.len(), encode(&lenient).unwrap()), (1, json.to_vec()));
}

#[test]
fn values_that_are_no_json_are_not_written() {
    let number = Custom::<f64, FromNumber>::from(f64::NAN);
    assert!(encode(&number).is_err());
    assert!(serde_json::to_string(&number).is_err());
    assert!(encode(&vec![number]).unwrap_err().to_string().contains("/0"));
}

#[test]
fn other_formats_are_read_and_written() {
    let address: Address = serde_json::from_value(serde_json::json!("1.2.3.4")).unwrap();
    assert_eq!(serde_json::to_value(&address).unwrap(), serde_json::json!("1.2.3.4"));
    assert_eq!((address.to_string(), format!("{address:?}")), ("1.2.3.4".to_owned(), "1.2.3.4".to_owned()));
}
