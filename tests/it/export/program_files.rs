//! The files of the program `export`: which ones it accepts, and who can read them.

use std::path::Path;
use std::process::Command;

use simulator::{Config, Simulator};

use super::programs::{example, export, fail, succeed};

async fn simulator() -> Simulator {
    Simulator::start(Config::default().tickets(50).check_responses(false)).await
}

/// Returns the names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Returns the command with these paths, relative to a folder.
fn export_to(
    program: &Path,
    simulator: &Simulator,
    folder: &Path,
    output: &str,
    checkpoint: &str,
) -> Command {
    let mut command = export(program, simulator, folder, 10);
    command.args(["--output", output, "--checkpoint", checkpoint]).current_dir(folder);
    command
}

#[tokio::test]
async fn an_output_that_is_a_file_of_the_checkpoint_is_rejected() {
    let program = example("export");
    let simulator = simulator().await;
    let folder = tempfile::tempdir().unwrap();
    for (output, checkpoint, role) in [
        ("c", "c", ""),
        ("./c", "c", ""),
        ("c.new", "./c", "the temporary file of "),
        ("../x/c.new", "c", "the temporary file of "),
        ("c.lock", "c", "the lock file of "),
    ] {
        let folder = folder.path().join("x");
        std::fs::create_dir_all(&folder).unwrap();
        let text = fail(&mut export_to(&program, &simulator, &folder, output, checkpoint));
        let expected =
            format!("the output {output} is {role}the checkpoint {checkpoint}: choose another name");
        assert!(text.contains(&expected), "{text}");
        assert_eq!(names(&folder), [""; 0], "{output} {checkpoint}");
    }
    assert!(simulator.requests().is_empty());
    // These differ only in their name.
    for output in ["c.new2", "c.ndjson", "cc"] {
        succeed(&mut export_to(&program, &simulator, folder.path(), output, &format!("c-{output}")));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn an_output_that_leads_to_a_file_of_the_checkpoint_is_rejected() {
    use std::os::unix::fs::symlink;

    let program = example("export");
    let simulator = simulator().await;
    for target in ["c", "c.new", "c.lock"] {
        for (exists, is_link) in [(false, true), (true, true), (true, false)] {
            let folder = tempfile::tempdir().unwrap();
            let target = folder.path().join(target);
            if exists {
                std::fs::write(&target, "").unwrap();
            }
            let output = folder.path().join("o");
            if is_link { symlink(&target, output) } else { std::fs::hard_link(&target, output) }.unwrap();
            let before = names(folder.path());
            let text = fail(&mut export_to(&program, &simulator, folder.path(), "o", "c"));
            assert!(text.contains("the output o is") && text.contains("the checkpoint c: choose"), "{text}");
            assert_eq!(names(folder.path()), before);
        }
    }
    assert!(simulator.requests().is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_to_an_output_is_followed_and_an_existing_output_keeps_its_permissions() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let program = example("export");
    let simulator = simulator().await;
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    for exists in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        if exists {
            std::fs::write(&target, "").unwrap();
            std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o640)).unwrap();
        }
        symlink("target", folder.path().join("o")).unwrap();
        for _ in 0..2 {
            let text = succeed(&mut export_to(&program, &simulator, folder.path(), "o", "c"));
            assert!(text.contains("note: the output o is a link to ") && text.contains("target"), "{text}");
        }
        assert!(folder.path().join("o").is_symlink());
        assert_eq!(std::fs::read_to_string(&target).unwrap().lines().count(), 50);
        assert_eq!(mode(&target), if exists { 0o640 } else { 0o600 });
        assert_eq!(mode(&folder.path().join("c")), 0o600);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_not_a_file_is_rejected() {
    let program = example("export");
    let simulator = simulator().await;
    let folder = tempfile::tempdir().unwrap();
    let pipe = Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap();
    assert!(pipe.success());
    std::fs::create_dir(folder.path().join("folder")).unwrap();
    std::os::unix::fs::symlink("elsewhere", folder.path().join("link")).unwrap();
    let before = names(folder.path());
    for (output, checkpoint, expected) in [
        ("pipe", "c", "pipe: it is not a file"),
        ("folder", "c", "folder: it is not a file"),
        ("/dev/null", "c", "/dev/null: it is not a file"),
        ("o", "pipe", "pipe: it is not a file"),
        ("o", "folder", "folder: it is not a file"),
        ("o", "/dev/null", "/dev/null: it is not a file"),
        ("o", "link", "link: it is a link, which the next checkpoint would replace"),
    ] {
        let text = fail(&mut export_to(&program, &simulator, folder.path(), output, checkpoint));
        assert!(text.contains(expected), "{text}");
        assert_eq!(names(folder.path()), before);
    }
    assert!(simulator.requests().is_empty());
}

#[tokio::test]
async fn another_output_of_the_same_name_is_not_truncated() {
    let program = example("export");
    let simulator = simulator().await;
    let folder = tempfile::tempdir().unwrap();
    for name in ["a", "b"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    succeed(&mut export_to(&program, &simulator, folder.path(), "a/o", "c"));
    let ours = std::fs::read(folder.path().join("a/o")).unwrap();
    let theirs = "{\"id\": 1}\n".repeat(ours.len());
    std::fs::write(folder.path().join("b/o"), &theirs).unwrap();
    let requests = simulator.requests().len();
    let text = fail(&mut export_to(&program, &simulator, folder.path(), "b/o", "c"));
    assert!(text.contains("b/o does not have the records that its checkpoint file describes"), "{text}");
    assert!(std::fs::read_to_string(folder.path().join("b/o")).unwrap() == theirs, "it was truncated");
    assert_eq!(simulator.requests().len(), requests);
    // Output and checkpoint can be moved together.
    std::fs::rename(folder.path().join("a/o"), folder.path().join("b/o")).unwrap();
    succeed(&mut export_to(&program, &simulator, folder.path(), "b/o", "c"));
    assert!(std::fs::read(folder.path().join("b/o")).unwrap() == ours);
}

#[tokio::test]
async fn numbers_that_make_no_sense_are_rejected() {
    let program = example("export");
    let simulator = simulator().await;
    let folder = tempfile::tempdir().unwrap();
    for flag in ["--page-size=-1", "--page-size=0", "--page-size=99999999999999", "--follow=0"] {
        let text = fail(export(&program, &simulator, folder.path(), 10).arg(flag));
        assert!(text.contains("invalid value"), "{flag}: {text}");
    }
    assert!(simulator.requests().is_empty() && names(folder.path()).is_empty());
}
