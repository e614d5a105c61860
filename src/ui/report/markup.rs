//! Elements of the page. What banks say enters here alone, and is cleaned and escaped here.

use std::borrow::Cow;
use std::fmt::Write;

use crate::ui::rich;

/// Text for an element or for a quoted attribute.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    html_escape::encode_safe(text)
}

/// Sentences for an element: a number and its `%` stay on one line.
pub(super) fn prose(text: &str) -> String {
    escape(text).replace(" %", "\u{a0}%")
}

/// A text of a bank on one line of at most `most` characters, without what steers the direction of other words, not yet escaped.
pub(super) fn clean(text: &str, most: usize) -> String {
    let line = rich::line(text);
    // U+FFFE and U+FFFF are no characters, and no document may hold them.
    let mut chars = line.chars().filter(|char| !matches!(char, '\u{fffe}' | '\u{ffff}'));
    let mut text: String = chars.by_ref().take(most).collect();
    if chars.next().is_some() {
        text.pop();
        text.push('…');
    }
    text
}

/// A table with a caption, named columns, and a name for each row in its first column.
pub(super) struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

struct Column {
    name: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    /// Texts of banks among them, so each has a direction of its own.
    Words,
    /// On one line.
    Short,
    /// On one line, set to the right.
    Number,
}

impl Kind {
    fn attribute(self) -> &'static str {
        match self {
            Self::Words => " dir=\"auto\"",
            Self::Short => " class=\"s\"",
            Self::Number => " class=\"n\"",
        }
    }
}

impl Table {
    /// Without columns and rows.
    pub(super) fn new(caption: impl Into<String>) -> Self {
        Self { caption: caption.into(), columns: Vec::new(), rows: Vec::new() }
    }

    /// A column of words.
    pub(super) fn words(mut self, name: &'static str) -> Self {
        self.columns.push(Column { name, kind: Kind::Words });
        self
    }

    /// A column of few words, such as days, which stay on one line.
    pub(super) fn short(mut self, name: &'static str) -> Self {
        self.columns.push(Column { name, kind: Kind::Short });
        self
    }

    /// A column of numbers, which are set to the right.
    pub(super) fn numbers(mut self, name: &'static str) -> Self {
        self.columns.push(Column { name, kind: Kind::Number });
        self
    }

    /// A row: a cell for each column, as plain text.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table as an element that can be scrolled where it is wider than the page.
    pub(super) fn element(&self) -> String {
        let caption = escape(&self.caption);
        let mut text = format!(
            "<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"><table><caption>{caption}</caption>\n<thead><tr>"
        );
        for column in &self.columns {
            let class = if matches!(column.kind, Kind::Number) { " class=\"n\"" } else { "" };
            let _ = write!(text, "<th scope=\"col\"{class}>{}</th>", escape(column.name));
        }
        text += "</tr></thead>\n<tbody>\n";
        for row in &self.rows {
            text += "<tr>";
            for (place, (cell, column)) in row.iter().zip(&self.columns).enumerate() {
                let (cell, attribute) = (escape(cell), column.kind.attribute());
                let _ = match place {
                    0 => write!(text, "<th scope=\"row\"{attribute}>{cell}</th>"),
                    _ => write!(text, "<td{attribute}>{cell}</td>"),
                };
            }
            text += "</tr>\n";
        }
        text + "</tbody></table></div>\n"
    }
}

/// A picture with what it shows, in words, in colours that are named, and as a table.
pub(super) struct Figure {
    /// Its name in the page.
    pub(super) id: &'static str,
    /// Its heading.
    pub(super) heading: &'static str,
    /// What it says, in plain words.
    pub(super) says: String,
    /// Whether it takes the whole width of a page.
    pub(super) wide: bool,
}

impl Figure {
    /// With a picture, the names of its colours (the class of the colour, and the name), and the same figures as a table.
    pub(super) fn with(&self, picture: &super::frame::Picture, colours: &[(&str, &str)], table: &Table) -> String {
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
            prose(&self.says),
            picture.element(self.id, self.heading, &self.says),
            table.element()
        )
    }

    /// With words alone, where there is nothing to draw.
    pub(super) fn without(&self) -> String {
        note(self.heading, &self.says, false)
    }
}

/// A table with a heading and words before it; the words alone where it has no rows.
pub(super) fn list(heading: &str, says: &str, table: &Table, wide: bool) -> String {
    if table.rows.is_empty() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_a_bank_is_one_harmless_line() {
        assert_eq!(clean("a\u{202e}b\r\n c\u{7}\u{ffff}", 9), "ab c");
        assert_eq!(clean("子网掩码是什么", 4), "子网掩…");
        assert_eq!(clean("four", 4), "four");
    }

    #[test]
    fn cells_are_escaped() {
        let mut table = Table::new("<c>").words("topic").numbers("answers");
        table.row(["</th><script>\"'&".to_owned(), "3".to_owned()]);
        let element = table.element();
        assert!(
            element.contains("<th scope=\"row\" dir=\"auto\">&lt;&#x2F;th&gt;&lt;script&gt;&quot;&#x27;&amp;</th>"),
            "{element}"
        );
        assert!(element.contains("<td class=\"n\">3</td>") && element.contains("<caption>&lt;c&gt;</caption>"));
    }
}
