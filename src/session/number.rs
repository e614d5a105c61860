//! Numbers.
/// temp
pub(super) fn readings(text: &str) -> Vec<f64> {
    text.trim().replace(',', ".").parse().ok().into_iter().collect()
}
/// temp
pub(super) fn within(text: &str, value: f64, tolerance: f64) -> bool {
    readings(text).iter().any(|x| (x - value).abs() <= tolerance + 1e-9)
}
