//! Answers that repeat an option below a word or in a folded part: `**Answer**` and `Lima`, `??? success` and `
//! Lima`, `<details>`. They become answer lines.

use super::super::key::{NamedLine, is_key, named, option_word};
use super::super::label::{bullet, label};
use super::super::mark::{self, boxed};
use super::super::words::{ANSWER, LIST};
use super::sheet::Sheet;
use crate::model::letter;

/// The most lines of a folded part.
const LONGEST: usize = 60;
/// The most lines above that are searched for options.
const FARTHEST: usize = 40;

/// A part that may hold the answer.
struct AnswerPart {
    /// Lines that only open or close it.
    frame: Vec<usize>,
    /// Its lines, each with its text.
    said: Vec<(usize, String)>,
    folded: bool,
}

/// An option above such a part.
struct OptionAbove {
    at: usize,
    text: String,
    labelled: bool,
    number: Option<usize>,
}

/// Writes such answers as answer lines. Says whether there are any.
pub(super) fn write(sheet: &mut Sheet<'_>) -> bool {
    let mut lines = Vec::new();
    let heads = |line: &&String| word(line).is_some_and(|word| LIST.has(word));
    let lists = sheet.lines.iter().filter(heads).count() > 1;
    for at in 0..sheet.lines.len() {
        if !sheet.is_text(at) || sheet.lines[at].trim().is_empty() {
            continue;
        }
        let Some(part) = admonition(sheet, at).or_else(|| details(sheet, at)).or_else(|| worded(sheet, at, lists))
        else {
            continue;
        };
        let options = options(sheet, at);
        let places = several(&part, &options);
        let found = match &places {
            Some(places) => Some((letters(places), String::new())),
            None => answer(&part, &options),
        };
        let Some((answer, more)) = found else { continue };
        let answer = lettered(sheet, &options, &answer).unwrap_or(answer);
        lines.push(part.said[0].0);
        part.frame.iter().for_each(|at| sheet.leave_out(*at));
        let mut rest = part.said.into_iter();
        if let Some((first, _)) = rest.next() {
            sheet.lines[first] = format!("Answer: {answer}");
            sheet.gone[first] = false;
        }
        let copies = places.map_or(0, |places| places.len() - 1);
        rest.by_ref().take(copies).for_each(|(at, _)| sheet.leave_out(at));
        let texts = std::iter::once(more).filter(|more| !more.is_empty());
        explain(sheet, texts, rest);
    }
    if lines.is_empty() {
        return false;
    }
    let reason = format!("an option again below {} questions", lines.len());
    sheet.explain("answer lines", "below a word or folded away", reason, &lines);
    true
}

/// Replaces numbers of options by letters, since numbers count the questions. Returns the answer as a letter.
fn lettered(sheet: &mut Sheet<'_>, options: &[OptionAbove], answer: &str) -> Option<String> {
    if !(1..).zip(options).all(|(due, option)| option.number == Some(due)) {
        return None;
    }
    let named =
        answer.parse().ok().filter(|number| (1..=options.len()).contains(number)).map(|number: usize| number - 1);
    let place = named.or_else(|| options.iter().position(|option| option.text == answer))?;
    for (due, option) in options.iter().enumerate() {
        sheet.lines[option.at] = format!("{}. {}", letter(due), option.text);
    }
    Some(letter(place))
}

/// Makes an explanation of the rest of the part.
fn explain(sheet: &mut Sheet<'_>, more: impl Iterator<Item = String>, rest: impl Iterator<Item = (usize, String)>) {
    let rest: Vec<(usize, String)> = rest.collect();
    let mut first = true;
    let mut more: Vec<String> = more.collect();
    for (at, text) in rest {
        let text = match more.pop() {
            Some(more) => format!("{more} {text}"),
            None => text,
        };
        let introduced = matches!(named(&text), Some(NamedLine::Explanation(_) | NamedLine::Tags(_)));
        sheet.lines[at] = if first && !introduced { format!("Explanation: {text}") } else { text };
        first = false;
    }
}

/// `??? success "Answer"` with the lines indented below.
fn admonition(sheet: &Sheet<'_>, at: usize) -> Option<AnswerPart> {
    let line = &sheet.lines[at];
    let text = line.trim_start();
    ["???", "!!!"].iter().find(|sign| text.starts_with(**sign))?;
    let outer = line.len() - text.len();
    let mut said = Vec::new();
    for below in (at + 1..sheet.lines.len()).take(LONGEST) {
        let line = &sheet.lines[below];
        let text = line.trim_start();
        if text.is_empty() {
            continue;
        }
        if line.len() - text.len() <= outer {
            break;
        }
        if sheet.code[below] {
            return None;
        }
        said.push((below, text.trim_end().to_owned()));
    }
    Some(AnswerPart { frame: vec![at], said, folded: true })
}

