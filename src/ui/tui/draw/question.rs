//! The question: its stem and the form of its answer.

use super::Screen;
use super::body::Body;
use super::form;
use crate::session::{Feedback, Form, Showing};

/// The question, before and after the answer.
pub(super) fn body(screen: &Screen<'_>, showing: &Showing, feedback: Option<&Feedback>, width: usize) -> Body {
    let theme = screen.theme;
    let mut body = Body::new(width);
    body.styled(&showing.stem, showing.markup, &theme, theme.strong);
    if screen.place.hidden && feedback.is_none() {
        body.blank();
        body.text("recall the answer, then Enter shows the choices", theme.dim);
        return body;
    }
    if feedback.is_none()
        && let Some(how) = how(&showing.form)
    {
        body.text(how, theme.dim);
    }
    body.blank();
    match (&showing.form, feedback) {
        (Form::Pick { .. }, None) => form::picks(&mut body, screen, showing),
        (Form::Pick { .. }, Some(feedback)) => form::picked(&mut body, screen, showing, feedback),
        (Form::Order, None) => form::order(&mut body, screen, showing),
        (Form::Order, Some(feedback)) => form::ordered(&mut body, screen, showing, feedback),
        (Form::Pair { halves }, None) => form::pairs(&mut body, screen, showing, halves),
        (Form::Pair { halves }, Some(feedback)) => form::paired(&mut body, screen, showing, halves, feedback),
        (Form::Type { .. }, None) => form::line(&mut body, screen, width),
        (Form::Type { .. }, Some(feedback)) => form::typed(&mut body, screen, showing, feedback),
        (Form::Reveal { .. }, None) => body.text("recall the answer, then Enter shows it", theme.dim),
        (Form::Reveal { answer }, Some(_)) => form::revealed(&mut body, screen, showing, answer),
    }
    body
}

fn how(form: &Form) -> Option<&'static str> {
    Some(match form {
        Form::Pick { several: true } => "pick all that apply, then Enter",
        Form::Order => "pick them in their order, then Enter",
        Form::Pair { .. } => "give each its number, then Enter",
        Form::Type { number: true, .. } => "type a number, then Enter",
        Form::Type { number: false, .. } => "type the answer, then Enter",
        Form::Pick { several: false } | Form::Reveal { .. } => return None,
    })
}
