# What `heng uncertainty` says.
uncertainty-stated = u = { $u }, k = { $k }, U = { $expanded } (p = { $p })
uncertainty-degrees = Effective degrees of freedom: { $degrees }
uncertainty-degrees-do-not-hold = u = { $u }. The inputs are correlated and of few degrees of freedom: the Welch–Satterthwaite formula does not hold, and no k or U is stated.
uncertainty-conforms = Specification limits { $limits }: conformance probability { $probability } % (normal distribution)
uncertainty-conforms-counted = Conformance probability { $probability } % (trials counted)
uncertainty-trials = Monte Carlo, { $trials } trials, seed { $seed }: mean { $mean }, u = { $u }
uncertainty-trials-without-u = Monte Carlo, { $trials } trials, seed { $seed }: there is no standard deviation, and no u is stated
uncertainty-without-standard-deviation = { $input } is drawn from a t-distribution with { $degrees } degrees of freedom, whose variance is infinite: the standard deviation of the trials grows with their number, settles nowhere and is no u. Use the coverage interval; with more observations there is a u.
uncertainty-stated-by-trials = { $result } = { $text }, coverage interval { $interval } (p = { $p }, Monte Carlo)
uncertainty-linear-instead = Linear propagation gives { $result } = { $linear }, which is not validated (JCGM 101, clause 8): do not report it.
uncertainty-unknown = unknown
uncertainty-u-unknown = u is unknown: no uncertainty is stated of anything that the result rests on.
uncertainty-groups-differ = { $input }: the { $groups } groups differ, F = { $f } is above { $critical }; standard deviation between groups { $between }, within { $within }. u is from the scatter of the means of the groups.
uncertainty-groups-alike = { $input }: the { $groups } groups are not seen to differ, F = { $f } is not above { $critical }; standard deviation within groups { $within }, between them perhaps { $between }. u is from the scatter of all observations.
uncertainty-symmetric = Symmetric interval { $interval } (p = { $p })
uncertainty-shortest = Shortest interval { $interval } (p = { $p })
uncertainty-not-finite = { $count } trials gave no finite number and were left out: look whether the model holds for all values of the inputs.
uncertainty-validated = The linear interval is validated (tolerance { $tolerance }).
uncertainty-not-validated = The linear interval is not validated (tolerance { $tolerance }): report the result of Monte Carlo.
uncertainty-degrees-truncated = Effective degrees of freedom: { $degrees }; truncated { $truncated }, with k = { $k }
uncertainty-second-order = With the terms of second order: u = { $u }, U = { $expanded }; they shift the expectation by { $bias }
uncertainty-stable = Adaptive: after { $sequences } sequences the figures are stable within the numerical tolerance { $tolerance }.
uncertainty-not-stable = Adaptive: after { $sequences } sequences the figures are not yet stable within the numerical tolerance { $tolerance }. Allow more --trials.
uncertainty-second-validated = The interval to second order is validated (tolerance { $tolerance }).
uncertainty-second-not-validated = The interval to second order is not validated (tolerance { $tolerance }).
uncertainty-report-linear = Verdict: the linear result may be reported.
uncertainty-report-second-order = Verdict: report the result to second order or that of Monte Carlo.
uncertainty-report-monte-carlo = Verdict: report the result of Monte Carlo.
uncertainty-together = The results together, linear: coverage factor { $ellipsoidal } of the ellipsoidal region, { $rectangular } of the rectangular one
uncertainty-together-drawn = The results together, Monte Carlo: coverage factor { $ellipsoidal } of the ellipsoidal region, { $rectangular } of the rectangular one
uncertainty-column-input = Input
uncertainty-column-estimate = Estimate
uncertainty-column-u = u
uncertainty-column-degrees = ν
uncertainty-column-sensitivity = Sensitivity
uncertainty-column-contribution = Contribution
uncertainty-column-share = Share

finding-uncertainty-of-input-unknown = { $output }: no uncertainty is stated of { $inputs }, and u is without that part. Unknown is not zero: state it, or write exact = true where there is none.
finding-second-order-terms = { $output }: linear propagation gives u = { $u } { $unit }, the terms of second order make it { $second-order-u } { $unit } and shift the expectation by { $bias } { $unit }. The model is not linear enough over its inputs; use the result of Monte Carlo.

