//! What is settled as bytes, so that a service that starts again need not find it again.

use std::collections::BTreeMap;
use std::sync::Arc;

use heng_evidence::SignedCheckpoint;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::believed::Believed;
use crate::memory::{Answers, Memory, Of};
use crate::report::Check;
use crate::settled::{Ground, Settled};

/// Everything that is settled; what many have alike stands once and is named by its place.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// The checkpoint under which it is so, signed, and the smallest tree that it was shown to continue.
    checkpoint: String,
    since: u64,
    answers: Vec<Answers>,
    grounds: Vec<KeptGround>,
    settled: Vec<KeptSettled>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptGround {
    connected: Check,
    links: Vec<(String, usize)>,
    statements: Vec<Of>,
    introduced: BTreeMap<String, usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptSettled {
    of: Of,
    number: String,
    valid_through: Option<Date>,
    synthetic: bool,
    index: u64,
    tree_size: u64,
    rendering: usize,
    answers: usize,
    statements: Vec<Of>,
    ground: usize,
}

/// Values that stand once, and the place of each. The memory shares equal ones, so that to be the same is to be equal.
struct Places<T> {
    values: Vec<Arc<T>>,
    places: BTreeMap<usize, usize>,
}

impl<T> Places<T> {
    fn new() -> Self {
        Self { values: Vec::new(), places: BTreeMap::new() }
    }

    fn place(&mut self, value: &Arc<T>) -> usize {
        *self.places.entry(Arc::as_ptr(value).addr()).or_insert_with(|| {
            self.values.push(Arc::clone(value));
            self.values.len() - 1
        })
    }
}

impl Memory {
    /// Everything that is settled; nothing as long as no checkpoint was followed.
    pub fn kept(&self) -> Option<Vec<u8>> {
        let tree = self.followed()?;
        let (mut answers, mut grounds) = (Places::new(), Places::new());
        let mut settled: Vec<KeptSettled> = self
            .all_settled()
            .into_iter()
            .map(|(of, one)| KeptSettled {
                of,
                number: one.number.clone(),
                valid_through: one.valid_through,
                synthetic: one.synthetic,
                index: one.index,
                tree_size: one.tree_size,
                rendering: answers.place(&one.rendering),
                answers: answers.place(&one.answers),
                statements: one.statements.to_vec(),
                ground: grounds.place(&one.ground),
            })
            .collect();
        settled.sort_by_key(|one| one.index);
        let grounds = grounds.values.iter().map(|ground| KeptGround {
            connected: ground.connected.clone(),
            links: ground.links.iter().map(|(number, of)| (number.clone(), answers.place(of))).collect(),
            statements: ground.statements.clone(),
            introduced: ground.introduced.clone(),
        });
        let kept = Kept {
            checkpoint: tree.signed().to_string(),
            since: tree.since(),
            grounds: grounds.collect(),
            answers: answers.values.iter().map(|one| Answers::clone(one)).collect(),
            settled,
        };
        let mut bytes = Vec::new();
        ciborium::into_writer(&kept, &mut bytes).ok()?;
        Some(bytes)
    }

    /// Takes up what was kept by this same program for this same log, before anything was followed. Nothing of what cannot be read.
    pub fn take_up(&self, bytes: &[u8]) -> Option<usize> {
        let kept: Kept = ciborium::from_reader(bytes).ok()?;
        let signed: Arc<SignedCheckpoint> = Arc::new(kept.checkpoint.parse().ok()?);
        let tree = Believed::new(&signed, self.policy())?.known_since(kept.since)?;
        let answers: Vec<Arc<Answers>> = kept.answers.into_iter().map(Arc::new).collect();
        let answer = |place: usize| answers.get(place).cloned();
        let ground = |ground: KeptGround| {
            let links = ground.links.into_iter().map(|(number, place)| Some((number, answer(place)?)));
            Some(Arc::new(Ground {
                connected: ground.connected,
                links: links.collect::<Option<_>>()?,
                statements: ground.statements,
                introduced: ground.introduced,
            }))
        };
        let grounds: Vec<Arc<Ground>> = kept.grounds.into_iter().map(ground).collect::<Option<_>>()?;
        let settled = kept.settled.into_iter().map(|one| {
            let settled = Settled {
                number: one.number,
                valid_through: one.valid_through,
                synthetic: one.synthetic,
                index: one.index,
                tree_size: one.tree_size,
                rendering: answer(one.rendering)?,
                answers: answer(one.answers)?,
                statements: one.statements.into(),
                ground: grounds.get(one.ground).cloned()?,
            };
            Some((one.of, settled))
        });
        let settled: Vec<(Of, Settled)> = settled.collect::<Option<_>>()?;
        let count = settled.len();
        self.settle_all(tree, settled, &answers, &grounds).then_some(count)
    }
}
