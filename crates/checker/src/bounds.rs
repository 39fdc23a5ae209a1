//! What models out of files may ask of whoever evaluates them.

use heng_quantity::Finding;
use heng_uncertainty::ModelFile;

/// Bounds of all models in the files that are checked together. On one's own machine nothing but patience bounds them; a service gives its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Files within files that are opened.
    pub files: usize,
    /// Bytes of a model's text.
    pub text: usize,
    /// Inputs of a model, the elements of vectors and the influences from files counted.
    pub inputs: usize,
    /// Results of a model: each has a budget with a line for every input.
    pub results: usize,
    /// Operations of the graphs of all models.
    pub operations: usize,
    /// What is looked up to check the correlations of all models: each pair of inputs, and each correlation, among all correlations.
    pub looked_up: usize,
}

impl Bounds {
    /// Whatever the file asks for.
    pub const NONE: Self = Self {
        files: usize::MAX,
        text: usize::MAX,
        inputs: usize::MAX,
        results: usize::MAX,
        operations: usize::MAX,
        looked_up: usize::MAX,
    };

    /// Reads nothing of a model whose text is longer.
    pub fn hold_text(&self, text: &str) -> Result<(), Finding> {
        if text.len() > self.text {
            return Err(Finding::error("model-text-too-long").with("limit", self.text / 1024));
        }
        Ok(())
    }

    /// Takes what a model asks for from what is left; gives its operations.
    pub fn take(&mut self, file: &ModelFile) -> Result<usize, Finding> {
        let start = |code: &str| Finding::error(code).at(file.model_start()).with("length", 1);
        let (results, inputs, correlations) = (file.model.outputs().len(), file.inputs.len(), file.correlations.len());
        if results > self.results {
            return Err(start("model-too-many-results").with("limit", self.results));
        }
        if inputs > self.inputs {
            return Err(start("model-too-many-inputs").with("limit", self.inputs));
        }
        let looked_up = correlations.saturating_mul(inputs.saturating_mul(inputs).saturating_add(correlations));
        let size = file.model.size().unwrap_or(0).max(1);
        let left = self.operations.checked_sub(size).zip(self.looked_up.checked_sub(looked_up));
        let Some((operations, looked_up)) = left else {
            return Err(start("model-too-much-work").with("limit", self.operations));
        };
        *self = Self { operations, looked_up, ..*self };
        Ok(size)
    }

    /// Whether a finding says that a model asks for more, and not that it is wrong.
    pub(crate) fn is_named_by(finding: &Finding) -> bool {
        let codes = ["model-text-too-long", "model-too-many-results", "model-too-many-inputs", "model-too-much-work"];
        codes.contains(&finding.code.as_str())
    }
}
