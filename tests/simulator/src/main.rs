//! The simulator as a program: prints its URL and credentials, and runs until ctrl-c.

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use clap::builder::PossibleValuesParser;
use simulator::{Changes, Config, Fault, FaultPlan, Limits, Simulator, StartError};

/// A simulator of the server, with a made-up account, on loopback.
///
/// The first line of output is the base URL for the client, the second line contains the credentials. The next two
/// lines set both as environment variables for the client's examples; paste them into another terminal. The seed and
/// the epoch determine all data. Stop the simulator with ctrl-c.
#[derive(Parser)]
#[command(name = "simulate", bin_name = "cargo xtask simulate", version, after_help = EXAMPLES)]
struct Arguments {
    /// Listen on this port of 127.0.0.1 [default: any free port]
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,

    /// Number of tickets; the number of other records is proportional to it
    #[arg(long, value_name = "N", default_value_t = 2_500)]
    tickets: u32,

    /// Seed for the records and the order of faults
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Start of simulated time in Unix seconds; all records are older [default: the current time]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(i64).range(EPOCHS))]
    epoch: Option<i64>,

    /// Faults to inject into three of ten requests: none, all, or names separated by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    #[arg(default_value = "none", value_parser = fault_names())]
    faults: Vec<String>,

    /// Enforce the account's rate limits
    #[arg(long)]
    limits: bool,

    /// Number of simulated seconds in a real second
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0, value_parser = factor)]
    time_scale: f64,

    /// Number of records that appear minutes after their time, one after each page of an export by time
    #[arg(long, value_name = "N", default_value_t = 0)]
    late: u32,

    /// Total number of records that change, appear or are deleted during exports, three after each page
    #[arg(long, value_name = "N", default_value_t = 0)]
    changes: u32,
}

/// From 2010 to 2100: records are up to years older than the epoch, and must not be older than 1970.
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
        _ => Err("it must be a number from 0 to 1000000".to_owned()),
    }
}

/// Returns the current time in Unix seconds. Clients compare the simulator's times with their own clock.
fn current_time() -> i64 {
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
        .epoch(arguments.epoch.unwrap_or_else(current_time))
        .tickets(arguments.tickets)
        .time_scale(arguments.time_scale)
        .limits(if arguments.limits { Limits::on() } else { Limits::Off })
        .changes(Changes { per_request: 3, total: arguments.changes })
        .late_records(arguments.late)
        .faults(faults)
        // The check is for tests: it takes most of the time.
        .check_responses(false)
}

async fn run(config: Config) -> Result<(), StartError> {
    let simulator = Simulator::try_start(config).await?;
    let credentials = simulator.credentials();
    println!("{}", simulator.url());
    println!(
        "Bearer {} (or Basic {}/token:{}, which the chat exports don't accept)",
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
