//! The messages that Anki keeps as protobuf: the files `meta` and `media` of a package, and the blobs in the tables of schema 18. The numbers
//! of the fields are those of Anki's own definitions (`proto/anki/*.proto`, 26.09). Fields that nothing here asks for are written as Anki
//! writes them when they have their default, so they are left out.

/// The file `meta` of a package.
#[derive(Clone, PartialEq, prost::Message)]
pub struct PackageMetadata {
    /// The generation: see [`PackageVersion`].
    #[prost(enumeration = "PackageVersion", tag = "1")]
    pub version: i32,
}

/// The generations of packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, prost::Enumeration)]
#[repr(i32)]
pub enum PackageVersion {
    /// Not stated.
    Unknown = 0,
    /// `collection.anki2`.
    Legacy1 = 1,
    /// `collection.anki21`.
    Legacy2 = 2,
    /// `collection.anki21b`: Zstandard, and a media map that is [`MediaEntries`].
    Latest = 3,
}

/// The media map of a package of the newest generation: the n-th entry is the member named `n`.
#[derive(Clone, PartialEq, prost::Message)]
pub struct MediaEntries {
    /// The files, in the order of their members.
    #[prost(message, repeated, tag = "1")]
    pub entries: Vec<MediaEntry>,
}

/// A file of media.
#[derive(Clone, PartialEq, prost::Message)]
pub struct MediaEntry {
    /// Its name in the collection.
    #[prost(string, tag = "1")]
    pub name: String,
    /// Its size in bytes, as it is unpacked.
    #[prost(uint32, tag = "2")]
    pub size: u32,
    /// The SHA-1 of its content, 20 bytes.
    #[prost(bytes = "vec", tag = "3")]
    pub sha1: Vec<u8>,
    /// The name of the member, where it is not the place in the list. Not written.
    #[prost(uint32, optional, tag = "255")]
    pub legacy_zip_filename: Option<u32>,
}

/// The column `decks.common`.
#[derive(Clone, PartialEq, prost::Message)]
pub struct DeckCommon {
    /// Whether decks within it are hidden in the list.
    #[prost(bool, tag = "1")]
    pub study_collapsed: bool,
    /// The same in the browser.
    #[prost(bool, tag = "2")]
    pub browser_collapsed: bool,
    /// The day of the counts, since the collection was made.
    #[prost(uint32, tag = "3")]
    pub last_day_studied: u32,
    /// New cards of that day.
    #[prost(int32, tag = "4")]
    pub new_studied: i32,
    /// Reviews of that day.
    #[prost(int32, tag = "5")]
    pub review_studied: i32,
    /// Milliseconds of that day.
    #[prost(int32, tag = "7")]
    pub milliseconds_studied: i32,
    /// Keys of the old JSON that have no field here.
    #[prost(bytes = "vec", tag = "255")]
    pub other: Vec<u8>,
}

/// The column `decks.kind`.
#[derive(Clone, PartialEq, prost::Message)]
pub struct DeckKind {
    /// Which kind it is.
    #[prost(oneof = "DeckContent", tags = "1, 2")]
    pub kind: Option<DeckContent>,
}

/// What a deck is.
#[derive(Clone, PartialEq, prost::Oneof)]
pub enum DeckContent {
    /// A deck that holds cards.
    #[prost(message, tag = "1")]
    Normal(NormalDeck),
    /// A deck that borrows cards by a search.
    #[prost(message, tag = "2")]
    Filtered(FilteredDeck),
}

/// A deck that holds cards.
#[derive(Clone, PartialEq, prost::Message)]
pub struct NormalDeck {
    /// Its preset: `deck_config.id`.
    #[prost(int64, tag = "1")]
    pub config_id: i64,
    /// New cards that the person allowed beyond the limit, on the day of the counts.
    #[prost(uint32, tag = "2")]
    pub extend_new: u32,
    /// Reviews beyond the limit.
    #[prost(uint32, tag = "3")]
    pub extend_review: u32,
    /// What the deck is about.
    #[prost(string, tag = "4")]
    pub description: String,
    /// Whether the description is Markdown.
    #[prost(bool, tag = "5")]
    pub markdown_description: bool,
    /// A limit of reviews of the deck's own.
    #[prost(uint32, optional, tag = "6")]
    pub review_limit: Option<u32>,
    /// A limit of new cards of the deck's own.
    #[prost(uint32, optional, tag = "7")]
    pub new_limit: Option<u32>,
    /// A desired retention of the deck's own, 0–1.
    #[prost(float, optional, tag = "10")]
    pub desired_retention: Option<f32>,
}

/// A deck that borrows cards by a search. Only what an import asks for.
#[derive(Clone, PartialEq, prost::Message)]
pub struct FilteredDeck {
    /// Whether answers in it count for the schedule.
    #[prost(bool, tag = "1")]
    pub reschedule: bool,
}