/// `<details>` with its contents.
fn details(sheet: &Sheet<'_>, at: usize) -> Option<AnswerPart> {
    let opens = sheet.lines[at].trim_start().get(..8).is_some_and(|tag| tag.eq_ignore_ascii_case("<details"));
    let end = (at..sheet.lines.len())
        .take(if opens { LONGEST } else { 0 })
        .find(|at| sheet.lines[*at].to_ascii_lowercase().contains("</details>"))?;
    let (mut frame, mut said) = (Vec::new(), Vec::new());
    for line in at..=end {
        if sheet.code[line] {
            return None;
        }
        let text = untagged(&sheet.lines[line]);
        match text.is_empty() {
            true => frame.push(line),
            false => said.push((line, text)),
        }
    }
    Some(AnswerPart { frame, said, folded: true })
}

/// The text of a line without tags and without its summary.
fn untagged(line: &str) -> String {
    let lower = line.to_ascii_lowercase();
    let line = match (lower.find("<summary"), lower.find("</summary>")) {
        (Some(from), Some(to)) if to > from => format!("{}{}", &line[..from], &line[to + "</summary>".len()..]),
        _ => line.to_owned(),
    };
    let mut out = String::new();
    let mut rest = line.as_str();
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        match tag.split_once('>') {
            Some((_, after)) => rest = after,
            None => return (out + "<" + tag).trim().to_owned(),
        }
    }
    (out + rest).trim().to_owned()
}

/// The word of a line such as `### Answer` or `**Correct answers:**`.
fn word(line: &str) -> Option<&str> {
    let line = line.trim();
    let bare = line.trim_matches(['#', '*', '_', ' ', ':', '：']);
    // Two words alone on a line are such a word too.
    let adorned = line.starts_with(['#', '*', '_']) || line.ends_with([':', '：']) || line.contains(' ');
    (adorned && bare.len() <= 40 && (ANSWER.has(bare) || LIST.has(bare))).then_some(bare)
}

/// Such a line, and the lines below it. A word that also heads a list of answers must be below several questions.
fn worded(sheet: &Sheet<'_>, at: usize, lists: bool) -> Option<AnswerPart> {
    word(&sheet.lines[at]).filter(|word| lists || !LIST.has(word))?;
    let next = sheet.below(at).filter(|next| sheet.is_text(*next))?;
    let text = |at: usize| sheet.lines[at].trim().to_owned();
    let mut said = vec![(next, text(next))];
    let item = |text: &str| bullet(text).is_some() || label(text).is_some_and(|label| !label.number && label.set_off);
    let items = (next + 1..sheet.lines.len()).take_while(|at| item(sheet.lines[*at].trim()));
    if item(&said[0].1) {
        said.extend(items.map(|at| (at, text(at))));
    }
    Some(AnswerPart { frame: vec![at], said, folded: false })
}

/// The options right above a line.
fn options(sheet: &Sheet<'_>, at: usize) -> Vec<OptionAbove> {
    let mut found: Vec<OptionAbove> = Vec::new();
    let mut indent: Option<usize> = None;
    for above in (0..at).rev().take(FARTHEST) {
        let line = &sheet.lines[above];
        let text = line.trim();
        if text.is_empty() || sheet.gone[above] {
            continue;
        }
        let own = line.len() - line.trim_start().len();
        let item = bullet(text).unwrap_or(text);
        let label = label(item);
        let is_item = !sheet.code[above] && (item.len() < text.len() || label.is_some()) && boxed(item).is_none();
        match indent {
            _ if !is_item => break,
            // The question itself may be an item of an outer list.
            Some(indent) if own < indent => break,
            _ => indent = Some(own),
        }
        let text = label.map_or(item, |label| label.rest);
        let number = label.filter(|label| label.number).map(|label| label.place + 1);
        found.push(OptionAbove { at: above, text: text.trim().to_owned(), labelled: label.is_some(), number });
    }
    found.reverse();
    found
}

/// The places of the options that the first lines of a part repeat, if there are several.
fn several(part: &AnswerPart, options: &[OptionAbove]) -> Option<Vec<usize>> {
    let fold = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
    let place = |said: &str| {
        let item = bullet(said).unwrap_or(said);
        let said = fold(label(item).filter(|label| !label.number).map_or(item, |label| label.rest));
        options.iter().position(|option| fold(&option.text) == said && !said.is_empty())
    };
    let places: Vec<usize> = part.said.iter().map_while(|(_, said)| place(said)).collect();
    (places.len() > 1 && places.len() < options.len()).then_some(places)
}

