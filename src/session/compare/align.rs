//! Aligning two lines with the fewest differences (Wagner and Fischer 1974), with wildcards that match anything.

use super::clean::Unit;
use super::{ComparedSpan, Difference};

/// The most cells of the table. Answers are short; a page pasted by mistake is simply wrong.
const MOST_CELLS: usize = 4_000_000;

/// Both lines, letter by letter.
pub(super) struct Alignment {
    pub(super) distance: usize,
    pub(super) typed: Vec<ComparedSpan>,
    pub(super) accepted: Vec<ComparedSpan>,
}

/// A part of a letter: the index of the letter, and the key to compare; `None` for a wildcard.
#[derive(Clone, Copy)]
struct AlignedPart<'a> {
    unit: usize,
    key: Option<&'a str>,
}

/// Aligns what was typed with an accepted answer.
pub(super) fn align(typed: &[Unit], accepted: &[Unit]) -> Alignment {
    let (a, b) = (parts(typed), parts(accepted));
    let width = b.len() + 1;
    if (a.len() + 1).saturating_mul(width) > MOST_CELLS {
        return unlike(typed, accepted);
    }
    // cells[i * width + j]: the distance of the first i typed parts from the first j accepted parts.
    let mut cells = vec![0_u32; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let cell = |i: usize, j: usize| cells[i * width + j];
            let wild = j > 0 && b[j - 1].key.is_none();
            let step = u32::from(!wild);
            cells[i * width + j] = match (i, j) {
                (0, 0) => 0,
                (0, _) => cell(0, j - 1) + step,
                (_, 0) => cell(i - 1, 0) + 1,
                _ if wild => cell(i, j - 1).min(cell(i - 1, j)),
                _ => {
                    let change = u32::from(a[i - 1].key != b[j - 1].key);
                    (cell(i - 1, j - 1) + change).min(cell(i - 1, j) + 1).min(cell(i, j - 1) + 1)
                }
            };
        }
    }
    let (mut of_typed, mut of_accepted) = (vec![None; typed.len()], vec![None; accepted.len()]);
    let (mut i, mut j) = (a.len(), b.len());
    while i > 0 || j > 0 {
        let cell = cells[i * width + j];
        let wild = j > 0 && b[j - 1].key.is_none();
        let change = i > 0 && j > 0 && !wild;
        let same = change && a[i - 1].key == b[j - 1].key;
        if change && cell == cells[(i - 1) * width + j - 1] + u32::from(!same) {
            let difference = if same { Difference::Same } else { Difference::Wrong };
            note(&mut of_typed[a[i - 1].unit], difference);
            note(&mut of_accepted[b[j - 1].unit], difference);
            (i, j) = (i - 1, j - 1);
        } else if j > 0 && cell == cells[i * width + j - 1] + u32::from(!wild) {
            note(&mut of_accepted[b[j - 1].unit], if wild { Difference::Same } else { Difference::Missing });
            j -= 1;
        } else {
            note(&mut of_typed[a[i - 1].unit], if wild { Difference::Same } else { Difference::Extra });
            i -= 1;
        }
    }
    let distance = cells.last().map_or(0, |cell| *cell as usize);
    Alignment { distance, typed: spans(typed, of_typed), accepted: spans(accepted, of_accepted) }
}

fn parts(units: &[Unit]) -> Vec<AlignedPart<'_>> {
    let mut parts = Vec::with_capacity(units.len());
    for (unit, whole) in units.iter().enumerate() {
        parts.extend(whole.wild.then_some(AlignedPart { unit, key: None }));
        parts.extend(whole.key.iter().map(|key| AlignedPart { unit, key: Some(key) }));
    }
    parts
}

/// A letter whose parts have different results is wrong.
fn note(difference: &mut Option<Difference>, part: Difference) {
    *difference = match *difference {
        Some(other) if other != part => Some(Difference::Wrong),
        _ => Some(part),
    };
}

fn spans(units: &[Unit], differences: Vec<Option<Difference>>) -> Vec<ComparedSpan> {
    let span = |(unit, difference): (&Unit, Option<Difference>)| ComparedSpan {
        text: unit.shown.clone(),
        difference: difference.unwrap_or(Difference::Same),
    };
    units.iter().zip(differences).map(span).collect()
}

fn unlike(typed: &[Unit], accepted: &[Unit]) -> Alignment {
    let all = |units: &[Unit], difference| spans(units, vec![Some(difference); units.len()]);
    Alignment {
        distance: typed.len().max(accepted.len()),
        typed: all(typed, Difference::Extra),
        accepted: all(accepted, Difference::Missing),
    }
}
