//! The symbols of LaTeX that Unicode has, by class.

use super::atom::Class;

/// Pairs of a command and its symbol.
type Pairs = &'static [&'static str];

const LETTERS: Pairs = &[
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ lambda λ",
    "mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω",
    "Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ",
    "Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω varGamma Γ varDelta Δ varTheta Θ varLambda Λ varSigma Σ varPhi Φ varOmega Ω",
    "infty ∞ partial ∂ nabla ∇ hbar ℏ hslash ℏ ell ℓ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ gimel ℷ imath ı jmath ȷ complement ∁ eth ð",
    "forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ top ⊤ bot ⊥ neg ¬ lnot ¬ angle ∠ measuredangle ∡ sphericalangle ∢",
    "degree ° circ ∘ prime ′ backprime ‵ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ dotsm ⋯ dotsi ⋯ dotso …",
    "square □ Box □ blacksquare ■ triangle △ triangledown ▽ blacktriangle ▲ Diamond ◇ lozenge ◊ bigstar ★ star ⋆ bullet •",
    "clubsuit ♣ diamondsuit ♦ heartsuit ♥ spadesuit ♠ sharp ♯ flat ♭ natural ♮ checkmark ✓ dagger † ddagger ‡ dag † ddag ‡ S § P ¶",
    "pounds £ yen ¥ euro € copyright © registered ® mho ℧ Finv Ⅎ surd √ colon : vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖",
    "backslash \\ slash / ast * ohm Ω micro µ R ℝ N ℕ Z ℤ Q ℚ C ℂ reals ℝ natnums ℕ infin ∞ textdegree ° textmu µ qed ∎",
];

const OPERATORS: Pairs = &[
    "sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂",
    "bigodot ⨀ biguplus ⨄ bigsqcup ⨆ intop ∫ smallint ∫",
    "sin sin cos cos tan tan cot cot sec sec csc csc sinh sinh cosh cosh tanh tanh coth coth arcsin arcsin arccos arccos arctan arctan",
    "log log ln ln lg lg exp exp lim lim limsup limsup liminf liminf max max min min sup sup inf inf arg arg det det dim dim",
    "gcd gcd hom hom ker ker deg deg Pr Pr argmax argmax argmin argmin mod mod tr tr rank rank",
];

const BINARY: Pairs = &[
    "pm ± mp ∓ times × div ÷ cdot · cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖",
    "oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ amalg ⨿ wr ≀ diamond ⋄ bigtriangleup △ bigtriangledown ▽ triangleleft ◁",
    "triangleright ▷ bigcirc ◯ ltimes ⋉ rtimes ⋊ boxplus ⊞ boxtimes ⊠ boxdot ⊡ veebar ⊻ barwedge ⊼ dotplus ∔ intercal ⊺ bmod mod",
    "cdotp · centerdot · And & curlyvee ⋎ curlywedge ⋏ Cap ⋒ Cup ⋓",
];

const RELATIONS: Pairs = &[
    "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙ leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ lesssim ≲ gtrsim ≳ lt < gt >",
    "equiv ≡ sim ∼ simeq ≃ approx ≈ approxeq ≊ cong ≅ doteq ≐ propto ∝ varpropto ∝ asymp ≍ models ⊨ vDash ⊨ vdash ⊢ dashv ⊣",
    "Vdash ⊩ perp ⊥ parallel ∥ nparallel ∦ mid ∣ nmid ∤ in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇",
    "subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ nsupseteq ⊉ sqsubseteq ⊑ sqsupseteq ⊒ sqsubset ⊏ sqsupset ⊐ prec ≺ succ ≻ preceq ⪯",
    "succeq ⪰ nleq ≰ ngeq ≱ nless ≮ ngtr ≯ nsim ≁ ncong ≇ coloneqq ≔ coloneq ≔ eqqcolon ≕ triangleq ≜ bowtie ⋈ smile ⌣ frown ⌢",
    "vartriangleleft ⊲ vartriangleright ⊳ trianglelefteq ⊴ trianglerighteq ⊵ between ≬ therefore ∴ because ∵ implies ⟹ iff ⟺",
    "impliedby ⟸ to → gets ← rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ uparrow ↑",
    "downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷",
    "Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ nearrow ↗",
    "searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌",
    "leftrightharpoons ⇋ leadsto ⇝ rightsquigarrow ⇝ twoheadrightarrow ↠ rightrightarrows ⇉ leftleftarrows ⇇ circlearrowleft ↺",
    "circlearrowright ↻ curvearrowright ↷ nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ upharpoonright ↾ restriction ↾ Join ⋈",
];

