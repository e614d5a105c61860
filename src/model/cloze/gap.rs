//! Gaps in a text, as Moodle writes them: `{1:SHORTANSWER:=Paris#Yes~%50%Marseille}`.

use std::ops::Range;

/// A gap and its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// Its kind.
    pub kind: GapKind,
    /// The answers, in the order of the text.
    pub answers: Vec<GapAnswer>,
}

/// The kind of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapKind {
    /// One of several answers is picked.
    Choice,
    /// Several answers are picked.
    Choices,
    /// A word is typed.
    Short,
    /// A number is typed.
    Numeric,
}

impl GapKind {
    /// The name, as Moodle and `import --json` write it.
    pub fn name(self) -> &'static str {
        match self {
            GapKind::Choice | GapKind::Choices => "multichoice",
            GapKind::Short => "shortanswer",
            GapKind::Numeric => "numerical",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "MULTICHOICE" | "MC" | "MULTICHOICE_V" | "MCV" | "MULTICHOICE_H" | "MCH" | "MULTICHOICE_S" | "MCS"
            | "MULTICHOICE_VS" | "MCVS" | "MULTICHOICE_HS" | "MCHS" => GapKind::Choice,
            "MULTIRESPONSE" | "MR" | "MULTIRESPONSE_H" | "MRH" | "MULTIRESPONSE_S" | "MRS" | "MULTIRESPONSE_HS"
            | "MRHS" => GapKind::Choices,
            "SHORTANSWER" | "SA" | "MW" | "SHORTANSWER_C" | "SAC" | "MWC" => GapKind::Short,
            "NUMERICAL" | "NM" => GapKind::Numeric,
            _ => return None,
        })
    }
}

/// An answer to a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct GapAnswer {
    /// The text to fill in; `*` is anything else.
    pub text: String,
    /// The share of the mark, 1 for all of it.
    pub weight: f64,
    /// The comment on it.
    pub feedback: Option<String>,
    /// How far a number may be off.
    pub tolerance: Option<f64>,
}

/// The text with its gaps as `{#1}`, `{#2}` …, and the gaps.
pub fn split(text: &str) -> (String, Vec<Gap>) {
    let (mut plain, mut gaps, mut from) = (String::with_capacity(text.len()), Vec::new(), 0);
    for (place, gap) in placed(text) {
        plain.push_str(&text[from..place.start]);
        gaps.push(gap);
        plain.push_str(&format!("{{#{}}}", gaps.len()));
        from = place.end;
    }
    plain.push_str(&text[from..]);
    (plain, gaps)
}

/// The gaps of a text, each with the bytes that write it, in their order.
pub(super) fn placed(text: &str) -> Vec<(Range<usize>, Gap)> {
    let (mut gaps, mut from) = (Vec::new(), 0);
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let Some((kind, inside)) = head(&text[open..]) else {
            from = open + 1;
            continue;
        };
        // Nothing closes this gap, so nothing closes the text after it.
        let Some((answers, after)) = answers(inside, kind) else { break };
        from = text.len() - after.len();
        gaps.push((open..from, Gap { kind, answers }));
    }
    gaps
}

/// The kind of a gap that begins here, and the rest.
fn head(text: &str) -> Option<(GapKind, &str)> {
    let rest = text.strip_prefix('{')?.trim_start_matches(|char: char| char.is_ascii_digit()).strip_prefix(':')?;
    let end = rest.bytes().take(20).position(|byte| byte == b':')?;
    Some((GapKind::from_name(&rest[..end])?, &rest[end + 1..]))
}

