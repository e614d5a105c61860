//! The role of each line of a quiz, decided for the file as a whole: code first, then what asks.

use super::line::{
    admonition, begins_with_q, fence, heading, indent, is_rule, lettered_any, numbered, opens_fold, plain_number,
    ticked,
};
use crate::bank::lines::key::named;
use crate::bank::lines::label::bullet;
use crate::bank::lines::mark;

/// Lines in which the fences of a question are counted.
const LONGEST_QUESTION: usize = 400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineRole {
    Code,
    Heading,
    /// Begins a question.
    Asks,
    Option,
    Other,
}

/// Whether options have bullets only, without boxes or letters: answers are folded away below headings, and no line has
/// a label.
pub(super) fn bullets_are_options(lines: &[String]) -> bool {
    let folded = |line: &String| opens_fold(line) || admonition(line);
    let bullets = lines.iter().filter(|line| indent(line) < 2 && bullet(line.trim()).is_some()).count();
    lines.iter().any(folded) && bullets > 3 && !lines.iter().any(|line| ticked(line).is_some() || lettered_any(line))
}

/// The role of each line. Code comes first; an unclosed fence ends where the next question begins.
pub(super) fn roles(lines: &[String], skip: usize) -> Vec<LineRole> {
    let bulleted = bullets_are_options(lines);
    let mut roles: Vec<LineRole> = lines
        .iter()
        .map(|line| match () {
            () if heading(line).is_some() => LineRole::Heading,
            () if ticked(line).is_some() || lettered_any(line) => LineRole::Option,
            () if bulleted && indent(line) < 2 && bullet(line.trim()).is_some() && !is_rule(line) => LineRole::Option,
            () => LineRole::Other,
        })
        .collect();
    let mut at = skip;
    let mut unclosed: Option<((char, usize), usize)> = None;
    while at < lines.len() {
        let open = fence(&lines[at])
            .filter(|sign| unclosed.is_none_or(|(known, until)| at >= until || known.0 != sign.0 || sign.1 < known.1));
        if let Some(sign) = open {
            match closing(lines, at, sign) {
                Ok(end) => {
                    roles[at..=end].fill(LineRole::Code);
                    at = end;
                }
                Err(until) => unclosed = Some((sign, until)),
            }
        }
        at += 1;
    }
    // By headings or by numbers: whichever has more options below it, decided once for the file.
    let asked = |starts: &dyn Fn(usize) -> bool| {
        let (mut count, mut open) = (0, false);
        for (at, role) in roles.iter().enumerate().skip(skip) {
            if *role != LineRole::Code && starts(at) {
                open = true;
            } else if *role == LineRole::Option && open {
                count += 1;
                open = false;
            }
        }
        count
    };
    let numbers = |at: usize| indent(&lines[at]) < 2 && plain_number(&lines[at]) && roles[at] == LineRole::Other;
    let by_heading = asked(&|at| roles[at] == LineRole::Heading);
    let by_number = asked(&numbers);
    // If both ask equally often, rising numbers are those of the questions.
    let by_number = by_number + usize::from(by_number > 1 && by_number == by_heading && ascend(lines, skip, &numbers));
    let mut options_since = true;
    let mut asks = Vec::new();
    for at in (skip..lines.len()).rev() {
        match roles[at] {
            LineRole::Option => options_since = true,
            LineRole::Heading => {
                let text = heading(&lines[at]).map_or("", |(_, text)| text);
                let number = numbered(mark::bold(text).unwrap_or(text)).is_some() && named(text).is_none();
                if number
                    || (by_heading >= by_number
                        && options_since
                        && named(text).is_none()
                        && has_option_below(&roles, at))
                {
                    asks.push(at);
                }
                options_since = false;
            }
            LineRole::Other if by_number > by_heading && numbers(at) => asks.push(at),
            LineRole::Other if begins_with_q(&lines[at]) => asks.push(at),
            _ => {}
        }
    }
    for at in asks {
        roles[at] = LineRole::Asks;
    }
    lists_between(lines, &mut roles);
    if bulleted {
        asks_below_options(lines, &mut roles);
    }
    roles
}

