//! Regular expressions of ECMAScript.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use regress::Regex;

/// The expressions that were compiled so far; `None` for those that aren't valid.
type Compiled = Mutex<HashMap<String, Option<Arc<Regex>>>>;

/// Returns whether a text matches a pattern. An invalid pattern matches each text.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    compiled(pattern).is_none_or(|regex| regex.find(text).is_some())
}

fn compiled(pattern: &str) -> Option<Arc<Regex>> {
    static COMPILED: OnceLock<Compiled> = OnceLock::new();
    let mut all = COMPILED.get_or_init(Compiled::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = all.get(pattern) {
        return known.clone();
    }
    // JSON Schema recommends the flag, but common patterns have escapes that are an error with it: `[\w\-]`.
    let new = Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)).ok().map(Arc::new);
    all.insert(pattern.to_owned(), new.clone());
    new
}
