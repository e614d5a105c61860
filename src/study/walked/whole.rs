//! The walk through the whole log, card by card on all cores.

use std::io;

use super::coding::BlockWriter;
use super::kept::{KeptWalk, KeptWalkWriter};
use super::word::{TOGETHER, WalkedAnswer, WalkedWord, WalkingCard};
use super::{CardDecks, KeepingRules, extent_to_keep};
use crate::error::Result;
use crate::memory::AlikeTable;
use crate::model::Review;
use crate::store::{CountedLog, LogColumns, LogExtent, Reader};
use crate::study::log_walk::{LogWalk, WalkEntry};
use crate::study::parameter_history::ParameterHistory;

/// The whole log, with what the models say of each answer.
pub(in crate::study) struct WholeWalk {
    log: CountedLog,
    /// By the place of the answer; `None` if its card is in no deck.
    words: Vec<Option<WalkedWord>>,
}

impl WholeWalk {
    /// Walks through the log. `meanwhile` runs at the same time, and says which decks cards are in.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::study) fn load<T>(
        reader: Reader<'_>,
        histories: &[ParameterHistory],
        meanwhile: impl FnOnce() -> Result<T>,
        decks_of: impl Fn(&T) -> &CardDecks,
    ) -> Result<(Self, T)> {
        let (log, done) = reader.counted_log(LogColumns::Figures, meanwhile)?;
        let decks = decks_of(&done);
        let history_of = |card| decks.find(card).and_then(|deck| histories.get(deck));
        // A group is a card, by its number.
        let walk = LogWalk::new(&log, decks.end(), |card| history_of(card).and_then(|_| usize::try_from(card.0).ok()));
        let parts = walk.on_all_cores(|cards| {
            let mut words = Vec::with_capacity(cards.clone().map(|card| walk.answers_in(card)).sum());
            let (mut alike, mut review) = (AlikeTable::default(), Review::EMPTY);
            for card in cards {
                if walk.answers_in(card) == 0 {
                    continue;
                }
                let mut walking: Option<(&ParameterHistory, WalkingCard)> = None;
                walk.each(card, &mut review, |place, entry| {
                    let number = match entry {
                        WalkEntry::Answer(review) => review.card,
                        WalkEntry::Move(change) => change.card,
                    };
                    let Some(history) = history_of(number) else { return Ok(()) };
                    let (_, walking) = walking.get_or_insert_with(|| (history, WalkingCard::new(history)));
                    match entry {
                        WalkEntry::Move(change) => walking.moved(history, change),
                        WalkEntry::Answer(review) => words.push((place, walking.answer(history, review, &mut alike))),
                    }
                    Ok(())
                })?;
            }
            Ok(words)
        })?;
        let mut words = vec![None; log.answers.len()];
        for part in parts {
            part.into_iter().for_each(|(place, word)| words[place as usize] = Some(word));
        }
        Ok((Self { log, words }, done))
    }

    /// Gives every answer with what the models say of it, in the order of the log, some at once.
    ///
    /// # Errors
    /// When the log says what it cannot.
    pub(in crate::study) fn each(&self, sink: impl FnMut(&[WalkedAnswer])) -> Result<()> {
        self.each_before(self.words.len(), sink)
    }

    fn each_before(&self, end: usize, mut sink: impl FnMut(&[WalkedAnswer])) -> Result<()> {
        let mut batch = vec![WalkedAnswer::EMPTY; TOGETHER];
        let mut filled = 0;
        for (place, word) in self.words[..end].iter().enumerate() {
            let Some(word) = word else { continue };
            self.log.unpack(place, &mut batch[filled].review)?;
            batch[filled].word = *word;
            filled += 1;
            if filled == batch.len() {
                sink(&batch);
                filled = 0;
            }
        }
        sink(&batch[..filled]);
        Ok(())
    }

    /// The log up to which this walk is to be kept; to be asked before [`Self::load`], so that nothing is missed that comes between.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::study) fn extent_to_keep(
        reader: Reader<'_>,
        now_ms: i64,
        rules: KeepingRules,
    ) -> Result<Option<LogExtent>> {
        extent_to_keep(reader, now_ms, rules)
    }

    /// Keeps the walk up to there. That it cannot be written is nobody's loss.
    pub(in crate::study) fn keep(
        &self,
        reader: Reader<'_>,
        decks: &CardDecks,
        histories: &[ParameterHistory],
        extent: LogExtent,
    ) {
        let Some(end) = self.log.answers_through(extent.last) else { return };
        let write = || -> io::Result<()> {
            let mut writer = KeptWalkWriter::begin(&reader.path(), &decks.basis(extent, histories), None)?;
            let mut written = Ok(());
            let add = |batch: &[WalkedAnswer]| {
                if written.is_ok() {
                    written = batch.iter().try_for_each(|answer| writer.add(&answer.review, &answer.word));
                }
            };
            self.each_before(end, add).map_err(io::Error::other)?;
            written?;
            writer.finish(&reader.path())
        };
        drop(write());
    }

    /// Whether what is kept says something else of an answer.
    ///
    /// # Errors
    /// When the log says what it cannot.
    pub(super) fn differs_from(&self, kept: &KeptWalk) -> Result<bool> {
        let Some(end) = self.log.answers_through(kept.basis.extent.last) else { return Ok(false) };
        // Compared as bytes, because that is what is kept, and because no number is equal to one that is none.
        let bytes = |review: &Review, word: &WalkedWord| {
            let mut block = BlockWriter::default();
            block.add(review, word).map(|()| block.bytes)
        };
        let mut log = self.words[..end].iter().enumerate().filter_map(|(place, word)| Some((place, word.as_ref()?)));
        let (mut own, mut same): (Review, Result<bool>) = (Review::EMPTY, Ok(true));
        let mut is_same = |review: &Review, word: &WalkedWord| {
            let Some((place, own_word)) = log.next() else { return Ok(false) };
            self.log.unpack(place, &mut own)?;
            Ok(bytes(&own, own_word) == bytes(review, word))
        };
        let whole = kept.each(|batch| {
            for answer in batch {
                if matches!(same, Ok(true)) {
                    same = is_same(&answer.review, &answer.word);
                }
            }
        });
        Ok(!(whole && same? && log.next().is_none()))
    }
}
