//! Texts with deletions: what each of their cards shows and asks for.

mod gap;
mod sign;

use std::ops::Range;

pub use gap::{Gap, GapAnswer, GapKind, split};
pub use sign::Signs;

/// The deletions of a text in the signs of one format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deletions {
    /// The number of deletions with a content.
    pub count: usize,
    /// Whether one is empty or never closed.
    pub broken: bool,
}

impl Deletions {
    /// Counts them.
    pub fn count_in(text: &str, signs: Signs) -> Self {
        let finds = sign::find_in(text, signs);
        Self { count: finds.found.len(), broken: finds.broken }
    }
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq)]
enum ClozePiece {
    Words(String),
    Deletion { place: u32, also: Vec<u32>, hint: Option<String>, inside: Vec<ClozePiece> },
}

/// A text with deletions, in the signs of any format that is read: Anki's `{{c1::…::hint}}`, Moodle's `{1:SHORTANSWER:=…}`,
/// Obsidian's `==…==` and `{{…}}`, brackets as in hashcards, Mnemosyne and Org.
#[derive(Clone, Debug, PartialEq)]
pub struct Cloze {
    pieces: Vec<ClozePiece>,
    numbered: bool,
}

/// How many deletions of deletions are looked into: deeper ones are text.
const DEEPEST: usize = 16;

impl Cloze {
    /// Parses a text. One without deletions has no places.
    pub fn parse(text: &str) -> Self {
        let found = sign::find(text);
        let numbered = found.iter().any(|deletion| deletion.number.is_some());
        let mut in_order: Vec<(u32, &sign::FoundDeletion)> = Vec::with_capacity(found.len());
        for (place, deletion) in (0..).zip(&found) {
            in_order.push((deletion.number.unwrap_or(place), deletion));
        }
        // From the outside in: the outer deletion begins first.
        in_order.sort_by_key(|(_, deletion)| (deletion.whole.start, std::cmp::Reverse(deletion.whole.end)));
        let mut deletions = in_order.as_slice();
        Self { pieces: pieces(text, 0..text.len(), &mut deletions, 0), numbered }
    }

    /// The places that cards ask for, in rising order: the numbers of Anki's deletions from 0, else the place of each deletion.
    pub fn places(&self) -> Vec<u32> {
        let mut places = Vec::new();
        walk(&self.pieces, &mut |place, _| places.push(place));
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Whether places are numbers that the text itself gives, and so keep their meaning when the text changes.
    pub fn is_numbered(&self) -> bool {
        self.numbered
    }

    /// The text with `[…]`, or the hint in brackets, for this place; everything else in full.
    pub fn front(&self, place: u32) -> String {
        let mut text = String::new();
        write(&self.pieces, Some(place), &mut text);
        text
    }

    /// The whole text, without the signs.
    pub fn whole(&self) -> String {
        let mut text = String::new();
        write(&self.pieces, None, &mut text);
        text
    }

    /// The text with its deletions as Anki writes them: `{{c1::…::hint}}`.
    pub fn in_anki_signs(&self) -> String {
        let mut text = String::new();
        write_anki(&self.pieces, &mut text);
        text
    }

    /// The deletions of this place; several if deletions share a number.
    pub fn answers(&self, place: u32) -> Vec<String> {
        let mut answers = Vec::new();
        walk(&self.pieces, &mut |other, inside| {
            if other == place {
                let mut text = String::new();
                write(inside, None, &mut text);
                answers.push(text.trim().to_owned());
            }
        });
        answers.dedup();
        answers
    }
}

fn write_anki(pieces: &[ClozePiece], into: &mut String) {
    for piece in pieces {
        match piece {
            ClozePiece::Words(words) => into.push_str(words),
            ClozePiece::Deletion { place, also, hint, inside } => {
                let numbers: Vec<String> =
                    std::iter::once(place).chain(also).map(|number| (number + 1).to_string()).collect();
                into.push_str(&format!("{{{{c{}::", numbers.join(",")));
                write_anki(inside, into);
                if let Some(hint) = hint {
                    into.push_str("::");
                    into.push_str(hint);
                }
                into.push_str("}}");
            }
        }
    }
}

/// The pieces of a part of the text. `deletions` begins with those that are in it.
fn pieces(
    text: &str,
    part: Range<usize>,
    deletions: &mut &[(u32, &sign::FoundDeletion)],
    depth: usize,
) -> Vec<ClozePiece> {
    let (mut pieces, mut from) = (Vec::new(), part.start);
    while let Some(&(place, deletion)) = deletions.first().filter(|(_, deletion)| deletion.whole.start < part.end) {
        *deletions = &deletions[1..];
        if deletion.whole.start < from || deletion.whole.end > part.end {
            continue;
        }
        push_words(&mut pieces, &text[from..deletion.whole.start]);
        from = deletion.whole.end;
        let inside = match &deletion.said {
            Some(said) => vec![ClozePiece::Words(said.clone())],
            None if depth < DEEPEST => self::pieces(text, deletion.inside.clone(), deletions, depth + 1),
            None => vec![ClozePiece::Words(text[deletion.inside.clone()].to_owned())],
        };
        let also = match deletion.number {
            Some(_) => sign::other_numbers(&text[deletion.whole.start..]),
            None => Vec::new(),
        };
        pieces.push(ClozePiece::Deletion { place, also, hint: deletion.hint.clone(), inside });
    }
    push_words(&mut pieces, &text[from..part.end]);
    pieces
}

fn push_words(pieces: &mut Vec<ClozePiece>, words: &str) {
    if !words.is_empty() {
        pieces.push(ClozePiece::Words(words.replace("\\[", "[").replace("\\]", "]")));
    }
}

fn walk(pieces: &[ClozePiece], see: &mut impl FnMut(u32, &[ClozePiece])) {
    for piece in pieces {
        if let ClozePiece::Deletion { place, also, inside, .. } = piece {
            see(*place, inside);
            also.iter().for_each(|place| see(*place, inside));
            walk(inside, see);
        }
    }
}

fn write(pieces: &[ClozePiece], without: Option<u32>, text: &mut String) {
    for piece in pieces {
        match piece {
            ClozePiece::Words(words) => text.push_str(words),
            ClozePiece::Deletion { place, also, hint, .. }
                if without.is_some_and(|without| without == *place || also.contains(&without)) =>
            {
                text.push('[');
                text.push_str(hint.as_deref().unwrap_or("…"));
                text.push(']');
            }
            ClozePiece::Deletion { inside, .. } => write(inside, without, text),
        }
    }
}

/// Maps the deletions of a changed text: for each place of the old text the place in the new one that continues its
/// history. Numbers keep their places. Otherwise the deleted text decides, and then the order if there are as many as
/// before.
pub fn carried(old: &Cloze, new: &Cloze) -> Vec<(u32, Option<u32>)> {
    let (before, after) = (old.places(), new.places());
    if old.numbered && new.numbered {
        return before.iter().map(|place| (*place, after.contains(place).then_some(*place))).collect();
    }
    let mut free = after.clone();
    let mut carried: Vec<(u32, Option<u32>)> = before.iter().map(|place| (*place, None)).collect();
    for (place, to) in &mut carried {
        let said = old.answers(*place);
        if let Some(at) = free.iter().position(|other| new.answers(*other) == said) {
            *to = Some(free.remove(at));
        }
    }
    if before.len() == after.len() {
        // As many as before: the remaining ones were reworded.
        for (_, to) in carried.iter_mut().filter(|(_, to)| to.is_none()) {
            *to = (!free.is_empty()).then(|| free.remove(0));
        }
    }
    carried
}

#[cfg(test)]
mod tests;
