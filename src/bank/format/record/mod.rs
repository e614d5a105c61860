//! Records: rows of tables and objects of data, a question each. How the key is written (letters, places from 0 or from 1,
//! the text of the option, flags) is decided once for the file, never for a row.

pub(in crate::bank) mod data;
mod header;
mod list;
pub(in crate::bank) mod table;
pub(in crate::bank) mod whole;

use crate::bank::collect::Read;
use crate::bank::lines::block::{Block, RawOption, StemLine};
use crate::bank::lines::check::Checker;
use crate::bank::lines::convention::{Convention, Labels};
use crate::bank::lines::label::label;
use crate::bank::lines::place_of_letter;
use crate::bank::{Problem, Refusal, Severity, Source};

/// A question as a record has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::bank) struct Record {
    /// The line or row, from 1.
    pub(in crate::bank) line: usize,
    pub(in crate::bank) id: Option<String>,
    pub(in crate::bank) stem: String,
    pub(in crate::bank) options: Vec<RecordOption>,
    /// The answer as it is written; empty where there is none or the options are flagged.
    pub(in crate::bank) answer: Vec<String>,
    pub(in crate::bank) explanation: String,
    pub(in crate::bank) topic: Option<String>,
    pub(in crate::bank) tags: Vec<String>,
}

/// An option of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::bank) struct RecordOption {
    pub(in crate::bank) text: String,
    /// Whether the record itself says that it is right.
    pub(in crate::bank) flagged: bool,
    pub(in crate::bank) feedback: Option<String>,
}

impl RecordOption {
    fn of(text: &str, flagged: bool) -> Self {
        Self { text: text.trim().to_owned(), flagged, feedback: None }
    }
}

/// How the keys of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyBase {
    /// Places from 0.
    Zero,
    /// Places from 1.
    One,
    /// Letters.
    Letter,
    /// The text of the option.
    Text,
}

impl KeyBase {
    const ALL: [(KeyBase, &str); 4] =
        [(KeyBase::Letter, "letter"), (KeyBase::Zero, "0"), (KeyBase::One, "1"), (KeyBase::Text, "text")];

    /// The one that `--key-base` names.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(base, _)| *base)
    }

    /// The right places that the answer of a record names; none where it cannot be read so.
    fn places(self, record: &Record) -> Option<Vec<usize>> {
        let mut places = Vec::new();
        for answer in &record.answer {
            places.extend(self.places_of(answer.trim(), record)?);
        }
        places.sort_unstable();
        places.dedup();
        (!places.is_empty()).then_some(places)
    }

    fn places_of(self, answer: &str, record: &Record) -> Option<Vec<usize>> {
        let whole = answer;
        let answer = if self == KeyBase::Text { answer } else { unworded(answer) };
        let parts =
            || answer.split([',', ';', '|', '/', ' ', '&', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let within = |place: usize| (place < record.options.len()).then_some(place);
        match self {
            KeyBase::Zero => parts().map(|part| within(number(part)?)).collect(),
            KeyBase::One => parts().map(|part| within(number(part)?.checked_sub(1)?)).collect(),
            // `B. the text of the option`
            KeyBase::Letter if again(whole, record).is_some() => again(whole, record).map(|place| vec![place]),
            KeyBase::Letter => parts()
                .filter(|part| !part.eq_ignore_ascii_case("and"))
                .map(|part| {
                    let bare = part.trim_matches(['(', ')', '.', '[', ']']);
                    let places: Option<Vec<usize>> =
                        bare.chars().map(|char| place_of_letter(char).and_then(within)).collect();
                    places.filter(|places| places.windows(2).all(|pair| pair[0] < pair[1]))
                })
                .collect::<Option<Vec<_>>>()
                .map(|found| found.concat()),
            KeyBase::Text => {
                let named = |text: &str| record.options.iter().position(|option| same(&option.text, text));
                if let Some(place) = named(answer) {
                    return Some(vec![place]);
                }
                ['|', ';', '\n', ','].into_iter().find_map(|sign| {
                    answer.contains(sign).then(|| answer.split(sign).map(named).collect::<Option<Vec<_>>>())?
                })
            }
        }
    }
}

/// The letter or number behind the name of a column (`Option C`, `option_3`).
fn unworded(answer: &str) -> &str {
    let words = ["option", "choice", "answer", "opt"];
    let rest = words.iter().find_map(|word| {
        let rest =
            answer.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| &answer[word.len()..])?;
        Some(rest.trim_start_matches([' ', '_', '-'])).filter(|rest| !rest.is_empty() && rest.len() < 3)
    });
    rest.unwrap_or(answer)
}

/// The place that a label names, where the text of that option stands behind it.
fn again(answer: &str, record: &Record) -> Option<usize> {
    let label = label(answer).filter(|label| !label.number && !label.rest.is_empty())?;
    record.options.get(label.place).filter(|option| same(&option.text, label.rest)).map(|_| label.place)
}