finding-model-unexpected = { $expected } is needed here, found { $found }.
finding-model-number = { $text } is not a number.
finding-model-unit-unknown = [{ $text }] is not a unit. Write a symbol (mm) or a D-SI unit (\milli\metre).
finding-model-function-unknown = There is no function { $name }. There are sqrt exp ln log10 log2 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf abs atan2 hypot min max, sum mean length dot of vectors, complex polar re im arg conj; a product needs its *.
finding-model-arguments = { $function } takes { $expected } arguments, found { $found }.
finding-model-kind = A { $expected } is needed here.
finding-model-exponent = An exponent is a number or a fraction of numbers, such as 2 or (1/2). Write exp(b*ln(a)) for a variable one.
finding-model-name-reserved = { $name } is the name of a function, constant or operator. Give the input another name.
finding-model-assigned-twice = { $name } is assigned twice. Choose another name.
finding-model-used-before = { $name } is used before it is assigned. Move its line up.
finding-model-not-assigned = No line of the model assigns { $name }.
finding-model-too-long = The model is longer than { $limit } characters.
finding-model-too-deep = Parentheses are nested deeper than { $limit }. Split it into lines.
finding-model-recursion = { $name } is computed from itself. A model has no loops: write the quantity on one side only, or give one of them as an input.
finding-model-without-derivative = { $name } has no derivative, so that no uncertainty passes through it. Round the result when it is reported, not in the model.
finding-model-constant-unknown = There is no constant "{ $name }" in the table. Give it as an input with its source.
finding-model-constant-unknown-near = There is no constant "{ $name }" in the table. Is it one of these: { $nearest }?
finding-document-key-missing = { $key } is missing. Add it.
finding-document-key-unknown = There is no key { $key }. It may be { $known }.
finding-document-key-unknown-near = There is no key { $key }. Did you mean { $nearest }?
finding-document-key-twice = This key stands twice. Keep one.
finding-document-word-unknown = There is no { $word } to choose. It may be { $known }.
finding-document-kind = { $expected ->
        [text] A text in quotation marks is needed here, such as "25.0 mm".
        [number] A number is needed here, without quotation marks.
        [whole-number] A whole number is needed here, without quotation marks.
        [flag] Write true or false here.
        [list] A list in brackets is needed here, with as many elements as belong to it, such as ["a", "b"].
        [table] A table is needed here: keys with values, such as the lines below a heading in brackets.
       *[other] The value is not what is needed here.
    }
