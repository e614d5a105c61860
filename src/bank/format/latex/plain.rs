//! The text of LaTeX as plain text: commands of looks and spaces go, letters and signs become what they print, formulas stay as
//! they are written, between dollars.

use unicode_normalization::UnicodeNormalization as _;

use crate::bank::word_set::WordSet;

/// What commands without an argument print.
static PRINTED: WordSet = WordSet::new(
    "ldots/… dots/… textellipsis/… textbackslash/\\ textasciitilde/~ textasciicircum/^ textbar/| textless/< \
    textgreater/> textdegree/° degree/° textmu/µ euro/€ EUR/€ texteuro/€ pounds/£ S/§ copyright/© ss/ß ae/æ AE/Æ \
    oe/œ OE/Œ o/ø O/Ø aa/å AA/Å l/ł L/Ł i/ı glqq/„ grqq/“ flqq/« frqq/» LaTeX/LaTeX TeX/TeX textendash/– \
    textemdash/— rightarrow/→ textrightarrow/→ checkmark/✓ hrulefill/____",
);

/// Accents, by the commands that set them.
static ACCENTS: WordSet = WordSet::new(
    "\"/\u{308} '/\u{301} `/\u{300} ^/\u{302} ~/\u{303} =/\u{304} ./\u{307} c/\u{327} v/\u{30c} u/\u{306} H/\u{30b} \
    k/\u{328} r/\u{30a}",
);
/// Commands that are left out with their arguments.
static LEFT_OUT: WordSet = WordSet::new(
    "vspace vspace* hspace hspace* label index footnote setcounter addtocounter pagestyle thispagestyle setlength \
    addtolength fillwithlines fillwithdottedlines fillwithgrid makeemptybox input include rule color cite usepackage \
    newcommand renewcommand exname extype exshuffle extol exsection phantom stepcounter",
);
/// Commands without arguments that print nothing.
static NOTHING: WordSet = WordSet::new(
    "noindent centering par newpage pagebreak clearpage bigskip medskip smallskip hfill vfill vfil bf it tt rm sf sc \
    em bfseries itshape ttfamily small large Large LARGE huge Huge normalsize footnotesize scriptsize tiny hline \
    toprule midrule bottomrule displaystyle raggedright relax protect linebreak nolinebreak nopagebreak \
    droptotalpoints droppoints addpoints printanswers item",
);
/// Commands whose first argument is no text.
static FIRST_IS_NO_TEXT: WordSet = WordSet::new("href textcolor colorbox parbox fontsize");
/// Environments whose content is code.
pub(in crate::bank) const CODE: [&str; 5] = ["verbatim", "verbatim*", "lstlisting", "minted", "Verbatim"];

pub(in crate::bank) fn plain(text: &str) -> String {
    let mut out = PlainWriter::default();
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        rest = match char {
            '\\' => command(rest, &mut out),
            '$' => formula(rest, &mut out),
            '{' | '}' => &rest[1..],
            '~' => out.space(&rest[1..]),
            '&' => out.print(" | ", &rest[1..]),
            '\n' => {
                let trimmed = rest.trim_start();
                let blank = rest[..rest.len() - trimmed.len()].matches('\n').count() > 1;
                if blank { out.end_line("\n\n", trimmed) } else { out.space(trimmed) }
            }
            char if char.is_whitespace() => out.space(&rest[char.len_utf8()..]),
            _ => sign(rest, &mut out),
        };
    }
    out.text.trim().to_owned()
}

/// What was written so far.
#[derive(Default)]
struct PlainWriter {
    text: String,
}

/// Each method writes something and returns the text that follows.
impl PlainWriter {
    fn print<'t>(&mut self, text: &str, after: &'t str) -> &'t str {
        self.text.push_str(text);
        after
    }

    fn space<'t>(&mut self, after: &'t str) -> &'t str {
        let apart = self.text.is_empty() || self.text.ends_with([' ', '\n']);
        self.print(if apart { "" } else { " " }, after)
    }

    fn end_line<'t>(&mut self, ends: &str, after: &'t str) -> &'t str {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push_str(if self.text.ends_with('\n') { "\n" } else { ends });
        }
        after
    }
}

