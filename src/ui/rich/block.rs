//! What a text is made of.

use super::face::Face;

/// A piece of a line in one look. A line break is `\n` in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) face: Face,
}

/// A picture of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// What it shows, in words; empty where the bank does not say.
    pub alt: String,
    /// Its file or address, as the bank names it.
    pub name: String,
}

impl Image {
    /// The words that stand for it: `[image: alt]`, or its name where there is no alt.
    pub(super) fn words(&self) -> String {
        let short = self.name.rsplit('/').next().unwrap_or_default();
        let name = if self.name.starts_with("data:") { "" } else { short };
        let words = if self.alt.trim().is_empty() { name } else { &self.alt };
        if words.is_empty() { "[image]".to_owned() } else { format!("[image: {}]", words.replace('\n', " ")) }
    }
}

/// A block. Blocks do not nest deeper than the builder lets them.
#[derive(Clone, Debug)]
pub(super) enum Block {
    Paragraph(Vec<Run>),
    Heading(Vec<Run>),
    /// A formula that stands by itself.
    Formula(Vec<Run>),
    /// Lines of code, each in runs.
    Code(Vec<Vec<Run>>),
    Quote(Vec<Block>),
    List(List),
    Table(Table),
    Rule,
    /// The number of an image.
    Image(usize),
}

#[derive(Clone, Debug, Default)]
pub(super) struct List {
    /// The number of the first item; bullets without.
    pub(super) start: Option<u64>,
    pub(super) items: Vec<Item>,
    /// Whether a blank line parts the items.
    pub(super) loose: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// Whether it is done, for a task.
    pub(super) task: Option<bool>,
    pub(super) blocks: Vec<Block>,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Align {
    #[default]
    Left,
    Center,
    Right,
}

pub(super) type Cell = Vec<Run>;

#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// The heads of the columns; empty where there are none.
    pub(super) head: Vec<Cell>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// By column; columns past its end are set left.
    pub(super) aligns: Vec<Align>,
}

impl Table {
    pub(super) fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).chain([self.head.len()]).max().unwrap_or(0)
    }
}

/// The text of runs without their looks.
pub(super) fn text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}
