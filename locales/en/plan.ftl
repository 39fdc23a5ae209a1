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
