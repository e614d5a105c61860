//! What fits came to, in words and as JSON Lines.

use serde::Serialize;

use super::{json_line, words};
use crate::error::Result;
use crate::model::Moment;
use crate::study::{FEWEST_ITEMS, FitAttempt, FitReverted, FitSuggestion, NowInUse, PastFit};

/// Losses in nats.
#[derive(Serialize)]
struct FitLosses {
    before: f64,
    defaults: f64,
    fitted: f64,
}

/// How the person answers, as the fit learnt it.
#[derive(Serialize)]
struct LearntAnswering {
    prior_knowledge: f64,
    luck: f64,
    owns_up: f64,
    false_alarm: f64,
    slip: f64,
}

#[derive(Serialize)]
struct FitLine<'a> {
    r#type: &'static str,
    deck: Option<&'a str>,
    at: Option<String>,
    answers: u64,
    held_out: u64,
    log_loss: Option<FitLosses>,
    gain: Option<f64>,
    gain_error: Option<f64>,
    /// Whether others stood in for the parameters before, which had seen the answers that judge.
    stand_in: Option<bool>,
    /// How much of the way from the published parameters to the most likely ones, 0–1.
    share: Option<f64>,
    answering: Option<LearntAnswering>,
    adopted: bool,
    reverted: Option<bool>,
    parameters: Option<Vec<f32>>,
}

/// Fits as JSON Lines.
pub fn json(tried: &[FitAttempt]) -> Result<String> {
    tried.iter().map(|attempt| json_line(&line(attempt))).collect()
}

/// Fits for people.
pub fn text(tried: &[FitAttempt], dry_run: bool) -> String {
    let mut text: String = tried.iter().map(|attempt| words_of(attempt, dry_run)).collect();
    if tried.iter().any(|attempt| attempt.adopted().is_some()) {
        text += if dry_run {
            "nothing was changed\n"
        } else {
            "the schedule was rebuilt from the log; due dates did not change\n\
             hint: `retain reschedule` moves them to where the new parameters see them; `retain optimize --revert` goes back\n"
        };
    }
    text
}

/// A fit that came by itself, in a line.
pub fn automatic(attempt: &FitAttempt, answers: u64) -> String {
    let what = match attempt.adopted() {
        Some(_) => "the model of memory was fitted to",
        None => "how you answer was learnt, and the model of memory stays as it was, from",
    };
    format!("{what} your {}; `retain optimize --revert` goes back", words::count(answers, "answer"))
}

/// A hint to fit the parameters.
pub fn suggestion(suggestion: FitSuggestion) -> String {
    match suggestion {
        FitSuggestion::First(answers) => {
            format!("hint: with {answers} answers, `retain optimize` can fit the model of memory to you")
        }
        FitSuggestion::Doubled => {
            "hint: answers have doubled since the last fit: `retain optimize` may predict you better now".into()
        }
    }
}

/// That a fit was taken back.
pub fn reverted(reverted: &FitReverted) -> String {
    let now = match reverted.now {
        NowInUse::AnsweringBefore => "how you answer is what it was before the fit",
        NowInUse::ParametersBefore => "the parameters are those before the fit again",
        NowInUse::NoneOfItsOwn => "no parameters of its own again",
    };
    format!("{}: {now}; due dates stay as they were promised", reverted.name)
}

/// The fits so far, as JSON Lines or for people; `offset_minutes` is that of the place.
pub fn history(fits: &[PastFit], json: bool, offset_minutes: i32) -> Result<String> {
    fits.iter()
        .map(|fit| if json { json_line(&past(fit, offset_minutes)) } else { Ok(past_words(fit, offset_minutes)) })
        .collect()
}

fn line(attempt: &FitAttempt) -> FitLine<'_> {
    let verdict = attempt.verdict.as_ref();
    FitLine {
        r#type: "fit",
        deck: attempt.is_of_deck().then_some(attempt.name.as_str()),
        at: None,
        answers: attempt.answers as u64,
        held_out: verdict.map_or(0, |verdict| verdict.held_out as u64),
        log_loss: verdict.map(|verdict| FitLosses {
            before: verdict.loss_before,
            defaults: verdict.loss_default,
            fitted: verdict.loss_fitted,
        }),
        gain: verdict.map(|verdict| verdict.gain),
        gain_error: verdict.map(|verdict| verdict.error),
        stand_in: verdict.map(|verdict| verdict.stood_in),
        share: verdict.map(|verdict| verdict.share),
        answering: verdict.map(|verdict| LearntAnswering {
            prior_knowledge: verdict.answering.prior_knowledge,
            luck: verdict.answering.luck,
            owns_up: verdict.answering.owns_up,
            false_alarm: verdict.answering.false_alarm,
            slip: verdict.answering.slip,
        }),
        adopted: attempt.adopted().is_some(),
        reverted: None,
        parameters: attempt.adopted().map(<[f32]>::to_vec),
    }
}

fn words_of(attempt: &FitAttempt, dry_run: bool) -> String {
    let name = &attempt.name;
    let Some(verdict) = &attempt.verdict else {
        return format!(
            "{name}: {} to learn from, too few for a fit (it takes {FEWEST_ITEMS} in the first 80 %, a day or more after \
             the answer before); the parameters stay\n",
            words::count(attempt.answers as u64, "answer")
        );
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

fn past(past: &PastFit, offset_minutes: i32) -> FitLine<'_> {
    let fit = &past.fit;
    let numbers = |text: &String| text.split(", ").filter_map(|number| number.parse().ok()).collect();
    FitLine {
        r#type: "fit",
        deck: past.deck.as_deref(),
        at: Some(Moment { utc_ms: fit.at_ms, offset_minutes }.rfc3339()),
        answers: fit.answers,
        held_out: fit.held_out,
        log_loss: Some(FitLosses { before: fit.loss_before, defaults: fit.loss_default, fitted: fit.loss_fitted }),
        gain: Some(fit.gain),
        gain_error: Some(fit.gain_error),
        stand_in: None,
        share: None,
        answering: fit.answering.as_deref().and_then(|text| {
            let numbers: Vec<f64> = text.split(", ").filter_map(|number| number.parse().ok()).collect();
            let [prior_knowledge, luck, owns_up, false_alarm, slip, _] = numbers[..] else { return None };
            Some(LearntAnswering { prior_knowledge, luck, owns_up, false_alarm, slip })
        }),
        adopted: fit.fitted.is_some(),
        reverted: Some(fit.reverted_ms.is_some()),
        parameters: fit.fitted.as_ref().map(numbers),
    }
}

fn past_words(past: &PastFit, offset_minutes: i32) -> String {
    let fit = &past.fit;
    let at = Moment { utc_ms: fit.at_ms, offset_minutes };
    let became = match (&fit.fitted, fit.reverted_ms.is_some()) {
        (Some(_), true) => "adopted, then taken back",
        (Some(_), false) => "adopted",
        (None, true) => "parameters stayed, how you answer taken back",
        (None, false) => "parameters stayed, how you answer learnt",
    };
    format!(
        "{}  {}: {became}; {}, log loss {:.4} with the fit, {:.4} before, {:.4} with the defaults (gain {:+.4} ± {:.4})\n",
        at.date_time().map_or_else(String::new, |time| time.format("%Y-%m-%d").to_string()),
        past.deck.as_deref().unwrap_or("all decks"),
        words::count(fit.answers, "answer"),
        fit.loss_fitted,
        fit.loss_before,
        fit.loss_default,
        fit.gain,
        fit.gain_error,
    )
}
