//! Notes in plain text that we wrote come back: what nobody edited, and what a text cannot say, stays as it is here.

use uuid::Uuid;

use crate::anki::out::OutText;
use crate::anki::shown::same_shown;
use crate::bank::{Bank, BankQuestion};
use crate::error::Result;
use crate::model::count;
use crate::store::Reader;
use crate::study::anki_note::plain_sides;

/// Leaves out of a bank the notes of questions that are here and that their row shows as they are, and those of other kinds: a text has only
/// front and back. What the person should know of it.
pub(super) fn leave_own(reader: Reader<'_>, bank: &mut Bank) -> Result<Vec<String>> {
    let uid = |question: &BankQuestion| Uuid::try_parse(question.id.as_deref()?).ok();
    if bank.format != "anki-text" || !bank.questions.iter().any(|question| uid(question).is_some()) {
        return Ok(Vec::new());
    }
    let identities = reader.identities()?;
    let (mut same, mut other) = (0, 0);
    let mut stays: Vec<bool> = Vec::with_capacity(bank.questions.len());
    for question in &bank.questions {
        let row = uid(question).and_then(|uid| identities.get(&uid)).filter(|row| row.deck.is_some());
        let known = row.map(|row| reader.question(row.question)).transpose()?.flatten();
        let Some(known) = known else {
            stays.push(false);
            continue;
        };
        let media = reader.media_of(known.id)?;
        let names: Vec<(String, String)> = media.into_iter().map(|(written, _)| (written.clone(), written)).collect();
        let known = BankQuestion::of_known(known, None);
        let shown = plain_sides(&known, &OutText { markup: known.markup, media: &names });
        let back = question.options.first().map(|option| option.text.as_str()).or(question.explanation.as_deref());
        let is_same = same_shown(&question.stem, &shown[0]) && same_shown(back.unwrap_or_default(), &shown[1]);
        same += u64::from(is_same);
        other += u64::from(!is_same && question.kind != known.kind);
        stays.push(is_same || question.kind != known.kind);
    }
    let mut stay = stays.iter();
    bank.questions.retain(|_| stay.next() == Some(&false));
    let mut stay = stays.iter();
    bank.prints.retain(|_| stay.next() == Some(&false));
    let mut notes = Vec::new();
    notes.extend((same > 0).then(|| match same {
        1 => "1 note is here as it is there".to_owned(),
        same => format!("{} are here as they are there", count(same, "note")),
    }));
    notes.extend((other > 0).then(|| {
        format!(
            "{} of other kinds stay as they are here: a text has only front and back",
            count(other, "edited question")
        )
    }));
    Ok(notes)
}
