//! Cells that say yes or no.

/// Whether a cell says yes or no, or gives a share of the mark, if it does either.
pub(super) fn flag(cell: &str) -> Option<bool> {
    match cell.to_lowercase().trim_end_matches('%').trim() {
        "true" | "yes" | "y" | "x" | "✓" | "✔" | "✅" | "☑" | "*" | "+" | "t" | "correct" | "right" | "wahr" | "ja"
        | "j" | "richtig" | "vrai" | "oui" | "o" | "sí" | "si" | "verdadero" | "vero" | "sim" | "verdadeiro" | "да"
        | "верно" | "tak" | "ano" | "evet" | "doğru" | "○" | "●" | "◯" | "对" | "是" | "√" | "v" | "はい" | "정답"
        | "예" => Some(true),
        "false" | "no" | "n" | "f" | "-" | "✗" | "✘" | "❌" | "×" | "☐" | "incorrect" | "wrong" | "falsch" | "nein"
        | "faux" | "non" | "falso" | "não" | "nao" | "нет" | "неверно" | "nie" | "ne" | "hayır" | "yanlış" | "错"
        | "否" | "いいえ" | "오답" | "아니오" => Some(false),
        number => number.replace(',', ".").parse::<f64>().ok().map(|share| share > 0.0),
    }
}
