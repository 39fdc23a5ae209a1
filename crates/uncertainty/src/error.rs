//! What can be wrong with a text that should be an expression or a model, and with its evaluation.

use heng_quantity::{Finding, Position, Unit};

use crate::underline::underlined;

/// The text is no expression, condition or model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {}, column {}: {fault}", position.line, position.column)]
pub struct SyntaxError {
    /// Where, within the text of the expression or model.
    pub position: Position,
    /// How many characters of that line it is about; at the end of a text none.
    pub length: u32,
    /// What.
    pub fault: SyntaxFault,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxFault {
    /// Something else was needed here.
    #[error("{expected} is needed, found {found}")]
    Unexpected {
        /// What is needed, as a short kind: `operand`, `operator`, `)`, `=` …
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// The digits are no number.
    #[error("{text} is not a number")]
    Number {
        /// The text as given.
        text: String,
    },
    /// What stands in brackets after a number is no unit.
    #[error("[{text}] is not a unit")]
    Unit {
        /// The text as given.
        text: String,
    },
    /// There is no such function.
    #[error("there is no function {name}")]
    Function {
        /// Its name.
        name: String,
    },
    /// A function was given too few or too many arguments.
    #[error("{function} takes {expected} arguments, found {found}")]
    Arguments {
        /// The function.
        function: &'static str,
        /// How many it takes.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A number stands where a condition is needed, or the other way round.
    #[error("a {expected} is needed here")]
    Kind {
        /// `number`, `condition` or `text`.
        expected: &'static str,
    },
    /// The exponent is no constant fraction of small whole numbers.
    #[error("an exponent is a number or a fraction of numbers, such as 2 or (1/2)")]
    Exponent,
    /// The name of a function, constant or operator cannot name a quantity.
    #[error("{name} is the name of a function, constant or operator")]
    Reserved {
        /// The name.
        name: String,
    },
    /// Two lines assign the same name.
    #[error("{name} is assigned twice")]
    AssignedTwice {
        /// The name.
        name: String,
    },
    /// A line uses a name that it, or a later line, assigns.
    #[error("{name} is used before it is assigned")]
    UsedBefore {
        /// The name.
        name: String,
    },
    /// There is no such line in the model.
    #[error("no line of the model assigns {name}")]
    NotAssigned {
        /// The name.
        name: String,
    },
    /// The text is longer than any expression needs.
    #[error("the text is longer than {limit} characters")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// Parentheses are nested deeper than any expression needs.
    #[error("parentheses are nested deeper than {limit}")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// A line is computed from itself, directly or by way of other lines.
    #[error("{name} is computed from itself")]
    Recursion {
        /// The name.
        name: String,
    },
    /// A function of steps: it has no derivative, and so no law of propagation.
    #[error("{name} has no derivative, so that no uncertainty passes through it")]
    WithoutDerivative {
        /// Its name.
        name: String,
    },
    /// There is no constant of this name in the table.
    #[error("there is no constant {name}{}", or_nearest(nearest))]
    Constant {
        /// The name as given.
        name: String,
        /// Names of constants that are near it.
        nearest: Vec<String>,
    },
    /// Every word is right, and yet the whole has no meaning.
    #[error("{0}")]
    Form(Box<Fault>),
}

impl SyntaxError {
    /// The error as a finding about a text in which the expression starts at `start`.
    pub fn finding(&self, start: Position) -> Finding {
        let finding = Finding::error(self.fault.code()).at(moved(self.position, start)).with("length", self.length);
        match &self.fault {
            SyntaxFault::Unexpected { expected, found } => finding.with("expected", expected).with("found", found),
            SyntaxFault::Number { text } | SyntaxFault::Unit { text } => finding.with("text", text),
            SyntaxFault::Function { name }
            | SyntaxFault::Reserved { name }
            | SyntaxFault::AssignedTwice { name }
            | SyntaxFault::UsedBefore { name }
            | SyntaxFault::NotAssigned { name } => finding.with("name", name),
            SyntaxFault::Arguments { function, expected, found } => {
                finding.with("function", function).with("expected", expected).with("found", found)
            }
            SyntaxFault::Kind { expected } => finding.with("expected", expected),
            SyntaxFault::TooLong { limit } | SyntaxFault::TooDeep { limit } => finding.with("limit", limit),
            SyntaxFault::Recursion { name } | SyntaxFault::WithoutDerivative { name } => finding.with("name", name),
            SyntaxFault::Constant { name, nearest } => finding.with("name", name).with("nearest", nearest.join(", ")),
            SyntaxFault::Form(fault) => fault.finding().at(moved(self.position, start)).with("length", self.length),
            SyntaxFault::Exponent => finding,
        }
    }
}

impl SyntaxError {
    /// The line of `text` that is wrong, with its number, and under it carets below the place.
    pub fn underlined(&self, text: &str) -> String {
        underlined(text, self.position, self.length)
    }
}

impl SyntaxFault {
    /// A stable name in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unexpected { .. } => "model-unexpected",
            Self::Number { .. } => "model-number",
            Self::Unit { .. } => "model-unit-unknown",
            Self::Function { .. } => "model-function-unknown",
            Self::Arguments { .. } => "model-arguments",
            Self::Kind { .. } => "model-kind",
            Self::Exponent => "model-exponent",
            Self::Reserved { .. } => "model-name-reserved",
            Self::AssignedTwice { .. } => "model-assigned-twice",
            Self::UsedBefore { .. } => "model-used-before",
            Self::NotAssigned { .. } => "model-not-assigned",
            Self::TooLong { .. } => "model-too-long",
            Self::TooDeep { .. } => "model-too-deep",
            Self::Recursion { .. } => "model-recursion",
            Self::WithoutDerivative { .. } => "model-without-derivative",
            Self::Constant { nearest, .. } if nearest.is_empty() => "model-constant-unknown",
            Self::Constant { .. } => "model-constant-unknown-near",
            Self::Form(fault) => fault.code(),
        }
    }
}

/// The expression or model cannot be evaluated with these values.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}{fault}", position.map(|at| format!("line {}, column {}: ", at.line, at.column)).unwrap_or_default())]
pub struct EvaluationError {
    /// Where in the text, if it has a place there.
    pub position: Option<Position>,
    /// How many characters of that line it is about.
    pub length: u32,
    /// What.
    pub fault: Fault,
}

/// Why an evaluation stops.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The units of the two sides do not measure one kind of quantity.
    #[error("{left} is in {left_unit}, {right} is in {right_unit}: they cannot be added or compared")]
    UnitMismatch {
        /// The text of the left side.
        left: String,
        /// Its unit, as people write it.
        left_unit: String,
        /// The text of the right side.
        right: String,
        /// Its unit, as people write it.
        right_unit: String,
    },
    /// A function needs a number without unit.
    #[error("{function} needs a pure number; {argument} is in {unit}")]
    NotDimensionless {
        /// The function or operator.
        function: &'static str,
        /// The text of its argument.
        argument: String,
        /// Its unit, as people write it.
        unit: String,
    },
    /// Two temperatures on the Celsius scale were added.
    #[error("{left} and {right} are both Celsius temperatures and have no sum; state a difference in kelvin")]
    TemperatureSum {
        /// The text of the left side.
        left: String,
        /// The text of the right side.
        right: String,
    },
    /// A kelvin value minus a Celsius temperature: a difference or a temperature?
    #[error("{left} minus the Celsius temperature {right} could mean two things; state both in one unit")]
    TemperatureDifference {
        /// The text of the left side.
        left: String,
        /// The text of the right side.
        right: String,
    },
    /// A Celsius temperature was multiplied, negated or put into a function: its zero is arbitrary.
    #[error("{operand} is a Celsius temperature and cannot be multiplied; state it in kelvin, or subtract a reference")]
    TemperatureScale {
        /// The text of the operand.
        operand: String,
    },
    /// The unit would be beyond what is computed with.
    #[error("the unit of {operand} is beyond what is computed with")]
    UnitBeyondBounds {
        /// The text of the operation.
        operand: String,
    },
    /// Nothing of this name was given.
    #[error("there is no value for {name}{}", or_nearest(nearest))]
    Missing {
        /// The name.
        name: String,
        /// Names that are given and near it.
        nearest: Vec<String>,
    },
    /// An input has the name of a function, constant or operator.
    #[error("{name} is the name of a function, constant or operator")]
    Reserved {
        /// The name.
        name: String,
    },
    /// An input is given as one quantity and as a vector.
    #[error("{name} is given both as one quantity and as a vector")]
    ScalarAndVector {
        /// The name.
        name: String,
    },
    /// An input has the name of the variable that counts the terms of a sum.
    #[error("{name} counts the terms of a sum and is also given as an input")]
    VariableGiven {
        /// The name.
        name: String,
    },
    /// How many elements a vector has is known only with the inputs.
    #[error("the length of {operand} is known only with the inputs")]
    LengthUnknown {
        /// The text of the vector.
        operand: String,
    },
    /// One quantity stands where a vector is needed.
    #[error("{operand} is not a vector")]
    NotAVector {
        /// The text of the operand.
        operand: String,
    },
    /// An index or the end of a range is no whole number that the model alone determines.
    #[error("{operand} is not a whole number known from the model")]
    NotWhole {
        /// The text of the index.
        operand: String,
    },
    /// There is no such element.
    #[error("{vector} has elements 1 to {length}, not {index}")]
    IndexOutside {
        /// The text of the vector.
        vector: String,
        /// Its length.
        length: usize,
        /// The index.
        index: i64,
    },
    /// A sum from a number to a smaller one.
    #[error("there is nothing from {from} to {to}")]
    EmptyRange {
        /// The first.
        from: i64,
        /// The last.
        to: i64,
    },
    /// Vectors of different lengths meet in an operation on their elements.
    #[error("{left} has {left_length} elements, {right} has {right_length}")]
    LengthsDiffer {
        /// The text of the left side.
        left: String,
        /// Its length.
        left_length: usize,
        /// The text of the right side.
        right: String,
        /// Its length.
        right_length: usize,
    },
    /// A function of real quantities was given a complex one.
    #[error("{function} takes no complex quantity such as {argument}")]
    NotReal {
        /// The function or operator.
        function: &'static str,
        /// The text of its argument.
        argument: String,
    },
    /// Sums and vectors unroll into more operations than are computed with.
    #[error("the sums and vectors of the model come to more than {limit} operations")]
    TooManyOperations {
        /// The limit.
        limit: usize,
    },
    /// A text or a flag stands where a quantity is needed, or the other way round.
    #[error("{name} is not a {expected}")]
    Kind {
        /// The name or text.
        name: String,
        /// `quantity`, `text` or `flag`.
        expected: &'static str,
    },
    /// Division by exactly zero.
    #[error("{divisor} is zero")]
    DivisionByZero {
        /// The text of the divisor.
        divisor: String,
    },
    /// The result is not a finite number.
    #[error("{operand} is not a finite number")]
    NotFinite {
        /// The text of the operation.
        operand: String,
    },
    /// An exact value was asked for where a function makes it inexact.
    #[error("{operand} has no exact value")]
    NotExact {
        /// The text of the operation.
        operand: String,
    },
    /// The exact value has more digits than any measured value.
    #[error("the exact value of {operand} has too many digits")]
    TooManyDigits {
        /// The text of the operation.
        operand: String,
    },
    /// An input was given twice.
    #[error("{name} is given twice")]
    GivenTwice {
        /// The name.
        name: String,
    },
    /// An input's uncertainty is no number from zero up.
    #[error("the uncertainty of {name} is not usable")]
    Uncertainty {
        /// The input.
        name: String,
    },
    /// An input's degrees of freedom are fewer than one, or no number: nothing was observed that would say how large u is.
    #[error("{name} has fewer than one degree of freedom")]
    Degrees {
        /// The input.
        name: String,
    },
    /// A standard deviation was asked for where an input is drawn from a t-distribution that has none.
    #[error(
        "{result} has no standard deviation: {input} is drawn from a t-distribution with {degrees} degrees of freedom"
    )]
    WithoutStandardDeviation {
        /// The result.
        result: String,
        /// The input with the fewest degrees of freedom.
        input: String,
        /// ν, as people write it.
        degrees: String,
    },
    /// A correlation coefficient beyond ±1, of an input with itself, or of no input of the model.
    #[error("the correlation of {first} and {second} is not usable")]
    Correlation {
        /// One input.
        first: String,
        /// The other.
        second: String,
    },
    /// No quantities can be correlated like this.
    #[error("the correlations contradict each other: their matrix is not positive semidefinite")]
    CorrelationsImpossible,
    /// A Monte Carlo method cannot draw these correlated inputs: their r determines a joint distribution only where they are normal with infinite ν,
    /// or means of more simultaneous observations than there are quantities, with the same ν.
    #[error(
        "{first} and {second} are correlated but not both normal with the same degrees of freedom, at least as many as correlated inputs"
    )]
    CorrelationNotSampled {
        /// One input.
        first: String,
        /// The other.
        second: String,
    },
    /// A probability outside (0, 1).
    #[error("a coverage probability lies between 0 and 1")]
    Probability,
    /// More or fewer trials than can be evaluated.
    #[error("between {least} and {most} trials can be evaluated")]
    Trials {
        /// The least.
        least: u64,
        /// The most.
        most: u64,
    },
    /// Fewer than two observations, or series of different lengths.
    #[error("an evaluation of type A needs at least two observations, and as many of each quantity")]
    Observations,
}

