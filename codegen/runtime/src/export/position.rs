//! The position of an export: the start of the next request.

use serde_json::{Map, Value};

use super::scan;
use crate::operation::PaginationStyle;
use crate::request::RequestParts;

/// The position of an export.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Position {
    /// The start: the request of the caller.
    Start,
    /// A second, in Unix time.
    Time(i64),
    /// A cursor, which replaces the start time.
    Cursor(String),
    /// A path and query from the server.
    Target(String),
    /// The records after a page cursor.
    After(String),
    /// The end of a list.
    End,
}

const START: &str = "start";
const END: &str = "end";
const START_TIME: &str = "start_time";
const CURSOR: &str = "cursor";
const TARGET: &str = "target";
const AFTER: &str = "page[after]";

impl Position {
    /// Returns the request for the page at this position.
    pub(crate) fn request(&self, template: &RequestParts) -> RequestParts {
        let mut parts = template.clone();
        match self {
            Self::Start | Self::End => {}
            Self::Time(second) => {
                parts.query_mut().remove(CURSOR);
                parts.query_mut().put(START_TIME, &second.to_string());
            }
            Self::Cursor(cursor) => {
                parts.query_mut().remove(START_TIME);
                parts.query_mut().put(CURSOR, cursor);
            }
            Self::Target(target) => parts.follow(target),
            Self::After(cursor) => {
                parts.query_mut().remove("page[before]");
                parts.query_mut().put(AFTER, cursor);
            }
        }
        parts
    }

    /// Returns the position without the page size, which may be part of a URL from the server.
    pub(crate) fn without_size(&self, parameter: Option<&str>) -> Self {
        let (Self::Target(target), Some(parameter)) = (self, parameter) else { return self.clone() };
        let Some((path, query)) = target.split_once('?') else { return self.clone() };
        let is_size = |pair: &str| pair.split('=').next() == Some(parameter);
        let pairs: Vec<_> = query.split('&').filter(|pair| !is_size(pair)).collect();
        Self::Target(format!("{path}?{}", pairs.join("&")))
    }

    /// Returns the second that the request for this position starts at, if it has one.
    pub(crate) fn second(&self, template: &RequestParts) -> Option<i64> {
        match self {
            Self::Time(second) => Some(*second),
            Self::Start => scan::integer(template.query().get(START_TIME)?.as_bytes()),
            _ => None,
        }
    }

    /// Returns whether a pagination style has such positions.
    pub(crate) fn belongs_to(&self, style: PaginationStyle) -> bool {
        use PaginationStyle::{Chat, Cursor, NextPage, PageCursor, RoutingCursor, Time};
        match self {
            Self::Start => true,
            // An export by cursor restarts at a time if the server rejects its cursor.
            Self::Time(_) => matches!(style, Time | Cursor),
            Self::Cursor(_) => matches!(style, Cursor | RoutingCursor),
            Self::Target(_) => matches!(style, Chat | NextPage),
            Self::After(_) => style == PageCursor,
            Self::End => style == NextPage,
        }
    }

    /// Returns the form in a checkpoint.
    pub(crate) fn to_json(&self) -> Value {
        let (key, value) = match self {
            Self::Start => return START.into(),
            Self::End => return END.into(),
            Self::Time(second) => (START_TIME, Value::from(*second)),
            Self::Cursor(cursor) => (CURSOR, cursor.as_str().into()),
            Self::Target(target) => (TARGET, target.as_str().into()),
            Self::After(cursor) => (AFTER, cursor.as_str().into()),
        };
        Value::Object(Map::from_iter([(key.to_owned(), value)]))
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) if text == START => return Some(Self::Start),
            Value::String(text) if text == END => return Some(Self::End),
            _ => {}
        }
        let mut fields = value.as_object()?.iter();
        let (Some((key, value)), None) = (fields.next(), fields.next()) else { return None };
        let text = || value.as_str().map(str::to_owned);
        match key.as_str() {
            START_TIME => value.as_i64().map(Self::Time),
            CURSOR => text().map(Self::Cursor),
            TARGET => text().filter(|target| is_path(target)).map(Self::Target),
            AFTER => text().map(Self::After),
            _ => None,
        }
    }
}

/// Returns whether a target is a path and query below the base URL, as it is in each checkpoint that the export wrote. A
/// URL of another host, or another path of the host, would receive the credentials.
fn is_path(target: &str) -> bool {
    let path = target.split('?').next().unwrap_or_default();
    // The URL parser drops tabs and line breaks, and takes a backslash as a slash.
    let is_plain = target.bytes().all(|byte| byte.is_ascii_graphic()) && !path.contains(['\\', '#']);
    let is_dots = |segment: &str| matches!(&*segment.to_ascii_lowercase().replace("%2e", "."), "." | "..");
    is_plain && target.starts_with('/') && !path.split('/').any(is_dots)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Position;

    #[test]
    fn a_target_in_a_checkpoint_stays_below_the_base_url() {
        for target in ["/api/v2/x.json?a=1&b=..%2F..", "/", "/a..b/...?x=/../", "/a?b=\\"] {
            let json = json!({ "target": target });
            assert_eq!(Position::from_json(&json), Some(Position::Target(target.to_owned())), "{target}");
        }
        for target in [
            "/../admin",
            "/a/../../admin",
            "/..",
            "/./a",
            "/%2e%2e/admin",
            "/.%2E/admin",
            "/.\t./admin",
            "/.\n./admin",
            "/..\\admin",
            "\\..\\admin",
            "/a#b",
            "/ ../admin",
            "https://evil.test/",
            "",
            "?a=1",
            "/ä",
        ] {
            assert_eq!(Position::from_json(&json!({ "target": target })), None, "{target}");
        }
    }
}
