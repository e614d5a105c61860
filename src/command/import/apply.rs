//! A plan becomes rows, in one transaction.

use std::collections::{HashMap, HashSet};

use super::media::Found;
use super::origin::Origin;
use super::{Args, Batch};
use crate::bank::identity::Fingerprint;
use crate::bank::plan::{Known, Placement, Plan, Planned, Status, Texts, plan};
use crate::bank::{Bank, BankOption, BankQuestion};
use crate::command::Context;
use crate::command::decks::Decks;
use crate::command::follow::{due_by_day, follow};
use crate::command::ledger::relocate_for;
use crate::error::Result;
use crate::model::{CardId, DeckId, KeyOrigin, Kind, LogEntry, Moment, MoveKind, Question, QuestionId};
use crate::store::{ChoiceChange, KnownQuestion, PlacedQuestion, QuestionChange, Reader, Reading, Store, Writer};
use crate::ui::progress;

/// Why a card was suspended by `--retire-missing`.
pub(super) const RETIRED: &str = "the bank no longer has the question";
/// Why a card is suspended whose import was taken back after it had been answered.
pub(super) const TAKEN_BACK: &str = "the import was taken back";
/// The progress bar moves every so many questions.
const TICK: usize = 1000;

/// A bank on its way into a deck.
pub(super) struct Incoming<'a> {
    pub(super) bank: &'a Bank,
    /// The pictures and sounds of its questions.
    pub(super) media: &'a Found,
    /// What was said of how to read it.
    pub(super) said: Option<&'a Reading>,
    /// Where it goes, and where it was before.
    pub(super) origin: &'a Origin,
    /// Its path, which does not depend on where one stands.
    pub(super) source: &'a str,
}

/// Compares the bank with its deck and writes what changes; nothing where it is a dry run.
pub(super) fn apply(
    context: &Context,
    store: &mut Store,
    incoming: &Incoming<'_>,
    args: &Args,
    batch: &mut Batch,
) -> Result<Plan> {
    let Incoming { bank, media, origin, said, source } = *incoming;
    let deck = origin.deck.as_str();
    let now = context.clock.now();
    if args.dry_run {
        let held = Held::of(store.reader(), store.reader().deck_named(deck)?, source, origin.moved)?;
        return plan(bank, deck, &held.known, &mut Loader(store.reader()));
    }
    let mut writer = store.writer()?;
    let mark = writer.reader().import_mark()?;
    let deck_row = writer.deck(deck)?;
    if let Some(moved) = origin.moved {
        writer.move_source(moved, source)?;
    }
    let held = Held::of(writer.reader(), Some(deck_row.id), source, None)?;
    let plan = plan(bank, deck, &held.known, &mut Loader(writer.reader()))?;
    let decks = Decks::read(writer.reader())?;
    let parameters = decks.of(deck_row.id)?.parameters;
    let source_id = writer.source(deck_row.id, source, origin.named.as_deref(), now.utc_ms)?;
    if let Some(said) = said {
        writer.put_reading(source, said, now.utc_ms)?;
    }
    let bar = progress::bar(plan.planned.len() as u64, batch.progress(), context.quiet);
    let number =
        writer.begin_import(batch.number(writer.reader())?, Some(source_id), source, &deck_row.name, now.utc_ms)?;
    let mut import =
        Import { number, changed: false, writer: &mut writer, decks: &decks, deck: deck_row.id, parameters, now };
    for planned in &plan.planned {
        let question = &bank.questions[planned.place];
        let id = import.question(planned, question, planned.known.and_then(|id| plan.texts.get(&id)))?;
        let here = PlacedQuestion {
            external_id: question.id.clone(),
            position: u32::try_from(planned.place).unwrap_or(u32::MAX),
            line: u32::try_from(question.line).unwrap_or(u32::MAX),
            fingerprints: planned.fingerprint.numbers(),
            content: Some(planned.content),
        };
        let before = held.placed.get(&id);
        if before != Some(&here) {
            // An older program did not note what the bank said: to learn it is no change.
            let as_it_was = !planned.rewrites && before == Some(&PlacedQuestion { content: None, ..here.clone() });
            if planned.known.is_some() && !as_it_was {
                import.writer.keep_placement(number, source_id, id)?;
            }
            import.writer.place(source_id, id, &here)?;
            import.changed |= !as_it_was;
        }
        let before = held.media.get(&id).map_or(&[][..], Vec::as_slice);
        import.media(id, planned, before, &media[planned.place])?;
        if planned.place % TICK == 0 {
            bar.set_position(planned.place as u64);
        }
    }
    let placed_now: HashSet<QuestionId> = plan.planned.iter().filter_map(|planned| planned.known).collect();
    import.bring_back(&placed_now)?;
    if args.retire_missing {
        for question in &plan.missing {
            import.retire(*question)?;
        }
    }
    if import.changed {
        writer.end_import(number, mark)?;
    } else {
        // A bank that is as it was is not what `--undo` means.
        writer.forget_import(number)?;
    }
    writer.commit()?;
    bar.finish_and_clear();
    Ok(plan)
}

