# What the readers of rounds, studies and tables find (docs/comparison.md).
finding-comparison-too-large = The document is larger than 16 MiB.
finding-comparison-format = The format must be { $format }.
finding-comparison-no-results = There are no results: state laboratories, items or measurements.
finding-comparison-number = This is no finite number of usable size.
finding-comparison-not-above-zero = This number must be above zero.
finding-comparison-probability = This number must lie between 0 and 1.
finding-comparison-time = A time must not be below zero.
finding-comparison-value = { $laboratory } must state either a value or results.
finding-comparison-laboratory-twice = { $laboratory } stands twice.
finding-comparison-uncertainty = State either the standard uncertainty, or the expanded uncertainty with its coverage factor.
finding-comparison-uncertainty-missing = { $laboratory } states no uncertainty, which this method needs.
finding-comparison-degrees-of-freedom = Degrees of freedom cannot be fewer than one; leave them out where they are infinite.
finding-comparison-method = There is no method { $method }.
finding-comparison-reference = An assigned value is stated with its uncertainty, or found by a method: state one of both.
finding-comparison-assessment = State one standard deviation for assessment, not several.
finding-comparison-characterization = A characterization is a value with its standard uncertainty, or a list of laboratories: state one of both.
finding-comparison-baseline = A baseline is a number of first values, or a centre with a standard deviation: state one of both.
finding-comparison-no-values = There are no values here.
finding-comparison-column = The column { $column } is unknown or stands twice.
finding-comparison-column-missing = The column { $column } is missing.
finding-comparison-cells = There are { $cells } cells in this line and { $columns } columns.
finding-comparison-cell = This cell of the column { $column } is empty or no usable number.
finding-comparison-quotation = A quotation does not end where its cell ends.

# Why a part of an evaluation is refused.
finding-comparison-too-few = This method needs { $needed } values, there are { $given }.
finding-comparison-too-many = This method takes at most { $most } values, there are { $given }. Use another one.
finding-comparison-not-finite = A value is no finite number of usable size.
finding-comparison-uncertainty-not-above-zero = A standard uncertainty is not above zero.
finding-comparison-uncertainty-not-stated = A result states no uncertainty, which this method needs. State it, or use a robust method.
finding-comparison-incommensurable = An uncertainty is lost beside the spread of the values. Look at the units.
finding-comparison-setting = A probability, a factor or another setting is out of its range.
finding-comparison-no-spread = The spread of the values is zero, as where most of them are alike. Look at their resolution.
finding-comparison-not-settled = The iteration did not settle after { $updates } updates. Use another estimator.
finding-comparison-unbalanced = The table is not complete: every item needs the same number of values.
finding-comparison-no-denominator = The score has no denominator: an uncertainty or a standard deviation is zero.
finding-comparison-covariance = The covariance is larger than the uncertainties allow.
finding-comparison-no-consistent-subset = No two results are consistent, so that no subset gives a reference value.
finding-comparison-trend = The slope differs from zero: the material changes, and no uncertainty of its stability can be stated.

# What is wrong with tables and options.
finding-text-encoding = From here on this is no text in UTF-8. Save the file as UTF-8.
finding-table-unit-twice = The header of the column { $column } states a unit, and { $unit } is given as an option. Give one of them.
finding-table-unit-other = The column { $column } must be in { $unit }, as the values it belongs to.
error-unit = “{ $text }” is no unit. Write a symbol (mm) or a D-SI unit (\milli\metre).