finding-document-quotes = A quotation mark is missing here, or a text has none. Write key = "text".
finding-document-brackets = A bracket or a comma is missing here.
finding-document-value-missing = A value or its = is missing here. Write key = value.
finding-document-too-deep = Brackets are nested too deep.
finding-document-syntax = This is not written as TOML. Write key = value on each line, headings of tables in brackets and texts in quotation marks.
finding-model-exact = { $input } has exact = true and an uncertainty. Keep one of them.
finding-model-format = The format must be { $format }.
finding-model-quantity = “{ $text }” is no number with a unit. Write, for example, 25.0 mm.
finding-model-width = “{ $text }” does not fit: give a number from zero up in a unit of the same kind.
finding-model-correlation = A correlation is between two different inputs, with a coefficient from -1 to 1.
finding-model-no-value = { $input } has neither a value nor observations. Give one of them.
finding-model-no-factor = { $input } has an expanded uncertainty without a coverage factor above zero. Give coverage_factor.
finding-model-no-distribution = { $input } has a half-width without a distribution that fits it. Give uniform, triangular, arcsine, trapezoid (with top_ratio from 0 to 1) or curvilinear-trapezoid (with limit_half_width).
finding-model-evaluation = { $input } needs one evaluation: observations; or groups; or a value with standard_uncertainty, with expanded_uncertainty and coverage_factor, or with half_width and distribution; or limits; or distribution = "t", "exponential" or "gamma" with its parameters.
finding-model-one-observation = { $input } has one observation only, which tells nothing of its scatter. Give more of them, or a value with its uncertainty.
finding-model-pooled = { $input } needs observations beside earlier_observations or pooled_standard_deviation, and only one of these two. Correct the evaluation.
finding-model-groups = The groups of { $input } must be at least two, each with observations, or with mean, standard_deviation and count; at least one of them needs two observations, and something must scatter within groups.
finding-model-simultaneous = A group of simultaneous inputs has two or more different ones, each with as many observations, not pooled with earlier ones and with no coefficient stated besides.
finding-model-specification = The specification of { $result } is not usable: it belongs to a result of the model and has lower, upper or both, the lower not above the upper.
finding-model-specification-unit = The limit “{ $text }” is not of the kind of { $result }, which is in { $unit }. Correct its unit.
finding-model-degrees = { $input } has fewer than one degree of freedom, as if nothing had been observed: that says nothing of how large its uncertainty is. Leave the key out where they are infinite.
finding-model-limits = The limits of { $input } are a lower and an upper one, with the estimate between them.
finding-model-parameters = The distribution of { $input } lacks parameters or has unfit ones. t needs a value, scale and degrees_of_freedom above 2; exponential a value above zero; gamma shape and scale above zero and no value.
finding-model-too-many-inputs = There are more than { $limit } inputs here.
finding-evaluation-unit-mismatch = { $left } is in { $left-unit } and { $right } in { $right-unit }: they cannot be added or compared. Check the units of the inputs.
finding-evaluation-not-dimensionless = { $function } needs a pure number; { $argument } is in { $unit }. Divide it by a quantity of its kind.
finding-evaluation-temperature-sum = { $left } and { $right } are both Celsius temperatures and have no sum. State a difference in kelvin.
finding-evaluation-temperature-difference = { $left } minus the Celsius temperature { $right } could mean two things. State both in one unit.
finding-evaluation-temperature-scale = { $operand } is a Celsius temperature and cannot be multiplied. State it in kelvin, or subtract a reference first.
finding-evaluation-unit-beyond-bounds = The unit of { $operand } is beyond what is computed with.
finding-evaluation-missing = { $name } is not given. Add it to the inputs, or correct its name in the model.
finding-evaluation-missing-near = { $name } is not given. Did you mean { $nearest }? Otherwise add it to the inputs.
finding-evaluation-name-reserved = { $name } is the name of a function, constant or operator and cannot be an input. Give it another name.
finding-evaluation-scalar-and-vector = { $name } is given both as one quantity and as a vector with elements { $name }[1] and so on. Give one of them.
finding-evaluation-variable-given = { $name } counts the terms of a sum and is an input as well. Give one of them another name.
finding-evaluation-length-unknown = How many elements { $operand } has is known only with the inputs.
finding-evaluation-not-a-vector = { $operand } is one quantity and not a vector. Give its elements as inputs, [1], [2] and so on.
finding-evaluation-not-whole = { $operand } is not a whole number that is known from the model. An index is made of whole numbers, variables of sums and length().
finding-evaluation-index-outside = { $vector } has elements 1 to { $count }, and none { $index }.
finding-evaluation-empty-range = There is nothing from { $from } to { $to }: a sum needs at least one term.
finding-evaluation-lengths-differ = { $left } has { $left-length } elements and { $right } has { $right-length }. Element by element they need as many.
finding-evaluation-not-real = { $function } takes no such argument in { $argument }: it needs one real quantity. Take re, im, abs or arg of a complex one, and an element or the sum of a vector.
finding-evaluation-too-many-operations = The sums and vectors of the model come to more than { $limit } operations.
finding-evaluation-kind = { $name } should be a { $expected }.
finding-evaluation-division-by-zero = { $divisor } is zero and divides nothing.
finding-evaluation-not-finite = { $operand } is not a finite number. Look whether the model holds at the estimates.
finding-evaluation-not-exact = { $operand } has no exact value.
finding-evaluation-too-many-digits = The exact value of { $operand } has too many digits.
finding-evaluation-given-twice = { $name } is given twice.
finding-evaluation-uncertainty = The uncertainty of { $name } is not usable: its parameters must describe a distribution with a finite variance.
finding-evaluation-degrees = { $name } has fewer than one degree of freedom and cannot be used. Leave degrees_of_freedom out where they are infinite.
finding-evaluation-without-standard-deviation = { $output } has no standard deviation: { $input } is drawn from a t-distribution with { $degrees } degrees of freedom, whose variance is infinite. Make more observations, or use --method monte-carlo and report the coverage interval.
finding-evaluation-correlation = The correlation of { $first } and { $second } is not usable: it is between two different inputs, each pair is stated once, and the coefficient lies between -1 and 1.
finding-evaluation-correlations-impossible = The correlations contradict each other: their matrix is not positive semidefinite, and no quantities are correlated like this. Check the signs, or state the coefficients with all their digits.
finding-evaluation-correlation-not-sampled = { $first } and { $second } are correlated but not both normal with the same degrees of freedom, at least as many as there are correlated inputs, so there is no joint distribution to draw from. State standard_uncertainty without degrees_of_freedom, or make the common cause an input of the model, or use linear propagation alone.
finding-evaluation-probability = A coverage probability lies between 0 and 1.
finding-evaluation-trials = The number of trials lies between { $least } and { $most }.
finding-evaluation-observations = An evaluation of type A needs at least two observations, and as many of each quantity.

