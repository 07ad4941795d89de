//! The URL of a server of the description, with values for its variables.

use crate::api::{Server, ServerVariable};
use crate::error::ConfigProblem;

/// Returns the URL of a server, with values for its variables.
pub(super) fn server_url(server: &Server, values: &[(String, String)]) -> Result<String, ConfigProblem> {
    let variables = server.variables();
    if let Some((name, _)) =
        values.iter().find(|(name, _)| !variables.iter().any(|known| known.name() == name))
    {
        return Err(ConfigProblem::UnknownVariable(name.clone()));
    }
    let mut url = server.url().to_owned();
    for variable in variables {
        let name = variable.name();
        let set = values.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        if let Some(expected) = set.and_then(|value| expectation(server.url(), variable, value)) {
            return Err(ConfigProblem::Variable { name, url: server.url(), expected });
        }
        url = url.replace(&format!("{{{name}}}"), set.unwrap_or(variable.default()));
    }
    if url.starts_with('/') {
        return Err(ConfigProblem::RelativeServer(server.url()));
    }
    Ok(url)
}

/// Returns what a value must be, if it isn't that. A value must not change the host that credentials are sent to.
fn expectation(url: &str, variable: &ServerVariable, value: &str) -> Option<String> {
    let values = variable.values();
    if !values.is_empty() {
        let known = values.join("`, `");
        return (!values.contains(&value)).then(|| format!("one of `{known}`"));
    }
    let expression = format!("{{{}}}", variable.name());
    if url == expression {
        return None;
    }
    let (before, after) = url.split_once(&expression)?;
    let in_path = before.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    // A value that is the entire host may contain dots and a port. A part of a host may not.
    let is_whole_host = before.ends_with("://") && (after.is_empty() || after.starts_with(['/', ':']));
    let (punctuation, characters) = match (in_path, is_whole_host) {
        (true, _) => ("._~/", "letters, digits and `-._~/`"),
        (false, true) => (".:", "letters, digits and hyphens, with dots and a port"),
        (false, false) => ("", "letters, digits and hyphens"),
    };
    let allowed = |c: char| {
        c.is_ascii_alphanumeric() || c == '-' || punctuation.contains(c) || variable.default().contains(c)
    };
    let is_valid = !value.is_empty()
        && value.chars().all(allowed)
        && !value.starts_with('-')
        && !value.ends_with('-')
        && (in_path || is_whole_host || value.len() <= 63);
    (!is_valid).then(|| format!("made of {characters}"))
}

#[cfg(test)]
mod tests {
    use super::{Server, ServerVariable, server_url};

    const REGION: ServerVariable = ServerVariable::new("region", "us", &["us", "eu"]);
    const HOST: ServerVariable = ServerVariable::new("host", "localhost", &[]);
    const BASE: ServerVariable = ServerVariable::new("base", "v2", &[]);
    const PART: ServerVariable = ServerVariable::new("part", "a", &[]);

    fn with(server: Server, values: &[(&str, &str)]) -> String {
        let values: Vec<_> =
            values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        server_url(&server, &values).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn variables_are_replaced_by_their_values() {
        let server = Server::new("https://api-{region}.example.com/{base}", &[REGION, BASE]);
        assert_eq!(with(server, &[]), "https://api-us.example.com/v2");
        assert_eq!(with(server, &[("region", "eu"), ("base", "a/b.1")]), "https://api-eu.example.com/a/b.1");
        assert_eq!(
            with(server, &[("region", "asia")]),
            "invalid value for the server variable `region`: in `https://api-{region}.example.com/{base}`, \
             it must be one of `us`, `eu`"
        );
        assert_eq!(with(server, &[("zone", "a")]), "the server has no variable `zone`");
        let server = Server::new("https://{host}/api", &[HOST]);
        assert_eq!(with(server, &[("host", "eu.example.com:8443")]), "https://eu.example.com:8443/api");
        let server = Server::new("{base}", &[BASE]);
        assert_eq!(with(server, &[("base", "https://example.com/x")]), "https://example.com/x");
    }

    #[test]
    fn a_value_cannot_change_the_host() {
        let server = Server::new("https://{part}.example.com", &[PART]);
        for value in ["", "evil.com/", "evil.com#", "u@evil", "a.b", "-a", "a-", "ä", "a\\b"] {
            assert!(with(server, &[("part", value)]).contains("variable `part`: "), "{value}");
        }
        let server = Server::new("https://{host}:80/", &[HOST]);
        assert!(with(server, &[("host", "u@evil.com")]).contains("variable `host`: "));
    }

    #[test]
    fn a_label_of_a_host_has_at_most_63_characters() {
        let server = Server::new("https://{part}.example.com", &[PART]);
        let label = "a".repeat(63);
        assert_eq!(with(server, &[("part", &label)]), format!("https://{label}.example.com"));
        assert!(with(server, &[("part", &format!("{label}a"))]).contains("variable `part`: "));
        let host = format!("{label}.example.com");
        let server = Server::new("https://{host}/api", &[HOST]);
        assert_eq!(with(server, &[("host", &host)]), format!("https://{host}/api"));
    }

    #[test]
    fn a_relative_server_url_needs_a_base_url() {
        assert!(
            with(Server::new("/api/v3", &[]), &[])
                .contains("the server URL `/api/v3` is relative: set `base_url`")
        );
    }
}
