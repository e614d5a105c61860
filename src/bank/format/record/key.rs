//! How the keys of records are written: letters, places from 0 or from 1, or the text of the option.

use super::Record;
use crate::bank::lines::label::label;
use crate::bank::lines::place_of_letter;
use crate::bank::{KeyBase, Refusal};

impl KeyBase {
    /// The right places that the answer of a record names; `None` if it cannot be read in this way.
    pub(in crate::bank) fn places(self, record: &Record) -> Option<Vec<usize>> {
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

/// The place of a label that the text of its option follows.
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

/// How the keys of the file are written: the way that explains most of them.
pub(in crate::bank) fn decide(
    keyed: &[&Record],
    given: Option<KeyBase>,
    hinted: Option<KeyBase>,
) -> Result<KeyBase, Refusal> {
    if let Some(given) = given {
        return Ok(given);
    }
    let score = |base: KeyBase| keyed.iter().filter(|record| base.places(record).is_some()).count();
    let scored = [KeyBase::Letter, KeyBase::Zero, KeyBase::One, KeyBase::Text].map(|base| (base, score(base)));
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
    let ways: Vec<&str> = likely.iter().map(|base| base.name()).collect();
    let words: Vec<&str> = likely.iter().map(|base| in_words(*base)).collect();
    Err(Refusal::new(
        format!("the keys can be read in {} ways: as {}", ways.len(), words.join(", or ")),
        format!("say which with `--key-base {}`", ways.join("|")),
    ))
}

fn is_place(base: KeyBase) -> bool {
    matches!(base, KeyBase::Zero | KeyBase::One)
}

/// What the keys of a file are, in words.
pub(in crate::bank::format) fn in_words(base: KeyBase) -> &'static str {
    match base {
        KeyBase::Zero => "places from 0",
        KeyBase::One => "places from 1",
        KeyBase::Letter => "letters",
        KeyBase::Text => "the text of the option",
    }
}