/// The column `deck_config.config`: a preset.
#[derive(Clone, PartialEq, prost::Message)]
pub struct PresetConfig {
    /// Learning steps, minutes.
    #[prost(float, repeated, tag = "1")]
    pub learn_steps: Vec<f32>,
    /// Relearning steps, minutes.
    #[prost(float, repeated, tag = "2")]
    pub relearn_steps: Vec<f32>,
    /// Parameters of FSRS-4.5: 17, or none.
    #[prost(float, repeated, tag = "3")]
    pub fsrs_params_4: Vec<f32>,
    /// The share of reviews for each day of the week, from Monday; none if all are alike.
    #[prost(float, repeated, tag = "4")]
    pub easy_days_percentages: Vec<f32>,
    /// Parameters of FSRS-5: 19, or none.
    #[prost(float, repeated, tag = "5")]
    pub fsrs_params_5: Vec<f32>,
    /// Parameters of FSRS-6: 21, or none.
    #[prost(float, repeated, tag = "6")]
    pub fsrs_params_6: Vec<f32>,
    /// New cards of a day.
    #[prost(uint32, tag = "9")]
    pub new_per_day: u32,
    /// Reviews of a day.
    #[prost(uint32, tag = "10")]
    pub reviews_per_day: u32,
    /// SM-2: the ease of a new card (2.5).
    #[prost(float, tag = "11")]
    pub initial_ease: f32,
    /// SM-2: the factor of easy (1.3).
    #[prost(float, tag = "12")]
    pub easy_multiplier: f32,
    /// SM-2: the factor of hard (1.2).
    #[prost(float, tag = "13")]
    pub hard_multiplier: f32,
    /// SM-2: the factor of a lapse (0).
    #[prost(float, tag = "14")]
    pub lapse_multiplier: f32,
    /// SM-2: the factor of all intervals (1).
    #[prost(float, tag = "15")]
    pub interval_multiplier: f32,
    /// The longest interval, days (36500).
    #[prost(uint32, tag = "16")]
    pub maximum_review_interval: u32,
    /// The shortest interval after a lapse, days (1).
    #[prost(uint32, tag = "17")]
    pub minimum_lapse_interval: u32,
    /// SM-2: days after the last step (1).
    #[prost(uint32, tag = "18")]
    pub graduating_interval_good: u32,
    /// SM-2: days after easy (4).
    #[prost(uint32, tag = "19")]
    pub graduating_interval_easy: u32,
    /// 0 in order, 1 at random.
    #[prost(int32, tag = "20")]
    pub new_card_insert_order: i32,
    /// What happens to a leech: 0 it is suspended, 1 it is only tagged.
    #[prost(int32, tag = "21")]
    pub leech_action: i32,
    /// Lapses that make a leech (8).
    #[prost(uint32, tag = "22")]
    pub leech_threshold: u32,
    /// Whether sounds wait for a key.
    #[prost(bool, tag = "23")]
    pub disable_autoplay: bool,
    /// The longest time of an answer, seconds (60).
    #[prost(uint32, tag = "24")]
    pub cap_answer_time_to_secs: u32,
    /// Whether a clock is shown.
    #[prost(bool, tag = "25")]
    pub show_timer: bool,
    /// Whether only the answer is played again.
    #[prost(bool, tag = "26")]
    pub skip_question_when_replaying_answer: bool,
    /// Whether new siblings wait for another day.
    #[prost(bool, tag = "27")]
    pub bury_new: bool,
    /// Whether siblings in review do.
    #[prost(bool, tag = "28")]
    pub bury_reviews: bool,
    /// Whether siblings in steps of days do.
    #[prost(bool, tag = "29")]
    pub bury_interday_learning: bool,
    /// 0 mixed with reviews, 1 after them, 2 before them: new cards.
    #[prost(int32, tag = "30")]
    pub new_mix: i32,
    /// The same for cards in steps of days.
    #[prost(int32, tag = "31")]
    pub interday_learning_mix: i32,
    /// The order of new cards.
    #[prost(int32, tag = "32")]
    pub new_card_sort_order: i32,
    /// The order of reviews.
    #[prost(int32, tag = "33")]
    pub review_order: i32,
    /// Which new cards come first.
    #[prost(int32, tag = "34")]
    pub new_card_gather_priority: i32,
    /// Desired retention, 0–1 (0.9).
    #[prost(float, tag = "37")]
    pub desired_retention: f32,
    /// Whether the clock ends with the answer.
    #[prost(bool, tag = "38")]
    pub stop_timer_on_answer: bool,
    /// What recall was before there was FSRS, 0–1 (0.9).
    #[prost(float, tag = "40")]
    pub historical_retention: f32,
    /// Whether the next side waits for a sound.
    #[prost(bool, tag = "44")]
    pub wait_for_audio: bool,
    /// A search for the cards of a fit; empty for those of the preset.
    #[prost(string, tag = "45")]
    pub param_search: String,
    /// Answers before this day (`2024-01-31`) do not count; empty for none.
    #[prost(string, tag = "46")]
    pub ignore_revlogs_before_date: String,
    /// Keys of the old JSON that have no field here.
    #[prost(bytes = "vec", tag = "255")]
    pub other: Vec<u8>,
}

