//! Pictures and sounds of a package: those that questions name are copied, one after the other, each under a hash of its content.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::notes::{NotesRead, PlacedNote};
use super::report::AnkiImported;
use crate::anki::note_type::media_names;
use crate::anki::package::{AnkiPackage, PackagedMedia};
use crate::bank::media::ending;
use crate::bank::{Bank, BankQuestion};
use crate::error::Result;
use crate::model::Markup;
use crate::model::limits::QUESTION_MEDIA;
use crate::study::import::{MediaFiles, kept_media};
use crate::study::progress::{Steps, Watch};

/// The copies, by the names of the files in the package.
#[derive(Debug, Default)]
pub(super) struct KeptMedia {
    files: HashMap<String, String>,
    /// Of notes of ours: the files that a question names and what its texts call them, by what its note is known by.
    own: HashMap<String, Vec<(String, String)>>,
    /// Of questions that stay as they are here: what their texts name, and the copies.
    here: HashMap<String, Vec<(String, String)>>,
}

impl KeptMedia {
    /// For each question of a bank what its texts name, and the copy.
    pub(super) fn of_bank(&self, bank: &Bank) -> MediaFiles {
        let copy = |(file, written): (String, String)| Some((written, self.files.get(&file)?.clone()));
        let of_question = |question: &BankQuestion| {
            let guid = question.guid().unwrap_or_default();
            if let Some(here) = self.here.get(guid) {
                return here.clone();
            }
            let mut found: Vec<(String, String)> = match self.own.get(guid) {
                Some(own) => own.iter().cloned().filter_map(copy).collect(),
                None if question.note.is_some() => Vec::new(),
                None => names(question).filter_map(copy).collect(),
            };
            found.sort_unstable();
            found.dedup();
            found.truncate(QUESTION_MEDIA.most as usize);
            found
        };
        bank.questions.iter().map(of_question).collect()
    }

    /// A question stays as it is here, with these media.
    pub(super) fn stay(&mut self, guid: &str, media: Vec<(String, String)>) {
        self.here.insert(guid.to_owned(), media);
    }
}

/// The files that a question names, each with what its texts write.
fn names(question: &BankQuestion) -> impl Iterator<Item = (String, String)> {
    let texts: Vec<&String> = if question.markup == Markup::Html {
        let options = question.options.iter().flat_map(|option| [Some(&option.text), option.feedback.as_ref()]);
        [Some(&question.stem), question.explanation.as_ref()].into_iter().chain(options).flatten().collect()
    } else {
        Vec::new()
    };
    let found: Vec<(String, String)> = texts.into_iter().flat_map(|text| media_names(text)).collect();
    found.into_iter().filter(|(file, _)| ending(file).is_some())
}

/// The files that a note names. A note of ours says itself what its texts call them.
fn names_of_note(placed: &PlacedNote) -> Vec<(String, String)> {
    let own = placed.media.iter().filter(|(file, _)| ending(file).is_some()).cloned();
    let mut found: Vec<(String, String)> = own.collect();
    if placed.said_ms.is_none() {
        // What was not edited calls them as before.
        let is_known = |written: &str| placed.media.iter().any(|(_, known)| known == written);
        found.extend(names(&placed.question).filter(|(_, written)| !is_known(written)));
    }
    found
}

/// Copies the files that the questions name.
pub(super) fn keep(
    db: &Path,
    package: &mut AnkiPackage,
    read: &mut NotesRead,
    dry: bool,
    report: &mut AnkiImported,
    watch: &mut Watch<'_>,
) -> Result<KeptMedia> {
    let map = package.media()?;
    report.leave_out("media whose names are no names of files", map.unsafe_names as u64);
    let held: HashMap<&str, &PackagedMedia> = map.files.iter().map(|file| (file.name.as_str(), file)).collect();
    let mut wanted: BTreeMap<String, Option<&PackagedMedia>> = BTreeMap::new();
    let mut kept = KeptMedia::default();
    for placed in read.decks.values().flat_map(|deck| &deck.questions) {
        let named = names_of_note(placed);
        for (file, _) in &named {
            let found = held.get(file.as_str()).copied();
            wanted.entry(file.clone()).or_insert(found);
        }
        if placed.question.note.is_some()
            && let Some(guid) = placed.question.guid()
        {
            kept.own.insert(guid.to_owned(), named);
        }
    }
    kept.own.retain(|_, media| !media.is_empty());
    let mut steps = Steps::new(watch, "copying pictures and sounds", wanted.len() as u64);
    for (name, media) in wanted {
        steps.step()?;
        let bytes = media.map(|media| package.media_bytes(media)).transpose()?.flatten();
        match bytes {
            Some(bytes) => {
                kept.files.insert(name.clone(), kept_media(db, &name, &bytes, dry)?);
                report.media += 1;
            }
            None => report.missing_media.push(name),
        }
    }
    Ok(kept)
}
