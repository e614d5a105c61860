//! Blocks to lines of a terminal.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::block::{Block, Cell, Image, List, Run, Table};
use super::face::Face;
use super::table;
use super::wrap::{Row, columns, cut, wrap};
use super::{Laid, Stand};
use crate::ui::tui::theme::Theme;

/// The lines of blocks, `width` columns wide at most.
pub(super) fn lay(blocks: &[Block], images: &[Image], width: usize, theme: &Theme, base: Style) -> Laid {
    let mut layer = Layer { width, theme, base, images, leads: Vec::new(), laid: Laid::default() };
    layer.blocks(blocks, false);
    layer.laid
}

/// What stands before lines: the sign of an item before its first, a bar before all of a quote.
struct Lead {
    first: String,
    rest: String,
    face: Face,
    used: bool,
}

/// Code within a line in backticks: its colour alone would not tell it.
fn ticked(runs: &[Run]) -> Vec<Run> {
    let tick = |run: &Run| match run.face.has(Face::CODE) && !run.text.trim().is_empty() {
        true => Run { text: format!("`{}`", run.text), face: run.face },
        false => run.clone(),
    };
    runs.iter().map(tick).collect()
}

struct Layer<'a> {
    width: usize,
    theme: &'a Theme,
    base: Style,
    images: &'a [Image],
    leads: Vec<Lead>,
    laid: Laid,
}