/// A whole number, as tables write them (`2`, `2.0`).
fn number(text: &str) -> Option<usize> {
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

fn same(option: &str, answer: &str) -> bool {
    // Every option of every row is compared, so nothing is copied.
    fn folded(text: &str) -> impl Iterator<Item = char> {
        text.split_whitespace().flat_map(|word| word.chars().flat_map(char::to_lowercase).chain([' ']))
    }
    folded(option).eq(folded(answer))
}

/// Makes questions of records. `hinted`: the numbers that the names of the option columns begin with.
pub(in crate::bank) fn questions(
    mut records: Vec<Record>,
    source: &Source<'_>,
    hinted: Option<KeyBase>,
) -> Result<Read, Refusal> {
    for record in &mut records {
        unlabel(&mut record.options);
    }
    let keyed: Vec<&Record> = records.iter().filter(|record| !record.answer.is_empty()).collect();
    let unkeyed = keyed.is_empty();
    let base = if unkeyed { KeyBase::Text } else { decide(&keyed, source.options.key_base, hinted)? };
    // Without keys and flags, options may bear their marks (`*text`, `text (correct)`).
    let marks = unkeyed && !records.iter().any(|record| record.options.iter().any(|option| option.flagged));
    let convention = Convention { labels: Labels::Bullets, parted: true, lower: None, marks };
    let text = |line: usize| source.line(line);
    let mut checker = Checker::new(&text, convention, false);
    for record in records {
        if record.options.is_empty() {
            checker.reject(no_options(&record, source));
            continue;
        }
        let flagged = record.options.iter().any(|option| option.flagged);
        let places = if record.answer.is_empty() { Some(Vec::new()) } else { base.places(&record) };
        match places.or_else(|| flagged.then(Vec::new)) {
            Some(places) => checker.take(block(record, &places), &[]),
            None => checker.reject(no_such_option(&record, source)),
        }
    }
    Ok(checker.finish())
}

/// How the keys of the file are written: the way that explains most of them.
fn decide(keyed: &[&Record], given: Option<KeyBase>, hinted: Option<KeyBase>) -> Result<KeyBase, Refusal> {
    if let Some(given) = given {
        return Ok(given);
    }
    let score = |base: KeyBase| keyed.iter().filter(|record| base.places(record).is_some()).count();
    let scored = KeyBase::ALL.map(|(base, _)| (base, score(base)));
    let best = scored.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let mut likely: Vec<KeyBase> = scored.iter().filter(|(_, count)| *count == best).map(|(base, _)| *base).collect();
    // What says the same of every record makes no difference.
    likely.dedup_by(|later, kept| keyed.iter().all(|record| later.places(record) == kept.places(record)));
    if let [base] = likely[..] {
        return Ok(base);
    }
    if let Some(hinted) = hinted.filter(|hinted| likely.iter().all(|base| base == hinted || is_place(*base))) {
        return Ok(hinted);
    }
    let ways: Vec<&str> =
        KeyBase::ALL.iter().filter(|(base, _)| likely.contains(base)).map(|(_, name)| *name).collect();
    Err(Refusal {
        message: format!("the keys can be read in {} ways: as {}", ways.len(), words(&likely)),
        hint: Some(format!("say which with `--key-base {}`", ways.join("|"))),
        problems: Vec::new(),
    })
}

fn is_place(base: KeyBase) -> bool {
    matches!(base, KeyBase::Zero | KeyBase::One)
}

fn words(bases: &[KeyBase]) -> String {
    let word = |base: &KeyBase| match base {
        KeyBase::Zero => "places from 0",
        KeyBase::One => "places from 1",
        KeyBase::Letter => "letters",
        KeyBase::Text => "the text of the option",
    };
    bases.iter().map(word).collect::<Vec<_>>().join(", or ")
}

fn no_such_option(record: &Record, source: &Source<'_>) -> Problem {
    let message = format!("the answer `{}` names no option of this question", record.answer.join(", "));
    rejected(
        record,
        source,
        "no-such-option",
        message,
        "name one of its options in the way that the rest of the file does",
    )
}

fn no_options(record: &Record, source: &Source<'_>) -> Problem {
    let message = "the question has no options".to_owned();
    rejected(record, source, "no-options", message, "give it a list of options, or columns for them")
}

fn rejected(record: &Record, source: &Source<'_>, code: &'static str, message: String, hint: &str) -> Problem {
    let line = source.line(record.line);
    let excerpt: String = if line.is_empty() { &record.stem } else { line }.chars().take(200).collect();
    Problem {
        line: record.line,
        column: 1,
        width: excerpt.trim().chars().count().clamp(1, 160),
        severity: Severity::Error,
        code,
        message,
        hint: Some(hint.into()),
        excerpt,
    }
}

fn block(record: Record, right: &[usize]) -> Block {
    let line = record.line;
    let mut block = Block {
        id: record.id,
        topic: record.topic.clone(),
        heading: record.topic,
        tags: record.tags,
        explanation: vec![record.explanation],
        ..Block::default()
    };
    block.stem.push(StemLine { number: line, text: record.stem, apart: false });
    let options = record.options.into_iter().enumerate().map(|(place, option)| RawOption {
        line,
        place: None,
        text: option.text,
        right: option.flagged || right.contains(&place),
        bold: false,
        feedback: option.feedback,
    });
    block.options = options.collect();
    block
}

/// Takes labels off options that all have theirs (`(A) …`, `B. …`).
fn unlabel(options: &mut [RecordOption]) {
    let labelled = |(place, option): (usize, &RecordOption)| {
        label(&option.text)
            .is_some_and(|label| label.place == place && !label.number && label.set_off && !label.rest.is_empty())
    };
    if options.len() > 1 && options.iter().enumerate().all(labelled) {
        for option in options {
            option.text = label(&option.text).map_or_else(String::new, |label| label.rest.to_owned());
        }
    }
}

#[cfg(test)]
mod tests;
