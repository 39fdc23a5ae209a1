//! What one signature of a charging meter costs to authenticate, beside the libraries that also sign, in processor time.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::hint::black_box;
use std::time::Instant;

use ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use heng_statement::{Curve, EcdsaSignature, MeterKey};
use sha2::{Digest, Sha256};

/// Different messages by one key, as a meter in service makes them.
const MESSAGES: usize = 256;
const ROUNDS: usize = 5;
/// Seconds of a round.
const ENOUGH: f64 = 0.2;

fn main() {
    let messages: Vec<Vec<u8>> =
        (0..MESSAGES).map(|number| format!("{{\"PG\":\"T{number}\"}}").repeat(40).into_bytes()).collect();
    let digests: Vec<_> = messages.iter().map(Sha256::digest).collect();
    println!(
        "microseconds of processor time a signature, over {} bytes; median of {ROUNDS} rounds",
        messages.first().map_or(0, Vec::len)
    );
    macro_rules! compared {
        ($curve:expr, $library:ty) => {{
            let secret = ecdsa::SigningKey::<$library>::from_slice(&vec![0x5a; $curve.size()]).unwrap();
            let public = ecdsa::VerifyingKey::from(&secret);
            let theirs: Vec<ecdsa::Signature<$library>> =
                digests.iter().map(|digest| secret.sign_prehash(digest).unwrap()).collect();
            let point = public.to_sec1_point(false).as_bytes().to_vec();
            let read = || MeterKey::from_point($curve, &point).unwrap();
            let signatures: Vec<EcdsaSignature> =
                theirs.iter().map(|theirs| EcdsaSignature::read(&theirs.to_bytes(), $curve).unwrap()).collect();
            let library = median(|| {
                for (message, signature) in messages.iter().zip(&theirs) {
                    public.verify_prehash(&Sha256::digest(black_box(message)), signature).unwrap();
                }
            });
            report($curve, &read, &messages, &signatures, Some(library));
        }};
    }
    compared!(Curve::Secp256r1, p256::NistP256);
    compared!(Curve::Secp256k1, k256::Secp256k1);
    compared!(Curve::Brainpool256r1, bp256::BrainpoolP256r1);
    compared!(Curve::Secp384r1, p384::NistP384);
    compared!(Curve::Brainpool384r1, bp384::BrainpoolP384r1);
    // No library of this generation is published for the two curves of 192 bits: r and s that fail cost the same as those that pass.
    for curve in [Curve::Secp192r1, Curve::Secp192k1] {
        let point = (1..u8::MAX)
            .find_map(|x| MeterKey::from_point(curve, &[vec![2; 1], vec![x; 24]].concat()).ok())
            .unwrap()
            .point();
        let read = || MeterKey::from_point(curve, &point).unwrap();
        let signatures: Vec<EcdsaSignature> = digests
            .iter()
            .map(|digest| {
                EcdsaSignature::read(&[digest.as_slice(), digest.as_slice().get(16..).unwrap()].concat(), curve)
                    .unwrap()
            })
            .collect();
        report(curve, &read, &messages, &signatures, None);
    }
}

fn report(
    curve: Curve,
    read: &dyn Fn() -> MeterKey,
    messages: &[Vec<u8>],
    signatures: &[EcdsaSignature],
    library: Option<f64>,
) {
    let run = |key: &MeterKey| {
        for (message, signature) in messages.iter().zip(signatures) {
            let _ = black_box(key.authenticate(black_box(message), signature));
        }
    };
    let (once, kept) = (read(), read());
    let single = median(|| run(&once));
    kept.prepare();
    let prepare = median(|| read().prepare()) * MESSAGES as f64;
    let prepared = median(|| run(&kept));
    let beside = library.map_or_else(
        || "no library".to_owned(),
        |library| format!("library {library:>7.1}: {:.1} times as long", library / prepared),
    );
    println!(
        "{:<15} a key that returns {prepared:>6.1} ({:>6.0} a second); met once {single:>6.1}; its table {prepare:>6.0}; {beside}",
        curve.name(),
        1e6 / prepared
    );
}

/// Microseconds of processor time a message: the median of a few rounds, each long enough that the system's counting in milliseconds does not matter.
fn median(mut run: impl FnMut()) -> f64 {
    run();
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = cpu();
            let mut runs = 0.0;
            while cpu() - start < ENOUGH {
                run();
                runs += 1.0;
            }
            (cpu() - start) * 1e6 / runs / MESSAGES as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(ROUNDS / 2).copied().unwrap()
}

/// Seconds that this thread has had a processor, where the system says so; of a clock on the wall elsewhere.
fn cpu() -> f64 {
    thread_local!(static START: Instant = Instant::now());
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    counted
        .and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok())
        .map_or_else(|| START.with(|start| start.elapsed().as_secs_f64()), |nanoseconds| nanoseconds / 1e9)
}
