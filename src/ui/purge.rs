//! What a purge erases.

use super::rich::line;
use super::words::{count, size};
use crate::study::Purge;

/// What would be erased, and what stays.
pub fn plan(purge: &Purge) -> String {
    let erasable = &purge.erasable;
    let mut lines = vec![format!("erases for good: the texts of {}", count(erasable.questions, "deleted question"))];
    if !purge.media.is_empty() {
        let files = count(purge.media.len() as u64, "media file");
        lines.push(format!("  and {files} that no other question needs ({})", size(purge.media_bytes)));
    }
    if !purge.decks.is_empty() {
        let names: Vec<String> = purge.decks.iter().map(|name| line(name)).collect();
        lines.push(format!("  with the deleted decks {}", names.join(", ")));
    }
    if erasable.answers > 0 {
        let typed = match erasable.typed {
            0 => String::new(),
            typed => format!(", also what you typed in {typed} of them"),
        };
        lines.push(format!("stays: {} in the log{typed}", count(erasable.answers, "answer")));
    }
    lines.push("after it, nothing that you did before can be taken back".into());
    lines.join("\n")
}
