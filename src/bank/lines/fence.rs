//! Fences around code, by the rules of CommonMark. The text after an opening fence contains no backtick. A closing
//! fence uses the same character, is at least as long, and nothing follows it.

use super::label::{bullet, label, place_of_item, question_number};

/// Which lines are code.
#[derive(Debug, Default)]
pub(in crate::bank) struct Fences {
    /// For each line, whether it is code or a fence around it. A fence after a label (`A. ```) belongs to the line of
    /// the option.
    pub(in crate::bank) code: Vec<bool>,
    /// Fences to ignore: those around whole questions or options, and those that never close.
    pub(in crate::bank) dropped: Vec<usize>,
    /// Fences that never close.
    pub(in crate::bank) unclosed: Vec<usize>,
}

/// A fence: its character, and the number of these.
pub(in crate::bank) type Fence = (char, usize);

pub(in crate::bank) fn opens(line: &str) -> Option<Fence> {
    let text = line.trim();
    let sign = text.chars().next().filter(|char| matches!(char, '`' | '~'))?;
    let count = text.chars().take_while(|char| *char == sign).count();
    let info = &text[count..];
    // `~~~ title ~~~` adorns a title.
    let adorns = sign == '~' && !info.is_empty() && info.ends_with('~');
    (count >= 3 && !adorns && !(sign == '`' && info.contains('`'))).then_some((sign, count))
}

/// Whether a line closes a fence.
pub(in crate::bank) fn closes(line: &str, (sign, count): Fence) -> bool {
    let text = line.trim();
    text.len() >= count && text.chars().all(|char| char == sign)
}

/// The fence after the label of an option.
fn opens_behind_label(line: &str) -> Option<Fence> {
    let text = line.trim();
    let bare = bullet(text).unwrap_or(text);
    let inner = label(bare).filter(|label| label.set_off).map_or(bare, |label| label.rest);
    opens(inner).filter(|_| inner.len() < text.len())
}

/// Finds the fences of a file, each line looked at a few times at most.
pub(in crate::bank) fn fences(lines: &[String]) -> Fences {
    let mut found = Fences { code: vec![false; lines.len()], ..Fences::default() };
    // Fences of this sign and length were looked for to the end of the file, in vain.
    let mut never: Vec<Fence> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some((fence, behind)) =
            opens(&lines[at]).map(|fence| (fence, false)).or_else(|| Some((opens_behind_label(&lines[at])?, true)))
        else {
            at += 1;
            continue;
        };
        let known = never.iter().any(|(sign, count)| *sign == fence.0 && *count <= fence.1);
        match if known { Close::Never } else { close(lines, at, fence) } {
            Close::At(end) => {
                let inside = &lines[at + 1..end];
                if !behind && (holds_questions(inside) || holds_options(inside, &lines[end + 1..])) {
                    found.dropped.extend([at, end]);
                } else {
                    found.code[at + usize::from(behind)..=end].fill(true);
                }
                at = end + 1;
            }
            unclosed => {
                if matches!(unclosed, Close::Never) {
                    never.push(fence);
                }
                if !behind {
                    found.unclosed.push(at);
                    found.dropped.push(at);
                }
                at += 1;
            }
        }
    }
    found
}

/// The end of a block of code.
enum Close {
    At(usize),
    /// Another block begins first.
    NotBeforeNext,
    Never,
}

fn close(lines: &[String], open: usize, fence: Fence) -> Close {
    for (at, line) in lines.iter().enumerate().skip(open + 1) {
        if closes(line, fence) {
            return Close::At(at);
        }
        // A fence with a language opens a block.
        if opens(line).is_some_and(|(sign, count)| sign == fence.0 && count >= fence.1) {
            return Close::NotBeforeNext;
        }
    }
    Close::Never
}

/// Whether questions with options are between the fences: then the fences are around a bank, or one of them is missing.
fn holds_questions(inside: &[String]) -> bool {
    let mut asked = false;
    let mut options = 0;
    for line in inside.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        match place_of_item(line) {
            Some(place) if asked && place == options => options += 1,
            Some(_) => {}
            None => {
                if options > 1 {
                    return true;
                }
                (asked, options) = (question_number(line).is_some_and(|(_, rest)| rest.contains(' ')), 0);
            }
        }
    }
    options > 1
}

/// Whether only options are between the fences, and none below them.
fn holds_options(inside: &[String], below: &[String]) -> bool {
    let said = |lines: &'_ [String]| lines.iter().map(|line| line.trim().to_owned()).find(|line| !line.is_empty());
    let mut places = inside.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).map(place_of_item);
    let ascending = places.by_ref().enumerate().all(|(due, found)| found == Some(due));
    let count = inside.iter().filter(|line| !line.trim().is_empty()).count();
    let first_below = said(&below[..below.len().min(3)]).and_then(|line| place_of_item(&line));
    ascending && count > 1 && first_below != Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> (String, Vec<usize>, Vec<usize>) {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let Fences { code, dropped, unclosed } = fences(&lines);
        (code.iter().map(|code| if *code { 'c' } else { '.' }).collect(), dropped, unclosed)
    }

    #[test]
    fn a_line_between_backticks_opens_nothing() {
        assert_eq!(code("```word```\na\n~~~ title ~~~\nb"), ("....".into(), vec![], vec![]));
        assert_eq!(code("```sh\na\n```\nb"), ("ccc.".into(), vec![], vec![]));
        assert_eq!(code("````\n```\na\n````\nb"), ("cccc.".into(), vec![], vec![]));
        assert_eq!(code("A. ```sh\na\n```\nB. b"), (".cc.".into(), vec![], vec![]));
    }

    #[test]
    fn what_never_closes_is_found() {
        assert_eq!(code("a\n```\nb\nc"), ("....".into(), vec![1], vec![1]));
        assert_eq!(code("```sh\na\n```sh\nb\n```"), ("..ccc".into(), vec![0], vec![0]));
    }

    #[test]
    fn fences_around_options_or_questions_are_no_content() {
        assert_eq!(code("Q?\n```\nA. a\nB. b\n```\nR?"), ("......".into(), vec![1, 4], vec![]));
        assert_eq!(code("Q?\n```\nA. a\nB. b\n```\nA. c"), (".cccc.".into(), vec![], vec![]));
        assert_eq!(code("```\n1. What is it?\nA. a\nB. b\n\n2. And that?\nA. a\nB. b\n```").1, [0, 8]);
    }
}
