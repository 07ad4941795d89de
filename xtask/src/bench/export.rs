//! `bench export`: exports all tickets of a server with the client and with other clients.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use serde_json::Value;

use super::measure::Measurement;
use super::rounds::{self, Contender};
use super::server::Server;
use super::setup::BenchSetup;
use super::table::{Column, ContenderOutcome, Group, Row, Unit};
use super::tools;

const COLUMNS: [Column; 7] = [
    Column { name: "records", unit: Unit::Number },
    Column { name: "records/s", unit: Unit::Number },
    Column { name: "records/cpu s", unit: Unit::Number },
    Column { name: "peak", unit: Unit::Mebibytes },
    Column { name: "start", unit: Unit::Mebibytes },
    Column { name: "middle", unit: Unit::Mebibytes },
    Column { name: "end", unit: Unit::Mebibytes },
];
const PER_CPU: usize = 2;
const ROUNDS: usize = 3;
/// The number of records of a slow contender.
const SLOW_RECORDS: u32 = 5_000;

/// The client's variants: the name in tables, and the argument of the program in `tests/bench`.
const OURS: [(&str, &str); 6] = [
    ("ours, raw, by time", "raw-by-time"),
    ("ours, raw, by cursor", "raw"),
    ("ours, five fields, by time", "fields-by-time"),
    ("ours, five fields, by cursor", "fields"),
    ("ours, typed, by time", "typed-by-time"),
    ("ours, typed, by cursor", "typed"),
];
const REQWEST: (&str, &str) = ("reqwest + RawValue", "reqwest");
const BASELINE: &str = "requests + json (Python)";

pub(super) fn run(setup: &BenchSetup) -> io::Result<Vec<Group>> {
    let simulator = tools::build(&setup.repository, "simulator")?;
    let programs = tools::build(&setup.repository, "bench")?;
    let server = Rc::new(Server::start(tools::program(&simulator, "simulator")?, setup.tickets)?);
    let mut contenders = rust(tools::program(&programs, "export")?, setup.tickets, &server);
    let first_script = contenders.len();
    contenders.extend(python(setup, &server));
    contenders.extend(node(setup, &server));
    let runs = rounds::run(setup, "export", ROUNDS, &contenders, |_| Ok(()))?;
    let mut group = Group::new("export", &COLUMNS, Some(BASELINE));
    group.detail = Some(format!("{} tickets from the simulator, without limits", setup.tickets));
    group.rows = contenders.iter().zip(&runs).map(|(one, runs)| row(one, runs, setup.tickets)).collect();
    let fastest =
        group.rows[first_script..].iter().filter_map(|row| Some((row.name.clone(), row.figure(PER_CPU)?)));
    if let Some((fastest, _)) = fastest.max_by(|one, other| one.1.total_cmp(&other.1)) {
        for (name, _) in OURS {
            let text = format!("records per processor second, {name} : the fastest of Python and Node");
            group.compare(&text, name, &fastest, PER_CPU);
        }
    }
    Ok(vec![group])
}

/// Creates the contender of a client. Its environment names the server, and the number of records to stop after.
fn contender(name: &str, client: Result<Client, String>, limit: u32, server: &Rc<Server>) -> Contender {
    let server = Rc::clone(server);
    let command = client.map(|client| -> rounds::Prepare {
        Box::new(move || {
            let mut command = Command::new(&client.program);
            command.arg(&client.argument).env("BENCH_RECORDS", limit.to_string());
            command.envs(client.modules.iter().map(|folder| ("BENCH_NODE_MODULES", folder)));
            server.set_environment(&mut command);
            Ok(command)
        })
    });
    Contender { name: name.to_owned(), command, note: None, ours: false }
}

/// The command that starts a client.
struct Client {
    program: PathBuf,
    argument: PathBuf,
    /// The folder of Node's packages.
    modules: Option<PathBuf>,
}

fn rust(program: &Path, tickets: u32, server: &Rc<Server>) -> Vec<Contender> {
    let start = |(name, variant): (&str, &str)| {
        let client = Client { program: program.to_owned(), argument: variant.into(), modules: None };
        contender(name, Ok(client), tickets, server)
    };
    let ours = OURS.into_iter().map(|one| Contender { ours: true, ..start(one) });
    ours.chain([start(REQWEST)]).collect()
}

fn script(setup: &BenchSetup, file: &str) -> PathBuf {
    setup.repository.join("tests/bench/contenders").join(file)
}

