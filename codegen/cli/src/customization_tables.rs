//! The part of the configuration that changes types.

use std::collections::BTreeMap;

use codegen::{Customizations, ListSetting, TypeSetting};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::config_reader::{ConfigReader, begin};

/// The keys at the root.
pub(crate) const KEYS: [&str; 5] = ["attributes", "derives", "optional_in_responses", "types", "validate"];

/// The keys of the table `types`.
const TYPES: [&str; 3] = ["formats", "schemas", "usual"];

/// Reads a key of [`KEYS`].
pub(crate) fn read(
    reader: &mut ConfigReader<'_>,
    (key, item, at): (&str, &Item, usize),
    customizations: &mut Customizations,
) {
    match key {
        "types" => types(reader, item, at, customizations),
        "derives" => customizations.derives = lists(reader, (key, item, at), "[\"Hash\", \"Eq\"]"),
        "attributes" => {
            customizations.attributes = lists(reader, (key, item, at), "[\"doc(alias = \\\"x\\\")\"]");
        }
        "optional_in_responses" => {
            let location = reader.location(at, key);
            let selectors = reader.texts(key, item, at);
            customizations.optional_in_responses =
                selectors.into_iter().map(|selector| (selector, location.clone())).collect();
        }
        _ => customizations.validate = boolean(reader, key, item, at),
    }
}

fn types(reader: &mut ConfigReader<'_>, item: &Item, at: usize, customizations: &mut Customizations) {
    let Some(table) = item.as_table_like() else {
        let help = "write [types.formats] or [types.schemas] above such types";
        return reader.problem(at, "`types` is not a table".to_owned(), help);
    };
    for (key, item) in table.iter() {
        let at = begin(table, key);
        match key {
            "usual" => customizations.usual_types = boolean(reader, key, item, at),
            "formats" => customizations.formats = settings(reader, key, item, at),
            "schemas" => customizations.schemas = settings(reader, key, item, at),
            _ => reader.unknown(key, &TYPES, at),
        }
    }
}

fn boolean(reader: &mut ConfigReader<'_>, key: &str, item: &Item, at: usize) -> bool {
    item.as_bool().unwrap_or_else(|| {
        reader.problem(at, format!("`{key}` is not a boolean"), "write `true` or `false`");
        false
    })
}

/// Reads a table of types.
fn settings(
    reader: &mut ConfigReader<'_>,
    name: &str,
    item: &Item,
    at: usize,
) -> BTreeMap<String, TypeSetting> {
    let Some(table) = item.as_table_like() else {
        let help = "write \"the format or schema\" = \"the path of the type\" below it";
        reader.problem(at, format!("`{name}` is not a table"), help);
        return BTreeMap::new();
    };
    let mut all = BTreeMap::new();
    for (key, item) in table.iter() {
        let at = begin(table, key);
        let location = reader.location(at, key);
        if let Some((ty, with)) = setting(item, name == "formats") {
            all.insert(key.to_owned(), TypeSetting { ty, with, at: location });
        } else {
            let usual = if name == "formats" { ", or `true` for the usual type of the format" } else { "" };
            let help = format!("write a path, or {{ type = \"a::Path\", with = \"string\" }}{usual}");
            reader.problem(at, format!("`{key}` must be the path of a type"), &help);
        }
    }
    all
}

/// The path of a type, and its conversion.
type Setting = (Option<String>, Option<String>);

fn setting(item: &Item, is_format: bool) -> Option<Setting> {
    if let Some(path) = item.as_str() {
        return Some((Some(path.to_owned()), None));
    }
    if item.as_bool() == Some(true) && is_format {
        return Some((None, None));
    }
    let table = item.as_table_like()?;
    let text = |key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    let is_known = table.iter().all(|(key, item)| ["type", "with"].contains(&key) && item.is_str());
    let ty = text("type");
    (is_known && (ty.is_some() || is_format)).then(|| (ty, text("with")))
}

/// Reads a table of lists by selector.
fn lists(
    reader: &mut ConfigReader<'_>,
    (name, item, at): (&str, &Item, usize),
    example: &str,
) -> BTreeMap<String, ListSetting> {
    let Some(table) = item.as_table_like() else {
        let help = format!("write \"*\" = {example} below [{name}]");
        reader.problem(at, format!("`{name}` is not a table"), &help);
        return BTreeMap::new();
    };
    let entry = |(key, item): (&str, &Item), table: &dyn TableLike, reader: &mut ConfigReader<'_>| {
        let at = begin(table, key);
        let values = reader.texts(key, item, at);
        (key.to_owned(), ListSetting { values, at: reader.location(at, key) })
    };
    table.iter().map(|pair| entry(pair, table, reader)).collect()
}

