//! What follows the last option of a question: the rest of that option, the answer, tags and the explanation.

use super::line::{dedent, fence, indent, is_rule};
use crate::bank::lines::block::{QuestionBlock, RawOption};
use crate::bank::lines::key::{NamedLine, answer_and_more, named};
use crate::bank::lines::label::label;

/// Assigns the lines after the last option: its continuation, answers, tags and the explanation, which is returned.
pub(super) fn settle_tail(block: &mut QuestionBlock, tail: Vec<(usize, String)>) -> Vec<String> {
    let fenced = |option: &RawOption| option.text.contains("```") || option.text.contains("~~~");
    let (last, before) = match block.options.split_last_mut() {
        Some(parts) => parts,
        None => return Vec::new(),
    };
    // As with most of its siblings.
    let code_is_due = before.iter().filter(|option| fenced(option)).count() * 2 > before.len();
    let mut lines = tail.into_iter().peekable();
    let mut more = Vec::new();
    while let Some((_, line)) = lines.peek() {
        let is_named = named(line.trim()).is_some();
        let goes_on = !line.trim().is_empty() && !is_named && (indent(line) >= 2 || more.is_empty() && is_lazy(line));
        if !goes_on {
            break;
        }
        more.extend(lines.next().map(|(_, line)| line));
    }
    if more.is_empty() && code_is_due {
        while lines.next_if(|(_, line)| line.trim().is_empty()).is_some() {}
        if let Some((_, open)) = lines.next_if(|(_, line)| fence(line).is_some()) {
            let sign = fence(&open);
            more.push(open);
            for (_, line) in lines.by_ref() {
                let closes = fence(&line).is_some_and(|found| Some(found) == sign);
                more.push(line);
                if closes {
                    break;
                }
            }
        }
    }
    if !more.is_empty() {
        last.text = format!("{}\n{}", last.text, dedent(&more)).trim().to_owned();
    }
    let ticked = block.options.iter().any(|option| option.right);
    let mut explanation = Vec::new();
    for (number, line) in lines {
        match named(line.trim()) {
            Some(NamedLine::Answer(answer)) if !ticked && block.answers.is_empty() => {
                let (answer, more) = answer_and_more(answer);
                explanation.extend(more.map(str::to_owned));
                block.answers.push((number, answer.trim_matches(['*', '_', '`', ' ', '.']).to_owned()));
            }
            Some(NamedLine::Tags(tags)) => {
                block.tags.extend(tags.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()));
            }
            _ => explanation.push(line),
        }
    }
    let is_text = |line: &String| !line.trim().is_empty() && !is_rule(line);
    explanation.truncate(explanation.iter().rposition(is_text).map_or(0, |last| last + 1));
    explanation.drain(..explanation.iter().position(is_text).unwrap_or(0));
    explanation
}

/// Plain text right below an option continues it; a link, a heading or bold type begins something new.
fn is_lazy(line: &str) -> bool {
    let text = line.trim_start();
    text.starts_with(|char: char| char.is_alphanumeric() || char == '`') && fence(text).is_none()
}

/// Takes labels off boxes that all have them (`- [x] A. …`).
pub(super) fn unlabel(options: &mut [RawOption]) {
    let labelled = options.iter().enumerate().all(|(place, option)| {
        label(&option.text)
            .is_some_and(|label| label.place == place && !label.number && label.set_off && !label.rest.is_empty())
    });
    if labelled {
        for (place, option) in options.iter_mut().enumerate() {
            option.text = label(&option.text).map_or_else(String::new, |label| label.rest.to_owned());
            option.place = Some(place);
        }
    }
}
