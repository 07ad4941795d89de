//! `access.rs`: where the API is and how a client signs in, as the description declares it.

use std::fmt::Write as _;

use serde_json::Value;

use super::Package;
use super::readme::one_line;
use crate::base::name::{RustName, Scope};
use crate::output::run::Output;
use crate::render::prose::{code, prose};

/// Path of the file below `src`; the client has one of its own there.
pub(super) const PATH: &str = "access.rs";

/// An address for descriptions that don't tell theirs.
const SOMEWHERE: &str = "https://api.example.com";
/// Most characters of a description that names a server.
const NAME: usize = 30;
/// Constants that the runtime looks for.
const RESERVED: [&str; 8] = [
    "default_server",
    "address",
    "needs_auth",
    "token_url",
    "tokens_as_json",
    "user_agent",
    "span",
    "warning",
];

/// What the description declares of servers and security schemes.
pub(super) struct Access {
    servers: Vec<Server>,
    keys: Vec<Key>,
    token_url: Option<String>,
    needs_auth: bool,
    /// How the first scheme is used, as Rust.
    pub(super) auth: Option<String>,
}

struct Server {
    name: RustName,
    url: String,
    docs: String,
    variables: Vec<Variable>,
}

struct Variable {
    name: String,
    default: String,
    values: Vec<String>,
}

/// A scheme that sends a key.
struct Key {
    scheme: String,
    name: RustName,
    place: String,
    docs: String,
}

impl Access {
    pub(super) fn new(output: &Output) -> Self {
        let tree = &output.patched;
        let mut names = Scope::with_reserved(&RESERVED);
        let servers =
            list(tree.get("servers")).filter_map(|server| Server::new(server, &mut names)).collect();
        let schemes = tree.pointer("/components/securitySchemes").and_then(Value::as_object);
        let schemes = || schemes.into_iter().flatten();
        let keys: Vec<_> =
            schemes().filter_map(|(name, scheme)| Key::new(name, scheme, &mut names)).collect();
        let auth = schemes().next().map(|(_, scheme)| auth(scheme, keys.first()));
        let security: Vec<_> = list(tree.get("security")).collect();
        let open = |requirement: &&Value| requirement.as_object().is_some_and(serde_json::Map::is_empty);
        Self {
            servers,
            token_url: schemes().find_map(|(_, scheme)| token_url(scheme)),
            needs_auth: !security.is_empty() && !security.iter().any(open),
            auth,
            keys,
        }
    }

    /// How credentials of a scheme are made, as Rust.
    pub(super) fn credentials(&self, scheme: &str, declared: &Value) -> String {
        let key = self.keys.iter().find(|key| key.scheme == scheme);
        auth(declared, key)
    }

    /// The calls that lead a client to the first server, as Rust; none where it is led there anyway.
    pub(super) fn server_calls(&self) -> Vec<String> {
        match self.servers.first() {
            Some(server) if server.is_absolute() => {
                let variables = server.variables.iter();
                let calls = variables.map(|variable| {
                    let value = if variable.default.is_empty() { "value" } else { &variable.default };
                    format!(".server_variable({}, {})", literal(&variable.name), literal(value))
                });
                let calls: Vec<_> = calls.collect();
                let server = format!(".server(access::{})", server.name.screaming());
                if calls.is_empty() { calls } else { [vec![server], calls].concat() }
            }
            _ => vec![format!(".base_url({SOMEWHERE:?})")],
        }
    }

    /// The file's text, without the line that marks it.
    pub(super) fn file(&self, package: &Package) -> String {
        let mut text =
            "//! Where the API is, and how a client signs in: as the description declares it.\n\n".to_owned();
        let variables = self.servers.iter().any(|server| !server.variables.is_empty());
        let imports = [(!self.keys.is_empty(), "ApiKey"), (true, "Server"), (variables, "ServerVariable")];
        let imports: Vec<_> = imports.into_iter().filter(|(used, _)| *used).map(|(_, name)| name).collect();
        // Without a server, only the client asks for one.
        let gate = if self.servers.is_empty() && self.keys.is_empty() { CLIENT } else { "" };
        let imports = match imports.as_slice() {
            [one] => (*one).to_owned(),
            several => format!("{{{}}}", several.join(", ")),
        };
        let _ = writeln!(text, "{gate}use crate::declared::{imports};\nuse crate::error::ApiError;");
        if self.servers.is_empty() && !self.keys.is_empty() {
            text = text.replace("{ApiKey, Server}", "ApiKey");
            text.push_str(&format!("{CLIENT}use crate::declared::Server;\n"));
        }
        for server in &self.servers {
            text.push_str(&server.item());
        }
        for key in &self.keys {
            let _ = write!(
                text,
                "\n{}pub const {}: ApiKey = {};\n",
                doc(&key.docs),
                key.name.screaming(),
                key.place
            );
        }
        text.push_str(&self.constants(package));
        text.push_str(FUNCTIONS);
        text
    }

