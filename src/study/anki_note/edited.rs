//! A note that somebody edited in Anki: what it shows counts, and the words of the question say the rest.

use super::fields::answer_notes;
use super::lists::{FieldList, lists};
use crate::anki::note_type::{CardForm, OptionText, is_plain};
use crate::anki::out::OutText;
use crate::anki::shown::same_shown;
use crate::anki::template::{plain, says_something};
use crate::bank::{BankOption, BankQuestion};
use crate::model::{Kind, Markup};

/// What became of a question that was edited in Anki.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::study) struct EditedNote {
    pub(in crate::study) question: BankQuestion,
    /// What could not be kept, in words.
    pub(in crate::study) lost: Vec<&'static str>,
}

/// Takes an edit in: `then` is what the note asked as we wrote it, `now` what it asks. `None` if it is no longer a note of this kind.
pub(in crate::study) fn taken_in(original: &BankQuestion, then: &CardForm, now: &CardForm) -> Option<EditedNote> {
    let mut first = TakenTexts::new(original.markup, original.markup);
    let taken = question(original, then, now, &mut first)?;
    if !first.failed {
        return Some(taken);
    }
    // What was written there cannot be said in the markup of the question.
    let mut second = TakenTexts::new(original.markup, Markup::Html);
    let mut taken = question(original, then, now, &mut second)?;
    taken.question.markup = Markup::Html;
    if original.markup == Markup::Markdown {
        taken.lost.push("the Markdown of edited notes: their texts are HTML from now on");
    }
    Some(taken)
}

/// Turns what fields show into texts of a markup.
struct TakenTexts {
    from: Markup,
    to: Markup,
    /// Whether a text cannot be said in this markup.
    failed: bool,
}

impl TakenTexts {
    fn new(from: Markup, to: Markup) -> Self {
        Self { from, to, failed: false }
    }

    /// The text that shows `now`: the original one, if it showed the same `then`.
    fn text(&mut self, now: &str, then: &str, original: &str) -> String {
        if same_shown(now, then) && self.from == self.to {
            return original.to_owned();
        }
        let made = match self.to {
            Markup::Html => Some(now.to_owned()),
            Markup::Plain => is_plain(now).then(|| plain(now)),
            Markup::Markdown => markdown(now),
        };
        self.failed |= made.is_none();
        made.unwrap_or_default()
    }

    fn some(&mut self, now: &str, then: &str, original: Option<&str>) -> Option<String> {
        if same_shown(now, then) && self.from == self.to {
            return original.map(str::to_owned);
        }
        says_something(now).then(|| self.text(now, then, original.unwrap_or_default()))
    }

    /// An option with another text.
    fn option(&mut self, now: &str, then: &str, original: &BankOption) -> BankOption {
        BankOption { text: self.text(now, then, &original.text), ..original.clone() }
    }
}

/// Markdown that shows the same, if it is easily found.
fn markdown(html: &str) -> Option<String> {
    let mut html = html.to_owned();
    for (short, long) in [("b>", "strong>"), ("i>", "em>")] {
        html = html
            .replace(&format!("<{short}"), &format!("<{long}"))
            .replace(&format!("</{short}"), &format!("</{long}"));
    }
    let shows = |text: &String| same_shown(&OutText { markup: Markup::Markdown, media: &[] }.html(text), &html);
    let words = plain(&html);
    let mut signs = html.clone();
    for (element, sign) in [("strong>", "**"), ("em>", "*"), ("code>", "`")] {
        signs = signs.replace(&format!("<{element}"), sign).replace(&format!("</{element}"), sign);
    }
    for (anki, sign) in [("\\(", "$"), ("\\)", "$"), ("\\[", "$$"), ("\\]", "$$")] {
        signs = signs.replace(anki, sign);
    }
    let escape = |char: char| if char.is_ascii_punctuation() { vec!['\\', char] } else { vec![char] };
    let escaped: String = words.chars().flat_map(escape).collect();
    [words, plain(&signs), escaped].into_iter().find(shows)
}

