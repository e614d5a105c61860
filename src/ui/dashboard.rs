//! `retain stats`: the dashboard.

use super::paint::Paint;
use super::words;
use crate::model::StudyDay;
use crate::stats::Tally;

/// What the dashboard shows.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// The deck, or none for all.
    pub deck: Option<String>,
    /// Today.
    pub today: StudyDay,
    /// Answers of today.
    pub answers: Tally,
    /// Answers of the last 30 study days, today among them.
    pub month: Tally,
    /// Study days in a row.
    pub streak: u32,
    /// The recall that is aimed at, mean over the decks shown.
    pub target: f64,
    /// Cards that become due today (overdue ones among them) and on the six days after.
    pub due: [usize; 7],
    /// Cards never shown.
    pub new: usize,
}

const BAR: usize = 40;

/// The dashboard as text, readable at 80 columns and without colour.
pub fn text(dashboard: &Dashboard, paint: Paint) -> String {
    let title = dashboard.deck.as_deref().unwrap_or("all decks");
    let mut text = format!("{}  {}\n\n", paint.strong(title), paint.dim(&dashboard.today.to_string()));
    let today = &dashboard.answers;
    text += &match today.answers {
        0 => "today      no answers yet\n".to_owned(),
        answers => format!(
            "today      {}{}, {:.1} minutes\n",
            words::count(answers as u64, "answer"),
            // Practice alone has no share that says something.
            today.accuracy().map(|share| format!(", {} right", words::share(share))).unwrap_or_default(),
            today.minutes()
        ),
    };
    text += &format!("streak     {}\n", words::count(dashboard.streak, "day"));
    let month = &dashboard.month;
    match month.accuracy() {
        None => text += "30 days    no answers\n",
        Some(accuracy) => {
            text += &format!(
                "30 days    {}, {} right\n",
                words::count(month.answers as u64, "answer"),
                words::share(accuracy)
            );
        }
    }
    match (month.retention(), month.retention_corrected(), month.predicted()) {
        (Some(raw), Some(corrected), Some(predicted)) => {
            let reached =
                if raw + 0.005 >= dashboard.target { paint.good("on target") } else { paint.odd("below target") };
            text += &format!(
                "retention  {} of a target of {} ({reached}); {} corrected for guessing, {} predicted\n",
                words::share(raw),
                words::share(dashboard.target),
                // Below what luck alone would give, nothing is known.
                words::share(corrected.max(0.0)),
                words::share(predicted)
            );
        }
        _ => {
            text += &format!(
                "retention  no card was due for review yet; the target is {}\n",
                words::share(dashboard.target)
            );
        }
    }
    text += &format!("\n{}\n", paint.strong("due in the next 7 days"));
    let most = dashboard.due.iter().copied().max().unwrap_or(0).max(1);
    for (ahead, count) in (0_u32..).zip(dashboard.due) {
        let day = dashboard.today.plus(ahead);
        let name = if ahead == 0 { "today".to_owned() } else { day.date().format("%a %d %b").to_string() };
        let width = (count * BAR).div_ceil(most);
        text += &format!("{name:<10} {count:>5}  {}\n", "█".repeat(if count == 0 { 0 } else { width.max(1) }));
    }
    if dashboard.new > 0 {
        text += &format!("\n{} not seen yet\n", words::count(dashboard.new as u64, "card"));
    }
    text
}
