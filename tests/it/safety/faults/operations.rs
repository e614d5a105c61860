//! The operations of the program that write, and what is there before them.

use std::fs;
use std::sync::OnceLock;

use rusqlite::Connection;

use super::copied;
use crate::fixture::program::Program;
use crate::safety::upgrades::database_of;

/// What is there before an operation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    /// No database.
    Nothing,
    /// Two days of answers, and something of all that there can be; today nothing was changed yet.
    Yesterday,
    /// The same, and today's backup was made with the first change.
    Studied,
    /// The same with the cards and the answers of an Anki package, many of them due.
    Backlog,
    /// A database with the schema of an earlier version.
    Older,
    /// Parts of the schedule are wrong.
    Unsound,
    /// A guard of the log is missing, and parts of the schedule are wrong.
    Refused,
}

/// A command that writes, with what is typed.
pub(super) struct WritingOperation {
    pub(super) name: &'static str,
    pub(super) from: Beginning,
    /// Commands that come before it.
    before: &'static [&'static [&'static str]],
    pub(super) args: &'static [&'static str],
    pub(super) input: &'static str,
    /// Whether it is done in several transactions, one after the other.
    pub(super) in_steps: bool,
}

impl WritingOperation {
    const fn after(self, before: &'static [&'static [&'static str]]) -> Self {
        Self { before, ..self }
    }

    const fn from(self, from: Beginning) -> Self {
        Self { from, ..self }
    }

    const fn typed(self, input: &'static str) -> Self {
        Self { input, in_steps: true, ..self }
    }

    const fn in_steps(self) -> Self {
        Self { in_steps: true, ..self }
    }

    /// Whether somebody types what it does.
    pub(super) fn is_talk(&self) -> bool {
        !self.input.is_empty()
    }

    /// The files before it.
    pub(super) fn base(&self) -> Program {
        let mut program = copied(beginning(self.from));
        program.at(NOW);
        for args in self.before {
            program.ok(args);
        }
        program
    }
}

const fn writing(name: &'static str, args: &'static [&'static str]) -> WritingOperation {
    WritingOperation { name, from: Beginning::Studied, before: &[], args, input: "", in_steps: false }
}

/// Operations that a test tries.
pub(super) struct OperationGroup {
    pub(super) name: &'static str,
    pub(super) operations: &'static [WritingOperation],
}

/// When the operations take place.
const NOW: &str = "2026-11-25T08:00:00+01:00";

const ANSWERS: &str = "{\"type\":\"answer\",\"pick\":[\"A\"],\"ms\":100}\n{\"type\":\"rate\"}\n\
    {\"type\":\"answer\",\"pick\":[\"B\"],\"ms\":100}\n{\"type\":\"rate\"}\n{\"type\":\"undo\"}\n\
    {\"type\":\"answer\",\"pick\":[\"A\"],\"ms\":100}\n{\"type\":\"rate\"}\n";
const MOVES: &str = "{\"type\":\"suspend\"}\n{\"type\":\"bury\"}\n{\"type\":\"flag\",\"note\":\"look\"}\n\
    {\"type\":\"answer\",\"pick\":[\"A\"],\"ms\":100}\n{\"type\":\"rate\"}\n";
const TWO: &str =
    "{\"type\":\"answer\",\"pick\":[\"A\"],\"ms\":100}\n{\"type\":\"answer\",\"pick\":[\"B\"],\"ms\":100}\n";
const PRINTED: &str = "A\n\nB\n\n";
const MANY: &[&str] = &["anki", "import", "new.apkg"];

pub(super) const SITTINGS: OperationGroup = OperationGroup {
    name: "answers",
    operations: &[
        writing("answers", &["review", "--json"]).typed(ANSWERS),
        writing("the first answers of a day", &["review", "--json"]).from(Beginning::Yesterday).typed(ANSWERS),
        writing("answers in lines", &["review", "--plain"]).typed(PRINTED),
        writing("moves in a review", &["review", "--json"]).typed(MOVES),
        writing("answers of an exam", &["exam", "--json", "-n", "3"]).typed(TWO),
        writing("an exam to its end", &["exam", "--json", "-n", "2"]).typed(TWO),
        writing("a demo that is kept", &["demo", "--plain", "--keep", "trial"]).typed(PRINTED),
        writing("an undo", &["undo", "--yes"]),
        writing("an undo of answers", &["undo", "--yes"]).after(&[&["undo", "--yes"], &["undo", "--yes"]]),
        writing("a redo", &["redo"]).after(&[&["undo", "--yes"]]),
    ],
};

pub(super) const BANKS: OperationGroup = OperationGroup {
    name: "banks",
    operations: &[
        writing("the first import", &["import", "mlops.txt"]).from(Beginning::Nothing),
        writing("an import", &["import", "more.txt"]),
        writing("an import again", &["import", "mlops.txt"]),
        writing("an import of an edited bank", &["import", "newer.txt", "--deck", "MLOps", "--retire-missing"]),
        writing("an import of two banks", &["import", "more.txt", "newer.txt"]).in_steps(),
        writing("an import of pictures", &["import", "banks/stars.md", "--format", "markdown"]),
        writing("an import taken back", &["import", "--undo", "--yes"]).after(&[&["import", "more.txt"]]),
        writing("answers from elsewhere", &["import", "history.csv"]),
        writing("a new question", &["add", "MLOps", "--file", "more.txt"]),
        writing("an edit", &["card", "edit", "primarily", "--file", "edit.txt"]),
        writing("cards from Anki", MANY),
        writing("cards from Anki again", MANY).from(Beginning::Backlog),
        writing("cards to Anki", &["anki", "export", "out.apkg"]),
        writing("cards to an older Anki", &["anki", "export", "out.apkg", "--legacy"]),
        writing("a bank that is printed", &["bank", "print", "MLOps", "-o", "out.txt"]),
    ],
};

pub(super) const CARDS: OperationGroup = OperationGroup {
    name: "cards",
    operations: &[
        writing("a flag", &["card", "flag", "monitoring", "--note", "look"]),
        writing("no flag", &["card", "unflag", "--search", "is:flagged", "--yes"]),
        writing("a suspended card", &["card", "suspend", "--search", "monitoring", "--yes"]),
        writing("no suspended card", &["card", "unsuspend", "--search", "is:suspended", "--yes"]),
        writing("a buried card", &["card", "bury", "--search", "monitoring", "--yes"]),
        writing("no buried card", &["card", "unbury", "--search", "monitoring", "--yes"]).after(&[&[
            "card",
            "bury",
            "--search",
            "monitoring",
            "--yes",
        ]]),
        writing("a reset", &["card", "reset", "--search", "primarily", "--yes"]),
        writing("a card that moves", &["card", "move", "--search", "monitoring", "--to", "Empty", "--yes"]),
        writing("tags", &["card", "tag", "--search", "monitoring", "--add", "late", "--yes"]),
        writing("a deletion", &["card", "delete", "--search", "monitoring", "--yes"]),
        writing("no deletion", &["card", "restore", "--search", "rings", "--yes"]),
        writing("a purge", &["purge", "--yes"]),
        writing("a list", &["card", "list"]),
        writing("a search", &["search", "monitoring"]),
    ],
};

pub(super) const DECKS: OperationGroup = OperationGroup {
    name: "decks",
    operations: &[
        writing("a setting", &["deck", "set", "MLOps", "new-per-day=7"]),
        writing("the first change of a day", &["deck", "set", "MLOps", "new-per-day=7"]).from(Beginning::Yesterday),
        writing("a default", &["deck", "set", "--default", "new-per-day=9"]),
        writing("a day that begins later", &["deck", "set", "--default", "day-start=5"]),
        writing("a new name", &["deck", "rename", "MLOps", "Other"]),
        writing("a new deck", &["deck", "create", "New"]),
        writing("a deck that moves", &["deck", "move", "Planets", "MLOps"]),
        writing("a deck into another", &["deck", "merge", "Planets", "MLOps"]),
        writing("a deck that is archived", &["deck", "archive", "MLOps"]),
        writing("a deck that is not archived", &["deck", "unarchive", "MLOps"]).after(&[&["deck", "archive", "MLOps"]]),
        writing("a deck that is deleted", &["deck", "delete", "MLOps", "--yes"]),
        writing("a deck that comes back", &["deck", "restore", "MLOps"])
            .after(&[&["deck", "delete", "MLOps", "--yes"]]),
        writing("a new preset", &["preset", "create", "wild", "new-per-day=9"]),
        writing("a setting of a preset", &["preset", "set", "calm", "new-per-day=3"]),
        writing("a preset for a deck", &["preset", "assign", "calm", "Planets"]),
        writing("no preset for a deck", &["preset", "unassign", "MLOps"]),
        writing("a preset that is renamed", &["preset", "rename", "calm", "quiet"]),
        writing("a preset that is deleted", &["preset", "delete", "calm"]),
        writing("a setting of the program", &["config", "theme", "light"]),
        writing("no setting of the program", &["config", "theme", "--unset"]).after(&[&["config", "theme", "light"]]),
    ],
};

pub(super) const PLANS: OperationGroup = OperationGroup {
    name: "plans",
    operations: &[
        writing("a vacation", &["vacation", "2026-11-25", "2026-11-29", "--yes"]).from(Beginning::Backlog),
        writing("no vacation", &["vacation", "--undo", "--yes"]).from(Beginning::Backlog).after(&[&[
            "vacation",
            "2026-11-25",
            "2026-11-29",
            "--yes",
        ]]),
        writing("a backlog that is spread", &["catchup", "--days", "3", "--yes"]).from(Beginning::Backlog),
        writing("cards that are put off", &["deck", "postpone", "Sky", "3", "--yes"]).from(Beginning::Backlog),
        writing("cards that come early", &["deck", "advance", "Sky", "90", "--yes"]).from(Beginning::Backlog),
        writing("new due dates", &["reschedule", "--yes"]).from(Beginning::Backlog).after(&[&[
            "deck",
            "set",
            "--default",
            "desired-retention=0.8",
        ]]),
        writing("a fit", &["optimize"]).from(Beginning::Backlog),
        writing("no fit", &["optimize", "--revert"]).from(Beginning::Backlog).after(&[&["optimize"]]),
        writing("a rebuild", &["rebuild"]).from(Beginning::Backlog),
        writing("an expected score", &["plan"]),
    ],
};

pub(super) const COPIES: OperationGroup = OperationGroup {
    name: "copies",
    operations: &[
        writing("a backup", &["backup", "copy.db"]),
        writing("a backup over another", &["backup", "kept.db"]),
        writing("a backup in its folder", &["backup"]),
        writing("a restore", &["restore", "kept.db", "--yes"]),
        writing("the newest backup", &["restore", "latest", "--yes"]).after(&[&["backup"], &["undo", "--yes"]]),
        writing("no restore", &["restore", "--undo", "--yes"]).after(&[&["restore", "kept.db", "--yes"]]),
        writing("answers of a backup", &["restore", "--answers", "with.db"]),
        writing("everything", &["export", "everything", "-o", "all"]),
        writing("everything over everything", &["export", "everything", "-o", "text"]),
        writing("everything back", &["--db", OTHER, "import", "text"]),
        writing("a table", &["export", "cards", "-o", "out.csv"]),
        writing("a table over a table", &["export", "cards", "-o", "out.csv"])
            .after(&[&["export", "cards", "-o", "out.csv"], &["card", "flag", "monitoring"]]),
        writing("all tables", &["export", "--all", "-o", "tables"]),
        writing("a report", &["stats", "--html", "out.html"]),
        writing("a calendar", &["due", "--ics", "-o", "out.ics"]).from(Beginning::Backlog),
    ],
};

pub(super) const CARE: OperationGroup = OperationGroup {
    name: "care",
    operations: &[
        writing("an upgrade", &["deck", "list"]).from(Beginning::Older),
        writing("an upgrade and a setting", &["deck", "set", "Old", "new-per-day=7"]).from(Beginning::Older).in_steps(),
        writing("a check", &["check", "--mend"]),
        writing("a check that puts right", &["check", "--mend"]).from(Beginning::Unsound).in_steps(),
        writing("a check of a schema", &["check", "--mend"]).from(Beginning::Refused).in_steps(),
        writing("a log that is right", &["check", "--accept-log"]),
        writing("a rebuild of a schedule that is wrong", &["rebuild"]).from(Beginning::Unsound),
    ],
};

/// All of them.
pub(super) const GROUPS: [&OperationGroup; 7] = [&SITTINGS, &BANKS, &CARDS, &DECKS, &PLANS, &COPIES, &CARE];

/// The database that is made of an export of everything.
pub(super) const OTHER: &str = "data/other.db";

const PLANETS: &str = "# Planets\n\nWhich planet is this? ![](images/mars.png)\n- [x] Mars\n- [ ] Venus\n\n\
    # Moons\n\nWhich planet has rings?\n- [x] Saturn\n- [ ] Mercury\n";
const STARS: &str = "# Stars\n\nWhich star is this? ![](images/sun.png)\n- [x] Sun\n- [ ] Sirius\n";

/// Two days of answers.
fn yesterday() -> Program {
    let mut program = nothing();
    program.ok(&["import", "mlops.txt"]);
    program.ok(&["import", "banks/planets.md", "--format", "markdown", "--deck", "Planets"]);
    program.with_input(&["review", "--json", "--limit", "6"], ANSWERS);
    program.at("2026-11-24T08:00:00+01:00");
    program.with_input(&["review", "--json", "MLOps", "--limit", "3"], ANSWERS);
    program.ok(&["preset", "create", "calm", "new-per-day=5"]);
    program.ok(&["preset", "assign", "calm", "MLOps"]);
    program.ok(&["deck", "set", "MLOps", "exam=2026-12-20"]);
    program.ok(&["card", "suspend", "continuous"]);
    program.ok(&["card", "flag", "--search", "retraining", "--yes", "--note", "why?"]);
    program.ok(&["card", "delete", "rings"]);
    // A copy with an answer more, as another computer would have it.
    program.ok(&["backup", "with.db"]);
    let more = "{\"type\":\"answer\",\"pick\":[\"A\"],\"ms\":100}\n{\"type\":\"rate\"}\n";
    program.with_input(&["--db", "with.db", "review", "--json", "MLOps"], more);
    program.ok(&["--db", "with.db", "export", "revlog", "-o", "history.csv"]);
    program.at(NOW);
    program.ok(&["backup", "kept.db"]);
    program.ok(&["export", "everything", "-o", "text"]);
    program
}

fn nothing() -> Program {
    let program = Program::new();
    let mlops = include_str!("../../../../decks/mlops.txt");
    program.file("mlops.txt", mlops);
    program
        .file("newer.txt", mlops.replace("primarily aim", "mainly aim").replace("\nWhich phase", "\nAt which phase"));
    program.file("more.txt", "1. Three?\nA. e *\nB. f\n\n2. Four?\nA. g *\nB. h\n");
    program.file("edit.txt", "Which planet is blue?\n- A. Neptune *\n- B. Mars\n");
    program.file("banks/planets.md", PLANETS);
    program.file("banks/stars.md", STARS);
    program.file("banks/images/mars.png", b"\x89PNG\r\n\x1a\nmars");
    program.file("banks/images/sun.png", [&b"\x89PNG\r\n\x1a\n"[..], &[7; 20_000]].concat());
    program.file("new.apkg", include_bytes!("../../anki/packages/new.apkg"));
    fs::create_dir(program.folder().join("tmp")).expect("a folder");
    program
}

/// What is there at each beginning, made once.
fn beginning(of: Beginning) -> &'static Program {
    static MADE: [OnceLock<Program>; 7] = [const { OnceLock::new() }; 7];
    MADE[of as usize].get_or_init(|| match of {
        Beginning::Nothing => nothing(),
        Beginning::Yesterday => yesterday(),
        Beginning::Studied => {
            let program = copied(beginning(Beginning::Yesterday));
            program.ok(&["deck", "create", "Empty"]);
            program
        }
        Beginning::Backlog => {
            let program = copied(beginning(Beginning::Studied));
            program.ok(MANY);
            program
        }
        Beginning::Older => {
            let program = nothing();
            fs::create_dir(program.folder().join("data")).expect("a folder");
            database_of(12, &program.db());
            program
        }
        Beginning::Unsound => {
            let wrong =
                "update memory set due_ms = due_ms + 86400000; update memory set repetitions = 9 where card = 1";
            spoiled(Beginning::Studied, wrong)
        }
        Beginning::Refused => spoiled(Beginning::Unsound, "drop trigger review_is_never_deleted"),
    })
}

fn spoiled(from: Beginning, sql: &str) -> Program {
    let program = copied(beginning(from));
    Connection::open(program.db()).and_then(|database| database.execute_batch(sql)).expect("a database");
    program
}