error-model-text = { $path }, line { $line }, column { $column }: { $reason }
error-model-evaluated = { $path } cannot be evaluated: { $reason }

finding-adaptive-not-stable = { $output }: when all trials were drawn, the figures were not yet stable within the numerical tolerance { $tolerance }. Allow more --trials, or ask for --digits 1.
error-uncertainty-no-second-order = { $path }: { $output } has no terms of second order: the model is too large for them or has no such derivatives. Use --method monte-carlo.

# What `heng decide` says.
decide-normal = { $output } = { $value }, u = { $u } (normal distribution)
decide-student = { $output } = { $value }, u = { $u } (t-distribution)
decide-sampled = { $output } = { $value }, u = { $u } (distribution of the Monte Carlo trials)
decide-limits = Tolerance interval { $limits }
decide-acceptance = Acceptance interval { $accepted }
decide-impossible = No value is acceptable: the uncertainty is too large for the tolerance interval. The least risk is { $risk } %.
decide-pass = Decision: pass.
decide-conditional-pass = Decision: conditional pass.
decide-conditional-fail = Decision: conditional fail.
decide-fail = Decision: fail.
decide-undecided = Decision: undecided.
decide-nothing-acceptable = Decision: nothing can be accepted. Reduce the uncertainty, or ask for a larger risk.
decide-conformance = Conformance probability { $probability } %
decide-specific-risk = Probability that the decision is wrong (specific risk) { $risk } %
decide-target = The guard band keeps the specific risk at most { $risk } %.
decide-global = Global risks: consumer's { $consumer } %, producer's { $producer } %; of what is accepted { $conditional } % does not conform, of all { $nonconforming } %
decide-capability = Measurement capability index C_m = { $capability }, test uncertainty ratio TUR = { $ratio }
error-decide = No decision: { $what }
error-decide-unknown-u = The uncertainty of { $output } is unknown, and there is no decision. State the uncertainties of the inputs in the model.
error-decide-without-u = { $output } has no standard uncertainty (the variance of its t-distribution is infinite), and one is needed here. Use simple or risk=P without --prior, or make more observations.
error-decide-file = { $path } is no result of heng uncertainty --json: { $reason }. Let it write heng-result/1.
error-decide-output = { $path } needs a result that is named. Write --output with one of { $outputs }
error-decide-limits = “{ $text }” are no limits. Write "49.9 g..50.1 g", "..5 g" or "5 g..".
error-decide-no-limit = There is no limit. Write a lower or an upper one at least, such as "..5 g".
error-decide-limits-cross = The lower limit is not below the upper one. Correct --limits.
error-decide-quantity = “{ $text }” is no quantity with a unit. { $output } is in { $unit }: write a number with such a unit.
error-decide-unit = “{ $text }” is not of the kind of { $output }, which is in { $unit }. Correct its unit.
error-decide-rule = There is no decision rule “{ $text }”. Write simple, guarded or risk=P with P between 0 and 1.
error-decide-prior = “{ $text }” is no prior. Write normal:MEAN,SIGMA, uniform:LOW,HIGH, gamma:SHAPE,SCALE, lognormal:LOCATION,SCALE, triangular:LOW,MODE,HIGH or conforming:MEAN,PART.
error-decide-prior-none = The parameters of the prior describe no distribution. Correct --prior.

# What `heng fit` says.
fit-intercept = Intercept a = { $value }, u(a) = { $u }
fit-slope = Slope b = { $value }, u(b) = { $u }
fit-covariance = cov(a, b) = { $covariance }, r(a, b) = { $correlation }
fit-scale = Standard deviation evaluated from the scatter { $scale }, degrees of freedom { $degrees }
fit-accepted = χ² = { $chi-squared } with { $degrees } degrees of freedom, 95 % quantile { $quantile }, a worse fit has { $probability } %: the line agrees with the points and their uncertainties.
fit-refused = χ² = { $chi-squared } with { $degrees } degrees of freedom, 95 % quantile { $quantile }, a worse fit has { $probability } %: the line is refused and must not be used with these uncertainties. Check the points, their uncertainties or the model.
fit-response = At x = { $at } y = { $value }, u(y) = { $u }
fit-stimulus = For y = { $at } x = { $value }, u(x) = { $u }
fit-column-x = x
fit-column-y = y
fit-column-fitted-x = Fitted x
fit-column-fitted-y = Fitted y
fit-column-residual = Weighted residual
finding-fit-column = The column { $column } is unknown or stands twice. There are x and y, perhaps ux, uy and uxy, with the unit behind a slash as in x/mm.
finding-fit-too-many = There are more than { $most } points. Give fewer.
error-fit = { $path } gives no line: { $reason }
error-fit-value = “{ $text }” is neither a number nor a number, a comma and an uncertainty. Write, for example, 3.5,0.2.

