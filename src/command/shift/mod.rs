//! What the commands that move due dates share: the cards, the plan that is shown, the question, and the moves.

mod take_back;

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, IsTerminal};

use clap::Args as Arguments;

use super::Context;
use super::decks::Decks;
use super::ledger;
use crate::error::{Done, Error, Result};
use crate::memory::Fsrs6;
use crate::model::{CardId, DeckId, Moment, StudyDay};
use crate::schedule::shift::{Movable, Shift};
use crate::schedule::{LOAD_DAYS, Load, Scheduler};
use crate::store::{Reader, ReviewingRow, Store};
use crate::ui::progress;
use crate::ui::shift_report::{self, Figures, Moved};

/// How a plan is carried out.
#[derive(Arguments, Clone, Debug, Default)]
pub(super) struct Mode {
    /// Show what would move, and move nothing
    #[arg(long)]
    dry_run: bool,
    /// Move without asking
    #[arg(long)]
    yes: bool,
    /// Take back what this command moved last; cards that were answered or moved since stay
    #[arg(long)]
    pub(super) undo: bool,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

/// What to call a plan.
#[derive(Clone, Debug)]
pub(super) struct Title {
    /// The command, by which its moves are taken back.
    pub(super) command: &'static str,
    /// What the log says of each move.
    pub(super) why: String,
    /// What the person is told besides the plan.
    pub(super) note: Option<String>,
}

/// The cards in review, with what schedules them, and the work of the days.
#[derive(Debug)]
pub(super) struct Field<'a> {
    pub(super) decks: &'a Decks,
    pub(super) now: Moment,
    pub(super) today: StudyDay,
    rows: Vec<ReviewingRow>,
    schedulers: HashMap<DeckId, Scheduler<'a, Fsrs6>>,
    scope: Vec<DeckId>,
    load: Vec<(StudyDay, u32)>,
}

impl<'a> Field<'a> {
    /// The cards of a deck and the decks in it, or of all.
    pub(super) fn read(context: &Context, reader: Reader<'_>, decks: &'a Decks, deck: Option<&str>) -> Result<Self> {
        let (now, today) = context.today(reader)?;
        let scope = decks.named(deck)?.iter().map(|entry| entry.deck.id).collect();
        let seed = context.mixed_seed();
        let schedulers = decks.all().iter().map(|entry| (entry.deck.id, entry.scheduler(seed))).collect();
        let load = reader.load(today, StudyDay(i32::MAX))?;
        Ok(Self { decks, now, today, rows: reader.reviewing()?, schedulers, scope, load })
    }

    /// The cards of the chosen decks.
    pub(super) fn cards(&self) -> Vec<Movable<'_, Fsrs6>> {
        self.all().into_iter().filter(|card| self.scope.contains(&card.deck)).collect()
    }

    /// The cards of the chosen decks that are not buried today: of a day's work, these are due.
    pub(super) fn unburied(&self) -> Vec<Movable<'_, Fsrs6>> {
        let buried = self.buried();
        self.cards().into_iter().filter(|card| !buried.contains_key(&card.card)).collect()
    }

    /// The cards that are buried today, with the day from which they are not.
    fn buried(&self) -> HashMap<CardId, StudyDay> {
        let until = |row: &ReviewingRow| Some((row.card, row.buried_until.filter(|until| *until > self.today)?));
        self.rows.iter().filter_map(until).collect()
    }

    /// The cards of all decks.
    pub(super) fn all(&self) -> Vec<Movable<'_, Fsrs6>> {
        let movable = |row: &ReviewingRow| {
            Some(Movable {
                card: row.card,
                uid: row.uid,
                question: row.question,
                deck: row.deck,
                memory: row.memory,
                repetitions: row.repetitions,
                last_day: row.last_day,
                due: row.due,
                scheduler: self.schedulers.get(&row.deck)?,
            })
        };
        self.rows.iter().filter_map(movable).collect()
    }

    /// The work of the days from today on, over all decks.
    pub(super) fn load(&self) -> Load {
        Load::new(self.load.iter().copied(), Some(self.today.plus(LOAD_DAYS)), Vec::new())
    }
}

