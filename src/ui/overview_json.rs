//! The figures of the overview as one JSON object.

use serde_json::{Map, Number, Value};

use crate::error::{Error, Result};
use crate::stats::overview::Overview;

/// Four decimals, as in the tables: more would claim more than is known.
const PLACES: f64 = 10_000.0;

/// All figures as one line of JSON. Numbers have at most 4 decimals, days are `YYYY-MM-DD`, and unknown figures are `null`.
///
/// # Errors
/// A fault of the program, if a figure is not finite.
pub fn line(overview: &Overview) -> Result<String> {
    let value = serde_json::to_value(overview).map(rounded);
    let value = value.map_err(|_| Error::fault("a figure is no number").hint("please report this"))?;
    super::json_line(&value)
}

fn rounded(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            let round = number.as_f64().map(|number| (number * PLACES).round() / PLACES);
            // `+ 0.0` turns −0 into 0.
            round.and_then(|round| Number::from_f64(round + 0.0)).map_or(Value::Null, Value::Number)
        }
        Value::Array(values) => values.into_iter().map(rounded).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, rounded(value))).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::tests::overview::{nothing, studied};

    #[test]
    fn the_figures_are_named_and_rounded() {
        let value: Value = serde_json::from_str(&line(&studied()).expect("a line")).expect("JSON");
        assert_eq!(value["about"]["today"], "2026-11-23");
        assert_eq!(value["about"]["long_period"]["from"], Value::Null);
        assert_eq!(value["activity"]["today"]["accuracy"], 0.8605);
        let retention = &value["activity"]["retention"];
        assert_eq!((&retention["raw"]["part"], &retention["right"]["part"]), (&713.into(), &719.into()));
        // 719 of 811: 0.8628–0.9066; without luck of a quarter 0.8172–0.8755.
        assert_eq!((&retention["corrected"], &retention["guess"]), (&0.8487.into(), &0.25.into()));
        assert_eq!((&retention["corrected_low_95"], &retention["corrected_high_95"]), (&0.8172.into(), &0.8755.into()));
        assert_eq!((&retention["verdict"], &retention["mature"]["right"]["whole"]), (&"below".into(), &321.into()));
        assert_eq!(value["cards"]["score"]["date"], "2026-12-14");
        assert_eq!(value["calibration"]["methods"][0]["method"], "in use");
    }

    #[test]
    fn what_cannot_be_told_is_null() {
        let value: Value = serde_json::from_str(&line(&nothing()).expect("a line")).expect("JSON");
        assert_eq!(value["activity"]["retention"]["raw"]["share"], Value::Null);
        assert_eq!(value["activity"]["retention"]["corrected_low_95"], Value::Null);
        assert_eq!(value["activity"]["retention"]["verdict"], "too-few");
        assert_eq!(value["cards"]["score"], Value::Null);
        assert_eq!(value["calibration"]["predicted"], Value::Null);
    }
}
