//! `retain optimize`: fits the parameters of the memory model to the answers, and adopts what predicts better.

mod auto;
mod report;
mod revert;
mod suggest;

use clap::Args as Arguments;

use super::Context;
use super::decks::{DeckEntry, Decks};
use super::histories::{self, Past};
use super::interrupt::{Interrupt, stopped};
use super::rebuild::remake_changed;
use crate::error::{Done, Error, Result};
use crate::memory::{Answering, Fsrs6, History, Incumbent, Model, NoFit, People, Seen, Verdict, consider_against};
use crate::model::DeckId;
use crate::store::{FitRow, Store};
use crate::ui::progress;

pub(super) use auto::at_the_start_of_a_day;
pub(super) use suggest::suggestion;

/// Fit the model of memory to your answers, where that predicts better.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Give this deck (and the decks in it) parameters of its own, where they predict better than those it has
    #[arg(conflicts_with = "all")]
    deck: Option<String>,
    /// Fit the default of all decks, then each deck
    #[arg(long)]
    all: bool,
    /// Say what would be adopted, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Go back to the parameters before the last fit that was adopted
    #[arg(long, conflicts_with_all = ["all", "dry_run", "history"])]
    revert: bool,
    /// Show the fits so far, and what became of them
    #[arg(long, conflicts_with_all = ["all", "dry_run"])]
    history: bool,
    /// A line of JSON for each fit
    #[arg(long)]
    json: bool,
}

/// What a fit is for.
struct Scope {
    deck: Option<DeckId>,
    name: String,
    before: Fsrs6,
    /// Where the parameters before come from; none where nobody fitted them.
    origin: Option<Origin>,
}

/// The fit that parameters come from.
#[derive(Clone, Copy)]
struct Origin {
    /// The deck that it was for; none for the default of all decks.
    deck: Option<DeckId>,
    /// When, UTC milliseconds.
    at_ms: i64,
}

impl Origin {
    /// The last of the fits that gave these parameters.
    fn of(parameters: Option<&[f32]>, fits: &[FitRow]) -> Option<Self> {
        let text = parameters_text(parameters?);
        let fit = fits.iter().find(|fit| fit.fitted.as_deref() == Some(&*text))?;
        Some(Self { deck: fit.deck, at_ms: fit.at_ms })
    }
}

/// A fit that was tried.
struct Tried {
    scope: Scope,
    verdict: std::result::Result<Verdict, usize>,
}

/// Runs the command.
///
/// # Errors
/// When there is no such deck, somebody stops it, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.revert {
        return revert::run(context, args.deck.as_deref());
    }
    if args.history {
        return report::history(context, args.deck.as_deref(), args.json);
    }
    let interrupt = Interrupt::listen()?;
    let mut store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let settings = store.reader().default_settings()?;
    let apart: Vec<&DeckEntry> = match &args.deck {
        Some(name) => vec![decks.exactly(name)?],
        None if args.all => decks.all().iter().collect(),
        None => Vec::new(),
    };
    let all: Vec<&DeckEntry> = decks.all().iter().collect();
    let past = histories::read(context, store.reader(), &all, &interrupt)?;
    let fits = store.reader().fits()?;
    let mut tried: Vec<Tried> = Vec::new();
    if args.deck.is_none() {
        let before = Fsrs6::or_default(settings.parameters.as_deref());
        let origin = Origin::of(settings.parameters.as_deref(), &fits);
        let scope = Scope { deck: None, name: "all decks".into(), before, origin };
        tried.push(attempt(context, scope, &past, &past.histories, &interrupt)?);
    }
    let default = tried.first().and_then(Tried::adopted).map(<[f32]>::to_vec);
    for entry in apart {
        // A deck that follows the default is held against what the default has just become.
        let adopted = default.as_deref().filter(|_| entry.settings.parameters == settings.parameters);
        let origin = Origin::of(entry.settings.parameters.as_deref().filter(|_| adopted.is_none()), &fits);
        let before = Fsrs6::or_default(Some(adopted.unwrap_or(entry.replayer.model.parameters())));
        let scope = Scope { deck: Some(entry.deck.id), name: entry.deck.name.clone(), before, origin };
        let histories = histories::within(&past.histories, &decks, &entry.deck.name);
        tried.push(attempt(context, scope, &past, &histories, &interrupt)?);
    }
    interrupt.check()?;
    if !args.dry_run {
        keep(context, &mut store, &decks, &tried, &interrupt)?;
    }
    report::print(context, &tried, args.json, args.dry_run)?;
    Ok(Done::Whole)
}

