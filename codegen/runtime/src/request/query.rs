//! The query of a request: pairs in the order and the spelling in which they are sent.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;

use super::text;

/// The pairs of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<Pair>);

/// One pair: the plain name of its parameter to find it by, and the text that is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pair {
    name: Cow<'static, str>,
    text: String,
}

impl Pair {
    /// The encoded value.
    fn value(&self) -> &str {
        self.text.split_once('=').map_or("", |(_, value)| value)
    }
}

impl Query {
    /// A query that the server spelt; it is sent as it stands.
    pub(crate) fn verbatim(query: &str) -> Self {
        let pairs = query.split('&').filter(|text| !text.is_empty()).map(|text| {
            let name = text.split_once('=').map_or(text, |(name, _)| name);
            Pair { name: decoded(name).into(), text: text.to_owned() }
        });
        Self(pairs.collect())
    }

    /// Sets a parameter to encoded pairs; none of them takes it out.
    pub(super) fn set(&mut self, name: &'static str, pairs: Vec<String>) {
        self.remove(name);
        self.0.extend(pairs.into_iter().map(|text| Pair { name: name.into(), text }));
    }

    /// Sets a parameter to one plain value. Where it stands already, it keeps its place.
    pub(crate) fn put(&mut self, name: &'static str, value: &str) {
        let text = format!("{}={}", text::encoded(name), text::encoded(value));
        match self.0.iter_mut().find(|pair| pair.name == name) {
            Some(pair) => pair.text = text,
            None => self.0.push(Pair { name: name.into(), text }),
        }
    }

    /// Takes a parameter out.
    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|pair| pair.name != name);
    }

    /// The plain value of a parameter; the first one where it is repeated.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.0.iter().find(|pair| pair.name == name).map(|pair| decoded(pair.value()))
    }

    /// Whether a parameter has an empty value.
    pub(super) fn has_empty(&self, name: &str) -> bool {
        self.0.iter().any(|pair| pair.name == name && pair.value().is_empty())
    }
}

/// As it is sent, without the question mark.
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
    fn what_the_server_spelt_stays_as_it_is() {
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
    fn values_change_in_place() {
        let mut query = Query::verbatim("limit=10&start=1");
        query.put("limit", "5");
        query.put("page[after]", "a=");
        assert_eq!(query.to_string(), "limit=5&start=1&page%5Bafter%5D=a%3D");
        query.remove("start");
        assert_eq!(query.to_string(), "limit=5&page%5Bafter%5D=a%3D");
    }
}