fn question(original: &BankQuestion, then: &CardForm, now: &CardForm, texts: &mut TakenTexts) -> Option<EditedNote> {
    match (then, now) {
        (CardForm::Choice { .. }, CardForm::Choice { .. }) => choice(original, then, now, texts),
        (
            CardForm::Typed { front: front_then, answer: answer_then, extra: extra_then },
            CardForm::Typed { front, answer, extra },
        ) => {
            let stem = texts.text(front, front_then, &original.stem);
            let (options, kind, mut lost) = answers(original, answer, answer_then);
            let notes = answer_notes(original);
            let (now, then) = (unwrapped(extra), unwrapped(extra_then));
            let rest = |html: &str| {
                let rest = html
                    .strip_prefix(notes.as_str())
                    .or_else(|| html.strip_prefix(&*notes.replace("&plusmn;", "±")))?;
                Some(rest.strip_prefix("<br>").unwrap_or(rest).to_owned())
            };
            let explanation = match (rest(now), rest(then)) {
                (Some(now), Some(then)) => texts.some(&now, &then, original.explanation.as_deref()),
                _ => {
                    lost.push("changes of the tolerance or of other answers: they stay as they were here");
                    texts.some(now, "", None)
                }
            };
            Some(EditedNote { question: BankQuestion { kind, stem, options, explanation, ..original.clone() }, lost })
        }
        (CardForm::Cloze { text: text_then, extra: extra_then }, CardForm::Cloze { text, extra }) => {
            let mut lost = Vec::new();
            let mut options = original.options.clone();
            if !same_shown(text, text_then) && !options.is_empty() {
                options.clear();
                lost.push("the accepted answers of gaps of edited texts");
            }
            let stem = texts.text(text, text_then, &original.stem);
            let explanation = texts.some(extra, extra_then, original.explanation.as_deref());
            Some(EditedNote { question: BankQuestion { stem, options, explanation, ..original.clone() }, lost })
        }
        (CardForm::Sides { front: front_then, back: back_then }, CardForm::Sides { front, back }) => {
            let then = SidesOfCard { front: front_then, back: back_then };
            let now = SidesOfCard { front, back };
            match original.kind {
                Kind::Match | Kind::Order => listed(original, then, now, texts),
                kind if kind.has_choices() => many_options(original, then, now, texts),
                _ => Some(card(original, then, now, texts)),
            }
        }
        _ => None,
    }
}

fn choice(original: &BankQuestion, then: &CardForm, now: &CardForm, texts: &mut TakenTexts) -> Option<EditedNote> {
    let (
        CardForm::Choice { stem: stem_then, options: options_then, extra: extra_then, .. },
        CardForm::Choice { stem, options, single, extra },
    ) = (then, now)
    else {
        return None;
    };
    if options_then.len() != original.options.len() {
        return None;
    }
    let mut lost = Vec::new();
    let same_key = options.len() == options_then.len()
        && options.iter().zip(options_then).all(|(now, then)| now.right == then.right);
    if !same_key && original.options.iter().any(|option| option.weight.is_some()) {
        lost.push("the shares of the mark of questions whose options were edited");
    }
    let mut free: Vec<usize> = (0..options_then.len()).collect();
    let mut found: Vec<Option<usize>> = vec![None; options.len()];
    for (place, option) in options.iter().enumerate() {
        if let Some(at) = free.iter().position(|at| same_shown(&options_then[*at].text, &option.text)) {
            found[place] = Some(free.remove(at));
        }
    }
    for (place, at) in found.iter_mut().enumerate().filter(|(_, at)| at.is_none()) {
        *at = free.iter().position(|at| *at == place).map(|at| free.remove(at));
    }
    let nothing = (BankOption::default(), OptionText::default());
    let mut made = Vec::new();
    for (now, at) in options.iter().zip(found) {
        let (known, then) = at.map_or((&nothing.0, &nothing.1), |at| (&original.options[at], &options_then[at]));
        let feedback = |option: &OptionText| option.feedback.clone().unwrap_or_default();
        made.push(BankOption {
            text: texts.text(&now.text, &then.text, &known.text),
            feedback: texts.some(&feedback(now), &feedback(then), known.feedback.as_deref()),
            correct: now.right,
            pinned: if now.pinned == then.pinned { known.pinned } else { now.pinned },
            weight: known.weight.filter(|_| same_key),
            ..BankOption::default()
        });
    }
    let kind = match original.kind {
        Kind::TrueFalse if *single && made.len() == 2 => Kind::TrueFalse,
        _ if *single => Kind::Single,
        _ => Kind::Multiple,
    };
    let stem = texts.text(stem, stem_then, &original.stem);
    let explanation = texts.some(extra, extra_then, original.explanation.as_deref());
    Some(EditedNote { question: BankQuestion { kind, stem, options: made, explanation, ..original.clone() }, lost })
}

/// The answers to type: another word takes the place of the first one.
fn answers(original: &BankQuestion, now: &str, then: &str) -> (Vec<BankOption>, Kind, Vec<&'static str>) {
    let mut options = original.options.clone();
    if same_shown(now, then) {
        return (options, original.kind, Vec::new());
    }
    match options.iter_mut().find(|option| option.correct) {
        Some(first) => now.clone_into(&mut first.text),
        None => options.push(BankOption { text: now.into(), correct: true, ..BankOption::default() }),
    }
    if original.kind == Kind::Numeric && now.trim().replace(',', ".").parse::<f64>().is_err() {
        options.iter_mut().for_each(|option| option.tolerance = None);
        return (options, Kind::Short, vec!["the tolerance of numbers that are words now"]);
    }
    (options, original.kind, Vec::new())
}

/// What is in the box for the explanation, if there is one around it.
fn unwrapped(html: &str) -> &str {
    let inside = html.strip_prefix("<div class=\"extra\">").and_then(|rest| rest.strip_suffix("</div>"));
    inside.unwrap_or(html)
}

/// Front and back of a card.
#[derive(Clone, Copy)]
struct SidesOfCard<'a> {
    front: &'a str,
    back: &'a str,
}

