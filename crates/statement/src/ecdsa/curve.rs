//! The seven curves that charging meters sign with, and their parameters.

use std::fmt;
use std::sync::OnceLock;

use super::field::{Field, Words};
use super::point::{Affine, Equation};
use super::table::Table;

/// A curve of the table of signature algorithms of OCMF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Curve {
    /// SEC 2 (2010), 2.2.1.
    Secp192k1,
    /// SEC 2 (2010), 2.4.1.
    Secp256k1,
    /// SEC 2 (2010), 2.2.2; NIST P-192.
    Secp192r1,
    /// SEC 2 (2010), 2.4.2; NIST P-256.
    Secp256r1,
    /// RFC 5639, 3.4.
    Brainpool256r1,
    /// SEC 2 (2010), 2.5.1; NIST P-384.
    Secp384r1,
    /// RFC 5639, 3.6.
    Brainpool384r1,
}

impl Curve {
    /// All seven, as OCMF lists them.
    pub const ALL: [Self; 7] = [
        Self::Secp192k1,
        Self::Secp256k1,
        Self::Secp192r1,
        Self::Secp256r1,
        Self::Brainpool256r1,
        Self::Secp384r1,
        Self::Brainpool384r1,
    ];

    /// The name as OCMF writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Secp192k1 => "secp192k1",
            Self::Secp256k1 => "secp256k1",
            Self::Secp192r1 => "secp192r1",
            Self::Secp256r1 => "secp256r1",
            Self::Brainpool256r1 => "brainpool256r1",
            Self::Secp384r1 => "secp384r1",
            Self::Brainpool384r1 => "brainpool384r1",
        }
    }

    /// How many bytes a coordinate and a scalar have.
    pub fn size(self) -> usize {
        match self {
            Self::Secp192k1 | Self::Secp192r1 => 24,
            Self::Secp256k1 | Self::Secp256r1 | Self::Brainpool256r1 => 32,
            Self::Secp384r1 | Self::Brainpool384r1 => 48,
        }
    }

    /// The content bytes of its object identifier (DER), as SubjectPublicKeyInfo names it.
    pub(super) fn object_identifier(self) -> &'static [u8] {
        match self {
            Self::Secp192k1 => &[0x2b, 0x81, 0x04, 0x00, 0x1f],
            Self::Secp256k1 => &[0x2b, 0x81, 0x04, 0x00, 0x0a],
            Self::Secp192r1 => &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x01],
            Self::Secp256r1 => &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
            Self::Brainpool256r1 => &[0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07],
            Self::Secp384r1 => &[0x2b, 0x81, 0x04, 0x00, 0x22],
            Self::Brainpool384r1 => &[0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0b],
        }
    }
}

