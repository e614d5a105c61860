//! The paragraphs of a GIFT file: questions and categories, and what their comments note.

/// A paragraph of the file: a question or a category.
#[derive(Default)]
pub(super) struct GiftParagraph {
    pub(super) text: String,
    /// The number in the file of each of its lines.
    pub(super) lines: Vec<usize>,
    /// What the comments above and within it say: `[id:7]`, `[tag:x]`.
    pub(super) notes: String,
}

/// Paragraphs, separated by blank lines outside of braces. Comments are dropped except for their notes.
pub(super) fn parts(lines: &[String], skip: usize) -> Vec<GiftParagraph> {
    let mut parts: Vec<GiftParagraph> = Vec::new();
    let mut open: Option<GiftParagraph> = None;
    let mut notes = String::new();
    // Whether the answers are open, and whether they were closed at the end of a line.
    let (mut inside, mut answered) = (false, false);
    // The last blank line within braces: the text and the lines before it.
    let mut blank: Option<(usize, usize)> = None;
    for (number, line) in (1..).zip(lines).skip(skip) {
        let text = line.trim();
        if text.starts_with("//") {
            match &mut open {
                Some(part) if !answered => part.notes.push_str(text),
                _ => notes.push_str(text),
            }
            continue;
        }
        let begins = text.starts_with("::") || text.starts_with("$CATEGORY");
        if !inside {
            blank = None;
        }
        // Answers that open while others are open, with a blank line between: the first were never closed.
        if inside
            && find(line, '{').is_some()
            && let Some(((end, count), mut part)) = blank.take().zip(open.take())
        {
            let rest = GiftParagraph {
                text: part.text.split_off(end),
                lines: part.lines.split_off(count),
                ..GiftParagraph::default()
            };
            close(&mut parts, Some(part));
            open = Some(rest);
            inside = false;
        }
        let ends = (text.is_empty() && !inside) || (begins && (inside || answered || text.starts_with('$')));
        if ends {
            close(&mut parts, open.take());
            (inside, answered) = (false, false);
        }
        if text.is_empty() && open.is_none() {
            continue;
        }
        let part =
            open.get_or_insert_with(|| GiftParagraph { notes: std::mem::take(&mut notes), ..GiftParagraph::default() });
        part.text.extend([line, "\n"]);
        part.lines.push(number);
        if text.is_empty() && inside {
            blank = Some((part.text.len(), part.lines.len()));
        }
        inside = inside_after(line, inside);
        answered = !inside && (answered || text.ends_with('}'));
        if text.starts_with("$CATEGORY") {
            close(&mut parts, open.take());
        }
    }
    close(&mut parts, open);
    parts
}

/// Takes a paragraph, or several questions that no blank line parts: each but the last ends in a line with its answers.
fn close(parts: &mut Vec<GiftParagraph>, part: Option<GiftParagraph>) {
    let Some(mut part) = part else { return };
    let (mut from, mut line) = (0, 0);
    while let Some((_, to)) = braces(&part.text[from..]) {
        let end = from + to + 1;
        let rest = &part.text[end..];
        let blank = rest.len() - rest.trim_start_matches(' ').len();
        if !rest[blank..].starts_with('\n') || find(rest, '{').is_none() {
            break;
        }
        let text = part.text[from..=end + blank].to_owned();
        let lines = part.lines[line..line + text.matches('\n').count()].to_vec();
        (from, line) = (end + blank + 1, line + lines.len());
        parts.push(GiftParagraph { text, lines, notes: std::mem::take(&mut part.notes) });
    }
    part.text.drain(..from);
    part.lines.drain(..line);
    parts.push(part);
}

/// Whether a line that begins inside of braces (or not) ends inside.
fn inside_after(line: &str, mut inside: bool) -> bool {
    for (_, char) in unescaped(line) {
        inside = char == '{' || (inside && char != '}');
    }
    inside
}

/// The places of the first brace that is not escaped and of the one that closes it.
pub(super) fn braces(text: &str) -> Option<(usize, usize)> {
    let from = find(text, '{')?;
    Some((from, from + find(&text[from..], '}')?))
}

/// The place of the first sign that is not escaped.
pub(super) fn find(text: &str, sign: char) -> Option<usize> {
    unescaped(text).find(|(_, char)| *char == sign).map(|(at, _)| at)
}

/// The characters without a backslash before them, and their places.
pub(super) fn unescaped(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut escaped = false;
    text.char_indices().filter(move |(_, char)| {
        let plain = !escaped && *char != '\\';
        escaped = !escaped && *char == '\\';
        plain
    })
}
