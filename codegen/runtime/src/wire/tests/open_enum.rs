//! Tests of enums of strings.

use std::collections::HashSet;

use crate::wire::samples::Status;

#[test]
fn unknown_strings_are_kept() {
    assert_eq!(Status::from("new"), Status::New);
    let unknown: Status = "brand-new".into();
    assert!(matches!(&unknown, Status::Unknown(text) if text.as_str() == "brand-new"));
    assert_eq!(format!("{unknown:>10}|{:?}", Status::Open), " brand-new|Open");
    assert_eq!(Status::from(String::from("open")).as_str(), "open");
    assert_eq!(HashSet::from([Status::New, Status::from("new"), unknown.clone(), unknown]).len(), 2);
}