impl fmt::Display for Curve {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The numbers p, a, b, x and y of G, and n, each with its least significant word first.
struct Parameters<const N: usize> {
    p: Words<N>,
    a: Words<N>,
    b: Words<N>,
    x: Words<N>,
    y: Words<N>,
    n: Words<N>,
}

/// A curve ready to be calculated with.
#[derive(Debug)]
pub(super) struct Group<const N: usize> {
    pub equation: Equation<N>,
    /// Arithmetic modulo the order n.
    pub scalars: Field<N>,
    /// Multiples of the generator G; always there, since n is prime.
    pub generator: Option<Table<N>>,
}

/// The width of the windows of the generator's table: made once, so a large one pays.
fn width<const N: usize>() -> u32 {
    if N > 4 { 9 } else { 8 }
}

impl<const N: usize> Group<N> {
    fn new(parameters: &Parameters<N>) -> Self {
        let field = Field::new(parameters.p);
        let [a, b, x, y] =
            [&parameters.a, &parameters.b, &parameters.x, &parameters.y].map(|number| field.form(number));
        let equation = Equation { field, a, b };
        let generator = Table::new(&Affine { x, y }, width::<N>(), &equation);
        Self { equation, scalars: Field::new(parameters.n), generator }
    }
}

/// A group of whichever size.
pub(super) enum AnyGroup {
    Three(&'static Group<3>),
    Four(&'static Group<4>),
    Six(&'static Group<6>),
}

/// The group of a curve; the first one to ask for it waits a few milliseconds.
pub(super) fn group(curve: Curve) -> AnyGroup {
    static SECP192K1_GROUP: OnceLock<Group<3>> = OnceLock::new();
    static SECP256K1_GROUP: OnceLock<Group<4>> = OnceLock::new();
    static SECP192R1_GROUP: OnceLock<Group<3>> = OnceLock::new();
    static SECP256R1_GROUP: OnceLock<Group<4>> = OnceLock::new();
    static BRAINPOOL256R1_GROUP: OnceLock<Group<4>> = OnceLock::new();
    static SECP384R1_GROUP: OnceLock<Group<6>> = OnceLock::new();
    static BRAINPOOL384R1_GROUP: OnceLock<Group<6>> = OnceLock::new();
    match curve {
        Curve::Secp192k1 => AnyGroup::Three(SECP192K1_GROUP.get_or_init(|| Group::new(&SECP192K1))),
        Curve::Secp256k1 => AnyGroup::Four(SECP256K1_GROUP.get_or_init(|| Group::new(&SECP256K1))),
        Curve::Secp192r1 => AnyGroup::Three(SECP192R1_GROUP.get_or_init(|| Group::new(&SECP192R1))),
        Curve::Secp256r1 => AnyGroup::Four(SECP256R1_GROUP.get_or_init(|| Group::new(&SECP256R1))),
        Curve::Brainpool256r1 => AnyGroup::Four(BRAINPOOL256R1_GROUP.get_or_init(|| Group::new(&BRAINPOOL256R1))),
        Curve::Secp384r1 => AnyGroup::Six(SECP384R1_GROUP.get_or_init(|| Group::new(&SECP384R1))),
        Curve::Brainpool384r1 => AnyGroup::Six(BRAINPOOL384R1_GROUP.get_or_init(|| Group::new(&BRAINPOOL384R1))),
    }
}

const SECP192K1: Parameters<3> = Parameters {
    p: [0xfffffffeffffee37, 0xffffffffffffffff, 0xffffffffffffffff],
    a: [0x0000000000000000, 0x0000000000000000, 0x0000000000000000],
    b: [0x0000000000000003, 0x0000000000000000, 0x0000000000000000],
    x: [0x1da5d1b1eae06c7d, 0x26b07d0280b7f434, 0xdb4ff10ec057e9ae],
    y: [0x4082aa88d95e2f9d, 0x844163d015be8634, 0x9b2f2f6d9c5628a7],
    n: [0x0f69466a74defd8d, 0xfffffffe26f2fc17, 0xffffffffffffffff],
};

const SECP256K1: Parameters<4> = Parameters {
    p: [0xfffffffefffffc2f, 0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff],
    a: [0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000],
    b: [0x0000000000000007, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000],
    x: [0x59f2815b16f81798, 0x029bfcdb2dce28d9, 0x55a06295ce870b07, 0x79be667ef9dcbbac],
    y: [0x9c47d08ffb10d4b8, 0xfd17b448a6855419, 0x5da4fbfc0e1108a8, 0x483ada7726a3c465],
    n: [0xbfd25e8cd0364141, 0xbaaedce6af48a03b, 0xfffffffffffffffe, 0xffffffffffffffff],
};

const SECP192R1: Parameters<3> = Parameters {
    p: [0xffffffffffffffff, 0xfffffffffffffffe, 0xffffffffffffffff],
    a: [0xfffffffffffffffc, 0xfffffffffffffffe, 0xffffffffffffffff],
    b: [0xfeb8deecc146b9b1, 0x0fa7e9ab72243049, 0x64210519e59c80e7],
    x: [0xf4ff0afd82ff1012, 0x7cbf20eb43a18800, 0x188da80eb03090f6],
    y: [0x73f977a11e794811, 0x631011ed6b24cdd5, 0x07192b95ffc8da78],
    n: [0x146bc9b1b4d22831, 0xffffffff99def836, 0xffffffffffffffff],
};

const SECP256R1: Parameters<4> = Parameters {
    p: [0xffffffffffffffff, 0x00000000ffffffff, 0x0000000000000000, 0xffffffff00000001],
    a: [0xfffffffffffffffc, 0x00000000ffffffff, 0x0000000000000000, 0xffffffff00000001],
    b: [0x3bce3c3e27d2604b, 0x651d06b0cc53b0f6, 0xb3ebbd55769886bc, 0x5ac635d8aa3a93e7],
    x: [0xf4a13945d898c296, 0x77037d812deb33a0, 0xf8bce6e563a440f2, 0x6b17d1f2e12c4247],
    y: [0xcbb6406837bf51f5, 0x2bce33576b315ece, 0x8ee7eb4a7c0f9e16, 0x4fe342e2fe1a7f9b],
    n: [0xf3b9cac2fc632551, 0xbce6faada7179e84, 0xffffffffffffffff, 0xffffffff00000000],
};

const BRAINPOOL256R1: Parameters<4> = Parameters {
    p: [0x2013481d1f6e5377, 0x6e3bf623d5262028, 0x3e660a909d838d72, 0xa9fb57dba1eea9bc],
    a: [0xe94a4b44f330b5d9, 0xfb8055c126dc5c6c, 0xeef67530417affe7, 0x7d5a0975fc2c3057],
    b: [0x6bccdc18ff8c07b6, 0x958416295cf7e1ce, 0xf330b5d9bbd77cbf, 0x26dc5c6ce94a4b44],
    x: [0x3a4453bd9ace3262, 0xb9de27e1e3bd23c2, 0x2c4b482ffc81b7af, 0x8bd2aeb9cb7e57cb],
    y: [0x5c1d54c72f046997, 0xc27745132ded8e54, 0x97f8461a14611dc9, 0x547ef835c3dac4fd],
    n: [0x901e0e82974856a7, 0x8c397aa3b561a6f7, 0x3e660a909d838d71, 0xa9fb57dba1eea9bc],
};

const SECP384R1: Parameters<6> = Parameters {
    p: [
        0x00000000ffffffff,
        0xffffffff00000000,
        0xfffffffffffffffe,
        0xffffffffffffffff,
        0xffffffffffffffff,
        0xffffffffffffffff,
    ],
    a: [
        0x00000000fffffffc,
        0xffffffff00000000,
        0xfffffffffffffffe,
        0xffffffffffffffff,
        0xffffffffffffffff,
        0xffffffffffffffff,
    ],
    b: [
        0x2a85c8edd3ec2aef,
        0xc656398d8a2ed19d,
        0x0314088f5013875a,
        0x181d9c6efe814112,
        0x988e056be3f82d19,
        0xb3312fa7e23ee7e4,
    ],
    x: [
        0x3a545e3872760ab7,
        0x5502f25dbf55296c,
        0x59f741e082542a38,
        0x6e1d3b628ba79b98,
        0x8eb1c71ef320ad74,
        0xaa87ca22be8b0537,
    ],
    y: [
        0x7a431d7c90ea0e5f,
        0x0a60b1ce1d7e819d,
        0xe9da3113b5f0b8c0,
        0xf8f41dbd289a147c,
        0x5d9e98bf9292dc29,
        0x3617de4a96262c6f,
    ],
    n: [
        0xecec196accc52973,
        0x581a0db248b0a77a,
        0xc7634d81f4372ddf,
        0xffffffffffffffff,
        0xffffffffffffffff,
        0xffffffffffffffff,
    ],
};

const BRAINPOOL384R1: Parameters<6> = Parameters {
    p: [
        0x874700133107ec53,
        0xacd3a729901d1a71,
        0x12b1da197fb71123,
        0x152f7109ed5456b4,
        0x0f5d6f7e50e641df,
        0x8cb91e82a3386d28,
    ],
    a: [
        0x04a8c7dd22ce2826,
        0x8aa5814a503ad4eb,
        0x139165efba91f90f,
        0xc2bea28e4fb22787,
        0x3c72080ace05afa0,
        0x7bc382c63d8c150c,
    ],
    b: [
        0x3ab78696fa504c11,
        0x7cb4390295dbc994,
        0x2e880ea53eeb62d5,
        0x2fb77de107dcd2a6,
        0x8b39b55416f0447c,
        0x04a8c7dd22ce2826,
    ],
    x: [
        0xef87b2e247d4af1e,
        0xe826e03436d646aa,
        0xdb7fcafe0cbd10e8,
        0x8847a3e77ef14fe3,
        0xa2a63a81b7c13f6b,
        0x1d1c64f068cf45ff,
    ],
    y: [
        0x42820341263c5315,
        0x0e46462177918111,
        0xe19c054ff9912928,
        0x62b70b29feec5864,
        0x5cb1eb8e95cfd552,
        0x8abe1d7520f9c2a4,
    ],
    n: [
        0x3b883202e9046565,
        0xcf3ab6af6b7fc310,
        0x1f166e6cac0425a7,
        0x152f7109ed5456b3,
        0x0f5d6f7e50e641df,
        0x8cb91e82a3386d28,
    ],
};
