//! What a fit came to, in words and as JSON Lines.

use serde::Serialize;

use super::Tried;
use crate::command::Context;
use crate::command::decks::Decks;
use crate::error::{Done, Error, Result};
use crate::memory::{Answering, FEWEST_ITEMS};
use crate::model::Moment;
use crate::store::FitRow;
use crate::ui::words;

/// Losses in nats.
#[derive(Serialize)]
struct Losses {
    before: f64,
    defaults: f64,
    fitted: f64,
}

/// How the person answers, as the fit learnt it.
#[derive(Serialize)]
struct Answers {
    prior_knowledge: f64,
    luck: f64,
    owns_up: f64,
    false_alarm: f64,
    slip: f64,
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    deck: Option<&'a str>,
    at: Option<String>,
    answers: u64,
    held_out: u64,
    log_loss: Option<Losses>,
    gain: Option<f64>,
    gain_error: Option<f64>,
    /// Whether others stood in for the parameters before, which had seen the answers that judge.
    stand_in: Option<bool>,
    /// How much of the way from the published parameters to the most likely ones, 0–1.
    share: Option<f64>,
    /// How the person answers.
    answering: Option<Answers>,
    adopted: bool,
    reverted: Option<bool>,
    parameters: Option<Vec<f32>>,
}

/// Tells what became of the fits.
pub(super) fn print(context: &Context, tried: &[Tried], json: bool, dry_run: bool) -> Result<()> {
    if json {
        return context.print(&tried.iter().map(|tried| json_line(&line(tried))).collect::<Result<String>>()?);
    }
    let mut text = String::new();
    for tried in tried {
        text += &words_of(tried, dry_run);
    }
    if tried.iter().any(|tried| tried.adopted().is_some()) {
        text += if dry_run {
            "nothing was changed\n"
        } else {
            "memory was remade from the log; due dates stay as they were promised\n\
             hint: `retain reschedule` moves them to where the new parameters see them; `retain optimize --revert` goes back\n"
        };
    }
    context.print(&text)
}

fn line(tried: &Tried) -> Line<'_> {
    let verdict = tried.verdict.as_ref().ok();
    Line {
        r#type: "fit",
        deck: tried.scope.deck.map(|_| tried.scope.name.as_str()),
        at: None,
        answers: match &tried.verdict {
            Ok(verdict) => verdict.answers as u64,
            Err(answers) => *answers as u64,
        },
        held_out: verdict.map_or(0, |verdict| verdict.held_out as u64),
        log_loss: verdict.map(|verdict| Losses {
            before: verdict.loss_before,
            defaults: verdict.loss_default,
            fitted: verdict.loss_fitted,
        }),
        gain: verdict.map(|verdict| verdict.gain),
        gain_error: verdict.map(|verdict| verdict.error),
        stand_in: verdict.map(|verdict| verdict.stood_in),
        share: verdict.map(|verdict| verdict.share),
        answering: verdict.map(|verdict| {
            let Answering { prior_knowledge, luck, owns_up, false_alarm, slip, .. } = verdict.answering;
            Answers { prior_knowledge, luck, owns_up, false_alarm, slip }
        }),
        adopted: tried.adopted().is_some(),
        reverted: None,
        parameters: tried.adopted().map(<[f32]>::to_vec),
    }
}

fn words_of(tried: &Tried, dry_run: bool) -> String {
    let name = &tried.scope.name;
    let verdict = match &tried.verdict {
        Ok(verdict) => verdict,
        Err(answers) => {
            return format!(
                "{name}: {} to learn from, too few for a fit (it takes {FEWEST_ITEMS} in the first 80 %, a day or more after \
                 the answer before); the parameters stay\n",
                words::count(*answers as u64, "answer")
            );
        }
    };
    let decision = match (&verdict.parameters, dry_run) {
        (Some(_), false) => format!("adopted: {}", way(verdict.share)),
        (Some(_), true) => format!("it would be adopted: {}", way(verdict.share)),
        (None, _) if verdict.worse => {
            "not adopted: it predicts worse what it had not seen, beyond chance; the parameters stay".into()
        }
        (None, _) if verdict.share > 0.0 => "nothing to adopt: these are the parameters in use".into(),
        (None, _) => "not adopted: no step away from the published parameters is safe yet; the parameters stay".into(),
    };
    let stand_in = if verdict.stood_in {
        "  (before: the parameters in use have seen these answers, so the same fit to earlier ones stands in for them)\n"
    } else {
        ""
    };
    format!(
        "{name}: fitted to {}, judged on the last {}\n  log loss {:.4} with the fit, {:.4} before, {:.4} with the defaults \
         (gain {:+.4} ± {:.4})\n{stand_in}  {decision}\n",
        words::count(verdict.answers as u64, "answer"),
        verdict.held_out,
        verdict.loss_fitted,
        verdict.loss_before,
        verdict.loss_default,
        verdict.gain,
        verdict.error,
    )
}

