//! The name that somebody may have meant by one that does not exist.

/// Below this, two names have little in common (Jaro and Winkler: 1 is the same).
const ALIKE: f64 = 0.8;

/// The name that is most like this one, letter case aside, if one is like it at all.
pub(crate) fn closest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    names
        .into_iter()
        .map(|other| (strsim::jaro_winkler(&other.to_lowercase(), &name), other))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(score, _)| *score > ALIKE)
        .map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_name_is_found_and_a_strange_one_is_not() {
        assert_eq!(closest("netwroks", ["Networks", "Storage"]), Some("Networks"));
        assert_eq!(closest("cooking", ["Networks", "Storage"]), None);
        assert_eq!(closest("x", []), None);
    }
}
