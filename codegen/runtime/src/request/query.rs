//! The query of a request: pairs in the order and encoding in which they are sent.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;

use crate::percent::percent_encode;

/// The pairs of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<Pair>);

/// One pair: the decoded name of its parameter, and the text that is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pair {
    name: Cow<'static, str>,
    text: String,
    /// Whether it is one of the items or properties of a parameter. One of them may be empty.
    is_item: bool,
}

impl Pair {
    /// Returns the encoded value.
    fn value(&self) -> &str {
        self.text.split_once('=').map_or("", |(_, value)| value)
    }
}

impl Query {
    /// Creates a query from an encoded one, which is sent unchanged.
    pub(crate) fn verbatim(query: &str) -> Self {
        let pairs = query.split('&').filter(|text| !text.is_empty()).map(|text| {
            let name = text.split_once('=').map_or(text, |(name, _)| name);
            Pair { name: decoded(name).into(), text: text.to_owned(), is_item: false }
        });
        Self(pairs.collect())
    }

    /// Replaces an expression of the path template by an encoded value.
    pub(super) fn fill(&mut self, expression: &str, value: &str) {
        for pair in self.0.iter_mut().filter(|pair| pair.text.contains(expression)) {
            pair.text = pair.text.replace(expression, value);
            let name = pair.text.split_once('=').map_or(pair.text.as_str(), |(name, _)| name);
            pair.name = decoded(name).into();
        }
    }

    /// Returns a name in the query of a path template that has no value yet.
    pub(super) fn unfilled<'t>(&self, template: &'t str) -> Option<&'t str> {
        let names = template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
        let mut names = names.map(|name| (name, format!("{{{name}}}")));
        names
            .find(|(_, expression)| self.0.iter().any(|pair| pair.text.contains(expression)))
            .map(|(name, _)| name)
    }

    /// Sets a parameter to encoded pairs. Without pairs, the parameter is removed.
    pub(super) fn set(&mut self, name: &'static str, pairs: Vec<String>, is_item: bool) {
        self.remove(name);
        self.0.extend(pairs.into_iter().map(|text| Pair { name: name.into(), text, is_item }));
    }

    /// Sets a parameter to one value, which is encoded. An existing parameter keeps its position.
    pub(crate) fn put(&mut self, name: &'static str, value: &str) {
        let text = format!("{}={}", percent_encode(name), percent_encode(value));
        match self.0.iter_mut().find(|pair| pair.name == name) {
            Some(pair) => pair.text = text,
            None => self.0.push(Pair { name: name.into(), text, is_item: false }),
        }
    }

    /// Removes a parameter.
    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|pair| pair.name != name);
    }

    /// Returns the decoded value of a parameter; the first one if it is repeated.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.0.iter().find(|pair| pair.name == name).map(|pair| decoded(pair.value()))
    }

    /// Returns whether the value of a parameter is an empty string. An array with an empty string is not empty.
    pub(super) fn has_empty(&self, name: &str) -> bool {
        self.0.iter().any(|pair| pair.name == name && pair.value().is_empty() && !pair.is_item)
    }
}

/// Writes the encoded query, without the question mark.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pair) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "&" };
            write!(f, "{separator}{}", pair.text)?;
        }
        Ok(())
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::Query;

    #[test]
    fn a_query_from_the_server_is_kept_as_it_is() {
        let text = "fields=items%28*%29&start_time=1.50&page[after]=a%3D%3D&flag&x=&b=c=d";
        let query = Query::verbatim(text);
        assert_eq!(query.to_string(), text);
        assert_eq!(query.get("fields").as_deref(), Some("items(*)"));
        assert_eq!(query.get("page[after]").as_deref(), Some("a=="));
        assert_eq!((query.get("flag").as_deref(), query.get("b").as_deref()), (Some(""), Some("c=d")));
        assert_eq!(query.get("none"), None);
        assert!(query.has_empty("x") && !query.has_empty("b"));
        assert_eq!(Query::verbatim("").to_string(), "");
    }

    #[test]
    fn a_changed_parameter_keeps_its_position() {
        let mut query = Query::verbatim("limit=10&start=1");
        query.put("limit", "5");
        query.put("page[after]", "a=");
        assert_eq!(query.to_string(), "limit=5&start=1&page%5Bafter%5D=a%3D");
        query.remove("start");
        assert_eq!(query.to_string(), "limit=5&page%5Bafter%5D=a%3D");
    }
}
