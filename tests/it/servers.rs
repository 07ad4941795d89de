//! Real servers, with the documents that come with them: a crate is generated from the document of each and compiled, and its
//! client makes the calls of a program in `tests/fixtures/servers`.
//!
//! The expected outcomes are what the servers are known to do. Most differences from their documents are found by lenient
//! decoding, and listed in the tests. The others are in the programs: status codes that are not declared (a 201 where 200 is
//! declared, a 204 without the declared text), text that is sent as JSON, and in Prefect's document the schema of its 422
//! responses, which have `exception_message` and `exception_detail` instead of `detail`.

mod install;
mod process;

use std::fs;
use std::path::{Path, PathBuf};

use crate::project;
use process::Server;

#[test]
fn a_client_of_prefect_makes_its_calls() {
    let Some(environment) = install::environment("prefect", "prefect-3.9.1") else { return };
    let server = Server::start(|folder, port| {
        let mut command = environment.command("prefect");
        command.args(["server", "start", "--host", "127.0.0.1", "--port", port]);
        command.args(["--no-ui", "--no-services", "--analytics-off"]);
        command.env("PREFECT_HOME", folder).env("PREFECT_SERVER_ANALYTICS_ENABLED", "false");
        command
    });
    let document = server.wait_for("/openapi.json");
    let path = server.folder().join("openapi.json");
    fs::write(&path, document).unwrap();
    let printed = call(&path, "prefect", &[("SERVER_URL", &server.url("/api"))]);
    insta::assert_snapshot!(
        printed,
        @"download_logs_flow_runs__id__logs_download_get: expected `application/json`, found `text/csv`"
    );
}

#[test]
fn a_client_of_changedetection_makes_its_calls() {
    let Some(environment) = install::environment("changedetection", "changedetection_io-0.60.10") else {
        return;
    };
    let server = Server::start(|folder, port| {
        let mut command = environment.command("changedetection.io");
        command.args(["-h", "127.0.0.1", "-p", port, "-d"]).arg(folder);
        // With a paused watch of its own, it adds none of other hosts.
        command.args(["-u", "http://127.0.0.1:9/", "-u0", r#"{"paused": true}"#]);
        command.env("DISABLE_VERSION_CHECK", "true").env("ALLOW_IANA_RESTRICTED_ADDRESSES", "true");
        command
    });
    server.wait_for("/api/v1/full-spec");
    let settings = fs::read_to_string(server.folder().join("changedetection.json")).unwrap();
    let settings: serde_json::Value = serde_json::from_str(&settings).unwrap();
    let key = settings["settings"]["application"]["api_access_token"].as_str().unwrap();
    let document = environment.packages().join("changedetectionio/docs/api-spec.yaml");
    let printed =
        call(&document, "changedetection", &[("SERVER_URL", &server.url("/api/v1")), ("SERVER_KEY", key)]);
    insta::assert_snapshot!(printed, @r"
    getSystemInfo: /uptime: expected a string, found a number with a fraction
    getWatch: /last_notification_error: expected a string, found a boolean
    getWatch: : expected an object, found a string
    importWatches: : expected an array, found an object
    listWatches: /status: expected an object, found a string
    ");
}

/// Generates and compiles a crate, and runs the program that makes the calls. Returns what it prints.
fn call(document: &Path, name: &str, variables: &[(&str, &str)]) -> String {
    let package = project::root().join("target/compiled").join(name);
    let _ = fs::remove_dir_all(&package);
    project::make_crate(document, &package, &format!("compiled-{name}"));
    let fixtures = fixtures();
    let example = package.join("examples/calls");
    fs::create_dir_all(&example).unwrap();
    fs::copy(fixtures.join(format!("{name}.rs")), example.join("main.rs")).unwrap();
    fs::copy(fixtures.join("calls.rs"), example.join("calls.rs")).unwrap();
    let output = project::cargo_in(&package, "run")
        .args(["--features", "blocking", "--example", "calls"])
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let [printed, errors] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(output.status.success() && !errors.contains("warning:"), "{printed}{errors}");
    printed
}

fn fixtures() -> PathBuf {
    project::root().join("tests/fixtures/servers")
}
