//! The generator's library does no I/O: it names nothing of the standard library that reads, writes, connects, starts or
//! prints. Its docs and its tests may.

use std::fs;
use std::path::Path;

use crate::project;

/// What the library doesn't name.
const NAMES: [&str; 7] =
    ["std::fs", "std::net", "std::process", "std::env", "std::io", "File::open", "stdin()"];
/// What no line of it begins with; emitted code may.
const MACROS: [&str; 4] = ["println!", "eprintln!", "print!", "dbg!"];

/// The lines of a source that name one of these, before its tests begin.
fn impure(text: &str) -> Vec<(usize, &str)> {
    let code = (1..).zip(text.lines()).take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
    let code = code.filter(|(_, line)| !line.trim_start().starts_with("//"));
    let names = |line: &str| NAMES.iter().any(|name| line.contains(name));
    let prints = |line: &str| MACROS.iter().any(|name| line.trim_start().starts_with(name));
    code.filter(|(_, line)| names(line) || prints(line)).collect()
}

fn check(folder: &Path, problems: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            check(&path, problems);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            problems.extend(
                impure(&text).iter().map(|(number, line)| format!("{}:{number}: {line}", path.display())),
            );
        }
    }
}

#[test]
fn the_library_does_no_io() {
    let mut problems = Vec::new();
    check(&project::root().join("codegen/src"), &mut problems);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn io_is_found() {
    let text = "use std::fs;\n/// std::fs\nlet a = 1;\n    println!(\"a\");\n#[cfg(test)]\nmod tests { use std::fs; }\n";
    assert_eq!(impure(text), [(1, "use std::fs;"), (4, "    println!(\"a\");")]);
}
