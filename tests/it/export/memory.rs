//! The raw stream needs the memory of a page, whatever the number of pages.

use std::process::Command;

use simulator::{Config, Simulator};

/// Reads this many tickets. Returns the memory at the start and the peak memory, in KiB.
async fn peak(tickets: u32) -> (u64, u64) {
    let simulator = Simulator::start(Config::default().tickets(tickets).check_responses(false)).await;
    let output = Command::new(env!("CARGO_BIN_EXE_raw_stream"))
        .args([simulator.url(), &simulator.credentials().access_token])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<u64> = text.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let [records, before, peak] = numbers[..] else {
        panic!("{text}{}", String::from_utf8_lossy(&output.stderr))
    };
    assert_eq!(records, u64::from(tickets));
    (before, peak)
}

#[tokio::test]
async fn peak_memory_does_not_grow_with_the_number_of_records() {
    let (few_before, few) = peak(3_000).await;
    let (before, many) = peak(30_000).await;
    assert!(many < few + 8 * 1024, "{few} KiB for few records, {many} KiB for many");
    assert!(
        many < before + 64 * 1024 && few < few_before + 64 * 1024,
        "{before} KiB before, {many} KiB at most"
    );
}