/// Writes the tables that aren't empty.
pub(crate) fn write(customizations: &Customizations, document: &mut DocumentMut) {
    let optional: Vec<&str> = customizations.optional_in_responses.keys().map(String::as_str).collect();
    if !optional.is_empty() {
        document.insert("optional_in_responses", Item::Value(optional.into_iter().collect::<Array>().into()));
    }
    if customizations.validate {
        document.insert("validate", Item::Value(true.into()));
    }
    let mut types = Table::new();
    if customizations.usual_types {
        types.insert("usual", Item::Value(true.into()));
    }
    for (key, settings) in [("formats", &customizations.formats), ("schemas", &customizations.schemas)] {
        if !settings.is_empty() {
            types.insert(key, Item::Table(settings.iter().map(written).collect()));
        }
    }
    if !types.is_empty() {
        types.set_implicit(!customizations.usual_types);
        document.insert("types", Item::Table(types));
    }
    for (key, lists) in [("derives", &customizations.derives), ("attributes", &customizations.attributes)] {
        if !lists.is_empty() {
            let entries =
                lists.iter().map(|(key, list)| (key.as_str(), list.values.iter().collect::<Array>()));
            document.insert(key, Item::Table(entries.collect()));
        }
    }
}

fn written((key, setting): (&String, &TypeSetting)) -> (String, Value) {
    let value = match (&setting.ty, &setting.with) {
        (None, None) => true.into(),
        (Some(path), None) => path.into(),
        (path, with) => {
            let entries = [("type", path), ("with", with)];
            let entries =
                entries.into_iter().filter_map(|(key, text)| Some((key, Value::from(text.as_ref()?))));
            entries.collect::<InlineTable>().into()
        }
    };
    (key.clone(), value)
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    const TEXT: &str = "description = 'a.yaml'\noptional_in_responses = ['Order', 'Pet.id']\nvalidate = true\n\
        [types]\nusual = true\n[types.formats]\nuuid = true\ndate = 'time::Date'\nbyte = {with = 'base64'}\n\
        [types.schemas]\n'Order.price' = {type = 'crate::Money', with = 'crate::Cents'}\n\
        [derives]\n'*' = ['Hash']\n[attributes]\nOrder = ['must_use']\n";

    #[test]
    fn all_tables_are_read_and_written() {
        let config = Config::parse(TEXT, "clientwright.toml").unwrap();
        let customizations = &config.customizations;
        assert!(customizations.usual_types && customizations.validate);
        let date = &customizations.formats["date"];
        assert_eq!(date.ty.as_deref(), Some("time::Date"));
        assert_eq!(date.at.location.to_string(), "clientwright.toml:8:1");
        assert_eq!((&customizations.formats["uuid"].ty, &customizations.formats["byte"].ty), (&None, &None));
        let price = &customizations.schemas["Order.price"];
        assert_eq!(
            (price.ty.as_deref(), price.with.as_deref()),
            (Some("crate::Money"), Some("crate::Cents"))
        );
        assert_eq!(customizations.derives["*"].values, ["Hash"]);
        assert_eq!(customizations.attributes["Order"].values, ["must_use"]);
        assert_eq!(customizations.optional_in_responses.keys().collect::<Vec<_>>(), ["Order", "Pet.id"]);
        let again = Config::parse(&config.to_toml(), "clientwright.toml").unwrap();
        assert_eq!(again.to_toml(), config.to_toml());
        assert_eq!(again.customizations.formats["byte"].with, customizations.formats["byte"].with);
    }

    #[test]
    fn problems_are_reported() {
        let text = "description = 'a'\nvalidate = 1\n[types]\nusual = 'x'\nformat = {}\n[types.formats]\nuuid = 1\n\
                    [types.schemas]\na = true\nb = {with = 'json'}\n[derives]\n'*' = 'Hash'\n";
        let error = Config::parse(text, "c.toml").unwrap_err().to_string();
        for part in [
            "`validate` is not a boolean\n  --> c.toml:2",
            "`usual` is not a boolean\n  --> c.toml:4",
            "unknown key `format`\n  --> c.toml:5\n  help: did you mean `formats`?",
            "`uuid` must be the path of a type\n  --> c.toml:7",
            "`a` must be the path of a type\n  --> c.toml:9",
            "`b` must be the path of a type\n  --> c.toml:10",
            "`*` is not an array of strings\n  --> c.toml:12",
        ] {
            assert!(error.contains(part), "{part}\n\n{error}");
        }
    }
}
