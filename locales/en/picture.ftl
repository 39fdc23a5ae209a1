# The words of pictures and reports.
picture-numbers = The numbers: { $title }
picture-and = { " and " }
picture-input = Input
picture-share = Share
picture-what = Item
picture-method = Method
picture-interval = Interval
picture-from = From
picture-to = To
picture-count = Count
picture-number = Number
picture-mean = Mean
picture-standard-deviation = Standard deviation
picture-correlation = Correlation
picture-value = Estimate
picture-u = Standard uncertainty u
picture-limits = Limits

picture-budget-title = Contributions to the uncertainty of { $result }
picture-budget-says = The largest contribution is that of { $first } with { $share }; the combined standard uncertainty is u({ $result }) = { $u }.
picture-budget-nothing = No input contributes any uncertainty.
picture-budget-caption = Bars are the contributions |c u| of the inputs, the last one is the combined standard uncertainty. The share is that of the variance.
picture-budget-combined = Combined u({ $result })
picture-budget-others = { $count } other inputs

picture-histogram-title = Distribution of { $result }
picture-histogram-says = Monte Carlo: mean { $mean }, u = { $u }. Linear propagation: { $linear }, u = { $linear-u }.
picture-histogram-says-without-u = Monte Carlo has no standard deviation. Linear propagation: { $linear }, u = { $linear-u }.
picture-histogram-caption = Bars are the probability density of the Monte Carlo trials, the curve is the normal distribution of linear propagation; below are the coverage intervals for { $p }.
picture-histogram-not-kept = The curve is the normal distribution of linear propagation; below are the coverage intervals for { $p }. The histogram of the trials was not kept.
picture-histogram-outside = { " " }{ $count } trials lie outside the picture.
picture-histogram-mean = Monte Carlo
picture-histogram-linear = Linear propagation
picture-histogram-bins = Histogram
picture-density = Probability density
picture-intervals = Coverage intervals for { $p }
picture-interval-linear = Linear, y ± U
picture-interval-symmetric = Symmetric
picture-interval-shortest = Shortest

picture-density-title = { $name } and its tolerance
picture-density-says = The estimate is { $value }; the probability of lying beyond the tolerance is { $beyond }.
picture-density-caption = The curve is the probability density of the quantity; solid lines are the tolerance limits, and the hatched part beyond them is the probability of nonconformity.
picture-density-caption-guarded = The curve is the probability density of the quantity; solid lines are the tolerance limits, and the hatched part beyond them is the probability of nonconformity. Measured values between the dashed lines are accepted.
picture-lower-limit = Lower limit
picture-upper-limit = Upper limit
picture-acceptance-from = Accepted from
picture-acceptance-to = Accepted up to
picture-beyond = Probability beyond
picture-part-beyond = { $part } beyond

picture-characteristic-title = Operating characteristic of { $name }
picture-characteristic-says = As often accepted as rejected are true values of { $shared }: there both sides share the risk.
picture-characteristic-never = The measurement is so uncertain that no true value is accepted half of the time.
picture-characteristic-caption = The curve is the probability that a true value is accepted. Solid lines are the tolerance limits, dashed ones the acceptance limits; rings mark the true values of shared risk.
picture-true-value = True value
picture-acceptance-probability = Probability of acceptance
picture-acceptance-percent = Probability of acceptance / %
picture-shared-risk = Shared risk

picture-instruments-title = Errors of { $count } instruments
picture-instruments-says = A row each: the dot is the inferred error, the bar its 95 % interval, the two lines the limit of ±{ $limit }. { $bad } are beyond.
picture-instruments-caption = The dot is the inferred error, the bar its 95 % interval, the shaded ground lies within the limit; an arrow is off the scale.
picture-found-title = { $count } instruments: inferred and found
picture-found-says = A row each: the dot is the inferred error, the bar its 95 % interval; the thick line is what the laboratory found, the block its U (k = 2). The limit is ±{ $limit }.
picture-found-caption = Dot and bar: the inferred error and its 95 % interval. Thick line and block: what the laboratory found and its U (k = 2).
picture-instrument = Instrument
picture-state = State
picture-interval-95 = 95 % interval
picture-found = Found (k = 2)
picture-laboratory = Laboratory
picture-judgement = Judgement
picture-assigned = Reference value
picture-results-title = { $name }: results of { $count } laboratories
picture-results-says = Results of { $count } laboratories, the smallest first.
picture-results-judged = { " " }Judged other than satisfactory: { $bad }.
picture-results-assigned = { " " }The reference value is { $value } with U = { $expanded }.
picture-results-caption = One row a laboratory, with ± U as a bar; the band is the reference value ± U. A dot is satisfactory, a triangle questionable, a square unsatisfactory, a ring not judged.
picture-results-caption-alone = One row a laboratory, with ± U as a bar. There is no reference value.
picture-equivalence-title = Degrees of equivalence with the reference value
picture-equivalence-says = A difference d beyond its U(d): { $bad } of { $count } laboratories.
picture-equivalence-caption = Marks are the differences d, bars ± U(d). A bar that reaches zero has a dot, one that does not has a square.
picture-scores-title = { $name } scores
picture-scores-says = Judged other than satisfactory: { $bad } of { $count } laboratories.
picture-scores-caption = Bars go from zero to the score; the lines are the limits { $limits }. A dot is satisfactory, a triangle questionable, a square unsatisfactory; an arrow is off the scale and has its value beside it.
picture-satisfactory = Satisfactory
picture-questionable = Questionable
picture-unsatisfactory = Unsatisfactory
picture-unknown = Not decidable
picture-equivalent = Equivalent
picture-not-equivalent = Not equivalent

