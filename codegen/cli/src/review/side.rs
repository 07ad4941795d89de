//! One of the two crates, by what changes name: items, their code, nodes of the description.

use std::collections::BTreeMap;

use codegen::diff::Item;
use codegen::ir::{Module, Operation, TypeDef};
use codegen::name::RustName;
use codegen::{Action, Output, Pointer};

use super::code::Code;
use super::lines::{self, Line, Titled};

/// Lines of an action that are shown before those that it wrote the node with.
const HEAD: usize = 6;
/// Lines of an action that are shown in one piece.
const WHOLE: usize = 30;

/// What is looked up.
pub(super) struct Side<'a> {
    pub(super) output: &'a Output,
    operations: BTreeMap<&'a str, (&'a Module, &'a Operation)>,
    types: BTreeMap<&'a str, &'a TypeDef>,
    code: Code<'a>,
}

impl<'a> Side<'a> {
    pub(super) fn new(output: &'a Output) -> Self {
        let operations = output.api.operations().map(|entry| (entry.1.id.as_str(), entry)).collect();
        let types = output.api.types.iter().map(|def| (def.name.as_str(), def)).collect();
        Self { output, operations, types, code: Code::new(&output.files) }
    }

    pub(super) fn operation(&self, item: Option<&Item>) -> Option<&'a Operation> {
        let Item::Operation(id) = item? else { return None };
        self.operations.get(id.as_str()).map(|(_, operation)| *operation)
    }

    pub(super) fn definition(&self, name: &str) -> Option<&'a TypeDef> {
        self.types.get(name).copied()
    }

    /// The emitted code of an item, with the file that it stands in.
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
            Item::Type(name) => {
                let path = format!("models/{}.rs", self.definition(name)?.file);
                Some((self.code.of(&path, &[name])?, path))
            }
        }
    }

    /// The lines of a node, and where they stand.
    pub(super) fn node(&self, pointer: &Pointer) -> Vec<Line> {
        let mut lines = self.output.lines(pointer).map(|lines| lines::numbered(&lines)).unwrap_or_default();
        lines::dedent(&mut lines);
        lines
    }

    /// The actions of overlays that made a node what it is; of long ones, what they are for and what wrote the node.
    pub(super) fn actions(&self, pointer: &Pointer) -> Vec<Titled> {
        let titled = |action: &Action<'_>| {
            let mut lines = excerpt(action);
            lines::dedent(&mut lines);
            Titled::new(action.lines.place.clone(), lines)
        };
        self.output.actions(pointer).iter().map(titled).collect()
    }
}

/// The lines of an action; of many, those that say what it is for, and those that wrote the node.
fn excerpt(action: &Action<'_>) -> Vec<Line> {
    let all = lines::numbered(&action.lines);
    let written = action.written.as_ref().filter(|_| all.len() > WHOLE);
    let Some(written) = written.map(lines::numbered) else { return lines::cut(all, WHOLE, Line::gap) };
    let first = written.first().map_or(0, |line| line.number);
    let update = |line: &Line| ["update:", "copy:"].iter().any(|key| line.text.trim_start().starts_with(key));
    let head = all.iter().position(update).map_or(HEAD, |index| (index + 1).min(HEAD));
    let mut shown: Vec<_> = all.into_iter().take(head).take_while(|line| line.number < first).collect();
    if shown.last().is_none_or(|line| line.number + 1 < first) {
        shown.push(Line::gap(""));
    }
    shown.extend(lines::cut(written, WHOLE - HEAD, Line::gap));
    shown
}
