//! The blocks of a text.

use super::face::TextFace;

/// A piece of a line with one face. A line break is `\n` in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StyledRun {
    pub(super) text: String,
    pub(super) face: TextFace,
}

/// An image in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The alternative text; empty if the bank has none.
    pub alt: String,
    /// Its file or address, as the bank names it.
    pub name: String,
}

impl Image {
    /// Its description: `[image: alt]`, or its name if there is no alternative text.
    pub(super) fn words(&self) -> String {
        let short = self.name.rsplit('/').next().unwrap_or_default();
        let name = if self.name.starts_with("data:") { "" } else { short };
        let words = if self.alt.trim().is_empty() { name } else { &self.alt };
        if words.is_empty() { "[image]".to_owned() } else { format!("[image: {}]", words.replace('\n', " ")) }
    }
}

/// A block. The builder limits the depth of nesting.
#[derive(Clone, Debug)]
pub(super) enum RichBlock {
    Paragraph(Vec<StyledRun>),
    Heading(Vec<StyledRun>),
    /// A display formula.
    Formula(Vec<StyledRun>),
    /// Lines of code, each in runs.
    Code(Vec<Vec<StyledRun>>),
    Quote(Vec<RichBlock>),
    List(RichList),
    Table(RichTable),
    Rule,
    /// The index of an image.
    Image(usize),
}

#[derive(Clone, Debug, Default)]
pub(super) struct RichList {
    /// The number of the first item; `None` for bullets.
    pub(super) start: Option<u64>,
    pub(super) items: Vec<ListItem>,
    /// Whether blank lines separate the items.
    pub(super) loose: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ListItem {
    /// For a task, whether it is done.
    pub(super) task: Option<bool>,
    pub(super) blocks: Vec<RichBlock>,
}

/// The alignment of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Align {
    #[default]
    Left,
    Center,
    Right,
}

pub(super) type RichCell = Vec<StyledRun>;

#[derive(Clone, Debug, Default)]
pub(super) struct RichTable {
    /// The heads of the columns; may be empty.
    pub(super) head: Vec<RichCell>,
    pub(super) rows: Vec<Vec<RichCell>>,
    /// By column; further columns are set to the left.
    pub(super) aligns: Vec<Align>,
}

impl RichTable {
    pub(super) fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).chain([self.head.len()]).max().unwrap_or(0)
    }
}

/// The text of runs without their faces.
pub(super) fn text(runs: &[StyledRun]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}
