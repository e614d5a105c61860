//! Formulas as Moodle writes them: numbers, `+ - * / % ^ **`, brackets, and functions of PHP's mathematics.

/// Brackets within brackets; deeper ones are no formula of a question.
const DEEPEST: usize = 64;

const PLUS_MINUS: [char; 3] = ['+', '-', '−'];

/// The value of a formula; `None` if it is invalid or has no value.
pub(super) fn value(formula: &str) -> Option<f64> {
    let mut reader = FormulaParser { rest: formula, depth: 0 };
    let value = reader.sum()?;
    reader.skip();
    (reader.rest.is_empty() && value.is_finite()).then_some(value)
}

/// What is left of a formula.
struct FormulaParser<'a> {
    rest: &'a str,
    depth: usize,
}

impl FormulaParser<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Consumes this text, if it is next.
    fn takes(&mut self, text: &str) -> bool {
        self.skip();
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Consumes the next sign, if it is one of these.
    fn sign(&mut self, signs: &[char]) -> Option<char> {
        self.skip();
        let sign = self.rest.chars().next().filter(|sign| signs.contains(sign))?;
        self.rest = &self.rest[sign.len_utf8()..];
        Some(sign)
    }

    fn sum(&mut self) -> Option<f64> {
        let mut sum = self.product()?;
        while let Some(sign) = self.sign(&PLUS_MINUS) {
            let next = self.product()?;
            sum += if sign == '+' { next } else { -next };
        }
        Some(sum)
    }

    fn product(&mut self) -> Option<f64> {
        let mut product = self.power()?;
        while let Some(sign) = self.sign(&['*', '/', '%']) {
            let next = self.power()?;
            match sign {
                '*' => product *= next,
                '/' => product /= next,
                _ => product %= next,
            }
        }
        Some(product)
    }

    /// A sign binds less than a power: `-2^2` is -4.
    fn power(&mut self) -> Option<f64> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let value = match self.sign(&PLUS_MINUS) {
            Some('+') => self.power()?,
            Some(_) => -self.power()?,
            None => {
                let base = self.term()?;
                if self.takes("**") || self.takes("^") { base.powf(self.power()?) } else { base }
            }
        };
        self.depth -= 1;
        Some(value)
    }

    fn term(&mut self) -> Option<f64> {
        if self.takes("(") {
            let value = self.sum()?;
            return self.takes(")").then_some(value);
        }
        self.skip();
        if self.rest.starts_with(|char: char| char.is_ascii_digit() || char == '.') {
            return self.number();
        }
        let end = self.rest.find(|char: char| !char.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        if !self.takes("(") {
            return (name == "pi").then_some(std::f64::consts::PI);
        }
        let mut given = Vec::new();
        if !self.takes(")") {
            given.push(self.sum()?);
            while self.takes(",") {
                given.push(self.sum()?);
            }
            if !self.takes(")") {
                return None;
            }
        }
        function(name, &given)
    }

    fn number(&mut self) -> Option<f64> {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let mut end = digits(self.rest);
        if self.rest[end..].starts_with('.') {
            end += 1 + digits(&self.rest[end + 1..]);
        }
        let exponent = self.rest[end..].strip_prefix(['e', 'E']).map(|power| {
            let sign = usize::from(power.starts_with(['+', '-']));
            (sign, digits(&power[sign..]))
        });
        if let Some((sign, digits)) = exponent.filter(|(_, digits)| *digits > 0) {
            end += 1 + sign + digits;
        }
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        number.parse().ok()
    }
}

fn function(name: &str, given: &[f64]) -> Option<f64> {
    Some(match (name, given) {
        ("pi", []) => std::f64::consts::PI,
        ("abs", [x]) => x.abs(),
        ("sqrt", [x]) => x.sqrt(),
        ("exp", [x]) => x.exp(),
        ("log" | "ln", [x]) => x.ln(),
        ("log", [x, base]) => x.log(*base),
        ("log10", [x]) => x.log10(),
        ("log1p", [x]) => x.ln_1p(),
        ("expm1", [x]) => x.exp_m1(),
        ("sin", [x]) => x.sin(),
        ("cos", [x]) => x.cos(),
        ("tan", [x]) => x.tan(),
        ("asin", [x]) => x.asin(),
        ("acos", [x]) => x.acos(),
        ("atan", [x]) => x.atan(),
        ("atan2", [y, x]) => y.atan2(*x),
        ("sinh", [x]) => x.sinh(),
        ("cosh", [x]) => x.cosh(),
        ("tanh", [x]) => x.tanh(),
        ("asinh", [x]) => x.asinh(),
        ("acosh", [x]) => x.acosh(),
        ("atanh", [x]) => x.atanh(),
        ("deg2rad", [x]) => x.to_radians(),
        ("rad2deg", [x]) => x.to_degrees(),
        ("ceil", [x]) => x.ceil(),
        ("floor", [x]) => x.floor(),
        ("round", [x]) => x.round(),
        ("round", [x, places]) => {
            let scale = 10_f64.powf(places.trunc());
            (x * scale).round() / scale
        }
        ("pow", [base, power]) => base.powf(*power),
        ("fmod", [x, y]) => x % y,
        ("min", all) if !all.is_empty() => all.iter().copied().fold(f64::INFINITY, f64::min),
        ("max", all) if !all.is_empty() => all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_have_values() {
        for (formula, expected) in [
            ("1 + 2 * 3", 7.0),
            ("(1 + 2) * 3", 9.0),
            ("-2^2", -4.0),
            ("2 ** 3 ** 2", 512.0),
            ("sqrt(16) + pow(2, 3)", 12.0),
            ("2 * pi()", std::f64::consts::TAU),
            ("1.5e3 / 3", 500.0),
            ("round(2.345, 1)", 2.3),
            ("max(1, 7, 3) % 4", 3.0),
            ("10 - 4 - 3", 3.0),
        ] {
            assert_eq!(value(formula), Some(expected), "{formula}");
        }
        for formula in ["", "1 +", "2 3", "(1", "what(1)", "1 / 0", "a", "sqrt(-1)"] {
            assert_eq!(value(formula), None, "{formula}");
        }
        assert_eq!(value(&"(".repeat(100_000)), None);
        assert_eq!(value(&"-".repeat(100_000)), None);
    }
}