fn python(setup: &BenchSetup, server: &Rc<Server>) -> Vec<Contender> {
    let client = |file: &str, module: &str| {
        let import = format!("import {module}");
        let here = tools::succeeds(&setup.python, &["-c".as_ref(), import.as_ref()]);
        let client = Client { program: setup.python.clone(), argument: script(setup, file), modules: None };
        let package = module.replace('_', "-");
        here.then_some(client)
            .ok_or_else(|| format!("{} -m pip install {package}, or --python PATH", setup.python.display()))
    };
    let note = "exports fewer tickets; by time, because by cursor it stops at the first empty page";
    let zenpy = contender("zenpy (Python)", client("zenpy_export.py", "zenpy"), SLOW_RECORDS, server);
    vec![
        contender(BASELINE, client("requests_export.py", "requests"), setup.tickets, server),
        contender(
            "tap-zendesk (Python)",
            client("tap_zendesk_export.py", "tap_zendesk"),
            setup.tickets,
            server,
        ),
        Contender { note: Some(note.to_owned()), ..zenpy },
    ]
}

fn node(setup: &BenchSetup, server: &Rc<Server>) -> Vec<Contender> {
    let client = |file: &str, check: &str, install_help: &str| {
        let here = tools::succeeds(&setup.node, &["-e".as_ref(), check.as_ref()]);
        let modules = Some(setup.node_modules.clone());
        let client = Client { program: setup.node.clone(), argument: script(setup, file), modules };
        here.then_some(client).ok_or_else(|| install_help.to_owned())
    };
    let modules = Value::from(setup.node_modules.to_string_lossy().into_owned());
    let find =
        format!("require('node:module').createRequire({modules} + '/bench.js').resolve('node-zendesk')");
    let fetch = client("fetch_export.mjs", "fetch", "install Node 18 or newer, or --node PATH");
    let install_help = "npm install node-zendesk, and --node-modules DIR";
    vec![
        contender("fetch + JSON.parse (Node)", fetch, setup.tickets, server),
        contender(
            "node-zendesk (Node)",
            client("node_zendesk_export.mjs", &find, install_help),
            setup.tickets,
            server,
        ),
    ]
}

fn row(contender: &Contender, runs: &[Measurement], tickets: u32) -> Row {
    let row = contender.row(runs, figures);
    let ContenderOutcome::Figures(figures) = &row.outcome else { return row };
    let reason = match figures[0] {
        None => "it did not print the number of records".to_owned(),
        // No record may be missing or duplicated.
        Some(records) if contender.ours && records.total_cmp(&f64::from(tickets)).is_ne() => {
            format!("{records} records of {tickets}")
        }
        Some(_) => return row,
    };
    Row { outcome: ContenderOutcome::Failed(reason), ..row }
}

fn figures(run: &Measurement) -> Vec<Option<f64>> {
    let records = records(run);
    let rate = |time: Option<f64>| Some(records? / time?);
    let memory = |tenth: usize| run.memory.get((run.memory.len() * tenth / 10).max(1)).copied();
    vec![records, rate(Some(run.wall)), rate(run.cpu), run.peak, memory(2), memory(5), memory(9)]
}

/// Returns the number of records that a client printed.
fn records(run: &Measurement) -> Option<f64> {
    let line = run.stdout.lines().rev().find(|line| line.starts_with('{'))?;
    serde_json::from_str::<Value>(line).ok()?["records"].as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(records: u32) -> Measurement {
        Measurement {
            wall: 2.0,
            cpu: Some(0.5),
            peak: Some(9.0),
            memory: (0..10).map(f64::from).collect(),
            succeeded: true,
            stdout: format!("a line\n{{\"records\": {records}}}\n"),
            stderr: String::new(),
        }
    }

    fn contender(ours: bool) -> Contender {
        Contender { name: "x".to_owned(), command: Ok(Box::new(|| Ok(Command::new("x")))), note: None, ours }
    }

    #[test]
    fn a_row_has_rates_and_memory_over_time() {
        let row = row(&contender(true), &[run(100)], 100);
        let figures: Vec<_> = (0..7).map(|column| row.figure(column)).collect();
        assert_eq!(figures, [100.0, 50.0, 200.0, 9.0, 2.0, 5.0, 9.0].map(Some));
    }

    #[test]
    fn missing_records_are_a_failure_only_for_our_client() {
        let failed = |ours: bool| {
            matches!(row(&contender(ours), &[run(99)], 100).outcome, ContenderOutcome::Failed(_))
        };
        assert!(failed(true));
        assert!(!failed(false));
    }
}
