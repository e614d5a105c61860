//! Cards in Obsidian's notes: `front::back`, `front:::back` (both ways), `?` and `??` between the lines of both sides, and
//! `==text==` or `{{text}}` to leave out. `#flashcards/deck` files what follows; when a card is due (`<!--SR:…-->`) is left out.

use super::{CardCollector, Deletions, Signs, card, cloze};
use crate::bank::BankQuestion;
use crate::bank::collect::Collected;
use crate::bank::format::FormatFit;
use crate::bank::lines::label::{bullet, label};
use crate::bank::source::Source;
use crate::model::Markup;

const TAG: &str = "flashcards";
/// A note shows its signs within this many bytes.
const HEAD: usize = 1 << 20;

/// A card of a note.
#[derive(Debug, PartialEq)]
struct Note {
    line: usize,
    topic: Option<String>,
    what: NoteContent,
}

#[derive(Debug, PartialEq)]
enum NoteContent {
    Sides {
        front: String,
        back: String,
        both_ways: bool,
    },
    Deletions(String),
    /// A line with numbered deletions, as Anki has them: `{{c1::text}}`.
    Numbered(String),
}

/// What a note is made of.
#[derive(Debug, Default)]
struct Parts {
    notes: Vec<Note>,
    /// Whether it is tagged, or says when its cards are due.
    tagged: bool,
    /// Lines that are no cards.
    prose: usize,
}

/// Whether the text is a note with cards: it is tagged so, or consists of little else.
pub(in crate::bank) fn explains(source: &Source<'_>) -> Option<FormatFit> {
    // A note is short; a large table need not be searched to its end.
    let head = &source.text[..source.text.floor_char_boundary(HEAD)];
    if !["::", "flashcards", "<!--SR:", "\n?"].iter().any(|sign| head.contains(sign)) {
        return None;
    }
    let Parts { notes, tagged, prose } = parts(source.lines(), source.skip);
    if notes.is_empty() {
        return None;
    }
    if tagged {
        return Some(FormatFit::Sure);
    }
    let letter = |front: &str| label(front).is_some_and(|label| label.set_off && !label.number);
    let sided = notes.iter().filter(|note| match &note.what {
        NoteContent::Sides { front, back, .. } => !front.is_empty() && !back.is_empty() && !letter(front),
        NoteContent::Numbered(_) => true,
        NoteContent::Deletions(_) => false,
    });
    let sided = sided.count();
    (sided >= 2 && sided * 5 >= (notes.len() + prose) * 4).then_some(FormatFit::Likely)
}

/// Reads the cards and skips the rest of the note.
pub(in crate::bank) fn read_obsidian(source: &Source<'_>) -> Collected {
    let mut cards = CardCollector::new(source.lines());
    for Note { line, topic, what } in parts(source.lines(), source.skip).notes {
        let markup = Markup::Markdown;
        match what {
            NoteContent::Deletions(text) => {
                let deletions = Deletions::count_in(&text, Signs::Obsidian);
                cards.cloze(BankQuestion { topic, markup, ..cloze(line, &text) }, deletions);
            }
            NoteContent::Numbered(text) => {
                let deletions = Deletions::count_in(&text, Signs::Anki);
                cards.cloze(BankQuestion { topic, markup, ..cloze(line, &text) }, deletions);
            }
            NoteContent::Sides { front, back, both_ways } => {
                let question = BankQuestion { topic, markup, ..card(line, &front, &back) };
                if both_ways { cards.both_ways(question) } else { cards.card(question) }
            }
        }
    }
    cards.finish()
}

/// The deck that a tag names; the inner `None` for the bare tag.
fn deck(tag: &str) -> Option<Option<String>> {
    let rest = tag.strip_prefix('#').unwrap_or(tag).strip_prefix(TAG)?;
    if rest.is_empty() {
        return Some(None);
    }
    let path: Vec<&str> = rest.strip_prefix('/')?.split('/').filter(|name| !name.is_empty()).collect();
    Some(Some(path.join("::")).filter(|path| !path.is_empty()))
}

fn is_tag(word: &str) -> bool {
    word.len() > 1 && word.starts_with('#') && !word[1..].starts_with(['#', ' '])
}

/// The block of YAML at the top: how many lines it takes, and the deck that its tags name.
fn properties(lines: &[String]) -> (usize, Option<Option<String>>) {
    if lines.first().is_none_or(|line| line.trim() != "---") {
        return (0, None);
    }
    let Some(end) = lines.iter().skip(1).position(|line| line.trim() == "---") else {
        return (0, None);
    };
    let words = lines[1..=end].iter().flat_map(|line| line.split([' ', ',', '[', ']', '"', '\'']));
    (end + 2, words.filter_map(deck).next())
}

#[derive(Default)]
struct ObsidianReader {
    parts: Parts,
    deck: Option<String>,
    headings: Vec<(usize, String)>,
    /// The lines since the last blank one.
    paragraph: Vec<(usize, String)>,
    /// Whether one of them parts the sides of a card.
    parted: bool,
}

