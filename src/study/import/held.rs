//! What a deck holds before an import.

use std::collections::{HashMap, HashSet};

use crate::bank::identity::Fingerprint;
use crate::bank::plan::{DeckQuestion, Placement};
use crate::error::Result;
use crate::model::{DeckId, QuestionId};
use crate::store::{KnownQuestion, PlacedQuestion, Reader};

/// What a deck holds, as a plan needs it, and where the bank that is imported has it.
#[derive(Default)]
pub(super) struct Held {
    pub(super) known: Vec<DeckQuestion>,
    /// In the order of the questions.
    placed: Vec<(QuestionId, PlacedQuestion)>,
    /// The media of the questions that have any.
    pub(super) media: HashMap<QuestionId, Vec<(String, String)>>,
}

impl Held {
    /// `moved`: the bank that was elsewhere until now, if there is one.
    pub(super) fn load(reader: Reader<'_>, deck: Option<DeckId>, source: &str, moved: Option<i64>) -> Result<Self> {
        let Some(deck) = deck else {
            return Ok(Self::default());
        };
        let here = reader.source_at(deck, source)?.or(moved);
        // The packages of Anki know a note by the same id, whatever their files are called.
        let packages = if is_package_path(source) { reader.package_sources()? } else { HashSet::new() };
        let mut held = Self { media: reader.media_in(deck)?, ..Self::default() };
        let Self { known, placed: all_placed, .. } = &mut held;
        // One after the other: all of them together take as much memory as what is made of them.
        reader.each_known_question(deck, |KnownQuestion { id, uid, kind, content, placements }| {
            let is_here = placements.iter().any(|(bank, _)| Some(*bank) == here);
            let packaged = placements.iter().map(|(bank, _)| *bank).find(|bank| !is_here && packages.contains(bank));
            let placements = placements.into_iter().map(|(bank, placed)| {
                let placement = Placement {
                    here: Some(bank) == here || Some(bank) == packaged,
                    id: placed.external_id.clone(),
                    print: Fingerprint::from_numbers(placed.fingerprints),
                    content: placed.content,
                };
                if Some(bank) == here {
                    all_placed.push((id, placed));
                }
                placement
            });
            let placements = placements.collect();
            known.push(DeckQuestion { id, uid, kind, content, placements });
            Ok(())
        })?;
        Ok(held)
    }

    /// Where the bank that is imported has a question, if it has it.
    pub(super) fn place_of(&self, question: QuestionId) -> Option<&PlacedQuestion> {
        let at = self.placed.binary_search_by_key(&question, |(question, _)| *question).ok()?;
        self.placed.get(at).map(|(_, placed)| placed)
    }
}

/// Whether a path is that of a package of Anki.
fn is_package_path(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.ends_with(".apkg") || path.ends_with(".colpkg")
}
