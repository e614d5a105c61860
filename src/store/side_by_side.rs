//! Two things that read, at the same time, from the same moment of the database.

use std::thread;

use super::Reader;
use super::log_scan::peers;
use crate::error::{Error, Result};

impl Reader<'_> {
    /// Keeps this much of the database in memory, in KiB, as long as the connection is open.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_pages(&self, kib: i64) -> Result<()> {
        Ok(self.connection.pragma_update(None, "cache_size", -kib)?)
    }

    /// Runs both, the first one on a thread and a connection of its own if that is possible; both see the same database. `other` is told whether they
    /// run at the same time: otherwise it comes first.
    ///
    /// # Errors
    /// Those of `other`, then those of `one`.
    pub fn side_by_side<A: Send, B>(
        &self,
        one: impl FnOnce(Reader<'_>) -> Result<A> + Send,
        other: impl FnOnce(bool) -> Result<B>,
    ) -> Result<(A, B)> {
        let beside = if peers::cores() > 1 { peers::connect_some(self.connection, 1)? } else { None };
        let (peer, _snapshot) = beside.map(|(mut peers, snapshot)| (peers.pop(), snapshot)).unzip();
        let Some(peer) = peer.flatten() else {
            let other = other(false)?;
            return Ok((one(*self)?, other));
        };
        thread::scope(|scope| {
            let one = scope.spawn(move || one(Reader { connection: &peer }));
            let other = other(true);
            let stopped = |_| Error::fault("a reader of the database stopped").hint("please report this");
            let one = one.join().map_err(stopped)?;
            let other = other?;
            Ok((one?, other))
        })
    }
}
