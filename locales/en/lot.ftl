### Sampling inspection of lots: decision, risks, the share that fails, and what was inferred against what the laboratory found.

lot-extended = Accepted: the lot stays in service
lot-replaced = Not accepted: the lot is replaced
lot-open = Not decided
lot-within-plan = Of the random sample { $examined } were examined and { $failed } failed; { $accept } may fail.
lot-beyond-plan = Of the random sample { $examined } were examined and { $failed } failed, more than the { $accept } that may.
lot-ground-missing = Of the random sample { $examined } were examined and { $failed } failed; { $accept } may fail. Those without a result could turn the decision.
lot-ground-draw = Nobody says by which seed the sample was drawn: it cannot be shown to be a random one.
lot-ground-not-fixed = Nobody says that the list was fixed before the draw: it cannot be shown to be a random one. For the next draw publish the SHA-256 of the list below before the seed is known, and state it as population in [draw].
lot-ground-list = The list is not the one that was fixed before the draw: the draw is void.
lot-plan = Plan and sample
lot-figure = Figure
lot-size = Size of the lot N
lot-estimated = of these with an estimate that decides
lot-sample = Size of the sample n
lot-accept = Acceptance number c
lot-quality = Limiting quality
lot-consumer-risk = Consumer’s risk (a lot of just the limiting quality is accepted)
lot-good = Largest failing share that is still accepted with 95 %
lot-examined = Examined
lot-failed = of these failed
lot-named = Meters named by inference (each to be checked on site)
lot-recall = 95 % interval of the recall over the lot
lot-share = The failing share of the lot: what each source says
lot-source = Source
lot-mean = Expectation
lot-u = Standard deviation
lot-not-good = Probability of not being better than the limiting quality
lot-draw = The draw
lot-population = SHA-256 of the list: { $population }
lot-drawn = Drawn by the seed, in order: { $drawn }
lot-named-are = Meters named by inference: { $named }
lot-limit = Limit of the error ±{ $limit } ({ $norm }, class { $class }; { $confidence ->
    [read] compared with the text
    [secondary] from a secondary source
   *[other] not verified
}).
lot-plan-table = The plan is from { $norm } ({ $confidence ->
    [read] compared with the text
    [secondary] from a secondary source
   *[other] not verified
}).
lot-plan-stated = The plan is stated in the file.
lot-plan-computed = The plan is computed from the limiting quality and a consumer’s risk of { $risk }.
lot-extension = An accepted lot’s cycle of { $cycle } years may be extended by { $by } years ({ $norm }; { $confidence ->
    [read] compared with the text
    [secondary] from a secondary source
   *[other] not verified
}).
lot-beacon = Seed “{ $seed }”, from: { $beacon }.
lot-seed = Seed “{ $seed }”; nobody says where it comes from.
picture-lot-title = How often the plan (n = { $sample }, c = { $accept }) accepts a lot of { $lot }
picture-lot-says = A lot of which { $quality } fails is accepted with a probability of { $risk }; one of which at most { $good } fails with 95 % or more.
picture-lot-caption = The curve is exact, by the hypergeometric distribution; the dashed line is the limiting quality, the rings are the two points of risk. Bars below are 95 % intervals of this lot’s failing share, with a ring at its expectation.
picture-lot-probability = Probability of acceptance
picture-lot-percent = Probability of acceptance / %
picture-lot-failing = Failing in the lot
picture-lot-share = Failing share of the lot / %
picture-lot-limiting = limiting quality
picture-lot-by-sample = by the random sample alone
picture-lot-by-estimates = by inference alone
picture-lot-by-both = by both
record-title = Inferred and found by the laboratory
record-precision = Precision: of the named, those that fail
record-recall = Recall: of the failing that were examined, those that had been named
record-accused = False accusations: of the good, those that had been named
record-coverage = Inferred 95 % intervals that hold what the laboratory found
record-coverage-laboratory = The same, widened by the laboratory’s own U (k = 2)
record-count = Count
record-share = Share
record-calibration = Probabilities and frequencies
record-class = Inferred probability
record-foretold = Mean probability
record-says = { $expected } were to fail by the inferred probabilities, { $failed } did; if the probabilities are right, a number as unusual or more has a probability of { $unlikely }. Brier score { $brier }.
error-lot-unit-count = There is no usable meter in { $file }.
error-lot-plan = The table has no plan for a lot of { $lot } and a limiting quality of { $quality }. State sample and accept in [plan], or risk and accept to have one computed.
error-lot-plan-none = A lot of { $lot }: with an acceptance number of { $accept } even examining all does not keep the risk that is asked for.
error-lot-plan-half = [plan] states { $stated } without what belongs to it. State sample and accept for a plan of your own, accept (and risk, if you want another) to have the smallest sample computed, or none of them for the plan of the table.
error-lot-plan-closed = A sample of { $sample } of which { $accept } may fail accepts every lot. State an acceptance number below the size of the sample, and a lot at least as large as both.
error-lot-quality = “{ $found }” is no share between 0 and 100 %.
finding-lot-unreadable = The file of the lot cannot be read: { $reason }
finding-lot-format = The format is “{ $stated }”, not “{ $known }”.
finding-lot-table-width = This row has { $found } cells and the head { $wanted }; it was not used.
finding-lot-table-number = “{ $found }” is no number that can be used.
finding-lot-table-truth = “{ $found }” says neither true nor false; the estimate counts as not decidable. Write true or false.
finding-lot-table-column = There is no column “{ $column }”.
finding-lot-unit-without-name = This row has no meter; it was not used.
finding-lot-unit-twice = Meter { $unit } is there twice; only the first was used.
finding-lot-result-incomplete = This row has no meter or no error; it was not used.
finding-lot-result-twice = Meter { $unit } has more than one result; one that fails counts.
finding-lot-result-unknown = Meter { $unit } is not of this lot; its result was not used.
finding-lot-result-not-drawn = Meter { $unit } is not in the sample that was drawn; its result was not used.
finding-lot-result-unclear = The error of meter { $unit } is nearer to the limit than U: another laboratory could find the opposite.
finding-lot-results-missing = { $missing ->
    [one] { $missing } of the sample of { $sample } has no result yet.
   *[other] { $missing } of the sample of { $sample } have no result yet.
}
finding-lot-estimates-disagree = The sample contradicts the inference: { $expected } of it were to fail, { $failed } did. Look into the inference before it is used.
finding-lot-accepted-but-doubtful = Accepted by the plan; with the inference, the probability that the lot is not better than the limiting quality is { $percent } %, above the plan’s consumer’s risk.