/// The answers up to the closing brace, and the rest.
fn answers(mut text: &str, kind: GapKind) -> Option<(Vec<GapAnswer>, &str)> {
    let mut answers = Vec::new();
    loop {
        let (weight, rest) = share(text);
        // An ampersand before `#` begins an entity (`&#8211;`).
        let end = end_of(rest, &['~', '#', '}'], &["\\", "&", "&amp;"])?;
        let (answer, mut rest) = rest.split_at(end);
        let mut feedback = None;
        if let Some(said) = rest.strip_prefix('#') {
            let end = end_of(said, &['~', '}'], &["\\"])?;
            feedback = Some(unescaped(&said[..end])).filter(|said| !said.is_empty());
            rest = &said[end..];
        }
        answers.push(answered(answer, weight, feedback, kind));
        text = &rest[1..];
        if rest.starts_with('}') {
            return Some((answers, text));
        }
    }
}

/// The place of the first of the signs that is not escaped.
fn end_of(text: &str, signs: &[char], escapes: &[&str]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(signs)?;
        if !escapes.iter().any(|escape| text[..at].ends_with(escape)) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The share of the mark before an answer: `=` is all of it, `%50%` is half.
fn share(text: &str) -> (f64, &str) {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix('=') {
        return (1.0, rest);
    }
    let found = text.strip_prefix('%').and_then(|rest| {
        let end = rest.bytes().take(20).position(|byte| byte == b'%')?;
        let share: f64 = rest[..end].replace(',', ".").parse().ok()?;
        share.is_finite().then_some((share / 100.0, &rest[end + 1..]))
    });
    found.unwrap_or((0.0, text))
}

fn unescaped(text: &str) -> String {
    let text = html_escape::decode_html_entities(text);
    text.replace("\\}", "}").replace("\\#", "#").replace("\\~", "~").trim().to_owned()
}

fn answered(text: &str, weight: f64, feedback: Option<String>, kind: GapKind) -> GapAnswer {
    let text = unescaped(text);
    if kind == GapKind::Numeric
        && let Some((value, tolerance)) = number(&text)
    {
        return GapAnswer { text: value.to_owned(), weight, feedback, tolerance: Some(tolerance) };
    }
    GapAnswer { text, weight, feedback, tolerance: None }
}

/// A number and how far it may be off: `3.14:0.01`.
fn number(text: &str) -> Option<(&str, f64)> {
    let (value, tolerance) = text.split_once(':').unwrap_or((text, "0"));
    let parse = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    parse(value)?;
    Some((value.trim(), parse(tolerance)?.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(gap: &Gap) -> Vec<(&str, f64)> {
        gap.answers.iter().map(|answer| (answer.text.as_str(), answer.weight)).collect()
    }

    #[test]
    fn gaps_become_numbers_and_their_answers_are_kept() {
        let (text, gaps) = split(
            "In {1:MULTICHOICE:=Rome#Yes~%0%Oslo\\}~Bonn} it is {:SA:%100%hot#So.~%50%warm~*#No} at {2:NM:=3,5:0.1~*} {x}.",
        );
        assert_eq!(text, "In {#1} it is {#2} at {#3} {x}.");
        assert_eq!(
            gaps.iter().map(|gap| gap.kind.name()).collect::<Vec<_>>(),
            ["multichoice", "shortanswer", "numerical"]
        );
        assert_eq!(said(&gaps[0]), [("Rome", 1.0), ("Oslo}", 0.0), ("Bonn", 0.0)]);
        assert_eq!(said(&gaps[1]), [("hot", 1.0), ("warm", 0.5), ("*", 0.0)]);
        assert_eq!(gaps[1].answers[2].feedback.as_deref(), Some("No"));
        assert_eq!((said(&gaps[2]), gaps[2].answers[0].tolerance), (vec![("3,5", 1.0), ("*", 0.0)], Some(0.1)));
    }

    #[test]
    fn entities_are_no_feedback_and_what_is_no_gap_stays() {
        let (_, gaps) = split("{1:SA:=a &#8211; b#c}");
        assert_eq!((said(&gaps[0]), gaps[0].answers[0].feedback.as_deref()), (vec![("a – b", 1.0)], Some("c")));
        for text in ["{1:SA:=a", "{1:XY:=a}", "{a:b}", "{}", "{", "{1:SA:=a\\}"] {
            assert_eq!(split(text), (text.to_owned(), Vec::new()), "{text}");
        }
    }
}