fn parts(lines: &[String], skip: usize) -> Parts {
    let mut reader = ObsidianReader::default();
    let (own, tagged) = if skip == 0 { properties(lines) } else { (skip, None) };
    reader.parts.tagged = tagged.is_some();
    reader.deck = tagged.flatten();
    let (mut fence, mut comment) = (None, false);
    for (number, line) in (1..).zip(lines).skip(own) {
        if let Some(sign) = fence {
            if line.trim_start().starts_with(sign) {
                fence = None;
            }
            reader.paragraph.push((number, line.clone()));
            continue;
        }
        if comment || (line.starts_with("<!--") && !line.starts_with("<!--SR:")) {
            comment = !line.contains("-->");
            continue;
        }
        if let Some(sign) = ["```", "~~~"].into_iter().find(|sign| line.trim_start().starts_with(sign)) {
            fence = Some(sign);
            reader.paragraph.push((number, line.clone()));
            continue;
        }
        let (text, due) = undated(line);
        reader.parts.tagged |= due;
        if due && text.is_empty() {
            continue;
        }
        reader.line(number, text);
    }
    reader.flush();
    reader.parts
}

/// The line without its due date, and whether it had one.
fn undated(line: &str) -> (&str, bool) {
    line.split_once("<!--SR:").map_or((line, false), |(text, _)| (text.trim_end(), true))
}

impl ObsidianReader {
    fn line(&mut self, number: usize, line: &str) {
        let text = line.trim();
        if text.is_empty() {
            return self.flush();
        }
        let signs = text.bytes().take_while(|byte| *byte == b'#').count();
        if signs > 0 && text[signs..].starts_with(' ') {
            self.flush();
            self.headings.retain(|(level, _)| *level < signs);
            self.headings.push((signs, text[signs..].trim().to_owned()));
            return;
        }
        if text.split(' ').all(is_tag) {
            self.flush();
            if let Some(deck) = text.split(' ').filter_map(deck).next() {
                self.parts.tagged = true;
                self.deck = deck;
            }
            return;
        }
        // Its signs are no `::` between two sides.
        if !self.parted && Deletions::count_in(text, Signs::Anki).count > 0 {
            self.flush();
            return self.push(number, NoteContent::Numbered(bullet(text).unwrap_or(text).to_owned()));
        }
        match sides(text).filter(|_| !self.parted) {
            Some((front, back, both_ways)) => {
                self.flush();
                let front = bullet(front).unwrap_or(front);
                self.push(number, NoteContent::Sides { front: front.to_owned(), back: back.to_owned(), both_ways });
            }
            None => {
                self.parted |= parts_sides(text).is_some();
                self.paragraph.push((number, line.to_owned()));
            }
        }
    }

    /// Ends a paragraph, which may be a card of several lines or have deletions.
    fn flush(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        self.parted = false;
        let Some((line, _)) = paragraph.first() else { return };
        let joined =
            |lines: &[(usize, String)]| lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n");
        let parted = paragraph.iter().enumerate().skip(1).find_map(|(at, (_, line))| Some((at, parts_sides(line)?)));
        if let Some((at, both_ways)) = parted {
            let (front, back) = (joined(&paragraph[..at]), joined(&paragraph[at + 1..]));
            return self.push(*line, NoteContent::Sides { front, back, both_ways });
        }
        let text = joined(&paragraph);
        if Deletions::count_in(&text, Signs::Obsidian).count > 0 {
            self.push(*line, NoteContent::Deletions(text));
        } else {
            self.parts.prose += paragraph.len();
        }
    }

    /// Adds a card; a tag before its text files it alone.
    fn push(&mut self, line: usize, mut what: NoteContent) {
        let text = match &mut what {
            NoteContent::Sides { front, .. } => front,
            NoteContent::Deletions(text) | NoteContent::Numbered(text) => text,
        };
        let mut own = None;
        while let Some((word, rest)) = text.split_once([' ', '\n'])
            && let Some(deck) = Some(word).filter(|word| is_tag(word)).and_then(deck)
        {
            (own, *text) = (Some(deck), rest.trim_start().to_owned());
        }
        self.parts.tagged |= own.is_some();
        let filed = own.unwrap_or_else(|| self.deck.clone());
        let headings = || self.headings.iter().map(|(_, title)| title.as_str()).collect::<Vec<_>>().join("::");
        let topic = filed.or_else(|| Some(headings()).filter(|path| !path.is_empty()));
        self.parts.notes.push(Note { line, topic, what });
    }
}

/// Whether a line parts the sides of a card, and whether that is asked both ways.
fn parts_sides(line: &str) -> Option<bool> {
    match line.trim() {
        "?" => Some(false),
        "??" => Some(true),
        _ => None,
    }
}

/// The sides of a card in one line: parted by the first `:::`, or the first `::`, outside of code.
fn sides(line: &str) -> Option<(&str, &str, bool)> {
    let outside = |(at, _): &(usize, &str)| line[..*at].matches('`').count().is_multiple_of(2);
    let place = |sign: &str| {
        // A line with more signs than this is no card.
        line.match_indices(sign)
            .take(8)
            .find(outside)
            .map(|(at, _)| (line[..at].trim(), line[at + sign.len()..].trim()))
    };
    match place(":::") {
        Some((front, back)) => Some((front, back, true)),
        None => place("::").map(|(front, back)| (front, back, false)),
    }
}
