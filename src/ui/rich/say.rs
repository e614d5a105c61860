//! Blocks in words, for the ear: no signs of markup, one thing a line.

use super::block::{Block, Image, List, Run, Table, text};
use super::face::Face;

/// The words of blocks.
pub(super) fn say(blocks: &[Block], images: &[Image]) -> String {
    let mut lines = Vec::new();
    add(blocks, images, &mut lines);
    lines.join("\n")
}

fn add(blocks: &[Block], images: &[Image], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(runs) | Block::Heading(runs) | Block::Formula(runs) => lines.push(words(runs)),
            Block::Code(code) => {
                lines.push("code:".to_owned());
                lines.extend(code.iter().map(|line| text(line)));
                lines.push("end of code".to_owned());
            }
            Block::Quote(blocks) => {
                lines.push("quote:".to_owned());
                add(blocks, images, lines);
                lines.push("end of quote".to_owned());
            }
            Block::List(list) => add_list(list, images, lines),
            Block::Table(table) => add_table(table, lines),
            // A rule parts what is apart anyway.
            Block::Rule => {}
            Block::Image(number) => lines.extend(images.get(*number).map(Image::words)),
        }
    }
}

/// The words of runs; what is struck out is said to be, since that may turn the meaning round.
fn words(runs: &[Run]) -> String {
    let mut words = String::new();
    let mut struck = false;
    for run in runs {
        let strikes = run.face.has(Face::STRUCK);
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

fn add_list(list: &List, images: &[Image], lines: &mut Vec<String>) {
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

fn add_table(table: &Table, lines: &mut Vec<String>) {
    let flat = |cell: &Vec<Run>| words(cell).replace('\n', " ");
    for row in &table.rows {
        let cells = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let said = cells.map(|(column, cell)| match table.head.get(column).filter(|head| !head.is_empty()) {
            Some(head) => format!("{}: {}", flat(head), flat(cell)),
            None => flat(cell),
        });
        lines.push(said.collect::<Vec<_>>().join("; "));
    }
    if table.rows.is_empty() {
        lines.push(table.head.iter().map(flat).collect::<Vec<_>>().join("; "));
    }
}
