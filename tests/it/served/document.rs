//! A document with its client, and with a fake server for it.

use clientwright_serve::{FakeServer, ListeningServer, ServeOptions, Values};
use codegen::ir::SchemeKind;
use codegen::{Mode, Options, Output, Source};
use serde_json::Value;

/// A document and what is generated for it.
pub(super) struct Document {
    /// The name of its module.
    pub(super) name: String,
    pub(super) seed: u64,
    pub(super) output: Output,
}

impl Document {
    pub(super) fn new(name: &str, mut tree: Value, seed: u64) -> Self {
        remove_servers(&mut tree);
        let source = Source::new(format!("{name}.json"), tree.to_string());
        let options = Options::new(Mode::Lenient).as_module();
        let output = codegen::generate_with(&source, &[], &options);
        let output = output.unwrap_or_else(|report| panic!("{name}: {report}"));
        Self { name: name.to_owned(), seed, output }
    }

    /// Returns the fake server, to take samples from.
    pub(super) fn fake(&self) -> FakeServer {
        let values = if self.seed.is_multiple_of(2) { Values::Examples } else { Values::Generated };
        let options = ServeOptions::default()
            .with_seed(self.seed)
            .with_values(values)
            .with_security(self.has_known_schemes());
        FakeServer::new(&self.output.patched, options)
    }

    /// Returns whether the client can create credentials for all security requirements.
    fn has_known_schemes(&self) -> bool {
        let api = &self.output.api;
        let own = api.operations().filter_map(|(_, operation)| operation.security.as_ref()).flatten();
        let names: Vec<_> = own.chain(&api.access.security).flatten().collect();
        let is_known = |name: &String| {
            api.access.scheme(name).is_some_and(|scheme| !matches!(scheme.kind, SchemeKind::Http(_)))
        };
        names.into_iter().all(is_known)
    }

    /// Starts the fake server.
    pub(super) fn serve(&self) -> ListeningServer {
        ListeningServer::start(self.fake(), 0).unwrap()
    }
}

/// Removes the servers of path items and operations, which the base URL of a client doesn't replace.
fn remove_servers(tree: &mut Value) {
    let items = tree.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    for (_, item) in items {
        let Some(item) = item.as_object_mut() else { continue };
        item.shift_remove("servers");
        for operation in item.values_mut().filter_map(Value::as_object_mut) {
            operation.shift_remove("servers");
        }
    }
}
