//! Points of a curve y² = x³ + a·x + b over a prime field, of prime order (cofactor 1).
//!
//! Jacobian coordinates: (X, Y, Z) stands for x = X/Z², y = Y/Z³, and Z = 0 for the point at infinity (Cohen, Miyaji and Ono 1998; the formulas are
//! those of the Explicit-Formulas Database, written for any a). Coordinates are in Montgomery's form.

use super::field::{Field, Words, is_zero};

/// A point that is not at infinity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Affine<const N: usize> {
    pub x: Words<N>,
    pub y: Words<N>,
}

/// A point in Jacobian coordinates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Jacobian<const N: usize> {
    pub x: Words<N>,
    pub y: Words<N>,
    pub z: Words<N>,
}

/// The equation of a curve.
#[derive(Debug)]
pub(super) struct Equation<const N: usize> {
    /// The field of the coordinates.
    pub field: Field<N>,
    pub a: Words<N>,
    pub b: Words<N>,
}

impl<const N: usize> Affine<N> {
    /// The same with Z = 1.
    pub fn jacobian(&self, equation: &Equation<N>) -> Jacobian<N> {
        Jacobian { x: self.x, y: self.y, z: *equation.field.one() }
    }

    /// Its opposite.
    pub fn negative(&self, equation: &Equation<N>) -> Self {
        Self { x: self.x, y: equation.field.negative(&self.y) }
    }
}

impl<const N: usize> Jacobian<N> {
    /// The neutral element.
    pub const INFINITY: Self = Self { x: [0; N], y: [0; N], z: [0; N] };

    /// Whether it is the neutral element.
    pub fn is_infinity(&self) -> bool {
        is_zero(&self.z)
    }

    /// 2·P.
    pub fn doubled(&self, equation: &Equation<N>) -> Self {
        let f = &equation.field;
        if self.is_infinity() {
            return *self;
        }
        let yy = f.square(&self.y);
        let xyy = f.multiply(&self.x, &yy);
        let s = times_four(f, &xyy);
        let xx = f.square(&self.x);
        let mut m = f.add(&f.add(&xx, &xx), &xx);
        if !is_zero(&equation.a) {
            let zz = f.square(&self.z);
            m = f.add(&m, &f.multiply(&equation.a, &f.square(&zz)));
        }
        let x = f.subtract(&f.subtract(&f.square(&m), &s), &s);
        let yyyy = times_four(f, &f.square(&yy));
        let y = f.subtract(&f.multiply(&m, &f.subtract(&s, &x)), &f.add(&yyyy, &yyyy));
        let yz = f.multiply(&self.y, &self.z);
        Self { x, y, z: f.add(&yz, &yz) }
    }

    /// P + Q.
    pub fn plus(&self, other: &Affine<N>, equation: &Equation<N>) -> Self {
        let f = &equation.field;
        if self.is_infinity() {
            return other.jacobian(equation);
        }
        let zz = f.square(&self.z);
        let h = f.subtract(&f.multiply(&other.x, &zz), &self.x);
        let r = f.subtract(&f.multiply(&other.y, &f.multiply(&self.z, &zz)), &self.y);
        if is_zero(&h) {
            return if is_zero(&r) { self.doubled(equation) } else { Self::INFINITY };
        }
        let hh = f.square(&h);
        let hhh = f.multiply(&h, &hh);
        let v = f.multiply(&self.x, &hh);
        let x = f.subtract(&f.subtract(&f.subtract(&f.square(&r), &hhh), &v), &v);
        let y = f.subtract(&f.multiply(&r, &f.subtract(&v, &x)), &f.multiply(&self.y, &hhh));
        Self { x, y, z: f.multiply(&self.z, &h) }
    }
}

impl<const N: usize> Equation<N> {
    /// x³ + a·x + b.
    fn right_side(&self, x: &Words<N>) -> Words<N> {
        let f = &self.field;
        let slope = f.add(&f.square(x), &self.a);
        f.add(&f.multiply(&slope, x), &self.b)
    }

    /// Whether the point satisfies it.
    pub fn holds(&self, point: &Affine<N>) -> bool {
        self.field.square(&point.y) == self.right_side(&point.x)
    }

    /// The point with this x whose y as a number is odd or even.
    pub fn point_at(&self, x: &Words<N>, parity: u8) -> Option<Affine<N>> {
        let y = self.field.root(&self.right_side(x))?;
        let number = self.field.number(&y);
        let is_asked = number.first().is_some_and(|word| word & 1 == u64::from(parity & 1));
        let point = Affine { x: *x, y };
        Some(if is_asked { point } else { point.negative(self) })
    }

    /// The points with Z = 1, by one inversion for all of them (Montgomery 1987). None of them may be at infinity.
    pub fn affine(&self, points: &[Jacobian<N>]) -> Option<Vec<Affine<N>>> {
        let f = &self.field;
        // Before each point, the product of all z before it.
        let mut product = *f.one();
        let mut before = Vec::with_capacity(points.len());
        for point in points {
            before.push(product);
            product = f.multiply(&product, &point.z);
        }
        let mut inverse = f.inverse(&product)?;
        let mut affine = Vec::with_capacity(points.len());
        for (point, before) in points.iter().zip(&before).rev() {
            let z = f.multiply(&inverse, before);
            inverse = f.multiply(&inverse, &point.z);
            let zz = f.square(&z);
            affine.push(Affine { x: f.multiply(&point.x, &zz), y: f.multiply(&point.y, &f.multiply(&z, &zz)) });
        }
        affine.reverse();
        Some(affine)
    }
}

fn times_four<const N: usize>(field: &Field<N>, number: &Words<N>) -> Words<N> {
    let twice = field.add(number, number);
    field.add(&twice, &twice)
}
