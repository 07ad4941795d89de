//! `bench decode`: decodes a page of tickets with the client and with other libraries.

use std::io;
use std::process::Command;

use serde_json::Value;

use super::server::Server;
use super::setup::BenchSetup;
use super::table::{Column, ContenderOutcome, Group, Row, Unit};
use super::tools;

const COLUMNS: [Column; 4] = [
    Column { name: "MB/s", unit: Unit::Number },
    Column { name: "time", unit: Unit::Milliseconds },
    Column { name: "allocations/record", unit: Unit::Number },
    Column { name: "bytes/record", unit: Unit::Number },
];
const STRUCTS: &str = "serde_json, structs";
const ROUNDS: usize = 25;
/// The number of tickets in the simulator, enough for a full first page.
const TICKETS: u32 = 1_100;

pub(super) fn run(setup: &BenchSetup) -> io::Result<Vec<Group>> {
    let simulator = tools::build(&setup.repository, "simulator")?;
    let programs = tools::build(&setup.repository, "bench")?;
    let program = |name| tools::program(&programs, name);
    let page = setup.out.join("page.json");
    {
        let server = Server::start(tools::program(&simulator, "simulator")?, TICKETS)?;
        let mut command = Command::new(program("export")?);
        command.arg("page");
        server.set_environment(&mut command);
        std::fs::write(&page, output(&mut command)?)?;
    }
    let rounds = setup.rounds.unwrap_or(ROUNDS);
    eprintln!("decoding, {rounds} rounds");
    let times = read_json(Command::new(program("decode")?).arg(&page).arg(rounds.to_string()))?;
    let allocations = read_json(Command::new(program("allocations")?).arg(&page))?;
    Ok(vec![group(&times, &allocations)])
}

/// Joins the output of both programs into one table.
fn group(times: &Value, allocations: &Value) -> Group {
    let bytes = times["bytes"].as_f64().unwrap_or_default();
    let records = times["contenders"][0]["records"].as_f64().unwrap_or_default();
    let detail = format!("a page of {records} tickets, {:.2} MB; processor time", bytes / 1e6);
    let mut group = Group::new("decode", &COLUMNS, Some(STRUCTS)).with_detail(detail);
    for time in times["contenders"].as_array().into_iter().flatten() {
        let name = time["name"].as_str().unwrap_or_default();
        let counted = allocations["contenders"].as_array().into_iter().flatten();
        let counted = counted.into_iter().find(|counted| counted["name"] == name).unwrap_or(&Value::Null);
        let seconds = time["seconds"].as_f64();
        let each = |key: &str| Some(counted[key].as_f64()? / counted["records"].as_f64()?);
        let figures =
            vec![seconds.map(|seconds| bytes / seconds / 1e6), seconds, each("allocations"), each("bytes")];
        group.rows.push(Row::new(name, ContenderOutcome::Figures(figures)));
    }
    group.compare("speed, typed : hand-written structs", "ours, typed", STRUCTS, 0);
    group.compare("speed, raw : Value", "ours, raw records", "serde_json, Value", 0);
    group
}

fn read_json(command: &mut Command) -> io::Result<Value> {
    serde_json::from_slice(&output(command)?).map_err(io::Error::other)
}

fn output(command: &mut Command) -> io::Result<Vec<u8>> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_and_allocations_are_joined_by_name() {
        let times = json!({"bytes": 2_000_000, "contenders": [
            {"name": "ours, typed", "seconds": 0.02, "records": 1000},
            {"name": STRUCTS, "seconds": 0.01, "records": 1000},
        ]});
        let allocations = json!({"contenders": [
            {"name": STRUCTS, "records": 1000, "allocations": 5000, "bytes": 9000},
        ]});
        let group = group(&times, &allocations);
        let figures = |row: usize| (0..4).map(|column| group.rows[row].figure(column)).collect::<Vec<_>>();
        assert_eq!(figures(0), [Some(100.0), Some(0.02), None, None]);
        assert_eq!(figures(1), [Some(200.0), Some(0.01), Some(5.0), Some(9.0)]);
        assert_eq!(group.ratios, [("speed, typed : hand-written structs".to_owned(), 0.5)]);
    }
}
