//! The examples as programs: killed at random moments, with logs, and as shown in the README.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use simulator::{Config, Fault, FaultPlan, Resource, Simulator};

use super::behavior::scripted_server::ScriptedServer;
use crate::project;

/// Builds an example of the client, and returns its path.
pub(super) fn example(name: &str) -> PathBuf {
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
pub(super) fn export(program: &Path, simulator: &Simulator, folder: &Path, size: u32) -> Command {
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

pub(super) fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let text =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{text}");
    text
}

pub(super) fn fail(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{text}");
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
async fn two_outputs_cannot_share_a_checkpoint() {
    let program = example("export");
    let simulator = Simulator::start(Config::default().tickets(50).check_responses(false)).await;
    let folder = tempfile::tempdir().unwrap();
    succeed(&mut export(&program, &simulator, folder.path(), 10));
    let other = folder.path().join("other.ndjson");
    let before = "x\n".repeat(1 << 20);
    std::fs::write(&other, &before).unwrap();
    let mut command = export(&program, &simulator, folder.path(), 10);
    let text = fail(command.arg("--output").arg(&other));
    assert!(text.contains("tickets.checkpoint: it belongs to the output \"tickets.ndjson\""), "{text}");
    assert!(std::fs::read_to_string(&other).unwrap() == before, "the other output was truncated");

    let lock = std::fs::File::open(folder.path().join("tickets.checkpoint.lock")).unwrap();
    lock.lock().unwrap();
    let text = fail(&mut export(&program, &simulator, folder.path(), 10));
    assert!(text.contains("tickets.checkpoint: another process"), "{text}");
    drop(lock);
    // A folder can be moved.
    let moved = folder.path().with_extension("moved");
    std::fs::rename(folder.path(), &moved).unwrap();
    succeed(&mut export(&program, &simulator, &moved, 10));
    std::fs::rename(&moved, folder.path()).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_user_can_read_the_files_and_links_are_not_followed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let program = example("export");
    let simulator = Simulator::start(Config::default().tickets(50).check_responses(false)).await;
    let folder = tempfile::tempdir().unwrap();
    let precious = folder.path().join("precious");
    std::fs::write(&precious, "mine").unwrap();
    symlink(&precious, folder.path().join("tickets.checkpoint.new")).unwrap();
    succeed(&mut export(&program, &simulator, folder.path(), 10));
    assert_eq!(std::fs::read_to_string(&precious).unwrap(), "mine");
    for name in ["tickets.ndjson", "tickets.checkpoint", "tickets.checkpoint.lock"] {
        let metadata = folder.path().join(name).symlink_metadata().unwrap();
        assert!(metadata.is_file(), "{name}");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{name}");
    }
    std::fs::remove_file(folder.path().join("tickets.checkpoint.lock")).unwrap();
    symlink(&precious, folder.path().join("tickets.checkpoint.lock")).unwrap();
    let text = fail(&mut export(&program, &simulator, folder.path(), 10));
    assert!(text.contains("tickets.checkpoint.lock: it is not a file"), "{text}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_error_of_an_output_names_its_path() {
    let program = example("export");
    let simulator = Simulator::start(Config::default().tickets(50).check_responses(false)).await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = export(&program, &simulator, folder.path(), 10);
    let text = fail(command.args(["--output", "/dev/full"]));
    assert!(text.contains("/dev/full: "), "{text}");
    let text = fail(export(&program, &simulator, folder.path(), 10).args(["--checkpoint", "/nowhere/x"]));
    assert!(text.contains("/nowhere/x"), "{text}");
    // A disk that becomes full later: files of more than 8 blocks can't be written.
    let full = export(&program, &simulator, folder.path(), 50);
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"])
        .arg(full.get_program())
        .args(full.get_args());
    let text = fail(limited.env("ZENDESK_TOKEN", simulator.credentials().access_token));
    assert!(text.contains("tickets.ndjson: File too large"), "{text}");
    succeed(&mut export(&program, &simulator, folder.path(), 10));
    assert_eq!(lines(folder.path()).len(), simulator.versions(Resource::Tickets).len());
}

#[tokio::test]
async fn tickets_of_ai_agents_are_exported_unless_the_scope_excludes_them() {
    let program = example("export");
    let config = Config::default().tickets(60).ai_agent_tickets(true).check_responses(false);
    let simulator = Simulator::start(config).await;
    let all = simulator.versions(Resource::Tickets).len();
    let count = |resource: &str, scope: Option<&str>| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = export(&program, &simulator, folder.path(), 10);
        command.args(["--resource", resource]);
        succeed(command.args(scope.map(|scope| format!("--support-type-scope={scope}"))));
        lines(folder.path()).len()
    };
    for resource in ["tickets", "tickets-by-time"] {
        assert_eq!(count(resource, None), all);
        let (agents, ai_agents) = (count(resource, Some("agent")), count(resource, Some("ai_agent")));
        assert!(agents > 0 && ai_agents > 0);
        assert_eq!(agents + ai_agents, all);
    }
}

#[tokio::test]
async fn late_records_need_an_export_by_time() {
    let program = example("export");
    let simulator = Simulator::start(Config::default().tickets(60).check_responses(false)).await;
    let run = |resource: &str| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = export(&program, &simulator, folder.path(), 10);
        command.args(["--resource", resource, "--late", "600"]).output().unwrap()
    };
    for resource in ["tickets-by-time", "ticket-events", "organizations", "users-by-time"] {
        assert!(run(resource).status.success(), "{resource}");
    }
    let error = String::from_utf8(run("tickets").stderr).unwrap();
    assert!(error.contains("late records"), "{error}");
}

#[test]
fn each_record_is_one_line_for_every_reader() {
    let program = example("export");
    let record = "{\"id\": 1,\r\n  \"subject\":\r\"a\u{2028}b\u{2029}c\u{85}\\r\\n\"\n}";
    let server = ScriptedServer::pages([&format!(
        "{{\"tickets\": [{record}, {record}{{}}], \"after_cursor\": \"a\", \"end_of_stream\": true}}"
    )
    .replace("}{}", ", \"x\": 2}")]);
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(&program);
    command.args(["--resource", "tickets", "--base-url", &server.url]).env("ZENDESK_TOKEN", "t");
    command.arg("--output").arg(folder.path().join("tickets.ndjson"));
    succeed(command.arg("--checkpoint").arg(folder.path().join("tickets.checkpoint")));
    let text = std::fs::read_to_string(folder.path().join("tickets.ndjson")).unwrap();
    assert!(!text.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}']), "{text:?}");
    assert_eq!(text.lines().count(), 2, "{text:?}");
    let expected: Value = serde_json::from_str(record).unwrap();
    assert_eq!(serde_json::from_str::<Value>(text.lines().next().unwrap()).unwrap(), expected);
}

#[tokio::test]
async fn a_rejected_cursor_is_restarted_with_a_flag() {
    let program = example("export");
    let faults = || FaultPlan::only(Fault::RejectedCursor).probability(1.0).decisions(1);
    let config = || Config::default().tickets(60).check_responses(false);
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(config().faults(faults())).await;
    let text = fail(&mut export(&program, &simulator, folder.path(), 10));
    assert!(text.contains("no longer accepts the cursor"), "{text}");
    assert!(text.contains("help: `--restart-rejected-cursor` sets that"), "{text}");
    assert!(!lines(folder.path()).is_empty());

    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(config().faults(faults())).await;
    succeed(export(&program, &simulator, folder.path(), 10).arg("--restart-rejected-cursor"));
    let rejected = |seen: &simulator::LoggedRequest| seen.fault == Some(Fault::RejectedCursor);
    assert_eq!(simulator.requests().iter().filter(|seen| rejected(seen)).count(), 1);
    let exported = lines(folder.path());
    assert_eq!(exported.len(), simulator.versions(Resource::Tickets).len());
    assert!(exported.windows(2).all(|pair| pair[0] != pair[1]), "records were repeated");
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
    assert!(log.contains("api=\"zendesk-client/") && log.contains("hyper"), "nothing was logged: {log}");
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
