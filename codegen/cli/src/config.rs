//! `clientwright.toml`: the configuration of a crate.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::{Customizations, NameOverride, NameOverrides, SettingLocation};
use toml_edit::{Document, Item, Table};

use crate::config_reader::{ConfigError, ConfigReader, begin};
use crate::customization_tables as customizations;
use crate::files::{self, FileError};
use crate::runtime_source::RuntimeSource;

/// The name of the configuration file.
pub const FILE: &str = "clientwright.toml";

/// The content of the file. Paths are as written: relative to the file's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The description.
    pub description: PathBuf,
    /// The URL of the description, for `--fetch`.
    pub url: Option<String>,
    /// The SHA-256 checksum of the fetched description, in hexadecimal digits.
    pub sha256: Option<String>,
    /// Overlays, or folders of overlays, in the order of application.
    pub overlays: Vec<PathBuf>,
    /// The crate's folder. Defaults to the file's folder.
    pub out: Option<PathBuf>,
    /// The name of the package.
    pub name: Option<String>,
    /// The tags whose operations are generated; all if empty.
    pub tags: Vec<String>,
    /// The folder that referenced files must be in. Defaults to the description's folder.
    pub within: Option<PathBuf>,
    /// Whether problems in the description are errors.
    pub strict: bool,
    /// The name overrides.
    pub names: NameOverrides,
    /// Whether names keep the patterns of the description's names.
    pub keep_names: bool,
    /// What is changed about types.
    pub customizations: Customizations,
    /// The source of the runtime.
    pub runtime: RuntimeSource,
    /// The record of the description's source, for `update`.
    pub upstream: Option<PathBuf>,
}

const KEYS: [&str; 17] = [
    "attributes",
    "derives",
    "description",
    "name",
    "names",
    "optional_in_responses",
    "out",
    "overlays",
    "runtime",
    "sha256",
    "strict",
    "tags",
    "types",
    "upstream",
    "url",
    "validate",
    "within",
];

/// The keys of the table `names`.
const NAMES: [&str; 5] = ["fields", "keep", "modules", "operations", "types"];

impl Config {
    /// Parses the text of the file. `path` is shown in errors.
    ///
    /// # Errors
    ///
    /// Returns all problems in the file.
    pub fn parse(text: &str, path: &str) -> Result<Self, ConfigError> {
        let mut reader = ConfigReader { text, path, problems: Vec::new() };
        let document = match Document::parse(text) {
            Ok(document) => document,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                reader.problem(at, error.message().to_owned(), "fix the TOML syntax");
                return Err(ConfigError { path: path.to_owned(), problems: reader.problems });
            }
        };
        let config = reader.config(document.as_table());
        if reader.problems.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError { path: path.to_owned(), problems: reader.problems })
        }
    }

    /// Returns the text of a file with this configuration.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut document = toml_edit::DocumentMut::new();
        let path = |path: &Path| path.display().to_string().replace('\\', "/");
        let mut set = |key: &str, value: toml_edit::Value| {
            document.insert(key, Item::Value(value));
        };
        set("description", path(&self.description).into());
        let texts = [("url", &self.url), ("sha256", &self.sha256), ("name", &self.name)];
        for (key, text) in texts {
            if let Some(text) = text {
                set(key, text.as_str().into());
            }
        }
        let list = |texts: Vec<String>| toml_edit::Value::Array(toml_edit::Array::from_iter(texts));
        if !self.overlays.is_empty() {
            set("overlays", list(self.overlays.iter().map(|overlay| path(overlay)).collect()));
        }
        if !self.tags.is_empty() {
            set("tags", list(self.tags.clone()));
        }
        let paths = [("out", &self.out), ("within", &self.within), ("upstream", &self.upstream)];
        for (key, folder) in paths {
            if let Some(folder) = folder {
                set(key, path(folder).into());
            }
        }
        if self.strict {
            set("strict", true.into());
        }
        let runtime = match &self.runtime {
            RuntimeSource::Copy(None) => None,
            RuntimeSource::Copy(Some(folder)) => Some(("copy", path(folder))),
            RuntimeSource::Path(folder) => Some(("path", path(folder))),
            RuntimeSource::Version(version) => Some(("version", version.clone())),
        };
        if let Some((key, text)) = runtime {
            let table = toml_edit::InlineTable::from_iter([(key, toml_edit::Value::from(text))]);
            set("runtime", table.into());
        }
        let mut names = Table::new();
        if self.keep_names {
            names.insert("keep", true.into());
        }
        let tables = [
            ("operations", &self.names.operations),
            ("types", &self.names.types),
            ("fields", &self.names.fields),
            ("modules", &self.names.modules),
        ];
        for (key, given) in tables.into_iter().filter(|(_, given)| !given.is_empty()) {
            let entries = given.iter().map(|(key, given)| (key.as_str(), given.name.as_str()));
            names.insert(key, Item::Table(entries.collect::<Table>()));
        }
        if !names.is_empty() {
            names.set_implicit(!self.keep_names);
            document.insert("names", Item::Table(names));
        }
        customizations::write(&self.customizations, &mut document);
        let head = "# The configuration of `clientwright generate` and `clientwright check`.\n";
        format!("{head}{document}")
    }
}