/// What a deck holds, as a plan needs it, and where the bank that is imported has it.
#[derive(Default)]
struct Held {
    known: Vec<Known>,
    placed: HashMap<QuestionId, PlacedQuestion>,
    /// The media of the questions that have any.
    media: HashMap<QuestionId, Vec<(String, String)>>,
}

impl Held {
    /// `moved`: the bank that stood elsewhere until now, where there is one.
    fn of(reader: Reader<'_>, deck: Option<DeckId>, source: &str, moved: Option<i64>) -> Result<Self> {
        let Some(deck) = deck else {
            return Ok(Self::default());
        };
        let here = reader.source_at(deck, source)?.or(moved);
        let mut held = Self { media: reader.media_in(deck)?, ..Self::default() };
        for KnownQuestion { id, uid, kind, content, placements } in reader.known_questions(deck)? {
            let placements = placements.into_iter().map(|(bank, placed)| {
                let placement = Placement {
                    here: Some(bank) == here,
                    id: placed.external_id.clone(),
                    print: Fingerprint::from_numbers(placed.fingerprints),
                    content: placed.content,
                };
                if placement.here {
                    held.placed.insert(id, placed);
                }
                placement
            });
            let placements = placements.collect();
            held.known.push(Known { id, uid, kind, content, placements });
        }
        Ok(held)
    }
}

/// The texts of the database.
struct Loader<'c>(Reader<'c>);

impl Texts for Loader<'_> {
    fn load(&mut self, ids: &[QuestionId]) -> Result<Vec<Question>> {
        ids.iter().filter_map(|id| self.0.question(*id).transpose()).collect()
    }
}

struct Import<'a, 'c> {
    number: i64,
    changed: bool,
    writer: &'a mut Writer<'c>,
    decks: &'a Decks,
    deck: DeckId,
    parameters: i64,
    now: Moment,
}

impl Import<'_, '_> {
    /// Writes a question, unless the deck has it as it is. `old` is what the deck says where that is written anew.
    fn question(&mut self, planned: &Planned, question: &BankQuestion, old: Option<&Question>) -> Result<QuestionId> {
        if let Some(id) = planned.known.filter(|_| !planned.rewrites) {
            return Ok(id);
        }
        let change = change(planned, question, old);
        let Some(id) = planned.known else {
            self.changed = true;
            return self.writer.add_question(self.deck, planned.uid, &change, self.parameters);
        };
        self.changed = true;
        self.writer.keep_question(self.number, id)?;
        let cards = self.writer.change_question(id, &change, self.parameters)?;
        follow(cards, |card, kind, why| self.relocate(card, kind, why))?;
        if planned.status == Status::KeyChanged {
            let today = self.now.study_day(self.decks.of(self.deck)?.settings.day_start);
            for card in due_by_day(self.writer.reader(), id)? {
                self.relocate(card, MoveKind::Due(today), "the bank's key changed")?;
            }
        }
        Ok(id)
    }