/// The column `notetypes.config`.
#[derive(Clone, PartialEq, prost::Message)]
pub struct NoteTypeConfig {
    /// 0 normal, 1 cloze.
    #[prost(int32, tag = "1")]
    pub kind: i32,
    /// The field that lists are sorted by.
    #[prost(uint32, tag = "2")]
    pub sort_field_idx: u32,
    /// The style sheet.
    #[prost(string, tag = "3")]
    pub css: String,
    /// What LaTeX begins with.
    #[prost(string, tag = "5")]
    pub latex_pre: String,
    /// What LaTeX ends with.
    #[prost(string, tag = "6")]
    pub latex_post: String,
    /// Whether LaTeX becomes SVG.
    #[prost(bool, tag = "7")]
    pub latex_svg: bool,
    /// Which fields a card needs, for old programs.
    #[prost(message, repeated, tag = "8")]
    pub reqs: Vec<CardRequirement>,
    /// Which type of Anki's own it was made from: 0 unknown, 1 basic, 2 reversed, 3 optional reversed, 4 typing, 5 cloze, 6 image occlusion.
    #[prost(int32, tag = "9")]
    pub original_stock_kind: i32,
    /// Its id in the collection that it came from.
    #[prost(int64, optional, tag = "10")]
    pub original_id: Option<i64>,
    /// Keys of the old JSON that have no field here.
    #[prost(bytes = "vec", tag = "255")]
    pub other: Vec<u8>,
}

/// Which fields a card of a template needs.
#[derive(Clone, PartialEq, prost::Message)]
pub struct CardRequirement {
    /// The place of the template.
    #[prost(uint32, tag = "1")]
    pub card_ord: u32,
    /// 0 none, 1 any, 2 all.
    #[prost(int32, tag = "2")]
    pub kind: i32,
    /// The places of the fields.
    #[prost(uint32, repeated, tag = "3")]
    pub field_ords: Vec<u32>,
}

/// The column `fields.config`.
#[derive(Clone, PartialEq, prost::Message)]
pub struct FieldConfig {
    /// Whether the editor keeps what was typed.
    #[prost(bool, tag = "1")]
    pub sticky: bool,
    /// Whether it is written from right to left.
    #[prost(bool, tag = "2")]
    pub rtl: bool,
    /// The font of the editor (Arial).
    #[prost(string, tag = "3")]
    pub font_name: String,
    /// Its size (20).
    #[prost(uint32, tag = "4")]
    pub font_size: u32,
    /// What the editor says where it is empty.
    #[prost(string, tag = "5")]
    pub description: String,
    /// Whether the editor shows HTML.
    #[prost(bool, tag = "6")]
    pub plain_text: bool,
    /// Whether the editor hides it.
    #[prost(bool, tag = "7")]
    pub collapsed: bool,
    /// Whether searches leave it out.
    #[prost(bool, tag = "8")]
    pub exclude_from_search: bool,
    /// What it is known by when note types are merged.
    #[prost(int64, optional, tag = "9")]
    pub id: Option<i64>,
    /// What it is for, in image occlusion.
    #[prost(uint32, optional, tag = "10")]
    pub tag: Option<u32>,
    /// Whether it must stay.
    #[prost(bool, tag = "11")]
    pub prevent_deletion: bool,
    /// Keys of the old JSON that have no field here.
    #[prost(bytes = "vec", tag = "255")]
    pub other: Vec<u8>,
}

/// The column `templates.config`.
#[derive(Clone, PartialEq, prost::Message)]
pub struct TemplateConfig {
    /// The front.
    #[prost(string, tag = "1")]
    pub q_format: String,
    /// The back.
    #[prost(string, tag = "2")]
    pub a_format: String,
    /// The front in lists.
    #[prost(string, tag = "3")]
    pub q_format_browser: String,
    /// The back in lists.
    #[prost(string, tag = "4")]
    pub a_format_browser: String,
    /// The deck of its cards; 0 for that of the note.
    #[prost(int64, tag = "5")]
    pub target_deck_id: i64,
    /// The font in lists.
    #[prost(string, tag = "6")]
    pub browser_font_name: String,
    /// Its size.
    #[prost(uint32, tag = "7")]
    pub browser_font_size: u32,
    /// What it is known by when note types are merged.
    #[prost(int64, optional, tag = "8")]
    pub id: Option<i64>,
    /// Keys of the old JSON that have no field here.
    #[prost(bytes = "vec", tag = "255")]
    pub other: Vec<u8>,
}
