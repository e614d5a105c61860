//! Blocks to lines of a terminal.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::block::{Image, RichBlock, RichCell, RichList, RichTable, StyledRun};
use super::face::TextFace;
use super::table;
use super::wrap::{TextRow, columns, cut, wrap};
use super::{ImagePlace, Laid};
use crate::ui::theme::Theme;

/// The lines of blocks, at most `width` columns wide.
pub(super) fn lay(blocks: &[RichBlock], images: &[Image], width: usize, theme: &Theme, base: Style) -> Laid {
    let mut layer = Layer { width, theme, base, images, leads: Vec::new(), laid: Laid::default() };
    layer.blocks(blocks, false);
    layer.laid
}

/// The text before lines: the sign of an item before its first, a bar before all lines of a quote.
struct LineLead {
    first: String,
    rest: String,
    face: TextFace,
    used: bool,
}

/// Code within a line gets backticks, so that it does not rest on colour alone.
fn ticked(runs: &[StyledRun]) -> Vec<StyledRun> {
    let tick = |run: &StyledRun| match run.face.has(TextFace::CODE) && !run.text.trim().is_empty() {
        true => StyledRun { text: format!("`{}`", run.text), face: run.face },
        false => run.clone(),
    };
    runs.iter().map(tick).collect()
}

struct Layer<'a> {
    width: usize,
    theme: &'a Theme,
    base: Style,
    images: &'a [Image],
    leads: Vec<LineLead>,
    laid: Laid,
}

impl Layer<'_> {
    /// The columns that the leads leave.
    fn room(&self) -> usize {
        let used = |lead: &LineLead| columns(&lead.rest).max(if lead.used { 0 } else { columns(&lead.first) });
        self.width.saturating_sub(self.leads.iter().map(used).sum()).max(2)
    }

    /// Lays out `inside` after a lead, if that leaves enough room.
    fn behind(&mut self, first: &str, rest: &str, face: TextFace, inside: impl FnOnce(&mut Self)) {
        let taken = columns(first).max(columns(rest));
        let room = self.room();
        if taken + (self.width / 2).clamp(2, 8) > room {
            // A sign without room next to the text is set above it.
            if !first.trim().is_empty() && taken <= room && first != rest {
                self.line(&[StyledRun { text: first.trim_end().to_owned(), face }], 0);
            }
            return inside(self);
        }
        let (depth, begin) = (self.leads.len(), self.laid.lines.len());
        self.leads.push(LineLead { first: first.to_owned(), rest: rest.to_owned(), face, used: false });
        inside(self);
        if self.laid.lines.len() == begin {
            self.line(&[], 0);
        }
        self.leads.truncate(depth);
    }

    fn line(&mut self, runs: &[StyledRun], pad: usize) {
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
        // Trailing blanks would only disturb copying.
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

    fn blocks(&mut self, blocks: &[RichBlock], tight: bool) {
        for (number, block) in blocks.iter().enumerate() {
            if number > 0 && !(tight && matches!(block, RichBlock::List(_) | RichBlock::Paragraph(_))) {
                self.line(&[], 0);
            }
            self.block(block);
        }
    }

    fn block(&mut self, block: &RichBlock) {
        match block {
            RichBlock::Paragraph(runs) => self.paragraph(runs, TextFace::PLAIN),
            RichBlock::Heading(runs) => self.paragraph(runs, TextFace::HEADING),
            RichBlock::Formula(runs) => {
                self.behind("    ", "    ", TextFace::PLAIN, |layer| layer.paragraph(runs, TextFace::PLAIN));
            }
            RichBlock::Code(lines) => self.code(lines),
            RichBlock::Quote(blocks) => self.behind("│ ", "│ ", TextFace::DIM, |layer| layer.blocks(blocks, false)),
            RichBlock::List(list) => self.list(list),
            RichBlock::Table(table) => self.table(table),
            RichBlock::Rule => {
                let rule = "─".repeat(self.room().min(40));
                self.line(&[StyledRun { text: rule, face: TextFace::DIM }], 0);
            }
            RichBlock::Image(number) => {
                let (line, column) = (self.laid.lines.len(), self.width.saturating_sub(self.room()));
                let words = self.images.get(*number).map(Image::words).unwrap_or_default();
                self.paragraph(&[StyledRun { text: words, face: TextFace::PLAIN }], TextFace::PLAIN);
                self.laid.images.push(ImagePlace { image: *number, line, lines: self.laid.lines.len() - line, column });
            }
        }
    }

    fn paragraph(&mut self, runs: &[StyledRun], face: TextFace) {
        let mut runs = ticked(runs);
        runs.iter_mut().for_each(|run| run.face = run.face.with(face));
        let room = self.room();
        for row in wrap(&runs, room, self.theme.reorder) {
            self.row(&row, room);
        }
    }

    fn row(&mut self, row: &TextRow, room: usize) {
        let pad = if row.right { room.saturating_sub(row.width) } else { 0 };
        self.line(&row.runs, pad);
    }

    /// Lines of code are not wrapped. A long one continues after a mark.
    fn code(&mut self, lines: &[Vec<StyledRun>]) {
        let indent = if self.room() < 40 { "  " } else { "    " };
        self.behind(indent, indent, TextFace::PLAIN, |layer| {
            for line in lines {
                // In fewer columns, a mark would leave no room for the code.
                let room = layer.room();
                let mark = if room >= 6 { "↪ " } else { "" };
                let mut rows = cut(line, room).into_iter();
                let Some(first) = rows.next() else { continue };
                layer.line(&first.runs, 0);
                let rest: Vec<StyledRun> = rows.flat_map(|row| row.runs).collect();
                if rest.is_empty() {
                    continue;
                }
                for row in cut(&rest, room - columns(mark)) {
                    let mark = StyledRun { text: mark.to_owned(), face: TextFace::DIM };
                    layer.line(&[vec![mark], row.runs].concat(), 0);
                }
            }
        });
    }

    fn list(&mut self, list: &RichList) {
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
            self.behind(&sign, &rest, TextFace::PLAIN, |layer| layer.blocks(&item.blocks, !list.loose));
        }
    }

    fn table(&mut self, table: &RichTable) {
        let ticked = |cells: &Vec<RichCell>| cells.iter().map(|cell| ticked(cell)).collect::<Vec<_>>();
        let table = RichTable {
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
                    runs.extend(
                        head.iter().map(|run| StyledRun { face: run.face.with(TextFace::STRONG), ..run.clone() }),
                    );
                    runs.push(StyledRun { text: ": ".into(), face: TextFace::STRONG });
                }
                runs.extend(cell.iter().cloned());
                let room = self.room();
                wrap(&runs, room, self.theme.reorder).iter().for_each(|row| self.row(row, room));
            }
        }
        // A table with heads alone still shows them.
        if table.rows.is_empty() {
            table.head.iter().for_each(|head| {
                let room = self.room();
                wrap(head, room, self.theme.reorder).iter().for_each(|row| self.row(row, room));
            });
        }
    }
}
