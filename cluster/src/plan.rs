//! The plan of one job: rows that say where districts stand, and `infer_district` over them. No row meets another, so nothing is shuffled.

use std::path::PathBuf;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Float64Array, Int64Array, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::config::ConfigOptions;
use datafusion::datasource::memory::MemorySourceConfig;
use datafusion::error::{DataFusionError, Result};
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::{PhysicalExpr, ScalarFunctionExpr};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::projection::{ProjectionExec, ProjectionExpr};

use crate::function::{ARGUMENTS, infer_district};

/// Districts of one task: what a lost task costs.
const TASK: usize = 4;

/// What every district is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// The limit.
    pub limit_percent: f64,
    /// The first second of the readings that counts.
    pub since_s: Option<i64>,
}

/// A district that is due: its number in the order of all, its file as the executors see it, and its number there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Its number in the order of all.
    pub index: usize,
    /// Its file.
    pub file: PathBuf,
    /// Its number in the file.
    pub number: usize,
}

/// The column of the order.
pub const INDEX: &str = "index";

/// The column of the verdicts.
pub const VERDICTS: &str = "verdicts";

fn schema() -> Arc<Schema> {
    let mut fields = vec![Field::new(INDEX, DataType::Int64, false)];
    fields.extend(ARGUMENTS.map(|(name, kind)| Field::new(name, kind, name == "since_s")));
    Arc::new(Schema::new(fields))
}

fn batch(due: &[Due], question: Question) -> Result<RecordBatch> {
    let whole = |value: usize| i64::try_from(value).map_err(|error| DataFusionError::External(Box::new(error)));
    let files = due.iter().map(|one| {
        let name = one.file.to_str();
        name.ok_or_else(|| DataFusionError::Execution(format!("{} is not named in UTF-8", one.file.display())))
    });
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from(due.iter().map(|one| whole(one.index)).collect::<Result<Vec<_>>>()?)),
        Arc::new(StringArray::from(files.collect::<Result<Vec<_>>>()?)),
        Arc::new(Int64Array::from(due.iter().map(|one| whole(one.number)).collect::<Result<Vec<_>>>()?)),
        Arc::new(Float64Array::from(vec![question.limit_percent; due.len()])),
        Arc::new(Int64Array::from(vec![question.since_s; due.len()])),
    ];
    Ok(RecordBatch::try_new(schema(), columns)?)
}

/// The plan that judges these districts, some of them in each task.
pub fn plan(due: &[Due], question: Question) -> Result<Arc<dyn ExecutionPlan>> {
    let schema = schema();
    let parts = due.chunks(TASK).map(|part| Ok(vec![batch(part, question)?])).collect::<Result<Vec<_>>>()?;
    let places = MemorySourceConfig::try_new_exec(&parts, Arc::clone(&schema), None)?;
    let column =
        |name: &str| -> Result<Arc<dyn PhysicalExpr>> { Ok(Arc::new(Column::new_with_schema(name, &schema)?)) };
    let arguments = ARGUMENTS.iter().map(|(name, _)| column(name)).collect::<Result<Vec<_>>>()?;
    let judged = ScalarFunctionExpr::try_new(
        Arc::new(infer_district()),
        arguments,
        &schema,
        Arc::new(ConfigOptions::default()),
    )?;
    let columns = [
        ProjectionExpr { expr: column(INDEX)?, alias: INDEX.to_owned() },
        ProjectionExpr { expr: Arc::new(judged), alias: VERDICTS.to_owned() },
    ];
    Ok(Arc::new(ProjectionExec::try_new(columns, places)?))
}
