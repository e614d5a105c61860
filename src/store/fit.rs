//! Fits of the parameters: what was tried, the figures, and the value before.

use rusqlite::{Row, params};

use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::DeckId;

/// The settings that a fit sets.
const PARAMETERS: &str = "parameters";
const ANSWERING: &str = "answering";

/// A fit that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct FitRow {
    /// Its number.
    pub id: i64,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// The deck that it was for; `None` for the default of all decks.
    pub deck: Option<DeckId>,
    /// How many answers it learned from or was judged by.
    pub answers: u64,
    /// How many answers the log held.
    pub log_answers: u64,
    /// How many answers it was judged by.
    pub held_out: u64,
    /// Log loss at these under the parameters before, in nats.
    pub loss_before: f64,
    /// Log loss under the defaults, in nats.
    pub loss_default: f64,
    /// Log loss under a fit to the answers before them, in nats.
    pub loss_fitted: f64,
    /// The mean gain over the parameters before, in nats.
    pub gain: f64,
    /// The standard error of the gain, in nats.
    pub gain_error: f64,
    /// The parameters before, as the setting writes them; `None` if the deck had none of its own.
    pub before: Option<String>,
    /// The parameters that were adopted; `None` if the fit did not predict better.
    pub fitted: Option<String>,
    /// How the person answers, as the fit learned it; `None` if it stayed as it was.
    pub answering: Option<String>,
    /// The same before, as the setting writes it; `None` if the deck had none of its own.
    pub answering_before: Option<String>,
    /// When it was taken back, UTC milliseconds; `None` if it was not.
    pub reverted_ms: Option<i64>,
}

impl FromRow for FitRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let count = |column| row.get(column).map(i64::unsigned_abs);
        Ok(Self {
            id: row.get("id")?,
            at_ms: row.get("at_ms")?,
            deck: row.get("deck")?,
            answers: count("answers")?,
            log_answers: count("log_answers")?,
            held_out: count("held_out")?,
            loss_before: row.get("loss_before")?,
            loss_default: row.get("loss_default")?,
            loss_fitted: row.get("loss_fitted")?,
            gain: row.get("gain")?,
            gain_error: row.get("gain_error")?,
            before: row.get("before")?,
            fitted: row.get("fitted")?,
            answering: row.get("answering")?,
            answering_before: row.get("answering_before")?,
            reverted_ms: row.get("reverted_ms")?,
        })
    }
}

impl Reader<'_> {
    /// All fits, the last one first.
    pub fn fits(&self) -> Result<Vec<FitRow>> {
        self.all("select * from fit order by id desc", [])
    }

    /// The parameters that a deck (or, if it is `None`, the default) has of its own, as the setting writes them.
    pub fn own_parameters(&self, deck: Option<DeckId>) -> Result<Option<String>> {
        self.own_setting(deck, PARAMETERS)
    }

    /// How the person answers, as a deck (or, if it is `None`, the default) has it of its own.
    pub fn own_answering(&self, deck: Option<DeckId>) -> Result<Option<String>> {
        self.own_setting(deck, ANSWERING)
    }

    fn own_setting(&self, deck: Option<DeckId>, key: &str) -> Result<Option<String>> {
        let rows = self.setting_rows(deck.into())?;
        Ok(rows.into_iter().find(|row| row.key == key).map(|row| row.value))
    }
}

impl Writer<'_> {
    /// Keeps the outcome of a fit. Its number is given here.
    pub fn add_fit(&mut self, fit: &FitRow) -> Result<()> {
        let [answers, log_answers, held_out] = [fit.answers, fit.log_answers, fit.held_out].map(u64::cast_signed);
        self.run(
            "insert into fit (at_ms, deck, answers, log_answers, held_out, loss_before, loss_default, loss_fitted, gain,
             gain_error, before, fitted, answering, answering_before) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            params![
                fit.at_ms,
                fit.deck,
                answers,
                log_answers,
                held_out,
                fit.loss_before,
                fit.loss_default,
                fit.loss_fitted,
                fit.gain,
                fit.gain_error,
                fit.before,
                fit.fitted,
                fit.answering,
                fit.answering_before,
            ],
        )
    }

    /// Marks a fit as taken back.
    pub fn mark_fit_reverted(&mut self, fit: i64, now_ms: i64) -> Result<()> {
        self.run("update fit set reverted_ms = ? where id = ?", params![now_ms, fit])
    }

    /// Sets the parameters of a deck or the default, or removes them if `text` is `None`.
    pub fn put_parameters(
        &mut self,
        deck: Option<DeckId>,
        text: Option<&str>,
        now_ms: i64,
        evidence: &str,
    ) -> Result<()> {
        self.put_own(deck, PARAMETERS, text, now_ms, evidence)
    }

    /// Sets how the person answers in a deck or by default, or removes it if `text` is `None`.
    pub fn put_answering(
        &mut self,
        deck: Option<DeckId>,
        text: Option<&str>,
        now_ms: i64,
        evidence: &str,
    ) -> Result<()> {
        self.put_own(deck, ANSWERING, text, now_ms, evidence)
    }

    fn put_own(
        &mut self,
        deck: Option<DeckId>,
        key: &str,
        text: Option<&str>,
        now_ms: i64,
        evidence: &str,
    ) -> Result<()> {
        match text {
            Some(text) => self.set(deck, key, text, now_ms, evidence).map(|_| ()),
            None => self.unset(deck, key).map(|_| ()),
        }
    }
}
