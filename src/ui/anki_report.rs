//! What the import of a package of Anki came to, in words and as a line of JSON.

use serde_json::json;

use crate::model::count;
use crate::study::{AnkiDeckFigures, AnkiExported, AnkiImported};

/// Decks and names that are listed one by one.
const LISTED: usize = 30;

/// What came of it, or would: decks, notes by kind, answers, and what is not carried and why.
pub fn lines(name: &str, report: &AnkiImported) -> String {
    let all = |of: fn(&AnkiDeckFigures) -> usize| report.decks.iter().map(of).sum::<usize>() as u64;
    let (new, edited, unchanged) = (all(|deck| deck.new), all(|deck| deck.edited), all(|deck| deck.unchanged));
    let mut text = String::new();
    let would = if report.dry_run { "would bring" } else { "brought" };
    text += &format!(
        "{name}: {would} {} of {} ({new} new, {edited} edited, {unchanged} unchanged)\n",
        count(new + edited + unchanged, "question"),
        count(report.notes, "note"),
    );
    for deck in report.decks.iter().take(LISTED) {
        text += &format!("  {}: {}\n", deck.name, figures(deck));
    }
    text += &more(report.decks.len(), "deck");
    if !report.kinds.is_empty() {
        text += "notes by type\n";
    }
    for kind in report.kinds.iter().take(LISTED) {
        text += &format!("  {}: {}, {}\n", kind.name, count(kind.notes, "note"), kind.becomes);
    }
    text += &more(report.kinds.len(), "type");
    let enter = if report.dry_run { "would enter" } else { "entered" };
    let known = match report.known_answers {
        0 => String::new(),
        1 => ", 1 was there already".into(),
        known => format!(", {known} were there already"),
    };
    text += &format!("{} {enter} the log{known}\n", count(report.answers, "answer"));
    let mut moves = Vec::new();
    moves.extend((report.resets > 0).then(|| count(report.resets, "reset")));
    moves.extend((report.moved > 0).then(|| format!("{} to where cards are in Anki", count(report.moved, "move"))));
    moves.extend((report.flagged > 0).then(|| count(report.flagged, "flag")));
    moves.extend(
        (report.media > 0)
            .then(|| count(report.media, "picture or sound").replace("picture or sounds", "pictures and sounds")),
    );
    if !moves.is_empty() {
        text += &format!("with {}\n", moves.join(", "));
    }
    for preset in &report.presets {
        text += &format!("the preset `{preset}` was made: `retain preset show \"{preset}\"` shows it\n");
    }
    if !report.missing_media.is_empty() {
        let named: Vec<String> = report.missing_media.iter().take(5).map(|name| format!("`{name}`")).collect();
        let rest = report.missing_media.len().saturating_sub(5);
        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        text += &format!("not in the package: {}{rest}\n", named.join(", "));
    }
    if !report.left_out.is_empty() {
        text += "not carried as it is\n";
    }
    for notice in &report.left_out {
        text += &format!("  {}: {}\n", notice.count, notice.what);
    }
    for notice in &report.notices {
        text += &format!("{notice}\n");
    }
    text.truncate(text.trim_end().len());
    text
}

fn figures(deck: &AnkiDeckFigures) -> String {
    let mut parts = Vec::new();
    for (number, what) in [(deck.new, "new"), (deck.edited, "edited"), (deck.unchanged, "unchanged")] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    if parts.is_empty() { "nothing".into() } else { parts.join(", ") }
}

fn more(all: usize, what: &str) -> String {
    match all.saturating_sub(LISTED) {
        0 => String::new(),
        rest => format!("  and {} more\n", count(rest as u64, what)),
    }
}

/// The same for programs: one line of JSON.
pub fn json_line(report: &AnkiImported) -> String {
    let deck = |deck: &AnkiDeckFigures| json!({"deck": deck.name, "new": deck.new, "edited": deck.edited, "unchanged": deck.unchanged});
    json!({
        "type": "anki",
        "dry_run": report.dry_run,
        "notes": report.notes,
        "decks": report.decks.iter().map(deck).collect::<Vec<_>>(),
        "note_types": report.kinds.iter()
            .map(|kind| json!({"name": kind.name, "notes": kind.notes, "becomes": kind.becomes})).collect::<Vec<_>>(),
        "answers": report.answers,
        "known_answers": report.known_answers,
        "resets": report.resets,
        "moves": report.moved,
        "flags": report.flagged,
        "media": report.media,
        "missing_media": report.missing_media,
        "presets": report.presets,
        "rejected": report.rejected,
        "not_carried": report.left_out.iter()
            .map(|notice| json!({"what": notice.what, "count": notice.count})).collect::<Vec<_>>(),
        "notices": report.notices,
    })
    .to_string()
}
/// What was exported, and what Anki does not know.
pub fn exported(name: Option<&str>, report: &AnkiExported) -> String {
    let name = name.map(|name| format!("{name}: ")).unwrap_or_default();
    let (notes, cards) = (count(report.notes, "note"), count(report.cards, "card"));
    let decks = count(report.decks, "deck");
    let mut text = match report.is_text {
        true => format!("wrote {name}{notes} with {cards} of {decks}\n"),
        false => format!("wrote {name}{notes} with {cards} and {} of {decks}\n", count(report.answers, "answer")),
    };
    if report.media > 0 {
        let media = count(report.media, "picture or sound").replace("picture or sounds", "pictures and sounds");
        text += &format!("with {media}\n");
    }
    if !report.missing_media.is_empty() {
        let named: Vec<String> = report.missing_media.iter().take(5).map(|name| format!("`{name}`")).collect();
        text += &format!("not in the media folder: {}\n", named.join(", "));
    }
    if !report.left_out.is_empty() {
        text += if report.is_text { "what a text does not hold\n" } else { "what Anki does not know\n" };
    }
    for notice in &report.left_out {
        text += &format!("  {} {}\n", notice.count, notice.what);
    }
    text.trim_end().to_owned()
}
