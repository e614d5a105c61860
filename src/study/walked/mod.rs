//! Every answer that counts with what the models say of it, in the order of the log, for figures.
//!
//! A walk over a long log takes most of the time of figures, and what it came to stays true: entries are only appended. So it is kept in a
//! file next to the database, and the next figures walk only through the logs of cards that were answered since. What is kept is used only
//! if the log up to there, and the parameters of every card, are what they were; otherwise all is walked through again. The figures are
//! the same to the bit, because both ways give the same answers to the same count.

mod coding;
mod kept;
mod rules;
mod tail;
mod whole;
mod word;

use crate::error::Result;
use crate::store::{LogExtent, Reader};
use crate::study::decks::Decks;
use crate::study::parameter_history::{self, ParameterHistory};
pub(crate) use kept::KEPT_WALK;
use kept::{KeptBasis, KeptWalk, KeptWalkWriter};
pub(super) use rules::CardDecks;
use tail::WalkedTail;
pub(super) use whole::WholeWalk;
pub(super) use word::{WalkedAnswer, WalkedWord};

/// When a walk is kept.
#[derive(Clone, Copy, Debug)]
pub struct KeepingRules {
    /// With fewer answers, taken back or not, nothing is kept, and what is kept is not used.
    pub fewest: usize,
    /// With more answers than this after what is kept, what they came to is kept, too.
    pub few: usize,
    /// With more answers than this after what is kept, all is walked through again.
    pub most: usize,
}

impl KeepingRules {
    /// As people have it.
    pub const USUAL: Self = Self { fewest: 5_000, few: 1_000, most: 20_000 };
    /// Nothing is kept, and nothing that is kept is used.
    pub const NEVER: Self = Self { fewest: usize::MAX, few: 0, most: 0 };
}

/// Entries that are younger, in milliseconds, are not kept: they are taken back more often than others, and then all is walked through again.
const YOUNG_MS: i64 = 12 * 3_600_000;

/// The log up to which a walk is to be kept now; `None` if none is.
pub(super) fn extent_to_keep(reader: Reader<'_>, now_ms: i64, rules: KeepingRules) -> Result<Option<LogExtent>> {
    let Some(last) = reader.last_entry()? else { return Ok(None) };
    let settled = LogExtent::before(now_ms.saturating_sub(YOUNG_MS)).min(last);
    let are_few = reader.answers_after_entry(settled, rules.few + 1)? <= rules.few;
    let extent = reader.extent_through(if are_few { settled } else { last })?;
    let is_long = extent.counts[0] >= rules.fewest as u64;
    Ok((is_long && reader.can_be_written()?).then_some(extent))
}

/// A walk that was kept, with what came after it.
pub(super) struct KeptLog {
    kept: KeptWalk,
    tail: WalkedTail,
}

impl KeptLog {
    /// What is kept of a database that rests on this log; `None` if nothing can be used. [`Self::load`] looks at the rest.
    pub(super) fn find(reader: Reader<'_>, rules: KeepingRules) -> Result<Option<KeptBeginning>> {
        let is_long = |kept: &KeptWalk| kept.basis.extent.counts[0] >= rules.fewest as u64;
        let Some(kept) = KeptWalk::open(&reader.path()).filter(is_long) else { return Ok(None) };
        let after = reader.answers_after_entry(kept.basis.extent.last, rules.most + 1)?;
        Ok((after <= rules.most).then_some(KeptBeginning { kept, rules }))
    }

    /// Gives every answer with what the models say of it, in the order of the log, some at once. False if the file was changed just now.
    pub(super) fn each(&self, mut sink: impl FnMut(&[WalkedAnswer])) -> bool {
        let whole = self.kept.each(&mut sink);
        sink(&self.tail.answers);
        whole
    }

    /// Keeps what came after as well, if that is much. That it cannot be written is nobody's loss.
    pub(super) fn keep(&self, reader: Reader<'_>, decks: &CardDecks, histories: &[ParameterHistory]) {
        let Some(extent) = self.tail.to_keep else { return };
        let basis = decks.basis(extent, histories);
        let write = || {
            let mut writer = KeptWalkWriter::begin(&reader.path(), &basis, Some(&self.kept))?;
            let settled = |answer: &&WalkedAnswer| answer.review.id <= extent.last;
            for WalkedAnswer { review, word } in self.tail.answers.iter().take_while(settled) {
                writer.add(review, word)?;
            }
            writer.finish(&reader.path())
        };
        drop(write());
    }
}

/// A walk that was kept and may be used.
pub(super) struct KeptBeginning {
    kept: KeptWalk,
    rules: KeepingRules,
}

impl KeptBeginning {
    /// The walk with what came after it; `None` if the log up to there, or the parameters of a card, are not what they were. `meanwhile` says which
    /// decks cards are in.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn load<T>(
        self,
        reader: Reader<'_>,
        histories: &[ParameterHistory],
        now_ms: i64,
        meanwhile: impl FnOnce() -> Result<T>,
        decks_of: impl Fn(&T) -> &CardDecks,
    ) -> Result<(Option<KeptLog>, T)> {
        let Self { kept, rules } = self;
        let (done, is_whole) = std::thread::scope(|scope| {
            let whole = scope.spawn(|| kept.is_whole());
            (meanwhile(), whole.join().is_ok_and(|whole| whole))
        });
        let done = done?;
        let decks = decks_of(&done);
        let KeptBasis { extent, last_card, rules: digest } = kept.basis;
        if !is_whole || decks.digest(last_card, histories) != digest || !reader.has_extent(&extent)? {
            return Ok((None, done));
        }
        let tail = WalkedTail::load(reader, histories, decks, extent.last, now_ms, rules)?;
        Ok((Some(KeptLog { kept, tail }), done))
    }
}

/// Forgets what is kept of this database.
pub(super) fn forget(reader: Reader<'_>) {
    drop(std::fs::remove_file(KeptWalk::path(&reader.path())));
}

/// Whether what is kept would be used, and differs from what the log says.
///
/// # Errors
/// When the database fails.
pub(super) fn differs(reader: Reader<'_>, now_ms: i64) -> Result<bool> {
    let Some(kept) = KeptWalk::open(&reader.path()) else { return Ok(false) };
    let KeptBasis { extent, last_card, rules } = kept.basis;
    let all = Decks::load(reader)?;
    let histories = parameter_history::of_all(reader, &all, now_ms)?;
    let mut decks = CardDecks::default();
    for (card, deck) in reader.cards_with_decks()? {
        if let Some(place) = all.all().iter().position(|entry| entry.deck.id == deck) {
            decks.add(card, place);
        }
    }
    if !kept.is_whole() || decks.digest(last_card, &histories) != rules || !reader.has_extent(&extent)? {
        return Ok(false);
    }
    let (walk, _) = WholeWalk::load(reader, &histories, || Ok(&decks), |decks| *decks)?;
    walk.differs_from(&kept)
}

#[cfg(test)]
mod tests;
