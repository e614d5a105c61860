//! Statements with their own verdicts: `Ice floats. (True)`, `Ice sinks. - F`, `(√) …`, `True` and `False` as options
//! without labels. The place of the verdict within a line is decided once for the file.

use super::key::NamedLine;
use super::label::{bullet, question_number};
use super::line::{BankLine, LineKind, OptionLine};
use super::verdict::{TruthVerdict, verdict};
use super::{mark, marks};

/// The place of the verdict of a statement, and what separates it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum VerdictPlace {
    /// `… (T)`
    Bracket,
    /// `… **True**`
    Bold,
    /// `… - True`
    Sign(&'static str),
    /// `… floats. True`
    Behind,
    /// `… ✓`
    Tick,
    /// `(T) …`
    BracketBefore,
    /// `True: …`
    WordBefore,
}

/// Signs that set a verdict off.
const SIGNS: [&str; 12] = [" - ", " – ", " — ", " -> ", " → ", " => ", " = ", " | ", ": ", "…", "...", "  "];
/// Ends of a sentence.
const ENDS: [char; 7] = ['.', '!', '?', '。', '！', '？', ')'];

#[derive(Clone, Copy, Debug)]
struct JudgedStatement<'a> {
    place: VerdictPlace,
    number: Option<usize>,
    text: &'a str,
    said: &'a str,
    verdict: TruthVerdict<'static>,
}

/// Makes options of lines that name both verdicts one below the other, and splits statements from the verdicts after
/// them.
pub(in crate::bank) fn part(lines: &mut Vec<BankLine<'_>>) {
    options(lines);
    let found = found(lines);
    let Some(place) = place(lines, &found) else { return };
    let mut parted = Vec::with_capacity(lines.len() * 2);
    for (line, found) in lines.drain(..).zip(found) {
        match found.filter(|found| found.place == place) {
            Some(JudgedStatement { number, text: stated, said, .. }) => {
                let BankLine { number: at, indent, what, .. } = line;
                // A line that continues the one above is not a statement of its own.
                let begins = match what {
                    LineKind::Text(_) if number.is_none() && parted.last().is_some_and(is_numbered) => {
                        LineKind::Text(stated)
                    }
                    _ => LineKind::Numbered(number, stated),
                };
                parted.push(BankLine { number: at, indent, text: stated, what: begins });
                let answer = LineKind::Named(NamedLine::Answer(said));
                parted.push(BankLine { number: at, indent, text: said, what: answer });
            }
            None => parted.push(line),
        }
    }
    *lines = parted;
}

fn is_numbered(line: &BankLine<'_>) -> bool {
    matches!(line.what, LineKind::Numbered(..))
}

/// Lines such as `True` and `- False *`, one below the other, become options.
fn options(lines: &mut [BankLine<'_>]) {
    let mut before: Option<usize> = None;
    for at in 0..lines.len() {
        if matches!(lines[at].what, LineKind::Blank) {
            continue;
        }
        let above = before.replace(at);
        let Some(first) = above.filter(|above| at - above <= 2) else { continue };
        let opposite = match (alone(&lines[first]), alone(&lines[at])) {
            (Some((_, one)), Some((_, other))) => one.holds != other.holds && one.worded == other.worded,
            _ => false,
        };
        if opposite && !lines.get(at + 1).is_some_and(is_short) {
            for place in [first, at] {
                if let Some((option, _)) = alone(&lines[place]) {
                    lines[place].what = LineKind::Option(option);
                }
            }
            before = None;
        }
    }
}

/// Whether a line may be a third option (`Maybe`), so that yes and no are not all.
fn is_short(line: &BankLine<'_>) -> bool {
    matches!(line.what, LineKind::Text(text) if text.split_whitespace().count() < 4 && !text.ends_with(['?', '？', '؟', '.']))
}

/// The option that a line with only a verdict is.
fn alone<'a>(line: &BankLine<'a>) -> Option<(OptionLine<'a>, TruthVerdict<'static>)> {
    let LineKind::Text(whole) = line.what else { return None };
    let text = bullet(whole).unwrap_or(whole).trim();
    let (right, text) = mark::boxed(text).unwrap_or((false, text));
    let bare = marks::bare(text);
    // `true. 正确` has it twice.
    let twice = bare.split_once(['.', ')', '、']).and_then(|(label, text)| Some((verdict(label)?, verdict(text)?)));
    let (verdict, text) = match twice {
        Some((label, said)) if label.holds == said.holds => (said, bare.split_once(['.', ')', '、'])?.1.trim()),
        _ => (verdict(bare)?, text),
    };
    let option = OptionLine { place: None, text, right, bold: false, sure: true, usual: true, whole };
    Some((option, verdict))
}

