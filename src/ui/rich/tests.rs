//! Texts laid out: tables of texts and lines, and what must hold for every text.

mod themes;

use proptest::prelude::*;
use ratatui::style::Style;

use super::wrap::columns;
use super::*;
use crate::ui::theme::ThemeName;

fn shown(text: &str, markup: Markup, width: usize) -> Vec<String> {
    let lines = Text::parse(text, markup).lines(width, &Theme::named(ThemeName::Dark), Style::new());
    lines.iter().map(ToString::to_string).collect()
}

#[test]
fn markdown_at_several_widths() {
    for (text, width, lines) in [
        ("# A *b*\ntext", 20, &["A b", "", "text"][..]),
        ("soft\nbreak and  \nhard", 20, &["soft break and", "hard"]),
        ("- one two three four\n- b\n  - c", 12, &["• one two", "  three four", "• b", "  • c"]),
        ("9. a\n10. b", 20, &[" 9. a", "10. b"]),
        ("- a\n\n- b", 20, &["• a", "", "• b"]),
        ("- [x] a\n- [ ] b", 20, &["[x] a", "[ ] b"]),
        ("> a quote of words", 12, &["│ a quote of", "│ words"]),
        ("see [here](http://a.b) <http://c.d>", 40, &["see here (http://a.b) http://c.d"]),
        ("[a](#b) [c](javascript:d)", 40, &["a c"]),
        ("run `a b`", 20, &["run `a b`"]),
        ("```\nabc defgh\n```", 10, &["  abc defg", "  ↪ h"]),
        ("$x_1$ costs $5 and $10, or $3,$4", 40, &["x₁ costs $5 and $10, or $3,$4"]),
        (r"\(a^2\) and \\(b\\) but \(a+\)", 40, &["a² and b but (a+)"]),
        ("$HOME$ and $(ls)/$(pwd)", 40, &["$HOME$ and $(ls)/$(pwd)"]),
        (r"`\(a^2\)` $\frob{x}$", 40, &[r"`\(a^2\)` `\frob{x}`"]),
        ("$$\n\\frac{1}{2}\n$$", 20, &["    ½"]),
        ("a ![cat](c.png) b", 20, &["a", "", "[image: cat]", "", "b"]),
        ("![](dir/c.png)", 20, &["[image: c.png]"]),
        ("H<sub>2</sub>O x<sup>q2</sup>", 20, &["H₂O x^(q2)"]),
        ("a <b>b</b> <!-- c --> d<br>e", 20, &["a b  d", "e"]),
        // No room for a bar beside two columns of text.
        ("> ab", 3, &["ab"]),
        ("a\n\n---\n\nb", 6, &["a", "", "──────", "", "b"]),
        ("~~no~~ **yes**", 20, &["no yes"]),
        ("", 20, &[]),
        (" \n\n ", 20, &[]),
    ] {
        assert_eq!(shown(text, Markup::Markdown, width), lines, "{text}");
    }
}

#[test]
fn tables_are_set_in_columns_or_told_cell_by_cell() {
    let table = "| name | meaning |\n|---|--:|\n| a | the first letter |\n| `b` | 2 |";
    assert_eq!(
        shown(table, Markup::Markdown, 80),
        ["name │          meaning", "─────┼─────────────────", "a    │ the first letter", "`b`  │                2"]
    );
    assert_eq!(
        shown(table, Markup::Markdown, 20),
        [
            "name │       meaning",
            "─────┼──────────────",
            "a    │     the first",
            "     │        letter",
            "     │",
            "`b`  │             2"
        ]
    );
    assert_eq!(
        shown(table, Markup::Markdown, 10),
        ["name: a", "meaning:", "the first", "letter", "", "name: `b`", "meaning: 2"]
    );
}

