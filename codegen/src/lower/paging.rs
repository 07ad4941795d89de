//! `x-pagination`, held to the parameters and the answer that the operation declares.

use openapiv3::Operation as Declared;
use serde_json::Value;

use super::Lowerer;
use super::extension::{number, text, texts};
use super::lookup::{check_declared, element, fields, resolve, undeclared};
use crate::ir::{Location, Page, Pagination, Parameter, Type, TypeDef};
use crate::name::RustName;
use crate::pointer::Pointer;

/// Ways to page that the runtime knows.
const STYLES: [&str; 6] = ["cursor", "time", "next-page", "routing-cursor", "chat", "page-cursor"];

impl Lowerer<'_, '_> {
    /// The ways to page; the type of the answer is marked as a page.
    pub(super) fn pagination(
        &mut self,
        declared: &Declared,
        parameters: &[Parameter],
        response: Option<&Type>,
        at: &Pointer,
    ) -> Vec<Pagination> {
        let Some(value) = declared.extensions.get("x-pagination") else { return Vec::new() };
        let at = at.child("x-pagination");
        if self.findings.any_below(&at) {
            return Vec::new();
        }
        let top = at.clone();
        let list: Vec<_> = match value {
            Value::Array(ways) => {
                ways.iter().enumerate().map(|(index, way)| (at.index(index), way)).collect()
            }
            way => vec![(at, way)],
        };
        let mut ways = Vec::with_capacity(list.len());
        for (at, way) in list {
            let style = text(way, "style").unwrap_or_default();
            if !STYLES.contains(&style.as_str()) {
                let message = format!("{style:?} is no style of paging");
                self.findings.mistake(
                    &at.child("style"),
                    message,
                    format!("known styles: {}", STYLES.join(", ")),
                );
            }
            let way = read(way, &style);
            self.check_size(&way, parameters, &at);
            self.mark_page(&way, response, &at);
            ways.push(way);
        }
        // What has a mistake can't be followed.
        if self.findings.any_below(&top) { Vec::new() } else { ways }
    }

    fn check_size(&mut self, way: &Pagination, parameters: &[Parameter], at: &Pointer) {
        let Some(size) = &way.size else { return };
        let in_query = |parameter: &&Parameter| parameter.location == Location::Query;
        let names = parameters.iter().filter(in_query).map(|parameter| parameter.wire.as_str());
        check_declared(self.findings, &at.child("size"), size, "query parameter of the operation", names);
    }

    /// Checks what is said of the answer and its records, and marks the answer's type.
    fn mark_page(&mut self, way: &Pagination, response: Option<&Type>, at: &Pointer) {
        let answered = response.and_then(|ty| Some((resolve(&self.types, ty), fields(&self.types, ty)?)));
        let Some((ty, properties)) = answered else {
            let message = "the operation is paged, but its answer declares no properties";
            let help = format!("give the answer a schema with the list `{}`", way.items);
            return self.findings.mistake(at, message, help);
        };
        let lists = || {
            let types = &self.types;
            properties.iter().filter_map(|field| Some((field.wire.as_str(), element(types, &field.ty)?)))
        };
        let Some((_, record)) = lists().find(|(key, _)| *key == way.items) else {
            let names = lists().map(|(key, _)| key);
            return undeclared(self.findings, &at.child("items"), &way.items, "list of the answer", names);
        };
        let known = fields(&self.types, record).unwrap_or_default();
        let identity = way.identity.iter().enumerate();
        let identity = identity.map(|(index, name)| (at.child("identity").index(index), name));
        for (at, name) in identity.chain(way.position.iter().map(|name| (at.child("position"), name))) {
            let names = known.iter().map(|field| field.wire.as_str());
            check_declared(self.findings, &at, name, "declared property of the records", names);
        }
        let page = Page { items: way.items.clone(), record: record.clone(), pointer: at.clone() };
        let ty = ty.clone();
        self.claim_page(&ty, page);
    }

    /// Marks a type as a page, which it can be of one list only.
    fn claim_page(&mut self, ty: &Type, page: Page) {
        let named = |def: &&mut TypeDef| ty.name() == Some(&def.name);
        let Some(def) = self.types.iter_mut().find(named) else { return };
        match &def.page {
            None => def.page = Some(page),
            Some(first) if first.items == page.items => {}
            Some(first) => {
                let message =
                    format!("`{}` is a page of {:?} already, by {}", def.name, first.items, first.pointer);
                let help = "page the same list, or give one of the answers a schema of its own";
                self.findings.mistake(&page.pointer.child("items"), message, help);
            }
        }
    }
}

/// Reads a way whose keys and kinds have been checked.
fn read(way: &Value, style: &str) -> Pagination {
    Pagination {
        style: RustName::snake(style),
        items: text(way, "items").unwrap_or_default(),
        max_page_size: number(way, "max-page-size"),
        size: text(way, "size"),
        identity: texts(way, "identity"),
        position: text(way, "position"),
        late: number(way, "late"),
    }
}