finding-model-text-too-long = The file is longer than { $limit } KB. This page evaluates smaller models; for larger ones use heng uncertainty on the command line.
finding-model-too-many-results = There are more than { $limit } results. Leave fewer lines that no other line uses, or use heng uncertainty on the command line.
finding-model-too-much-work = The model comes to more than { $limit } operations, or has too many correlations for this page. Use heng uncertainty on the command line.
finding-model-too-slow = It takes too long, and waiting was given up. Make the model smaller, or use heng uncertainty on the command line.
finding-model-busy = Too many models are being evaluated, and it was not this one's turn yet. Try again in a few seconds; what was typed is still here.

model-page-title = Evaluate a measurement uncertainty
model-page-what = Write down a measurement model and see its uncertainty budget and the result by two methods.
model-page-open = Evaluate an uncertainty
model-page-lead = Write down a measurement model and its inputs: the results by the law of propagation and by Monte Carlo, the uncertainty budget and the validation follow at once. No sign-in, and nothing is kept.
model-page-label = Model file (heng-model/1)
model-page-evaluate = Evaluate
model-page-note = At most 64 KB, 200 inputs and 20 results.
model-page-examples = Worked examples
model-page-how = How to write one
model-page-how-model = Model
model-page-how-standard = Standard uncertainty
model-page-how-expanded = Expanded uncertainty
model-page-how-width = Half-width and distribution
model-page-how-observed = Type A: observations
model-page-how-correlated = Correlation
model-page-how-limits = Specification limits
model-page-place = Line { $line }, column { $column }
model-page-no-result = There is no result
model-page-formula = Measurement model
model-page-formula-long = The formula is too long to be set here.
model-page-degrees = Effective degrees of freedom
model-page-degrees-do-not-hold = the inputs are correlated and of finite degrees of freedom, so that the Welch–Satterthwaite formula does not hold; no k or U is stated
model-page-truncated = Degrees truncated
model-page-truncated-is = ν = { $degrees }: k = { $factor }, U = { $expanded }
model-page-second-order = Second order
model-page-second-order-is = u = { $u }, expectation shifted by { $bias }
model-page-validated = The linear result is validated by Monte Carlo: the ends of the interval differ by { $low } and { $high }, not more than { $tolerance } (JCGM 101, clause 8).
model-page-not-validated = The linear result is not validated by Monte Carlo: the ends of the interval differ by { $low } and { $high }, more than { $tolerance } (JCGM 101, clause 8). Report the result of Monte Carlo.
model-page-not-compared = The two methods have no intervals to compare: only one of them gives one.
model-page-stated-by-trials = { $text }, { $p } coverage interval { $interval }
model-page-methods = Both methods
model-page-method = Method
model-page-linear = Propagation
model-page-monte-carlo = Monte Carlo
model-page-interval = { $p } symmetric interval
model-page-shortest = Shortest interval
model-page-trials = Monte Carlo with { $trials } trials, seed 1: the same model always has the same digits.
model-page-budget = Uncertainty budget
model-page-correlations = Correlation coefficients of the results
model-page-limits = Specification limits { $lower } to { $upper }
model-page-conforms = Conformance probability { $probability } (normal distribution)
model-page-conforms-counted = Conformance probability { $probability } (trials counted)
model-page-shape-constant = constant
model-page-shape-unknown = uncertainty unknown
model-page-shape-normal = normal
model-page-shape-uniform = uniform
model-page-shape-triangular = triangular
model-page-shape-arcsine = arcsine
model-page-shape-trapezoid = trapezoid
model-page-shape-curvilinear = curvilinear trapezoid
model-page-shape-t = t
model-page-shape-exponential = exponential
model-page-shape-gamma = gamma
model-example-zener-voltage-gum-h5-groups = Zener voltage, analysis of variance (JCGM 100, H.5)
model-example-polar-coordinates-near-jcgm-102 = Polar coordinates near the origin (JCGM 102, 9.3)
model-example-polar-coordinates-far-jcgm-102 = Polar coordinates far from the origin (JCGM 102, 9.3)
model-example-hydrochloric-acid-uniform-eurachem-a3 = Titration of hydrochloric acid, uniform repeatability (Eurachem A3)
model-example-numerical-tolerance-jcgm-101 = Numerical tolerances (JCGM 101, 7.9.2)
model-example-gauge-block-jcgm-101 = Gauge block, propagation of distributions (JCGM 101, 9.5)
model-example-gauge-block-gum-h1 = End gauge calibration (JCGM 100, H.1)
model-example-impedance-gum-h2 = Resistance, reactance and impedance from correlated inputs (JCGM 100, H.2)
model-example-impedance-gum-h2-observations = Resistance, reactance and impedance from simultaneous observations (JCGM 100, table H.2)
model-example-impedance-gum-h2-complex = A complex impedance (JCGM 100, H.2)
model-example-mass-ea-4-02-s2 = Calibration of a weight (EA-4/02, S2)
model-example-zener-voltage-gum-h5 = Zener voltage standard, the mean of ten days (JCGM 100, H.5)
model-example-effective-degrees-gum-g41 = Effective degrees of freedom of a product (JCGM 100, G.4.1)
model-example-sum-of-normal-jcgm-101 = Sum of four normal inputs (JCGM 101, 9.2.2)
model-example-sum-of-rectangular-jcgm-101 = Sum of four rectangular inputs (JCGM 101, 9.2.3)
model-example-mass-calibration-jcgm-101 = Calibration of a weight in air, where second order matters (JCGM 101, 9.3)
model-example-comparison-loss-jcgm-101 = Comparison loss of a microwave power meter (JCGM 101, 9.4)
model-example-polar-coordinates-jcgm-102 = Polar coordinates (JCGM 102, 9.3)
model-example-cadmium-standard-eurachem-a1 = Preparation of a cadmium standard (Eurachem CG 4, A1)
model-example-hydrochloric-acid-eurachem-a3 = Titration of hydrochloric acid (Eurachem CG 4, A3)
model-example-thermal-expansion-tn-1900-e13 = Thermal expansion of a copper bar (NIST TN 1900, E13)
model-example-logarithm-npl-es-11 = Logarithm of a rectangular input (NPL DEM-ES-011, 9.2)
model-example-square-at-zero = A square where the sensitivity is zero (JCGM 100, 5.1.2, note)
model-example-chain-of-a-hundred = A chain of a hundred inputs

