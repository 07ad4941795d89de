//! Reads tables of the configuration file and collects problems.

use std::fmt;

use codegen::{Location, SettingLocation, Snippet};
use toml_edit::{Item, TableLike};

/// All problems in the configuration file.
#[derive(Debug)]
pub struct ConfigError {
    pub(crate) path: String,
    pub(crate) problems: Vec<ConfigProblem>,
}

#[derive(Debug)]
pub(crate) struct ConfigProblem {
    line: usize,
    message: String,
    help: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n\n" };
            let ConfigProblem { line, message, help } = problem;
            write!(f, "{gap}error: {message}\n  --> {}:{line}\n  help: {help}", self.path)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

/// Reads the table and collects problems.
pub(crate) struct ConfigReader<'t> {
    pub(crate) text: &'t str,
    pub(crate) path: &'t str,
    pub(crate) problems: Vec<ConfigProblem>,
}

impl ConfigReader<'_> {
    /// Adds a problem at an offset.
    pub(crate) fn problem(&mut self, at: usize, message: String, help: &str) {
        let (line, _) = self.line_and_column(at);
        self.problems.push(ConfigProblem { line, message, help: help.to_owned() });
    }

    /// Adds the problem of an unknown key.
    pub(crate) fn unknown(&mut self, key: &str, keys: &[&str], at: usize) {
        let near = keys.iter().find(|known| known.starts_with(key) || key.starts_with(*known));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known keys: {}", keys.join(", ")),
        };
        self.problem(at, format!("unknown key `{key}`"), &help);
    }

    /// Returns the location of a key, for diagnostics.
    pub(crate) fn location(&self, at: usize, key: &str) -> SettingLocation {
        let (line, column) = self.line_and_column(at);
        let location = Location { file: self.path.to_owned(), line, column };
        SettingLocation { location, snippet: self.excerpt(at, key) }
    }

    /// Returns the line at a position of the text, with the key marked.
    pub(crate) fn excerpt(&self, at: usize, key: &str) -> Option<Snippet> {
        let begin = self.text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        let line = self.text.get(begin..)?.lines().next()?.to_owned();
        let start = at - begin;
        let quoted = line.get(start..)?.starts_with(['"', '\'']);
        let end = (start + key.len() + if quoted { 2 } else { 0 }).min(line.len());
        line.get(start..end)?;
        Some(Snippet { text: line, marked: start..end })
    }

    /// Returns the line and column of an offset.
    pub(crate) fn line_and_column(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }

    /// Returns a non-empty string.
    pub(crate) fn text(&mut self, key: &str, item: &Item, at: usize) -> Option<String> {
        let text = item.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        if text.is_none() {
            self.problem(at, format!("`{key}` must be a non-empty string"), "write a string in quotes");
        }
        text
    }

    /// Returns an array of strings.
    pub(crate) fn texts(&mut self, key: &str, item: &Item, at: usize) -> Vec<String> {
        let list =
            item.as_array().map(|list| list.iter().map(|item| item.as_str()).collect::<Option<Vec<_>>>());
        if let Some(texts) = list.flatten() {
            return texts.into_iter().map(str::to_owned).collect();
        }
        let help = "write [\"one\", \"another\"]";
        self.problem(at, format!("`{key}` is not an array of strings"), help);
        Vec::new()
    }
}

/// Returns the offset of a key in the text.
pub(crate) fn begin(table: &dyn TableLike, key: &str) -> usize {
    table.key(key).and_then(toml_edit::Key::span).map_or(0, |span| span.start)
}