    /// Says which media a question has, where they are not those of `before`.
    fn media(
        &mut self,
        id: QuestionId,
        planned: &Planned,
        before: &[(String, String)],
        media: &[(String, String)],
    ) -> Result<()> {
        if before == media {
            return Ok(());
        }
        self.changed = true;
        if planned.known.is_some() {
            self.writer.keep_question(self.number, id)?;
        }
        self.writer.put_media(id, media)
    }

    /// A question that was suspended because its bank lost it, or was taken back, is back in the schedule when its bank has it
    /// again.
    fn bring_back(&mut self, placed: &HashSet<QuestionId>) -> Result<()> {
        for card in self.writer.reader().suspended_cards(self.deck)? {
            let back = self.writer.reader().card(card)?.is_some_and(|card| placed.contains(&card.question.id));
            let log = self.writer.reader().log_of(card)?;
            let last = log.iter().rev().find_map(|entry| match entry {
                LogEntry::Move(change) if matches!(change.kind, MoveKind::Suspend | MoveKind::Unsuspend) => {
                    Some(change)
                }
                _ => None,
            });
            if back && last.is_some_and(|change| [RETIRED, TAKEN_BACK].contains(&change.why.as_str())) {
                self.relocate(card, MoveKind::Unsuspend, "the bank has the question again")?;
            }
        }
        Ok(())
    }

    fn retire(&mut self, question: QuestionId) -> Result<()> {
        for card in self.writer.reader().cards_of(question)? {
            // What a person suspended stays so, whatever becomes of its bank.
            if self.writer.reader().memory(card)?.is_some_and(|row| !row.memory.suspended) {
                self.relocate(card, MoveKind::Suspend, RETIRED)?;
            }
        }
        Ok(())
    }

    fn relocate(&mut self, card: CardId, kind: MoveKind, why: &str) -> Result<()> {
        self.changed = true;
        relocate_for(self.number, self.writer, self.decks, card, kind, why, self.now)
    }
}

/// What a question says from now on, as planned; `old` is what it said before.
pub(in crate::command) fn change<'a>(
    planned: &Planned,
    question: &'a BankQuestion,
    old: Option<&'a Question>,
) -> QuestionChange<'a> {
    let kept = old.filter(|_| planned.key_kept);
    let kept_right = |number: Option<u8>| {
        kept.is_some_and(|old| old.choices.iter().any(|choice| Some(choice.number) == number && choice.correct))
    };
    let choice = |(option, number): (&'a BankOption, &Option<u8>)| ChoiceChange {
        number: *number,
        text: &option.text,
        correct: if kept.is_some() {
            kept_right(*number)
        } else {
            option.correct && question.key != KeyOrigin::Missing
        },
        feedback: option.feedback.as_deref(),
        pinned: option.pinned,
        weight: option.weight,
        pair: option.pair.as_deref(),
        tolerance: option.tolerance,
    };
    QuestionChange {
        kind: match old {
            Some(old) if kept.is_some() => old.kind,
            // A format without this kind says nothing against it.
            Some(old)
                if old.kind == Kind::TrueFalse && question.options.len() == 2 && question.kind == Kind::Single =>
            {
                Kind::TrueFalse
            }
            _ => question.kind,
        },
        stem: &question.stem,
        explanation: question.explanation.as_deref(),
        topic: question.topic.as_deref(),
        tags: &question.tags,
        key: kept.map_or(question.key, |old| old.key),
        key_rule: kept.map_or(question.key_rule.as_deref(), |old| old.key_rule.as_deref()),
        markup: question.markup,
        choices: question.options.iter().zip(&planned.choices).map(choice).collect(),
        content: kept.is_none().then_some(planned.content),
    }
}
