//! Cards that were answered surely and wrongly.

use std::collections::HashSet;

use super::Reader;
use super::query::Query;
use crate::error::Result;
use crate::model::CardId;

/// On its last day the card was answered surely and wrongly. There are few such answers, and they have an index of their own.
const SURELY_WRONG: &str = "select review.card from review indexed by review_sure_and_wrong
     join memory on memory.card = review.card and memory.last_day = review.day
     where review.sure = 1 and review.right = 0 and review.practice = 0
     and not exists (select 1 from live_undo where live_undo.review = review.id)";

impl Reader<'_> {
    /// The cards that were answered surely and wrongly on the last day on which they were asked.
    pub fn surely_wrong(&self) -> Result<HashSet<CardId>> {
        self.all(SURELY_WRONG, [])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_itself_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = crate::store::Store::open(&folder.path().join("a.db"), 0, None).expect("a store");
        let reader = store.reader();
        let sql = format!("explain query plan {SURELY_WRONG}");
        let mut statement = reader.connection.prepare(&sql).expect("a plan");
        let steps = statement.query_map([], |row| row.get::<_, String>(3)).expect("a plan");
        let plan = steps.collect::<rusqlite::Result<Vec<_>>>().expect("a plan");
        assert!(plan.iter().any(|step| step == "SCAN review USING COVERING INDEX review_sure_and_wrong"), "{plan:?}");
        assert!(plan.iter().all(|step| !step.contains("SCAN memory") && !step.contains("SCAN undo")), "{plan:?}");
    }
}
