# What `heng uncertainty` says.
uncertainty-stated = u = { $u } { $unit }, k = { $k }, U = { $expanded } { $unit } (p = { $p })
uncertainty-degrees = Effective degrees of freedom: { $degrees }
uncertainty-degrees-do-not-hold = u = { $u } { $unit }. The inputs are correlated and of few degrees of freedom: the Welch–Satterthwaite formula does not hold, and no k or U is stated.
uncertainty-trials = Monte Carlo, { $trials } trials, seed { $seed }: mean { $mean } { $unit }, u = { $u } { $unit }
uncertainty-symmetric = Symmetric interval { $low } … { $high } { $unit } (p = { $p })
uncertainty-shortest = Shortest interval { $low } … { $high } { $unit } (p = { $p })
uncertainty-not-finite = { $count } trials gave no finite number and were left out: look whether the model holds for all values of the inputs.
uncertainty-validated = The linear interval is validated (tolerance { $tolerance } { $unit }).
uncertainty-not-validated = The linear interval is not validated (tolerance { $tolerance } { $unit }): report the result of Monte Carlo.
uncertainty-column-input = Input
uncertainty-column-estimate = Estimate
uncertainty-column-u = u
uncertainty-column-degrees = ν
uncertainty-column-sensitivity = Sensitivity
uncertainty-column-contribution = Contribution
uncertainty-column-share = Share

finding-second-order-terms = { $output }: linear propagation gives u = { $u } { $unit }, the terms of second order make it { $second-order-u } { $unit } and shift the expectation by { $bias } { $unit }. The model is not linear enough over its inputs; evaluate it with --method monte-carlo.

error-model-unreadable = { $path } is no model document: { $reason }
error-model-format = { $path }, line { $line }, column { $column }: the format must be { $format }.
error-model-text = { $path }: the model that begins in line { $line }, column { $column } cannot be read: { $reason }
error-model-quantity = { $path }, line { $line }, column { $column }: “{ $text }” is no number with a unit. Write, for example, 25.0 mm.
error-model-width = { $path }, line { $line }, column { $column }: “{ $text }” does not fit: give a number from zero up in a unit of the same kind.
error-model-correlation = { $path }, line { $line }, column { $column }: a correlation is between two different inputs, with a coefficient from -1 to 1.
error-model-no-value = { $path }, line { $line }, column { $column }: { $input } has neither a value nor observations. Give one of them.
error-model-no-factor = { $path }, line { $line }, column { $column }: { $input } has an expanded uncertainty without a coverage factor above zero. Give coverage_factor.
error-model-no-distribution = { $path }, line { $line }, column { $column }: { $input } has a half-width without a distribution. Give uniform, triangular or arcsine.
error-model-evaluation = { $path }, line { $line }, column { $column }: { $input } needs one evaluation: observations, or a value with standard_uncertainty, with expanded_uncertainty and coverage_factor, or with half_width and distribution.
error-model-one-observation = { $path }, line { $line }, column { $column }: { $input } has one observation only, which tells nothing of its scatter. Give more of them, or a value with its uncertainty.
error-model-degrees = { $path }, line { $line }, column { $column }: the degrees of freedom of { $input } must be above zero.
error-model-evaluated = { $path } cannot be evaluated: { $reason }
