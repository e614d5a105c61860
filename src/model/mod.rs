//! The nouns of the trainer. This room imports no other room; all others import it.

mod card;
pub mod cloze;
mod count;
mod day;
mod deck;
mod deed;
mod duration;
mod exam;
pub mod limits;
mod log;
mod memory;
mod numbered;
pub mod phrase;
mod preset;
mod question;
mod rating;
pub mod search_text;
mod settings;
mod shell_word;

pub use card::{CardId, CardState, Due, Flag, asked_places, card_uid};
pub use count::count;
pub use day::{DayStart, FIRST_MS, LAST_DAY, LAST_MS, LATEST_MS, Moment, NoSuchDay, StudyDay, WIDEST_OFFSET};
pub use deck::{Deck, DeckId, Shelf};
pub use deed::{Deed, DeedKind};
pub use duration::{DAY_MS, HOUR_MS, MINUTE_MS, TimeUnit, minutes_of, parse_duration};
pub use exam::{ExamEnding, PASS_MARK, passes};
pub use log::{
    Guess, LONGEST_ANSWER_MS, LogEntry, LogId, Move, MoveKind, Review, ReviewKind, TimedAnswer, Undo, UndoneEntry,
};
pub use memory::{CardMemory, MATURE_DAYS, MemoryState};
pub use preset::{Preset, PresetId};
pub use question::{Choice, KeyOrigin, Kind, Markup, Question, QuestionId, letter};
pub use rating::{Confidence, Rating};
pub use settings::value as setting_value;
pub use settings::{
    Grading, LeechAction, Mix, NewOrder, Optimize, PARAMETER_RANGES, ReviewOrder, SetWhen, SettingError, SettingOrigin,
    Settings, Sureness,
};
pub use shell_word::{shell_argument, shell_path, shell_word};