impl EvaluationError {
    /// The error as a finding about a text in which the model starts at `start`.
    pub fn finding(&self, start: Position) -> Finding {
        let finding = self.fault.finding();
        match self.position {
            Some(position) => finding.at(moved(position, start)).with("length", self.length),
            None => finding,
        }
    }
}

impl EvaluationError {
    /// The line of `text` that is wrong, with its number, and under it carets below the place; none where there is no place.
    pub fn underlined(&self, text: &str) -> Option<String> {
        self.position.map(|position| underlined(text, position, self.length))
    }
}

impl Fault {
    /// A stable name in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnitMismatch { .. } => "evaluation-unit-mismatch",
            Self::NotDimensionless { .. } => "evaluation-not-dimensionless",
            Self::TemperatureSum { .. } => "evaluation-temperature-sum",
            Self::TemperatureDifference { .. } => "evaluation-temperature-difference",
            Self::TemperatureScale { .. } => "evaluation-temperature-scale",
            Self::UnitBeyondBounds { .. } => "evaluation-unit-beyond-bounds",
            Self::Missing { nearest, .. } if nearest.is_empty() => "evaluation-missing",
            Self::Missing { .. } => "evaluation-missing-near",
            Self::Reserved { .. } => "evaluation-name-reserved",
            Self::ScalarAndVector { .. } => "evaluation-scalar-and-vector",
            Self::VariableGiven { .. } => "evaluation-variable-given",
            Self::LengthUnknown { .. } => "evaluation-length-unknown",
            Self::NotAVector { .. } => "evaluation-not-a-vector",
            Self::NotWhole { .. } => "evaluation-not-whole",
            Self::IndexOutside { .. } => "evaluation-index-outside",
            Self::EmptyRange { .. } => "evaluation-empty-range",
            Self::LengthsDiffer { .. } => "evaluation-lengths-differ",
            Self::NotReal { .. } => "evaluation-not-real",
            Self::TooManyOperations { .. } => "evaluation-too-many-operations",
            Self::Kind { .. } => "evaluation-kind",
            Self::DivisionByZero { .. } => "evaluation-division-by-zero",
            Self::NotFinite { .. } => "evaluation-not-finite",
            Self::NotExact { .. } => "evaluation-not-exact",
            Self::TooManyDigits { .. } => "evaluation-too-many-digits",
            Self::GivenTwice { .. } => "evaluation-given-twice",
            Self::Uncertainty { .. } => "evaluation-uncertainty",
            Self::Degrees { .. } => "evaluation-degrees",
            Self::WithoutStandardDeviation { .. } => "evaluation-without-standard-deviation",
            Self::Correlation { .. } => "evaluation-correlation",
            Self::CorrelationsImpossible => "evaluation-correlations-impossible",
            Self::CorrelationNotSampled { .. } => "evaluation-correlation-not-sampled",
            Self::Probability => "evaluation-probability",
            Self::Trials { .. } => "evaluation-trials",
            Self::Observations => "evaluation-observations",
        }
    }

    fn finding(&self) -> Finding {
        let finding = Finding::error(self.code());
        match self {
            Self::UnitMismatch { left, left_unit, right, right_unit } => finding
                .with("left", left)
                .with("left-unit", left_unit)
                .with("right", right)
                .with("right-unit", right_unit),
            Self::NotDimensionless { function, argument, unit } => {
                finding.with("function", function).with("argument", argument).with("unit", unit)
            }
            Self::TemperatureSum { left, right } | Self::TemperatureDifference { left, right } => {
                finding.with("left", left).with("right", right)
            }
            Self::TemperatureScale { operand }
            | Self::UnitBeyondBounds { operand }
            | Self::NotFinite { operand }
            | Self::NotExact { operand }
            | Self::TooManyDigits { operand }
            | Self::LengthUnknown { operand }
            | Self::NotAVector { operand }
            | Self::NotWhole { operand } => finding.with("operand", operand),
            Self::Missing { name, nearest } => finding.with("name", name).with("nearest", nearest.join(", ")),
            Self::GivenTwice { name }
            | Self::Uncertainty { name }
            | Self::Degrees { name }
            | Self::Reserved { name }
            | Self::ScalarAndVector { name }
            | Self::VariableGiven { name } => finding.with("name", name),
            Self::IndexOutside { vector, length, index } => {
                finding.with("vector", vector).with("count", length).with("index", index)
            }
            Self::EmptyRange { from, to } => finding.with("from", from).with("to", to),
            Self::LengthsDiffer { left, left_length, right, right_length } => finding
                .with("left", left)
                .with("left-length", left_length)
                .with("right", right)
                .with("right-length", right_length),
            Self::NotReal { function, argument } => finding.with("function", function).with("argument", argument),
            Self::TooManyOperations { limit } => finding.with("limit", limit),
            Self::Kind { name, expected } => finding.with("name", name).with("expected", expected),
            Self::DivisionByZero { divisor } => finding.with("divisor", divisor),
            Self::Correlation { first, second } | Self::CorrelationNotSampled { first, second } => {
                finding.with("first", first).with("second", second)
            }
            Self::WithoutStandardDeviation { result, input, degrees } => {
                finding.with("output", result).with("input", input).with("degrees", degrees)
            }
            Self::Trials { least, most } => finding.with("least", least).with("most", most),
            Self::CorrelationsImpossible | Self::Probability | Self::Observations => finding,
        }
    }
}

/// A place of a text that itself starts at `start`.
fn moved(position: Position, start: Position) -> Position {
    if position.line == 1 {
        Position { line: start.line, column: start.column.saturating_add(position.column).saturating_sub(1) }
    } else {
        Position { line: start.line.saturating_add(position.line).saturating_sub(1), column: position.column }
    }
}

impl From<Fault> for EvaluationError {
    fn from(fault: Fault) -> Self {
        Self { position: None, length: 0, fault }
    }
}

fn or_nearest(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("; near it are {}", nearest.join(", ")) }
}

/// A unit in an error, for people.
pub(crate) fn shown(unit: &Unit) -> String {
    unit.symbol()
}
