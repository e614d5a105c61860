//! A plan becomes rows, in one transaction.

use std::collections::{HashMap, HashSet};

use crate::bank::identity::Fingerprint;
use crate::bank::plan::{Known, Plan, Planned, Status, plan};
use crate::bank::{Bank, BankQuestion};
use crate::command::Context;
use crate::command::decks::Decks;
use crate::command::ledger::relocate;
use crate::error::Result;
use crate::model::{CardId, DeckId, KeyOrigin, LogEntry, Moment, MoveKind, QuestionId};
use crate::store::{ChoiceChange, KnownQuestion, PlacedQuestion, QuestionChange, Reader, Store, Writer};
use crate::ui::progress;

/// Why a card was suspended by `--retire-missing`.
const RETIRED: &str = "the bank no longer has the question";

/// What was done, and the stems of the questions that the report may name.
pub(super) struct Applied {
    pub(super) plan: Plan,
    pub(super) stems: HashMap<QuestionId, String>,
}

/// Compares the bank with its deck and writes what changes; nothing where `dry`.
pub(super) fn apply(
    context: &Context,
    store: &mut Store,
    bank: &Bank,
    deck: &str,
    source: &str,
    dry: bool,
    retire_missing: bool,
) -> Result<Applied> {
    let now = context.clock.now();
    if dry {
        let known = known(store.reader(), store.reader().deck_named(deck)?)?;
        let plan = plan(bank, source, deck, &known);
        return Ok(Applied { stems: stems(&plan, &known), plan });
    }
    let mut writer = store.writer()?;
    let deck_row = writer.deck(deck)?;
    let known = known(writer.reader(), Some(deck_row.id))?;
    let plan = plan(bank, source, deck, &known);
    let decks = Decks::read(writer.reader())?;
    let parameters = decks.of(deck_row.id)?.parameters;
    let source_id = writer.source(deck_row.id, source, now.utc_ms)?;
    let placed: HashMap<QuestionId, &Known> = known.iter().map(|known| (known.question.id, known)).collect();
    let bar = progress::bar(plan.planned.len() as u64, "importing", context.quiet);
    let mut import = Import { writer: &mut writer, decks: &decks, deck: deck_row.id, parameters, now };
    for planned in &plan.planned {
        let question = &bank.questions[planned.place];
        let old = planned.known.and_then(|id| placed.get(&id)).copied();
        let id = import.question(planned, question, old)?;
        let here = PlacedQuestion {
            external_id: question.id.clone(),
            position: u32::try_from(planned.place).unwrap_or(u32::MAX),
            line: u32::try_from(question.line).unwrap_or(u32::MAX),
            fingerprints: planned.fingerprint.numbers(),
        };
        import.writer.place(source_id, id, &here)?;
        bar.inc(1);
    }
    let placed_now: HashSet<QuestionId> = plan.planned.iter().filter_map(|planned| planned.known).collect();
    import.bring_back(&placed_now)?;
    if retire_missing {
        for question in &plan.missing {
            import.retire(*question)?;
        }
    }
    writer.commit()?;
    bar.finish_and_clear();
    Ok(Applied { stems: stems(&plan, &known), plan })
}

fn known(reader: Reader<'_>, deck: Option<DeckId>) -> Result<Vec<Known>> {
    let Some(deck) = deck else {
        return Ok(Vec::new());
    };
    let known = reader.known_questions(deck)?.into_iter().map(|KnownQuestion { question, placements }| Known {
        question,
        placements: placements
            .into_iter()
            .map(|at| (at.source, at.placed.external_id, Fingerprint::from_numbers(at.placed.fingerprints)))
            .collect(),
    });
    Ok(known.collect())
}

fn stems(plan: &Plan, known: &[Known]) -> HashMap<QuestionId, String> {
    let named: Vec<QuestionId> =
        plan.missing.iter().copied().chain(plan.maybe_same.iter().map(|(_, id, _)| *id)).collect();
    known
        .iter()
        .filter(|known| named.contains(&known.question.id))
        .map(|known| (known.question.id, known.question.stem.clone()))
        .collect()
}

struct Import<'a, 'c> {
    writer: &'a mut Writer<'c>,
    decks: &'a Decks,
    deck: DeckId,
    parameters: i64,
    now: Moment,
}

impl Import<'_, '_> {
    fn question(&mut self, planned: &Planned, question: &BankQuestion, old: Option<&Known>) -> Result<QuestionId> {
        let change = change(planned, question, old);
        let Some(old) = old else {
            let added = self.writer.add_question(self.deck, planned.uid, planned.card_uid, &change, self.parameters)?;
            return Ok(added.question);
        };
        let id = old.question.id;
        if planned.status == Status::Unchanged && !self.declared_otherwise(&change, old) {
            return Ok(id);
        }
        self.writer.change_question(id, planned.card_uid, &change, self.parameters)?;
        if planned.status == Status::KeyChanged {
            let today = self.now.study_day(self.decks.of(self.deck)?.settings.day_start);
            for card in self.writer.reader().cards_of(id)? {
                self.relocate(card, MoveKind::Due(today), "the bank's key changed")?;
            }
        }
        Ok(id)
    }

    fn declared_otherwise(&self, change: &QuestionChange, old: &Known) -> bool {
        change.key != old.question.key || change.key_rule != old.question.key_rule
    }

    /// A question that was retired because its bank lost it is back in the schedule when its bank has it again.
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
            if back && last.is_some_and(|change| change.why == RETIRED) {
                self.relocate(card, MoveKind::Unsuspend, "the bank has the question again")?;
            }
        }
        Ok(())
    }

    fn retire(&mut self, question: QuestionId) -> Result<()> {
        for card in self.writer.reader().cards_of(question)? {
            self.relocate(card, MoveKind::Suspend, RETIRED)?;
        }
        Ok(())
    }

    fn relocate(&mut self, card: CardId, kind: MoveKind, why: &str) -> Result<()> {
        relocate(self.writer, self.decks, card, kind, why, self.now).map(|_| ())
    }
}

fn change(planned: &Planned, question: &BankQuestion, old: Option<&Known>) -> QuestionChange {
    let kept = old.filter(|_| planned.key_kept).map(|old| &old.question);
    let kept_right = |number: Option<u8>| {
        kept.is_some_and(|old| old.choices.iter().any(|choice| Some(choice.number) == number && choice.correct))
    };
    QuestionChange {
        kind: kept.map_or(question.kind, |old| old.kind),
        stem: question.stem.clone(),
        explanation: question.explanation.clone(),
        topic: question.topic.clone(),
        tags: question.tags.clone(),
        key: kept.map_or(question.key, |old| old.key),
        key_rule: kept.map_or_else(|| question.key_rule.clone(), |old| old.key_rule.clone()),
        markup: question.markup,
        choices: question
            .options
            .iter()
            .zip(&planned.choices)
            .map(|(option, number)| ChoiceChange {
                number: *number,
                text: option.text.clone(),
                correct: if kept.is_some() {
                    kept_right(*number)
                } else {
                    option.correct && question.key != KeyOrigin::Missing
                },
                feedback: option.feedback.clone(),
                pinned: option.pinned,
                weight: option.weight,
                pair: option.pair.clone(),
                tolerance: option.tolerance,
            })
            .collect(),
    }
}