/// The letters of these places: `A, C`.
fn letters(places: &[usize]) -> String {
    places.iter().map(|place| letter(*place)).collect::<Vec<_>>().join(", ")
}

/// The option that a part repeats, and the rest of its line.
fn answer(part: &AnswerPart, options: &[OptionAbove]) -> Option<(String, String)> {
    let (_, first) = part.said.first().filter(|_| options.len() > 1)?;
    let labelled = options.iter().all(|option| option.labelled);
    if part.folded && options.iter().any(|option| option.labelled && option.number.is_none()) {
        return None;
    }
    let said = match named(first) {
        Some(NamedLine::Answer(rest)) if !rest.is_empty() => rest,
        _ => bullet(first).unwrap_or(first),
    };
    let said = mark::bold(said).unwrap_or(said).trim();
    let key = option_word(said).trim_end_matches([':', '.']);
    if labelled && is_key(key) {
        return Some((key.to_owned(), String::new()));
    }
    let fold = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
    // `B. blood` names an option with its label.
    let (said, place) = match label(said).filter(|label| labelled && label.set_off) {
        Some(label) => (label.rest, Some(label.place)),
        None => (said, None),
    };
    if let Some(option) = place.and_then(|place| options.get(place)).filter(|option| fold(&option.text) == fold(said)) {
        let place = place.unwrap_or_default();
        return Some((option.number.map_or_else(|| letter(place), |number| number.to_string()), String::new()));
    }
    let equal = |option: &&OptionAbove| fold(&option.text) == fold(said) && !option.text.is_empty();
    if let Some(option) = options.iter().find(equal) {
        return Some((option.text.clone(), String::new()));
    }
    // `Lima. It lies by the sea.`
    let begins = |option: &&OptionAbove| {
        let start = said.get(..option.text.len()).filter(|_| option.text.chars().count() > 1);
        let behind = said.get(option.text.len()..).unwrap_or_default();
        start.is_some_and(|start| start.to_lowercase() == option.text.to_lowercase())
            && behind.trim_start_matches(['*', '_', '"']).starts_with(['.', ',', ';', ':', '(', '–', '—'])
    };
    let option = options.iter().filter(begins).max_by_key(|option| option.text.len()).filter(|_| part.folded)?;
    let more = said[option.text.len()..].trim_start_matches(['*', '_', '"', '.', ',', ';', ':', '–', '—', ' ']);
    Some((option.text.clone(), more.to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    #[test]
    fn an_option_again_below_a_word_or_folded_away_is_the_answer() {
        for key in [
            "??? success\n    KEY\n",
            "??? note \"See\"\n    KEY. So it is.\n",
            "<details>\n<summary>Show</summary>\n\nKEY\n\n</details>\n",
            "**Answer**\n\nKEY\n",
            "**Correct Answer:**\n\n- KEY\n",
            "**Correct answers:**\n\n- KEY\n",
        ] {
            let one = |asked: &str, right: &str| {
                format!("What is {asked}?\n\n- the sky\n- blood\n- grass\n\n{}\n", key.replace("KEY", right))
            };
            let text = one("red", "Blood") + &one("green", "grass") + &one("blue", "the sky");
            let bank = read(text.as_bytes(), &ReadOptions::default())
                .unwrap_or_else(|refusal| panic!("{}: {text}", refusal.message));
            let found: Vec<_> = bank
                .questions
                .iter()
                .map(|question| (question.stem.as_str(), question.options.len(), question.correct()))
                .collect();
            let expected =
                [("What is red?", 3, vec![1]), ("What is green?", 3, vec![2]), ("What is blue?", 3, vec![0])];
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn several_options_again_are_several_answers() {
        let one = |asked: &str| {
            format!("## {asked}\n\n- the sky\n- blood\n- grass\n\n**Correct Answers:**\n\n- the sky\n- grass\n\n")
        };
        let bank =
            read((one("What is cold?") + &one("What is far?")).as_bytes(), &ReadOptions::default()).expect("a bank");
        let found: Vec<_> = bank.questions.iter().map(crate::bank::BankQuestion::correct).collect();
        assert_eq!(found, [[0, 2], [0, 2]]);
    }

    #[test]
    fn the_number_of_an_option_may_stand_below_its_heading() {
        let one = |number: usize, key: usize| {
            format!("## Question {number}\n\nWhich is {number}?\n\n1. blood\n2. grass\n\n### Answer\n\n{key}\n\n")
        };
        let bank = read((one(1, 2) + &one(2, 1)).as_bytes(), &ReadOptions::default()).expect("a bank");
        let found: Vec<_> =
            bank.questions.iter().map(|question| (question.stem.as_str(), question.correct())).collect();
        assert_eq!(found, [("Which is 1?", vec![1]), ("Which is 2?", vec![0])]);
    }
}
