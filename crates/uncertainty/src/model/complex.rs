//! Complex quantities as pairs of real operations.

use super::lowering::{Lowering, Meaning};
use crate::error::EvaluationError;
use crate::expression::syntax::{Binary, Function, NodeId, NodeKind, Part};

/// The real and the imaginary part.
type Pair = (NodeId, NodeId);

/// What a part stands for where the quantity is real.
fn pair(
    lowering: &mut Lowering<'_>,
    x: &Meaning,
    function: &'static str,
) -> Result<(NodeId, Option<NodeId>), EvaluationError> {
    match x {
        Meaning::Complex(re, im) => Ok((*re, Some(*im))),
        real => Ok((lowering.real(real, function)?, None)),
    }
}

pub(super) fn binary(
    lowering: &mut Lowering<'_>,
    binary: Binary,
    x: &Meaning,
    y: &Meaning,
) -> Result<Meaning, EvaluationError> {
    let ((a, b), (c, d)) = (pair(lowering, x, binary.sign())?, pair(lowering, y, binary.sign())?);
    match binary {
        Binary::Add | Binary::Subtract => {
            let re = of_two(lowering, binary, a, c);
            let im = match (b, d) {
                (Some(b), Some(d)) => of_two(lowering, binary, b, d),
                (Some(b), None) => b,
                (None, Some(d)) if binary == Binary::Subtract => lowering.push(NodeKind::Negate(d)),
                (None, Some(d)) => d,
                (None, None) => return Err(lowering.not_real(binary.sign())),
            };
            Ok(Meaning::Complex(re, im))
        }
        Binary::Multiply => Ok(match (b, d) {
            (Some(b), Some(d)) => {
                let (re, im) = product(lowering, (a, b), (c, d));
                Meaning::Complex(re, im)
            }
            (Some(b), None) => Meaning::Complex(times(lowering, a, c), times(lowering, b, c)),
            (None, Some(d)) => Meaning::Complex(times(lowering, a, c), times(lowering, a, d)),
            (None, None) => Meaning::Real(times(lowering, a, c)),
        }),
        Binary::Divide => {
            let Some(d) = d else {
                let re = of_two(lowering, Binary::Divide, a, c);
                let im = b.map(|b| of_two(lowering, Binary::Divide, b, c));
                return Ok(im.map_or(Meaning::Real(re), |im| Meaning::Complex(re, im)));
            };
            // (a + ib)/(c + id) = ((ac + bd) + i(bc − ad))/(c² + d²).
            let square = square(lowering, (c, d));
            let against = lowering.push(NodeKind::Negate(d));
            let (re, im) = match b {
                Some(b) => product(lowering, (a, b), (c, against)),
                None => (times(lowering, a, c), times(lowering, a, against)),
            };
            let (re, im) = (of_two(lowering, Binary::Divide, re, square), of_two(lowering, Binary::Divide, im, square));
            Ok(Meaning::Complex(re, im))
        }
        Binary::Atan2 | Binary::Min | Binary::Max => Err(lowering.not_real(binary.sign())),
    }
}

/// |z|; √z, e^z and ln z on their principal branches.
pub(super) fn called(lowering: &mut Lowering<'_>, function: Function, z: Pair) -> Result<Meaning, EvaluationError> {
    match function {
        Function::Abs => Ok(Meaning::Real(modulus(lowering, z))),
        Function::Sqrt => power(lowering, z, 1, 2),
        Function::Exp => {
            let modulus = lowering.push(NodeKind::Call(Function::Exp, z.0));
            Ok(of_polar(lowering, modulus, z.1))
        }
        Function::Ln => {
            let modulus = modulus(lowering, z);
            let re = lowering.push(NodeKind::Call(Function::Ln, modulus));
            Ok(Meaning::Complex(re, argument(lowering, z)))
        }
        _ => Err(lowering.not_real(function.name())),
    }
}

