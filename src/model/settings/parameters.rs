//! The 21 parameters of FSRS-6 as text, and the range of each.

/// The range to which the optimizer and the model clip each parameter, w0 to w20 (`fsrs-rs`, `parameter_clipper.rs`,
/// with a stability of 0.001–100 days, a difficulty of 1–10 and one relearning step). A value outside would silently
/// become another.
pub const PARAMETER_RANGES: [(f64, f64); 21] = [
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    (1.0, 10.0),
    (0.001, 4.0),
    (0.001, 4.0),
    (0.001, 0.75),
    (0.0, 4.5),
    (0.0, 0.8),
    (0.001, 3.5),
    (0.001, 5.0),
    (0.001, 0.25),
    (0.001, 0.9),
    (0.0, 4.0),
    (0.0, 1.0),
    (1.0, 6.0),
    (0.0, 2.0),
    (0.0, 2.0),
    (0.0, 0.8),
    (0.1, 0.8),
];

/// A parameter outside its range: its place among the 21 (from 0), its value, and the range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Outside {
    pub(super) place: usize,
    pub(super) value: f32,
    pub(super) low: f32,
    pub(super) high: f32,
}

/// The first parameter that is outside its range.
pub(super) fn outside(parameters: &[f32]) -> Option<Outside> {
    let outside = |(place, (&value, (low, high))): (usize, (&f32, (f64, f64)))| {
        let (low, high) = (low as f32, high as f32);
        (!(low..=high).contains(&value)).then_some(Outside { place, value, low, high })
    };
    parameters.iter().zip(PARAMETER_RANGES).enumerate().find_map(outside)
}

pub(super) fn parameters(text: &str) -> Option<Option<Vec<f32>>> {
    if text == "default" {
        return Some(None);
    }
    let numbers: Vec<f32> = text
        .trim_matches(['[', ']'])
        .split([',', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok().filter(|number: &f32| number.is_finite()))
        .collect::<Option<_>>()?;
    (numbers.len() == PARAMETER_RANGES.len()).then_some(Some(numbers))
}

#[cfg(test)]
mod tests {
    use super::super::value::numbers_text;
    use super::*;
    use crate::model::{SettingError, Settings};

    #[test]
    fn each_parameter_has_its_range() {
        let ranges = PARAMETER_RANGES.map(|(low, high)| (low as f32, high as f32));
        let middle: Vec<f32> = ranges.iter().map(|(low, high)| f32::midpoint(*low, *high)).collect();
        for (place, (low, high)) in ranges.into_iter().enumerate() {
            let with = |value: f32| {
                let mut parameters = middle.clone();
                parameters[place] = value;
                Settings::default().set("parameters", &numbers_text(&Some(parameters)))
            };
            assert_eq!((with(low), with(high)), (Ok(()), Ok(())), "w{place}");
            for value in [low - 0.001, high + 0.001] {
                let expected = SettingError::Parameter { place, value, low, high };
                assert_eq!(with(value), Err(expected), "w{place}");
            }
        }
    }

    #[test]
    fn what_was_kept_is_read_whatever_its_range_is_now() {
        let text = numbers_text(&Some(vec![5.5; 21]));
        let mut settings = Settings::default();
        settings.set("parameters", &text).expect_err("outside");
        assert_eq!(settings, Settings::default());
        settings.set_kept("parameters", &text).expect("21 numbers");
        assert_eq!(settings.parameters, Some(vec![5.5; 21]));
        settings.set_kept("parameters", "1, 2").expect_err("two numbers");
    }

    #[test]
    fn numbers_may_stand_in_brackets_and_must_be_finite() {
        let text = vec!["0.5"; 21].join(",");
        assert_eq!(parameters(&format!("[{text}]")), Some(Some(vec![0.5; 21])));
        assert_eq!(parameters(&text.replacen("0.5", "NaN", 1)), None);
        assert_eq!(parameters("default"), Some(None));
    }
}
