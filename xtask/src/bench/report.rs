//! The results of a run: printed as tables, and written to a file that a later run can be compared with.

use std::fmt;
use std::process::Command;

use serde_json::{Value, json};

use super::table::{self, ContenderOutcome, Group, OldRatios, Row};

/// The results of a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// The machine and the compiler of the run.
    pub machine: Value,
    /// The tables, each with the name of its part.
    pub groups: Vec<(String, Group)>,
    /// The JSON file of an older run; null if there is none.
    pub older: Value,
}

impl Report {
    /// Returns whether all required rows have figures.
    #[must_use]
    pub fn is_good(&self) -> bool {
        let mut rows = self.groups.iter().flat_map(|(_, group)| &group.rows);
        rows.all(|row| !row.required || matches!(row.outcome, ContenderOutcome::Figures(_)))
    }

    /// Returns everything as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let groups = self.groups.iter().map(|(part, group)| {
            json!({
                "part": part,
                "name": group.name,
                "detail": group.detail,
                "baseline": group.baseline,
                "columns": group.columns.iter().map(|column| column.name).collect::<Vec<_>>(),
                "rows": group.rows.iter().map(|row| row_to_json(group, row)).collect::<Vec<_>>(),
                "ratios": group.ratios.iter().map(|(text, ratio)| json!({"text": text, "ratio": ratio}))
                    .collect::<Vec<_>>(),
            })
        });
        json!({ "machine": self.machine, "groups": groups.collect::<Vec<_>>() })
    }
}

fn row_to_json(group: &Group, row: &Row) -> Value {
    let mut json = json!({ "name": row.name, "note": row.note });
    match &row.outcome {
        ContenderOutcome::Absent(install_help) => json["absent"] = json!(install_help),
        ContenderOutcome::Failed(reason) => json["failed"] = json!(reason),
        ContenderOutcome::Figures(figures) => {
            for (index, (column, figure)) in group.columns.iter().zip(figures).enumerate() {
                json["figures"][column.name] = json!(figure);
                json["ratios"][column.name] = json!(group.ratio(row, index));
            }
        }
    }
    json
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |key: &str| self.machine[key].as_str().unwrap_or("?").to_owned();
        writeln!(f, "{} cores, {}, {}", self.machine["cores"], text("system"), text("rustc"))?;
        for (part, group) in &self.groups {
            table::render(group, &OldReport { json: &self.older, part }, f)?;
        }
        Ok(())
    }
}

/// One part of the older report.
struct OldReport<'a> {
    json: &'a Value,
    part: &'a str,
}

impl OldReport<'_> {
    fn group(&self, name: &str) -> Option<&Value> {
        self.json["groups"]
            .as_array()?
            .iter()
            .find(|group| group["part"] == self.part && group["name"] == name)
    }
}

impl OldRatios for OldReport<'_> {
    fn ratio(&self, group: &str, row: &str, column: &str) -> Option<f64> {
        let rows = self.group(group)?["rows"].as_array()?;
        rows.iter().find(|known| known["name"] == row)?["ratios"][column].as_f64()
    }

    fn comparison(&self, group: &str, text: &str) -> Option<f64> {
        let ratios = self.group(group)?["ratios"].as_array()?;
        ratios.iter().find(|known| known["text"] == text)?["ratio"].as_f64()
    }
}

/// Returns the machine and the compiler of this run.
#[must_use]
pub fn machine() -> Value {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().ok();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    json!({
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        "processor": processor(),
        "rustc": version,
    })
}

/// Returns the name of the processor (Linux only).
fn processor() -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::table::{Column, Unit};

    fn report(older: Value) -> Report {
        let columns = [
            Column { name: "wall", unit: Unit::Milliseconds },
            Column { name: "peak", unit: Unit::Mebibytes },
            Column { name: "records", unit: Unit::Number },
        ];
        let mut group = Group::new("regen", &columns, Some("theirs")).with_detail("a document".to_owned());
        group.rows = vec![
            Row::new("ours", ContenderOutcome::Figures(vec![Some(0.005), None, Some(1_234_567.0)]))
                .required(),
            Row::new("theirs", ContenderOutcome::Figures(vec![Some(0.02), Some(1_048_576.0), Some(12.0)]))
                .with_note("repaired".to_owned()),
            Row::new("another", ContenderOutcome::Absent("cargo install another".to_owned())),
            Row::new("a third", ContenderOutcome::Failed("it panicked".to_owned())),
        ];
        group.compare("wall, ours : theirs", "ours", "theirs", 0);
        group.compare("peak, ours : theirs", "ours", "theirs", 1);
        let machine = json!({"cores": 2, "system": "an os", "rustc": "rustc 1"});
        Report { machine, groups: vec![("regen".to_owned(), group)], older }
    }

    #[test]
    fn every_figure_has_its_ratio() {
        let text = "\
2 cores, an os, rustc 1

regen: a document
           wall ms      peak MiB   records
  ours     5.00 ×0.25   -          1,234,567 ×102880.58
  theirs   20.00 ×1.00  1.0 ×1.00  12.0 ×1.00
      repaired
  another  absent: cargo install another
  a third  failed: it panicked
  wall, ours : theirs: 0.25
";
        assert_eq!(report(Value::Null).to_string(), text);
    }

    #[test]
    fn a_later_run_shows_the_old_ratios() {
        let mut older = report(Value::Null).to_json();
        older["groups"][0]["rows"][0]["ratios"]["wall"] = json!(0.5);
        older["groups"][0]["ratios"][0]["ratio"] = json!(0.5);
        let text = report(older).to_string();
        assert!(text.contains("5.00 ×0.25 (was ×0.50)"), "{text}");
        assert!(text.contains("wall, ours : theirs: 0.25, was 0.50"), "{text}");
    }

    #[test]
    fn only_a_required_row_fails_the_run() {
        let mut report = report(Value::Null);
        assert!(report.is_good());
        report.groups[0].1.rows[0].outcome = ContenderOutcome::Failed("it lost a record".to_owned());
        assert!(!report.is_good());
    }
}