/// How far a fit goes, in words.
fn way(share: f64) -> String {
    match share {
        share if share >= 1.0 => "the parameters that your answers make most likely".into(),
        share => format!(
            "{:.0} % of the way from the published parameters to those that your answers make most likely, as far as that is safe",
            100.0 * share
        ),
    }
}

/// Why a setting has the value of a fit, in words.
pub(super) fn evidence(fit: &FitRow) -> String {
    format!(
        "fitted to {}: log loss {:.4} instead of {:.4} on the last {}",
        words::count(fit.answers, "answer"),
        fit.loss_fitted,
        fit.loss_before,
        fit.held_out
    )
}

/// Shows the fits so far, the last one first; of one deck where `deck` names it.
pub(super) fn history(context: &Context, deck: Option<&str>, json: bool) -> Result<Done> {
    let store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let wanted = deck.map(|name| decks.exactly(name)).transpose()?.map(|entry| entry.deck.id);
    let offset_minutes = context.clock.now().offset_minutes;
    let mut text = String::new();
    for fit in store.reader().fits()? {
        if deck.is_some() && fit.deck != wanted {
            continue;
        }
        let name = fit.deck.map(|deck| decks.of(deck)).transpose()?.map(|entry| entry.deck.name.as_str());
        let at = Moment { utc_ms: fit.at_ms, offset_minutes };
        text += &if json { json_line(&past(&fit, name, at))? } else { past_words(&fit, name, at) };
    }
    if text.is_empty() && !json {
        context.talk("no fit was tried yet\nhint: run `retain optimize`")?;
    }
    context.print(&text)?;
    Ok(Done::Whole)
}

fn past<'a>(fit: &FitRow, name: Option<&'a str>, at: Moment) -> Line<'a> {
    let numbers = |text: &String| text.split(", ").filter_map(|number| number.parse().ok()).collect();
    Line {
        r#type: "fit",
        deck: name,
        at: Some(at.rfc3339()),
        answers: fit.answers,
        held_out: fit.held_out,
        log_loss: Some(Losses { before: fit.loss_before, defaults: fit.loss_default, fitted: fit.loss_fitted }),
        gain: Some(fit.gain),
        gain_error: Some(fit.gain_error),
        stand_in: None,
        share: None,
        answering: fit.answering.as_deref().and_then(|text| {
            let numbers: Vec<f64> = text.split(", ").filter_map(|number| number.parse().ok()).collect();
            let [prior_knowledge, luck, owns_up, false_alarm, slip, _] = numbers[..] else { return None };
            Some(Answers { prior_knowledge, luck, owns_up, false_alarm, slip })
        }),
        adopted: fit.fitted.is_some(),
        reverted: Some(fit.reverted_ms.is_some()),
        parameters: fit.fitted.as_ref().map(numbers),
    }
}

fn past_words(fit: &FitRow, name: Option<&str>, at: Moment) -> String {
    let became = match (&fit.fitted, fit.reverted_ms.is_some()) {
        (Some(_), true) => "adopted, then taken back",
        (Some(_), false) => "adopted",
        (None, true) => "parameters stayed, how you answer taken back",
        (None, false) => "parameters stayed, how you answer learnt",
    };
    format!(
        "{}  {}: {became}; {}, log loss {:.4} with the fit, {:.4} before, {:.4} with the defaults (gain {:+.4} ± {:.4})\n",
        at.date_time().map_or_else(String::new, |time| time.format("%Y-%m-%d").to_string()),
        name.unwrap_or("all decks"),
        words::count(fit.answers, "answer"),
        fit.loss_fitted,
        fit.loss_before,
        fit.loss_default,
        fit.gain,
        fit.gain_error,
    )
}

fn json_line(line: &Line<'_>) -> Result<String> {
    serde_json::to_string(line)
        .map(|line| line + "\n")
        .map_err(|error| Error::fault(format!("cannot write JSON: {error}")))
}
