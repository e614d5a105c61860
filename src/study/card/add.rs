//! Questions that a person adds by hand, without a bank.

use std::collections::HashSet;
use std::path::Path;

use uuid::Uuid;

use crate::bank::plan::added;
use crate::bank::{Bank, Problem};
use crate::error::{Error, Result};
use crate::model::{DeedKind, KeyOrigin, Shelf, shell_argument};
use crate::store::{NewDeed, Store};
use crate::study::deck_name::proper_name;
use crate::study::decks::Decks;
use crate::study::did_you_mean::closest;
use crate::study::import::{question_change, question_media};
use crate::study::present::Present;

/// What was added.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// The name of the deck.
    pub deck: String,
    /// Whether the deck is new.
    pub is_new_deck: bool,
    /// Whether the deck was archived and is in use again.
    pub was_archived: bool,
    /// The new questions: identity, stem, and whether they have no answer yet and are not asked.
    pub questions: Vec<(Uuid, String, bool)>,
    /// How many were in the deck already, word for word.
    pub known: usize,
    /// What is odd in the text, and was accepted all the same.
    pub warnings: Vec<Problem>,
}

/// The text that an editor starts from: the exact form of a bank, with nothing filled in.
pub(in crate::study) fn template() -> String {
    "---\nform: exact\n\
     # Write a question, and its options below it. ` *` behind an option marks it as right.\n\
     # A text goes on in lines that are indented by two spaces. Further questions may follow.\n\
     ---\n\n"
        .into()
}

/// Adds the questions of a bank to a deck, which is made if there is none and none is called nearly so. `source` is where pictures are looked
/// for: a file beside them.
pub(in crate::study) fn add_questions(
    store: &mut Store,
    deck: &str,
    bank: &mut Bank,
    source: &Path,
    present: Present,
) -> Result<Added> {
    let media = question_media(store.path(), bank, source)?;
    let mut writer = store.deed(NewDeed::new(DeedKind::Add, present.now))?;
    let decks = Decks::load(writer.reader())?;
    let name = deck_for(&decks, deck)?;
    let row = writer.deck(&name)?;
    let is_new_deck = decks.entry(row.id).is_err() || decks.entry(row.id)?.is_deleted();
    let was_archived = decks.entry(row.id).is_ok_and(|entry| entry.shelf == Some(Shelf::Archived));
    writer.unshelve(row.id)?;
    let parameters = Decks::load(writer.reader())?.entry(row.id)?.parameters;
    let known = writer.reader().known_questions(row.id)?;
    let deleted: HashSet<_> = writer.reader().deletions()?.into_iter().map(|deletion| deletion.question).collect();
    let mut contents: HashSet<u64> =
        known.iter().filter(|known| !deleted.contains(&known.id)).filter_map(|known| known.content).collect();
    let mut taken: HashSet<_> = known.into_iter().map(|known| known.uid).collect();
    let mut done = Added {
        deck: row.name.clone(),
        is_new_deck,
        was_archived,
        questions: Vec::new(),
        known: 0,
        warnings: std::mem::take(&mut bank.problems),
    };
    for (question, media) in bank.questions.iter().zip(media) {
        let planned = added(&row.name, question, &mut taken);
        if !contents.insert(planned.content) {
            done.known += 1;
            continue;
        }
        let id = writer.add_question(row.id, planned.uid, &question_change(&planned, question, None), parameters)?;
        if !media.is_empty() {
            writer.put_media(id, &media)?;
        }
        let is_draft = question.key == KeyOrigin::Missing;
        let uid = match writer.reader().cards_of(id)?.first() {
            Some(card) => writer.reader().card_identity(*card)?.unwrap_or(planned.uid),
            None => planned.uid,
        };
        done.questions.push((uid, question.stem.clone(), is_draft));
    }
    writer.entitle(match &done.questions[..] {
        [] => String::new(),
        [(_, stem, _)] => format!("“{}” to {}", stem.lines().next().unwrap_or_default(), row.name),
        [(_, stem, _), rest @ ..] => {
            format!("“{}” and {} more to {}", stem.lines().next().unwrap_or_default(), rest.len(), row.name)
        }
    });
    if !done.questions.is_empty() {
        writer.commit()?;
    }
    Ok(done)
}

/// The name of the deck that is meant; a new one if none is called nearly so.
fn deck_for(decks: &Decks, name: &str) -> Result<String> {
    match decks.whole_name(name) {
        Ok(name) => Ok(name),
        Err(error) if error.code() != "no-such-deck" || name.starts_with('#') => Err(error),
        Err(_) => {
            let name = proper_name(name)?;
            match closest(&name, decks.listed().map(|entry| entry.deck.name.as_str())) {
                None => Ok(name),
                Some(other) => Err(Error::person(format!("no deck is called `{name}`"))
                    .named("no-such-deck")
                    .hint(format!("did you mean `{other}`?"))
                    .hint(format!("`retain deck create {}` makes a new one", shell_argument(&name)))),
            }
        }
    }
}
