//! Names of component schemas, without namespaces and shared prefixes.

use std::collections::{BTreeMap, HashMap};

use super::generic::Spelled;
use super::words::{is_verb, is_version, throughout};
use crate::base::name::RustName;

/// The minimum number of schemas for a shared prefix or root.
const MIN_SHARED: usize = 5;

/// Roots of namespaces of standard libraries.
const STANDARD: [&str; 3] = ["System", "Microsoft", "java"];

/// The number of segments with which a key is surely a type in namespaces: `User.Read` may be a name.
const QUALIFIED: usize = 3;

/// The maximum number of parts of a shared prefix: `api_v1_` has two.
const MAX_PARTS: usize = 4;

/// Candidates for the name of each schema, the shortest first, its key last.
pub(super) struct Schemas<'a> {
    keys: Vec<&'a str>,
    candidates: Vec<Vec<String>>,
}

impl<'a> Schemas<'a> {
    /// `bodies` are body schemas that a framework names after the operation, with their new names.
    pub(super) fn new(keys: &[&'a str], bodies: &HashMap<String, String>) -> Self {
        let prefix = shared_prefix(keys);
        let spelled: Vec<Spelled> = keys.iter().map(|key| Spelled::parse(key)).collect();
        let namespace = shared_namespace(&spelled, keys.len());
        let candidates = keys.iter().zip(&spelled).map(|(key, spelled)| {
            if let Some(body) = bodies.get(*key) {
                return vec![body.clone(), (*key).to_owned()];
            }
            let mut candidates = Vec::new();
            if is_qualified(spelled, namespace) {
                let depths = 0..spelled.segments.len();
                candidates.extend(depths.map(|count| spelled.with_namespaces(count)));
            } else {
                let rest = prefix
                    .as_ref()
                    .and_then(|prefix| key.get(prefix.len()..).filter(|_| key.starts_with(prefix)));
                candidates.extend(rest.filter(|rest| is_name(rest)).map(str::to_owned));
            }
            candidates.push((*key).to_owned());
            candidates
        });
        Self { keys: keys.to_vec(), candidates: candidates.collect() }
    }

    /// Returns the shortest unique name of each schema, if it differs from the key. `reserved` are names that types can't
    /// have.
    pub(super) fn chosen(self, fixed: &BTreeMap<&str, &str>, reserved: &[&str]) -> BTreeMap<&'a str, String> {
        let Self { keys, candidates } = self;
        let mut levels = vec![0; keys.len()];
        let is_fixed = |index: usize| fixed.get(keys[index]).copied();
        loop {
            let mut users: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, level) in levels.iter().enumerate() {
                let name = is_fixed(index).unwrap_or(&candidates[index][*level]);
                users.entry(RustName::upper_camel(name).plain().to_owned()).or_default().push(index);
            }
            let crowded = users.into_iter();
            let crowded =
                crowded.filter(|(name, users)| users.len() > 1 || reserved.contains(&name.as_str()));
            let longer =
                |index: &usize| is_fixed(*index).is_none() && levels[*index] + 1 < candidates[*index].len();
            let raised: Vec<usize> = crowded.flat_map(|(_, users)| users).filter(longer).collect();
            if raised.is_empty() {
                break;
            }
            for index in raised {
                levels[index] += 1;
            }
        }
        let names = keys.iter().zip(candidates).zip(levels).enumerate();
        let names = names.filter(|(index, _)| is_fixed(*index).is_none());
        let names = names.filter_map(|(_, ((key, mut candidates), level))| {
            let name = candidates.swap_remove(level);
            (RustName::upper_camel(&name) != RustName::upper_camel(key)).then_some((*key, name))
        });
        names.collect()
    }
}

/// Whether the segments before the last one are namespaces: all in lower case before a capital, or with the root that
/// nearly all schemas share. `User.Read` is a name with two parts.
fn is_qualified(spelled: &Spelled, root: Option<&str>) -> bool {
    let Some((own, namespaces)) = spelled.segments.split_last() else { return false };
    let is_capital = own.contains(char::is_uppercase);
    let is_lower = |segment: &String| !segment.starts_with(char::is_uppercase) || is_version(segment);
    if namespaces.is_empty() {
        return !spelled.arguments.is_empty();
    }
    let first = spelled.segments.first().map_or("", String::as_str);
    let is_standard = STANDARD.contains(&first) && (root.is_some() || spelled.segments.len() >= QUALIFIED);
    let has_root = || root == Some(first) || is_standard;
    is_capital && (namespaces.iter().all(is_lower) || has_root() || !spelled.arguments.is_empty())
}

