//! Frames with pictures.

use super::*;
use crate::session::ShownChoice;
use crate::ui::tui::pictures::PictureMode;
use crate::ui::tui::pictures::tests::Gallery;

/// A question with this stem, whose texts may name `pic.png`, `bad.png` and `gone.png`.
fn asked(stem: &str) -> Showing {
    let media = ["pic.png", "bad.png", "gone.png"].map(|name| (format!("figures/{name}"), name.to_owned()));
    Showing { stem: stem.into(), media: media.to_vec(), ..of(Kind::Single) }
}

fn gallery(way: PictureMode) -> Gallery {
    let gallery = Gallery::new(way);
    gallery.hang("pic.png", 20, 6);
    gallery.file("bad.png", b"no picture");
    gallery
}

/// The frame once its pictures are there.
fn settled(gallery: &Gallery, (width, height): (u16, u16), phase: Phase<'_>, place: &ScreenPlace) -> Buffer {
    let screen = Screen { pictures: &gallery.pictures, theme: Theme::new(true), ..screen(phase, place) };
    buffer(width, height, &screen);
    gallery.settle();
    buffer(width, height, &screen)
}

/// How many cells have a ground: those of half blocks.
fn grounds(buffer: &Buffer) -> usize {
    buffer.content.iter().filter(|cell| matches!(cell.bg, Color::Rgb(..))).count()
}

const STEM: &str = "Which flag is it?\n\n![three *fields*](figures/pic.png)\n\nLook twice.";

#[test]
fn a_picture_stands_above_its_words() {
    let gallery = gallery(PictureMode::Blocks);
    let phase = asking(asked(STEM));
    let buffer = settled(&gallery, (60, 24), phase, &ScreenPlace::default());
    insta::assert_snapshot!("picture", format!("{}\n{}\n{}", lines(&buffer), "=".repeat(60), styles(&buffer)));
    assert_eq!(grounds(&buffer), 20 * 6);
}

#[test]
fn a_small_screen_has_a_small_picture() {
    let gallery = gallery(PictureMode::Blocks);
    let phase = asking(asked(STEM));
    let buffer = settled(&gallery, (40, 12), phase, &ScreenPlace::default());
    // Of seven lines of the body it has three.
    assert_eq!(grounds(&buffer), 10 * 3, "{}", lines(&buffer));
    insta::assert_snapshot!("picture_40x12", lines(&buffer));
}

#[test]
fn until_it_is_there_and_where_it_cannot_be_the_words_stand() {
    let gallery = gallery(PictureMode::Blocks);
    let place = ScreenPlace::default();
    for (name, found) in [("pic.png", true), ("bad.png", false), ("gone.png", false)] {
        let phase = asking(asked(&format!("Look.\n\n![a flag](figures/{name})")));
        let first = Screen { pictures: &gallery.pictures, ..screen(phase, &place) };
        let first = buffer(60, 24, &first);
        assert!(grounds(&first) == 0 && lines(&first).contains("[image: a flag]"), "{name}: {}", lines(&first));
        let then = settled(&gallery, (60, 24), phase, &place);
        assert_eq!(grounds(&then) > 0, found, "{name}");
        assert!(lines(&then).contains("[image: a flag]"), "{name}: {}", lines(&then));
        if !found {
            assert_eq!(lines(&then), lines(&first), "{name}");
        }
    }
    // What the bank did not bring is no file of the folder, whatever it is called.
    let phase = asking(asked("![a flag](pic.png)"));
    assert_eq!(grounds(&settled(&gallery, (60, 24), phase, &place)), 0);
}

#[test]
fn without_an_alt_the_picture_says_enough() {
    let gallery = gallery(PictureMode::Blocks);
    let phase = asking(asked("Look.\n\n![](figures/pic.png)"));
    let place = ScreenPlace::default();
    let shown = lines(&settled(&gallery, (60, 24), phase, &place));
    assert!(!shown.contains("[image"), "{shown}");
}

