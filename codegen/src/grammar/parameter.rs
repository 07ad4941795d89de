//! Parameters.

/// Returns whether two names of parameters in one location are the same: the names of headers don't depend on the case.
pub(crate) fn is_same_name(location: &str, one: &str, other: &str) -> bool {
    one == other || location == "header" && one.eq_ignore_ascii_case(other)
}