impl Layer<'_> {
    /// The columns that are left beside the leads.
    fn room(&self) -> usize {
        let taken = |lead: &Lead| columns(&lead.rest).max(if lead.used { 0 } else { columns(&lead.first) });
        self.width.saturating_sub(self.leads.iter().map(taken).sum()).max(2)
    }

    /// Whatever `inside` lays stands behind this lead, if that leaves it room.
    fn behind(&mut self, first: &str, rest: &str, face: Face, inside: impl FnOnce(&mut Self)) {
        let taken = columns(first).max(columns(rest));
        let room = self.room();
        if taken + (self.width / 2).clamp(2, 8) > room {
            // A sign that has no room beside the words stands above them.
            if !first.trim().is_empty() && taken <= room && first != rest {
                self.line(&[Run { text: first.trim_end().to_owned(), face }], 0);
            }
            return inside(self);
        }
        let (depth, begin) = (self.leads.len(), self.laid.lines.len());
        self.leads.push(Lead { first: first.to_owned(), rest: rest.to_owned(), face, used: false });
        inside(self);
        if self.laid.lines.len() == begin {
            self.line(&[], 0);
        }
        self.leads.truncate(depth);
    }

    fn line(&mut self, runs: &[Run], pad: usize) {
        let mut spans = Vec::with_capacity(runs.len() + self.leads.len() + 1);
        for lead in &mut self.leads {
            let sign = if lead.used { &lead.rest } else { &lead.first };
            lead.used = true;
            if !sign.is_empty() {
                spans.push(Span::styled(sign.clone(), lead.face.style(self.theme, self.base)));
            }
        }
        if pad > 0 {
            spans.push(Span::styled(" ".repeat(pad), self.base));
        }
        let runs = runs.iter().filter(|run| !run.text.is_empty());
        spans.extend(runs.map(|run| Span::styled(run.text.clone(), run.face.style(self.theme, self.base))));
        // Blanks at the end are of no use to anybody who copies the line.
        while let Some(last) = spans.last_mut() {
            let end = last.content.trim_end_matches(' ').len();
            last.content.to_mut().truncate(end);
            if end > 0 {
                break;
            }
            spans.pop();
        }
        self.laid.lines.push(Line::from(spans));
    }

    fn blocks(&mut self, blocks: &[Block], tight: bool) {
        for (number, block) in blocks.iter().enumerate() {
            if number > 0 && !(tight && matches!(block, Block::List(_) | Block::Paragraph(_))) {
                self.line(&[], 0);
            }
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(runs) => self.paragraph(runs, Face::PLAIN),
            Block::Heading(runs) => self.paragraph(runs, Face::HEADING),
            Block::Formula(runs) => {
                self.behind("    ", "    ", Face::PLAIN, |layer| layer.paragraph(runs, Face::PLAIN));
            }
            Block::Code(lines) => self.code(lines),
            Block::Quote(blocks) => self.behind("│ ", "│ ", Face::DIM, |layer| layer.blocks(blocks, false)),
            Block::List(list) => self.list(list),
            Block::Table(table) => self.table(table),
            Block::Rule => {
                let rule = "─".repeat(self.room().min(40));
                self.line(&[Run { text: rule, face: Face::DIM }], 0);
            }
            Block::Image(number) => {
                let (line, column) = (self.laid.lines.len(), self.width.saturating_sub(self.room()));
                let words = self.images.get(*number).map(Image::words).unwrap_or_default();
                self.paragraph(&[Run { text: words, face: Face::PLAIN }], Face::PLAIN);
                self.laid.images.push(Stand { image: *number, line, lines: self.laid.lines.len() - line, column });
            }
        }
    }

    fn paragraph(&mut self, runs: &[Run], face: Face) {
        let mut runs = ticked(runs);
        runs.iter_mut().for_each(|run| run.face = run.face.with(face));
        let room = self.room();
        for row in wrap(&runs, room, self.theme.reorder) {
            self.row(&row, room);
        }
    }

    fn row(&mut self, row: &Row, room: usize) {
        let pad = if row.right { room.saturating_sub(row.width) } else { 0 };
        self.line(&row.runs, pad);
    }

    /// Lines of code are not wrapped: what is too long goes on behind a mark.
    fn code(&mut self, lines: &[Vec<Run>]) {
        let indent = if self.room() < 40 { "  " } else { "    " };
        self.behind(indent, indent, Face::PLAIN, |layer| {
            for line in lines {
                // Narrower than this, a mark would leave nothing for the code.
                let room = layer.room();
                let mark = if room >= 6 { "↪ " } else { "" };
                let mut rows = cut(line, room).into_iter();
                let Some(first) = rows.next() else { continue };
                layer.line(&first.runs, 0);
                let rest: Vec<Run> = rows.flat_map(|row| row.runs).collect();
                if rest.is_empty() {
                    continue;
                }
                for row in cut(&rest, room - columns(mark)) {
                    let mark = Run { text: mark.to_owned(), face: Face::DIM };
                    layer.line(&[vec![mark], row.runs].concat(), 0);
                }
            }
        });
    }

    fn list(&mut self, list: &List) {
        let last = list.start.map(|start| start.saturating_add(list.items.len().saturating_sub(1) as u64));
        let digits = last.map_or(0, |last| last.to_string().len());
        for (number, item) in list.items.iter().enumerate() {
            if number > 0 && list.loose {
                self.line(&[], 0);
            }
            let sign = match (item.task, list.start) {
                (Some(true), _) => "[x] ".to_owned(),
                (Some(false), _) => "[ ] ".to_owned(),
                (None, Some(start)) => format!("{:>digits$}. ", start.saturating_add(number as u64)),
                (None, None) => "• ".to_owned(),
            };
            let rest = " ".repeat(columns(&sign));
            self.behind(&sign, &rest, Face::PLAIN, |layer| layer.blocks(&item.blocks, !list.loose));
        }
    }

    fn table(&mut self, table: &Table) {
        let ticked = |cells: &Vec<Cell>| cells.iter().map(|cell| ticked(cell)).collect::<Vec<_>>();
        let table = Table {
            head: ticked(&table.head),
            rows: table.rows.iter().map(ticked).collect(),
            aligns: table.aligns.clone(),
        };
        if let Some(lines) = table::columns(&table, self.room(), self.theme.reorder) {
            lines.iter().for_each(|line| self.line(line, 0));
            return;
        }
        for (number, cells) in table.rows.iter().enumerate() {
            if number > 0 {
                self.line(&[], 0);
            }
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let mut runs = Vec::new();
                if let Some(head) = table.head.get(column).filter(|head| !head.is_empty()) {
                    runs.extend(head.iter().map(|run| Run { face: run.face.with(Face::STRONG), ..run.clone() }));
                    runs.push(Run { text: ": ".into(), face: Face::STRONG });
                }
                runs.extend(cell.iter().cloned());
                let room = self.room();
                wrap(&runs, room, self.theme.reorder).iter().for_each(|row| self.row(row, room));
            }
        }
        // A table of heads alone still has its words.
        if table.rows.is_empty() {
            table.head.iter().for_each(|head| {
                let room = self.room();
                wrap(head, room, self.theme.reorder).iter().for_each(|row| self.row(row, room));
            });
        }
    }
}
