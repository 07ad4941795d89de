//! Paths of types in Rust, as users write them.

use syn::{GenericArgument, PathArguments, Type, TypePath};

/// The types that are in scope everywhere.
const IN_SCOPE: [&str; 20] = [
    "Box", "Option", "String", "Vec", "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8",
    "isize", "u128", "u16", "u32", "u64", "u8", "usize",
];

/// The path of a type that is valid in each file of a generated crate: it begins with `::`, `crate::`, or a name that is
/// in scope everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RustPath(String);

impl RustPath {
    /// Parses a path. An error is what is wrong, and how to fix it.
    pub(crate) fn parse(text: &str) -> Result<Self, (String, &'static str)> {
        let parsed = syn::parse_str::<Type>(text).ok().as_ref().and_then(path);
        let Some(path) = parsed else {
            return Err((
                format!("{text:?} is not the path of a type in Rust"),
                "write such a path: \"uuid::Uuid\", \"crate::Money\"",
            ));
        };
        let first = path.trim_start_matches("::").split([':', '<']).next().unwrap_or_default();
        match first {
            "self" | "super" | "Self" => {
                Err((format!("{text:?} depends on the file that it is in"), "begin it with `crate::`"))
            }
            "crate" => Ok(Self(path)),
            _ if path.starts_with("::") => Ok(Self(path)),
            _ if path.split('<').next().is_some_and(|path| path.contains("::")) => {
                Ok(Self(format!("::{path}")))
            }
            _ if IN_SCOPE.contains(&first) => Ok(Self(path)),
            _ => Err((
                format!("the type {text:?} is not in scope in the generated files"),
                "write its path: \"crate::Money\", \"uuid::Uuid\"",
            )),
        }
    }

    /// Returns the path.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns a path as Rust spells it; `None` if it is another kind of type.
fn path(ty: &Type) -> Option<String> {
    let Type::Path(TypePath { qself: None, path, .. }) = ty else { return None };
    let mut text = String::new();
    for (index, segment) in path.segments.iter().enumerate() {
        if index > 0 || path.leading_colon.is_some() {
            text.push_str("::");
        }
        text.push_str(&segment.ident.to_string());
        match &segment.arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(arguments) => {
                let types = arguments.args.iter().map(|argument| match argument {
                    GenericArgument::Type(ty) => self::path(ty),
                    _ => None,
                });
                let types: Option<Vec<String>> = types.collect();
                text.push_str(&format!("<{}>", types?.join(", ")));
            }
            PathArguments::Parenthesized(_) => return None,
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::RustPath;

    #[test]
    fn paths_are_spelled_so_that_each_file_can_use_them() {
        for (text, path) in [
            ("uuid::Uuid", "::uuid::Uuid"),
            (":: uuid :: Uuid", "::uuid::Uuid"),
            ("crate::Money", "crate::Money"),
            ("i64", "i64"),
            ("Vec<u8>", "Vec<u8>"),
            ("jiff::fmt::A<u8,crate::B>", "::jiff::fmt::A<u8, crate::B>"),
        ] {
            assert_eq!(RustPath::parse(text).unwrap().as_str(), path);
        }
    }

    #[test]
    fn other_types_and_code_are_rejected() {
        for text in [
            "",
            "Money",
            "self::Money",
            "super::Money",
            "&str",
            "[u8; 4]",
            "(u8, u8)",
            "dyn Fn()",
            "a::B; fn f() {}",
            "<A as B>::C",
            "fn() -> u8",
            "a::B<'static>",
            "a::B<{ 1 }>",
            "a::B\"",
        ] {
            assert!(RustPath::parse(text).is_err(), "{text}");
        }
    }
}
