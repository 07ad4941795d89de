//! Each file that a command writes is created as a whole, and never through a link.

use std::fs;

use super::sandbox::{API, Sandbox, runtime};

/// The content of a file of somebody else.
const THEIRS: &str = "theirs";

#[cfg(unix)]
#[test]
fn no_file_is_written_through_a_link() {
    for (arguments, output) in [
        (["generate", "--json", "report.json"].as_slice(), "report.json"),
        (&["slice", "api.yaml", "--out", "part.yaml"], "part.yaml"),
        (&["man", "man"], "man/clientwright.1"),
        (&["review", "api.yaml", "api.yaml", "--out", "review.html"], "review.html"),
    ] {
        let sandbox = Sandbox::with_api();
        sandbox.write("theirs", THEIRS);
        fs::create_dir(sandbox.path("man")).unwrap();
        for link in [output.to_owned(), format!("{output}.tmp")] {
            std::os::unix::fs::symlink(sandbox.path("theirs"), sandbox.path(&link)).unwrap();
        }
        sandbox.ok(arguments);
        assert!(fs::symlink_metadata(sandbox.path(output)).unwrap().is_file(), "{arguments:?}");
        assert!(!sandbox.exists(&format!("{output}.tmp")), "{arguments:?}");
        assert_eq!(sandbox.read("theirs"), THEIRS, "{arguments:?}");
        assert_ne!(sandbox.read(output), THEIRS, "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_configuration_is_not_written_through_a_link() {
    let sandbox = Sandbox::new();
    sandbox.write("api.yaml", API);
    std::os::unix::fs::symlink(sandbox.path("theirs"), sandbox.path("clientwright.toml")).unwrap();
    sandbox.ok(&["init", "api.yaml", "--runtime", &runtime()]);
    assert!(!sandbox.exists("theirs"));
    assert!(fs::symlink_metadata(sandbox.path("clientwright.toml")).unwrap().is_file());
}

#[cfg(unix)]
#[test]
fn a_named_pipe_in_the_way_of_a_file_is_reported() {
    let sandbox = Sandbox::with_api();
    sandbox.ok(&["generate"]);
    for file in [
        "Cargo.toml",
        "README.md",
        "src/lib.rs",
        "src/models/mod.rs",
        "src/models/pet.rs",
        "src/models/old.rs",
        "src/models/extra.rs",
    ] {
        let path = sandbox.path(file);
        let before = fs::read(&path).ok();
        let _ = fs::remove_file(&path);
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        let run = sandbox.run(&["generate"]);
        let is_reported =
            run.stderr.contains(file) && run.stderr.contains("it is a pipe or a device, not a file");
        assert!(run.code == Some(1) && is_reported, "{file}: {}", run.stderr);
        fs::remove_file(&path).unwrap();
        if let Some(before) = before {
            fs::write(path, before).unwrap();
        }
    }
    sandbox.ok(&["generate"]);
}

#[test]
fn a_folder_in_the_way_of_an_output_is_reported_and_nothing_is_left() {
    let sandbox = Sandbox::with_api();
    for (arguments, output) in [
        (["slice", "api.yaml", "--out", "output"], "output"),
        (["check", "api.yaml", "--json", "output"], "output"),
    ] {
        fs::create_dir_all(sandbox.path(output)).unwrap();
        let error = sandbox.fails(&arguments);
        assert!(error.starts_with("error: can't write output: "), "{error}");
    }
}

/// What isn't a file is written to, not replaced.
#[cfg(target_os = "linux")]
#[test]
fn a_report_can_be_written_to_standard_output() {
    let sandbox = Sandbox::with_api();
    let report = sandbox.ok(&["generate", "--json", "/dev/stdout"]);
    assert!(report.contains("\"operations\": 2"), "{report}");
}