/// z^n by multiplication; z^(p/q) = |z|^(p/q) e^(i p/q arg z).
pub(super) fn power(
    lowering: &mut Lowering<'_>,
    z: Pair,
    numerator: i64,
    denominator: i64,
) -> Result<Meaning, EvaluationError> {
    if denominator != 1 {
        let modulus = modulus(lowering, z);
        let argument = argument(lowering, z);
        let modulus = lowering.push(NodeKind::Power(modulus, numerator, denominator));
        let (above, below) = (lowering.whole_literal(numerator), lowering.whole_literal(denominator));
        let exponent = of_two(lowering, Binary::Divide, above, below);
        let argument = times(lowering, argument, exponent);
        return Ok(of_polar(lowering, modulus, argument));
    }
    let mut power = None;
    for _ in 0..numerator.unsigned_abs() {
        power = Some(match power {
            None => z,
            Some(power) => product(lowering, power, z),
        });
    }
    let Some((re, im)) = power else { return Ok(Meaning::Real(lowering.whole_literal(1))) };
    if numerator > 0 {
        return Ok(Meaning::Complex(re, im));
    }
    let one = Meaning::Real(lowering.whole_literal(1));
    binary(lowering, Binary::Divide, &one, &Meaning::Complex(re, im))
}

pub(super) fn part(lowering: &mut Lowering<'_>, part: Part, z: &Meaning) -> Result<Meaning, EvaluationError> {
    let (re, im) = pair(lowering, z, part.name())?;
    Ok(match (part, im) {
        (Part::Re, _) => Meaning::Real(re),
        (Part::Im, Some(im)) => Meaning::Real(im),
        (Part::Arg, Some(im)) => Meaning::Real(argument(lowering, (re, im))),
        (Part::Conj, Some(im)) => Meaning::Complex(re, lowering.push(NodeKind::Negate(im))),
        (Part::Conj, None) => Meaning::Real(re),
        // Nothing times a real quantity is its imaginary part, in its unit.
        (Part::Im | Part::Arg, None) => {
            let nothing = lowering.whole_literal(0);
            let im = times(lowering, nothing, re);
            Meaning::Real(if part == Part::Im { im } else { argument(lowering, (re, im)) })
        }
    })
}

/// r cos φ + i r sin φ.
pub(super) fn of_polar(lowering: &mut Lowering<'_>, modulus: NodeId, argument: NodeId) -> Meaning {
    let cos = lowering.push(NodeKind::Call(Function::Cos, argument));
    let sin = lowering.push(NodeKind::Call(Function::Sin, argument));
    Meaning::Complex(times(lowering, modulus, cos), times(lowering, modulus, sin))
}

/// √(a² + b²).
pub(super) fn modulus(lowering: &mut Lowering<'_>, z: Pair) -> NodeId {
    let square = square(lowering, z);
    lowering.push(NodeKind::Call(Function::Sqrt, square))
}

fn square(lowering: &mut Lowering<'_>, (a, b): Pair) -> NodeId {
    // First in the unit of the other, so that a clash names the two quantities and not their squares.
    let b = lowering.push(NodeKind::Like(a, b));
    let (a, b) = (lowering.push(NodeKind::Power(a, 2, 1)), lowering.push(NodeKind::Power(b, 2, 1)));
    of_two(lowering, Binary::Add, a, b)
}

fn argument(lowering: &mut Lowering<'_>, (a, b): Pair) -> NodeId {
    of_two(lowering, Binary::Atan2, b, a)
}

fn product(lowering: &mut Lowering<'_>, (a, b): Pair, (c, d): Pair) -> Pair {
    let (ac, bd) = (times(lowering, a, c), times(lowering, b, d));
    let (ad, bc) = (times(lowering, a, d), times(lowering, b, c));
    (of_two(lowering, Binary::Subtract, ac, bd), of_two(lowering, Binary::Add, ad, bc))
}

fn times(lowering: &mut Lowering<'_>, x: NodeId, y: NodeId) -> NodeId {
    of_two(lowering, Binary::Multiply, x, y)
}

fn of_two(lowering: &mut Lowering<'_>, binary: Binary, x: NodeId, y: NodeId) -> NodeId {
    lowering.push(NodeKind::Binary(binary, x, y))
}
