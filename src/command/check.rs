//! `retain check`: is the database sound, and does memory agree with the log?

use super::Context;
use crate::error::{Done, Error, Result};
use crate::ui::words;

/// Problems that are listed one by one; the others are counted.
const LISTED: usize = 10;

/// Runs the command.
pub fn run(context: &Context) -> Result<Done> {
    let trainer = context.trainer()?;
    let health = trainer.check()?;
    let problems = &health.problems;
    if problems.is_empty() {
        let (cards, answers) = (words::count(health.cards, "card"), words::count(health.answers, "answer"));
        context.talk(&format!("OK: {cards}, {answers}; the schedule agrees with the answer log"))?;
        if health.ahead > 0 {
            let answers = words::count(health.ahead, "answer");
            let verb = if health.ahead == 1 { "is" } else { "are" };
            let latest =
                health.latest.map(|latest| format!(", up to {}", words::date_and_time(latest))).unwrap_or_default();
            let now = words::date_and_time(context.clock.now());
            context.talk(&format!(
                "warning: {answers} {verb} dated after now{latest}; the clock says {now}\n\
                 hint: if the clock is right, it was wrong when they were given; their cards come back as planned then"
            ))?;
        }
        return Ok(Done::Whole);
    }
    let path = trainer.path().display();
    let mut report: String = problems.iter().take(LISTED).map(|problem| format!("{path}: {problem}\n")).collect();
    if problems.len() > LISTED {
        report += &format!("… and {} more\n", problems.len() - LISTED);
    }
    let hint = if health.only_memory {
        "`retain rebuild` rebuilds the schedule and the search index"
    } else {
        "keep a copy of the file, then restore the newest backup"
    };
    let count = words::count(problems.len() as u64, "problem");
    Err(Error::person(format!("the database has {count}")).hint(hint).after_report(report))
}