/// The root namespace of nearly all schemas.
fn shared_namespace(spelled: &[Spelled], of: usize) -> Option<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for spelled in spelled.iter().filter(|spelled| spelled.segments.len() > 1) {
        *counts.entry(&spelled.segments[0]).or_default() += 1;
    }
    let (namespace, count) = counts.iter().max_by_key(|(_, count)| **count)?;
    // Types of a standard library don't count.
    let others = STANDARD.iter().filter(|root| *root != namespace);
    let standard: usize = others.filter_map(|root| counts.get(root)).sum();
    let is_nested = spelled.iter().all(|spelled| spelled.segments.len() >= QUALIFIED);
    ((of >= MIN_SHARED || is_nested) && throughout(count + standard, of)).then_some(*namespace)
}

/// The prefix, with its separator, of nearly all keys.
fn shared_prefix(keys: &[&str]) -> Option<String> {
    let mut prefix = String::new();
    for _ in 0..MAX_PARTS {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for key in keys.iter().filter_map(|key| key.strip_prefix(prefix.as_str())) {
            let end = key.find(['_', '-', '.']).map(|at| at + 1).filter(|end| is_name(&key[*end..]));
            if let Some(end) = end {
                *counts.entry(&key[..end]).or_default() += 1;
            }
        }
        let Some((part, count)) = counts.into_iter().max_by_key(|(_, count)| *count) else { break };
        let word = part.trim_end_matches(['_', '-', '.']).to_lowercase();
        if keys.len() < MIN_SHARED || !throughout(count, keys.len()) || word.is_empty() || is_verb(&word) {
            break;
        }
        prefix.push_str(part);
    }
    (!prefix.is_empty()).then_some(prefix)
}

/// Whether the rest of a key is usable as a name.
fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use super::Schemas;
    use crate::base::name::RustName;

    fn names(keys: &[&str]) -> Vec<String> {
        let chosen = Schemas::new(keys, &HashMap::new()).chosen(&BTreeMap::new(), &["Option"]);
        let name =
            |key: &&str| RustName::upper_camel(chosen.get(key).map_or(key, String::as_str)).to_string();
        keys.iter().map(name).collect()
    }

    #[test]
    fn namespaces_are_taken_off_where_the_rest_is_unique() {
        assert_eq!(names(&["lib.Book", "lib.loans.v1.Loan"]), ["Book", "Loan"]);
        assert_eq!(
            names(&["a.core.v1.Event", "a.events.v1.Event", "a.core.v1.Pod"]),
            ["CoreV1Event", "EventsV1Event", "Pod"]
        );
        assert_eq!(names(&["Book", "lib.Book"]), ["Book", "LibBook"]);
        assert_eq!(names(&["lib.Option"]), ["LibOption"]);
    }

    #[test]
    fn namespaces_in_capitals_need_a_root_of_all() {
        let keys = ["Lib.Models.Book", "Lib.Models.Loan", "Lib.Dto.Shelf", "Lib.Dto.Page", "System.Kind"];
        assert_eq!(names(&keys), ["Book", "Loan", "Shelf", "Page", "Kind"]);
        assert_eq!(names(&["Lib.Models.Book", "Lib.Dto.Loan"]), ["Book", "Loan"]);
        assert_eq!(names(&["Microsoft.AspNetCore.Mvc.Problem", "Book"]), ["Problem", "Book"]);
        assert_eq!(names(&["User.Read", "User.Write", "Book.Read"]), ["UserRead", "UserWrite", "BookRead"]);
    }

    #[test]
    fn generic_types_are_called_after_their_parts() {
        assert_eq!(
            names(&[
                "lib.Page<lib.Book>",
                "Page«Loan»",
                "Page_Shelf_",
                "Lib.List`1[[Lib.Book, Lib, Version=1.0]]"
            ]),
            ["PageBook", "PageLoan", "PageShelf", "ListBook"]
        );
        assert_eq!(names(&["Book-Input", "app__models__Book-Output"]), ["BookInput", "BookOutput"]);
    }

    #[test]
    fn a_prefix_of_nearly_all_keys_is_taken_off() {
        assert_eq!(
            names(&["api_Book", "api_Loan", "api_Shelf", "api_Page", "api_Person"]),
            ["Book", "Loan", "Shelf", "Page", "Person"]
        );
        assert_eq!(
            names(&["v1.api.book", "v1.api.loan", "v1.api.shelf", "v1.api.page", "v1.api.man"])[..2],
            ["Book", "Loan"]
        );
        assert_eq!(names(&["api_Book", "api_Loan"]), ["ApiBook", "ApiLoan"]);
        let verbs = ["Get_Book", "Get_Loan", "Get_Shelf", "Get_Page", "Get_Person"];
        assert_eq!(names(&verbs)[0], "GetBook");
        let digits = ["V_1a", "V_2b", "V_3c", "V_4d", "V_5e"];
        assert_eq!(names(&digits)[0], "V1a");
    }

    #[test]
    fn a_name_given_by_hand_is_taken() {
        let fixed = BTreeMap::from([("Own", "Book")]);
        let chosen = Schemas::new(&["Own", "lib.Book"], &HashMap::new()).chosen(&fixed, &[]);
        assert!(chosen.is_empty(), "{chosen:?}");
    }
}
