//! One of the two crates: looks up items, their code, and nodes of the description.

use std::collections::BTreeMap;

use codegen::diff::Item;
use codegen::ir::{Module, Operation, TypeDef};
use codegen::name::RustName;
use codegen::{Output, OverlayAction, Pointer};

use super::emitted_items::EmittedItems;
use super::lines::{self, Line, TitledLines};

/// The maximum number of lines shown from the start of an action.
const HEAD: usize = 6;
/// The maximum number of lines of an action that is shown in full.
const WHOLE: usize = 30;

/// One of the two crates, indexed.
pub(super) struct ReviewSide<'a> {
    pub(super) output: &'a Output,
    operations: BTreeMap<&'a str, (&'a Module, &'a Operation)>,
    types: BTreeMap<&'a str, &'a TypeDef>,
    code: EmittedItems<'a>,
}

impl<'a> ReviewSide<'a> {
    pub(super) fn new(output: &'a Output) -> Self {
        let operations = output.api.operations().map(|entry| (entry.1.id.as_str(), entry)).collect();
        let types = output.api.types.iter().map(|def| (def.name.as_str(), def)).collect();
        Self { output, operations, types, code: EmittedItems::new(&output.files) }
    }

    pub(super) fn operation(&self, item: Option<&Item>) -> Option<&'a Operation> {
        let Item::Operation(id) = item? else { return None };
        self.operations.get(id.as_str()).map(|(_, operation)| *operation)
    }

    pub(super) fn definition(&self, name: &str) -> Option<&'a TypeDef> {
        self.types.get(name).copied()
    }

    /// Returns the emitted code of an item and the path of its file.
    pub(super) fn code(&self, item: Option<&Item>) -> Option<(String, String)> {
        match item? {
            Item::Crate => None,
            Item::Module(name) => {
                let module = self.output.api.modules.iter().find(|module| module.name.as_str() == name)?;
                let path = format!("endpoints/{}.rs", module.file);
                Some((self.code.head(&path)?, path))
            }
            Item::Operation(id) => {
                let (module, operation) = self.operations.get(id.as_str())?;
                let names = [Some(&operation.name), operation.builder.as_ref(), Some(&operation.constant)];
                let names: Vec<_> = names.into_iter().flatten().map(RustName::as_str).collect();
                let path = format!("endpoints/{}.rs", module.file);
                Some((self.code.of(&path, &names)?, path))
            }
            Item::Webhook(name) => {
                let path = format!("endpoints/{}.rs", self.output.api.webhooks.module.as_ref()?.plain());
                Some((self.code.of(&path, &[name])?, path))
            }
            Item::Type(name) => {
                let path = format!("models/{}.rs", self.definition(name)?.file);
                Some((self.code.of(&path, &[name])?, path))
            }
        }
    }

    /// Returns the lines of a node.
    pub(super) fn node(&self, pointer: &Pointer) -> Vec<Line> {
        let mut lines = self.output.lines(pointer).map(|lines| lines::numbered(&lines)).unwrap_or_default();
        lines::dedent(&mut lines);
        lines
    }

    /// Returns the overlay actions that wrote a node. Long ones are shortened to their start and the lines that wrote
    /// the node.
    pub(super) fn actions(&self, pointer: &Pointer) -> Vec<TitledLines> {
        let titled = |action: &OverlayAction<'_>| {
            let mut lines = excerpt(action);
            lines::dedent(&mut lines);
            TitledLines::new(action.lines.location.clone(), lines)
        };
        self.output.actions(pointer).iter().map(titled).collect()
    }
}

/// Returns the lines of an action; of a long one, its start and the lines that wrote the node.
fn excerpt(action: &OverlayAction<'_>) -> Vec<Line> {
    let all = lines::numbered(&action.lines);
    let written = action.written.as_ref().filter(|_| all.len() > WHOLE);
    let Some(written) = written.map(lines::numbered) else { return lines::truncate(all, WHOLE, Line::gap) };
    let first = written.first().map_or(0, |line| line.number);
    let update = |line: &Line| ["update:", "copy:"].iter().any(|key| line.text.trim_start().starts_with(key));
    let head = all.iter().position(update).map_or(HEAD, |index| (index + 1).min(HEAD));
    let mut shown: Vec<_> = all.into_iter().take(head).take_while(|line| line.number < first).collect();
    if shown.last().is_none_or(|line| line.number + 1 < first) {
        shown.push(Line::gap(""));
    }
    shown.extend(lines::truncate(written, WHOLE - HEAD, Line::gap));
    shown
}
