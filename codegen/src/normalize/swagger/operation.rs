//! Path items and operations.

use serde_json::{Value, json};

use super::body::BodyParameter;
use super::entries::strings;
use super::parameter::is_of_body;
use super::site::Site;
use super::speller::Speller;
use crate::base::json_object::JsonObject;
use crate::grammar::paths::METHODS;

impl Speller<'_> {
    pub(super) fn paths(&mut self, value: Value, site: &Site) -> Value {
        let Value::Object(items) = value else { return value };
        let spelled = items.into_iter().map(|(path, item)| {
            let item = if path.starts_with("x-") { item } else { self.path_item(item, &site.child(&path)) };
            (path, item)
        });
        Value::Object(spelled.collect())
    }

    fn path_item(&mut self, value: Value, site: &Site) -> Value {
        let Value::Object(mut item) = value else { return value };
        let inherited = self.own_parameters(&mut item, site);
        for method in METHODS {
            if let Some(Value::Object(operation)) = item.get_mut(method) {
                let own = std::mem::take(operation);
                *operation = self.operation(own, &site.child(method), &inherited);
            }
        }
        Value::Object(item)
    }

    fn operation(
        &mut self,
        mut operation: JsonObject,
        site: &Site,
        inherited: &[BodyParameter],
    ) -> JsonObject {
        let own = self.own_parameters(&mut operation, site);
        let is_replaced = |parameter: &BodyParameter| own.iter().any(|own| parameter.is_replaced_by(own));
        let mut parameters: Vec<_> =
            inherited.iter().filter(|parameter| !is_replaced(parameter)).cloned().collect();
        parameters.extend(own);
        let produces = strings(&operation, "produces").unwrap_or_else(|| self.shared.produces.clone());
        if let Some(responses) = operation.get_mut("responses") {
            *responses = self.responses(responses.take(), &site.child("responses"), &produces);
        }
        if let Some(content) = operation.get_mut("requestBody").and_then(|body| body.get_mut("content")) {
            self.content(content, &site.child("requestBody").child("content"));
        }
        if let Some(body) = self.request_body(&operation, &site.from, parameters) {
            if operation.contains_key("requestBody") {
                let message = "the operation has a body parameter, too; `requestBody` is ignored";
                self.problem(&site.from.child("requestBody"), message, "delete it");
            }
            operation.insert("requestBody".to_owned(), body);
        }
        if let Some(servers) = self.own_servers(&operation, site) {
            operation.entry("servers").or_insert(servers);
        }
        for key in ["consumes", "produces", "schemes"] {
            operation.shift_remove(key);
        }
        operation
    }

    /// Spells the parameters of a path item or an operation. Removes and returns those of bodies.
    fn own_parameters(&mut self, holder: &mut JsonObject, site: &Site) -> Vec<BodyParameter> {
        let Some(Value::Array(list)) = holder.get_mut("parameters").map(Value::take) else {
            return Vec::new();
        };
        let site = site.child("parameters");
        let (mut spelled, mut of_bodies) = (Vec::with_capacity(list.len()), Vec::new());
        for (index, parameter) in list.into_iter().enumerate() {
            let used = site.from.index(index);
            let (resolved, declared) = self.shared.resolved(&parameter, &used);
            if is_of_body(&resolved) {
                if let Value::Object(entries) = resolved {
                    of_bodies.push(BodyParameter { entries, used, declared });
                }
                continue;
            }
            let to = site.to.index(spelled.len());
            if to != used {
                self.written.moved(&to, &used);
            }
            spelled.push(self.parameter(parameter, &Site { from: used, to }));
        }
        holder.insert("parameters".to_owned(), json!(spelled));
        of_bodies
    }
}
