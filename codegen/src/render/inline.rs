//! Joins all files into one, for a crate that includes it as a module. Each file becomes an inline module.

use std::fmt::Write as _;

use super::format::MARK;
use crate::base::generated::{GeneratedFile, GeneratedFiles};

/// The name of the file.
const PATH: &str = "client.rs";

/// Joins the files into one.
pub(super) fn inlined(files: &GeneratedFiles) -> GeneratedFiles {
    let mut text = format!("{MARK}\n");
    for (keyword, folder) in [("mod", "api"), ("pub mod", "endpoints"), ("pub mod", "models")] {
        let _ = writeln!(text, "{keyword} {folder} {{\n{}}}\n", module(files, folder));
    }
    text.push_str("pub use api::*;\n#[allow(unused_imports, unreachable_pub)]\npub use endpoints::*;\n");
    vec![GeneratedFile { path: PATH.to_owned(), text }]
}

/// Returns the content of a folder's module, with the files that it declares.
fn module(files: &GeneratedFiles, folder: &str) -> String {
    let mut text = String::new();
    for line in body(files, &format!("{folder}/mod.rs")).lines() {
        match declared(line) {
            Some((head, name)) => {
                let file = name.strip_prefix("r#").unwrap_or(name);
                let _ = writeln!(text, "{head} {{\n{}}}", body(files, &format!("{folder}/{file}.rs")));
            }
            None => text.extend([line, "\n"]),
        }
    }
    text
}

/// Splits the declaration of a module with its own file: the line without `;`, and the module's name.
fn declared(line: &str) -> Option<(&str, &str)> {
    let head = line.strip_suffix(';')?;
    let name = head.strip_prefix("pub mod ").or_else(|| head.strip_prefix("mod "))?;
    Some((head, name))
}

/// Returns the text of a file without its first line.
fn body<'f>(files: &'f GeneratedFiles, path: &str) -> &'f str {
    let file = files.iter().find(|file| file.path == path);
    file.map_or("", |file| file.text.strip_prefix(MARK).unwrap_or(&file.text))
}

#[cfg(test)]
mod tests {
    use super::{GeneratedFile, MARK, inlined};

    #[test]
    fn files_become_modules() {
        let file =
            |path: &str, text: &str| GeneratedFile { path: path.to_owned(), text: format!("{MARK}{text}") };
        let files = vec![
            file("api/mod.rs", "\n//! Api.\n\npub mod access;\n"),
            file("api/access.rs", "const A: u8 = 1;\n"),
            file("endpoints/mod.rs", "\n//! None.\n"),
            file("models/mod.rs", "mod r#type;\npub use self::r#type::Type;\n"),
            file("models/type.rs", "pub struct Type;\n"),
        ];
        let expected = "\n\
            mod api {\n\n//! Api.\n\npub mod access {\nconst A: u8 = 1;\n}\n}\n\n\
            pub mod endpoints {\n\n//! None.\n}\n\n\
            pub mod models {\nmod r#type {\npub struct Type;\n}\npub use self::r#type::Type;\n}\n\n\
            pub use api::*;\n#[allow(unused_imports, unreachable_pub)]\npub use endpoints::*;\n";
        let [one] = &inlined(&files)[..] else { panic!("one file") };
        assert_eq!(one.text, format!("{MARK}{expected}"));
    }
}
