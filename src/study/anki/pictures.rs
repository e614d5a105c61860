//! Pictures and sounds of a package: those that questions name are copied, one after the other, each under a hash of its content.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::notes::NotesRead;
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
}

impl KeptMedia {
    /// For each question of a bank what its texts name, and the copy.
    pub(super) fn of_bank(&self, bank: &Bank) -> MediaFiles {
        let of_question = |question: &BankQuestion| {
            let mut found: Vec<(String, String)> =
                names(question).filter_map(|(file, written)| Some((written, self.files.get(&file)?.clone()))).collect();
            found.sort_unstable();
            found.dedup();
            found.truncate(QUESTION_MEDIA.most as usize);
            found
        };
        bank.questions.iter().map(of_question).collect()
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
    for placed in read.decks.values().flat_map(|deck| &deck.questions) {
        for (file, _) in names(&placed.question) {
            let found = held.get(file.as_str()).copied();
            wanted.entry(file).or_insert(found);
        }
    }
    let mut kept = KeptMedia::default();
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
