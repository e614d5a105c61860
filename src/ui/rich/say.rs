//! Blocks in spoken words: without markup, one thing a line.

use super::block::{Image, RichBlock, RichList, RichTable, StyledRun, text};
use super::face::TextFace;

/// The words of blocks.
pub(super) fn say(blocks: &[RichBlock], images: &[Image]) -> String {
    let mut lines = Vec::new();
    add(blocks, images, &mut lines);
    lines.join("\n")
}

fn add(blocks: &[RichBlock], images: &[Image], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            RichBlock::Paragraph(runs) | RichBlock::Heading(runs) | RichBlock::Formula(runs) => lines.push(words(runs)),
            RichBlock::Code(code) => {
                lines.push("code:".to_owned());
                lines.extend(code.iter().map(|line| text(line)));
                lines.push("end of code".to_owned());
            }
            RichBlock::Quote(blocks) => {
                lines.push("quote:".to_owned());
                add(blocks, images, lines);
                lines.push("end of quote".to_owned());
            }
            RichBlock::List(list) => add_list(list, images, lines),
            RichBlock::Table(table) => add_table(table, lines),
            // A rule adds nothing in words.
            RichBlock::Rule => {}
            RichBlock::Image(number) => lines.extend(images.get(*number).map(Image::words)),
        }
    }
}

/// The words of runs. Struck-out words are announced, because they may reverse the meaning.
fn words(runs: &[StyledRun]) -> String {
    let mut words = String::new();
    let mut struck = false;
    for run in runs {
        let strikes = run.face.has(TextFace::STRUCK);
        if strikes && !struck {
            words.push_str("(struck out: ");
        } else if struck && !strikes {
            words.push(')');
        }
        struck = strikes;
        words.push_str(&run.text);
    }
    if struck {
        words.push(')');
    }
    words
}

fn add_list(list: &RichList, images: &[Image], lines: &mut Vec<String>) {
    for (number, item) in list.items.iter().enumerate() {
        let sign = match (item.task, list.start) {
            (Some(true), _) => "done: ".to_owned(),
            (Some(false), _) => "to do: ".to_owned(),
            (None, Some(start)) => format!("{}. ", start.saturating_add(number as u64)),
            (None, None) => "• ".to_owned(),
        };
        let at = lines.len();
        add(&item.blocks, images, lines);
        match lines.get_mut(at) {
            Some(first) => first.insert_str(0, &sign),
            None => lines.push(sign.trim_end().to_owned()),
        }
    }
}

fn add_table(table: &RichTable, lines: &mut Vec<String>) {
    let flat = |cell: &Vec<StyledRun>| words(cell).replace('\n', " ");
    for row in &table.rows {
        let cells = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let words = cells.map(|(column, cell)| match table.head.get(column).filter(|head| !head.is_empty()) {
            Some(head) => format!("{}: {}", flat(head), flat(cell)),
            None => flat(cell),
        });
        lines.push(words.collect::<Vec<_>>().join("; "));
    }
    if table.rows.is_empty() {
        lines.push(table.head.iter().map(flat).collect::<Vec<_>>().join("; "));
    }
}
