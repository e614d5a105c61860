//! Builds blocks from the events of a markup parser: a block opens, a block closes, here is text.
//!
//! Any order of calls gives a valid text. Unopened blocks are not closed, open blocks are closed at the end, and blocks that nest too
//! deep are shown a level higher, so that no later step needs a deep stack.

use super::block::{Align, Image, ListItem, RichBlock, RichList, RichTable, StyledRun, text};
use super::face::TextFace;
use super::{Text, clean, highlight, maths};

/// The deepest nesting of blocks.
const DEEPEST: usize = 12;

/// The kinds of blocks that hold others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    Quote,
    List,
    Item,
    Table,
}

#[derive(Debug)]
enum Holds {
    Quote,
    List(RichList),
    Item(Option<bool>),
    Table(TableBuilder),
}

/// A table while it is read.
#[derive(Debug, Default)]
struct TableBuilder {
    table: RichTable,
    row: Vec<Vec<StyledRun>>,
    /// Whether all cells of the row are heads.
    heads: bool,
    in_cell: bool,
    /// Images of the cells, which follow the table.
    images: Vec<usize>,
}

#[derive(Debug)]
struct Frame {
    holds: Holds,
    blocks: Vec<RichBlock>,
    /// Whether HTML opened it. Markdown around it may close it, but HTML may not close a frame of Markdown.
    html: bool,
}

/// The text so far.
#[derive(Debug, Default)]
pub(super) struct Builder {
    frames: Vec<Frame>,
    blocks: Vec<RichBlock>,
    runs: Vec<StyledRun>,
    heading: bool,
    images: Vec<Image>,
    /// Open blocks that are not kept, because they are too deep or in a cell; and their number by kind.
    skipped: Vec<BlockKind>,
    counts: [usize; 4],
}

