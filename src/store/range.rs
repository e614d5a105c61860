//! What numbers can be: one list of columns with their ranges. A check looks for what is outside, and whatever enters from elsewhere (a rescue
//! file, another log, an export of everything) is refused with it.

use super::query::Query;
use crate::error::{Error, Result};
use crate::model::{DAY_MS, LAST_DAY, LAST_MS, WIDEST_OFFSET};

/// Where integers are, and what to say of one that is not there.
type Whole = (i64, i64, &'static str);
/// The same for reals.
type Real = (f64, f64, &'static str);

const TIME: Whole = (0, LAST_MS, "a time that no calendar has");
const DAY: Whole = (-2, LAST_DAY as i64, "a day that no calendar has");
const OFFSET: Whole = (-(WIDEST_OFFSET as i64), WIDEST_OFFSET as i64, "a time zone that does not exist");
const TAKEN: Whole = (0, DAY_MS, "taken longer than a day, or less than no time");
const SMALL: Whole = (0, u32::MAX as i64, "a number that is too large or below zero");
const COUNT: Whole = (0, 1 << 53, "a count that is too large or below zero");
const NUMBER: Whole = (1, i64::MAX - 1, "a number that no row has");
const LOSS: Real = (-1e9, 1e9, "a measure that no fit has");

/// Columns of integers, by table. What is null is in every range.
const WHOLE: &[(&str, &[(&str, Whole)])] = &[
    ("card", &[("ordinal", SMALL), ("place", SMALL)]),
    ("deck_setting", &[("set_ms", TIME)]),
    ("deed", &[("at_ms", TIME), ("offset_minutes", OFFSET), ("card", NUMBER), ("batch", COUNT)]),
    ("deed_row", &[("number", COUNT)]),
    ("deleted", &[("at_ms", TIME)]),
    ("edit", &[("at_ms", TIME), ("after_import", COUNT)]),
    (
        "exam",
        &[
            ("began_ms", TIME),
            ("offset_minutes", OFFSET),
            ("limit_ms", TIME),
            ("used_ms", TIME),
            ("place", SMALL),
            ("ended_ms", TIME),
        ],
    ),
    ("exam_question", &[("position", SMALL), ("card", NUMBER)]),
    ("fit", &[("at_ms", TIME), ("answers", COUNT), ("log_answers", COUNT), ("held_out", COUNT), ("reverted_ms", TIME)]),
    ("flag", &[("at_ms", TIME)]),
    (
        "import",
        &[
            ("batch", COUNT),
            ("source", NUMBER),
            ("at_ms", TIME),
            ("decks_from", COUNT),
            ("decks_to", COUNT),
            ("questions_from", COUNT),
            ("questions_to", COUNT),
            ("taken_back_ms", TIME),
        ],
    ),
    ("import_move", &[("card", NUMBER), ("due_day", DAY)]),
    ("load", &[("day", DAY), ("cards", SMALL)]),
    ("log_seal", &[("entries", SMALL)]),
    (
        "memory",
        &[
            ("step", SMALL),
            ("due_day", DAY),
            ("due_ms", TIME),
            ("last_ms", TIME),
            ("last_day", DAY),
            ("repetitions", SMALL),
            ("lapses", SMALL),
            ("buried_until", DAY),
        ],
    ),
    ("move", &[("at_ms", TIME), ("day", DAY), ("offset_minutes", OFFSET), ("until_day", DAY)]),
    ("placement", &[("position", SMALL), ("line", SMALL)]),
    ("placement_before", &[("position", SMALL), ("line", SMALL)]),
    ("question_before", &[("kind", (0, 9, "a kind that no question has")), ("markup", (0, 2, "an unknown markup"))]),
    ("reading", &[("at_ms", TIME)]),
    (
        "review",
        &[
            ("at_ms", TIME),
            ("day", DAY),
            ("offset_minutes", OFFSET),
            ("order_seed", SMALL),
            ("guess_ways", SMALL),
            ("took_ms", TAKEN),
            ("due_day", DAY),
            ("due_ms", TIME),
        ],
    ),
    ("run_seal", &[("day", DAY), ("entries", SMALL)]),
    ("setting", &[("set_ms", TIME)]),
    ("shelf", &[("at_ms", TIME)]),
    ("source", &[("imported_ms", TIME)]),
    ("undo", &[("at_ms", TIME), ("day", DAY), ("offset_minutes", OFFSET)]),
];

/// Columns of reals, by table.
const REAL: &[(&str, &[(&str, Real)])] = &[
    (
        "fit",
        &[("loss_before", LOSS), ("loss_default", LOSS), ("loss_fitted", LOSS), ("gain", LOSS), ("gain_error", LOSS)],
    ),
    (
        "memory",
        &[
            ("stability", (f64::MIN_POSITIVE, 1e9, "a stability that no card has")),
            ("difficulty", (0.9, 10.1, "a difficulty that no card has")),
        ],
    ),
];

/// Tables whose entries say their day and their time: they must fit.
const DAYS_OF_TIMES: [&str; 3] = ["review", "move", "undo"];
/// By how many days they may differ: a day begins late, and the wall clock of another place is ahead or behind.
const SLACK_DAYS: i64 = 3;
const UNFIT_DAY: &str = "a day that is not that of its time";

/// A cell of a row that enters from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum EnteringNumber {
    Whole(i64),
    Real(f64),
}

/// Why a row cannot enter a table: in words, the first of its numbers that is outside of its range. `cell` gives the number of a column.
pub(super) fn refusal(table: &str, cell: impl Fn(&str) -> Option<EnteringNumber>) -> Option<String> {
    let whole = WHOLE.iter().filter(|(name, _)| *name == table).flat_map(|(_, columns)| *columns);
    for (column, (least, most, what)) in whole {
        if let Some(EnteringNumber::Whole(number)) = cell(column)
            && !(*least..=*most).contains(&number)
        {
            return Some(format!("{what}: `{column}` is {number}"));
        }
    }
    let real = REAL.iter().filter(|(name, _)| *name == table).flat_map(|(_, columns)| *columns);
    for (column, (least, most, what)) in real {
        let number = match cell(column) {
            Some(EnteringNumber::Real(number)) => number,
            Some(EnteringNumber::Whole(number)) => number as f64,
            None => continue,
        };
        if !(*least..=*most).contains(&number) {
            return Some(format!("{what}: `{column}` is {number}"));
        }
    }
    if DAYS_OF_TIMES.contains(&table)
        && let (Some(EnteringNumber::Whole(day)), Some(EnteringNumber::Whole(at_ms))) = (cell("day"), cell("at_ms"))
        && (day - at_ms.div_euclid(DAY_MS)).abs() > SLACK_DAYS
    {
        return Some(format!("{UNFIT_DAY}: `day` is {day}, and `at_ms` is {at_ms}"));
    }
    None
}

/// The failure of a row that cannot enter.
pub(super) fn unusable(what: &str) -> Error {
    Error::person(format!("an entry of the log has {what}")).named("unusable-entry")
}

/// Numbers outside of their ranges: the table, how many rows, and what they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsurdRows {
    /// The table.
    pub table: &'static str,
    /// How many of its rows.
    pub rows: u64,
    /// What they have, in words.
    pub what: &'static str,
}

