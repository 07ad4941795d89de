//! The progress line of the export.

use std::time::Duration;

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressStyle};
use zendesk_client::{Checkpoint, ExportEvent, ExportProgress};

/// A progress line on the terminal. It prints nothing if standard error is not a terminal.
#[derive(Clone)]
pub(crate) struct Show(ProgressBar);

impl Show {
    pub(crate) fn new() -> Self {
        let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}");
        let bar = ProgressBar::new_spinner()
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
            .with_message("requesting the first page");
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    pub(crate) fn event(&self, event: &ExportEvent<'_>) {
        match event {
            ExportEvent::Page(progress) => self.0.set_message(line(progress)),
            ExportEvent::Waiting(wait) => {
                let reason = format!("{:?}", wait.reason).to_lowercase();
                self.0.set_message(format!("waiting {} ({reason})", HumanDuration(wait.duration)));
            }
            ExportEvent::Retrying(error) => self.0.println(format!("retrying: {error:#}")),
            ExportEvent::SteppedOver { second } => {
                self.0.println(format!("records of the second {second} may be missing"));
            }
            ExportEvent::Restarted { second } => {
                let at =
                    second.map_or_else(|| "the start".to_owned(), |second| format!("the second {second}"));
                self.0.println(format!("the cursor was rejected: restarting at {at}"));
            }
            ExportEvent::Mismatch { key, mismatches } => {
                self.0.println(format!("record {}: {mismatches}", key.unwrap_or("without a key")));
            }
            ExportEvent::Unreadable(record) => self.0.println(format!("unreadable record: {}", record.error)),
            _ => {}
        }
    }

    pub(crate) fn finish(&self, checkpoint: Option<&Checkpoint>) {
        self.0.finish_and_clear();
        if let Some(checkpoint) = checkpoint {
            let reached = checkpoint.reached().map(|time| format!(" up to {time}")).unwrap_or_default();
            let (records, pages) = (HumanCount(checkpoint.records()), HumanCount(checkpoint.pages()));
            eprintln!("{records} records on {pages} pages{reached}");
        }
    }
}

fn line(progress: &ExportProgress) -> String {
    let mut line = format!("{} records, page {}", HumanCount(progress.records), HumanCount(progress.pages));
    if let (Some(reached), Some(lag)) = (progress.reached, progress.lag) {
        line.push_str(&format!(", up to {reached}, {} behind", HumanDuration(lag)));
    }
    line
}
