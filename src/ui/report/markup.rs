//! Elements of the page. Texts of banks enter only here, and are cleaned and escaped here.

use std::borrow::Cow;
use std::fmt::Write;

use crate::ui::rich;

/// Text for an element or a quoted attribute.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    html_escape::encode_safe(text)
}

/// Sentences for an element. A number and its `%` stay on one line.
pub(super) fn prose(text: &str) -> String {
    escape(text).replace(" %", "\u{a0}%")
}

/// A text of a bank on one line of at most `most` characters, without control characters, not yet escaped.
pub(super) fn clean(text: &str, most: usize) -> String {
    let line = rich::line(text);
    // U+FFFE and U+FFFF are not allowed in documents.
    let mut chars = line.chars().filter(|char| !matches!(char, '\u{fffe}' | '\u{ffff}'));
    let mut text: String = chars.by_ref().take(most).collect();
    if chars.next().is_some() {
        text.pop();
        text.push('…');
    }
    text
}

/// A table with a caption, named columns, and a name for each row in its first column.
pub(super) struct ReportTable {
    caption: String,
    columns: Vec<HtmlColumn>,
    rows: Vec<Vec<String>>,
}

struct HtmlColumn {
    name: &'static str,
    kind: HtmlColumnKind,
}

#[derive(Clone, Copy)]
enum HtmlColumnKind {
    /// Texts, perhaps of banks, so each cell has its own direction.
    Words,
    /// Texts that stay on one line.
    Short,
    /// Numbers on one line, set to the right.
    Number,
}

impl HtmlColumnKind {
    fn attribute(self) -> &'static str {
        match self {
            Self::Words => " dir=\"auto\"",
            Self::Short => " class=\"s\"",
            Self::Number => " class=\"n\"",
        }
    }
}

impl ReportTable {
    pub(super) fn new(caption: impl Into<String>) -> Self {
        Self { caption: caption.into(), columns: Vec::new(), rows: Vec::new() }
    }

    /// Adds a column of texts.
    pub(super) fn words(self, name: &'static str) -> Self {
        self.column(name, HtmlColumnKind::Words)
    }

    /// Adds a column of short texts, such as days, which stay on one line.
    pub(super) fn short(self, name: &'static str) -> Self {
        self.column(name, HtmlColumnKind::Short)
    }

    /// Adds a column of numbers.
    pub(super) fn numbers(self, name: &'static str) -> Self {
        self.column(name, HtmlColumnKind::Number)
    }

    fn column(mut self, name: &'static str, kind: HtmlColumnKind) -> Self {
        self.columns.push(HtmlColumn { name, kind });
        self
    }

    /// Adds a row: a cell for each column, as plain text.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as an element that scrolls if it is wider than the page.
    pub(super) fn element(&self) -> String {
        let caption = escape(&self.caption);
        let mut text = format!(
            "<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"><table><caption>{caption}</caption>\n<thead><tr>"
        );
        for column in &self.columns {
            let class = if matches!(column.kind, HtmlColumnKind::Number) { " class=\"n\"" } else { "" };
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
        let mut table = ReportTable::new("<c>").words("topic").numbers("answers");
        table.row(["</th><script>\"'&".to_owned(), "3".to_owned()]);
        let element = table.element();
        assert!(
            element.contains("<th scope=\"row\" dir=\"auto\">&lt;&#x2F;th&gt;&lt;script&gt;&quot;&#x27;&amp;</th>"),
            "{element}"
        );
        assert!(element.contains("<td class=\"n\">3</td>") && element.contains("<caption>&lt;c&gt;</caption>"));
    }
}
