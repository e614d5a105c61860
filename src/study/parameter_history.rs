//! The parameters that a deck was scheduled by, one after the other: predictions of an answer are to be those of parameters that
//! had not learnt from it.

use crate::error::Result;
use crate::memory::{Fsrs6, Model, Replayer};
use crate::model::{Deck, DeckId, Settings};
use crate::store::{FitRow, Reader};
use crate::study::decks::{DeckEntry, Decks};

/// The setting.
const KEY: &str = "parameters";

/// The models of a deck: what was in use when, what is in use now, and what was published.
#[derive(Clone, Debug)]
pub(super) struct ParameterHistory {
    /// Each model once.
    pub(super) replayers: Vec<Replayer<Fsrs6>>,
    /// From which moment (UTC milliseconds) which of them was in use, in the order of time; the first from the beginning.
    spans: Vec<(i64, usize)>,
    /// The one in use.
    pub(super) present: usize,
    /// The one with the published parameters.
    pub(super) published: usize,
}

impl ParameterHistory {
    /// Of this deck. `fits` are all fits that were tried, `now_ms` is the moment.
    pub(super) fn load(
        reader: Reader<'_>,
        entry: &DeckEntry,
        fits: &[FitRow],
        decks: &[Deck],
        now_ms: i64,
    ) -> Result<Self> {
        let mut spans = changes(reader, &entry.deck, fits, decks)?;
        let in_use = &entry.settings.parameters;
        if spans.last().map(|(_, parameters)| parameters) != Some(in_use) {
            // Through a preset: what was in use before it was set is what the rest says.
            let origins = reader.setting_origins(&entry.deck)?;
            let set = origins.get(KEY).and_then(|origin| origin.set()).map(|set| set.at_ms);
            spans.push((set.unwrap_or(now_ms), in_use.clone()));
        }
        Ok(Self::from_spans(entry, &spans))
    }

    fn from_spans(entry: &DeckEntry, spans: &[(i64, Option<Vec<f32>>)]) -> Self {
        let mut replayers: Vec<Replayer<Fsrs6>> = Vec::new();
        let mut place = |parameters: Option<&[f32]>| {
            let replayer = Replayer { model: Fsrs6::or_default(parameters), ..entry.replayer };
            let same = |other: &Replayer<Fsrs6>| other.model.parameters() == replayer.model.parameters();
            replayers.iter().position(same).unwrap_or_else(|| {
                replayers.push(replayer);
                replayers.len() - 1
            })
        };
        let spans: Vec<(i64, usize)> =
            spans.iter().map(|(since, parameters)| (*since, place(parameters.as_deref()))).collect();
        let present = place(entry.settings.parameters.as_deref());
        let published = place(None);
        Self { replayers, spans, present, published }
    }

    /// The model that was in use at a moment (UTC milliseconds).
    pub(super) fn at(&self, at_ms: i64) -> usize {
        let begun = self.spans.partition_point(|(since, _)| *since <= at_ms);
        begun.checked_sub(1).map_or(self.present, |place| self.spans[place].1)
    }

    /// From which moment (UTC milliseconds) which of them was in use.
    pub(super) fn spans(&self) -> &[(i64, usize)] {
        &self.spans
    }

    /// Since when the one in use is, UTC milliseconds; none for ever.
    pub(super) fn since(&self) -> Option<i64> {
        self.spans.last().map(|(since, _)| *since).filter(|since| *since > i64::MIN)
    }
}

/// Those of all decks, in their order.
pub(super) fn of_all(reader: Reader<'_>, decks: &Decks, now_ms: i64) -> Result<Vec<ParameterHistory>> {
    let fits = reader.fits()?;
    let all: Vec<Deck> = decks.all().iter().map(|entry| entry.deck.clone()).collect();
    decks.all().iter().map(|entry| ParameterHistory::load(reader, entry, &fits, &all, now_ms)).collect()
}

/// A deck, or the default of all (none), with the values that it had of its own: since when, and which (none for none).
type OwnValues = Vec<(i64, Option<String>)>;

