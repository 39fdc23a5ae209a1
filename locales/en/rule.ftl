### What rules forbid, and what is wrong with rule files.

finding-figure-unverified = This figure of { $norm } was not checked against the source text ({ $name }).

refusal-kind-not-covered = { $norm } does not apply to { $kind }. Use a rule that does.
refusal-characteristic-missing = The record does not state { $characteristic } ({ $name }). Add it and try again.
refusal-characteristic-unknown-word = { $characteristic } cannot be { $word }, only { $known }.
refusal-characteristic-of-other-kind = { $characteristic } ({ $name }) has a unit of another kind than { $unit }.
refusal-standard-lapsed = The certificate of the standard { $standard } ran until { $through }; it cannot be used on { $day }. Have it calibrated, or use another.
refusal-standard-not-yet-valid = The certificate of the standard { $standard } begins on { $from }; it cannot be used on { $day }. Use another, or correct the day.
refusal-standard-missing = { $item } needs a standard of { $quantity }, and the record names none.
refusal-standard-range = { $item }: { $value } is outside the range of the { $quantity } standards used.
refusal-standard-value = { $item } needs the calibrated value of a standard of { $quantity } at { $value }; the certificates of the standards used do not give it. Use a standard whose certificate does.
refusal-standard-uncertainty = { $item }: the standards give U = { $U } { $unit }, too much for a limit of { $mpev } { $unit }. Use a better standard.
refusal-result-uncertainty = { $item }: the result has U = { $U } { $unit }, too much to decide on a limit of { $mpev } { $unit }. Measure again with better equipment.
refusal-outside-scope = { $norm } applies only where { $condition }. Use a rule that applies, or correct what the record says of the instrument.
refusal-item-unknown = The rule has no item { $item }.
refusal-item-missing = The item “{ $item }” is missing; it needs at least { $rows } rows.
refusal-column-missing = A row of { $item } has no { $column }.
refusal-column-unknown = { $item } has no column { $column }.
refusal-column-of-other-kind = { $column } of { $item } has a unit of another kind than { $unit }.
refusal-point-missing = “{ $item }” needs { $rows } rows at { $point }; the record has { $found }. Measure what is missing and try again.
refusal-rows-missing = “{ $item }” needs { $rows } rows; the record has { $found }. Measure what is missing and try again.
refusal-values-missing = “{ $item }” needs { $count } different values of { $column }, with { $rows } rows at each; the record has { $found } of them. Measure what is missing and try again.
refusal-values-missing-at-point = “{ $item }” needs { $count } different values of { $column } at { $point }, with { $rows } rows at each; the record has { $found } of them. Measure what is missing and try again.
refusal-required-not-evaluable = It cannot be computed which points “{ $item }” needs: { $reason }. Complete what the record says of the instrument, or correct the rule file.
refusal-column-unknown-word = { $column } of { $item } cannot be { $word }, only { $known }.
refusal-item-not-due = “{ $item }” is not due for this instrument on this occasion, but the record has it. Take it out, or correct what the record says of the instrument.
refusal-item-not-decidable = It cannot be decided whether “{ $item }” is due: { $reason }. Complete what the record says of the instrument.
finding-item-not-due = “{ $item }” is not due for this instrument on this occasion.
finding-item-left-out = “{ $item }” was not done; the rule allows that.
refusal-environment-missing = { $name } was not recorded.
refusal-environment-outside = { $name } ({ $value }) is outside what the rule allows.
refusal-line-not-computable = The line of { $item } cannot be computed: { $reason }
refusal-model-not-evaluable = { $item } cannot be evaluated: { $reason }
refusal-input-not-evaluable = The input { $input } of { $item } cannot be evaluated: { $reason }
refusal-limit-not-evaluable = The limit of { $item } cannot be evaluated: { $reason }
refusal-limit-missing = The rule gives no limit for this point of { $item }.
refusal-result-not-statable = The result of { $item } is no finite number.
