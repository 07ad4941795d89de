//! The simulator as a program: it prints where it listens and how to sign in, and runs until ctrl-c.

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use clap::builder::PossibleValuesParser;
use simulator::{Changes, Config, Fault, FaultPlan, Limits, Simulator, StartError};

/// A simulator of the server: a made-up account behind all operations of the client, on loopback.
///
/// The first line of output is the URL to use as the client's base URL, the second holds the credentials. Two
/// lines follow that set both for the client's examples, to be pasted into another terminal.
/// Everything is decided by the seed and the epoch. Ctrl-c ends it.
#[derive(Parser)]
#[command(name = "simulate", bin_name = "cargo xtask simulate", version, after_help = EXAMPLES)]
struct Arguments {
    /// Listen on this port of 127.0.0.1; any free one by default
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,

    /// How many tickets there are; everything else follows in proportion
    #[arg(long, value_name = "N", default_value_t = 2_500)]
    tickets: u32,

    /// What the records and the order of faults are made from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// When simulated time starts, in Unix seconds; the present by default. All records are older
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(i64).range(EPOCHS))]
    epoch: Option<i64>,

    /// What goes wrong in three of ten requests: none, all, or names separated by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    #[arg(default_value = "none", value_parser = fault_names())]
    faults: Vec<String>,

    /// Refuse requests beyond the account's limits
    #[arg(long)]
    limits: bool,

    /// How many simulated seconds pass in a real one
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0, value_parser = factor)]
    time_scale: f64,

    /// How many records change, appear or are deleted while exports run, three after each page
    #[arg(long, value_name = "N", default_value_t = 0)]
    changes: u32,
}

/// From 2010 to 2100: records reach back for years, and still have to lie after 1970.
const EPOCHS: std::ops::RangeInclusive<i64> = 1_262_304_000..=4_102_444_800;

const EXAMPLES: &str = "\
Examples:
  cargo xtask simulate
  cargo xtask simulate --tickets 100000 --limits --time-scale 60
  cargo xtask simulate --epoch 1772452800 --seed 7
  cargo xtask simulate --faults reset-in-body,gateway-timeout --changes 300";

fn fault_names() -> PossibleValuesParser {
    let names = Fault::ALL.map(Fault::name);
    PossibleValuesParser::new(["none", "all"].into_iter().chain(names))
}

fn factor(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(factor) if (0.0..=1e6).contains(&factor) => Ok(factor),
        _ => Err("must be a number from 0 to 1000000".to_owned()),
    }
}

/// The present, in Unix seconds: clients compare what they are told with their own clock.
fn present() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

fn config(arguments: &Arguments) -> Config {
    let named = |name: &str| arguments.faults.iter().any(|fault| fault == name);
    let faults = if named("all") {
        FaultPlan::all()
    } else {
        FaultPlan::of(Fault::ALL.into_iter().filter(|fault| named(fault.name())).collect())
    };
    Config::default()
        .seed(arguments.seed)
        .port(arguments.port)
        .epoch(arguments.epoch.unwrap_or_else(present))
        .tickets(arguments.tickets)
        .time_scale(arguments.time_scale)
        .limits(if arguments.limits { Limits::on() } else { Limits::Off })
        .changes(Changes { per_request: 3, total: arguments.changes })
        .faults(faults)
        // A person at a terminal wants answers, not a second opinion on them.
        .checked_answers(false)
}

async fn run(config: Config) -> Result<(), StartError> {
    let simulator = Simulator::try_start(config).await?;
    let credentials = simulator.credentials();
    println!("{}", simulator.url());
    println!(
        "Bearer {} (or Basic {}/token:{}, which the chat exports refuse)",
        credentials.access_token, credentials.email, credentials.api_token
    );
    println!("export ZENDESK_URL={}", simulator.url());
    println!("export ZENDESK_TOKEN={}", credentials.access_token);
    tokio::signal::ctrl_c().await?;
    Ok(())
}

fn main() -> ExitCode {
    let config = config(&Arguments::parse());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let result = runtime.map_err(StartError::from).and_then(|runtime| runtime.block_on(run(config)));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