#[test]
fn a_picture_scrolls_with_its_text() {
    let long = format!("{STEM}\n\n{}", "More of it to read here. ".repeat(30));
    let phase = asking(asked(&long));
    for (way, parts) in [
        (PictureMode::Blocks, true),
        (PictureMode::Iterm2, false),
        (PictureMode::Sixel, false),
        (PictureMode::Kitty, true),
    ] {
        let gallery = gallery(way);
        let at = |top| {
            let place = ScreenPlace { scroll: Some(top), ..ScreenPlace::default() };
            settled(&gallery, (40, 18), phase, &place)
        };
        // The first two lines are the stem and a blank; then come six of the picture, and its words.
        let words = |buffer: &Buffer| lines(buffer).matches("[image: three fields]").count();
        let drawn = |buffer: &Buffer| match way {
            PictureMode::Blocks => grounds(buffer) > 0,
            PictureMode::Kitty => lines(buffer).contains('\u{10EEEE}'),
            PictureMode::Iterm2 => lines(buffer).contains("\u{1b}]1337;"),
            PictureMode::Sixel => lines(buffer).contains("\u{1b}P"),
        };
        let (whole, part, gone) = (at(2), at(5), at(9));
        assert!(drawn(&whole) && words(&whole) == 1, "{way:?}");
        assert!(drawn(&part) == parts && words(&part) == 1, "{way:?}: {}", lines(&part));
        assert!(!drawn(&gone) && words(&gone) == 0, "{way:?}");
        if way == PictureMode::Blocks {
            assert_eq!((grounds(&whole), grounds(&part)), (20 * 6, 20 * 3));
        }
    }
}

#[test]
fn options_keep_their_letters_and_feedback_its_pictures() {
    let gallery = gallery(PictureMode::Blocks);
    let showing = asked("Which?");
    let picture = |choice: &ShownChoice| ShownChoice { text: "![a flag](figures/pic.png)".into(), ..choice.clone() };
    let choices = showing.choices.iter().map(picture).collect();
    let showing = Showing { choices, explanation: Some("See ![why](figures/pic.png)".into()), ..showing };
    let asked = lines(&settled(&gallery, (60, 40), asking(showing.clone()), &ScreenPlace::default()));
    for letter in ["A", "B", "C"] {
        assert!(asked.contains(&format!(" {letter}  [image: a flag]")), "{asked}");
    }
    let phase = answered(showing, &GivenAnswer::Picked(vec![1]));
    let said = settled(&gallery, (60, 40), phase, &ScreenPlace::default());
    assert!(lines(&said).contains("[image: why]"), "{}", lines(&said));
    assert!(grounds(&said) > 20 * 6, "{}", lines(&said));
}

#[test]
fn a_pause_hides_pictures_too() {
    let gallery = gallery(PictureMode::Blocks);
    let phase = asking(asked(STEM));
    let place = ScreenPlace::default();
    assert!(grounds(&settled(&gallery, (60, 24), phase, &place)) > 0);
    let paused = Screen { pictures: &gallery.pictures, paused: true, ..screen(phase, &place) };
    assert_eq!(grounds(&buffer(60, 24, &paused)), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_size_and_no_place_of_a_picture_panics(
        width in 1_u16..120, height in 1_u16..50, before in "[ a-z>*\\-\n]{0,40}", alt in "[a-z ]{0,80}", scroll in prop::option::of(0_u16..60),
        way in prop::sample::select(PictureMode::ALL.to_vec()), pixels in (1_u32..400, 1_u32..400),
    ) {
        let gallery = Gallery::new(way.1);
        gallery.paint("pic.png", pixels.0, pixels.1);
        let image = format!("![{alt}](figures/pic.png)");
        let showing = Showing { explanation: Some(image.clone()), ..asked(&format!("{before}{image}\n\nb {image} c")) };
        let place = ScreenPlace { scroll, ..ScreenPlace::default() };
        for phase in [asking(showing.clone()), answered(showing, &GivenAnswer::Picked(vec![0]))] {
            let buffer = settled(&gallery, (width, height), phase, &place);
            let shown = lines(&buffer);
            let foot = shown.contains("? keys") || shown.contains("I was right");
            prop_assert!(height < 24 || width < 40 || foot, "the keys are seen: {shown}");
        }
    }
}