fn sign<'t>(rest: &'t str, out: &mut PlainWriter) -> &'t str {
    for (written, printed) in [("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), (",,", "„")] {
        if let Some(after) = rest.strip_prefix(written) {
            return out.print(printed, after);
        }
    }
    let end = rest.char_indices().nth(1).map_or(rest.len(), |(at, _)| at);
    out.print(&rest[..end], &rest[end..])
}

/// A formula between dollars: what needs no signs of LaTeX is text.
fn formula<'t>(rest: &'t str, out: &mut PlainWriter) -> &'t str {
    let sign = if rest.starts_with("$$") { "$$" } else { "$" };
    let inner = &rest[sign.len()..];
    let Some(end) = closing(inner, sign) else {
        return out.print(sign, inner);
    };
    write_formula(&inner[..end], sign, out, &inner[end + sign.len()..])
}

fn closing(text: &str, sign: &str) -> Option<usize> {
    text.match_indices(sign).map(|(at, _)| at).find(|at| !text[..*at].ends_with('\\'))
}

fn write_formula<'t>(inner: &str, sign: &str, out: &mut PlainWriter, after: &'t str) -> &'t str {
    let inner = inner.split_whitespace().collect::<Vec<_>>().join(" ");
    let sign = if inner.contains(['\\', '^', '_', '{']) { sign } else { "" };
    out.print(&[sign, &inner, sign].concat(), after)
}

/// A command, with as much of its arguments as it takes.
fn command<'t>(rest: &'t str, out: &mut PlainWriter) -> &'t str {
    let after = &rest[1..];
    let Some(first) = after.chars().next() else { return after };
    if !first.is_ascii_alphabetic() {
        return short_command(first, &after[first.len_utf8()..], out);
    }
    let end = after.bytes().take_while(u8::is_ascii_alphabetic).count();
    let end = end + usize::from(after[end..].starts_with('*'));
    let (name, after) = after.split_at(end);
    // A space behind a command only ends its name.
    let behind = after.trim_start_matches([' ', '\t']);
    if let Some((_, printed)) = PRINTED.pairs().find(|(command, _)| *command == name) {
        return out.print(printed, behind.strip_prefix("{}").unwrap_or(behind));
    }
    match name {
        "quad" | "qquad" => out.print(" ", behind.strip_prefix("{}").unwrap_or(behind)),
        "newline" | "par" => out.end_line("\n", behind),
        "begin" | "end" => environment(name, behind, out),
        "verb" | "verb*" | "lstinline" => {
            let Some(sign) = after.chars().next() else { return after };
            let inner = &after[sign.len_utf8()..];
            let close = if sign == '{' { '}' } else { sign };
            let Some(end) = inner.find(close) else { return after };
            out.print(&inner[..end], &inner[end + close.len_utf8()..])
        }
        "item" => {
            out.end_line("\n", "");
            out.print("- ", behind)
        }
        "includegraphics" => {
            let behind = without_options(behind);
            let Some((path, after)) = group(behind) else { return behind };
            out.print(&format!("[{}]", path.trim()), after)
        }
        "c" | "v" | "u" | "H" | "k" | "r" => accent(&name[..1], behind, out),
        _ if NOTHING.contains(name) => behind,
        _ if LEFT_OUT.contains(name) => without_arguments(behind),
        _ if FIRST_IS_NO_TEXT.contains(name) => without_group(without_options(behind)),
        _ if behind.starts_with('{') => behind,
        // Unknown commands are kept.
        _ => out.print(&format!("\\{name}"), after),
    }
}

fn short_command<'t>(sign: char, after: &'t str, out: &mut PlainWriter) -> &'t str {
    match sign {
        '\\' => {
            let after = out.end_line("\n", after.strip_prefix('*').unwrap_or(after));
            if after.starts_with('[') { without_options(after) } else { after.trim_start_matches([' ', '\t']) }
        }
        '(' | '[' => {
            let (close, dollars) = if sign == '(' { ("\\)", "$") } else { ("\\]", "$$") };
            let Some(end) = after.find(close) else { return after };
            write_formula(&after[..end], dollars, out, &after[end + 2..])
        }
        '"' | '\'' | '`' | '^' | '~' | '=' | '.' => accent(sign.encode_utf8(&mut [0; 4]), after, out),
        ' ' | ',' | ';' | ':' | '/' | '\n' => out.space(after),
        '!' | '-' | '@' => after,
        _ => out.print(sign.encode_utf8(&mut [0; 4]), after),
    }
}

