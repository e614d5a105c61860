//! An exam that is set, moved or taken back: what today asks for then, and what it asked for before.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::model::{DeckId, ReviewKind, StudyDay, count};
use crate::schedule::{days_of_gain, days_to_exam};
use crate::store::Reader;
use crate::study::day::{ReviewRequest, Work, count_day, done};
use crate::study::decks::{DeckEntry, Decks, outermost_names};
use crate::study::present::Present;

/// What becomes of intervals that no exam ends.
const LATER: &str = "from the next answer on, intervals go past the day of the exam (`retain reschedule` moves due dates that are set already)";

/// The decks, and the whole of today in each: what is answered, and what a review would ask now.
pub(super) struct Asking {
    pub(super) decks: Decks,
    today: StudyDay,
    work: BTreeMap<DeckId, Work>,
    answered: BTreeMap<DeckId, u64>,
}

impl Asking {
    pub(super) fn load(reader: Reader<'_>, present: Present) -> Result<Self> {
        let decks = Decks::load(reader)?;
        let work = count_day(reader, &decks, &ReviewRequest::default(), present)?.work;
        let mut answered = BTreeMap::new();
        // A card counts once: not for its steps.
        let once = [ReviewKind::New, ReviewKind::Review, ReviewKind::Ahead];
        for row in done(reader, present)?.totals.iter().filter(|row| once.contains(&row.kind) && !row.practice) {
            *answered.entry(row.deck).or_default() += u64::from(row.answers);
        }
        Ok(Self { decks, today: present.today, work, answered })
    }

    fn exam_of(&self, deck: DeckId) -> Option<StudyDay> {
        let entry = self.decks.entry(deck).ok()?;
        days_to_exam(&entry.settings, self.today).map(|days| self.today.plus(days))
    }

    /// How many cards today has for these decks, and of which kinds.
    fn whole_day(&self, decks: &[&DeckEntry]) -> (u64, String) {
        let mut all = Work::default();
        let mut answered = 0;
        for entry in decks {
            let work = self.work.get(&entry.deck.id).copied().unwrap_or_default();
            all.new += work.new;
            all.learning += work.learning;
            all.due += work.due;
            all.for_exam += work.for_exam;
            answered += self.answered.get(&entry.deck.id).copied().unwrap_or(0);
        }
        let kinds = [
            (answered, "answered already"),
            (all.for_exam, "for the exam"),
            (all.due, "due"),
            (all.learning, "in learning steps"),
            (all.new, "new"),
        ];
        let kinds = kinds.iter().filter(|(cards, _)| *cards > 0).map(|(cards, kind)| format!("{cards} {kind}"));
        (answered + all.cards(), kinds.collect::<Vec<_>>().join(", "))
    }
}

/// Two lines on the decks whose exam changed; nothing if there are none.
pub(super) fn changed_exams(before: &Asking, after: &Asking) -> String {
    let (mut set, mut unset) = (Vec::new(), Vec::new());
    for entry in after.decks.all() {
        match (before.exam_of(entry.deck.id), after.exam_of(entry.deck.id)) {
            (old, new) if old == new => {}
            (_, Some(_)) => set.push(entry),
            (_, None) => unset.push(entry),
        }
    }
    compared(before, after, &set, true) + &compared(before, after, &unset, false) + &too_far(after, &set)
}

/// A line on the decks whose exam is so far away that no new card gains anything for it yet; nothing if there are none.
fn too_far(after: &Asking, set: &[&DeckEntry]) -> String {
    let far = |entry: &DeckEntry| {
        let days = days_to_exam(&entry.settings, after.today)?;
        let gains = days_of_gain(&entry.replayer.model, days, entry.replayer.answering.prior_knowledge);
        (gains < days).then(|| after.today.plus(days - gains))
    };
    let days: Vec<StudyDay> = set.iter().filter_map(|entry| far(entry)).collect();
    let Some(first) = days.iter().min() else { return String::new() };
    let decks: Vec<&DeckEntry> = set.iter().copied().filter(|entry| far(entry).is_some()).collect();
    format!(
        "{}: the exam is far away: what is learnt now is forgotten by then, so no new card comes before {first}\n\
         hint: set `exam` nearer to the day, or to `none` until then\n",
        outermost_names(&decks)
    )
}

fn compared(before: &Asking, after: &Asking, decks: &[&DeckEntry], set: bool) -> String {
    if decks.is_empty() {
        return String::new();
    }
    let name = outermost_names(decks);
    let part = |(cards, kinds): &(u64, String)| {
        let kinds = if kinds.is_empty() { String::new() } else { format!(" ({kinds})") };
        format!("{}{kinds}", count(*cards, "card"))
    };
    let (old, new) = (before.whole_day(decks), after.whole_day(decks));
    let mut told = format!("{name}: today asks for {}; before the change it was {}\n", part(&new), part(&old));
    let steps = decks.iter().any(|entry| {
        let settings = &entry.settings;
        !settings.learning_steps.is_empty() || !settings.relearning_steps.is_empty()
    });
    told += &match (set, steps) {
        (true, true) => format!(
            "{name}: until the exam, cards come by what they gain for it, due or not; learning steps end, and no interval goes past it\n"
        ),
        (true, false) => {
            format!(
                "{name}: until the exam, cards come by what they gain for it, due or not; no interval goes past it\n"
            )
        }
        (false, true) => {
            format!("{name}: cards come when they are due, learning steps are back, and {LATER}\n")
        }
        (false, false) => format!("{name}: cards come when they are due, and {LATER}\n"),
    };
    told
}