const OPENING: Pairs = &["langle ⟨ lfloor ⌊ lceil ⌈ lbrace { lbrack [ lgroup ( ulcorner ⌜ llcorner ⌞ llbracket ⟦"];
const CLOSING: Pairs = &["rangle ⟩ rfloor ⌋ rceil ⌉ rbrace } rbrack ] rgroup ) urcorner ⌝ lrcorner ⌟ rrbracket ⟧"];

/// The symbol of a command and its class.
pub(super) fn symbol(command: &str) -> Option<(&'static str, Class)> {
    let find = |pairs: Pairs| {
        pairs.iter().find_map(|line| {
            let mut words = line.split(' ');
            while let (Some(name), Some(symbol)) = (words.next(), words.next()) {
                if name == command {
                    return Some(symbol);
                }
            }
            None
        })
    };
    [
        (LETTERS, Class::Ord),
        (OPERATORS, Class::Op),
        (BINARY, Class::HistogramBin),
        (RELATIONS, Class::Rel),
        (OPENING, Class::Open),
        (CLOSING, Class::Close),
    ]
    .into_iter()
    .find_map(|(pairs, class)| find(pairs).map(|symbol| (symbol, class)))
}

/// The combining character that a command sets over or under a letter.
pub(super) fn accent(command: &str) -> Option<char> {
    Some(match command {
        "hat" | "widehat" => '\u{302}',
        "bar" | "overline" => '\u{305}',
        "tilde" | "widetilde" => '\u{303}',
        "vec" | "overrightarrow" => '\u{20d7}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        "check" => '\u{30c}',
        "breve" => '\u{306}',
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "mathring" => '\u{30a}',
        "underline" => '\u{332}',
        _ => return None,
    })
}

/// A letter in an alphabet of mathematics: double-struck, script or fraktur.
pub(super) fn letter(command: &str, letter: char) -> Option<char> {
    // Letters that Unicode had before the alphabets.
    let (older, capital, small) = match command {
        "mathbb" | "Bbb" => ("CℂHℍNℕPℙQℚRℝZℤ", 0x1d538, 0x1d552),
        "mathcal" | "mathscr" => ("BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ", 0x1d49c, 0x1d4b6),
        "mathfrak" => ("CℭHℌIℑRℜZℨ", 0x1d504, 0x1d51e),
        _ => return None,
    };
    let mut chars = older.chars();
    while let (Some(plain), Some(styled)) = (chars.next(), chars.next()) {
        if plain == letter {
            return Some(styled);
        }
    }
    match letter {
        'A'..='Z' => char::from_u32(capital + (letter as u32 - 'A' as u32)),
        'a'..='z' => char::from_u32(small + (letter as u32 - 'a' as u32)),
        '1' if command == "mathbb" => Some('𝟙'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_one_symbol() {
        let mut seen = std::collections::HashSet::new();
        for line in [LETTERS, OPERATORS, BINARY, RELATIONS, OPENING, CLOSING].concat() {
            let words: Vec<&str> = line.split(' ').collect();
            assert!(words.len().is_multiple_of(2), "{line}");
            for pair in words.chunks(2) {
                assert!(pair[0].chars().all(|char| char.is_ascii_alphabetic()), "{pair:?}");
                assert!(seen.insert(pair[0]), "{pair:?} stands twice");
            }
        }
        assert!(seen.len() > 300);
    }
}
