//! Note types of our own. Their numbers never change, so that a second package finds those of the first.

/// How many options a note can have: fields `Option A` to `Option L`.
pub const OPTION_FIELDS: usize = 12;
/// The number of the first of our note types: 2026-11-30, in milliseconds.
const FIRST_ID: i64 = 1_796_000_000_000;
/// What the editor says of the field [`OutNoteType::ORIGINAL`].
pub(super) const ABOUT_ORIGINAL: &str = "for retain: leave it as it is";
/// The style of all of them.
const STYLE: &str = include_str!("templates/style.css");
/// Shuffles options, and shows the right ones.
const SHUFFLE: &str = include_str!("templates/choice.js.html");

/// A note type of ours.
#[derive(Clone, Debug, PartialEq)]
pub struct OutNoteType {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Whether its cards are deletions of a text.
    pub cloze: bool,
    /// The names of its fields.
    pub fields: Vec<String>,
    /// Its templates: name, front and back.
    pub templates: Vec<[String; 3]>,
    /// Its style sheet.
    pub css: &'static str,
}

impl OutNoteType {
    /// The last field of each of them: the questions word for word, which no card shows.
    pub const ORIGINAL: &'static str = "retain";
    /// The number of [`Self::choice`].
    pub const CHOICE: i64 = FIRST_ID + 1;
    /// The number of [`Self::typed`].
    pub const TYPED: i64 = FIRST_ID + 2;
    /// The number of [`Self::cloze`].
    pub const GAPS: i64 = FIRST_ID + 3;

    /// The number of [`Self::sides`].
    pub fn sides_id(count: usize) -> i64 {
        FIRST_ID + 9 + count.max(1) as i64
    }

    /// A question with options.
    pub fn choice() -> Self {
        let letters = || ('A'..='Z').take(OPTION_FIELDS);
        let mut fields = vec!["Question".to_owned()];
        fields.extend(letters().map(|letter| format!("Option {letter}")));
        fields.push("Answer".into());
        fields.push("QType (1=several, 2=one)".into());
        fields.push("Fixed".into());
        fields.push("Explanation".into());
        fields.extend(letters().map(|letter| format!("Feedback {letter}")));
        let item = |letter: char| {
            format!(
                "{{{{#Option {letter}}}}}<li data-key=\"{letter}\">{{{{Option {letter}}}}}{{{{#Feedback {letter}}}}}<div class=\"feedback\">{{{{Feedback {letter}}}}}</div>{{{{/Feedback {letter}}}}}</li>{{{{/Option {letter}}}}}\n"
            )
        };
        let list: String = letters().map(item).collect();
        let question = format!(
            "<div id=\"stem\">{{{{Question}}}}</div>\n<ol class=\"options\" id=\"options\" type=\"A\" data-fixed=\"{{{{Fixed}}}}\">\n{list}</ol>\n"
        );
        let front = format!("{question}{SHUFFLE}");
        let back = format!(
            "<div class=\"back\">\n{question}<hr id=answer>\n<div><b id=\"key\">{{{{Answer}}}}</b></div>\n{{{{#Explanation}}}}<div class=\"extra\">{{{{Explanation}}}}</div>{{{{/Explanation}}}}\n</div>\n{SHUFFLE}"
        );
        Self::new(Self::CHOICE, "retain: question", fields, vec![["Card 1".into(), front, back]], false)
    }

    /// A word or a number to type.
    pub fn typed() -> Self {
        let fields = vec!["Front".into(), "Word".into(), "Extra".into()];
        let front = "{{Front}}\n<br>{{type:Word}}".into();
        let back = "{{Front}}\n<hr id=answer>\n{{type:Word}}\n{{#Extra}}<div class=\"extra\">{{Extra}}</div>{{/Extra}}";
        Self::new(Self::TYPED, "retain: typed answer", fields, vec![["Card 1".into(), front, back.into()]], false)
    }

    /// A text with deletions.
    pub fn cloze() -> Self {
        let fields = vec!["Text".into(), "Back Extra".into()];
        let back = "{{cloze:Text}}<br>\n{{Back Extra}}".into();
        Self::new(Self::GAPS, "retain: gaps", fields, vec![["Cloze".into(), "{{cloze:Text}}".into(), back]], true)
    }

    /// Up to this many cards of two sides in one note, each with fields of its own.
    pub fn sides(count: usize) -> Self {
        let count = count.max(1);
        let name = |what: &str, place: usize| if place == 0 { what.into() } else { format!("{what} {}", place + 1) };
        let fields = (0..count).flat_map(|place| [name("Front", place), name("Back", place)]).collect();
        let template = |place: usize| {
            let (front, back) = (name("Front", place), name("Back", place));
            let shown = format!("{{{{{front}}}}}");
            [format!("Card {}", place + 1), shown.clone(), format!("{shown}\n<hr id=answer>\n{{{{{back}}}}}")]
        };
        let called = if count == 1 { "retain: card".to_owned() } else { format!("retain: {count} cards") };
        Self::new(Self::sides_id(count), &called, fields, (0..count).map(template).collect(), false)
    }

    fn new(id: i64, name: &str, mut fields: Vec<String>, templates: Vec<[String; 3]>, cloze: bool) -> Self {
        fields.push(Self::ORIGINAL.into());
        Self { id, name: name.to_owned(), cloze, fields, templates, css: STYLE }
    }
}