impl ConfigReader<'_> {
    fn config(&mut self, table: &Table) -> Config {
        let mut config = Config::default();
        for (key, item) in table {
            let at = table.key(key).and_then(toml_edit::Key::span).map_or(0, |span| span.start);
            match key {
                "description" => config.description = self.text(key, item, at).unwrap_or_default().into(),
                "url" => config.url = self.text(key, item, at),
                "sha256" => config.sha256 = self.text(key, item, at),
                "name" => config.name = self.text(key, item, at),
                "out" => config.out = self.text(key, item, at).map(PathBuf::from),
                "within" => config.within = self.text(key, item, at).map(PathBuf::from),
                "upstream" => config.upstream = self.text(key, item, at).map(PathBuf::from),
                "overlays" => {
                    config.overlays = self.texts(key, item, at).into_iter().map(PathBuf::from).collect()
                }
                "tags" => config.tags = self.texts(key, item, at),
                "strict" => match item.as_bool() {
                    Some(strict) => config.strict = strict,
                    None => {
                        self.problem(at, "`strict` is not a boolean".to_owned(), "write `true` or `false`")
                    }
                },
                "runtime" => config.runtime = self.runtime(item, at),
                "names" => self.names(item, at, &mut config),
                _ if customizations::KEYS.contains(&key) => {
                    customizations::read(self, (key, item, at), &mut config.customizations);
                }
                _ => self.unknown(key, &KEYS, at),
            }
        }
        if !table.contains_key("description") {
            self.problem(
                0,
                "`description` is missing".to_owned(),
                "add the path of the OpenAPI document: description = \"api.yaml\"",
            );
        }
        config
    }

    fn names(&mut self, item: &Item, at: usize, config: &mut Config) {
        let Some(table) = item.as_table_like() else {
            self.problem(
                at,
                "`names` is not a table".to_owned(),
                "write [names.operations] above such names",
            );
            return;
        };
        for (key, item) in table.iter() {
            let at = begin(table, key);
            match key {
                "keep" => match item.as_bool() {
                    Some(keep) => config.keep_names = keep,
                    None => self.problem(at, "`keep` is not a boolean".to_owned(), "write `true` or `false`"),
                },
                "fields" => config.names.fields = self.name_overrides(key, item, at),
                "modules" => config.names.modules = self.name_overrides(key, item, at),
                "operations" => config.names.operations = self.name_overrides(key, item, at),
                "types" => config.names.types = self.name_overrides(key, item, at),
                _ => self.unknown(key, &NAMES, at),
            }
        }
    }

    /// Reads a table of name overrides.
    fn name_overrides(&mut self, table_name: &str, item: &Item, at: usize) -> BTreeMap<String, NameOverride> {
        let Some(table) = item.as_table_like() else {
            let help = "write \"the description's name\" = \"the name in Rust\" below it";
            self.problem(at, format!("`{table_name}` is not a table"), help);
            return BTreeMap::new();
        };
        let mut names = BTreeMap::new();
        for (key, item) in table.iter() {
            let at = begin(table, key);
            let Some(name) = self.text(key, item, at) else { continue };
            let SettingLocation { location, snippet } = self.location(at, key);
            names.insert(key.to_owned(), NameOverride { name, location, snippet });
        }
        names
    }

    fn runtime(&mut self, item: &Item, at: usize) -> RuntimeSource {
        let entries: Option<Vec<(&str, &str)>> = item
            .as_table_like()
            .and_then(|table| table.iter().map(|(key, item)| Some((key, item.as_str()?))).collect());
        let source = match entries.as_deref() {
            Some([(key, text)]) => format!("{key}={text}").parse(),
            _ => Err(String::new()),
        };
        source.unwrap_or_else(|_| {
            let help = "write { copy = \"DIR\" }, { path = \"DIR\" } or { version = \"1.2\" }";
            self.problem(
                at,
                "`runtime` must be a table with one of the keys `copy`, `path` and `version`".to_owned(),
                help,
            );
            RuntimeSource::default()
        })
    }
}

