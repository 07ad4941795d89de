//! Prints measurements as tables.

use std::fmt;

/// A measured quantity.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The name in files and in the header of tables.
    pub name: &'static str,
    /// The unit in which it is printed.
    pub unit: Unit,
}

/// The unit in which a quantity is printed.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// The figure is in seconds.
    Seconds,
    /// The figure is in seconds, and printed in milliseconds.
    Milliseconds,
    /// The figure is in seconds, and printed in microseconds.
    Microseconds,
    /// The figure is in bytes, and printed in kibibytes.
    Kibibytes,
    /// The figure is in bytes, and printed in mebibytes.
    Mebibytes,
    /// A number without a unit, printed with thousands separators.
    Number,
}

/// The outcome of a contender.
#[derive(Clone, Debug)]
pub enum ContenderOutcome {
    /// A figure for each column; `None` if it isn't known.
    Figures(Vec<Option<f64>>),
    /// It is not installed; the string says how to install it.
    Absent(String),
    /// It failed; the string says why.
    Failed(String),
}

/// The row of a contender.
#[derive(Clone, Debug)]
pub struct Row {
    /// The contender's name.
    pub name: String,
    /// The contender's outcome.
    pub outcome: ContenderOutcome,
    /// A note about the figures.
    pub note: Option<String>,
    /// Whether the entire run fails if it has no figures.
    pub required: bool,
}

impl Row {
    /// Creates a row that isn't required.
    #[must_use]
    pub fn new(name: impl Into<String>, outcome: ContenderOutcome) -> Self {
        Self { name: name.into(), outcome, note: None, required: false }
    }

    /// Makes the row required.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Sets the note.
    #[must_use]
    pub fn with_note(self, note: impl Into<Option<String>>) -> Self {
        Self { note: note.into(), ..self }
    }

    pub(super) fn figure(&self, column: usize) -> Option<f64> {
        let ContenderOutcome::Figures(figures) = &self.outcome else { return None };
        figures.get(column).copied().flatten()
    }
}

/// A table of the contenders of one task.
#[derive(Clone, Debug)]
pub struct Group {
    /// The name of the task. Older reports are matched by it.
    pub name: String,
    /// More about the task.
    pub detail: Option<String>,
    /// The measured quantities.
    pub columns: Vec<Column>,
    /// The rows of the contenders.
    pub rows: Vec<Row>,
    /// The name of the contender that all figures are divided by.
    pub baseline: Option<String>,
    /// Ratios between figures of two contenders, with their labels.
    pub ratios: Vec<(String, f64)>,
}

impl Group {
    /// Creates a table without rows.
    #[must_use]
    pub fn new(name: impl Into<String>, columns: &[Column], baseline: Option<&str>) -> Self {
        Self {
            name: name.into(),
            detail: None,
            columns: columns.to_vec(),
            rows: Vec::new(),
            baseline: baseline.map(str::to_owned),
            ratios: Vec::new(),
        }
    }

