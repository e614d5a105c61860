//! Formulas and what is shown of them.

use proptest::prelude::*;

use super::unicode;

#[test]
fn formulas_are_shown_in_a_line() {
    for (source, shown) in [
        ("x^2", "x²"),
        ("x_i", "xᵢ"),
        ("x_i^2", "xᵢ²"),
        ("x^{n+1}", "xⁿ⁺¹"),
        ("e^{-x}", "e⁻ˣ"),
        ("e^{i\\pi} + 1 = 0", "e^(iπ) + 1 = 0"),
        ("W_q", "W_q"),
        ("a^{bq}", "a^(bq)"),
        ("x^23", "x²3"),
        ("a=b+c", "a = b + c"),
        ("-x-1", "−x − 1"),
        ("2 \\cdot 10^{-3}", "2 · 10⁻³"),
        ("\\frac{1}{2}", "½"),
        ("\\frac12", "½"),
        ("\\frac{a}{b}", "a/b"),
        ("\\frac{a+b}{2c}", "(a + b)/(2c)"),
        ("\\frac{a}{b}c", "(a/b)c"),
        ("\\frac{\\frac{a}{b}}{c}", "(a/b)/c"),
        ("\\frac{a}{\\frac{b}{c}}", "a/(b/c)"),
        ("\\frac{1}{(x+1)}", "1/(x + 1)"),
        ("\\frac{1}{(x+1)(y+1)}", "1/((x + 1)(y + 1))"),
        ("{\\frac{a}{b}}^2", "(a/b)²"),
        ("\\sqrt{x}", "√x"),
        ("\\sqrt{x+1}", "√(x + 1)"),
        ("\\sqrt{2}x", "√2 x"),
        ("\\sqrt[3]{x}", "∛x"),
        ("\\sqrt{x}^2", "(√x)²"),
        ("{a+b}^2", "(a + b)²"),
        ("(a+b)^2", "(a + b)²"),
        ("\\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        ("\\int_0^1 f(x)\\,dx", "∫₀¹ f(x) dx"),
        ("\\lim_{x \\to 0} f(x)", "lim_(x→0) f(x)"),
        ("\\sin^2 x + \\cos^2 x = 1", "sin² x + cos² x = 1"),
        ("O(n\\log n)", "O(n log n)"),
        ("\\forall x \\in \\mathbb{R}: x^2 \\ge 0", "∀x ∈ ℝ: x² ≥ 0"),
        ("f: A \\to B", "f: A → B"),
        ("\\hat{y} = \\vec{v}", "y\u{302} = v\u{20d7}"),
        ("\\hat i", "ı\u{302}"),
        ("\\overline{AB}", "A\u{305}B\u{305}"),
        ("\\text{if } x > 0", "if x > 0"),
        ("90^\\circ", "90°"),
        ("A^T A^\\top", "AᵀAᵀ"),
        ("f'(x)", "f′(x)"),
        ("\\left( \\frac{a}{b} \\right)^2", "(a/b)²"),
        ("\\left. x \\right|_0", "x|₀"),
        ("\\{1, 2, \\ldots, n\\}", "{1, 2, …, n}"),
        ("\\binom{n}{k}", "C(n, k)"),
        ("P(A|B)", "P(A|B)"),
        ("n!", "n!"),
        ("a \\not= b, x \\not\\in Y", "a ≠ b, x ∉ Y"),
        ("\\mathcal{L}(\\theta)", "ℒ(θ)"),
        ("\\mathbf{w}^T\\mathbf{x}", "wᵀx"),
        ("x \\equiv 1 \\pmod{7}", "x ≡ 1 (mod 7)"),
        ("3.14", "3.14"),
        ("50\\%", "50%"),
        ("\\alpha\\beta", "αβ"),
        ("A \\cup B \\subseteq C", "A ∪ B ⊆ C"),
        ("\\operatorname{softmax}(z_i)", "softmax(zᵢ)"),
        ("10{,}000", "10,000"),
        ("", ""),
    ] {
        assert_eq!(unicode(source).unwrap_or_default(), shown, "{source}");
    }
}

#[test]
fn what_cannot_be_shown_is_not_shown_by_halves() {
    for source in [
        r"\begin{pmatrix} a & b \end{pmatrix}",
        r"x + \unknown{y}",
        r"\frac{a}",
        r"{x",
        r"x}",
        r"x^",
        r"x^a^b",
        r"\sqrt[q]{x}",
        r"\hat{abc}",
        r"a \\ b",
        r"\mathbb{α}",
        r"\",
        r"\text{x",
        r"\not",
    ] {
        assert_eq!(unicode(source), None, "{source}");
    }
    assert_eq!(unicode(&"{".repeat(100_000)), None);
    assert_eq!(unicode(&"x^".repeat(100_000)), None);
}

proptest! {
    #[test]
    fn no_formula_panics(source in r"([a-z0-9^_{}\\ ]|\\frac|\\sqrt|\\left|\\right|\\hat|\\text|\\not|[\[\]().']|\PC){0,40}") {
        let shown = unicode(&source);
        // Nothing of the source is left over.
        prop_assert!(shown.is_none_or(|shown| !shown.contains("\\frac") && !shown.contains("\\sqrt")));
    }
}
