//! Patterns in the document's names that were removed.

use std::fmt;

/// A pattern that was removed from names of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePattern {
    /// The kind of pattern.
    pub kind: NamePatternKind,
    /// The number of names with the pattern.
    pub count: usize,
}

/// Kinds of patterns in names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NamePatternKind {
    /// Ids that end with the path and the method: `read_pet_pets__id__get`.
    PathAndMethod,
    /// Ids that consist of method and path: `getApiV1Pets`.
    OnlyMethodAndPath,
    /// Ids that end with the method: `PetsGet`, `petsUsingGET`.
    Method,
    /// Ids with a prefix or suffix that nearly all ids have: `api_v1_pets_list`.
    Shared,
    /// Ids that begin with the tag or the controller: `PetsController_find`.
    Tag,
    /// Ids with a number that is redundant within their module: `list_1`.
    Number,
    /// Schemas with a namespace or a prefix before the name: `com.example.Pet`.
    Namespace,
    /// Body schemas that are named after their operation.
    Body,
    /// Tags that end with a suffix such as `Controller`: `pet-controller`.
    Role,
    /// Operations without a tag, whose module is named after the path.
    Module,
}

impl NamePatternKind {
    /// Returns the name of the kind in JSON output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PathAndMethod => "path-and-method",
            Self::OnlyMethodAndPath => "only-method-and-path",
            Self::Method => "method",
            Self::Shared => "shared",
            Self::Tag => "tag",
            Self::Number => "number",
            Self::Namespace => "namespace",
            Self::Body => "body",
            Self::Role => "role",
            Self::Module => "module",
        }
    }
}

impl fmt::Display for NamePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, count } = self;
        let count =
            |one: &str, many: &str| if *count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
        let ids = || count("operation id", "operation ids");
        let schemas = || count("schema name", "schema names");
        match kind {
            NamePatternKind::PathAndMethod => write!(f, "removed `_<path>_<method>` from {}", ids()),
            NamePatternKind::OnlyMethodAndPath => {
                write!(f, "shortened {} that consist of method and path", ids())
            }
            NamePatternKind::Method => write!(f, "removed the method at the end of {}", ids()),
            NamePatternKind::Shared => write!(f, "removed a common prefix or suffix from {}", ids()),
            NamePatternKind::Tag => write!(f, "removed the tag or controller from {}", ids()),
            NamePatternKind::Number => write!(f, "removed a number from {}", ids()),
            NamePatternKind::Namespace => write!(f, "removed the namespace from {}", schemas()),
            NamePatternKind::Body => {
                let verb = if self.count == 1 { "contains" } else { "contain" };
                write!(f, "shortened {} that {verb} an operation id", schemas())
            }
            NamePatternKind::Role => {
                write!(f, "removed a suffix such as `Controller` from {}", count("tag", "tags"))
            }
            NamePatternKind::Module => {
                write!(f, "chose the module of {} from the path", count("operation", "operations"))
            }
        }
    }
}
