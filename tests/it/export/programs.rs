//! The examples as programs: killed at random moments, with logs, and as shown in the README.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use simulator::{Config, Fault, FaultPlan, Resource, Simulator};

use crate::project;

/// Builds an example of the client, and returns its path.
fn example(name: &str) -> PathBuf {
    let output = project::cargo()
        .args(["build", "--quiet", "--offline", "--package", "zendesk-client", "--features", "blocking"])
        .args(["--message-format", "json", "--example", name])
        .current_dir(project::root())
        .output()
        .unwrap();
    let messages = String::from_utf8(output.stdout).unwrap();
    let mut executables = messages.lines().rev().filter_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    executables.next().unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// Returns the command that runs the example `export` with output to a folder.
fn export(program: &Path, simulator: &Simulator, folder: &Path, size: u32) -> Command {
    let mut command = Command::new(program);
    command
        .args(["--resource", "tickets", "--unlimited", "--page-size", &size.to_string()])
        .args(["--base-url", simulator.url()])
        .arg("--output")
        .arg(folder.join("tickets.ndjson"))
        .arg("--checkpoint")
        .arg(folder.join("tickets.checkpoint"))
        .env("ZENDESK_TOKEN", simulator.credentials().access_token)
        .env_remove("RUST_LOG");
    command
}

/// Returns the written lines, sorted.
fn lines(folder: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join("tickets.ndjson")).unwrap();
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    lines.sort_unstable();
    lines
}

fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let text =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{text}");
    text
}

#[tokio::test]
async fn an_export_that_is_killed_loses_and_repeats_no_record() {
    const KILLS: u64 = 50;
    let program = example("export");
    let simulator = Simulator::start(Config::default().tickets(24_000).check_responses(false)).await;
    let uninterrupted = tempfile::tempdir().unwrap();
    succeed(&mut export(&program, &simulator, uninterrupted.path(), 1_000));

    let folder = tempfile::tempdir().unwrap();
    for number in 0..KILLS {
        let mut child =
            export(&program, &simulator, folder.path(), 10).stderr(Stdio::null()).spawn().unwrap();
        // The delays only have to be spread well.
        sleep(Duration::from_millis(number * 37 % 89));
        assert_eq!(child.try_wait().unwrap(), None, "it ended before it was killed for the {number}th time");
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let before = lines(folder.path()).len();
    assert!((100..24_000).contains(&before), "killed too early or too late: {before} lines");
    succeed(&mut export(&program, &simulator, folder.path(), 1_000));
    assert!(lines(folder.path()) == lines(uninterrupted.path()), "the outputs differ");
    assert_eq!(lines(uninterrupted.path()).len(), simulator.versions(Resource::Tickets).len());
    // Running it again changes nothing.
    succeed(&mut export(&program, &simulator, folder.path(), 1_000));
    assert!(lines(folder.path()) == lines(uninterrupted.path()), "the outputs differ");
}

#[tokio::test]
async fn output_and_checkpoint_that_do_not_match_are_rejected() {
    let program = example("export");
    let simulator = Simulator::start(Config::default().tickets(50).check_responses(false)).await;
    let folder = tempfile::tempdir().unwrap();
    let fails = |expected: &str| {
        let output = export(&program, &simulator, folder.path(), 10).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && text.contains(expected), "{text}");
    };
    std::fs::write(folder.path().join("tickets.ndjson"), "{}\n").unwrap();
    fails("is not empty, but");
    std::fs::write(folder.path().join("tickets.checkpoint"), r#"{"output_bytes": 30, "checkpoint": null}"#)
        .unwrap();
    fails("is shorter than the length in its checkpoint file");
    std::fs::write(folder.path().join("tickets.checkpoint"), "{").unwrap();
    fails("tickets.checkpoint: ");
}

#[tokio::test]
async fn no_log_contains_credentials() {
    let program = example("export");
    // Only faults without long waits: this client uses the real clock.
    let faults = FaultPlan::of(vec![
        Fault::BadGateway,
        Fault::ResetBeforeResponse,
        Fault::ResetInBody,
        Fault::TruncatedJson,
        Fault::OtherHostNextPage,
        Fault::OtherHostRedirect,
        Fault::RepeatedCursor,
    ]);
    let simulator = Simulator::start(Config::default().tickets(300).faults(faults.consecutive(1))).await;
    let credentials = simulator.credentials();
    let folder = tempfile::tempdir().unwrap();
    let mut command = export(&program, &simulator, folder.path(), 50);
    let mut log = String::new();
    // Some faults end an export. The next run resumes it.
    for _ in 0..12 {
        let output = command.env("RUST_LOG", "trace").output().unwrap();
        log.push_str(&String::from_utf8_lossy(&output.stderr));
        if output.status.success() {
            break;
        }
    }
    assert!(
        log.contains("request{api=\"zendesk-client/") && log.contains("hyper"),
        "nothing was logged: {log}"
    );
    assert!(!log.contains(&credentials.access_token), "the log shows the token");
    let state = std::fs::read_to_string(folder.path().join("tickets.checkpoint")).unwrap();
    assert!(!state.contains(&credentials.access_token), "the checkpoint shows the token");
    for request in simulator.other_host_requests() {
        assert!(request.headers.iter().all(|(name, _)| name != "authorization"), "{}", request.target);
    }
}

#[tokio::test]
async fn quick_starts_match_the_readme_and_run() {
    let readme = std::fs::read_to_string(project::root().join("README.md")).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    // Pages may be empty depending on the start time, which differs between the programs.
    let config = Config::default().epoch(now.cast_signed()).tickets(500).empty_pages(false);
    let simulator = Simulator::start(config).await;
    let mut outputs = Vec::new();
    for name in ["quick_start", "quick_start_blocking"] {
        let source = project::root().join(format!("generated/examples/{name}.rs"));
        let source = std::fs::read_to_string(source).unwrap();
        let (_, shown) = source.split_once("\n\n").unwrap();
        assert!(
            readme.contains(&format!("```rust,no_run\n{shown}```")),
            "README.md has another version of {name}.rs"
        );
        let mut command = Command::new(example(name));
        command.env("ZENDESK_URL", simulator.url());
        outputs.push(succeed(command.env("ZENDESK_TOKEN", simulator.credentials().access_token)));
    }
    let checkpoint = outputs[0].lines().last().unwrap();
    assert!(checkpoint.contains(r#""operation":"IncrementalTicketExportCursor""#), "{checkpoint}");
    assert!(outputs[0].lines().count() > 1, "no ticket: {}", outputs[0]);
    assert_eq!(outputs[0], outputs[1]);
    assert_eq!(simulator.problems(), Vec::<String>::new());
}
