//! The feedback on an answer.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Screen;
use super::body::Body;
use crate::model::KeyOrigin;
use crate::session::{Feedback, Form, GivenAnswer, Hits, Showing};
use crate::ui::words;

/// The verdict with its details, the explanation, and notes on key and practice.
pub(super) fn verdict(body: &mut Body, screen: &Screen<'_>, showing: &Showing, feedback: &Feedback) {
    let theme = screen.theme;
    body.blank();
    if !showing.form.is_reveal() {
        let (verdict, style) = match (feedback.right, feedback.overruled) {
            _ if feedback.given == GivenAnswer::LeftOpen => ("○ Not answered", theme.wrong),
            (true, false) => ("✓ Right", theme.right),
            (true, true) => ("✓ Right, as you say", theme.right),
            (false, false) => ("✗ Wrong", theme.wrong),
            (false, true) => ("✗ Wrong, as you say", theme.wrong),
        };
        let details = details(screen, showing, feedback);
        body.line(Line::from(vec![Span::styled(verdict, style), Span::styled(details, theme.dim)]));
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

fn details(screen: &Screen<'_>, showing: &Showing, feedback: &Feedback) -> String {
    let mut details = String::new();
    if !feedback.right
        && matches!(showing.form, Form::Pick { several: false })
        && let Some(picked) = feedback.picked().first()
    {
        details += &format!("  you picked {}", showing.choices[*picked].label);
    }
    if feedback.sure == Some(true) {
        details += "  you were sure";
    }
    if let Some(Hits { right, of, wrong }) = feedback.hits.filter(|_| !feedback.right || feedback.overruled) {
        details += &format!("  {right} of {of} right");
        // In pairs and orders, every part that is not right is wrong.
        if wrong > 0 && matches!(showing.form, Form::Pick { .. }) {
            details += &format!(", {wrong} wrong");
        }
    }
    if let Some(known) = feedback.known_probability.filter(|known| *known < 1.0 && screen.paper.is_none()) {
        details += &format!("  {} likely that you knew it", words::share(known));
    }
    details
}
