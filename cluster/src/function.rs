//! The function `infer_district`: from where a district stands to the verdicts on its meters. Whoever runs it reads the district himself, so no reading travels between machines.

use std::path::Path;

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};
use heng_inference::meters::Settings;
use heng_telemetry::city::{Reader, verdicts};

use crate::verdicts::{Answer, column, kind};

/// What the function is asked with: file, number of the district in it, limit in percent, first second that counts or null.
pub const ARGUMENTS: [(&str, DataType); 4] = [
    ("file", DataType::Utf8),
    ("number", DataType::Int64),
    ("limit_percent", DataType::Float64),
    ("since_s", DataType::Int64),
];

/// The function, as it is registered with client, scheduler and executor.
pub fn infer_district() -> ScalarUDF {
    // What a file says is known only where it is read: nothing may be folded into the plan.
    let signature = Signature::exact(ARGUMENTS.map(|(_, kind)| kind).to_vec(), Volatility::Volatile);
    ScalarUDF::from(InferDistrict { signature })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct InferDistrict {
    signature: Signature,
}

impl ScalarUDFImpl for InferDistrict {
    fn name(&self) -> &str {
        "infer_district"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(kind())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns = ColumnarValue::values_to_arrays(&arguments.args)?;
        let [files, numbers, limits, since] = columns.as_slice() else { return Err(unlike()) };
        let files = files.as_string_opt::<i32>().ok_or_else(unlike)?;
        let numbers = numbers.as_primitive_opt::<Int64Type>().ok_or_else(unlike)?;
        let limits = limits.as_primitive_opt::<Float64Type>().ok_or_else(unlike)?;
        let since = since.as_primitive_opt::<Int64Type>().ok_or_else(unlike)?;
        let mut reader = Reader::default();
        let answers: Vec<Answer> = (0..files.len())
            .map(|row| {
                let number = usize::try_from(numbers.value(row)).map_err(|error| error.to_string())?;
                let found = reader.district(Path::new(files.value(row)), number).map_err(|error| error.to_string())?;
                let settings = Settings::for_limit(limits.value(row));
                Ok(verdicts(found, &settings, since.is_valid(row).then(|| since.value(row))))
            })
            .collect();
        Ok(ColumnarValue::Array(column(&answers)?))
    }
}

fn unlike() -> DataFusionError {
    DataFusionError::Execution("infer_district takes a file, a number, a limit and a time".to_owned())
}
