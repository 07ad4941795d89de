//! The driver of the tests with the fake server: makes the calls that a file lists, and prints the value of each response as
//! one line of JSON.

#![allow(warnings)]

use clientwright_runtime::blocking::Client;
use clientwright_runtime::{Decode, IntoRequest, Lenient, Map, Part, Value, decode};

/// The value of a response, as it is encoded again.
pub(crate) type Outcome = Result<Value, String>;

/// A call with its values as JSON.
pub(crate) struct Call {
    pub(crate) url: String,
    pub(crate) agent: String,
    pub(crate) media_type: String,
    values: Vec<Option<String>>,
    body: String,
    with_body: bool,
}

impl Call {
    fn read(line: &Value) -> Self {
        let text = |key: &str| line[key].as_str().unwrap().to_owned();
        let values = line["values"].as_array().unwrap().iter();
        Self {
            url: text("url"),
            agent: text("agent"),
            media_type: text("media_type"),
            values: values.map(|value| value.as_str().map(str::to_owned)).collect(),
            body: text("body"),
            with_body: line["with_body"] == true,
        }
    }

    /// Returns the value of a required parameter.
    pub(crate) fn required(&self, index: usize) -> Result<&str, String> {
        self.values[index].as_deref().ok_or_else(|| format!("argument {index} has no value"))
    }

    /// Returns the value of an optional parameter, if it is sent.
    pub(crate) fn optional(&self, index: usize) -> Option<&str> {
        self.values[index].as_deref()
    }

    pub(crate) fn body(&self) -> Result<&str, String> {
        Ok(&self.body)
    }

    pub(crate) fn with_body(&self) -> bool {
        self.with_body
    }
}

/// Decodes a value.
pub(crate) fn value<T: Decode>(json: &str) -> Result<T, String> {
    decode(json.as_bytes()).map_err(|error| format!("a valid value is not one of the type: {error:#} in {json}"))
}

/// Returns a file with a text, or with JSON.
pub(crate) fn file(json: &str) -> Result<Part, String> {
    Ok(match value::<Value>(json)? {
        Value::String(text) => Part::new(text.into_bytes()),
        other => Part::new(other.to_string().into_bytes()),
    })
}

/// Returns several files.
pub(crate) fn files(json: &str) -> Result<Vec<Part>, String> {
    let values: Vec<Value> = value(json)?;
    values.iter().map(|value| file(&value.to_string())).collect()
}

pub(crate) fn send<R: IntoRequest>(
    client: &Client,
    request: R,
    see: fn(&Lenient<R::Output>) -> Outcome,
) -> Outcome {
    match client.send_whole(request) {
        Ok(response) => see(response.lenient()),
        Err(error) => Err(format!("{error:#}")),
    }
}

/// The values of responses, as they are encoded again.
pub(crate) mod seen {
    use std::fmt::Debug;

    use clientwright_runtime::{Events, Lenient, Node, Redirect, Value, encode};

    use crate::Outcome;

    pub(crate) fn json<T: Node>(value: &Lenient<T>) -> Outcome {
        let bytes = encode(value).map_err(|error| error.to_string())?;
        String::from_utf8_lossy(&bytes).parse().map_err(|error| format!("{error}"))
    }

    pub(crate) fn nothing<T>(_: &Lenient<T>) -> Outcome {
        Ok(Value::Null)
    }

    pub(crate) fn bytes(value: &Lenient<Vec<u8>>) -> Outcome {
        Ok(Value::from(value.value.escape_ascii().to_string()))
    }

    pub(crate) fn optional_bytes(value: &Lenient<Option<Vec<u8>>>) -> Outcome {
        Ok(value.value.as_ref().map(|value| value.escape_ascii().to_string()).into())
    }

    pub(crate) fn events<T: Node>(value: &Lenient<Events<T>>) -> Outcome {
        let items = value.value.items.iter().map(|item| {
            let bytes = encode(item).map_err(|error| error.to_string())?;
            String::from_utf8_lossy(&bytes).parse::<Value>().map_err(|error| format!("{error}"))
        });
        items.collect()
    }

    pub(crate) fn redirect(value: &Lenient<Redirect>) -> Outcome {
        Ok(Value::from(format!("{} {}", value.value.status, value.value.location.as_deref().unwrap_or_default())))
    }

    pub(crate) fn debug<T: Debug>(value: &Lenient<T>) -> Outcome {
        Ok(Value::from(format!("debug {:?}", value.value)))
    }
}

fn main() {
    let path = std::env::args().nth(1).expect("the file with the calls");
    let calls: Value = std::fs::read_to_string(path).expect("the calls").parse().expect("calls in JSON");
    for line in calls.as_array().expect("calls") {
        let call = Call::read(line);
        let number = line["call"].as_u64().expect("a number");
        let result = CALLS[usize::try_from(number).expect("a small number")](&call);
        let (key, value) = match result {
            Ok(value) => ("value", value),
            Err(error) => ("error", Value::from(error)),
        };
        let mut printed = Map::new();
        printed.insert("agent".to_owned(), Value::from(call.agent));
        printed.insert(key.to_owned(), value);
        println!("{}", Value::Object(printed));
    }
}

