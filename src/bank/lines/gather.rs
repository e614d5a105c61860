//! Lines become blocks in one pass. The block that is open above a line decides where it belongs.

use super::bare;
use super::block::Blocks;
use super::convention::Convention;
use super::gatherer::Gatherer;
use super::key::NamedLine;
use super::line::{BankLine, LineKind, below};
use super::list::KeyList;

/// Gathers lines into blocks, in one pass.
pub(in crate::bank) fn gather(lines: &[BankLine<'_>], convention: Convention) -> Blocks {
    let mut gatherer = Gatherer::new(lines, convention, topics_below(lines));
    let mut list: Option<KeyList> = None;
    for (at, line) in lines.iter().enumerate() {
        let options = |at: usize| below(lines, at).is_some_and(|line| matches!(line.what, LineKind::Option(_)));
        if list
            .as_mut()
            .is_some_and(|list| takes(list, line, matches!(line.what, LineKind::Numbered(..)) && options(at)))
        {
            continue;
        }
        gatherer.blocks.keys.extend(list.take());
        if let LineKind::Named(NamedLine::List(rest)) = &line.what {
            gatherer.close();
            gatherer.flush();
            let to = gatherer.blocks.questions.len();
            list = Some(KeyList::new(line.number, rest, gatherer.list_from, to));
            gatherer.list_from = to;
            continue;
        }
        gatherer.add(lines, at);
    }
    gatherer.blocks.keys.extend(list);
    gatherer.close();
    gatherer.flush();
    bare::settle(&mut gatherer.blocks.questions);
    gatherer.blocks
}

/// Adds a line to the list if it belongs there, and returns whether it does. `options`: whether options are right below
/// it.
fn takes(list: &mut KeyList, line: &BankLine<'_>, options: bool) -> bool {
    match &line.what {
        LineKind::Blank => true,
        // A rule below the heading of the list, or within a table.
        LineKind::Rule => list.entries.is_empty(),
        LineKind::Text(text) | LineKind::Heading(text) | LineKind::More(text) => {
            list.add_text(line.number, text, !options)
        }
        LineKind::Option(option) => list.add_text(line.number, option.whole, !options),
        LineKind::Numbered(Some(number), rest) => list.add_text(line.number, &format!("{number}. {rest}"), !options),
        LineKind::Numbered(None, _) | LineKind::Named(_) | LineKind::Code(_) | LineKind::Aside => false,
        LineKind::Note(_) => list.add_text(line.number, line.text, !options),
    }
}

/// Whether each topic is below the options of its question: the first one does, and no question follows the last.
fn topics_below(lines: &[BankLine<'_>]) -> bool {
    let topics =
        || lines.iter().enumerate().filter(|(_, line)| matches!(line.what, LineKind::Named(NamedLine::Topic(_))));
    let options = || lines.iter().enumerate().filter(|(_, line)| matches!(line.what, LineKind::Option(_)));
    let first = |(option, _): (usize, _)| topics().next().is_some_and(|(topic, _)| option < topic);
    let last = |(option, _): (usize, _)| topics().next_back().is_some_and(|(topic, _)| option < topic);
    topics().count() > 1 && options().next().is_some_and(first) && options().next_back().is_some_and(last)
}