finding-model-from-no-files = { $input } comes from the file { $file }, and no files can be read here. Write its value and uncertainty, or use heng uncertainty on the command line.
finding-model-from-evaluation = { $input } has from: its value, its uncertainty and its identity come from the file. Delete its other keys.
finding-model-from-unit-unknown = "{ $text }" is no unit. Write a symbol (mm) or a D-SI unit (\milli\metre).
finding-model-from-unit = The file { $file } knows no units. State the unit of { $result } as unit in the from of { $input }; for a pure number unit = '\one'.
finding-model-from-unit-stated = The file { $file } states the unit of { $result }, { $unit }: delete unit from the from of { $input }.
finding-model-from-which = The file { $file } has several results. Say in the from of { $input } as result which one: { $known }.
finding-model-from-result = The file { $file } has no result { $result }, which { $input } wants. It has: { $known }.
finding-model-correlation-from = { $input } comes from a file: its correlations follow from the influences that it shares, and no coefficient can be stated.
finding-model-identity-differs = { $input } says something else of { $identity } than is said elsewhere: one identity is one quantity, with one uncertainty and one number of degrees of freedom. Compare both, or give them different identities.
finding-budget-uncertainty = The file states for the influence { $about } an uncertainty or degrees of freedom that no quantity can have. Ask whoever made it for a right one.
finding-budget-identity-twice = The influence { $about } occurs twice in the file. Ask whoever made it for a right one.
finding-budget-correlation = The file states a correlation of { $about } that cannot be. Ask whoever made it for a right one.
finding-budget-result-twice = The result { $about } occurs twice in the file. Ask whoever made it for a right one.
finding-budget-component-unknown = A component of the result { $about } is of an influence that the file does not describe. Ask whoever made it for a right one.
finding-budget-sum = The standard uncertainty that the file states for { $about } is not the sum of its components. The file was changed, or made wrongly; ask for a right one.
uncertainty-from-file = { $input } = { $estimate }, u = { $u }, from { $file } ({ $result })
uncertainty-from-unchecked = { $file } could not be checked: nobody said whom to trust, or proofs are missing. Run heng check { $file } for details.
