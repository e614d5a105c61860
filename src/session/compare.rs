//! Typed answers.
/// temp
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// temp
    pub right: bool,
}
/// temp
pub fn compare(typed: &str, accepted: &[&str]) -> Typed {
    Typed { right: accepted.iter().any(|a| a.trim().to_lowercase() == typed.trim().to_lowercase()) }
}
