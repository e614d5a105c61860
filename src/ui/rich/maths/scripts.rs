//! Superscripts and subscripts as characters.

const UP: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻAᴬBᴮDᴰEᴱGᴳHᴴIᴵJᴶKᴷLᴸMᴹNᴺOᴼPᴾRᴿTᵀUᵁVⱽWᵂ\
    αᵅβᵝγᵞδᵟθᶿφᵠχᵡ′′**∗*∘°°°";
const DOWN: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ";

/// The raised or lowered characters of `text`, if Unicode has all of them. Blanks are left out.
pub(super) fn script(text: &str, up: bool) -> Option<String> {
    let table = if up { UP } else { DOWN };
    text.chars()
        .filter(|char| *char != ' ')
        .map(|char| {
            let mut pairs = table.chars();
            while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
                if from == char {
                    return Some(to);
                }
            }
            None
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_whole_or_not_at_all() {
        assert_eq!(script("n+1", true).as_deref(), Some("ⁿ⁺¹"));
        assert_eq!(script("i = 1", false).as_deref(), Some("ᵢ₌₁"));
        assert_eq!(script("xq", true), None);
        assert_eq!(script("b", false), None);
        assert_eq!(UP.chars().count() % 2 + DOWN.chars().count() % 2, 0, "pairs");
    }
}
