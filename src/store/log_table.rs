//! The tables of the log, with what an entry of each is made of.

/// A table of the log, with the columns that an entry is made of besides its card and its device.
pub(super) struct LogTable {
    pub(super) name: &'static str,
    /// Integers and texts.
    pub(super) plain: &'static [&'static str],
    /// Bytes, written as hex.
    pub(super) bytes: &'static [&'static str],
    /// Whether an entry names its card. An undo names what it takes back.
    pub(super) has_card: bool,
}

/// The three tables of the log. Undos come last: they name entries of all three.
pub(super) const LOG_TABLES: [LogTable; 3] = [
    LogTable {
        name: "review",
        plain: &[
            "at_ms",
            "day",
            "offset_minutes",
            "rating",
            "kind",
            "confidence",
            "right",
            "order_seed",
            "guess_ways",
            "took_ms",
            "due_day",
            "due_ms",
            "practice",
            "typed",
            "overruled",
            "sure",
        ],
        bytes: &["id", "picked", "shown"],
        has_card: true,
    },
    LogTable {
        name: "move",
        plain: &["at_ms", "day", "offset_minutes", "kind", "until_day", "why"],
        bytes: &["id"],
        has_card: true,
    },
    LogTable {
        name: "undo",
        plain: &["at_ms", "day", "offset_minutes"],
        bytes: &["id", "review", "move", "undo"],
        has_card: false,
    },
];

impl LogTable {
    /// The entries as (id, card, device, other columns as JSON), where `condition` holds.
    pub(super) fn select(&self, condition: &str) -> String {
        self.select_where(|_| true, condition)
    }

    /// The same for a table of an older schema, which has these columns only.
    pub(super) fn select_of(&self, columns: &[String], condition: &str) -> String {
        self.select_where(|column| columns.iter().any(|other| other == column), condition)
    }

    fn select_where(&self, has: impl Fn(&str) -> bool, condition: &str) -> String {
        let plain = self.plain.iter().filter(|column| has(column)).map(|column| format!("'{column}', {column}"));
        let bytes = self
            .bytes
            .iter()
            .filter(|column| has(column))
            .map(|column| format!("'{column}', iif({column} is null, null, hex({column}))"));
        let cells: Vec<String> = plain.chain(bytes).collect();
        let card = if self.has_card { "card" } else { "null" };
        format!("select id, {card}, device, json_object({}) from {} where {condition}", cells.join(", "), self.name)
    }
}
