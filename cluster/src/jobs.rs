//! Jobs given to the scheduler, and given again where they do not come back. The scheduler forgets when it stops; what is done and what is due is known here alone.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use ballista_core::execution_plans::execute_physical_plan;
use ballista_core::extension::SessionConfigExt;
use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Int64Type;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::error::{DataFusionError, Result};
use datafusion_proto::protobuf::PhysicalPlanNode;
use futures::TryStreamExt;
use heng_wording::Words;

use crate::arguments::Address;
use crate::failure::Failure;
use crate::plan::{Due, INDEX, Question, VERDICTS, plan};
use crate::print;
use crate::session;
use crate::verdicts::{Answer, answers};

/// How often a job is given out in vain before its failure is believed.
const ATTEMPTS: u32 = 5;

/// How long to wait before a job is given out again, times the number of attempts.
const PAUSE: Duration = Duration::from_secs(2);

/// Whom jobs are given to, and with what.
pub struct Jobs<'a> {
    /// The scheduler.
    pub scheduler: &'a Address,
    /// What every district is asked.
    pub question: Question,
    /// After how long a job is given out again.
    pub patience: Duration,
    /// The words of what is said meanwhile.
    pub words: &'a Words,
}

impl Jobs<'_> {
    /// The answers on these districts, each with its number in the order of all. What was lost on the way is asked for again, and only that: the same question has the same answer.
    pub async fn answers(&self, due: &[Due]) -> Result<BTreeMap<usize, Answer>, Failure> {
        let mut found = BTreeMap::new();
        let mut attempt = 0;
        loop {
            let before = found.len();
            let missing: Vec<Due> = due.iter().filter(|one| !found.contains_key(&one.index)).cloned().collect();
            if missing.is_empty() {
                return Ok(found);
            }
            let reason = match tokio::time::timeout(self.patience, self.once(&missing, &mut found)).await {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => error.to_string(),
                Err(_) => self.words.say("cluster-no-answer", &[("seconds", &self.patience.as_secs().to_string())]),
            };
            attempt = if found.len() > before { 1 } else { attempt + 1 };
            if attempt == ATTEMPTS {
                return Err(Failure::new("error-cluster-job").with("reason", reason));
            }
            print::note(self.words.say("cluster-again", &[("reason", &reason)]));
            tokio::time::sleep(PAUSE * attempt).await;
        }
    }

    /// Gives one job out and takes what comes back, as far as it comes.
    async fn once(&self, due: &[Due], found: &mut BTreeMap<usize, Answer>) -> Result<()> {
        let settings = session::settings();
        let codec = settings.ballista_physical_extension_codec();
        let session = uuid::Uuid::new_v4().to_string();
        let mut batches = execute_physical_plan::<PhysicalPlanNode>(
            self.scheduler.url(),
            &settings.ballista_config(),
            plan(due, self.question)?,
            codec.as_ref(),
            session,
            settings,
        )
        .await?;
        let mut missing: BTreeSet<usize> = due.iter().map(|one| one.index).collect();
        while let Some(batch) = batches.try_next().await? {
            for (index, answer) in numbered(&batch)? {
                if missing.remove(&index) {
                    found.insert(index, answer);
                }
            }
        }
        match missing.len() {
            0 => Ok(()),
            // What an executor took with it must not pass for a city with fewer districts.
            lost => Err(DataFusionError::Execution(format!("{lost} of {} districts did not come back", due.len()))),
        }
    }
}

fn numbered(batch: &RecordBatch) -> Result<Vec<(usize, Answer)>> {
    let column = |name: &str| {
        batch.column_by_name(name).ok_or_else(|| DataFusionError::Execution(format!("no column {name} came back")))
    };
    let places = column(INDEX)?.as_primitive_opt::<Int64Type>();
    let places = places.ok_or_else(|| DataFusionError::Execution(format!("{INDEX} is no number")))?;
    let index = |place: i64| usize::try_from(place).map_err(|error| DataFusionError::External(Box::new(error)));
    let answers = answers(column(VERDICTS)?)?;
    places.values().iter().zip(answers).map(|(place, answer)| Ok((index(*place)?, answer))).collect()
}
