//! What was told of changes, item by item, against what the compiler says of the code that uses the item.

use std::collections::BTreeSet;

use codegen::diff::{Change, Effect, Item, Kind};

use super::user::Piece;

/// A piece of code, and what rustc says where it refuses it.
pub(super) type Judged<'a> = (&'a Piece, &'a [String]);

/// Changes that are seen wherever the type is named.
const OF_NAMES: [Kind; 4] = [Kind::TypeRemoved, Kind::TypeRenamed, Kind::TypeKindChanged, Kind::AliasRetyped];

/// Where the compiler says something else than the changes do.
///
/// What is told of an item must be seen in the code that uses it. What is seen there must be told of the item, or of
/// a type that the code names: consequences are not told again.
pub(super) fn disagreement(name: &str, changes: &[Change], judged: &[Judged<'_>]) -> Option<String> {
    // All features are on here.
    let is_seen = |change: &&Change| change.kind != Kind::TypeWithoutFeature;
    let refused = changes.iter().filter(|change| change.kind.effect() == Effect::Refused).filter(is_seen);
    let refused: Vec<_> = refused.collect();
    let other: BTreeSet<&str> = refused
        .iter()
        .filter(|change| OF_NAMES.contains(&change.kind))
        .filter_map(|change| match change.old_item.as_ref()? {
            Item::Type(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let mut wrong = String::new();
    for change in &refused {
        let seen = judged.iter().any(|(piece, messages)| is_of(change, piece) && !messages.is_empty());
        if !seen {
            wrong.push_str(&format!("  compiles, but {:?}: {change}\n", change.kind));
        }
    }
    for (piece, messages) in judged {
        let told = refused.iter().any(|change| is_of(change, piece));
        let follows = piece.names.iter().any(|name| other.contains(name.as_str()));
        if !messages.is_empty() && !told && !follows {
            wrong.push_str(&format!("  nothing is told of {:?}: {}", piece.item, messages[0]));
        }
    }
    let all: String = changes.iter().map(|change| format!("    {:?}: {change}\n", change.kind)).collect();
    (!wrong.is_empty()).then(|| format!("{name}\n{wrong}  all changes:\n{all}"))
}

/// Whether a change is one of what a piece of code uses.
fn is_of(change: &Change, piece: &Piece) -> bool {
    match &change.old_item {
        Some(Item::Module(name)) => piece.module.as_ref() == Some(name),
        Some(item) => *item == piece.item,
        None => false,
    }
}
