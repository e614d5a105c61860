//! The cards of the report: figures with a drawing, tables with a heading, and notes.

use std::fmt::Write;

use super::frame::Drawing;
use super::markup::{ReportTable, escape, prose};

/// A figure of the report: its statement in words, a drawing, and a table.
pub(super) struct Figure {
    id: &'static str,
    heading: &'static str,
    wide: bool,
}

impl Figure {
    /// `id` is unique in the page.
    pub(super) fn new(id: &'static str, heading: &'static str) -> Self {
        Self { id, heading, wide: false }
    }

    /// Across the whole width of the page.
    pub(super) fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    /// The figure with its words, its drawing, a key of colours (class and name), and the same values as a table.
    pub(super) fn with(&self, says: &str, picture: &Drawing, colours: &[(&str, &str)], table: &ReportTable) -> String {
        let mut key = String::new();
        if !colours.is_empty() {
            key += "<ul class=\"key\">";
            for (class, name) in colours {
                let _ =
                    write!(key, "<li><span class=\"swatch {class}\" aria-hidden=\"true\"></span>{}</li>", escape(name));
            }
            key += "</ul>\n";
        }
        format!(
            "<figure class=\"card{}\">\n<figcaption><h3>{}</h3>\n<p>{}</p></figcaption>\n{key}{}<details><summary>As a table</summary>\n{}</details>\n</figure>\n",
            if self.wide { " wide" } else { "" },
            escape(self.heading),
            prose(says),
            picture.element(self.id, self.heading, says),
            table.element()
        )
    }

    /// The figure with words alone, if there is nothing to draw.
    pub(super) fn without(&self, says: &str) -> String {
        note(self.heading, says, false)
    }
}

/// A table with a heading and words before it; the words alone if it has no rows.
pub(super) fn list(heading: &str, says: &str, table: &ReportTable, wide: bool) -> String {
    if table.is_empty() {
        return note(heading, says, wide);
    }
    card(heading, says, &table.element(), wide)
}

/// Words with a heading.
pub(super) fn note(heading: &str, says: &str, wide: bool) -> String {
    card(heading, says, "", wide)
}

fn card(heading: &str, says: &str, body: &str, wide: bool) -> String {
    let wide = if wide { " wide" } else { "" };
    format!("<div class=\"card{wide}\">\n<h3>{}</h3>\n<p>{}</p>\n{body}</div>\n", escape(heading), prose(says))
}