    fn constants(&self, package: &Package) -> String {
        let complete = |server: &&Server| server.is_absolute() && server.variables.is_empty();
        let default = match self.servers.first().filter(complete) {
            Some(server) => format!("Some({})", server.name.screaming()),
            None => "None".to_owned(),
        };
        let hint = if self.servers.is_empty() { "set `base_url`" } else { "set `server` or `base_url`" };
        let constants = [
            ("The server of a client that names none.", "DEFAULT_SERVER: Option<Server>", default),
            ("What sets an address.", "ADDRESS: &str", format!("{hint:?}")),
            ("Whether a client must have credentials.", "NEEDS_AUTH: bool", self.needs_auth.to_string()),
            (
                "Where access tokens are exchanged for new ones.",
                "TOKEN_URL: Option<&str>",
                format!("{:?}", self.token_url),
            ),
            (
                "Whether that is asked for in JSON, and not in a form as the standard has it (RFC 6749).",
                "TOKENS_AS_JSON: bool",
                "false".to_owned(),
            ),
            (
                "What the client calls itself, if nothing else is set.",
                "USER_AGENT: &str",
                format!("concat!(\"{}/\", env!(\"CARGO_PKG_VERSION\"))", package.name.as_str()),
            ),
            ("The span of a request.", "SPAN: &str", format!("\"{}.request\"", package.name.as_str())),
            (
                "The header that warns in answers which are given nevertheless.",
                "WARNING: Option<&str>",
                "None".to_owned(),
            ),
        ];
        let text = |(docs, head, value): &(&str, &str, String)| {
            format!("\n/// {docs}\n{CLIENT}pub(crate) const {head} = {value};\n")
        };
        constants.iter().map(text).collect()
    }
}

const CLIENT: &str = "#[cfg(feature = \"client\")]\n";

/// What is known of errors: nothing but what any server means by them.
const FUNCTIONS: &str = r#"
/// Headers that number a request.
pub(crate) const REQUEST_IDS: &[&str] = &["x-request-id", "x-correlation-id", "request-id"];

/// Whether what was asked for is not ready yet, and will be.
pub(crate) fn is_too_early(error: &ApiError) -> bool {
    error.status() == 425
}

/// What to do about an error, where more is known than its status.
pub(crate) fn advice(_: &ApiError) -> Option<&'static str> {
    None
}
"#;

impl Server {
    fn new(server: &Value, names: &mut Scope) -> Option<Self> {
        let url = text(server, "url");
        if url.is_empty() || url.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return None;
        }
        let description = one_line(text(server, "description"));
        let wished = [text(server, "name"), &description].into_iter().find(|name| is_name(name));
        let name = names.claim(&RustName::snake(wished.unwrap_or("server")));
        let declared = server.get("variables").and_then(Value::as_object);
        let variables = placeholders(url).map(|name| {
            let variable = declared.and_then(|declared| declared.get(name)).unwrap_or(&Value::Null);
            let values = list(variable.get("enum")).filter_map(Value::as_str).map(str::to_owned).collect();
            Variable { name: name.to_owned(), default: text(variable, "default").to_owned(), values }
        });
        let described = |variable: &Variable| {
            let docs = declared.and_then(|declared| declared.get(&variable.name));
            let docs = prose(&one_line(docs.map_or("", |docs| text(docs, "description"))));
            let docs = if docs.is_empty() { docs } else { format!(": {docs}") };
            format!("\n- `{}`, `{}` if not set{docs}", code(&variable.name), code(&variable.default))
        };
        let variables: Vec<_> = variables.collect();
        let mut docs = format!("`{}`", code(url));
        if !description.is_empty() {
            docs = format!("{}\n\n{docs}", prose(&description));
        }
        if url.starts_with('/') {
            docs.push_str("\n\nA path on the host that gives the description: set the `base_url` of both.");
        }
        if !variables.is_empty() {
            docs.push_str("\n\n# Variables\n");
            docs.extend(variables.iter().map(described));
        }
        Some(Self { name, url: url.to_owned(), docs, variables })
    }

    fn is_absolute(&self) -> bool {
        self.url.starts_with("https://") || self.url.starts_with("http://")
    }

    fn item(&self) -> String {
        let variables = self.variables.iter().map(|variable| {
            let (name, default) = (&variable.name, &variable.default);
            format!(
                "ServerVariable::new({}, {}, &[{}])",
                literal(name),
                literal(default),
                literals(&variable.values)
            )
        });
        let variables: Vec<_> = variables.collect();
        let variables = match variables.as_slice() {
            [] => "&[]".to_owned(),
            several => format!("&[\n        {},\n    ]", several.join(",\n        ")),
        };
        let (docs, name, url) = (doc(&self.docs), self.name.screaming(), literal(&self.url));
        format!("\n{docs}pub const {name}: Server = Server::new(\n    {url},\n    {variables},\n);\n")
    }
}

