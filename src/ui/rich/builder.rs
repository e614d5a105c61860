//! Puts blocks together from what a parser of markup says as it reads: this opens, that closes, here are words.
//!
//! Whatever the order of the calls, the result is a text: what was not opened is not closed, what was not closed is closed at
//! the end, and what nests too deep is shown a level higher, so that no later step needs a deep stack.

use super::block::{Align, Block, Image, Item, List, Run, Table, text};
use super::face::Face;
use super::{Text, clean, highlight, maths};

/// Blocks nest no deeper.
const DEEPEST: usize = 12;

/// What holds blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Quote,
    List,
    Item,
    Table,
}

#[derive(Debug)]
enum Holds {
    Quote,
    List(List),
    Item(Option<bool>),
    Table(Rows),
}

/// A table while it is read.
#[derive(Debug, Default)]
struct Rows {
    table: Table,
    row: Vec<Vec<Run>>,
    /// Whether all cells of the row are heads.
    heads: bool,
    in_cell: bool,
    /// Images of the cells: they follow the table.
    images: Vec<usize>,
}

#[derive(Debug)]
struct Frame {
    holds: Holds,
    blocks: Vec<Block>,
    /// Whether HTML opened it: then it may be closed by Markdown around it, but not the other way.
    html: bool,
}

/// The text so far.
#[derive(Debug, Default)]
pub(super) struct Builder {
    frames: Vec<Frame>,
    blocks: Vec<Block>,
    runs: Vec<Run>,
    heading: bool,
    images: Vec<Image>,
    /// Opened blocks that are not kept, because they are too deep or in a cell; and how many of each kind.
    skipped: Vec<Kind>,
    counts: [usize; 4],
}

