//! The database as a whole: its health, its backups, and what is erased.

use std::path::{Path, PathBuf};

use super::Trainer;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::store::{BackupPolicy, BackupReason, Store, UnusableSetting, backups_to_go_back_to, salvage_hint};
use crate::study::answer_intake::{self, TakenInAnswers};
use crate::study::backup::{self, Keeper, ListedBackup, RestorePlan, Restored, WhichBackup};
use crate::study::check::{self, CheckPlaces, Finding, Health, Mended, Remedy};
use crate::study::everything::{self, AcceptFlaws, EverythingExported, EverythingImported, PeoplesTable};
use crate::study::import::{Batch, ImportOptions};
use crate::study::intake_rules::{IntakeConsent, IntakeRules};
use crate::study::progress::Watch;
use crate::study::purge::{self, Purge};
use crate::study::rebuild;

/// A change of more cards than this is a large one.
const MANY: usize = 100;

/// The database itself.
impl Trainer {
    /// Whether the database is sound, and memory agrees with the log.
    pub fn check(&self) -> Result<Health> {
        let places = CheckPlaces { database: self.path(), media: &self.media_folder(), backups: &self.policy() };
        check::check(self.reader(), &places, self.now())
    }

    /// Whether all that a backup holds is here, too: it may give way to a new one.
    pub fn holds_backup(&self, backup: &Path) -> bool {
        self.reader().holds_backup(backup)
    }

    /// What is wrong with the rows, in words: quicker than a whole check. None if that cannot be told.
    pub fn flaws(&self) -> Vec<String> {
        check::flaws(self.reader()).unwrap_or_default()
    }

    /// The first trace of answers that are gone or were changed; `None` if there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn loss_to_hide(&self) -> Result<Option<Finding>> {
        let traces = |finding: &Finding| matches!(finding.remedy, Remedy::Undecided | Remedy::Seal | Remedy::Misdated);
        Ok(self.check()?.problems.into_iter().find(traces))
    }

    /// Fails if the schedule may be the only trace of answers that are gone: made again, it would hide them.
    ///
    /// # Errors
    /// Also when the database cannot be read.
    pub fn refuse_to_hide_loss(&self) -> Result<()> {
        let Some(first) = self.loss_to_hide()? else { return Ok(()) };
        Err(Error::person(format!("the schedule was not made again, because that could hide a loss: {}", first.what))
            .named("log-not-as-sealed")
            .hint(first.remedy.hint())
            .hint("`retain rebuild --yes` makes it follow the log as it is, and keeps a copy of the database before"))
    }

    /// What is wrong with a database that could not be opened with this failure; the failure, if there is nothing else to say.
    pub fn check_unopened(path: &Path, error: Error) -> Result<Health> {
        check::check_unopened(path, error)
    }

    /// Puts right what needs no guess.
    pub fn mend(&mut self, watch: &mut Watch<'_>) -> Result<Mended> {
        let (database, now) = (self.path().to_path_buf(), self.now());
        let places = CheckPlaces { database: &database, media: &self.media_folder(), backups: &self.policy() };
        check::mend(&mut self.store, &places, now, watch)
    }

    /// Puts the schema of a database right that cannot be opened because of it. A copy is kept before: where it is, and what was done, in
    /// words.
    pub fn mend_schema(path: &Path, policy: &BackupPolicy, clock: Clock) -> Result<(PathBuf, Vec<String>)> {
        Store::mend_schema(path, policy, clock.now())
    }

    /// Seals the answer log as it is now, because the person says that it is right. A schedule that does not follow from it is made again; of
    /// how many cards.
    pub fn accept_log(&mut self, watch: &mut Watch<'_>) -> Result<usize> {
        let writer = self.store.writer()?;
        writer.accept_log()?;
        writer.commit()?;
        let health = self.check()?;
        // A schedule that could not be compared before is compared with the log as it is now.
        if health.needs(Remedy::Undecided) || health.needs(Remedy::Mend) { self.rebuild(watch) } else { Ok(0) }
    }

    /// Settings that mean nothing, in words: what is set around them counts.
    pub fn unusable_settings(&self) -> Result<Vec<String>> {
        Ok(self.reader().unusable_settings()?.iter().map(UnusableSetting::words).collect())
    }

    /// Where backups are kept.
    fn policy(&self) -> BackupPolicy {
        self.keeper.as_ref().map_or_else(BackupPolicy::default, Keeper::policy)
    }

    fn media_folder(&self) -> PathBuf {
        self.path().with_file_name("media")
    }

    /// Remakes the memory of all cards from the log; returns how many there are.
    pub fn rebuild(&mut self, watch: &mut Watch<'_>) -> Result<usize> {
        if let Some(keeper) = &self.keeper {
            keeper.keep(BackupReason::Rebuild);
        }
        rebuild::rebuild(&mut self.store, watch)
    }

    /// Enters the answers of a rescue file, or of the log of another database, once. A damaged one is read as far as that goes. Days that were changed
    /// in the other database since they were sealed enter only with the person's consent.
    pub fn take_in_answers(&mut self, file: &Path, consent: IntakeConsent) -> Result<TakenInAnswers> {
        self.announce(BackupReason::Answers);
        let rules = IntakeRules { dry_run: false, consent, now_ms: self.now().utc_ms };
        answer_intake::take_in_answers(&mut self.store, file, rules)
    }

    /// What [`Self::take_in_answers`] would come to. Nothing is changed.
    pub fn plan_answers(&mut self, file: &Path, consent: IntakeConsent) -> Result<TakenInAnswers> {
        let rules = IntakeRules { dry_run: true, consent, now_ms: self.now().utc_ms };
        answer_intake::take_in_answers(&mut self.store, file, rules)
    }

    /// The days of another database that were changed there since they were sealed, in words.
    pub fn days_changed_in(file: &Path) -> Result<Vec<String>> {
        answer_intake::days_changed_in(file)
    }

    /// What [`Self::purge`] would erase.
    pub fn plan_purge(&self) -> Result<Purge> {
        purge::plan(&self.store, self.deleted_decks()?)
    }

    /// Erases the texts and the media of what was deleted, as [`Self::plan_purge`] said. Nothing before it is taken back after it.
    pub fn purge(&mut self, plan: &Purge) -> Result<()> {
        let now = self.now();
        purge::purge(&mut self.store, plan, now)
    }
}