/// Shows a plan, asks, and moves the cards.
pub(super) fn carry_out(
    context: &Context,
    store: &mut Store,
    mode: &Mode,
    title: &Title,
    field: &Field<'_>,
    shifts: &[Shift],
) -> Result<Done> {
    let go = confirmed(context, mode, title, field, shifts)?;
    if !go {
        return Ok(Done::Whole);
    }
    let mut writer = store.writer()?;
    let bar = progress::bar(shifts.len() as u64, "moving", context.quiet);
    let moved = ledger::shift(&mut writer, field.decks, title, shifts, None, field.now, || bar.inc(1))?;
    writer.commit()?;
    bar.finish_and_clear();
    let skipped = shifts.len() - moved;
    if skipped > 0 {
        context.talk(&format!("{skipped} of the cards were answered meanwhile, and stay as they are"))?;
    }
    if !mode.json {
        let command = title.command;
        context.talk(&format!(
            "moved {}; `retain {command} --undo` takes it back",
            crate::ui::words::count(moved as u64, "card")
        ))?;
    }
    Ok(Done::Whole)
}

/// Shows the plan; whether to carry it out.
fn confirmed(context: &Context, mode: &Mode, title: &Title, field: &Field<'_>, shifts: &[Shift]) -> Result<bool> {
    let figures = figures(title, field, shifts, mode.yes && !mode.dry_run && !shifts.is_empty());
    let shown = if mode.json { shift_report::json(&figures)? } else { shift_report::text(&figures) };
    context.print(&shown)?;
    if let Some(note) = title.note.as_ref().filter(|_| !mode.json) {
        context.talk(note)?;
    }
    if shifts.is_empty() || mode.dry_run {
        if !mode.json {
            context.talk(if shifts.is_empty() { "nothing is to be moved" } else { "nothing was moved (--dry-run)" })?;
        }
        return Ok(false);
    }
    if mode.yes {
        return Ok(true);
    }
    if mode.json || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(Error::person("nothing was moved, for nobody can be asked here")
            .hint("add `--yes` to move the cards, or `--dry-run` to look alone"));
    }
    context.talk(&format!("move {}? [y/N]", crate::ui::words::count(shifts.len() as u64, "card")))?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(crate::ui::broken_stream)?;
    let yes = ["y", "yes"].contains(&line.trim().to_lowercase().as_str());
    if !yes {
        context.talk("nothing was moved")?;
    }
    Ok(yes)
}

fn figures<'t>(title: &'t Title, field: &Field<'_>, shifts: &[Shift], applied: bool) -> Figures<'t> {
    let today = field.today;
    let moved: HashMap<CardId, &Shift> = shifts.iter().map(|shift| (shift.card, shift)).collect();
    let mut days: BTreeMap<StudyDay, (u64, u64)> = BTreeMap::new();
    let (mut moves, mut before, mut after) = (Vec::new(), 0.0, 0.0);
    let (cards, buried) = (field.cards(), field.buried());
    for card in &cards {
        let first = buried.get(&card.card).copied().unwrap_or(today);
        let from = card.due.max(first);
        let to = moved.get(&card.card).map_or(from, |shift| shift.to.max(first));
        days.entry(from).or_default().0 += 1;
        days.entry(to).or_default().1 += 1;
        if let Some(shift) = moved.get(&card.card) {
            let recall = (card.recall(from), card.recall(to));
            before += recall.0;
            after += recall.1;
            moves.push(Moved { uid: card.uid, from: shift.from, to: shift.to, recall });
        }
    }
    let mean = |sum: f64| if moves.is_empty() { None } else { Some(sum / moves.len() as f64) };
    Figures {
        command: title.command,
        today,
        cards: cards.len(),
        recall: mean(before).zip(mean(after)),
        days: days.into_iter().collect(),
        moves,
        applied,
    }
}

/// Takes back what a command moved last.
pub(super) fn undo(context: &Context, mode: &Mode, command: &'static str) -> Result<Done> {
    take_back::run(context, mode, command)
}

/// A share from 0 to 1, more than 0.
pub(super) fn share(text: &str) -> std::result::Result<f64, String> {
    text.parse()
        .ok()
        .filter(|share| *share > 0.0 && *share <= 1.0)
        .ok_or_else(|| "it takes a number over 0, up to 1".into())
}

/// A number of days that a plan may look ahead.
pub(super) fn days(text: &str) -> std::result::Result<u32, String> {
    text.parse()
        .ok()
        .filter(|days| (1..=LOAD_DAYS).contains(days))
        .ok_or_else(|| format!("it takes 1 to {LOAD_DAYS} days"))
}