impl Builder {
    /// Words in a look. Line breaks are kept.
    pub(super) fn text(&mut self, words: &str, face: Face) {
        let words = clean::lines(words);
        let words = if words.contains('\t') { words.replace('\t', "    ").into() } else { words };
        if words.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.face == face => last.text.push_str(&words),
            _ => self.runs.push(Run { text: words.into_owned(), face }),
        }
    }

    /// Whether what is said next begins a line.
    pub(super) fn at_start(&self) -> bool {
        self.runs.last().is_none_or(|run| run.text.ends_with([' ', '\n']))
    }

    /// A formula: in Unicode, or its source where that cannot be.
    pub(super) fn maths(&mut self, source: &str, display: bool, face: Face) {
        let source = source.trim();
        let shown = maths::unicode(source);
        let face = if shown.is_some() { face } else { face.with(Face::CODE) };
        let shown = shown.as_deref().unwrap_or(source);
        if !display || self.in_cell() || self.heading {
            self.text(shown, face);
            return;
        }
        self.flush();
        self.text(shown, face);
        let runs = std::mem::take(&mut self.runs);
        self.block(Block::Formula(runs));
    }

    /// A block of code, coloured where the language is known.
    pub(super) fn code(&mut self, language: &str, code: &str) {
        let code = clean::lines(code);
        let code = clean::tabs(code.trim_end_matches('\n'));
        if self.in_cell() {
            self.text(code.trim_start_matches('\n'), Face::CODE);
            return;
        }
        self.flush();
        self.block(Block::Code(highlight::lines(&code, language)));
    }

    /// An image: a block of its own, but within cells and headings words with the image after the block.
    pub(super) fn image(&mut self, alt: &str, name: &str, face: Face) {
        let image =
            Image { alt: clean::lines(alt.trim()).into_owned(), name: clean::lines(name.trim()).replace('\n', "") };
        let (number, words) = (self.images.len(), image.words());
        self.images.push(image);
        if self.in_cell() {
            self.text(&words, face);
            if let Some(Frame { holds: Holds::Table(rows), .. }) = self.frames.last_mut() {
                rows.images.push(number);
            }
            return;
        }
        self.flush();
        self.block(Block::Image(number));
    }

    /// The address of a link after its words, unless they say it, or it leads nowhere outside the page.
    pub(super) fn address(&mut self, address: &str, face: Face) {
        let address = address.trim();
        let nowhere = ["#", "javascript:", "data:", "about:"].iter().any(|start| address.starts_with(start));
        let bare = |text: &str| text.trim_start_matches("mailto:").trim_end_matches('/').to_owned();
        let said = self.runs.last().is_some_and(|run| bare(run.text.trim()).ends_with(&bare(address)));
        if !address.is_empty() && !nowhere && !said {
            self.text(&format!(" ({})", address.replace('\n', "")), face.without(Face::LINK).with(Face::DIM));
        }
    }

    /// A heading begins.
    pub(super) fn heading(&mut self) {
        self.flush();
        self.heading = !self.in_cell();
    }

    /// A paragraph or heading ends, or might.
    pub(super) fn flush(&mut self) {
        if self.in_cell() {
            if !self.at_start() {
                self.text("\n", Face::PLAIN);
            }
            return;
        }
        let heading = std::mem::take(&mut self.heading);
        let runs = finished(std::mem::take(&mut self.runs));
        if !runs.is_empty() {
            self.block(if heading { Block::Heading(runs) } else { Block::Paragraph(runs) });
        }
    }

    /// A block as it is.
    pub(super) fn block(&mut self, block: Block) {
        match self.frames.last_mut() {
            // What stands in a list outside its items is an item.
            Some(Frame { holds: Holds::List(list), .. }) => {
                list.items.push(Item { task: None, blocks: vec![block] });
            }
            Some(frame) => frame.blocks.push(block),
            None => self.blocks.push(block),
        }
    }

    fn open(&mut self, holds: Holds, html: bool) {
        self.flush();
        if self.in_cell() || self.frames.len() >= DEEPEST {
            let kind = holds.kind();
            self.skipped.push(kind);
            self.counts[kind as usize] += 1;
            if kind == Kind::Item {
                self.text("• ", Face::PLAIN);
            }
            return;
        }
        self.frames.push(Frame { holds, blocks: Vec::new(), html });
    }

    /// A quote begins.
    pub(super) fn quote(&mut self, html: bool) {
        self.open(Holds::Quote, html);
    }

    /// A list begins, with the number of its first item, or of bullets.
    pub(super) fn list(&mut self, start: Option<u64>, html: bool) {
        self.open(Holds::List(List { start, ..List::default() }), html);
    }

    /// An item of a list begins.
    pub(super) fn item(&mut self, html: bool) {
        self.open(Holds::Item(None), html);
    }

    /// The item is a task.
    pub(super) fn task(&mut self, done: bool) {
        match self.frames.last_mut() {
            Some(Frame { holds: Holds::Item(task), .. }) => *task = Some(done),
            _ => self.text(if done { "[x] " } else { "[ ] " }, Face::PLAIN),
        }
    }

    /// The list has blank lines between its items.
    pub(super) fn loose(&mut self) {
        if let [.., Frame { holds: Holds::List(list), .. }, Frame { holds: Holds::Item(_), .. }] = &mut self.frames[..]
        {
            list.loose = true;
        }
    }

    /// A table begins.
    pub(super) fn table(&mut self, aligns: Vec<Align>, html: bool) {
        let table = Table { aligns, ..Table::default() };
        self.open(Holds::Table(Rows { table, ..Rows::default() }), html);
    }

    /// A row of the table begins; the one before ends.
    pub(super) fn row(&mut self) {
        if self.is_within_cell() {
            return self.flush();
        }
        self.end_cell();
        let Some(Frame { holds: Holds::Table(rows), .. }) = self.frames.last_mut() else { return };
        let row = std::mem::take(&mut rows.row);
        if row.is_empty() {
            return;
        }
        if rows.heads && rows.table.head.is_empty() && rows.table.rows.is_empty() {
            rows.table.head = row;
        } else {
            rows.table.rows.push(row);
        }
    }

    /// A cell of the row begins; the one before ends.
    pub(super) fn cell(&mut self, head: bool) {
        if self.is_within_cell() {
            return self.text(" ", Face::PLAIN);
        }
        self.end_cell();
        self.flush();
        if let Some(Frame { holds: Holds::Table(rows), .. }) = self.frames.last_mut() {
            rows.heads = head && (rows.row.is_empty() || rows.heads);
            rows.in_cell = true;
        }
    }

    /// Whether a row or cell belongs to a table that is not kept. Otherwise what the cell before left open is closed.
    fn is_within_cell(&mut self) -> bool {
        if self.counts[Kind::Table as usize] > 0 {
            return true;
        }
        if self.in_cell() {
            self.forget();
        }
        false
    }

    fn forget(&mut self) {
        self.skipped.clear();
        self.counts = [0; 4];
    }

    fn in_cell(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { holds: Holds::Table(Rows { in_cell: true, .. }), .. }))
    }

    fn end_cell(&mut self) {
        if let Some(Frame { holds: Holds::Table(rows), .. }) = self.frames.last_mut()
            && rows.in_cell
        {
            rows.in_cell = false;
            rows.row.push(finished(std::mem::take(&mut self.runs)));
        }
    }

    /// An item of HTML ends where the next begins.
    pub(super) fn end_item(&mut self) {
        let skipped = self.skipped.last().copied();
        let kept = || self.frames.iter().rev().map(Frame::kind).find(|kind| matches!(kind, Kind::List | Kind::Item));
        if skipped.or_else(kept) == Some(Kind::Item) {
            self.close(Kind::Item, true);
        }
    }

    /// Closes the innermost block of `kind` and what stands open in it, if there is one that may be closed: HTML does not
    /// close what Markdown opened.
    pub(super) fn close(&mut self, kind: Kind, html: bool) {
        self.flush();
        if self.counts[kind as usize] > 0 {
            while let Some(last) = self.skipped.pop() {
                self.counts[last as usize] -= 1;
                if last == kind {
                    break;
                }
            }
            return;
        }
        if self.in_cell() && kind != Kind::Table && html {
            return;
        }
        let ours = self.frames.iter().rev().take_while(|frame| frame.html || !html);
        let Some(depth) = ours.map(Frame::kind).position(|open| open == kind) else { return };
        self.forget();
        for _ in 0..=depth {
            self.pop();
        }
    }

    fn pop(&mut self) {
        self.row();
        self.flush();
        let Some(Frame { holds, blocks, .. }) = self.frames.pop() else { return };
        match holds {
            Holds::Quote if blocks.is_empty() => {}
            Holds::Quote => self.block(Block::Quote(blocks)),
            Holds::List(list) if list.items.is_empty() => {}
            Holds::List(list) => self.block(Block::List(list)),
            Holds::Item(task) => match self.frames.last_mut() {
                Some(Frame { holds: Holds::List(list), .. }) => list.items.push(Item { task, blocks }),
                _ => self.block(Block::List(List { items: vec![Item { task, blocks }], ..List::default() })),
            },
            Holds::Table(rows) => {
                if rows.table.columns() > 0 {
                    self.block(Block::Table(rows.table));
                }
                let images = rows.images.into_iter().map(Block::Image);
                images.chain(blocks).for_each(|block| self.block(block));
            }
        }
    }

    /// The text, with all that stands open closed.
    pub(super) fn finish(mut self) -> Text {
        self.forget();
        while !self.frames.is_empty() {
            self.pop();
        }
        self.flush();
        Text { blocks: self.blocks, images: self.images }
    }
}

