//! Which questions the notes of a package are, and the decks where these are here.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::notes::{DeckNotes, PlacedNote};
use super::pictures::KeptMedia;
use super::work::PackageWork;
use crate::bank::BankQuestion;
use crate::error::Result;
use crate::store::IdentityRow;

/// What is said of notes that take the identity of another question.
const TAKEN: &str = "notes that say to be a question that another note is: each is a question of its own";

/// What the database knows of notes and questions.
struct KnownHere {
    /// Decks and identities, by what packages know a question by.
    packaged: HashMap<String, (String, Uuid)>,
    identities: HashMap<Uuid, IdentityRow>,
    /// The identities of the notes so far.
    seen: HashSet<Uuid>,
}

impl KnownHere {
    /// Whether a note is the question that it says. An identity of a question here is that of the note only if the note is known as that one:
    /// by its guid, which is the identity itself, or from an earlier package.
    fn is_its_own(&mut self, guid: &str, uid: Uuid) -> bool {
        let here = self.identities.get(&uid);
        let fits = match self.packaged.get(guid) {
            _ if here.is_some_and(|row| row.deck.is_none()) => false,
            _ if Uuid::parse_str(guid) == Ok(uid) => true,
            Some((_, known)) => *known == uid,
            None => here.is_none(),
        };
        fits && self.seen.insert(uid)
    }

    /// The deck where the question of a note is here.
    fn deck(&self, guid: &str, uid: Option<Uuid>) -> Option<&String> {
        let by_uid = || self.identities.get(&uid.or_else(|| Uuid::parse_str(guid).ok())?)?.deck.as_ref();
        self.packaged.get(guid).map(|(deck, _)| deck).or_else(by_uid)
    }
}

impl PackageWork<'_, '_> {
    /// The notes by the decks into which they go. A question that came before stays in the deck where it is now; one that was changed here
    /// since a note was written stays as it is, too, unless somebody edited the note.
    pub(super) fn identified(
        &mut self,
        read: BTreeMap<String, DeckNotes>,
        media: &mut KeptMedia,
    ) -> Result<BTreeMap<String, DeckNotes>> {
        let reader = self.writer.reader();
        let mut questions = read.values().flat_map(|notes| &notes.questions).map(|placed| &placed.question);
        let any = questions
            .any(|question| question.note.is_some() || question.guid().is_some_and(|id| Uuid::parse_str(id).is_ok()));
        let identities = if any { reader.identities()? } else { HashMap::new() };
        let mut here = KnownHere { packaged: reader.decks_of_packaged()?, identities, seen: HashSet::new() };
        let mut decks: BTreeMap<String, DeckNotes> = BTreeMap::new();
        let mut ids: HashMap<String, HashSet<String>> = HashMap::new();
        for (name, notes) in read {
            for mut placed in notes.questions {
                let guid = placed.question.guid().unwrap_or_default().to_owned();
                let said = placed.question.note.as_ref().and_then(|note| note.uid);
                let uid = said.filter(|uid| here.is_its_own(&guid, *uid));
                self.report.leave_out(TAKEN, u64::from(said.is_some() && uid.is_none()));
                if let Some(note) = &mut placed.question.note {
                    note.uid = uid;
                }
                let deck = here.deck(&guid, uid).unwrap_or(&name).clone();
                if let Some(row) = uid.and_then(|uid| here.identities.get(&uid)) {
                    self.stay(&mut placed, row, &guid, media)?;
                }
                let taken = ids.entry(deck.clone()).or_default();
                let id = placed.question.id.clone().unwrap_or_default();
                if !taken.insert(id)
                    && let Some(note) = &mut placed.question.note
                {
                    // Two banks may mean two questions by one id.
                    note.guid = None;
                    taken.insert(guid.clone());
                    placed.question.id = Some(guid);
                }
                decks.entry(deck).or_default().questions.push(placed);
            }
        }
        Ok(decks)
    }

    /// Leaves a question as it is here, if it was changed since its note was written, and nobody edited the note.
    fn stay(&self, placed: &mut PlacedNote, row: &IdentityRow, guid: &str, media: &mut KeptMedia) -> Result<()> {
        if placed.said_ms.is_none_or(|said| row.changed_ms <= said) {
            return Ok(());
        }
        let reader = self.writer.reader();
        let Some(known) = reader.question(row.question)? else { return Ok(()) };
        let BankQuestion { line, id, note, .. } = std::mem::take(&mut placed.question);
        placed.question = BankQuestion { line, note, ..BankQuestion::of_known(known, id) };
        media.stay(guid, reader.media_of(row.question)?);
        Ok(())
    }
}