picture-youden-title = Youden plot of { $first } and { $second }
picture-youden-says = Outside the ellipse for { $p }: { $outside } of { $count } laboratories.
picture-youden-says-alone = Both results of { $count } laboratories. They are too few for an ellipse, or lie along one line.
picture-youden-caption = Each mark is both results of one laboratory. The ellipse should hold { $p } of the laboratories, triangles lie outside; what scatters along the dashed line is a bias common to both items.
picture-youden-caption-alone = Each mark is both results of one laboratory.
picture-ellipse = Ellipse
picture-inside = inside
picture-outside = outside

picture-chart-title = Control chart of { $name }
picture-chart-says = A signal at { $flagged } of { $count } values; the action limits are { $low } and { $high }.
picture-chart-caption = Solid lines are the action limits, dashed ones the warning limits, the thin one the centre. A square lies beyond an action limit, a triangle completes a pattern that chance rarely makes.
picture-centre = centre
picture-warning = warning
picture-action = action
picture-upper-action = Upper action limit
picture-lower-action = Lower action limit
picture-upper-warning = Upper warning limit
picture-lower-warning = Lower warning limit
picture-signal = Signal
picture-signal-action = beyond the action limit
picture-signal-two-of-three = two of three beyond the warning limit on one side
picture-signal-four-of-five = four of five beyond one standard deviation on one side
picture-signal-eight = eight on one side of the centre
picture-signal-six = six rising or falling
picture-signal-range = moving range beyond its limit

picture-calibration-title = Calibration line of { $y } against { $x }
picture-calibration-says = Intercept { $a }, slope { $b }, from { $count } points.
picture-calibration-caption = Bars of the points are U (k = { $k }). The band is U of the line, dashed lines are the range of one more reading. Below are the differences of the points from the line.
picture-residual = Residual
picture-line-band = The line and its uncertainty
picture-line-uncertainty = U of the line
picture-prediction-uncertainty = U of one more reading