impl Tried {
    /// The parameters to adopt, where there are such.
    fn adopted(&self) -> Option<&[f32]> {
        self.verdict.as_ref().ok()?.parameters.as_deref()
    }
}

fn attempt(
    context: &Context,
    scope: Scope,
    past: &Past,
    histories: &[History],
    interrupt: &Interrupt,
) -> Result<Tried> {
    let own = scope.origin.filter(|origin| origin.deck == scope.deck);
    let seen = own.map(|origin| Seen { until: past.place_after(origin.at_ms), now: past.now() });
    let bar = progress::bar(0, format!("fitting {}", scope.name), context.quiet);
    let mut watch = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
        !interrupt.asked()
    };
    let verdict =
        match consider_against(People::all(), histories, &Incumbent { model: &scope.before, seen }, &mut watch) {
            Ok(verdict) => Ok(verdict),
            Err(NoFit::TooFew) => Err(histories.iter().map(|history| history.predicted().count()).sum()),
            Err(NoFit::Stopped) => return Err(stopped()),
            Err(NoFit::Failed) => {
                return Err(Error::fault(format!("the fit for {} came to no usable parameters", scope.name))
                    .hint("nothing was changed; please report this"));
            }
        };
    bar.finish_and_clear();
    Ok(Tried { scope, verdict })
}

/// Keeps what became of the fits; adopted parameters and the memory that follows from them in the same transaction.
fn keep(context: &Context, store: &mut Store, decks: &Decks, tried: &[Tried], interrupt: &Interrupt) -> Result<()> {
    let now_ms = context.clock.now().utc_ms;
    let mut writer = store.writer()?;
    let before = Decks::read(writer.reader())?;
    let same =
        |entry: &DeckEntry| decks.all().iter().any(|old| old.deck == entry.deck && old.settings == entry.settings);
    if !before.all().iter().all(same) {
        return Err(Error::person("decks or settings were changed while the fit was running")
            .hint("nothing was changed; run `retain optimize` again"));
    }
    let log_answers = writer.reader().review_count()?;
    for Tried { scope, verdict } in tried {
        let Ok(verdict) = verdict else { continue };
        let fitted = verdict.parameters.as_deref().map(parameters_text);
        let row = FitRow {
            id: 0,
            at_ms: now_ms,
            deck: scope.deck,
            answers: verdict.answers as u64,
            log_answers,
            held_out: verdict.held_out as u64,
            loss_before: verdict.loss_before,
            loss_default: verdict.loss_default,
            loss_fitted: verdict.loss_fitted,
            gain: verdict.gain,
            gain_error: verdict.error,
            before: writer.reader().own_parameters(scope.deck)?,
            fitted: fitted.clone(),
            answering: Some(answering_text(&verdict.answering)),
            answering_before: writer.reader().own_answering(scope.deck)?,
            reverted_ms: None,
        };
        writer.add_fit(&row)?;
        let evidence = report::evidence(&row);
        if let Some(fitted) = fitted {
            writer.put_parameters(scope.deck, Some(&fitted), now_ms, &evidence)?;
        }
        writer.put_answering(scope.deck, row.answering.as_deref(), now_ms, &evidence)?;
    }
    remake_changed(&mut writer, &before, context.quiet, || interrupt.check())?;
    writer.commit()
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
