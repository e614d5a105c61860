//! org-fc: headings with the tag `:fc:`. The text below the heading asks and the subheading `Back` answers; without one
//! the heading asks for the text below it. `{{text}{hint}@0}` is left out.

use super::org::{OrgCard, items, tagged};
use super::{CardCollector, Deletions, NO_BACK, Signs, card, cloze};
use crate::bank::BankQuestion;
use crate::bank::collect::Collected;
use crate::bank::defect::Defect;
use crate::bank::format::FormatFit;
use crate::bank::source::Source;
use crate::bank::word_set::WordSet;

/// What to do about a card of a type that is not read.
const KNOWN: &str = "known are the types `normal`, `double`, `text-input`, `vocab` and `cloze` of org-fc";
/// Names of the subheading that answers, if another one may precede it.
static BACKS: WordSet =
    WordSet::new("back answer rückseite antwort réponse verso respuesta reverso risposta resposta ответ svar");

/// Whether a heading has the tag.
pub(in crate::bank) fn explains(source: &Source<'_>) -> Option<FormatFit> {
    tagged(source, "fc").then_some(FormatFit::Sure)
}

pub(in crate::bank) fn read_org_fc(source: &Source<'_>) -> Collected {
    let mut cards = CardCollector::new(source.lines());
    for item in items(source.lines(), source.skip, "fc") {
        add_card(&mut cards, &item);
    }
    cards.finish()
}

fn add_card(cards: &mut CardCollector<'_>, item: &OrgCard) {
    let body = numbered(item.body.trim());
    let sides: Vec<(&str, String)> = item
        .sides
        .iter()
        .map(|(title, text)| (title.as_str(), numbered(if text.trim().is_empty() { title } else { text.trim() })))
        .collect();
    let named = |title: &str| BACKS.contains(title.trim().to_lowercase().as_str());
    let back = sides.iter().position(|(title, _)| named(title)).unwrap_or(0);
    let filed = |question: BankQuestion, used: Option<usize>| {
        let more: Vec<&str> =
            sides.iter().enumerate().filter(|(at, _)| Some(*at) != used).map(|(_, (_, text))| text.as_str()).collect();
        item.filed(question, &more)
    };
    let clozed = item.kind == "cloze" || (item.kind.is_empty() && body.contains("{{c"));
    match item.kind.as_str() {
        _ if clozed => {
            let title = numbered(&item.title);
            // The heading may hold the deletions itself.
            let text =
                if Deletions::count_in(&title, Signs::Anki).count == 0 { body } else { format!("{title}\n{body}") };
            let deletions = Deletions::count_in(&text, Signs::Anki);
            cards.cloze(filed(cloze(item.line, &text), None), deletions);
        }
        "" | "normal" | "double" | "vocab" | "text-input" => {
            let question = match sides.get(back) {
                Some((_, answer)) => {
                    let front = if body.is_empty() { item.title.as_str() } else { &body };
                    filed(card(item.line, front, answer), Some(back))
                }
                None if body.is_empty() => return cards.reject(item.line, NO_BACK),
                None => filed(card(item.line, &item.title, &body), None),
            };
            if matches!(item.kind.as_str(), "double" | "vocab") {
                cards.both_ways(question);
            } else {
                cards.card(question);
            }
        }
        kind => cards.reject(item.line, Defect::KindNotRead { name: kind.to_owned(), hint: KNOWN }),
    }
}