report-model = Measurement model
report-budget = Uncertainty budget
report-stated = { $result } = { $text }
report-stated-by-trials = { $result } = { $text }, { $p } coverage interval { $interval } (Monte Carlo)
report-linear-not-validated = Linear propagation gives { $linear }, which is not validated (JCGM 101, clause 8): do not report it.
report-unknown = unknown
report-expanded = Expanded uncertainty U = { $expanded }, k = { $k }, coverage probability { $p }, effective degrees of freedom { $degrees }.
report-standard = Standard uncertainty u = { $u }. The inputs are correlated and of few degrees of freedom: the Welch–Satterthwaite formula does not hold, and no k or U is stated.
report-conforms = Conformance probability { $probability } (normal distribution).
report-trials = Monte Carlo, { $trials } trials, seed { $seed }: mean { $mean }, u = { $u }.
report-trials-without-u = Monte Carlo, { $trials } trials, seed { $seed }: there is no standard deviation, and no u is stated.
report-validated = The linear interval is validated (tolerance { $tolerance }).
report-not-validated = The linear interval is not validated (tolerance { $tolerance }): report the result of Monte Carlo.
report-findings = Findings
report-source = Source
report-untitled-model = Evaluation of measurement uncertainty
report-untitled-round = Measurement comparison
report-symbol = Input
report-estimate = Estimate
report-sensitivity = Sensitivity
report-contribution = Contribution
report-reference-values = Reference values
report-estimator = Estimator
report-estimators-caption = Reference values by all methods; a method without one says why
report-recommended = { $estimator } (recommended)
report-assigned = The reference value is { $value } with U = { $expanded } (k = { $k }).
report-consistent = The results agree within their uncertainties: χ² = { $chi }, { $degrees } degrees of freedom, p = { $p }.
report-inconsistent = The results do not agree within their uncertainties: χ² = { $chi }, { $degrees } degrees of freedom, p = { $p }.
report-reason-consistent = The results are consistent, and the weighted mean has the smallest uncertainty.
report-reason-inconsistent-pair = The results are inconsistent, and two of them cannot tell a variance between laboratories: both distributions are kept.
report-reason-inconsistent-few = The results are inconsistent and few: the uncertainty of the variance between laboratories itself must count.
report-reason-inconsistent = The results are inconsistent, and there are enough of them to find the variance between laboratories.
report-laboratories = Laboratories
report-difference = Difference d
report-robust = Robust statistics
report-location = Mean
report-scale = Standard deviation
report-estimator-weighted-mean = Weighted mean
report-estimator-birge = Weighted mean adjusted by Birge
report-estimator-subset = Largest consistent subset
report-estimator-der-simonian-laird = DerSimonian–Laird
report-estimator-hartung = Hartung–Knapp–Sidik–Jonkman
report-estimator-mandel-paule = Mandel–Paule
report-estimator-restricted = Restricted maximum likelihood
report-estimator-hierarchical = Bayesian hierarchical model
report-estimator-pool = Linear opinion pool (normal)
report-estimator-pool-student = Linear opinion pool (t)
report-estimator-weighted-median = Weighted median
report-estimator-median = Median
report-estimator-mean = Arithmetic mean (uncertainties propagated)
report-estimator-mean-scatter = Arithmetic mean (by scatter)
report-robust-algorithm-a = Algorithm A
report-robust-algorithm-a-exact = Algorithm A (exact factors)
report-robust-algorithm-a-printed = Algorithm A (stopped as printed)
report-robust-algorithm-a-fixed = Algorithm A (fixed scale)
report-robust-made = Median and MADe
report-robust-niqr = Median and nIQR
report-robust-qn = Median and Qn
report-robust-mean-deviation = Median and mean deviation
report-robust-q-hampel = Q/Hampel
report-robust-mean = Mean and standard deviation
report-reference-stated = Stated reference value
report-reference-homogeneity = Mean of the homogeneity test
report-fit-accepted = The line fits the points: χ² = { $chi } with { $degrees } degrees of freedom, the limit is { $quantile }.
report-fit-refused = The line does not fit the points: χ² = { $chi } with { $degrees } degrees of freedom is beyond the limit { $quantile }. Do not use this line.
report-coefficients = Coefficients
report-intercept = Intercept a
report-slope = Slope b
picture-bottles-title = { $name }: homogeneity between bottles
picture-bottles-says = { $count } bottles, mean of all { $mean }, standard uncertainty of the difference between bottles u_bb = { $u }.
picture-bottles-caption = Rings are the values of each bottle, short bars their means; the line is the mean of all, the band ± 2 u_bb.
picture-bottles-analysis = Analysis of variance
picture-bottles-f = F
picture-bottles-critical = 0.95 quantile of F
picture-bottles-p = p
picture-bottles-between = s_bb
picture-bottles-hidden = u*_bb
picture-bottle = Bottle
picture-time = Time
picture-time-claimed = claimed
picture-on-line = On the line
picture-stability-long = Long-term stability (storage)
picture-stability-short = Short-term stability (transport)
picture-stability-trend = The slope { $slope } is beyond { $critical }: the material changes, and no stability is stated.
picture-stability-none = The slope { $slope } is within { $critical }: no change is seen in { $time }.
picture-stability-caption = Rings are measurements, the line is fitted to them, the band is its 95 % confidence band; the dashed line is the time that is claimed.
report-untitled-study = Study of a reference material
report-certified = Certified value { $value }, U = { $expanded } (k = { $k })
report-part-characterization = Characterization
report-part-bottles = Between bottles
report-part-storage = Long-term stability
report-part-transport = Short-term stability
report-part-all = Combined
report-drift = The control chart raises an alarm: the values drift or have shifted. Stop and find the cause before going on.
report-lots = Two lots
report-pass = Conforms
report-conditional-pass = Within the limits, but so near that it may not conform
report-conditional-fail = Beyond a limit, but so near that it may conform
report-fail = Does not conform
report-undecided = Not decidable
report-nothing-acceptable = The uncertainty is too large: the rule accepts no value
report-conformance = Conformance probability { $probability }.
report-specific-risk = The probability that this statement is wrong is { $risk }.