impl Builder {
    /// Text with a face. Line breaks are kept.
    pub(super) fn text(&mut self, words: &str, face: TextFace) {
        let words = clean::lines(words);
        let words = if words.contains('\t') { words.replace('\t', "    ").into() } else { words };
        if words.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.face == face => last.text.push_str(&words),
            _ => self.runs.push(StyledRun { text: words.into_owned(), face }),
        }
    }

    /// Whether the next text begins a line or follows a blank.
    pub(super) fn at_start(&self) -> bool {
        self.runs.last().is_none_or(|run| run.text.ends_with([' ', '\n']))
    }

    /// A formula in Unicode, or its source if that is not possible.
    pub(super) fn maths(&mut self, source: &str, display: bool, face: TextFace) {
        let source = source.trim();
        let shown = maths::unicode(source);
        let face = if shown.is_some() { face } else { face.with(TextFace::CODE) };
        let shown = shown.as_deref().unwrap_or(source);
        if !display || self.in_cell() || self.heading {
            self.text(shown, face);
            return;
        }
        self.flush();
        self.text(shown, face);
        let runs = std::mem::take(&mut self.runs);
        self.block(RichBlock::Formula(runs));
    }

    /// A block of code, coloured if the language is known.
    pub(super) fn code(&mut self, language: &str, code: &str) {
        let code = clean::lines(code);
        let code = clean::tabs(code.trim_end_matches('\n'));
        if self.in_cell() {
            self.text(code.trim_start_matches('\n'), TextFace::CODE);
            return;
        }
        self.flush();
        self.block(RichBlock::Code(highlight::lines(&code, language)));
    }

    /// An image: a block of its own, but in cells a description, with the image after the table.
    pub(super) fn image(&mut self, alt: &str, name: &str, face: TextFace) {
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
        self.block(RichBlock::Image(number));
    }

    /// The address of a link after its text, unless the text contains it, or it leads nowhere outside the page.
    pub(super) fn address(&mut self, address: &str, face: TextFace) {
        let address = address.trim();
        let nowhere = ["#", "javascript:", "data:", "about:"].iter().any(|start| address.starts_with(start));
        let bare = |text: &str| text.trim_start_matches("mailto:").trim_end_matches('/').to_owned();
        let shown = self.runs.last().is_some_and(|run| bare(run.text.trim()).ends_with(&bare(address)));
        if !address.is_empty() && !nowhere && !shown {
            self.text(&format!(" ({})", address.replace('\n', "")), face.without(TextFace::LINK).with(TextFace::DIM));
        }
    }

    /// Begins a heading.
    pub(super) fn heading(&mut self) {
        self.flush();
        self.heading = !self.in_cell();
    }

    /// Ends a paragraph or a heading, if there is one.
    pub(super) fn flush(&mut self) {
        if self.in_cell() {
            if !self.at_start() {
                self.text("\n", TextFace::PLAIN);
            }
            return;
        }
        let heading = std::mem::take(&mut self.heading);
        let runs = finished(std::mem::take(&mut self.runs));
        if !runs.is_empty() {
            self.block(if heading { RichBlock::Heading(runs) } else { RichBlock::Paragraph(runs) });
        }
    }

    /// Adds a finished block.
    pub(super) fn block(&mut self, block: RichBlock) {
        match self.frames.last_mut() {
            // A block in a list outside its items is an item.
            Some(Frame { holds: Holds::List(list), .. }) => {
                list.items.push(ListItem { task: None, blocks: vec![block] });
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
            if kind == BlockKind::Item {
                self.text("• ", TextFace::PLAIN);
            }
            return;
        }
        self.frames.push(Frame { holds, blocks: Vec::new(), html });
    }

    /// Begins a quote.
    pub(super) fn quote(&mut self, html: bool) {
        self.open(Holds::Quote, html);
    }

    /// Begins a list with the number of its first item, or with bullets.
    pub(super) fn list(&mut self, start: Option<u64>, html: bool) {
        self.open(Holds::List(RichList { start, ..RichList::default() }), html);
    }

    /// Begins an item of a list.
    pub(super) fn item(&mut self, html: bool) {
        self.open(Holds::Item(None), html);
    }

    /// Makes the item a task.
    pub(super) fn task(&mut self, done: bool) {
        match self.frames.last_mut() {
            Some(Frame { holds: Holds::Item(task), .. }) => *task = Some(done),
            _ => self.text(if done { "[x] " } else { "[ ] " }, TextFace::PLAIN),
        }
    }

    /// Gives the list blank lines between its items.
    pub(super) fn loose(&mut self) {
        if let [.., Frame { holds: Holds::List(list), .. }, Frame { holds: Holds::Item(_), .. }] = &mut self.frames[..]
        {
            list.loose = true;
        }
    }

    /// Begins a table.
    pub(super) fn table(&mut self, aligns: Vec<Align>, html: bool) {
        let table = RichTable { aligns, ..RichTable::default() };
        self.open(Holds::Table(TableBuilder { table, ..TableBuilder::default() }), html);
    }

    /// Begins a row of the table, and ends the one before.
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

    /// Begins a cell of the row, and ends the one before.
    pub(super) fn cell(&mut self, head: bool) {
        if self.is_within_cell() {
            return self.text(" ", TextFace::PLAIN);
        }
        self.end_cell();
        self.flush();
        if let Some(Frame { holds: Holds::Table(rows), .. }) = self.frames.last_mut() {
            rows.heads = head && (rows.row.is_empty() || rows.heads);
            rows.in_cell = true;
        }
    }

    /// Whether a row or cell belongs to a table that is not kept. Otherwise closes what the cell before left open.
    fn is_within_cell(&mut self) -> bool {
        if self.counts[BlockKind::Table as usize] > 0 {
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
        matches!(self.frames.last(), Some(Frame { holds: Holds::Table(TableBuilder { in_cell: true, .. }), .. }))
    }

    fn end_cell(&mut self) {
        if let Some(Frame { holds: Holds::Table(rows), .. }) = self.frames.last_mut()
            && rows.in_cell
        {
            rows.in_cell = false;
            rows.row.push(finished(std::mem::take(&mut self.runs)));
        }
    }

    /// Ends an item of HTML, because the next one begins.
    pub(super) fn end_item(&mut self) {
        let skipped = self.skipped.last().copied();
        let kept =
            || self.frames.iter().rev().map(Frame::kind).find(|kind| matches!(kind, BlockKind::List | BlockKind::Item));
        if skipped.or_else(kept) == Some(BlockKind::Item) {
            self.close(BlockKind::Item, true);
        }
    }

    /// Closes the innermost block of `kind` and all open blocks in it, if it may be closed: HTML does not close blocks of Markdown.
    pub(super) fn close(&mut self, kind: BlockKind, html: bool) {
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
        if self.in_cell() && kind != BlockKind::Table && html {
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
            Holds::Quote => self.block(RichBlock::Quote(blocks)),
            Holds::List(list) if list.items.is_empty() => {}
            Holds::List(list) => self.block(RichBlock::List(list)),
            Holds::Item(task) => match self.frames.last_mut() {
                Some(Frame { holds: Holds::List(list), .. }) => list.items.push(ListItem { task, blocks }),
                _ => self
                    .block(RichBlock::List(RichList { items: vec![ListItem { task, blocks }], ..RichList::default() })),
            },
            Holds::Table(rows) => {
                if rows.table.columns() > 0 {
                    self.block(RichBlock::Table(rows.table));
                }
                let images = rows.images.into_iter().map(RichBlock::Image);
                images.chain(blocks).for_each(|block| self.block(block));
            }
        }
    }

    /// The text, with all open blocks closed.
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
    fn kind(&self) -> BlockKind {
        self.holds.kind()
    }
}

impl Holds {
    fn kind(&self) -> BlockKind {
        match self {
            Holds::Quote => BlockKind::Quote,
            Holds::List(_) => BlockKind::List,
            Holds::Item(_) => BlockKind::Item,
            Holds::Table(_) => BlockKind::Table,
        }
    }
}

/// Runs without blank ends, and with superscripts and subscripts as characters. Empty if all is blank.
fn finished(mut runs: Vec<StyledRun>) -> Vec<StyledRun> {
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
        for (face, up) in [(TextFace::SUP, true), (TextFace::SUB, false)] {
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
