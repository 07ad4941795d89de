//! From a server of the description to its address.

use crate::api::{Server, ServerVariable};
use crate::error::{ConfigError, Problem};

/// The address of a server, with values for its variables.
pub(super) fn address(server: &Server, values: &[(String, String)]) -> Result<String, ConfigError> {
    let variables = server.variables();
    if let Some((name, _)) =
        values.iter().find(|(name, _)| !variables.iter().any(|known| known.name() == name))
    {
        return Err(ConfigError::new(Problem::UnknownVariable(name.clone())));
    }
    let mut url = server.url().to_owned();
    for variable in variables {
        let name = variable.name();
        let set = values.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        if let Some(expected) = set.and_then(|value| refusal(server.url(), variable, value)) {
            return Err(ConfigError::new(Problem::Variable { name, url: server.url(), expected }));
        }
        url = url.replace(&format!("{{{name}}}"), set.unwrap_or(variable.default()));
    }
    if url.starts_with('/') {
        return Err(ConfigError::new(Problem::RelativeServer(server.url())));
    }
    Ok(url)
}

/// What a value should be, if it is not: credentials must go to the host that the description means.
fn refusal(url: &str, variable: &ServerVariable, value: &str) -> Option<String> {
    let values = variable.values();
    if !values.is_empty() {
        let known = values.join("`, `");
        return (!values.contains(&value)).then(|| format!("one of `{known}`"));
    }
    let place = format!("{{{}}}", variable.name());
    if url == place {
        return None;
    }
    let (before, after) = url.split_once(&place)?;
    let in_path = before.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    // The whole of a host may have dots in it and a port behind it, a part of one may not.
    let whole = before.ends_with("://") && (after.is_empty() || after.starts_with(['/', ':']));
    let also = match (in_path, whole) {
        (true, _) => "._~/",
        (false, true) => ".:",
        (false, false) => "",
    };
    let allowed =
        |c: char| c.is_ascii_alphanumeric() || c == '-' || also.contains(c) || variable.default().contains(c);
    let fine = !value.is_empty()
        && value.chars().all(allowed)
        && !value.starts_with('-')
        && !value.ends_with('-')
        && (in_path || whole || value.len() <= 63);
    (!fine).then(|| {
        format!(
            "made of letters, digits and hyphens{}",
            if also.is_empty() { "" } else { ", and the usual signs between" }
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{Server, ServerVariable, address};

    const REGION: ServerVariable = ServerVariable::new("region", "us", &["us", "eu"]);
    const HOST: ServerVariable = ServerVariable::new("host", "localhost", &[]);
    const BASE: ServerVariable = ServerVariable::new("base", "v2", &[]);
    const PART: ServerVariable = ServerVariable::new("part", "a", &[]);

    fn with(server: Server, values: &[(&str, &str)]) -> String {
        let values: Vec<_> =
            values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        address(&server, &values).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn variables_are_filled_in() {
        let server = Server::new("https://api-{region}.example.com/{base}", &[REGION, BASE]);
        assert_eq!(with(server, &[]), "https://api-us.example.com/v2");
        assert_eq!(with(server, &[("region", "eu"), ("base", "a/b.1")]), "https://api-eu.example.com/a/b.1");
        assert_eq!(
            with(server, &[("region", "asia")]),
            "not a region: in `https://api-{region}.example.com/{base}`, it is one of `us`, `eu`"
        );
        assert_eq!(with(server, &[("zone", "a")]), "the server has no variable `zone`");
        let server = Server::new("https://{host}/api", &[HOST]);
        assert_eq!(with(server, &[("host", "eu.example.com:8443")]), "https://eu.example.com:8443/api");
        let server = Server::new("{base}", &[BASE]);
        assert_eq!(with(server, &[("base", "https://example.com/x")]), "https://example.com/x");
    }

    #[test]
    fn values_cannot_lead_elsewhere() {
        let server = Server::new("https://{part}.example.com", &[PART]);
        for value in ["", "evil.com/", "evil.com#", "u@evil", "a.b", "-a", "a-", "ä", "a\\b"] {
            assert!(with(server, &[("part", value)]).starts_with("not a part: "), "{value}");
        }
        let server = Server::new("https://{host}:80/", &[HOST]);
        assert!(with(server, &[("host", "u@evil.com")]).starts_with("not a host: "));
    }

    #[test]
    fn relative_servers_need_a_host() {
        assert!(
            with(Server::new("/api/v3", &[]), &[]).contains("`base_url` of the host that ends in `/api/v3`")
        );
    }
}
