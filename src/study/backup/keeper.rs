//! Keeps a backup before the first change of a study day, and before larger changes. While somebody answers questions it is made in a thread of its
//! own.

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::{WORK, patient};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::store::{BackupPolicy, BackupReason, CommitHook, CopyPace, Store, keep_backup_beside, today_began};
use crate::study::progress::{Progress, Watch, unwatched};

/// The answer that is being given, and the question after it, go first.
const HEAD_START: Duration = Duration::from_millis(300);
const POLL: Duration = Duration::from_millis(5);

/// Makes a watch for a backup that takes its time.
pub type WatchMaker = Box<dyn Fn() -> Box<Watch<'static>> + Send>;

/// The first backup that could not be made, if there is one: what was to be done was done all the same.
#[derive(Clone, Debug, Default)]
pub struct BackupFailure(Arc<Mutex<Option<Error>>>);

impl BackupFailure {
    fn keep(&self, error: Error) {
        held(&self.0).get_or_insert(error);
    }

    /// The failure, once.
    pub fn reported(&self) -> Option<Error> {
        held(&self.0).take()
    }
}

/// How backups are kept without being asked for.
#[derive(Default)]
pub struct BackupOrders {
    /// Which, where, and how many stay.
    pub policy: BackupPolicy,
    /// Where to say that one could not be made.
    pub failure: BackupFailure,
    /// Shows one that takes its time.
    pub watch: Option<WatchMaker>,
}

impl fmt::Debug for BackupOrders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackupOrders").field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// Keeps the backups of an open database.
#[derive(Clone, Debug)]
pub(in crate::study) struct Keeper(Arc<Mutex<KeeperState>>);

#[derive(Debug)]
struct KeeperState {
    db: PathBuf,
    clock: Clock,
    orders: BackupOrders,
    /// Whether there is no need any more to look whether one is due today.
    looked: bool,
    in_background: bool,
    running: Option<Running>,
}

/// A backup that is being made in a thread of its own.
#[derive(Debug)]
struct Running {
    thread: JoinHandle<Result<()>>,
    /// Dropped, it ends the head start.
    go: Sender<()>,
    copied: Arc<[AtomicU64; 2]>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Keeper {
    /// Begins to keep the backups of a database.
    pub(in crate::study) fn begin(store: &mut Store, clock: Clock, orders: BackupOrders) -> Self {
        let db = store.path().to_path_buf();
        let automatic = orders.policy.automatic;
        let shelf = KeeperState { db, clock, orders, looked: false, in_background: false, running: None };
        let keeper = Self(Arc::new(Mutex::new(shelf)));
        if automatic {
            let own = keeper.clone();
            store.set_commit_hook(CommitHook::new(move |reason| held(&own.0).before_commit(reason)));
        }
        keeper
    }

    /// Which backups are kept, and where.
    pub(in crate::study) fn policy(&self) -> BackupPolicy {
        held(&self.0).orders.policy.clone()
    }

    /// From now on, the backup of the day is made while somebody answers questions.
    pub(in crate::study) fn work_in_background(&self) {
        held(&self.0).in_background = true;
    }

    /// Waits until a backup is whole that is being made.
    pub(in crate::study) fn finish(&self, watch: &mut Watch<'_>) {
        let mut shelf = held(&self.0);
        shelf.in_background = false;
        shelf.finish(watch);
    }

    /// Shows nothing any more: the terminal is a screen.
    pub(in crate::study) fn be_silent(&self) {
        held(&self.0).orders.watch = None;
    }

    /// Keeps one now, if there is something that no backup holds.
    pub(in crate::study) fn keep(&self, reason: BackupReason) {
        let mut shelf = held(&self.0);
        if shelf.orders.policy.automatic {
            shelf.before_commit(Some(reason));
        }
    }
}

impl KeeperState {
    fn before_commit(&mut self, reason: Option<BackupReason>) {
        if reason.is_none() && self.looked {
            return;
        }
        self.looked = true;
        match reason {
            None if self.in_background => self.spawn(),
            None => self.keep_now(BackupReason::Daily),
            Some(reason) => self.keep_now(reason),
        }
    }

    fn keep_now(&mut self, reason: BackupReason) {
        let mut watch =
            self.orders.watch.as_ref().map_or_else(|| Box::new(unwatched) as Box<Watch<'static>>, |make| make());
        let mut watch = patient(&mut *watch, WORK);
        let kept = keep(&self.db, self.clock, &self.orders.policy, reason, CopyPace::Fast, &mut watch);
        if let Err(error) = kept {
            self.orders.failure.keep(error);
        }
    }

    fn spawn(&mut self) {
        let (db, clock, policy) = (self.db.clone(), self.clock, self.orders.policy.clone());
        let copied: Arc<[AtomicU64; 2]> = Arc::default();
        let (go, wait) = mpsc::channel();
        let counts = Arc::clone(&copied);
        let work = move || {
            // Also over when the session is.
            let _ = wait.recv_timeout(HEAD_START);
            let mut count = |done, all| {
                counts[0].store(done, Ordering::Relaxed);
                counts[1].store(all, Ordering::Relaxed);
                true
            };
            keep(&db, clock, &policy, BackupReason::Daily, CopyPace::Gentle, &mut count)
        };
        match thread::Builder::new().name("backup".into()).spawn(work) {
            Ok(thread) => self.running = Some(Running { thread, go, copied }),
            Err(error) => self.orders.failure.keep(Error::person(format!("no backup could be made: {error}"))),
        }
    }

    fn finish(&mut self, watch: &mut Watch<'_>) {
        let Some(Running { thread, go, copied }) = self.running.take() else { return };
        drop(go);
        let began = Instant::now();
        while !thread.is_finished() {
            thread::sleep(POLL);
            let [done, all] = [&copied[0], &copied[1]].map(|count| count.load(Ordering::Relaxed));
            if began.elapsed() > Duration::from_secs(1) && all > 0 {
                watch(Progress { work: WORK, done, all });
            }
        }
        match thread.join() {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.orders.failure.keep(error),
            Err(_) => {
                self.orders.failure.keep(Error::person("no backup could be made: the program met a fault of its own"));
            }
        }
    }
}

impl Drop for KeeperState {
    fn drop(&mut self) {
        self.finish(&mut unwatched);
    }
}

/// Keeps a backup, if there is something that no backup holds. One for the day only if there is none of today.
fn keep(
    db: &std::path::Path,
    clock: Clock,
    policy: &BackupPolicy,
    reason: BackupReason,
    pace: CopyPace,
    watch: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<()> {
    let now = clock.now();
    if reason == BackupReason::Daily {
        let began = today_began(db, now)?;
        if policy.backups(db).iter().any(|backup| backup.at_ms >= began && backup.at_ms <= now.utc_ms) {
            return Ok(());
        }
    }
    keep_backup_beside(db, policy, (reason, true), now, (pace, watch)).map(|_| ())
}