# What `heng compare` says.
compare-consistent = The results agree: χ² = { $chi-squared } with { $degrees } degrees of freedom, p = { $p } %, Birge ratio { $birge }
compare-inconsistent = The results do not agree: χ² = { $chi-squared } with { $degrees } degrees of freedom, p = { $p } %, Birge ratio { $birge }
compare-subset = The largest consistent subset has { $size } results, χ² = { $chi-squared }
compare-recommended = Recommended: { $estimator }. { $reason }
compare-reason-consistent = The results agree within their uncertainties, and the weighted mean has the smallest u.
compare-reason-inconsistent-pair = Two results that do not agree cannot tell a variance between laboratories: both distributions are kept.
compare-reason-inconsistent-few = The results do not agree and are few: the uncertainty of the variance between laboratories must count.
compare-reason-inconsistent = The results do not agree, and there are enough of them to find the variance between laboratories.
compare-column-estimator = Estimator
compare-column-reference = Reference value{ $unit }
compare-column-u = u{ $unit }
compare-column-interval = Coverage interval
compare-column-tau = τ{ $unit }
compare-column-robust = Robust method
compare-column-location = x*{ $unit }
compare-column-scale = s*{ $unit }
compare-column-laboratory = Laboratory
compare-column-value = Value{ $unit }
compare-column-difference = d{ $unit }
compare-column-expanded-difference = U(d){ $unit }
compare-column-z = z
compare-column-z-prime = z′
compare-column-zeta = ζ
compare-column-e-n = E_n
compare-column-percent-allowed = P_A/%
compare-from-stated = as stated
compare-from-homogeneity = mean of the homogeneity test
compare-assigned = Assigned value ({ $from }): { $value }, u = { $u }, U = { $expanded } (k = { $k })
compare-sigma = Standard deviation for assessment σ_pt = { $sigma }
compare-preferred-z = The uncertainty of the assigned value is negligible: use z.
compare-preferred-z-prime = The uncertainty of the assigned value is not negligible: use z′.
compare-marks = ! marks what is questionable, !! what is unsatisfactory.
compare-judgement-satisfactory = { "" }
compare-judgement-questionable = { "" } !
compare-judgement-unsatisfactory = { "" } !!
compare-homogeneity = Homogeneity: { $items } items, mean { $mean }, s_w = { $within }, s_s = { $between }
compare-homogeneous = The items are sufficiently homogeneous (criterion { $criterion }).
compare-not-homogeneous = The items are not sufficiently homogeneous (criterion { $criterion }).
compare-stable = The items are sufficiently stable: difference { $difference }, criterion { $criterion }.
compare-not-stable = The items are not sufficiently stable: difference { $difference }, criterion { $criterion }.

estimator-weighted-mean = Weighted mean
estimator-birge-adjusted-mean = Weighted mean widened by the Birge ratio
estimator-largest-consistent-subset = Largest consistent subset
estimator-der-simonian-laird = DerSimonian–Laird
estimator-hartung-knapp-sidik-jonkman = Hartung–Knapp–Sidik–Jonkman
estimator-mandel-paule = Mandel–Paule
estimator-restricted-maximum-likelihood = Restricted maximum likelihood
estimator-linear-pool = Linear pool (normal)
estimator-linear-pool-student = Linear pool (t)
estimator-weighted-median = Weighted median
estimator-median = Median
estimator-arithmetic-mean = Arithmetic mean
estimator-arithmetic-mean-by-scatter = Arithmetic mean, u by scatter
estimator-hierarchical = Bayesian hierarchical model
robust-algorithm-a = Algorithm A
robust-algorithm-a-exact-factors = Algorithm A, unrounded factors
robust-algorithm-a-as-printed = Algorithm A, stopped as printed
robust-algorithm-a-fixed-scale = Algorithm A, fixed standard deviation
robust-median-made = Median, MADe
robust-median-niqr = Median, nIQR
robust-median-qn = Median, Qn
robust-median-mean-deviation = Median, mean absolute deviation
robust-q-hampel = Q method with Hampel
robust-mean = Arithmetic mean (not robust)

# What `heng material` says.
material-homogeneity = Homogeneity: { $bottles } bottles, { $observations } values, mean { $mean }, F = { $f }, p = { $p } %
material-between-governs = s_bb = { $between }, u*_bb = { $hidden }: u_bb = { $u }, from between the bottles
material-hidden-governs = s_bb = { $between }, u*_bb = { $hidden }: u_bb = { $u }, from what repeatability could hide
material-inhomogeneous = The bottles differ significantly.
material-long-term = Long-term stability:
material-short-term = Short-term stability:
material-trend = Slope { $slope } { $unit }/({ $time-unit }), u = { $u }, beyond { $critical }: the material changes.
material-no-trend = Slope { $slope } { $unit }/({ $time-unit }), u = { $u }, within { $critical }: no change is seen.
material-stability = Within { $time } u = { $u }
material-certified = Certified value { $value }, u_CRM = { $u }, U = { $expanded } (k = { $k })
material-components = of which characterization { $characterization }, between bottles { $between }, long-term stability { $long }, short-term stability { $short }
material-shelf-life = Shelf life { $time }
material-chart = Control chart: centre line { $centre }, σ = { $sigma }, action limits { $low } … { $high }
material-in-control = The control chart has no signal.
material-signal-beyond-action-limit = Value { $place } lies beyond an action limit.
material-signal-two-of-three-beyond-warning-limit = With value { $place } two of three successive values lie beyond 2σ on one side.
material-signal-four-of-five-beyond-one-sigma = With value { $place } four of five successive values lie beyond 1σ on one side.
material-signal-eight-on-one-side = With value { $place } eight successive values lie on one side of the centre line: a shift.
material-signal-six-rising-or-falling = With value { $place } six successive values rise or fall: a drift.
material-signal-range-beyond-limit = With value { $place } the moving range is beyond its limit.
material-lots-agree = The lots agree: difference { $difference }, U = { $expanded }
material-lots-differ = The lots do not agree: difference { $difference }, U = { $expanded }
