//! Names of quantities as symbols: Greek letters by their names, subscripts after underscores.

use super::notation::{Notation, escaped, quoted};

const GREEK: [(&str, &str); 37] = [
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("iota", "ι"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("omicron", "ο"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("upsilon", "υ"),
    ("phi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("infinity", "∞"),
    ("varphi", "φ"),
    ("vartheta", "ϑ"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Xi", "Ξ"),
    ("Pi", "Π"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
];

/// `alpha_s` as α with the subscript s.
pub(super) fn name(name: &str, notation: Notation) -> String {
    if notation == Notation::Text {
        return name.to_owned();
    }
    let mut parts = name.split('_').filter(|part| !part.is_empty());
    let Some(base) = parts.next() else { return word(name, notation) };
    let below: Vec<String> = parts.map(|part| word(part, notation)).collect();
    let primes = base.chars().rev().take_while(|letter| *letter == '\'').count();
    let base: String = base.chars().filter(|letter| *letter != '\'').collect();
    let base = word(&base, notation);
    match notation {
        Notation::Text => name.to_owned(),
        Notation::MathMl => {
            let base = match primes {
                0 => base,
                _ => format!("<msup>{base}<mo>{}</mo></msup>", "′".repeat(primes)),
            };
            match below.as_slice() {
                [] => base,
                [one] => format!("<msub>{base}{one}</msub>"),
                several => format!("<msub>{base}<mrow>{}</mrow></msub>", several.join("<mo>,</mo>")),
            }
        }
        Notation::Typst => {
            let base = format!("{base}{}", "'".repeat(primes));
            match below.as_slice() {
                [] => base,
                [one] => format!("{base}_{}", upright(one)),
                several => {
                    format!("{base}_({})", several.iter().map(|one| upright(one)).collect::<Vec<_>>().join(" \\, "))
                }
            }
        }
    }
}

/// A subscript of a single letter is a label, not a quantity.
fn upright(word: &str) -> String {
    let is_letter = word.chars().nth(1).is_none() && word.is_ascii();
    if is_letter { quoted(word) } else { word.to_owned() }
}

fn word(word: &str, notation: Notation) -> String {
    let letter = GREEK.iter().find(|(name, _)| *name == word).map(|(_, letter)| *letter);
    match (notation, letter) {
        (Notation::Text, _) => word.to_owned(),
        (Notation::MathMl, _) => format!("<mi>{}</mi>", escaped(letter.unwrap_or(word))),
        (Notation::Typst, Some(letter)) => letter.to_owned(),
        (Notation::Typst, None) => {
            let is_letter = word.len() == 1 && word.chars().all(|letter| letter.is_ascii_alphabetic());
            if is_letter { word.to_owned() } else { quoted(word) }
        }
    }
}
