//! Tests of enums over texts.

use crate::wire::samples::Status;

#[test]
fn knows_and_keeps() {
    assert_eq!(Status::from("new"), Status::New);
    let unknown: Status = "brand-new".parse().unwrap_or_default();
    assert!(matches!(&unknown, Status::Unknown(text) if text.as_str() == "brand-new"));
    assert_eq!(format!("{unknown:>10}|{:?}", Status::Open), " brand-new|Open");
    assert_eq!(Status::default().as_str(), "");
    assert_eq!(Status::from(String::from("open")).as_ref(), "open");
}