/// The text with deletions as `{{c1::text::hint}}`, whose number keeps its meaning when the text changes; one without a number has
/// the next one.
fn numbered(text: &str) -> String {
    let (mut out, mut rest, mut next) = (String::with_capacity(text.len()), text, 1);
    while let Some(at) = rest.find("{{") {
        let Some(deletion) = deletion(&rest[at..]) else {
            out.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        out.push_str(&rest[..at]);
        let number = deletion.number.map_or(next, |number| number + 1);
        next = next.max(number + 1);
        // Two colons would begin a hint, and two braces would end the deletion.
        let plain = |text: &str| text.replace("::", ": :").replace("}}", "} }");
        let hint = deletion.hint.map(|hint| format!("::{}", plain(hint))).unwrap_or_default();
        out.push_str(&format!("{{{{c{number}::{}{hint}}}}}", plain(deletion.text)));
        rest = &rest[at + deletion.length..];
    }
    out + rest
}

/// A deletion at the beginning of a text.
struct Deletion<'a> {
    text: &'a str,
    hint: Option<&'a str>,
    number: Option<u32>,
    length: usize,
}

fn deletion(text: &str) -> Option<Deletion<'_>> {
    let inner = braced(&text[1..])?;
    let mut at = 1 + inner.len() + 2;
    let hint = braced(&text[at..]);
    at += hint.map_or(0, |hint| hint.len() + 2);
    let number = text[at..].strip_prefix('@').map(|rest| &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()]);
    at += number.map_or(0, |digits| digits.len() + 1);
    let whole = text[at..].starts_with('}') && !inner.trim().is_empty();
    let hint = hint.map(str::trim).filter(|hint| !hint.is_empty());
    whole.then(|| Deletion { text: inner, hint, number: number.and_then(|digits| digits.parse().ok()), length: at + 1 })
}

/// Deletions are no longer than this, in bytes.
const LONGEST: usize = 4000;

/// The text within the braces at the beginning, inner braces included.
fn braced(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match byte {
            b'{' => depth += 1,
            _ if depth == 0 => return None,
            b'}' if depth == 1 => return Some(&text[1..at]),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{ReadOptions, read};
    use crate::model::Kind;

    fn questions(text: &str) -> Vec<(Kind, String, String)> {
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let back = |question: &BankQuestion| question.options.first().map_or(String::new(), |back| back.text.clone());
        bank.questions.iter().map(|question| (question.kind, question.stem.clone(), back(question))).collect()
    }

    #[test]
    fn a_heading_asks_for_what_stands_below_it() {
        let text = "* Which gas do we breathe out? :fc:\n:PROPERTIES:\n:FC_TYPE: normal\n:END:\n:REVIEW_DATA:\n| a | b |\n:END:\nCarbon dioxide\n";
        let expected = (Kind::Card, "Which gas do we breathe out?".to_owned(), "Carbon dioxide".to_owned());
        assert_eq!(questions(text), [expected]);
    }

    #[test]
    fn the_back_answers_what_stands_above_it() {
        let text =
            "* Air :fc:chemistry:\n:PROPERTIES:\n:FC_TYPE: double\n:END:\nWhat is most of it?\n** Back\nNitrogen\n";
        let found = questions(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], (Kind::Card, "What is most of it?".into(), "Nitrogen".into()));
        assert_eq!(found[1], (Kind::Card, "Nitrogen".into(), "What is most of it?".into()));
    }

    #[test]
    fn deletions_keep_their_numbers_and_hints() {
        assert_eq!(numbered("{{a}@1} {{b}{a letter}@0} {{c}}"), "{{c2::a}} {{c1::b::a letter}} {{c3::c}}");
        assert_eq!(numbered("{{$\\frac{1}{2}$}@0} and {not} {{open"), "{{c1::$\\frac{1}{2}$}} and {not} {{open");
    }

    #[test]
    fn clozes_without_deletions_and_unknown_types_are_told() {
        let text = "* a :fc:\n:PROPERTIES:\n:FC_TYPE: cloze\n:END:\n{{sea}@0} air\n* b :fc:\n:PROPERTIES:\n:FC_TYPE: cloze\n:END:\nnothing\n* c :fc:\n:PROPERTIES:\n:FC_TYPE: normal\n:END:\nback\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!((bank.questions.len(), bank.rejected), (2, 1));
        assert_eq!(bank.questions[0].stem, "{{c1::sea}} air");
    }
}
