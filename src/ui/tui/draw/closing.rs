//! The end of a session.

use ratatui::style::Style;

use super::Screen;
use super::body::Body;
use crate::session::{ExamResult, Summary};
use crate::ui::{chart, exam_score, plain, words};

/// Columns of the bar of a topic.
const BAR: usize = 16;

pub(super) fn body(screen: &Screen<'_>, summary: &Summary, width: usize) -> Body {
    let mut body = Body::new(width);
    if let Some(exam) = summary.exam_result() {
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
    body.text(&format!("{} of {} right ({})", exam.right, exam.questions, exam_score::share(exam)), theme.strong);
    let verdict = words::sentence(&exam_score::passed(exam));
    body.text(&verdict, if exam.is_passed() { theme.right } else { theme.wrong });
    if let Some(open) = exam_score::unanswered(exam) {
        body.text(&format!("{}.", words::sentence(&open)), Style::new());
    }
    body.text(&format!("Time used: {}.", exam_score::time(exam.lasted_ms, exam.allowed_ms)), theme.dim);
    body.blank();
    for topic in &exam.topics {
        let filled = topic.right * BAR / topic.questions.max(1);
        let bar = chart::gauge(filled, BAR);
        let name = topic.topic.as_deref().unwrap_or("no topic");
        body.text(&format!("{bar} {:>3} of {:<3} {name}", topic.right, topic.questions), Style::new());
    }
    body.blank();
    if let Some(not_right) = exam_score::not_right(exam) {
        body.text(&format!("Enter shows {not_right}."), theme.accent);
    }
}