    /// Sets the detail.
    #[must_use]
    pub fn with_detail(self, detail: impl Into<Option<String>>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// Returns a figure divided by that of the baseline.
    pub(super) fn ratio(&self, row: &Row, column: usize) -> Option<f64> {
        let baseline = self.rows.iter().find(|row| Some(&row.name) == self.baseline.as_ref())?;
        quotient(row.figure(column)?, baseline.figure(column)?)
    }

    /// Adds the ratio between two contenders, if both have the figure.
    pub fn compare(&mut self, text: &str, one: &str, other: &str, column: usize) {
        let figure = |name: &str| self.rows.iter().find(|row| row.name == name)?.figure(column);
        if let Some(ratio) = figure(one).zip(figure(other)).and_then(|(one, other)| quotient(one, other)) {
            self.ratios.push((text.to_owned(), ratio));
        }
    }
}

fn quotient(one: f64, other: f64) -> Option<f64> {
    (other > 0.0).then(|| one / other)
}

/// The ratios of an older run: by group, row and column, and by group and label.
pub(super) trait OldRatios {
    fn ratio(&self, group: &str, row: &str, column: &str) -> Option<f64>;
    fn comparison(&self, group: &str, text: &str) -> Option<f64>;
}

/// Prints a table, with the older ratios next to the new ones.
pub(super) fn render(group: &Group, older: &impl OldRatios, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let detail = group.detail.as_ref().map(|detail| format!(": {detail}")).unwrap_or_default();
    writeln!(f, "\n{}{detail}", group.name)?;
    let mut lines = vec![header(group)];
    lines.extend(group.rows.iter().map(|row| cells(group, row, older)));
    let widths: Vec<usize> = (0..lines[0].len())
        .map(|column| {
            // The message of a contender without figures spans all columns.
            let whole = lines.iter().filter(|line| column == 0 || line.len() == lines[0].len());
            whole.map(|line| line[column].chars().count()).max().unwrap_or_default()
        })
        .collect();
    for (index, line) in lines.iter().enumerate() {
        let text: Vec<_> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        writeln!(f, "  {}", text.join("  ").trim_end())?;
        if let Some(note) = index.checked_sub(1).and_then(|row| group.rows[row].note.as_ref()) {
            writeln!(f, "      {note}")?;
        }
    }
    for (text, ratio) in &group.ratios {
        let was =
            older.comparison(&group.name, text).map(|was| format!(", was {was:.2}")).unwrap_or_default();
        writeln!(f, "  {text}: {ratio:.2}{was}")?;
    }
    Ok(())
}

fn header(group: &Group) -> Vec<String> {
    let titles = group.columns.iter().map(|column| match column.unit {
        Unit::Seconds => format!("{} s", column.name),
        Unit::Milliseconds => format!("{} ms", column.name),
        Unit::Microseconds => format!("{} µs", column.name),
        Unit::Kibibytes => format!("{} KiB", column.name),
        Unit::Mebibytes => format!("{} MiB", column.name),
        Unit::Number => column.name.to_owned(),
    });
    std::iter::once(String::new()).chain(titles).collect()
}

fn cells(group: &Group, row: &Row, older: &impl OldRatios) -> Vec<String> {
    let mut cells = vec![row.name.clone()];
    match &row.outcome {
        ContenderOutcome::Absent(install_help) => cells.push(format!("absent: {install_help}")),
        ContenderOutcome::Failed(reason) => cells.push(format!("failed: {reason}")),
        ContenderOutcome::Figures(figures) => {
            for (index, (figure, column)) in figures.iter().zip(&group.columns).enumerate() {
                let ratio = group.ratio(row, index);
                let was = older.ratio(&group.name, &row.name, column.name);
                cells.push(
                    figure.map_or_else(|| "-".to_owned(), |figure| cell(figure, column.unit, ratio, was)),
                );
            }
        }
    }
    cells
}

fn cell(figure: f64, unit: Unit, ratio: Option<f64>, was: Option<f64>) -> String {
    let mut text = match unit {
        Unit::Seconds => format!("{figure:.2}"),
        Unit::Milliseconds => format!("{:.2}", figure * 1e3),
        Unit::Microseconds => format!("{:.1}", figure * 1e6),
        Unit::Kibibytes => format!("{:.1}", figure / f64::from(1 << 10)),
        Unit::Mebibytes => format!("{:.1}", figure / f64::from(1 << 20)),
        Unit::Number => number(figure),
    };
    if let Some(ratio) = ratio {
        text.push_str(&format!(" ×{ratio:.2}"));
        if let Some(was) = was {
            text.push_str(&format!(" (was ×{was:.2})"));
        }
    }
    text
}

/// Formats a number with thousands separators. Only small numbers have a fraction.
pub(super) fn number(figure: f64) -> String {
    if figure.abs() < 100.0 {
        return format!("{figure:.1}");
    }
    let digits = format!("{figure:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
