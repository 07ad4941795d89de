//! The simulator as a program.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::client::{Call, send};

const PROGRAM: &str = env!("CARGO_BIN_EXE_simulator");

fn start(flags: &[&str]) -> Child {
    Command::new(PROGRAM).args(flags).stdout(Stdio::piped()).spawn().unwrap()
}

#[tokio::test]
async fn it_prints_its_url_and_credentials_and_stops_on_ctrl_c() {
    let mut program = start(&["--tickets", "30", "--seed", "5", "--limits", "--time-scale", "60"]);
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines().map(Result::unwrap);
    let base = lines.next().unwrap();
    let url = format!("{base}/api/v2/incremental/tickets?start_time=0");
    let credentials = lines.next().unwrap();
    let authorization = credentials.split(" (").next().unwrap().to_owned();
    assert_eq!(lines.next().unwrap(), format!("export ZENDESK_URL={base}"));
    let token = authorization.strip_prefix("Bearer ").unwrap();
    assert_eq!(lines.next().unwrap(), format!("export ZENDESK_TOKEN={token}"));
    let response =
        send(Call { method: "GET", url: &url, authorization, host: None, body: None }).await.unwrap();
    assert_eq!(response.json()["count"], 30);
    assert!(response.header("x-rate-limit").is_some());
    Command::new("kill").args(["-INT", &program.id().to_string()]).status().unwrap();
    assert!(program.wait().unwrap().success());
}

/// Returns the date that the program sends with these flags.
async fn date(flags: &[&str]) -> SystemTime {
    let mut program = start(flags);
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines().map(Result::unwrap);
    let url = format!("{}/api/v2/routing/attributes", lines.next().unwrap());
    let authorization = lines.next().unwrap().split(" (").next().unwrap().to_owned();
    let response =
        send(Call { method: "GET", url: &url, authorization, host: None, body: None }).await.unwrap();
    program.kill().unwrap();
    program.wait().unwrap();
    httpdate::parse_http_date(response.header("date").unwrap()).unwrap()
}

#[tokio::test]
async fn its_time_is_the_current_time_unless_an_epoch_is_given() {
    let whole = |time: SystemTime| time.duration_since(UNIX_EPOCH).unwrap().as_secs();
    let before = whole(SystemTime::now());
    let shown = whole(date(&["--tickets", "1"]).await);
    assert!((before..=whole(SystemTime::now())).contains(&shown), "{shown} is not the current time");
    let flags = ["--tickets", "1", "--epoch", "1772452800", "--time-scale", "0"];
    assert_eq!(whole(date(&flags).await), 1_772_452_800);
}

#[test]
fn an_invalid_flag_is_rejected_with_the_valid_values() {
    let output = Command::new(PROGRAM).args(["--faults", "gremlins"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("reset-in-body"));
    for flag in ["--time-scale=-1", "--epoch=0"] {
        let output = Command::new(PROGRAM).arg(flag).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{flag}");
    }
}