#[test]
fn html_of_learning_platforms() {
    for (text, lines) in [
        ("<p>a&nbsp;b</p><p>&nbsp;</p><p>c &lt;d&gt;</p>", &["a\u{a0}b", "", "c <d>"][..]),
        ("a\n  b<br/>c", &["a b", "c"]),
        ("<div>a</div><div>b</div>", &["a", "", "b"]),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>d", &["• a", "• b", "  • c", "", "d"]),
        ("<ol start=3><li>a</li></ol>", &["3. a"]),
        ("<b>a<i>b</b>c</i>", &["abc"]),
        ("<script>x</script><style>y</style>z", &["z"]),
        ("<pre><code class=\"language-c\">int  x;\n&lt;y</code></pre>", &["  int  x;", "  <y"]),
        ("<pre>a<br>b", &["  a", "  b"]),
        ("x<sup>2</sup> + <var>y</var><sub>max</sub>", &["x² + yₘₐₓ"]),
        (r"\(x^2\) \[y\] <anki-mathjax>z^2</anki-mathjax>", &["x²", "", "    y", "", "z²"]),
        ("x<sup>a q </sup>y", &["x^(a q) y"]),
        ("<code>$a$</code> $b$", &["`$a$` b"]),
        ("<img src=\"@@PLUGINFILE@@/a.png\" alt=\"a cat\">", &["[image: a cat]"]),
        ("<a href=\"http://x.y\">here</a>", &["here (http://x.y)"]),
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", &["a │ b", "──┼──", "1 │ 2"]),
        ("<table><tr><td>1</td></tr></table>after", &["1", "", "after"]),
        ("<td>a</td></ul></table>b", &["a", "", "b"]),
        ("<q>a</q> &#27;[31m &#x202e;", &["“a”"]),
        ("1 < 2 & 3 > 2", &["1 < 2 & 3 > 2"]),
    ] {
        assert_eq!(shown(text, Markup::Html, 30), lines, "{text}");
    }
}

#[test]
fn words_for_the_ear() {
    for (text, said) in [
        ("a *b* `c`", "a b c"),
        ("```rs\nlet x;\n```", "code:\nlet x;\nend of code"),
        ("|a|b|\n|-|-|\n|1|2|\n|3||", "a: 1; b: 2\na: 3"),
        ("![a cat](c.png)", "[image: a cat]"),
        ("- a\n- [x] b\n- [ ] c\n\n1. d", "• a\ndone: b\nto do: c\n1. d"),
        ("> a", "quote:\na\nend of quote"),
        ("this is ~~not~~ so", "this is (struck out: not) so"),
        ("$\\frac{1}{2}$", "½"),
    ] {
        assert_eq!(Text::parse(text, Markup::Markdown).plain(), said, "{text}");
    }
}

#[test]
fn images_are_found_by_line() {
    let text = Text::parse("a\n\n![x](1.png)\n\n|h|\n|-|\n|![y](2.png)|", Markup::Markdown);
    let laid = text.lay(30, &Theme::named(ThemeName::None), Style::new());
    let lines: Vec<String> = laid.images.iter().map(|stand| laid.lines[stand.line].to_string()).collect();
    assert_eq!(lines, ["[image: x]", "[image: y]"]);
    let names: Vec<(usize, &str)> =
        laid.images.iter().map(|stand| stand.image).zip(text.images().map(|image| image.name.as_str())).collect();
    assert_eq!(names, [(0, "1.png"), (1, "2.png")]);
}

#[test]
fn right_to_left_stands_right_unless_the_terminal_sees_to_it() {
    let text = Text::parse("שלום", Markup::Markdown);
    for (reorder, line) in [(true, "    םולש"), (false, "שלום")] {
        let theme = Theme::named(ThemeName::Dark).reordering(reorder);
        assert_eq!(text.lines(8, &theme, Style::new())[0].to_string(), line);
    }
}

