//! Measures how long each contender takes to decode a page: `decode PAGE ROUNDS`.
//!
//! In each round, each contender decodes the page once, so that other load on the machine affects all of them. Prints
//! the median processor time of each contender, in seconds, as JSON.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use bench::{contenders, cpu_time, exit_code};
use serde_json::json;

fn main() -> ExitCode {
    exit_code(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [page, rounds] = &arguments[..] else { return Err("usage: decode PAGE ROUNDS".into()) };
    let (page, rounds) = (std::fs::read(page)?, rounds.parse::<usize>()?.max(1));
    let contenders = contenders();
    let mut times = vec![Vec::new(); contenders.len()];
    let mut counts = vec![0; contenders.len()];
    // The first round is for warming up.
    for round in 0..=rounds {
        for (index, contender) in contenders.iter().enumerate() {
            let body = page.clone();
            let start = cpu_time();
            counts[index] = contender.read(body).map_err(|error| format!("{}: {error}", contender.name))?;
            let time = cpu_time().saturating_sub(start);
            if round > 0 {
                times[index].push(time);
            }
        }
    }
    let results: Vec<_> = contenders
        .iter()
        .zip(times)
        .zip(counts)
        .map(|((contender, times), records)| {
            json!({
                "name": contender.name,
                "seconds": median(times).as_secs_f64(),
                "records": records,
            })
        })
        .collect();
    println!("{}", json!({ "bytes": page.len(), "contenders": results }));
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