/// The statements of the lines, each with the verdict that is on it.
fn found<'a>(lines: &[BankLine<'a>]) -> Vec<Option<JudgedStatement<'a>>> {
    let mut found = Vec::with_capacity(lines.len());
    // Whether an option or an answer is the next thing that is below.
    let mut settled = false;
    for line in lines.iter().rev() {
        found.push(match &line.what {
            LineKind::Numbered(number, text) if !settled => statement(*number, text),
            LineKind::Text(text) if !settled => {
                let bare = bullet(text).unwrap_or(text);
                statement(None, bare).or_else(|| before_number(bare))
            }
            LineKind::Option(option) => numbered(option.whole),
            _ => None,
        });
        if !matches!(line.what, LineKind::Blank) {
            settled = matches!(line.what, LineKind::Option(_) | LineKind::Named(NamedLine::Answer(_)));
        }
    }
    found.reverse();
    found
}

/// A statement after a number or a bullet that was taken for the label of an option.
fn numbered(whole: &str) -> Option<JudgedStatement<'_>> {
    let text = bullet(whole).unwrap_or(whole);
    match question_number(text) {
        Some((number, text)) => statement(Some(number), text),
        None => statement(None, text).filter(|_| text.len() < whole.len()),
    }
}

/// `T 1. Ice floats.`, `(F) 2. Ice sinks.`, `__T__ 3. …`
fn before_number(text: &str) -> Option<JudgedStatement<'_>> {
    let bare = text.trim_start_matches(['_', '(', '[', ' ']);
    let end = bare.find([' ', '_', ')', ']', '\t'])?;
    let verdict = verdict(&bare[..end])?;
    let (number, rest) = question_number(bare[end..].trim_start_matches(['_', ')', ']', ' ', '\t', '.']))?;
    Some(JudgedStatement {
        place: VerdictPlace::BracketBefore,
        number: Some(number),
        text: rest,
        said: &bare[..end],
        verdict,
    })
}

fn statement(number: Option<usize>, text: &str) -> Option<JudgedStatement<'_>> {
    let text = text.trim();
    // `Ice floats. **(True)**`
    let bold = text.strip_suffix("**").and_then(|inner| inner.rsplit_once(" **"));
    let joined =
        bold.filter(|(_, said)| verdict(said).is_some()).map(|(stated, said)| (VerdictPlace::Bold, stated, said));
    let (place, stated, said) = joined.or_else(|| behind(text)).or_else(|| before(text))?;
    let verdict = verdict(said)?;
    let stated = stated.trim();
    (stated.split_whitespace().count() > 1 || !stated.is_ascii())
        .then_some(JudgedStatement { place, number, text: stated, said, verdict })
        .filter(|found| !found.text.is_empty())
}