/// Everything as a folder of text.
impl Trainer {
    /// Writes everything into a folder, whole or not at all. `reviews` writes the answers as a table for people.
    pub fn export_everything(
        &self,
        folder: &Path,
        force: bool,
        reviews: &mut PeoplesTable<'_>,
        watch: &mut Watch<'_>,
    ) -> Result<EverythingExported> {
        everything::export_everything(&self.store, folder, force, reviews, watch)
    }

    /// Makes the database of such a folder at a path where there is none, or an empty one. `None` if a check would condemn it, and `accept` refuses it.
    pub fn import_everything(
        db: &Path,
        folder: &Path,
        accept: &mut AcceptFlaws<'_>,
        watch: &mut Watch<'_>,
    ) -> Result<Option<EverythingImported>> {
        everything::import_everything(db, folder, accept, watch)
    }

    /// Looks at every file of such a folder; what it holds.
    pub fn verify_everything(folder: &Path, watch: &mut Watch<'_>) -> Result<EverythingImported> {
        everything::verify_everything(folder, watch)
    }
}

/// Backups.
impl Trainer {
    /// Copies the database to a file, also while others use it. The copy is checked; on a failure nothing is left behind.
    pub fn backup(&self, file: &Path) -> Result<()> {
        self.store.copy_to(file)
    }

    /// Keeps a backup where backups are; its path.
    pub fn keep_backup(&self, reason: BackupReason, watch: &mut Watch<'_>) -> Result<PathBuf> {
        backup::keep_backup(&self.store, &self.policy(), reason, self.now(), watch)
    }

    /// Keeps a copy before a repair, which may be as damaged as the database is; its path.
    pub fn keep_before_repair(&self) -> Result<PathBuf> {
        self.store.keep_as_it_is(&self.policy(), self.now())
    }

    /// What to do about a damaged database of which there is no backup; `None` if there is one.
    pub fn hint_without_backup(db: &Path, policy: &BackupPolicy) -> Option<String> {
        (backups_to_go_back_to(db, policy) == 0).then(|| salvage_hint(db))
    }

    /// All backups of the database at this path, the newest first. It need not be there.
    pub fn backups(db: &Path, policy: &BackupPolicy) -> Vec<ListedBackup> {
        backup::listed(db, policy)
    }

    /// What it would mean to go back to a backup. The database at this path need not be there, and may be damaged.
    pub fn plan_restore(db: &Path, which: WhichBackup<'_>, policy: &BackupPolicy, clock: Clock) -> Result<RestorePlan> {
        backup::plan_restore(db, which, policy, clock.now())
    }

    /// Goes back to a backup. What was there is kept, also if it is damaged.
    pub fn restore(
        db: &Path,
        plan: &RestorePlan,
        policy: &BackupPolicy,
        clock: Clock,
        watch: &mut Watch<'_>,
    ) -> Result<Restored> {
        backup::restore(db, plan, policy, clock.now(), watch)
    }

    /// Waits for the backup that a session began.
    pub fn finish_backup(&self, watch: &mut Watch<'_>) {
        if let Some(keeper) = &self.keeper {
            keeper.finish(watch);
        }
    }

    /// Shows nothing of backups any more: the terminal is a screen.
    pub fn keep_backups_silently(&self) {
        if let Some(keeper) = &self.keeper {
            keeper.be_silent();
        }
    }

    /// The next change is a large one.
    pub(super) fn announce(&mut self, reason: BackupReason) {
        self.store.announce(reason);
    }

    /// The next change is about this many cards.
    pub(super) fn announce_cards(&mut self, count: usize) {
        if count > MANY {
            self.announce(BackupReason::Cards);
        }
    }

    /// The files of one import have one backup.
    pub(super) fn announce_import(&mut self, options: &ImportOptions<'_>, batch: &Batch) {
        if !options.dry_run && batch.is_first() {
            self.announce(BackupReason::Import);
        }
    }

    /// Questions are asked from now on, and nothing may keep them waiting.
    pub(super) fn begin_session(&self) {
        if let Some(keeper) = &self.keeper {
            keeper.work_in_background();
        }
    }
}
