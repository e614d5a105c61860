//! Fits of the memory model to the answers, and how well it predicts them.

mod auto;
mod evaluation;
mod revert;
mod suggest;
mod training_data;

pub use evaluation::{EvaluatedMethod, EvaluationFigures, EvaluationVerdict, RecallGroup};
pub use revert::{FitReverted, NowInUse};
pub use suggest::FitSuggestion;

pub(super) use auto::{fit_default, is_time_to_fit};
pub(super) use evaluation::evaluate_decks;
pub(super) use revert::revert_fit;
pub(super) use suggest::suggestion;
pub(super) use training_data::history_rules;

use super::decks::{DeckEntry, Decks};
use super::present::Present;
use super::progress::{Progress, Watch, stopped};
use super::rebuild::remake_changed;
use crate::error::{Error, Result};
use crate::memory::{
    Answering, AssessedFit, FitExtent, Fsrs6, History, Incumbent, Model, NoFit, People, consider_against,
};
use crate::model::{DeckId, DeedKind, count};
use crate::store::{FitRow, NewDeed, Reader, Store};
use training_data::{TrainingData, training_data, within};

/// What to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FitRequest<'a> {
    /// The default of all decks.
    Default,
    /// The default of all decks, then each deck.
    All,
    /// This deck and the decks in it.
    Deck(&'a str),
}

/// A fit that was tried.
#[derive(Clone, Debug)]
pub struct FitAttempt {
    deck_id: Option<DeckId>,
    /// The deck's name; `all decks` for the default.
    pub name: String,
    /// Answers that could be learnt from.
    pub answers: usize,
    /// What came of it; `None` if there were too few answers.
    pub verdict: Option<AssessedFit>,
}

impl FitAttempt {
    /// Whether it is for one deck, not for the default of all.
    pub fn is_of_deck(&self) -> bool {
        self.deck_id.is_some()
    }

    /// The parameters to adopt, if there are any.
    pub fn adopted(&self) -> Option<&[f32]> {
        self.verdict.as_ref()?.parameters.as_deref()
    }
}

/// A fit of the past.
#[derive(Clone, Debug)]
pub struct PastFit {
    /// The deck's name; `None` for the default of all decks.
    pub deck: Option<String>,
    /// What was tried, and what became of it.
    pub fit: FitRow,
}

/// What a fit begins from.
struct Candidate {
    deck: Option<DeckId>,
    name: String,
    before: Fsrs6,
    /// Where the parameters before come from; `None` if nobody fitted them.
    origin: Option<FitOrigin>,
}

/// The fit that parameters come from.
#[derive(Clone, Copy)]
struct FitOrigin {
    /// The deck that it was for; `None` for the default of all decks.
    deck: Option<DeckId>,
    /// When, UTC milliseconds.
    at_ms: i64,
}

impl FitOrigin {
    /// The last of the fits that gave these parameters.
    fn of_parameters(parameters: Option<&[f32]>, fits: &[FitRow]) -> Option<Self> {
        let text = parameters_text(parameters?);
        let fit = fits.iter().find(|fit| fit.fitted.as_deref() == Some(&*text))?;
        Some(Self { deck: fit.deck, at_ms: fit.at_ms })
    }
}