impl Key {
    /// A scheme that is neither HTTP Basic nor Bearer: the client has functions for those.
    fn new(name: &str, scheme: &Value, names: &mut Scope) -> Option<Self> {
        let wire = literal(text(scheme, "name"));
        let place = match (text(scheme, "type"), text(scheme, "in"), text(scheme, "scheme")) {
            ("apiKey", "header", _) => format!("ApiKey::header({wire})"),
            ("apiKey", "query", _) => format!("ApiKey::query({wire})"),
            ("apiKey", "cookie", _) => format!("ApiKey::cookie({wire})"),
            ("http", _, scheme) if !["basic", "bearer"].contains(&scheme.to_lowercase().as_str()) => {
                format!("ApiKey::scheme({})", literal(scheme))
            }
            _ => return None,
        };
        let docs = prose(text(scheme, "description"));
        let docs =
            if docs.is_empty() { format!("The security scheme `{}`.", code(&one_line(name))) } else { docs };
        Some(Self { scheme: name.to_owned(), name: names.claim(&RustName::snake(name)), place, docs })
    }
}

/// How credentials of a scheme are made, as Rust; `key` is the first one that has a constant.
fn auth(scheme: &Value, key: Option<&Key>) -> String {
    let basic = text(scheme, "scheme").eq_ignore_ascii_case("basic");
    let bearer = text(scheme, "scheme").eq_ignore_ascii_case("bearer");
    match (text(scheme, "type"), key) {
        ("http", _) if basic => "Auth::password(\"the user\", \"the password\")".to_owned(),
        ("http", Some(key)) if !bearer => {
            format!("Auth::api_key(access::{}, \"the key\")", key.name.screaming())
        }
        ("apiKey", Some(key)) => format!("Auth::api_key(access::{}, \"the key\")", key.name.screaming()),
        _ => "Auth::bearer(\"the token\")".to_owned(),
    }
}

/// Where a scheme of OAuth exchanges a refresh token.
fn token_url(scheme: &Value) -> Option<String> {
    let flows = scheme.get("flows").and_then(Value::as_object)?;
    let mut urls = ["refreshUrl", "tokenUrl"]
        .into_iter()
        .flat_map(|key| flows.values().filter_map(move |flow| flow.get(key).and_then(Value::as_str)));
    let usable = |url: &&str| {
        (url.starts_with("https://") || url.starts_with('/') && !url.starts_with("//"))
            && url.chars().all(|c| c.is_ascii_graphic())
    };
    urls.find(usable).map(str::to_owned)
}

/// Whether a description is short enough to be a name.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && text.chars().count() <= NAME
}

fn placeholders(url: &str) -> impl Iterator<Item = &str> {
    url.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn doc(text: &str) -> String {
    text.replace('\r', " ").lines().fold(String::new(), |mut docs, line| {
        let _ = writeln!(docs, "{}", format!("/// {line}").trim_end());
        docs
    })
}

fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

fn literals(texts: &[String]) -> String {
    texts.iter().map(|text| literal(text)).collect::<Vec<_>>().join(", ")
}
