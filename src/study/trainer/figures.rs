//! Figures and tables, the memory model, and days in the future.

use super::Trainer;
use crate::error::Result;
use crate::model::StudyDay;
use crate::stats::overview::Overview;
use crate::store::BackupReason;
use crate::study::fit::{self, EvaluationFigures, FitAttempt, FitRequest, FitReverted, FitSuggestion, PastFit};
use crate::study::progress::Watch;
use crate::study::simulate::{self, CostByDay, DaysAhead, ExamPlan, RetentionCost, SimulationRequest};
use crate::study::survey::{self, Basis, StatsRequest};
use crate::study::tables::{self, RowSink, Table};
use crate::study::walked::KeepingRules;
use crate::study::work_ahead::{self, WorkAhead};

/// Figures and tables.
impl Trainer {
    /// All figures of the dashboard. Texts of questions are as they were written, with their markup.
    pub fn overview(&self, request: &StatsRequest<'_>) -> Result<Overview> {
        self.overview_keeping(request, KeepingRules::USUAL)
    }

    /// The same, where the walk over the log is kept as these rules say. They change how long it takes, and no figure.
    pub fn overview_keeping(&self, request: &StatsRequest<'_>, rules: KeepingRules) -> Result<Overview> {
        survey::overview(self.reader(), request, self.present()?, rules)
    }

    /// What this many days ask of a deck and the decks in it, or of all, as cards are scheduled now.
    pub fn work_ahead(&self, deck: Option<&str>, days: u32) -> Result<WorkAhead> {
        work_ahead::work_ahead(self.reader(), deck, days, self.present()?)
    }

    /// Gives the rows of a table, one after the other; [`Table::columns`] names their columns.
    pub fn export(&self, table: Table, request: &StatsRequest<'_>, rows: &mut RowSink<'_>) -> Result<()> {
        tables::export(&mut Basis::new(self.reader(), request, self.present()?)?, table, rows)
    }
}

/// The memory model, and days in the future.
impl Trainer {
    /// Fits the memory model, and adopts what predicts better; with `dry_run`, only says what would be adopted.
    pub fn optimize(
        &mut self,
        request: FitRequest<'_>,
        dry_run: bool,
        watch: &mut Watch<'_>,
    ) -> Result<Vec<FitAttempt>> {
        if !dry_run {
            self.announce(BackupReason::Fit);
        }
        let present = self.present()?;
        fit::optimize(&mut self.store, request, dry_run, present, watch)
    }

    /// Whether it is time to fit by itself: at the first use of a day, if answers have doubled and nobody said no.
    pub fn is_time_to_fit(&self) -> Result<bool> {
        fit::is_time_to_fit(self.reader(), self.present()?)
    }

    /// Fits the default of all decks; `None` if there are too few answers after all.
    pub fn fit_default(&mut self, watch: &mut Watch<'_>) -> Result<Option<FitAttempt>> {
        self.announce(BackupReason::Fit);
        let present = self.present()?;
        fit::fit_default(&mut self.store, present, watch)
    }

    /// Takes back the last fit that was adopted, of one deck if it is named.
    pub fn revert_fit(&mut self, deck: Option<&str>, watch: &mut Watch<'_>) -> Result<FitReverted> {
        self.announce(BackupReason::Fit);
        let present = self.present()?;
        fit::revert_fit(&mut self.store, deck, present, watch)
    }

    /// The fits so far, the last one first; of one deck if it is named.
    pub fn past_fits(&self, deck: Option<&str>) -> Result<Vec<PastFit>> {
        fit::past_fits(self.reader(), deck)
    }

    /// Whether to suggest a fit.
    pub fn fit_suggestion(&self) -> Result<Option<FitSuggestion>> {
        fit::suggestion(self.reader())
    }

    /// How well recall is predicted in a deck and the decks in it, or in all.
    pub fn evaluate(&self, deck: Option<&str>, watch: &mut Watch<'_>) -> Result<EvaluationFigures> {
        fit::evaluate_decks(self.reader(), deck, watch)
    }

    /// Simulates days in the future, once for each retention.
    pub fn simulate(&self, request: &SimulationRequest<'_>, watch: &mut Watch<'_>) -> Result<DaysAhead> {
        simulate::simulate(self.reader(), request, self.present()?, watch)
    }

    /// What each of several retentions costs and gives.
    pub fn compare_retentions(
        &self,
        request: &SimulationRequest<'_>,
        watch: &mut Watch<'_>,
    ) -> Result<Vec<RetentionCost>> {
        simulate::compare_retentions(self.reader(), request, self.present()?, watch)
    }

    /// What it costs to know everything by a day; with `wide`, over the range of retentions from which one is recommended.
    pub fn cost_by_day(
        &self,
        request: &SimulationRequest<'_>,
        day: StudyDay,
        wide: bool,
        watch: &mut Watch<'_>,
    ) -> Result<CostByDay> {
        simulate::cost_by_day(self.reader(), request, (day, wide), self.present()?, watch)
    }

    /// The ways to the exams of a deck and the decks in it, or of all, by day.
    pub fn exam_plans(&self, deck: Option<&str>, watch: &mut Watch<'_>) -> Result<Vec<ExamPlan>> {
        simulate::exam_plans(self.reader(), deck, self.present()?, watch)
    }
}
