//! What was measured, as a person reads it.

use std::fmt;

/// A quantity that is measured.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in files and in the head of tables.
    pub name: &'static str,
    /// How it is written.
    pub unit: Unit,
}

/// How a quantity is written.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// Kept in seconds.
    Seconds,
    /// Kept in seconds.
    Milliseconds,
    /// Kept in bytes.
    Mebibytes,
    /// As it is, thousands apart.
    Number,
}

/// What became of a contender.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// One figure to a column; none where there is nothing to tell.
    Figures(Vec<Option<f64>>),
    /// It is not here; how to get it.
    Absent(String),
    /// It did not do it; why.
    Failed(String),
}

/// A contender.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What to know about its figures.
    pub note: Option<String>,
    /// Whether its failure is the run's.
    pub required: bool,
}

impl Row {
    /// A contender from elsewhere.
    #[must_use]
    pub fn new(name: impl Into<String>, outcome: Outcome) -> Self {
        Self { name: name.into(), outcome, note: None, required: false }
    }

    /// What has to work.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// With something to know about its figures.
    #[must_use]
    pub fn noted(self, note: impl Into<Option<String>>) -> Self {
        Self { note: note.into(), ..self }
    }

    pub(super) fn figure(&self, column: usize) -> Option<f64> {
        let Outcome::Figures(figures) = &self.outcome else { return None };
        figures.get(column).copied().flatten()
    }
}

/// Contenders at the same task.
#[derive(Clone, Debug)]
pub struct Group {
    /// The task, by a name that it keeps.
    pub name: String,
    /// What else there is to say of it.
    pub detail: Option<String>,
    /// What is measured.
    pub columns: Vec<Column>,
    /// The contenders.
    pub rows: Vec<Row>,
    /// The contender that the others are compared with.
    pub baseline: Option<String>,
    /// Ratios of one figure to another of the same run, by what they say.
    pub ratios: Vec<(String, f64)>,
}

impl Group {
    /// A task that nobody has tried yet.
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

    /// With more to say of the task.
    #[must_use]
    pub fn detailed(self, detail: impl Into<Option<String>>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// A figure divided by the baseline's.
    pub(super) fn ratio(&self, row: &Row, column: usize) -> Option<f64> {
        let baseline = self.rows.iter().find(|row| Some(&row.name) == self.baseline.as_ref())?;
        quotient(row.figure(column)?, baseline.figure(column)?)
    }

    /// Adds how two contenders compare, if both have the figure.
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

/// Older ratios, by group, row and column; and by group and text.
pub(super) trait Older {
    fn ratio(&self, group: &str, row: &str, column: &str) -> Option<f64>;
    fn said(&self, group: &str, text: &str) -> Option<f64>;
}

/// A group as text, the older ratios beside the new ones.
pub(super) fn render(group: &Group, older: &impl Older, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let detail = group.detail.as_ref().map(|detail| format!(": {detail}")).unwrap_or_default();
    writeln!(f, "\n{}{detail}", group.name)?;
    let mut lines = vec![head(group)];
    lines.extend(group.rows.iter().map(|row| cells(group, row, older)));
    let widths: Vec<usize> = (0..lines[0].len())
        .map(|column| {
            // What is said of a contender without figures runs over all columns.
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
        let was = older.said(&group.name, text).map(|was| format!(", was {was:.2}")).unwrap_or_default();
        writeln!(f, "  {text}: {ratio:.2}{was}")?;
    }
    Ok(())
}

fn head(group: &Group) -> Vec<String> {
    let titles = group.columns.iter().map(|column| match column.unit {
        Unit::Seconds => format!("{} s", column.name),
        Unit::Milliseconds => format!("{} ms", column.name),
        Unit::Mebibytes => format!("{} MiB", column.name),
        Unit::Number => column.name.to_owned(),
    });
    std::iter::once(String::new()).chain(titles).collect()
}

fn cells(group: &Group, row: &Row, older: &impl Older) -> Vec<String> {
    let mut cells = vec![row.name.clone()];
    match &row.outcome {
        Outcome::Absent(cure) => cells.push(format!("absent: {cure}")),
        Outcome::Failed(reason) => cells.push(format!("failed: {reason}")),
        Outcome::Figures(figures) => {
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

/// Thousands apart; fractions only of small numbers.
fn number(figure: f64) -> String {
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
