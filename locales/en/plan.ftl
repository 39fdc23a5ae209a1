# What is wrong with a plan, by code.

finding-plan-unreadable = The file { $file } cannot be read: { $reason }
finding-plan-format = { $file } has the format { $stated }; heng-plan/1 is read.
finding-plan-other = { $file } belongs to the plan { $stated }, the others to { $plan }.
finding-plan-id-twice = { $id } stands twice.
finding-plan-row-without-service = Row { $row } does not say how it is served.
finding-plan-service-unknown = Row { $row } is served by { $service }, which nobody describes.
finding-plan-row-unknown = Row { $row } is a part of { $under }, which does not exist.
finding-plan-quote-missing = { $row } quotes no document.
finding-plan-quote-not-found = These words do not stand in { $document }: { $quote }
finding-plan-document-unknown = There is no document { $document }.
finding-plan-section-unknown = { $document } has no section { $section }.
finding-plan-sentences-of-another-text = These passages were taken from another text than the one that { $document } names: the hashes differ.
finding-plan-body-unknown = { $body } is no body of this plan; add it, or its other name as an alias.
finding-plan-duty-unreadable = Nobody is named in: { $duty }
finding-plan-figure-unreadable = { $figure } is no number.
finding-plan-unit-unknown = { $unit } is no unit of a plan: count, percent, minute, yuan or none.
finding-plan-unit-wrong = { $indicator } is stated in { $stated }, but its measure gives { $given }.
finding-plan-ratio-unlike = { $indicator } divides unlike things: { $asked }.
finding-plan-measure-unreadable = The measure of { $indicator } cannot be read: { $expected ->
    [measure] a measure
    [shallower] a measure with less inside it
    [score] a score
    [indicator] an indicator
    [kind] a kind of evidence
    [field] a word or number of it
    [word] a word of it
    [value] a value
    [year] year
    [end] the end
   *[other] { $expected }
} is expected here.
finding-plan-evidence-unknown = The measure of { $indicator } asks for evidence of the kind { $asked }, which does not exist.
finding-plan-word-unknown = The measure of { $indicator } asks for { $asked }, which such evidence does not state.
finding-plan-number-unknown = The measure of { $indicator } asks for the number { $asked }, which such evidence does not state.
finding-plan-indicator-unknown = There is no indicator { $asked }.
finding-plan-cycle = { $id } rests on itself.
finding-plan-sum-unreconciled = The shares of { $id } sum to { $sum }, its goal is { $goal }.
finding-plan-share-of-percent = { $id } is a percentage and cannot be divided into shares.
finding-plan-conflict-not-so = The plan does not show what conflict { $conflict } claims.

plan-forecast-seal = Forecast sealed
plan-forecast-observation = Observed
plan-stage-project = project
plan-stage-draft = draft
plan-stage-consultation = out for opinions
plan-stage-published = published
plan-stage-reviewed = reviewed and kept
plan-stage-replaced = replaced
plan-stage-abolished = abolished

finding-plan-fact-kind = There is no evidence of the kind { $stated }. The plan knows: { $known }.
finding-plan-fact-of-log = Evidence of the kind { $kind } is read from the log; nobody attests it.
finding-plan-fact-word = Evidence of the kind { $kind } does not state { $stated }. It states: { $known }.
finding-plan-fact-number = Evidence of the kind { $kind } does not state the number { $stated }. It states: { $known }.
finding-plan-fact-number-missing = Evidence of the kind { $kind } must state the number { $asked }.
finding-plan-fact-ends-before = It ends before it begins.
finding-plan-fact-too-few = { $stated } is of fewer than { $least } people, who could be recognised. State a larger group.
finding-plan-fact-district = There is no district { $stated } in the plan.

finding-plan-own-matter = { $party } cannot be a witness in its own matter; somebody else has to say this.
finding-plan-forecast-ends-before = The time ends before it begins.
finding-plan-forecast-too-late = The time began at { $begins_at }, it is { $now }: what is said now is no forecast.
finding-plan-observed-too-early = The time ends at { $ends_at }, it is { $now }: nobody has observed it whole.
finding-plan-observed-outside = It happened outside the time that was watched.
finding-plan-observed-own = { $party } forecasts this itself; somebody else has to say what happened.
finding-plan-norm-to-come = { $norm }: { $day } is still to come.
finding-plan-norm-backwards = { $norm } was at { $before } already; it does not go back to { $now }.
finding-plan-feedback-no-use = There is no certificate { $statement } in this log: feedback names a use.
finding-plan-feedback-not-own = The certificate was issued by somebody else than { $party }.
finding-plan-feedback-other-norm = The certificate was issued under { $under }, not { $norm }.
finding-plan-not-the-authority = Only { $authority } says this, not { $party }.
finding-plan-may-not-attest = { $party } is not authorized to state facts for a plan on { $day } (district: { $district }).
error-plan-file = The file { $file } of the plan cannot be read: { $reason }

