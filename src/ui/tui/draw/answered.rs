//! What is said to an answer.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Screen;
use super::body::Body;
use crate::model::KeyOrigin;
use crate::session::{Feedback, Form, Hits, Showing};
use crate::ui::words;

/// Right or wrong, how much of it, why, and what the model makes of it.
pub(super) fn verdict(body: &mut Body, screen: &Screen<'_>, showing: &Showing, feedback: &Feedback) {
    let theme = screen.theme;
    body.blank();
    if !showing.form.is_reveal() {
        let (said, style) = match (feedback.right, feedback.overruled) {
            (true, false) => ("✓ Right", theme.right),
            (true, true) => ("✓ Right, as you say", theme.right),
            (false, false) => ("✗ Wrong", theme.wrong),
            (false, true) => ("✗ Wrong, as you say", theme.wrong),
        };
        let beside = beside(screen, showing, feedback);
        body.line(Line::from(vec![Span::styled(said, style), Span::styled(beside, theme.dim)]));
    }
    if let Some(explanation) = &showing.explanation {
        if !showing.form.is_reveal() {
            body.blank();
        }
        body.styled(explanation, showing.markup, &theme, Style::new());
    }
    if let Some(rule) = showing.key_rule.as_ref().filter(|_| showing.key == KeyOrigin::Declared) {
        body.text(&format!("the key is declared ({rule})"), theme.dim);
    }
    if showing.practice {
        body.text("practice: the schedule stays as it is", theme.dim);
    }
}

fn beside(screen: &Screen<'_>, showing: &Showing, feedback: &Feedback) -> String {
    let mut beside = String::new();
    if !feedback.right
        && matches!(showing.form, Form::Pick { several: false })
        && let Some(picked) = feedback.picked().first()
    {
        beside += &format!("  you picked {}", showing.choices[*picked].label);
    }
    if feedback.sure == Some(true) {
        beside += "  you were sure";
    }
    if let Some(Hits { right, of, wrong }) = feedback.hits.filter(|_| !feedback.right || feedback.overruled) {
        beside += &format!("  {right} of {of} right");
        // Of pairs and orders, what is not right is wrong.
        if wrong > 0 && matches!(showing.form, Form::Pick { .. }) {
            beside += &format!(", {wrong} wrong");
        }
    }
    if let Some(known) = feedback.known_probability.filter(|known| *known < 1.0 && !screen.exam) {
        beside += &format!("  counted as known with {}", words::share(known));
    }
    beside
}
