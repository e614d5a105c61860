//! Parallel reading of a long log: further connections decode pieces of it on threads of their own, and hand them over in order.
//!
//! Reading and decoding a row takes longer than most uses of it, and needs no other row.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use rusqlite::{Connection, OpenFlags, Transaction};
use uuid::Uuid;

use super::{LogSpan, each_row};
use crate::error::{Error, Result};
use crate::model::{LogId, Review};
use crate::store::log_row::Detail;

/// The log is cut into this many pieces of equal time. There are many because answers are not spread evenly over time.
const PIECES: u64 = 512;
/// Answers in a batch, and how many batches a reader may be ahead: what is in flight fits the caches.
const BATCH_SIZE: usize = 256;
const AHEAD: usize = 16;
/// More readers than this would wait for the consumer.
const MAX_READERS: usize = 2;

/// How many cores the machine has.
pub(in crate::store) fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Connections that see exactly what `connection` sees until the transaction is dropped. `None` if that is not possible: within a
/// transaction, without a file, on one core, or if another process wrote just now.
pub(super) fn connect(connection: &Connection, cores: usize) -> Result<Option<(Vec<Connection>, Transaction<'_>)>> {
    if cores > 1 { connect_some(connection, cores.min(MAX_READERS)) } else { Ok(None) }
}

/// The same, this many, on any number of cores.
pub(in crate::store) fn connect_some(
    connection: &Connection,
    count: usize,
) -> Result<Option<(Vec<Connection>, Transaction<'_>)>> {
    let path = connection.path().filter(|path| !path.is_empty()).map(str::to_owned);
    let (true, Some(path)) = (connection.is_autocommit(), path) else {
        return Ok(None);
    };
    // A database that cannot be written may have to be opened in another way, see `open_to_read`.
    if connection.is_readonly(rusqlite::MAIN_DB)? {
        return Ok(None);
    }
    let before = data_version(connection)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || -> rusqlite::Result<Connection> {
        let peer = Connection::open_with_flags(&path, flags)?;
        peer.execute_batch("begin")?;
        begin_snapshot(&peer)?;
        Ok(peer)
    };
    let peers: Vec<Connection> = match (0..count).map(|_| open()).collect() {
        Ok(peers) => peers,
        // One connection can do it alone, for example if there are too many open files.
        Err(_) => return Ok(None),
    };
    let own = connection.unchecked_transaction()?;
    begin_snapshot(connection)?;
    // Every commit by another connection changes this number.
    Ok((data_version(connection)? == before).then_some((peers, own)))
}

/// A transaction sees the database as it is at its first read.
fn begin_snapshot(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("select count(*) from (select 1 from review limit 1)", [], |_| Ok(()))
}

