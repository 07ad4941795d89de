//! The content of the page for one change.

use std::collections::BTreeMap;

use codegen::Pointer;
use codegen::diff::{Change, Effect, Item, NodeLocation};

use super::columns::Columns;
use super::crate_side::ReviewSide;
use super::unified::{self, DiffRow, RowContext, RowKind};
use super::wire;

/// The maximum number of lines of a node, on each side.
const NODE: usize = 40;
/// The maximum number of lines of all overlay actions of a node, on each side.
const ACTIONS: usize = 60;
/// The maximum number of lines of a difference in code.
const CODE: usize = 120;
/// The maximum number of lines of code, or of a node, that only one side has.
const ALONE: usize = 32;
/// The number of unchanged lines of code around changed ones.
const CONTEXT: usize = 3;
/// The maximum number of lines of a difference that is shown with each change of an item. A longer one is shown with
/// the first change only.
const REPEATED: usize = 24;
/// The number of breaking changes that are open when the page loads.
const OPEN: usize = 20;

/// A change with everything that the page shows about it.
#[derive(Debug)]
pub(super) struct ChangeView<'a> {
    pub(super) number: usize,
    pub(super) change: &'a Change,
    pub(super) open: bool,
    pub(super) old: Option<&'a NodeLocation>,
    pub(super) new: Option<&'a NodeLocation>,
    pub(super) node: Option<Columns>,
    pub(super) actions: Option<Columns>,
    pub(super) code: TextView,
    pub(super) wire: TextView,
}

/// Code or a request, compared between the sides.
#[derive(Debug)]
pub(super) enum TextView {
    /// Neither side has it.
    None,
    /// Both sides are equal.
    Same,
    /// The lines that differ.
    Rows {
        /// The file, or files.
        name: String,
        rows: Vec<DiffRow>,
    },
    /// The same difference is shown with another change of the item.
    At(ShownWith),
}

/// The change with which a difference is shown.
#[derive(Clone, Debug)]
pub(super) struct ShownWith {
    /// The number of the change.
    pub(super) number: usize,
    pub(super) subject: String,
    rows: usize,
}

/// A text and its name.
type NamedText = (String, String);

/// Creates views, and records which differences are shown already.
pub(super) struct ChangeViewer<'a> {
    old: ReviewSide<'a>,
    new: ReviewSide<'a>,
    shown: BTreeMap<(&'static str, String), ShownWith>,
    count: usize,
}

impl<'a> ChangeViewer<'a> {
    pub(super) fn new(old: ReviewSide<'a>, new: ReviewSide<'a>) -> Self {
        Self { old, new, shown: BTreeMap::new(), count: 0 }
    }

    pub(super) fn view<'c>(&mut self, change: &'c Change) -> ChangeView<'c> {
        self.count += 1;
        let items = (change.old_item.as_ref(), change.new_item.as_ref());
        let code = self.code(&change.subject, items);
        let wire = self.wire(&change.subject, items);
        ChangeView {
            number: self.count,
            change,
            open: change.kind.effect().is_breaking() && self.count <= OPEN,
            old: change.old.as_ref(),
            new: change.new.as_ref(),
            node: self.node(change),
            actions: self.actions(change),
            code,
            wire,
        }
    }

    fn node(&self, change: &Change) -> Option<Columns> {
        let lines = |side: &ReviewSide<'_>, site: &Option<NodeLocation>| {
            site.as_ref().map(|site| side.node(&site.pointer)).unwrap_or_default()
        };
        let most = if change.old.is_some() && change.new.is_some() { NODE } else { ALONE };
        Columns::new(&lines(&self.old, &change.old), &lines(&self.new, &change.new), most)
    }

    /// Returns the overlay actions of both sides. Those that removed a node are found by its pointer on the other side.
    fn actions(&self, change: &Change) -> Option<Columns> {
        let own = |site: &Option<NodeLocation>| site.as_ref().map(|site| site.pointer.clone());
        let missing = |site: &Option<NodeLocation>| site.as_ref().map(|site| without_node(&site.pointer));
        let old = own(&change.old).or_else(|| missing(&change.new))?;
        let new = own(&change.new).or_else(|| missing(&change.old))?;
        Columns::of_titled(&self.old.actions(&old), &self.new.actions(&new), ACTIONS)
    }

    fn code(&mut self, subject: &str, (old, new): (Option<&Item>, Option<&Item>)) -> TextView {
        let (before, after) = (self.old.code(old), self.new.code(new));
        self.text("code", subject, (old, new), (before, after), RowContext { lines: CONTEXT, head: false })
    }

    fn wire(&mut self, subject: &str, (old, new): (Option<&Item>, Option<&Item>)) -> TextView {
        let request = |side: &ReviewSide<'_>, item| {
            side.operation(item).map(|operation| (wire::request(side, operation), String::new()))
        };
        let (before, after) = (request(&self.old, old), request(&self.new, new));
        // A short request is shown in full; of a longer one, the first line is always shown.
        let is_short =
            |text: &Option<NamedText>| text.as_ref().is_none_or(|(text, _)| text.lines().count() <= ALONE);
        let lines = if is_short(&before) && is_short(&after) { ALONE } else { CONTEXT };
        self.text("wire", subject, (old, new), (before, after), RowContext { lines, head: true })
    }

    fn text(
        &mut self,
        what: &'static str,
        subject: &str,
        items: (Option<&Item>, Option<&Item>),
        texts: (Option<NamedText>, Option<NamedText>),
        context: RowContext,
    ) -> TextView {
        let key = (what, format!("{items:?}"));
        if let Some(shown) = self.shown.get(&key).filter(|shown| shown.rows > REPEATED) {
            return TextView::At(shown.clone());
        }
        let (name, rows) = match texts {
            (None, None) => return TextView::None,
            (Some((text, name)), None) => (name, unified::alone(RowKind::Removed, &text, ALONE)),
            (None, Some((text, name))) => (name, unified::alone(RowKind::Added, &text, ALONE)),
            (Some((old, _)), Some((new, _))) if old == new => return TextView::Same,
            (Some((old, was)), Some((new, is))) => {
                let name = if was == is { is } else { format!("{was} → {is}") };
                (name, unified::rows(&old, &new, context, CODE))
            }
        };
        let shown = ShownWith { number: self.count, subject: subject.to_owned(), rows: rows.len() };
        self.shown.insert(key, shown);
        TextView::Rows { name, rows }
    }
}

/// Returns the pointer to use on the side that lacks a node: the array's for an element, since its index may belong to
/// another element there.
fn without_node(pointer: &Pointer) -> Pointer {
    let is_element = pointer.last().is_some_and(|token| token.bytes().all(|byte| byte.is_ascii_digit()));
    pointer.parent().filter(|_| is_element).unwrap_or_else(|| pointer.clone())
}

impl ChangeView<'_> {
    pub(super) fn effect(&self) -> Effect {
        self.change.kind.effect()
    }
}