impl<'a> SidesOfCard<'a> {
    /// The answer, and the explanation behind it.
    fn split(self, with_answer: bool) -> (&'a str, &'a str) {
        match self.back.rfind("<div class=\"extra\">") {
            Some(at) => (&self.back[..at], unwrapped(&self.back[at..])),
            None if with_answer => (self.back, ""),
            None => ("", self.back),
        }
    }

    /// What is before the last `count` lists of the front, these, and the first list of the back with what is behind it.
    fn lists(self, count: usize) -> Option<(&'a str, Vec<FieldList>, FieldList, &'a str)> {
        let mut front = lists(self.front);
        let own = front.split_off(front.len().checked_sub(count)?);
        let back =
            lists(self.back).into_iter().next().filter(|list| self.back[..list.whole.start].trim().is_empty())?;
        let rest = self.back[back.whole.end..].trim();
        Some((self.front[..own.first()?.whole.start].trim(), own, back, unwrapped(rest)))
    }
}

/// A card of two sides, or a question that is answered freely.
fn card(original: &BankQuestion, then: SidesOfCard<'_>, now: SidesOfCard<'_>, texts: &mut TakenTexts) -> EditedNote {
    let mut lost = Vec::new();
    let (answer_then, extra_then) = then.split(!original.options.is_empty());
    let (answer, extra) = now.split(!original.options.is_empty());
    let stem = texts.text(now.front, then.front, &original.stem);
    let options = match original.options.as_slice() {
        [only] => vec![texts.option(answer, answer_then, only)],
        all if same_shown(answer, answer_then) && texts.from == texts.to => all.to_vec(),
        [] if !says_something(answer) => Vec::new(),
        all => {
            if all.len() > 1 {
                lost.push("which answers of edited cards are accepted: what their back shows is one answer");
            }
            vec![BankOption { text: texts.text(answer, "", ""), correct: true, ..BankOption::default() }]
        }
    };
    let explanation = texts.some(extra, extra_then, original.explanation.as_deref());
    EditedNote { question: BankQuestion { stem, options, explanation, ..original.clone() }, lost }
}

/// Pairs, or items in their order.
fn listed(
    original: &BankQuestion,
    then: SidesOfCard<'_>,
    now: SidesOfCard<'_>,
    texts: &mut TakenTexts,
) -> Option<EditedNote> {
    let is_match = original.kind == Kind::Match;
    let count = if is_match { 2 } else { 1 };
    let (stem_then, _, list_then, extra_then) = then.lists(count)?;
    let (stem, _, list, extra) = now.lists(count)?;
    if list_then.items.len() != original.options.len() || list.items.len() < 2 {
        return None;
    }
    let halves = |item: &str| -> Option<(String, String)> {
        if !is_match {
            return Some((item.to_owned(), String::new()));
        }
        let (left, right) = item.split_once("&rarr;").or_else(|| item.split_once('\u{2192}'))?;
        Some((left.trim().to_owned(), right.trim().to_owned()))
    };
    let mut options = Vec::new();
    let nothing = BankOption { correct: true, ..BankOption::default() };
    for (place, item) in list.items.iter().enumerate() {
        let (left, right) = halves(item)?;
        let known = original.options.get(place).unwrap_or(&nothing);
        let (left_then, right_then) = match list_then.items.get(place) {
            Some(item) => halves(item)?,
            None => Default::default(),
        };
        options.push(BankOption {
            text: texts.text(&left, &left_then, &known.text),
            pair: if is_match { texts.some(&right, &right_then, known.pair.as_deref()) } else { known.pair.clone() },
            ..known.clone()
        });
    }
    let stem = texts.text(stem, stem_then, &original.stem);
    let explanation = texts.some(extra, extra_then, original.explanation.as_deref());
    Some(EditedNote { question: BankQuestion { stem, options, explanation, ..original.clone() }, lost: Vec::new() })
}

/// A question with more options than a note has fields for.
fn many_options(
    original: &BankQuestion,
    then: SidesOfCard<'_>,
    now: SidesOfCard<'_>,
    texts: &mut TakenTexts,
) -> Option<EditedNote> {
    let (stem_then, all_then, _, extra_then) = then.lists(1)?;
    let (stem, all, right, extra) = now.lists(1)?;
    let (items_then, items) = (&all_then[0].items, &all[0].items);
    if items_then.len() != original.options.len() || items.len() != items_then.len() {
        return None;
    }
    let is_right = |item: &String| right.items.iter().any(|right| same_shown(right, item));
    let count = items.iter().filter(|item| is_right(item)).count();
    if count != right.items.len() || count == 0 || (count > 1 && original.kind != Kind::Multiple) {
        return None;
    }
    let mut options = Vec::new();
    for ((now, then), known) in items.iter().zip(items_then).zip(&original.options) {
        options.push(BankOption { correct: is_right(now), ..texts.option(now, then, known) });
    }
    let stem = texts.text(stem, stem_then, &original.stem);
    let explanation = texts.some(extra, extra_then, original.explanation.as_deref());
    Some(EditedNote { question: BankQuestion { stem, options, explanation, ..original.clone() }, lost: Vec::new() })
}
