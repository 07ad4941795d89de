//! The kinds of documents.

use super::{nested, operations, schemas, unions};

/// A kind of documents, which have any number of one part.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The name of the parts.
    pub name: &'static str,
    /// The function that returns the document with a number of parts, from a seed.
    document: fn(usize, u64) -> String,
}

impl Kind {
    const fn new(name: &'static str, document: fn(usize, u64) -> String) -> Self {
        Self { name, document }
    }

    /// Returns the document with a number of parts, in YAML.
    #[must_use]
    pub fn document(&self, parts: usize, seed: u64) -> String {
        (self.document)(parts, seed)
    }
}

/// All kinds. Apart from the first one, each measures one part alone.
pub const KINDS: [Kind; 10] = [
    Kind::new("operations with two models each", operations::with_models),
    Kind::new("operations", operations::alone),
    Kind::new("models of ten fields", schemas::models),
    Kind::new("enums", schemas::enums),
    Kind::new("inline enums", schemas::inline_enums),
    Kind::new("inline enums of eight lists", schemas::equal_enums),
    Kind::new("unions with a discriminator", unions::tagged),
    Kind::new("unions", unions::untagged),
    Kind::new("models nested 5 deep", nested::five_deep),
    Kind::new("models nested 20 deep", nested::twenty_deep),
];

#[cfg(test)]
mod tests {
    use codegen::ir::{Api, TypeKind};
    use codegen::{Source, generate};

    use super::KINDS;

    /// Returns the numbers of operations, models, enums and unions in a document.
    fn counts(name: &str, parts: usize) -> [usize; 4] {
        let kind = KINDS.iter().find(|kind| kind.name == name).unwrap();
        let source = Source::new("synthetic.yaml", kind.document(parts, 1).into_bytes());
        let output = generate(&source, &[]).unwrap_or_else(|report| panic!("{name}: {report}"));
        assert_eq!(output.warnings.len(), 0, "{name}: {:?}", output.warnings);
        assert_eq!(output.api.skipped.len(), 0, "{name}: {:?}", output.api.skipped);
        let count = |is: fn(&TypeKind) -> bool| {
            let Api { types, .. } = &output.api;
            types.iter().filter(|def| is(&def.kind)).count()
        };
        [
            output.api.operations().count(),
            count(|kind| matches!(kind, TypeKind::Model(_))),
            count(|kind| matches!(kind, TypeKind::OpenEnum { .. })),
            count(|kind| matches!(kind, TypeKind::Union { .. })),
        ]
    }

    #[test]
    fn the_seed_decides_everything() {
        for kind in KINDS {
            assert_eq!(kind.document(20, 7), kind.document(20, 7));
            assert_ne!(kind.document(20, 7), kind.document(20, 8), "{}", kind.name);
        }
    }

    #[test]
    fn a_document_has_as_many_parts_as_its_size_and_no_problems() {
        for kind in KINDS {
            let name = kind.name;
            let [empty, some] = [0, 60].map(|parts| counts(name, parts));
            let more: Vec<_> = some.iter().zip(empty).map(|(some, empty)| some - empty).collect();
            let is_expected = match name {
                "operations with two models each" => more[0] == 60 && more[1] >= 120,
                // All operations have a parameter with the same values.
                "operations" => more == [60, 0, 1, 0],
                "enums" => more == [0, 0, 60, 0],
                "inline enums" => more == [0, 6, 60, 0],
                "inline enums of eight lists" => more == [0, 6, 8, 0],
                _ if name.starts_with("unions") => more == [0, 0, 0, 60],
                _ => more == [0, 60, 0, 0],
            };
            assert!(is_expected, "{name}: {more:?}");
        }
    }
}