/// The statement before a verdict, and the verdict.
fn behind(text: &str) -> Option<(VerdictPlace, &str, &str)> {
    for (open, close) in [('(', ')'), ('[', ']'), ('（', '）'), ('{', '}'), ('【', '】')] {
        if let Some(inner) = text.strip_suffix('.').unwrap_or(text).strip_suffix(close) {
            let at = inner.rfind(open)?;
            let said = inner[at + open.len_utf8()..].trim();
            return verdict(said).map(|_| (VerdictPlace::Bracket, &text[..at], said));
        }
    }
    let last = text.chars().next_back()?;
    let at = text.len() - last.len_utf8();
    if !last.is_ascii() && !last.is_alphabetic() && verdict(&text[at..]).is_some() {
        return Some((VerdictPlace::Tick, &text[..at], &text[at..]));
    }
    // Most lines have none of the characters of these signs.
    let bytes = text.as_bytes();
    let one = bytes.iter().any(|byte| matches!(byte, b'-' | b'=' | b'|' | b':') || !byte.is_ascii());
    let signs = if one || bytes.windows(2).any(|two| two == b"  " || two == b"..") { &SIGNS[..] } else { &[] };
    for sign in signs.iter().copied() {
        if let Some((stated, said)) = text.rsplit_once(sign)
            && verdict(said).is_some()
        {
            let leads = matches!(sign, "…" | "...");
            let stated = if leads { stated.trim_end_matches(['.', '…', ' ', '_']) } else { stated };
            return Some((VerdictPlace::Sign(sign), stated, said.trim()));
        }
    }
    let (stated, said) = text.rsplit_once(' ')?;
    (stated.trim_end().ends_with(ENDS) && verdict(said).is_some()).then_some((VerdictPlace::Behind, stated, said))
}

/// The statement after a verdict, and the verdict.
fn before(text: &str) -> Option<(VerdictPlace, &str, &str)> {
    for (open, close) in [('(', ')'), ('[', ']'), ('（', '）'), ('【', '】')] {
        if let Some(inner) = text.strip_prefix(open) {
            let (said, stated) = inner.split_once(close)?;
            return verdict(said).map(|_| (VerdictPlace::BracketBefore, stated, said));
        }
    }
    let end = text.find([':', ' ', '：'])?;
    let (said, rest) = text.split_at(end);
    verdict(said).filter(|verdict| verdict.worded)?;
    let rest = rest.trim_start();
    // A tick needs no sign after it.
    let tick = !said.chars().any(char::is_alphabetic);
    let stated = rest.strip_prefix([':', '：', '-', '–', '—']).or(Some(rest).filter(|_| tick))?;
    Some((VerdictPlace::WordBefore, stated, said))
}

