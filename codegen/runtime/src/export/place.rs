//! Where an export stands: what the next request has to ask for.

use serde_json::{Map, Value};

use crate::operation::PaginationStyle;
use crate::request::Parts;

/// Where an export stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// At the beginning: the request as the caller made it.
    Start,
    /// At a second.
    Time(i64),
    /// At a cursor, which takes the place of the start time.
    Cursor(String),
    /// At a path and query that the server gave.
    Target(String),
    /// After the record that a page cursor names.
    After(String),
    /// Behind the last record of a list that does not go on.
    End,
}

const START: &str = "start";
const END: &str = "end";
const START_TIME: &str = "start_time";
const CURSOR: &str = "cursor";
const TARGET: &str = "target";
const AFTER: &str = "page[after]";

impl Place {
    /// The request that asks for the page at this place.
    pub(crate) fn ask(&self, template: &Parts) -> Parts {
        let mut parts = template.clone();
        match self {
            Self::Start | Self::End => {}
            Self::Time(second) => parts.query_mut().put(START_TIME, &second.to_string()),
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

    /// The second that the request for this place starts at, if it names one.
    pub(crate) fn second(&self, template: &Parts) -> Option<i64> {
        match self {
            Self::Time(second) => Some(*second),
            Self::Start => template.query().get(START_TIME)?.parse().ok(),
            _ => None,
        }
    }

    /// Whether pages that follow each other in this way lead here.
    pub(crate) fn fits(&self, style: PaginationStyle) -> bool {
        use PaginationStyle::{Chat, Cursor, NextPage, PageCursor, RoutingCursor, Time};
        match self {
            Self::Start => true,
            Self::Time(_) => style == Time,
            Self::Cursor(_) => matches!(style, Cursor | RoutingCursor),
            Self::Target(_) => matches!(style, Chat | NextPage),
            Self::After(_) => style == PageCursor,
            Self::End => style == NextPage,
        }
    }

    /// As it stands in a checkpoint.
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
            // Only a path: an address with a host would lead the credentials elsewhere.
            TARGET => text().filter(|target| target.starts_with('/')).map(Self::Target),
            AFTER => text().map(Self::After),
            _ => None,
        }
    }
}