fn accent<'t>(sign: &str, after: &'t str, out: &mut PlainWriter) -> &'t str {
    let bare =
        after.trim_start_matches(['{', ' ']).strip_prefix("\\").unwrap_or_else(|| after.trim_start_matches(['{', ' ']));
    let Some(letter) = bare.chars().next().filter(char::is_ascii_alphabetic) else { return after };
    let mark = ACCENTS.pairs().find(|(command, _)| *command == sign).map_or("", |(_, mark)| mark);
    out.text.extend(std::iter::once(letter).chain(mark.chars()).nfc());
    let behind = &bare[letter.len_utf8()..];
    if after.trim_start().starts_with('{') { behind.strip_prefix('}').unwrap_or(behind) } else { behind }
}

/// Environments leave what is in them; code keeps its lines.
fn environment<'t>(word: &str, behind: &'t str, out: &mut PlainWriter) -> &'t str {
    let Some((name, after)) = group(behind) else { return behind };
    if word == "begin" && CODE.contains(&name) {
        let after = without_options(after);
        let close = format!("\\end{{{name}}}");
        let end = after.find(&close).unwrap_or(after.len());
        let code = after[..end].trim_matches('\n');
        out.end_line("\n", "");
        return out.print(&format!("{code}\n"), after[end..].strip_prefix(close.as_str()).unwrap_or(""));
    }
    out.end_line("\n", "");
    match (word, name) {
        // The columns of a table are no text.
        ("begin", "tabular" | "array" | "tabularx" | "minipage" | "multicols" | "multicols*") => {
            without_arguments(after)
        }
        ("begin", _) => without_options(after),
        _ => after,
    }
}

/// Longer arguments are text of the file.
const LONGEST: usize = 20_000;

/// The text within the braces at the beginning, and the text after them.
pub(in crate::bank) fn group(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('{')?;
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, byte) in inner.bytes().enumerate().take(LONGEST) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some((&inner[..at], &inner[at + 1..])),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The text after the braces at the beginning, if there are any.
pub(in crate::bank) fn without_group(text: &str) -> &str {
    group(text).map_or(text, |(_, after)| after)
}

/// What follows an argument in square brackets.
pub(in crate::bank) fn without_options(text: &str) -> &str {
    let bare = text.trim_start_matches([' ', '\t']);
    match bare.strip_prefix('[').and_then(|inner| inner.find(']').filter(|end| *end < LONGEST)) {
        Some(end) => &bare[end + 2..],
        None => text,
    }
}

fn without_arguments(text: &str) -> &str {
    let mut rest = without_options(text);
    while let Some((_, after)) = group(rest) {
        rest = without_options(after);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latex_is_what_it_prints() {
        for (latex, printed) in [
            ("The \\textbf{red} one is {\\it 5\\,\\%} of~it", "The red one is 5 % of it"),
            ("K\\\"onig, caf\\'{e}, gar\\c{c}on, \\ss{}en", "König, café, garçon, ßen"),
            ("``yes''---no--no \\ldots", "“yes”—no–no …"),
            ("one\ntwo\n\nthree\\\\four", "one two\n\nthree\nfour"),
            ("$5$ is $x^2$ and \\(y_1\\)", "5 is $x^2$ and $y_1$"),
            ("a\\vspace{2cm}b \\footnote{no}c", "ab c"),
            ("\\verb|x_y| \\& \\{z\\}", "x_y & {z}"),
            ("\\begin{itemize}\\item a \\item b\\end{itemize}", "- a\n- b"),
            ("\\mymacro stays", "\\mymacro stays"),
            ("\\textcolor{red}{hot} \\href{http://a.b}{link}", "hot link"),
        ] {
            assert_eq!(plain(latex), printed, "{latex}");
        }
    }
}
