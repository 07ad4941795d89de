//! The simulator as a program.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::client::{Call, send};

const PROGRAM: &str = env!("CARGO_BIN_EXE_simulator");

fn start(flags: &[&str]) -> Child {
    Command::new(PROGRAM).args(flags).stdout(Stdio::piped()).spawn().unwrap()
}

#[tokio::test]
async fn it_prints_where_it_is_and_how_to_sign_in_and_ends_on_ctrl_c() {
    let mut program = start(&["--tickets", "30", "--seed", "5", "--limits", "--time-scale", "60"]);
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines().map(Result::unwrap);
    let url = format!("{}/api/v2/incremental/tickets?start_time=0", lines.next().unwrap());
    let credentials = lines.next().unwrap();
    let authorization = credentials.split(" (").next().unwrap().to_owned();
    let answer =
        send(Call { method: "GET", url: &url, authorization, host: None, body: None }).await.unwrap();
    assert_eq!(answer.json()["count"], 30);
    assert!(answer.header("x-rate-limit").is_some());
    Command::new("kill").args(["-INT", &program.id().to_string()]).status().unwrap();
    assert!(program.wait().unwrap().success());
}

#[test]
fn a_wrong_flag_is_refused_with_the_names_there_are() {
    let output = Command::new(PROGRAM).args(["--faults", "gremlins"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("reset-in-body"));
    let output = Command::new(PROGRAM).arg("--time-scale=-1").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
