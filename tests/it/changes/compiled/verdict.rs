//! Compares the reported changes of each item with the compiler's errors in the code that uses the item.

use std::collections::BTreeSet;

use codegen::diff::{Change, ChangeKind, Effect, Item};

use super::user::Piece;

/// A piece of code and the errors of rustc, if it rejects the piece.
pub(super) type CompiledPiece<'a> = (&'a Piece, &'a [String]);

/// Changes that break all code that names the type.
const OF_NAMES: [ChangeKind; 4] =
    [ChangeKind::TypeRemoved, ChangeKind::TypeRenamed, ChangeKind::TypeKindChanged, ChangeKind::AliasRetyped];

/// Describes how the compiler and the reported changes disagree.
///
/// A breaking change of an item must break the code that uses it. An error in that code needs a breaking change of the
/// item or of a type that the code names: a consequence is not reported again.
pub(super) fn disagreement(name: &str, changes: &[Change], pieces: &[CompiledPiece<'_>]) -> Option<String> {
    // All features are enabled here.
    let is_visible = |change: &&Change| change.kind != ChangeKind::TypeWithoutFeature;
    let breaking =
        changes.iter().filter(|change| change.kind.effect() == Effect::CompileError).filter(is_visible);
    let breaking: Vec<_> = breaking.collect();
    let changed_types: BTreeSet<&str> = breaking
        .iter()
        .filter(|change| OF_NAMES.contains(&change.kind))
        .filter_map(|change| match change.old_item.as_ref()? {
            Item::Type(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let mut wrong = String::new();
    for change in &breaking {
        let is_broken = pieces.iter().any(|(piece, messages)| is_of(change, piece) && !messages.is_empty());
        if !is_broken {
            wrong.push_str(&format!("  compiles, but {:?}: {change}\n", change.kind));
        }
    }
    for (piece, messages) in pieces {
        let is_reported = breaking.iter().any(|change| is_of(change, piece));
        let follows = piece.names.iter().any(|name| changed_types.contains(name.as_str()));
        if !messages.is_empty() && !is_reported && !follows {
            wrong
                .push_str(&format!("  no breaking change is reported for {:?}: {}", piece.item, messages[0]));
        }
    }
    let all: String = changes.iter().map(|change| format!("    {:?}: {change}\n", change.kind)).collect();
    (!wrong.is_empty()).then(|| format!("{name}\n{wrong}  all changes:\n{all}"))
}

/// Returns whether a change affects the item that a piece of code uses.
fn is_of(change: &Change, piece: &Piece) -> bool {
    match &change.old_item {
        Some(Item::Module(name)) => piece.module.as_ref() == Some(name),
        Some(item) => *item == piece.item,
        None => false,
    }
}
