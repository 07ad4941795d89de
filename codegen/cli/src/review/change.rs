//! What is shown of one change.

use std::collections::BTreeMap;

use codegen::Pointer;
use codegen::diff::{Change, Effect, Item, Site};

use super::columns::Columns;
use super::side::Side;
use super::unified::{self, Context, Fate, Row};
use super::wire;

/// Lines of a node on each side.
const NODE: usize = 40;
/// Lines of all actions that made a node, on each side.
const ACTIONS: usize = 60;
/// Lines of code that differ.
const CODE: usize = 120;
/// Lines of code, or of a node, that only one side has.
const ALONE: usize = 32;
/// Unchanged lines of code around changed ones.
const CONTEXT: usize = 3;
/// Differences up to so many lines are shown with each change of an item, longer ones with the first.
const REPEATED: usize = 24;
/// Of so many breaking changes, each is open from the beginning.
const OPEN: usize = 20;

/// One change, ready to be shown.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) number: usize,
    pub(super) change: &'a Change,
    pub(super) open: bool,
    pub(super) old: Option<&'a Site>,
    pub(super) new: Option<&'a Site>,
    pub(super) node: Option<Columns>,
    pub(super) actions: Option<Columns>,
    pub(super) code: Text,
    pub(super) wire: Text,
}

/// A text that both sides have, or one of them.
#[derive(Debug)]
pub(super) enum Text {
    /// There is none.
    None,
    /// It is the same on both sides.
    Same,
    /// What differs, and what it is called.
    Rows {
        /// The file, or files.
        name: String,
        rows: Vec<Row>,
    },
    /// It is shown with another change of the same item.
    At(Shown),
}

/// Where a text is shown.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// The number of the change.
    pub(super) number: usize,
    pub(super) subject: String,
    rows: usize,
}

/// A text, and what it is called.
type Named = (String, String);

/// Makes views, and knows what has been shown.
pub(super) struct Viewer<'a> {
    old: Side<'a>,
    new: Side<'a>,
    shown: BTreeMap<(&'static str, String), Shown>,
    count: usize,
}

impl<'a> Viewer<'a> {
    pub(super) fn new(old: Side<'a>, new: Side<'a>) -> Self {
        Self { old, new, shown: BTreeMap::new(), count: 0 }
    }

    pub(super) fn view<'c>(&mut self, change: &'c Change) -> View<'c> {
        self.count += 1;
        let items = (change.old_item.as_ref(), change.new_item.as_ref());
        let code = self.code(&change.subject, items);
        let wire = self.wire(&change.subject, items);
        View {
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
        let lines = |side: &Side<'_>, site: &Option<Site>| {
            site.as_ref().map(|site| side.node(&site.pointer)).unwrap_or_default()
        };
        let most = if change.old.is_some() && change.new.is_some() { NODE } else { ALONE };
        Columns::new(&lines(&self.old, &change.old), &lines(&self.new, &change.new), most)
    }

    /// An action that took a node away is found by where the node was.
    fn actions(&self, change: &Change) -> Option<Columns> {
        let here = |site: &Option<Site>| site.as_ref().map(|site| site.pointer.clone());
        let gone = |site: &Option<Site>| site.as_ref().map(|site| place_of(&site.pointer));
        let old = here(&change.old).or_else(|| gone(&change.new))?;
        let new = here(&change.new).or_else(|| gone(&change.old))?;
        Columns::of_parts(&self.old.actions(&old), &self.new.actions(&new), ACTIONS)
    }

    fn code(&mut self, subject: &str, (old, new): (Option<&Item>, Option<&Item>)) -> Text {
        let (before, after) = (self.old.code(old), self.new.code(new));
        self.text("code", subject, (old, new), (before, after), Context { lines: CONTEXT, head: false })
    }

    fn wire(&mut self, subject: &str, (old, new): (Option<&Item>, Option<&Item>)) -> Text {
        let request = |side: &Side<'_>, item| {
            side.operation(item).map(|operation| (wire::request(side, operation), String::new()))
        };
        let (before, after) = (request(&self.old, old), request(&self.new, new));
        // A short request is shown as a whole, and of any other where it goes.
        let is_short =
            |text: &Option<Named>| text.as_ref().is_none_or(|(text, _)| text.lines().count() <= ALONE);
        let lines = if is_short(&before) && is_short(&after) { ALONE } else { CONTEXT };
        self.text("wire", subject, (old, new), (before, after), Context { lines, head: true })
    }

    fn text(
        &mut self,
        what: &'static str,
        subject: &str,
        items: (Option<&Item>, Option<&Item>),
        texts: (Option<Named>, Option<Named>),
        context: Context,
    ) -> Text {
        let key = (what, format!("{items:?}"));
        if let Some(shown) = self.shown.get(&key).filter(|shown| shown.rows > REPEATED) {
            return Text::At(shown.clone());
        }
        let (name, rows) = match texts {
            (None, None) => return Text::None,
            (Some((text, name)), None) => (name, unified::alone(Fate::Gone, &text, ALONE)),
            (None, Some((text, name))) => (name, unified::alone(Fate::Come, &text, ALONE)),
            (Some((old, _)), Some((new, _))) if old == new => return Text::Same,
            (Some((old, was)), Some((new, is))) => {
                let name = if was == is { is } else { format!("{was} → {is}") };
                (name, unified::rows(&old, &new, context, CODE))
            }
        };
        let shown = Shown { number: self.count, subject: subject.to_owned(), rows: rows.len() };
        self.shown.insert(key, shown);
        Text::Rows { name, rows }
    }
}

/// Where a node is missed: in the list, if it was an element, as others have its position now.
fn place_of(pointer: &Pointer) -> Pointer {
    let is_element = pointer.last().is_some_and(|token| token.bytes().all(|byte| byte.is_ascii_digit()));
    pointer.parent().filter(|_| is_element).unwrap_or_else(|| pointer.clone())
}

impl View<'_> {
    pub(super) fn effect(&self) -> Effect {
        self.change.kind.effect()
    }
}