/// Fits, and adopts what predicts better; with `dry_run`, only says what would be adopted.
pub(super) fn optimize(
    store: &mut Store,
    request: FitRequest<'_>,
    dry_run: bool,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<Vec<FitAttempt>> {
    let decks = Decks::load(store.reader())?;
    let settings = store.reader().default_settings()?;
    let apart: Vec<&DeckEntry> = match request {
        FitRequest::Deck(name) => vec![decks.exactly(name)?],
        FitRequest::All => decks.all().iter().collect(),
        FitRequest::Default => Vec::new(),
    };
    let all: Vec<&DeckEntry> = decks.all().iter().collect();
    let data = training_data(store.reader(), &all, watch)?;
    let fits = store.reader().fits()?;
    let mut tried: Vec<FitAttempt> = Vec::new();
    if !matches!(request, FitRequest::Deck(_)) {
        let before = Fsrs6::or_default(settings.parameters.as_deref());
        let origin = FitOrigin::of_parameters(settings.parameters.as_deref(), &fits);
        let candidate = Candidate { deck: None, name: "all decks".into(), before, origin };
        tried.push(attempt(candidate, &data, &data.histories, watch)?);
    }
    let default = tried.first().and_then(FitAttempt::adopted).map(<[f32]>::to_vec);
    for entry in apart {
        // A deck that follows the default is held against what the default has just become.
        let adopted = default.as_deref().filter(|_| entry.settings.parameters == settings.parameters);
        let origin =
            FitOrigin::of_parameters(entry.settings.parameters.as_deref().filter(|_| adopted.is_none()), &fits);
        let before = Fsrs6::or_default(Some(adopted.unwrap_or(entry.replayer.model.parameters())));
        let candidate = Candidate { deck: Some(entry.deck.id), name: entry.deck.name.clone(), before, origin };
        let histories = within(&data.histories, &decks, &entry.deck.name);
        tried.push(attempt(candidate, &data, &histories, watch)?);
    }
    if !dry_run {
        keep(store, &decks, &tried, true, present, watch)?;
    }
    Ok(tried)
}

/// The fits so far, the last one first; of one deck if it is named.
pub(super) fn past_fits(reader: Reader<'_>, deck: Option<&str>) -> Result<Vec<PastFit>> {
    let decks = Decks::load(reader)?;
    let wanted = deck.map(|name| decks.exactly(name)).transpose()?.map(|entry| entry.deck.id);
    let fits = reader.fits()?.into_iter().filter(|fit| deck.is_none() || fit.deck == wanted);
    fits.map(|fit| {
        let deck = fit.deck.map(|deck| decks.entry(deck)).transpose()?.map(|entry| entry.deck.name.clone());
        Ok(PastFit { deck, fit })
    })
    .collect()
}

fn attempt(
    candidate: Candidate,
    data: &TrainingData,
    histories: &[History],
    watch: &mut Watch<'_>,
) -> Result<FitAttempt> {
    let Candidate { deck, name, before, origin } = candidate;
    let own = origin.filter(|origin| origin.deck == deck);
    let fitted_to = own.map(|origin| FitExtent { until: data.place_after(origin.at_ms), now: data.end() });
    let work = format!("fitting {name}");
    let mut go_on = |done: usize, all: usize| watch(Progress { work: &work, done: done as u64, all: all as u64 });
    let found = consider_against(People::all(), histories, &Incumbent { model: &before, fitted_to }, &mut go_on);
    let (answers, verdict) = match found {
        Ok(verdict) => (verdict.answers, Some(verdict)),
        Err(NoFit::TooFew) => (histories.iter().map(|history| history.predicted().count()).sum(), None),
        Err(NoFit::Stopped) => return Err(stopped()),
        Err(NoFit::Failed) => {
            return Err(Error::fault(format!("the fit for {name} found no usable parameters"))
                .hint("nothing was changed; please report this"));
        }
    };
    Ok(FitAttempt { deck_id: deck, name, answers, verdict })
}

/// Keeps what became of the fits; adopted parameters and the memory that follows from them in the same transaction.
fn keep(
    store: &mut Store,
    decks: &Decks,
    tried: &[FitAttempt],
    asked_for: bool,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<()> {
    let now_ms = present.now.utc_ms;
    let mut writer = store.writer()?;
    writer.begin_deed(NewDeed::new(DeedKind::Fit, present.now))?;
    let names = tried.iter().map(|attempt| attempt.name.as_str()).collect::<Vec<_>>().join(", ");
    // A fit that comes by itself is taken back in its turn, or it would bar the way to what was done before.
    writer.entitle(if asked_for { names } else { format!("{names}, by itself") });
    let before = Decks::load(writer.reader())?;
    let same =
        |entry: &DeckEntry| decks.all().iter().any(|old| old.deck == entry.deck && old.settings == entry.settings);
    if !before.all().iter().all(same) {
        return Err(Error::person("decks or settings were changed while the fit was running")
            .hint("nothing was changed; run `retain optimize` again"));
    }
    let log_answers = writer.reader().review_count()?;
    for FitAttempt { deck_id, verdict, .. } in tried {
        let Some(verdict) = verdict else { continue };
        let fitted = verdict.parameters.as_deref().map(parameters_text);
        let row = FitRow {
            id: 0,
            at_ms: now_ms,
            deck: *deck_id,
            answers: verdict.answers as u64,
            log_answers,
            held_out: verdict.held_out as u64,
            loss_before: verdict.loss_before,
            loss_default: verdict.loss_default,
            loss_fitted: verdict.loss_fitted,
            gain: verdict.gain,
            gain_error: verdict.error,
            before: writer.reader().own_parameters(*deck_id)?,
            fitted: fitted.clone(),
            answering: Some(answering_text(&verdict.answering)),
            answering_before: writer.reader().own_answering(*deck_id)?,
            reverted_ms: None,
        };
        writer.add_fit(&row)?;
        let evidence = evidence(&row);
        if let Some(fitted) = fitted {
            writer.put_parameters(*deck_id, Some(&fitted), now_ms, &evidence)?;
        }
        writer.put_answering(*deck_id, row.answering.as_deref(), now_ms, &evidence)?;
    }
    remake_changed(&mut writer, &before, watch)?;
    writer.commit()
}

/// Why a setting has the value of a fit, in words.
fn evidence(fit: &FitRow) -> String {
    format!(
        "fitted to {}: log loss {:.4} instead of {:.4} on the last {}",
        count(fit.answers, "answer"),
        fit.loss_fitted,
        fit.loss_before,
        fit.held_out
    )
}

/// Parameters as the setting writes them, which reads back to the same bits.
fn parameters_text(parameters: &[f32]) -> String {
    parameters.iter().map(f32::to_string).collect::<Vec<_>>().join(", ")
}

/// How somebody answers, as the setting writes it: to four places, which is more than answers tell.
fn answering_text(answering: &Answering) -> String {
    let Answering { prior_knowledge, luck, owns_up, false_alarm, slip, rates_luck } = *answering;
    let numbers = [prior_knowledge, luck, owns_up, false_alarm, slip, rates_luck];
    numbers.map(|number| ((number * 1e4).round() / 1e4).to_string()).join(", ")
}
