//! Fits of the parameters: what was tried, the figures, and the value before.

use rusqlite::params;

use super::{Reader, Writer, fault};
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
    /// The deck that it was for; none for the default of all decks.
    pub deck: Option<DeckId>,
    /// Answers that it learnt from or was judged by.
    pub answers: u64,
    /// Answers that the log held.
    pub log_answers: u64,
    /// Answers that judged.
    pub held_out: u64,
    /// Log loss at these, in nats: under the parameters before, the defaults, and the fit to the answers before them.
    pub loss_before: f64,
    /// Under the defaults.
    pub loss_default: f64,
    /// Under the fit.
    pub loss_fitted: f64,
    /// The mean gain over the parameters before, in nats, and its standard error.
    pub gain: f64,
    /// The standard error of the gain.
    pub gain_error: f64,
    /// The parameters before, as the setting writes them; none where the deck had none of its own.
    pub before: Option<String>,
    /// The parameters that were adopted; none where the fit did not predict better.
    pub fitted: Option<String>,
    /// How the person answers, as the fit learnt it; none where it was kept as it was.
    pub answering: Option<String>,
    /// The same before, as the setting writes it; none where there was none of its own.
    pub answering_before: Option<String>,
    /// When it was taken back, UTC milliseconds; none where it was not.
    pub reverted_ms: Option<i64>,
}

impl Reader<'_> {
    /// All fits, the last one first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn fits(&self) -> Result<Vec<FitRow>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select id, at_ms, deck, answers, log_answers, held_out, loss_before, loss_default, loss_fitted, gain,
                 gain_error, before, fitted, reverted_ms, answering, answering_before from fit order by id desc",
            )
            .map_err(fault::of)?;
        let rows = statement
            .query_map([], |row| {
                Ok(FitRow {
                    id: row.get(0)?,
                    at_ms: row.get(1)?,
                    deck: row.get::<_, Option<i64>>(2)?.map(DeckId),
                    answers: row.get::<_, i64>(3)?.unsigned_abs(),
                    log_answers: row.get::<_, i64>(4)?.unsigned_abs(),
                    held_out: row.get::<_, i64>(5)?.unsigned_abs(),
                    loss_before: row.get(6)?,
                    loss_default: row.get(7)?,
                    loss_fitted: row.get(8)?,
                    gain: row.get(9)?,
                    gain_error: row.get(10)?,
                    before: row.get(11)?,
                    fitted: row.get(12)?,
                    reverted_ms: row.get(13)?,
                    answering: row.get(14)?,
                    answering_before: row.get(15)?,
                })
            })
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The parameters that a deck (or, where it is none, the default) has of its own, as the setting writes them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn own_parameters(&self, deck: Option<DeckId>) -> Result<Option<String>> {
        self.own(deck, PARAMETERS)
    }

    /// How the person answers, as a deck (or, where it is none, the default) has it of its own.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn own_answering(&self, deck: Option<DeckId>) -> Result<Option<String>> {
        self.own(deck, ANSWERING)
    }

    fn own(&self, deck: Option<DeckId>, key: &str) -> Result<Option<String>> {
        let rows = self.setting_rows(deck.into())?;
        Ok(rows.into_iter().find(|row| row.key == key).map(|row| row.value))
    }
}

impl Writer<'_> {
    /// Keeps what became of a fit. Its number is given here.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_fit(&mut self, fit: &FitRow) -> Result<()> {
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.transaction
            .execute(
                "insert into fit (at_ms, deck, answers, log_answers, held_out, loss_before, loss_default, loss_fitted, gain,
                 gain_error, before, fitted, answering, answering_before) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                params![
                    fit.at_ms,
                    fit.deck.map(|deck| deck.0),
                    whole(fit.answers),
                    whole(fit.log_answers),
                    whole(fit.held_out),
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
            .map_err(fault::of)?;
        Ok(())
    }

    /// Marks a fit as taken back.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn mark_fit_reverted(&mut self, fit: i64, now_ms: i64) -> Result<()> {
        self.transaction
            .execute("update fit set reverted_ms = ? where id = ?", params![now_ms, fit])
            .map_err(fault::of)?;
        Ok(())
    }

    /// Sets the parameters of a deck or the default, or (where `text` is none) lets the deck have none of its own.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put_parameters(
        &mut self,
        deck: Option<DeckId>,
        text: Option<&str>,
        now_ms: i64,
        evidence: &str,
    ) -> Result<()> {
        self.put(deck, PARAMETERS, text, now_ms, evidence)
    }

    /// Sets how the person answers in a deck or by default, or (where `text` is none) lets the deck have nothing of its own.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put_answering(
        &mut self,
        deck: Option<DeckId>,
        text: Option<&str>,
        now_ms: i64,
        evidence: &str,
    ) -> Result<()> {
        self.put(deck, ANSWERING, text, now_ms, evidence)
    }

    fn put(&mut self, deck: Option<DeckId>, key: &str, text: Option<&str>, now_ms: i64, evidence: &str) -> Result<()> {
        match text {
            Some(text) => self.set(deck, key, text, now_ms, evidence),
            None => self.unset(deck, key).map(|_| ()),
        }
    }
}