/// Texts that make parsers and layouts work: many signs of a kind, nested, never closed.
#[test]
fn nasty_texts_are_read() {
    for part in [
        "> ",
        "- ",
        "* a\n",
        "[",
        "![",
        "![a](",
        "`",
        "``` ",
        "$",
        "$$",
        r"\(",
        r"\\(",
        r"\(a \)",
        "<",
        "<b>",
        "<td>",
        "<ul><li>",
        "<table>",
        "<table><tr><td>",
        "</table>",
        "<a href=x>",
        "<!--",
        "&",
        "**a",
        "_a_",
        "|",
        "|-|\n",
        "\u{301}",
        "\u{202e}",
        "\u{1b}",
        "\t",
        "<pre>",
        "{",
        "א",
        "😀\u{200d}",
        "क्",
        "<sup>",
        "~~",
        "1. ",
        "    ",
        "</ul>",
        "<h1>",
    ] {
        let text = part.repeat(3_000);
        for markup in [Markup::Plain, Markup::Markdown, Markup::Html] {
            let read = Text::parse(&text, markup);
            let laid = read.lay(20, &Theme::named(ThemeName::Dark), Style::new());
            assert!(laid.lines.iter().all(|line| columns(&line.to_string()) <= 20), "{part}");
            assert!(read.plain().len() <= text.len() * 8 + 100, "{part}");
        }
    }
}

/// Words behind signs of markup.
fn signs(signs: &'static str, words: &'static str) -> impl Strategy<Value = String> {
    proptest::collection::vec((signs, words), 1..24)
        .prop_map(|parts| parts.into_iter().map(|(sign, word)| format!("{sign}{word}")).collect())
}

fn words(text: &str) -> Vec<&str> {
    text.split(|char: char| !char.is_ascii_lowercase()).filter(|word| word.len() == 5).collect()
}

/// Lines without what stands between the pieces of a long word.
fn unbroken(lines: &[String]) -> String {
    lines.concat().replace([' ', '↪', '│'], "")
}

const MARKDOWN: &str = "( |\n|\n\n|\\*|\\*\\*|_|`| - |\n- |\n  - |\n> |\n# | \\| |\n1\\. |~~|\n    |  \n|\\$)";
const HTML: &str = "( |<b>|</b>|<i>|<p>|</p>|<ul>|</ul>|<li>|<table>|</table>|<tr>|<td>|<th>|</td>|<br>|<blockquote>|</blockquote>|<h1>|\
    <code>|</code>|<sub>|</sub>|<div>|<pre>|</pre>|<q>|<a>|<a href='x'>|</a>|<ol>|<!-- -->|<hr>)";

proptest! {
    #[test]
    fn every_text_fits_and_steers_nothing(text in "(?s)(.|[*_`$<>|\\[\\]\\\\# -]|\n){0,120}", width in 2_usize..90) {
        for markup in [Markup::Plain, Markup::Markdown, Markup::Html] {
            for line in shown(&text, markup, width) {
                prop_assert!(columns(&line) <= width, "{line:?}");
                let steers = |char: char| char.is_control() || ('\u{202a}'..='\u{202e}').contains(&char);
                prop_assert!(!line.contains(steers), "{line:?}");
            }
            let said = Text::parse(&text, markup).plain();
            prop_assert!(!said.contains(|char: char| char.is_control() && char != '\n'), "{said:?}");
        }
    }

    #[test]
    fn plain_text_says_what_it_says(text in "[a-z \n*_<&#`-]{0,80}") {
        let said = Text::parse(&text, Markup::Plain).plain();
        prop_assert_eq!(words(&said), words(&text));
    }

    #[test]
    fn markdown_keeps_every_word(text in signs(MARKDOWN, "[a-z]{5}"), width in 16_usize..80) {
        let said = Text::parse(&text, Markup::Markdown).plain();
        let lines = unbroken(&shown(&text, Markup::Markdown, width));
        for word in words(&text) {
            prop_assert!(said.contains(word), "{word}\n{text}\n{said}");
            prop_assert!(lines.contains(word), "{word}\n{text}\n{lines}");
        }
    }

    #[test]
    fn html_keeps_every_word(text in signs(HTML, "[A-Z]{5} ?"), width in 16_usize..80) {
        let said = Text::parse(&text, Markup::Html).plain();
        let lines = unbroken(&shown(&text, Markup::Html, width));
        for word in text.split(|char: char| !char.is_ascii_uppercase()).filter(|word| word.len() == 5) {
            let raised = super::maths::scripted(word, false);
            prop_assert!(said.contains(word) || said.contains(&raised), "{word}\n{text}\n{said}");
            prop_assert!(lines.contains(word) || lines.contains(&raised), "{word}\n{text}\n{lines}");
        }
    }
}
