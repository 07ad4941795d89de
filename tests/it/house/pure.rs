//! The generator's library does no I/O: its code names nothing of the standard library that accesses files, the
//! network, processes, the environment or the standard streams. Its docs and tests may.

use std::fs;

use crate::{files, project};

/// Paths that the library doesn't name.
const NAMES: [&str; 7] =
    ["std::fs", "std::net", "std::process", "std::env", "std::io", "File::open", "stdin()"];
/// Macros with which no line of the library begins. Emitted code may call them.
const MACROS: [&str; 4] = ["println!", "eprintln!", "print!", "dbg!"];

/// Returns the lines before the tests of a source that do I/O.
fn impure(text: &str) -> Vec<(usize, &str)> {
    let code = (1..).zip(text.lines()).take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
    let code = code.filter(|(_, line)| !line.trim_start().starts_with("//"));
    let names = |line: &str| NAMES.iter().any(|name| line.contains(name));
    let prints = |line: &str| MACROS.iter().any(|name| line.trim_start().starts_with(name));
    code.filter(|(_, line)| names(line) || prints(line)).collect()
}

#[test]
fn the_library_does_no_io() {
    let mut problems = Vec::new();
    for path in files::rust_sources(&project::root().join("codegen/src")) {
        let text = fs::read_to_string(&path).unwrap();
        let lines = impure(&text).into_iter();
        problems.extend(lines.map(|(number, line)| format!("{}:{number}: {line}", path.display())));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn io_is_detected() {
    let text = "use std::fs;\n/// std::fs\nlet a = 1;\n    println!(\"a\");\n#[cfg(test)]\nmod tests { use std::fs; }\n";
    assert_eq!(impure(text), [(1, "use std::fs;"), (4, "    println!(\"a\");")]);
}