fn data_version(connection: &Connection) -> Result<i64> {
    Ok(connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

/// Reads the answers of the span with these connections, in the order of their ids.
pub(super) fn scan(
    peers: Vec<Connection>,
    span: &LogSpan,
    detail: Detail,
    devices: &HashMap<i64, String>,
    mut sink: impl FnMut(Review) -> Result<()>,
) -> Result<()> {
    let pieces = pieces(span);
    let pieces = &pieces;
    let count = peers.len();
    thread::scope(|scope| {
        let queues: Vec<_> = peers
            .into_iter()
            .enumerate()
            .map(|(place, peer)| {
                let (sender, queue) = sync_channel(AHEAD);
                scope.spawn(move || {
                    for piece in pieces.iter().skip(place).step_by(count) {
                        if !decode(&peer, detail, devices, piece, &sender) {
                            break;
                        }
                    }
                });
                queue
            })
            .collect();
        for place in 0..pieces.len() {
            loop {
                match queues[place % count].recv() {
                    Ok(ScannedBatch::Answers(answers)) => answers.into_iter().try_for_each(&mut sink)?,
                    Ok(ScannedBatch::End) => break,
                    Ok(ScannedBatch::Failure(error)) => return Err(error),
                    Err(_) => return Err(Error::fault("a reader of the log stopped").hint("please report this")),
                }
            }
        }
        Ok(())
    })
}

/// Decodes the pieces of the span with these connections, and gives them in order; `meanwhile` runs on this thread.
pub(super) fn collect<A: Send, T>(
    peers: Vec<Connection>,
    span: &LogSpan,
    decode: impl Fn(&Connection, &LogSpan) -> Result<A> + Sync,
    meanwhile: impl FnOnce() -> Result<T>,
) -> Result<(Vec<A>, T)> {
    let pieces = pieces(span);
    let (next, decode, pieces) = (AtomicUsize::new(0), &decode, &pieces);
    let next = &next;
    let work = move |peer: Connection| -> Result<Vec<(usize, A)>> {
        let mut taken = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = pieces.get(place) else { return Ok(taken) };
            taken.push((place, decode(&peer, piece)?));
        }
    };
    thread::scope(|scope| {
        let readers: Vec<_> = peers.into_iter().map(|peer| scope.spawn(move || work(peer))).collect();
        let done = meanwhile();
        let mut found = Vec::new();
        for reader in readers {
            let stopped = |_| Error::fault("a reader of the log stopped").hint("please report this");
            found.extend(reader.join().map_err(stopped)??);
        }
        found.sort_by_key(|(place, _)| *place);
        Ok((found.into_iter().map(|(_, piece)| piece).collect(), done?))
    })
}

/// What a reader sends.
enum ScannedBatch {
    Answers(Vec<Review>),
    /// The piece is over.
    End,
    Failure(Error),
}

/// Decodes a piece. Returns false if the receiver is gone, or if it failed.
fn decode(
    peer: &Connection,
    detail: Detail,
    devices: &HashMap<i64, String>,
    piece: &LogSpan,
    sender: &SyncSender<ScannedBatch>,
) -> bool {
    let mut batch = Vec::with_capacity(BATCH_SIZE);
    let read = each_row(peer, detail, devices, piece, |review| {
        batch.push(review);
        if batch.len() < BATCH_SIZE {
            return Ok(true);
        }
        let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH_SIZE));
        Ok(sender.send(ScannedBatch::Answers(full)).is_ok())
    });
    match read {
        Ok(()) => sender.send(ScannedBatch::Answers(batch)).and_then(|()| sender.send(ScannedBatch::End)).is_ok(),
        Err(error) => {
            // If the receiver is gone, nobody needs the reason.
            let _ = sender.send(ScannedBatch::Failure(error));
            false
        }
    }
}

/// Cuts a span at moments that are equally far from each other. The pieces touch, and hold all of the span.
fn pieces(span: &LogSpan) -> Vec<LogSpan> {
    let time = |id: LogId| (id.0.as_u128() >> 80) as u64;
    let (first, last) = (time(*span.start()), time(*span.end()));
    let step = ((last - first.min(last)) / PIECES).max(1);
    let mut cuts = vec![*span.start()];
    let mut at = first;
    while at + step <= last {
        at += step;
        cuts.push(LogId(Uuid::from_u128(u128::from(at) << 80)));
    }
    let ends = cuts.iter().skip(1).map(|cut| LogId(Uuid::from_u128(cut.0.as_u128() - 1))).chain([*span.end()]);
    cuts.iter().copied().zip(ends).map(|(from, to)| from..=to).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pieces_touch_and_hold_all(first: u64, more in 0_u64..1 << 47, low: u64, high: u64) {
            let id = |time: u64, tail: u64| LogId(Uuid::from_u128((u128::from(time) << 80) | u128::from(tail)));
            let first = first >> 17;
            let (start, end) = (id(first, low), id(first + more, if more == 0 { low.max(high) } else { high }));
            let pieces = pieces(&(start..=end));
            prop_assert_eq!(*pieces[0].start(), start);
            prop_assert_eq!(*pieces[pieces.len() - 1].end(), end);
            for pair in pieces.windows(2) {
                prop_assert_eq!(pair[0].end().0.as_u128() + 1, pair[1].start().0.as_u128());
            }
            prop_assert!(pieces.len() <= PIECES as usize + 2);
        }
    }
}