/// The place of the verdicts of a file: the same on most numbered lines that have neither options nor an answer, or on
/// nearly all lines.
fn place(lines: &[BankLine<'_>], found: &[Option<JudgedStatement<'_>>]) -> Option<VerdictPlace> {
    let mut counts: Vec<(VerdictPlace, usize, [bool; 2], bool)> = Vec::new();
    for found in found.iter().flatten() {
        let at = match counts.iter().position(|(place, ..)| *place == found.place) {
            Some(at) => at,
            None => {
                counts.push((found.place, 0, [false; 2], true));
                counts.len() - 1
            }
        };
        let (_, count, both, sure) = &mut counts[at];
        *count += 1;
        both[usize::from(found.verdict.holds)] = true;
        *sure &= found.verdict.worded && found.text.trim_end().ends_with(ENDS);
    }
    let (place, count, both, sure) = counts.into_iter().max_by_key(|(_, count, ..)| *count)?;
    let said = |line: &&BankLine<'_>| !matches!(line.what, LineKind::Blank | LineKind::Rule | LineKind::Heading(_));
    let all = lines.iter().filter(said).count();
    let mut below = false;
    let mut open = 0_usize;
    for line in lines.iter().rev() {
        open += usize::from(is_numbered(line) && !below);
        if !matches!(line.what, LineKind::Blank) {
            below = matches!(line.what, LineKind::Option(_) | LineKind::Named(NamedLine::Answer(_)));
        }
    }
    let whole = count > 2 && count * 10 >= all * 8;
    let numbered = found.iter().flatten().filter(|found| found.place == place && found.number.is_some()).count();
    let often = numbered > 1 && numbered * 10 >= open * 6 && (both == [true; 2] || sure);
    let once = numbered == 1 && open == 1 && sure;
    (whole || often || once).then_some(place)
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};
    use crate::model::Kind;

    /// The stem and the right answer of each question.
    fn found(text: &str) -> Vec<(Kind, String, String)> {
        let bank = read(text.as_bytes(), &ReadOptions::default())
            .unwrap_or_else(|refusal| panic!("{}: {text}", refusal.message));
        assert_eq!(bank.problems, [], "{text}");
        let right = |question: &crate::bank::BankQuestion| question.options[question.correct()[0]].text.clone();
        bank.questions.iter().map(|question| (question.kind, question.stem.clone(), right(question))).collect()
    }

    const CHOICE: &str = "1. What is red?\nA. sky\nB. blood\nAnswer: B\n\n";

    #[test]
    fn answers_stand_behind_what_is_asked() {
        let text = format!(
            "{CHOICE}2. Name a tree. **Answer:** oak\n3. Tar is black. **(True)**\n4. Tar is white. **False**\n"
        );
        let found = found(&text);
        let kinds: Vec<_> = found.iter().map(|(kind, stem, right)| (*kind, stem.as_str(), right.as_str())).collect();
        assert_eq!(
            kinds[1..],
            [
                (Kind::Short, "Name a tree.", "oak"),
                (Kind::TrueFalse, "Tar is black.", "True"),
                (Kind::TrueFalse, "Tar is white.", "False")
            ]
        );
    }

    #[test]
    fn verdicts_stand_in_many_places() {
        let truth = |stem: &str, right: &str| (Kind::TrueFalse, stem.to_owned(), right.to_owned());
        let expected = [truth("Tar is black.", "True"), truth("Milk is green.", "False")];
        for (one, other) in [
            ("2. Tar is black. (T)", "3. Milk is green. (F)"),
            ("2. Tar is black. - True", "3. Milk is green. - False"),
            ("2. Tar is black. [True]", "3. Milk is green. [False]"),
            ("2. (T) Tar is black.", "3. (F) Milk is green."),
            ("2. True: Tar is black.", "3. False: Milk is green."),
            ("2. Tar is black. True", "3. Milk is green. False"),
            ("2. Tar is black. ✓", "3. Milk is green. ✗"),
            ("T 2. Tar is black.", "F 3. Milk is green."),
        ] {
            let among = found(&format!("{CHOICE}{one}\n\n{other}\n"));
            assert_eq!(among[1..], expected, "{one}");
            let alone = found(&format!("{one}\n{other}\n{}\n", one.replace("Tar", "Ink").replace('2', "4")));
            assert_eq!(alone[..2], expected, "{one}");
        }
    }

    #[test]
    fn verdicts_are_options_without_labels() {
        for (yes, no) in [("True", "False"), ("- True", "- False"), ("( ) True", "( ) False"), ("* True", "* False")] {
            let found = found(&format!("{CHOICE}2. Milk is green.\n{yes}\n{no}\nAnswer: False\n"));
            assert_eq!((found[1].1.as_str(), found[1].2.as_str()), ("Milk is green.", "False"), "{yes}");
        }
        let marked = found("Rostet Gold?\n- Wahr\n- Falsch *\n\nWas ist rot?\n- A. Blut *\n- B. Gras\n");
        assert_eq!((marked[0].1.as_str(), marked[0].2.as_str()), ("Rostet Gold?", "Falsch"));
    }

    #[test]
    fn no_sign_before_a_verdict_is_passed_over() {
        for sign in super::SIGNS {
            let text = format!("Ice floats{sign}True");
            let (place, stated, said) = super::behind(&text).expect(sign);
            assert_eq!((stated, said), ("Ice floats", "True"), "{place:?}");
        }
        assert!(super::behind("Ice floats on True").is_none());
    }

    #[test]
    fn brackets_that_judge_nothing_stay() {
        let text = "1. What does it return? (True)\nA. one\nB. two\nAnswer: B\n\n2. Vitamin (F) is what? (F)\nA. one\nB. two\nAnswer: A\n";
        assert_eq!(found(text)[0].1, "What does it return? (True)");
    }
}
