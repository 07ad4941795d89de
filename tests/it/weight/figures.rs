//! Figures by name, and the files that they are compared with.

use std::collections::BTreeMap;

use crate::project;

pub(super) const TOLERANCE: f64 = 0.1;
const UPDATE: &str = "UPDATE_WEIGHT";

pub(super) type Figures = BTreeMap<String, f64>;

pub(super) fn figure(name: &str, value: f64) -> (String, f64) {
    (name.to_owned(), (value * 1000.0).round() / 1000.0)
}

/// Compares figures with those of the file.
pub(super) fn compare(group: &str, figures: &Figures) {
    compare_within(group, figures, |_| TOLERANCE);
}

/// Compares figures with those of the file, each with its tolerance.
pub(super) fn compare_within(group: &str, figures: &Figures, tolerance: impl Fn(&str) -> f64) {
    let path = project::root().join("tests/it").join(format!("weight/{group}.json"));
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(&figures).unwrap() + "\n").unwrap();
        return;
    }
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let known: Figures = serde_json::from_str(&text).unwrap();
    assert!(
        known.keys().eq(figures.keys()),
        "the names of the figures differ from those in {}: set {UPDATE}=1 to update the file",
        path.display()
    );
    let off: Vec<_> = figures
        .iter()
        .filter_map(|(name, value)| {
            let known = known[name];
            // A relative tolerance is too strict for figures near zero.
            let is_near = (value - known).abs() <= (known.abs() * tolerance(name)).max(0.01);
            (!is_near).then(|| format!("{name}: {value}, expected {known}"))
        })
        .collect();
    assert!(
        off.is_empty(),
        "{}\nIf the change is intended, {UPDATE}=1 updates the figures in tests/it/weight",
        off.join("\n")
    );
}

pub(super) fn count(items: impl Iterator) -> f64 {
    items.fold(0.0, |count, _| count + 1.0)
}
