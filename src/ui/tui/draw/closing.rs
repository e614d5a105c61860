//! The end of a session.

use ratatui::style::Style;

use super::Screen;
use super::body::Body;
use crate::session::{ExamResult, Summary};
use crate::ui::{chart, plain, words};

/// Columns of the bar of a topic.
const BAR: usize = 16;

pub(super) fn body(screen: &Screen<'_>, summary: &Summary, width: usize) -> Body {
    let mut body = Body::new(width);
    if let Some(exam) = &summary.exam {
        score(&mut body, screen, exam);
        return body;
    }
    let title = match (summary.stopped, summary.answered) {
        (true, _) => "Until later",
        (false, 0) => "Nothing to do",
        (false, _) => "Done",
    };
    body.text(title, screen.theme.strong);
    body.blank();
    body.text(&plain::closing(summary, screen.now), Style::new());
    if summary.took_ms > 0 {
        body.text(&format!("It took {:.1} minutes.", summary.took_ms as f64 / 60_000.0), screen.theme.dim);
    }
    body
}

/// The score of an exam, and that of each topic, the weakest first.
fn score(body: &mut Body, screen: &Screen<'_>, exam: &ExamResult) {
    let theme = screen.theme;
    body.text(if exam.time_up { "Time is up" } else { "The exam is over" }, theme.strong);
    body.blank();
    if exam.answers.is_empty() {
        body.text("No question was answered.", Style::new());
        return;
    }
    let (right, answers) = (exam.right(), exam.answers.len());
    let share = |right: usize, of: usize| words::share(right as f64 / of as f64);
    body.text(&format!("{right} of {answers} right ({})", share(right, answers)), theme.strong);
    if answers < exam.questions {
        let left = exam.questions - answers;
        let of_all = share(right, exam.questions);
        body.text(&format!("{} not answered: {of_all} of all", words::count(left as u64, "question")), Style::new());
    }
    if exam.lasted_ms >= 3_000 {
        body.text(&format!("It took {:.1} minutes.", exam.lasted_ms as f64 / 60_000.0), theme.dim);
    }
    body.blank();
    for topic in exam.topics() {
        let filled = topic.right * BAR / topic.answers;
        let bar = chart::gauge(filled, BAR);
        let name = topic.topic.as_deref().unwrap_or("no topic");
        body.text(&format!("{bar} {:>3} of {:<3} {name}", topic.right, topic.answers), Style::new());
    }
    let misses = exam.misses().count();
    body.blank();
    if misses > 0 {
        let misses = if misses == 1 { "the miss".into() } else { format!("the {misses} misses") };
        body.text(&format!("Enter goes through {misses}."), theme.accent);
    }
}