/// If bullets are options, a paragraph between the bullets of two questions asks, even without a heading.
fn asks_below_options(lines: &[String], roles: &mut [LineRole]) {
    // Whether options precede, and where the paragraph begins.
    let (mut options, mut begins): (bool, Option<usize>) = (false, None);
    for at in 0..lines.len() {
        let blank = lines[at].trim().is_empty();
        match roles[at] {
            LineRole::Other if blank || indent(&lines[at]) > 0 => {}
            LineRole::Other if at == 0 || lines[at - 1].trim().is_empty() => {
                let text = lines[at].trim();
                begins =
                    Some(at).filter(|_| !text.starts_with(['<', '|']) && !admonition(text) && named(text).is_none());
            }
            LineRole::Option => {
                if let Some(begins) = begins.take().filter(|_| options) {
                    roles[begins] = LineRole::Asks;
                }
                options = true;
            }
            LineRole::Heading | LineRole::Asks => (options, begins) = (false, None),
            LineRole::Other | LineRole::Code => {}
        }
    }
}

/// The lettered lines of a question with boxes are no options: its boxes combine them (`- [x] A, C`).
fn lists_between(lines: &[String], roles: &mut [LineRole]) {
    let mut boxes = false;
    let mut end = roles.len();
    for at in (0..roles.len()).rev() {
        match roles[at] {
            LineRole::Option => boxes |= ticked(&lines[at]).is_some(),
            LineRole::Asks | LineRole::Heading => {
                if boxes {
                    for at in (at..end).filter(|at| ticked(&lines[*at]).is_none()) {
                        if roles[at] == LineRole::Option {
                            roles[at] = LineRole::Other;
                        }
                    }
                }
                (boxes, end) = (false, at);
            }
            _ => {}
        }
    }
}

/// Whether the numbers of nearly all these lines rise by one.
fn ascend(lines: &[String], skip: usize, numbers: &dyn Fn(usize) -> bool) -> bool {
    let found: Vec<usize> = (skip..lines.len())
        .filter(|at| numbers(*at))
        .filter_map(|at| numbered(mark::bold(lines[at].trim()).unwrap_or(lines[at].trim())))
        .map(|(number, _)| number)
        .collect();
    found.windows(2).filter(|pair| pair[1] == pair[0] + 1).count() * 5 >= found.len().saturating_sub(1) * 4
}

fn has_option_below(roles: &[LineRole], at: usize) -> bool {
    roles[at + 1..]
        .iter()
        .find(|role| matches!(role, LineRole::Option | LineRole::Heading | LineRole::Asks))
        .is_some_and(|role| *role == LineRole::Option)
}

/// The line that closes the fence, or the line at which looking for it ended: no fence like it closes before that.
///
/// If the fences of a question come in pairs, boxes between them are code; if one is missing, a box ends the search.
fn closing(lines: &[String], open: usize, sign: (char, usize)) -> Result<usize, usize> {
    let asks = |line: &String| heading(line).is_some_and(|(level, text)| level > 1 && numbered(text).is_some());
    let rest = lines[open..].iter().take(LONGEST_QUESTION).take_while(|line| !asks(line));
    let paired = rest.filter(|line| fence(line).is_some_and(|(char, _)| char == sign.0)).count() % 2 == 0;
    for (at, line) in lines.iter().enumerate().skip(open + 1) {
        if let Some((char, length)) = fence(line)
            && char == sign.0
            && length >= sign.1
            && line.trim().chars().all(|found| found == char)
        {
            return Ok(at);
        }
        if asks(line) || (!paired && ticked(line).is_some_and(|_| indent(line) == 0)) {
            return Err(at);
        }
    }
    Err(lines.len())
}