/// Returns the configuration file in a folder or its nearest parent.
///
/// # Errors
///
/// Returns an error if the folder's path can't be made absolute.
pub fn find(folder: &Path) -> Result<Option<PathBuf>, FileError> {
    let folder = std::path::absolute(folder).map_err(|error| FileError::new("resolve", folder, error))?;
    Ok(files::clean(&folder).ancestors().map(|above| above.join(FILE)).find(|path| path.is_file()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use codegen::{Customizations, NameOverride, NameOverrides};

    use super::{Config, RuntimeSource};

    #[test]
    fn a_written_configuration_is_read_back() {
        let config = Config {
            description: "api.yaml".into(),
            url: Some("https://example.com/api.yaml".to_owned()),
            sha256: Some("00ff".to_owned()),
            overlays: vec!["fix.yaml".into(), "more".into()],
            out: Some("client".into()),
            name: Some("pets".to_owned()),
            tags: vec!["a\"b".to_owned()],
            within: Some("..".into()),
            strict: true,
            names: NameOverrides::new(),
            keep_names: true,
            customizations: Customizations::new(),
            runtime: RuntimeSource::Path("../runtime".into()),
            upstream: Some("UPSTREAM.toml".into()),
        };
        assert_eq!(Config::parse(&config.to_toml(), "x").unwrap(), config);
        let plain = Config { description: "a.yaml".into(), ..Config::default() };
        assert_eq!(Config::parse(&plain.to_toml(), "x").unwrap(), plain);
    }

    #[test]
    fn name_overrides_are_read_with_their_lines() {
        let text = "description = 'a.yaml'\n[names]\nkeep = true\n[names.operations]\nread_it = 'read'\n'GET /a' = 'all'\n\
                    [names.types]\nPet_v2 = 'Pet'\n[names.fields]\n'Pet_v2.petName' = 'name'\n[names.modules]\nA = 'b'\n";
        let config = Config::parse(text, "clientwright.toml").unwrap();
        assert!(config.keep_names);
        let read = &config.names.operations["read_it"];
        assert_eq!(
            (read.name.as_str(), read.location.to_string().as_str()),
            ("read", "clientwright.toml:5:1")
        );
        assert_eq!(config.names.operations["GET /a"].name, "all");
        let names = |given: &BTreeMap<String, NameOverride>| -> Vec<String> {
            given.iter().map(|(key, given)| format!("{key}={}", given.name)).collect()
        };
        assert_eq!(names(&config.names.types), ["Pet_v2=Pet"]);
        assert_eq!(names(&config.names.fields), ["Pet_v2.petName=name"]);
        assert_eq!(names(&config.names.modules), ["A=b"]);
        let again = Config::parse(&config.to_toml(), "x").unwrap();
        assert_eq!(names(&again.names.operations), names(&config.names.operations));
        assert_eq!(names(&again.names.fields), names(&config.names.fields));
    }

    #[test]
    fn problems_in_the_table_of_names_are_reported() {
        let text =
            "description = 'a'\n[names]\nkeep = 1\noperation = {}\ntypes = 'x'\n[names.fields]\n'A.b' = 2\n";
        let error = Config::parse(text, "c.toml").unwrap_err().to_string();
        for part in [
            "`keep` is not a boolean\n  --> c.toml:3",
            "unknown key `operation`\n  --> c.toml:4\n  help: did you mean `operations`?",
            "`types` is not a table\n  --> c.toml:5",
            "`A.b` must be a non-empty string\n  --> c.toml:7",
        ] {
            assert!(error.contains(part), "{part}\n\n{error}");
        }
    }

    #[test]
    fn all_problems_are_reported() {
        let text =
            "descriptio = 1\ntags = 'a'\nstrict = 'yes'\nruntime = {copy = 'a', path = 'b'}\nname = ''\n";
        let error = Config::parse(text, "clientwright.toml").unwrap_err().to_string();
        for part in [
            "unknown key `descriptio`\n  --> clientwright.toml:1\n  help: did you mean `description`?",
            "`tags` is not an array of strings\n  --> clientwright.toml:2",
            "`strict` is not a boolean\n  --> clientwright.toml:3",
            "`runtime` must be a table with one of the keys `copy`, `path` and `version`\n  --> clientwright.toml:4",
            "`name` must be a non-empty string\n  --> clientwright.toml:5",
            "`description` is missing",
        ] {
            assert!(error.contains(part), "{part}\n\n{error}");
        }
        let error = Config::parse("a = \n", "clientwright.toml").unwrap_err().to_string();
        assert!(error.contains("--> clientwright.toml:1"), "{error}");
    }
}