/// All numbers outside of their ranges. Each table is looked through once.
pub(super) fn absurd_rows(query: &impl Query) -> Result<Vec<AbsurdRows>> {
    let mut tables: Vec<&'static str> = WHOLE.iter().map(|(table, _)| *table).collect();
    tables.extend(REAL.iter().map(|(table, _)| *table).filter(|table| !WHOLE.iter().any(|(other, _)| other == table)));
    let mut found = Vec::new();
    for table in tables {
        // The words, and the conditions under which they are said.
        let mut conditions: Vec<(&'static str, String)> = Vec::new();
        let mut add =
            |what: &'static str, condition: String| match conditions.iter_mut().find(|(other, _)| *other == what) {
                Some((_, all)) => *all = format!("{all} or {condition}"),
                None => conditions.push((what, condition)),
            };
        for (column, (least, most, what)) in WHOLE.iter().filter(|(name, _)| *name == table).flat_map(|(_, all)| *all) {
            add(what, format!("\"{column}\" not between {least} and {most}"));
        }
        for (column, (least, most, what)) in REAL.iter().filter(|(name, _)| *name == table).flat_map(|(_, all)| *all) {
            add(what, format!("\"{column}\" not between {least:e} and {most:e}"));
        }
        if DAYS_OF_TIMES.contains(&table) {
            add(UNFIT_DAY, format!("day - at_ms / {DAY_MS} not between -{SLACK_DAYS} and {SLACK_DAYS}"));
        }
        let any: Vec<&str> = conditions.iter().map(|(_, condition)| condition.as_str()).collect();
        // Hardly ever is there one, so the others are asked for only then.
        let any: bool =
            query.value(&format!("select exists (select 1 from \"{table}\" where {})", any.join(" or ")), [])?;
        if !any {
            continue;
        }
        for (what, condition) in conditions {
            let rows: i64 = query.value(&format!("select count(*) from \"{table}\" where {condition}"), [])?;
            if rows > 0 {
                found.push(AbsurdRows { table, rows: rows.unsigned_abs(), what });
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open::migrated;

    #[test]
    fn every_column_is_there_and_every_integer_that_counts_has_a_range() {
        let connection = migrated(None).expect("a database");
        assert_eq!(absurd_rows(&connection).expect("columns that are there"), []);
        let tables: Vec<(String, String, String)> = connection
            .all(
                "select part.name, field.name, field.type from sqlite_schema as part join pragma_table_info(part.name) as field
                 where part.type = 'table' and part.name not like 'search%' and part.name not like 'sqlite%'
                 and field.type in ('INTEGER', 'REAL') and field.pk = 0",
                [],
            )
            .expect("columns");
        // Keys of other tables are checked as such, fingerprints may be any number, and the schema holds small enumerations itself.
        let free = [
            "card.question",
            "deck.preset",
            "deleted.deck",
            "deleted.erased",
            "exam.pass_mark",
            "exam_question.marked",
            "fit.deck",
            "import.kind",
            "memory.deck",
            "memory.topic",
            "memory.state",
            "memory.suspended",
            "memory.parameters",
            "memory.question",
            "move.card",
            "move.kind",
            "move.device",
            "placement.fingerprint",
            "placement.stem_fingerprint",
            "placement.options_fingerprint",
            "placement.content",
            "placement_before.fingerprint",
            "placement_before.stem_fingerprint",
            "placement_before.options_fingerprint",
            "placement_before.content",
            "question.deck",
            "question.kind",
            "question.topic",
            "question.key_origin",
            "question.markup",
            "question.content",
            "question_before.topic",
            "question_before.key_origin",
            "question_before.content",
            "review.card",
            "review.rating",
            "review.kind",
            "review.confidence",
            "review.right",
            "review.device",
            "review.practice",
            "review.overruled",
            "review.sure",
            "shelf.archived",
            "shelf.deleted",
            "shift.takes_back",
            "source.deck",
            "undo.device",
        ];
        for (table, column, _) in tables {
            let listed = |list: bool| list || free.contains(&format!("{table}.{column}").as_str());
            let whole = WHOLE.iter().any(|(name, all)| *name == table && all.iter().any(|(own, _)| *own == column));
            let real = REAL.iter().any(|(name, all)| *name == table && all.iter().any(|(own, _)| *own == column));
            assert!(listed(whole || real), "{table}.{column} has no range");
        }
    }

    #[test]
    fn what_is_outside_is_refused_in_words() {
        let whole = |wanted: &'static str, number: i64| {
            move |column: &str| (column == wanted).then_some(EnteringNumber::Whole(number))
        };
        for (column, number, what) in [
            (
                "took_ms",
                i64::MAX,
                Some("taken longer than a day, or less than no time: `took_ms` is 9223372036854775807"),
            ),
            ("due_ms", i64::MIN, Some("a time that no calendar has: `due_ms` is -9223372036854775808")),
            ("offset_minutes", 1_000_000, Some("a time zone that does not exist: `offset_minutes` is 1000000")),
            ("took_ms", 86_400_000, None),
            ("offset_minutes", -720, None),
        ] {
            assert_eq!(refusal("review", whole(column, number)).as_deref(), what);
        }
        let day = |column: &str| match column {
            "day" => Some(EnteringNumber::Whole(0)),
            "at_ms" => Some(EnteringNumber::Whole(20_000 * DAY_MS)),
            _ => None,
        };
        assert!(refusal("undo", day).is_some_and(|what| what.starts_with(UNFIT_DAY)));
        let real = |number: f64| move |column: &str| (column == "stability").then_some(EnteringNumber::Real(number));
        assert!(refusal("memory", real(f64::INFINITY)).is_some());
        assert!(refusal("memory", real(-1.0)).is_some());
        assert_eq!(refusal("memory", real(4.5)), None);
    }
}