/// What was in use in a deck, as the fits say: since when, and which parameters (none for the published ones).
fn changes(reader: Reader<'_>, deck: &Deck, fits: &[FitRow], decks: &[Deck]) -> Result<Vec<(i64, Option<Vec<f32>>)>> {
    let named = |name: &str| decks.iter().find(|deck| deck.name.to_lowercase() == name.to_lowercase());
    let around: Vec<&str> = Deck::parents(&deck.name).collect();
    let around = around.into_iter().rev().filter_map(named);
    let owners: Vec<Option<DeckId>> =
        [Some(deck.id)].into_iter().chain(around.map(|deck| Some(deck.id))).chain([None]).collect();
    let mut levels = Vec::new();
    for owner in owners {
        let own = reader.setting_rows(owner.into())?.into_iter().find(|row| row.key == KEY);
        levels.push(level(fits, owner, own.map(|row| (row.set.at_ms, row.value))));
    }
    let mut times: Vec<i64> = levels.iter().flatten().map(|(since, _)| *since).collect();
    times.sort_unstable();
    times.dedup();
    let own_at = |level: &OwnValues, time: i64| {
        level.iter().rev().find(|(since, _)| *since <= time).and_then(|(_, value)| value.clone())
    };
    Ok(times
        .into_iter()
        .map(|time| (time, levels.iter().find_map(|level| own_at(level, time)).and_then(|text| parameters(&text))))
        .collect())
}

/// What an owner had of its own, from the beginning on. `now` is what it has, and since when.
fn level(fits: &[FitRow], owner: Option<DeckId>, now: Option<(i64, String)>) -> OwnValues {
    // The last one comes first.
    let own: Vec<&FitRow> = fits.iter().rev().filter(|fit| fit.deck == owner && fit.fitted.is_some()).collect();
    let mut level = vec![(i64::MIN, own.first().and_then(|first| first.before.clone()))];
    let mut events: Vec<(i64, Option<String>)> = Vec::new();
    for fit in own {
        events.push((fit.at_ms, fit.fitted.clone()));
        events.extend(fit.reverted_ms.map(|at_ms| (at_ms, fit.before.clone())));
    }
    events.sort_by_key(|(at_ms, _)| *at_ms);
    level.extend(events);
    // What was set by hand may have learnt from any answer before.
    let last = level.last().and_then(|(_, value)| value.as_ref());
    if let Some((since, value)) = now.filter(|(_, value)| last != Some(value)) {
        level.push((since, Some(value)));
    }
    level
}

fn parameters(text: &str) -> Option<Vec<f32>> {
    let mut settings = Settings::default();
    settings.set(KEY, text).ok()?;
    settings.parameters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(at_ms: i64, deck: Option<DeckId>, before: Option<&str>, fitted: &str, reverted_ms: Option<i64>) -> FitRow {
        FitRow {
            id: at_ms,
            at_ms,
            deck,
            answers: 1_000,
            log_answers: 1_000,
            held_out: 100,
            loss_before: 0.4,
            loss_default: 0.4,
            loss_fitted: 0.3,
            gain: 0.1,
            gain_error: 0.01,
            before: before.map(str::to_owned),
            fitted: Some(fitted.into()),
            answering: None,
            answering_before: None,
            reverted_ms,
        }
    }

    #[test]
    fn an_owner_had_what_its_fits_say() {
        let fits = [
            fit(30, None, Some("b"), "c", None),
            fit(20, Some(DeckId(1)), None, "own", None),
            fit(10, None, None, "a", Some(25)),
        ];
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            level(&fits, None, Some((30, "c".into()))),
            [(i64::MIN, None), (10, some("a")), (25, None), (30, some("c"))]
        );
        assert_eq!(level(&fits, Some(DeckId(1)), Some((20, "own".into()))), [(i64::MIN, None), (20, some("own"))]);
        assert_eq!(
            level(&fits, Some(DeckId(2)), Some((7, "by hand".into()))),
            [(i64::MIN, None), (7, some("by hand"))]
        );
        assert_eq!(level(&fits, Some(DeckId(3)), None), [(i64::MIN, None)]);
    }

    #[test]
    fn parameters_are_told_by_the_moment() {
        let deck = Deck { id: DeckId(1), name: "A".into() };
        let fitted: Vec<f32> = Fsrs6::default().parameters().iter().map(|parameter| parameter * 1.01).collect();
        let entry = DeckEntry::new(deck, Settings { parameters: Some(fitted.clone()), ..Settings::default() });
        let history = ParameterHistory::from_spans(
            &entry,
            &[(i64::MIN, None), (10, Some(fitted.clone())), (20, None), (30, Some(fitted))],
        );
        assert_eq!(history.replayers.len(), 2);
        let at: Vec<usize> = [-5, 9, 10, 19, 20, 29, 30, 99].into_iter().map(|ms| history.at(ms)).collect();
        assert_eq!(at, [0, 0, 1, 1, 0, 0, 1, 1]);
        assert_eq!((history.present, history.published, history.since()), (1, 0, Some(30)));
        let plain = ParameterHistory::from_spans(&DeckEntry::new(entry.deck, Settings::default()), &[(i64::MIN, None)]);
        assert_eq!((plain.replayers.len(), plain.at(5), plain.since()), (1, 0, None));
    }
}