finding-plan-words-unreadable = This cannot be read: { $reason }
finding-plan-words-format = The format is { $stated }, not { $format }.
error-no-plan = No plan is in force on { $day }. Publish one: heng plan import rules/plans/tianjin-2035 --data DIR
error-plan-row = The plan has no row and no indicator { $row }.
error-plan-department = The plan knows no body called { $name }. Near: { $near }
error-plan-indicator = There is no indicator { $indicator }. There are { $known }.
plan-said = Signed and in the log: { $statement }
plan-said-all = { $said } said, { $refused } refused.
plan-read = { $plan }: { $rows } rows, { $indicators } indicators, { $quotes } quotes.
plan-status-title = { $plan }, as of { $day }
plan-status-indicator = { $id }  { $name }: { $figure } (goal { $goal } by { $year }) · { $state } · { $count } statements
plan-status-row = { $id }  { $asks } — { $served }: { $why }
plan-status-rows = { $count } rows: { $derived } derived, { $configured } configured, { $tracked } tracked, { $not_yet } not yet.
plan-no-figure = no evidence
plan-unit-count = { "" }
plan-unit-percent = %
plan-unit-minute = min
plan-unit-yuan = yuan
plan-unit-none = { "" }
plan-service-derived = derived
plan-service-configured = configured
plan-service-tracked = tracked
plan-service-not-yet = not yet
plan-state-vision = vision, not counted
plan-state-no-measure = not measured
plan-state-no-evidence = no evidence
plan-state-reached = reached
plan-state-on-pace = on pace
plan-state-behind = behind
plan-state-missed = missed
plan-state-kept = kept
plan-state-broken = not kept
plan-state-too-early = too early to say
plan-why-quote = { $document } { $section }: “{ $text }”
plan-why-measure = Measure: { $measure }
plan-why-figure = On { $day }: { $figure }, { $state }
plan-why-base = The document states { $figure } at the end of { $year }.
plan-why-base-without = Of that, { $figure } has no evidence here.
plan-why-goal = Goal: { $figure } by the end of { $year }
plan-why-planned = Planned pace: { $figure } a year
plan-why-required = Required pace: { $figure } a year
plan-why-achieved = Achieved pace: { $figure } a year
plan-why-forecast = Heading for { $expected } (95 %: { $low } to { $high })
plan-why-year =   end of { $year }: { $figure }
plan-why-evidence = Evidence ({ $count }):
plan-why-fact =   { $name } · { $from } – { $until } · { $statement }
plan-why-more =   and { $count } more
plan-why-gaps = Gaps ({ $count }):
plan-why-gap =   { $name }
plan-why-lapses = Next to lapse: { $name } after { $day }
plan-outcome-hit = hits
plan-outcome-miss = misses
plan-outcome-false-alarm = false alarms
plan-outcome-correct-rejection = correct rejections
plan-outcome-unverified = not verified
plan-outcome-late = sealed too late
plan-score-hit-rate = Hit rate
plan-score-accuracy = Accuracy
plan-score-threat = Threat score
plan-score-false-alarm-ratio = False alarm ratio
plan-score-base-rate = Base rate
plan-forecast-product = { $product }: { $outcomes }
plan-forecast-score =   { $name }: { $share }
plan-forecast-lead =   Mean lead time of hits: { $minutes } min
plan-forecast-none = No forecast was verified by then.
norm-cited = { $by } cites { $as_written }, clause { $clause }
norm-cited-count = { $norm } is cited in { $count } places.
norm-used = { $norm } { $stage }: { $count } certificates, { $feedback } remarks
norm-stale = { $by } cites { $norm }, { $stage } since { $since }; now { $replaced_by }
norm-overdue = { $norm }: review was due { $day }
norm-stale-count = { $stale } stale citations, { $overdue } overdue reviews.
plan-why-closing = What is proposed and would close them: { $count } standards, { $cost } yuan ({ $bound }):
plan-why-closing-exact = no set is cheaper
plan-why-closing-greedy = at most { $factor } times the cheapest
plan-why-not-proposed = For { $count } gaps nothing is proposed.
