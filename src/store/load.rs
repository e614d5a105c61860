//! How many cards are due on each day: what load balancing weighs.

use super::Reader;
use super::query::Query;
use crate::error::Result;
use crate::model::{CardId, StudyDay};

impl Reader<'_> {
    /// The number of cards that are due on each day from `from` to `to`, over all decks in use, by day; days without cards are left out.
    /// Suspended cards do not count.
    pub fn load(&self, from: StudyDay, to: StudyDay) -> Result<Vec<(StudyDay, u32)>> {
        self.all("select day, cards from load where day between ? and ? order by day", [from, to])
    }

    /// On how many days the count differs from memory; 0 unless something is wrong.
    pub fn miscounted_days(&self) -> Result<u64> {
        let counted = "select due_day, count(*) from memory where state = 2 and suspended = 0 and due_day is not null
                       and deck not in (select deck from shelf) group by due_day";
        let sql = format!(
            "select count(distinct day) from (select * from (select day, cards from load except {counted})
             union all select * from ({counted} except select day, cards from load))"
        );
        self.value::<u32>(&sql, []).map(u64::from)
    }

    /// The days on which other cards of the card's question are due.
    pub fn sibling_days(&self, card: CardId) -> Result<Vec<StudyDay>> {
        self.all(
            "select memory.due_day from card join card as sibling on sibling.question = card.question
             join memory on memory.card = sibling.id
             where card.id = ?1 and sibling.id <> ?1 and memory.state = 2 and memory.suspended = 0
             and memory.due_day is not null",
            [card],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn the_counts_follow_whatever_is_written_to_memory() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("a.db"), 0, None).expect("a store");
        let load = || store.reader().load(StudyDay(0), StudyDay(99)).expect("counts");
        let counted = || -> Vec<(StudyDay, u32)> {
            let mut statement = store
                .connection
                .prepare(
                    "select due_day, count(*) from memory where state = 2 and suspended = 0 and due_day is not null
                     and deck not in (select deck from shelf) group by 1",
                )
                .expect("a statement");
            let rows = statement.query_map([], |row| Ok((StudyDay(row.get(0)?), row.get(1)?))).expect("rows");
            rows.collect::<rusqlite::Result<_>>().expect("rows")
        };
        for sql in [
            "insert into memory values (1, 1, null, 2, 0, 9, null, 1.5, 5.0, 1, 1, 2, 0, 0, null, null, 3, null)",
            "insert into memory values (2, 1, null, 2, 0, 9, null, 1.5, 5.0, 1, 1, 2, 0, 0, null, null, 3, null)",
            "insert into memory values (3, 1, null, 0, 0, null, null, null, null, null, null, 0, 0, 0, null, null, 3, null)",
            "update memory set due_day = 12 where card = 1",
            "update memory set stability = 2 where card = 1",
            "update memory set suspended = 1 where card = 2",
            "update memory set suspended = 0 where card = 2",
            "update memory set state = 3, due_day = null, due_ms = 5 where card = 1",
            "update memory set state = 2, due_day = 9, due_ms = null where card = 3",
            "insert into deck values (1, 'a', null), (2, 'b', null)",
            "insert into shelf values (2, 1, 0, 0)",
            "update memory set deck = 2 where card = 2",
            "update memory set due_day = 14 where card = 2",
            "delete from shelf",
            "insert into shelf values (1, 1, 0, 0), (2, 1, 0, 0)",
            "update memory set deck = 1, due_day = 15 where card = 2",
            "update shelf set deleted = 1",
            "delete from shelf where deck = 1",
            "update memory set deck = 2, suspended = 1 where card = 2",
            "delete from shelf",
            "update memory set suspended = 0 where card = 2",
            "delete from memory where card = 2",
            "delete from memory",
        ] {
            store.connection.execute_batch(sql).expect(sql);
            assert_eq!(load(), counted(), "{sql}");
            assert_eq!(store.reader().miscounted_days().expect("a count"), 0);
        }
        assert_eq!(load(), []);
        store.connection.execute_batch("insert into load values (5, 1), (6, 2)").expect("rows");
        assert_eq!(store.reader().miscounted_days().expect("a count"), 2);
    }

    #[test]
    fn siblings_are_the_other_cards_of_the_question() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("a.db"), 0, None).expect("a store");
        store
            .connection
            .execute_batch(
                "insert into deck values (1, 'a', null);
                 insert into question values (1, randomblob(16), 1, 0, 's', null, null, 0, null, 0, '[]', null);
                 insert into question values (2, randomblob(16), 1, 0, 't', null, null, 0, null, 0, '[]', null);
                 insert into card values (1, randomblob(16), 1, 0, 0), (2, randomblob(16), 1, 1, 1), (3, randomblob(16), 1, 2, 2),
                 (4, randomblob(16), 2, 0, 0);
                 insert into memory values (1, 1, null, 2, 0, 9, null, 1.5, 5.0, 1, 1, 2, 0, 0, null, null, 3, 1),
                 (2, 1, null, 2, 0, 12, null, 1.5, 5.0, 1, 1, 2, 0, 0, null, null, 3, 1),
                 (3, 1, null, 2, 0, 14, null, 1.5, 5.0, 1, 1, 2, 0, 1, null, null, 3, 1),
                 (4, 1, null, 2, 0, 15, null, 1.5, 5.0, 1, 1, 2, 0, 0, null, null, 3, 2);",
            )
            .expect("rows");
        let days = |card| store.reader().sibling_days(CardId(card)).expect("days");
        assert_eq!(days(1), [StudyDay(12)], "without itself, the suspended one, and another question's");
        assert_eq!(days(4), []);
    }
}
