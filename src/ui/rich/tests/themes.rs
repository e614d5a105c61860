//! A page with everything, in each theme.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;

use super::super::Text;
use crate::model::Markup;
use crate::ui::theme::{Theme, ThemeName};

const PAGE: &str = "\
## Ownership

What does `drop(x)` do, **exactly**? See [the *book*](https://doc.rust-lang.org), ~~not~~ $x^2$.

1. it moves `x`
   - [x] and frees it

> quoted

| a | b |
|---|---|
| 1 | **2** |

```rust
let x = \"a\"; // 1
```

![a cat](cat.png)";

/// A line with its styles: the colour and the initials of the modifiers before each piece that has some.
fn styled(line: &Line<'_>) -> String {
    let piece = |style: Style, text: &str| {
        let color = style.fg.map(|color: Color| color.to_string().to_lowercase()).unwrap_or_default();
        let signs = [
            (Modifier::BOLD, 'B'),
            (Modifier::ITALIC, 'I'),
            (Modifier::UNDERLINED, 'U'),
            (Modifier::REVERSED, 'R'),
            (Modifier::CROSSED_OUT, 'X'),
        ];
        let modifiers: String =
            signs.iter().filter(|(sign, _)| style.add_modifier.contains(*sign)).map(|(_, sign)| *sign).collect();
        if color.is_empty() && modifiers.is_empty() {
            text.to_owned()
        } else {
            let parts = [color.as_str(), &modifiers, text];
            format!("⟨{}⟩", parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
        }
    };
    line.spans.iter().map(|span| piece(span.style, &span.content)).collect()
}

fn page(name: ThemeName) -> String {
    let lines = Text::parse(PAGE, Markup::Markdown).lines(60, &Theme::named(name), Style::new());
    lines.iter().map(styled).collect::<Vec<_>>().join("\n")
}

#[test]
fn dark() {
    insta::assert_snapshot!(page(ThemeName::Dark), @r#"
    ⟨cyan B Ownership⟩

    What does ⟨yellow `drop(x)`⟩ do, ⟨B exactly⟩? See ⟨cyan U the ⟩⟨cyan IU book⟩
    ⟨darkgray (https://doc.rust-lang.org)⟩, ⟨darkgray X not⟩ x².

    1. it moves ⟨yellow `x`⟩
       [x] and frees it

    ⟨darkgray │ ⟩quoted

    ⟨B a⟩⟨darkgray  │ ⟩⟨B b⟩
    ⟨darkgray ──┼──⟩
    1⟨darkgray  │ ⟩⟨B 2⟩

        ⟨magenta B let⟩ x = ⟨green "a"⟩; ⟨darkgray I // 1⟩

    [image: a cat]
    "#);
}

#[test]
fn light() {
    insta::assert_snapshot!(page(ThemeName::Light), @r#"
    ⟨blue B Ownership⟩

    What does ⟨magenta `drop(x)`⟩ do, ⟨B exactly⟩? See ⟨blue U the ⟩⟨blue IU book⟩
    ⟨darkgray (https://doc.rust-lang.org)⟩, ⟨darkgray X not⟩ x².

    1. it moves ⟨magenta `x`⟩
       [x] and frees it

    ⟨darkgray │ ⟩quoted

    ⟨B a⟩⟨darkgray  │ ⟩⟨B b⟩
    ⟨darkgray ──┼──⟩
    1⟨darkgray  │ ⟩⟨B 2⟩

        ⟨blue B let⟩ x = ⟨green "a"⟩; ⟨darkgray I // 1⟩

    [image: a cat]
    "#);
}

#[test]
fn contrast() {
    insta::assert_snapshot!(page(ThemeName::Contrast), @r#"
    ⟨BU Ownership⟩

    What does `drop(x)` do, ⟨B exactly⟩? See ⟨U the ⟩⟨U book⟩
    (https://doc.rust-lang.org), ⟨X not⟩ x².

    1. it moves `x`
       [x] and frees it

    │ quoted

    ⟨B a⟩ │ ⟨B b⟩
    ──┼──
    1 │ ⟨B 2⟩

        ⟨B let⟩ x = "a"; // 1

    [image: a cat]
    "#);
}

#[test]
fn none() {
    insta::assert_snapshot!(page(ThemeName::None), @r#"
    ⟨B Ownership⟩

    What does `drop(x)` do, ⟨B exactly⟩? See ⟨U the ⟩⟨IU book⟩
    (https://doc.rust-lang.org), ⟨X not⟩ x².

    1. it moves `x`
       [x] and frees it

    │ quoted

    ⟨B a⟩ │ ⟨B b⟩
    ──┼──
    1 │ ⟨B 2⟩

        ⟨B let⟩ x = "a"; ⟨I // 1⟩

    [image: a cat]
    "#);
}
