//! The palette of 256 colours: a cube of six levels, and greys. The first sixteen are left out, because themes redefine them.

/// The levels of the cube in xterm.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The number of the nearest colour.
pub(super) fn nearest(colour: [u8; 3]) -> u8 {
    let steps = colour.map(|channel| {
        let mut levels = 0..LEVELS.len();
        let near = |&step: &usize| LEVELS[step].abs_diff(channel);
        levels.by_ref().min_by_key(near).unwrap_or(0)
    });
    let mean = colour.iter().map(|channel| u16::from(*channel)).sum::<u16>() / 3;
    // The greys are 8, 18, … 238.
    let grey = (mean.saturating_sub(3) / 10).min(23);
    let shade = u8::try_from(8 + 10 * grey).unwrap_or(u8::MAX);
    if distance(colour, [shade; 3]) < distance(colour, steps.map(|step| LEVELS[step])) {
        return u8::try_from(232 + grey).unwrap_or(u8::MAX);
    }
    u8::try_from(16 + 36 * steps[0] + 6 * steps[1] + steps[2]).unwrap_or(u8::MAX)
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_find_their_place() {
        // By xterm's table of 256 colours.
        for (colour, number) in [
            ([0, 0, 0], 16),
            ([255, 255, 255], 231),
            ([255, 0, 0], 196),
            ([0, 255, 0], 46),
            ([0, 0, 255], 21),
            ([8, 8, 8], 232),
            ([128, 128, 128], 244),
            ([238, 238, 238], 255),
            ([95, 135, 175], 67),
        ] {
            assert_eq!(nearest(colour), number, "{colour:?}");
        }
    }
}
