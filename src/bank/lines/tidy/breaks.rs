//! Empty line ends: `<br>`, the backslash of Markdown; and a full stop after bold type that covers the line.

use super::super::label::{bullet, is_label_alone, label};
use super::sheet::Sheet;

/// Removes them. A backslash is a line break only if several lines end in one.
pub(super) fn take_off(sheet: &mut Sheet<'_>) {
    let slashed = |line: &String| line.ends_with('\\') && !line.ends_with("\\\\");
    let texts = (0..sheet.lines.len()).filter(|at| sheet.is_text(*at));
    let (mut said, mut breaks) = (0_usize, 0_usize);
    for at in texts {
        said += usize::from(!sheet.lines[at].trim().is_empty());
        breaks += usize::from(slashed(&sheet.lines[at]));
    }
    let slashes = breaks > 2 && breaks * 5 > said;
    for at in 0..sheet.lines.len() {
        if !sheet.is_text(at) {
            continue;
        }
        let line = &sheet.lines[at];
        let mut bare = without_breaks(line);
        if slashes && slashed(&sheet.lines[at]) {
            bare = bare.trim_end_matches('\\').trim_end();
        }
        let left = if bare.len() < line.len() && !is_label_alone(bare) { bare } else { line };
        match stop_inside(left) {
            Some(line) => sheet.lines[at] = line,
            None if left.len() < line.len() => sheet.lines[at] = left.to_owned(),
            None => {}
        }
    }
}

/// The line without tags of line breaks at its end.
fn without_breaks(line: &str) -> &str {
    let mut bare = line.trim_end();
    while let Some(at) = bare.rfind('<').filter(|_| bare.ends_with('>')) {
        let name = bare[at + 1..bare.len() - 1].trim().trim_end_matches('/').trim();
        if !name.eq_ignore_ascii_case("br") || bare[..at].matches('`').count() % 2 == 1 {
            break;
        }
        bare = bare[..at].trim_end();
    }
    bare
}

/// Bold type that covers the line but for its full stop, with the full stop in it.
fn stop_inside(line: &str) -> Option<String> {
    let stop = line.chars().last().filter(|char| matches!(char, '.' | ';' | ',' | '。' | '；'))?;
    let bold = line[..line.len() - stop.len_utf8()].trim_end();
    let inner = bold.trim_start();
    let inner = bullet(inner).unwrap_or(inner);
    let inner = label(inner).map_or(inner, |label| label.rest);
    let covered = inner.strip_prefix("**").and_then(|inner| inner.strip_suffix("**"))?;
    (!covered.is_empty() && !covered.contains("**")).then(|| format!("{}{stop}**", &bold[..bold.len() - 2]))
}

#[cfg(test)]
mod tests {
    use super::super::tidy;

    fn left(text: &str) -> Vec<String> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        tidy(&lines, 0).lines
    }

    #[test]
    fn breaks_are_taken_off() {
        assert_eq!(left("What? <br>\nA. a<br/>\n**B. b**<BR />\nC. c<br><br>"), ["What?", "A. a", "**B. b**", "C. c"]);
        assert_eq!(left("What?\\\nA. a\\\nB. b\\"), ["What?", "A. a", "B. b"]);
    }

    #[test]
    fn what_an_option_says_stays() {
        for text in ["A. <br>", "- <br>", "A. `a<br>`", "A. C:\\", "a <b>"] {
            assert_eq!(left(text), [text]);
        }
    }

    #[test]
    fn a_stop_behind_bold_type_is_bold() {
        assert_eq!(
            left("- **a**.\nB. **b**;\n**C. c**.\nuse **d**.\n**e** and **f**."),
            ["- **a.**", "B. **b;**", "**C. c.**", "use **d**.", "**e** and **f**."]
        );
    }
}
