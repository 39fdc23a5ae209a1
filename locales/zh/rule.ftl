### 规程不允许的事，以及规程文件的问题。

finding-figure-unverified = { $norm } 的这个数没有经原文核对（{ $name }）。

refusal-kind-not-covered = { $norm } 不适用于 { $kind }。换一份适用的规程。
refusal-characteristic-missing = 记录没有写明{ $characteristic }（{ $name }）。补上再出证。
refusal-characteristic-unknown-word = { $characteristic }不能是 { $word }，只能是 { $known }。
refusal-characteristic-of-other-kind = { $characteristic }（{ $name }）的单位不对，应与 { $unit } 同类。
refusal-standard-lapsed = 标准器 { $standard } 的证书到 { $through } 为止，{ $day } 不能再用。先送检，或换一件。
refusal-standard-not-yet-valid = 标准器 { $standard } 的证书自 { $from } 起，{ $day } 还不能用。换一件，或更正日期。
refusal-standard-missing = { $item } 要用 { $quantity } 的标准器，记录里没有。
refusal-standard-range = { $item } 的 { $value } 不在所用 { $quantity } 标准器的范围内。
refusal-standard-value = { $item } 要用 { $quantity } 标准器在 { $value } 的校准值，所用标准器的证书没有给出。换一件证书给出该值的标准器。
refusal-standard-uncertainty = { $item }：标准器带来的 U = { $U } { $unit }，相对最大允许误差 { $mpev } { $unit } 太大。换更准的标准器。
refusal-result-uncertainty = { $item }：结果的 U = { $U } { $unit }，相对最大允许误差 { $mpev } { $unit } 太大，不能判定。用更好的设备重测。
refusal-outside-scope = { $norm } 只适用于 { $condition } 的器具。换一份适用的规程，或更正器具的特性。
refusal-item-unknown = 规程没有 { $item } 这一项。
refusal-item-missing = 缺少检定项目“{ $item }”，至少 { $rows } 行。
refusal-column-missing = { $item } 有一行没有 { $column }。
refusal-column-unknown = { $item } 没有 { $column } 这一列。
refusal-column-of-other-kind = { $item } 的 { $column } 单位不对，应与 { $unit } 同类。
refusal-point-missing = “{ $item }”在 { $point } 处要有 { $rows } 行，记录里有 { $found } 行。补测后再出证。
refusal-rows-missing = “{ $item }”要有 { $rows } 行，记录里有 { $found } 行。补测后再出证。
refusal-values-missing = “{ $item }”要在 { $count } 个不同的{ $column }上各测 { $rows } 次，记录里只有 { $found } 个。补测后再出证。
refusal-values-missing-at-point = “{ $item }”在 { $point } 处要有 { $count } 个不同的{ $column }，各测 { $rows } 次，记录里只有 { $found } 个。补测后再出证。
refusal-required-not-evaluable = “{ $item }”要测哪些点算不出来：{ $reason }。补全器具的特性，或更正规程文件。
refusal-column-unknown-word = { $item } 的 { $column } 不能是 { $word }，只能是 { $known }。
refusal-item-not-due = 这台器具这一次不做“{ $item }”，记录里却有。去掉这一项，或更正器具的特性。
refusal-item-not-decidable = 这台器具要不要做“{ $item }”，判断不了：{ $reason }。补全器具的特性。
finding-item-not-due = 这台器具这一次不做“{ $item }”。
finding-item-left-out = 没有做“{ $item }”；规程允许不做。
refusal-environment-missing = 没有记录{ $name }。
refusal-environment-outside = { $name }（{ $value }）超出规程的范围。
refusal-line-not-computable = { $item } 的直线算不出来：{ $reason }
refusal-model-not-evaluable = { $item } 算不出来：{ $reason }
refusal-input-not-evaluable = { $item } 的输入量 { $input } 算不出来：{ $reason }
refusal-limit-not-evaluable = { $item } 的允许误差算不出来：{ $reason }
refusal-limit-missing = 规程没有给出 { $item } 这一点的允许误差。
refusal-result-not-statable = { $item } 的结果不是有限的数。