impl Frame {
    fn kind(&self) -> Kind {
        self.holds.kind()
    }
}

impl Holds {
    fn kind(&self) -> Kind {
        match self {
            Holds::Quote => Kind::Quote,
            Holds::List(_) => Kind::List,
            Holds::Item(_) => Kind::Item,
            Holds::Table(_) => Kind::Table,
        }
    }
}

/// Runs without blank ends, with superscripts and subscripts as characters; nothing where all is blank.
fn finished(mut runs: Vec<Run>) -> Vec<Run> {
    if text(&runs).trim().is_empty() {
        return Vec::new();
    }
    let blank = |char: char| char.is_ascii_whitespace();
    let empty = runs.iter().take_while(|run| run.text.trim_start_matches(blank).is_empty()).count();
    runs.drain(..empty);
    if let Some(first) = runs.first_mut() {
        first.text.drain(..first.text.len() - first.text.trim_start_matches(blank).len());
    }
    while let Some(last) = runs.last_mut() {
        last.text.truncate(last.text.trim_end_matches(blank).len());
        if !last.text.is_empty() {
            break;
        }
        runs.pop();
    }
    for run in &mut runs {
        for (face, up) in [(Face::SUP, true), (Face::SUB, false)] {
            if run.face.has(face) {
                let words = run.text.trim();
                if !words.is_empty() {
                    run.text = run.text.replace(words, &maths::scripted(words, up));
                }
                run.face = run.face.without(face);
            }
        }
    }
    runs
}
