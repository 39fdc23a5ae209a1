# heng uncertainty 的话。
uncertainty-stated = u = { $u } { $unit }，k = { $k }，U = { $expanded } { $unit }（p = { $p }）
uncertainty-degrees = 有效自由度：{ $degrees }
uncertainty-degrees-do-not-hold = u = { $u } { $unit }。输入量相关且自由度有限，韦尔奇-萨特思韦特公式不成立，所以不给出 k 和 U。
uncertainty-trials = 蒙特卡洛 { $trials } 次，种子 { $seed }：均值 { $mean } { $unit }，u = { $u } { $unit }
uncertainty-symmetric = 概率对称区间 { $low } … { $high } { $unit }（p = { $p }）
uncertainty-shortest = 最短区间 { $low } … { $high } { $unit }（p = { $p }）
uncertainty-not-finite = 有 { $count } 次试验得不出有限的数，没有计入：请看模型是否对输入量的所有取值都成立。
uncertainty-validated = 线性传播的区间得到验证（容差 { $tolerance } { $unit }）。
uncertainty-not-validated = 线性传播的区间没有通过验证（容差 { $tolerance } { $unit }）：请报告蒙特卡洛的结果。
uncertainty-column-input = 输入量
uncertainty-column-estimate = 估计值
uncertainty-column-u = u
uncertainty-column-degrees = ν
uncertainty-column-sensitivity = 灵敏系数
uncertainty-column-contribution = 不确定度分量
uncertainty-column-share = 占比

finding-second-order-terms = { $output }：线性传播得 u = { $u } { $unit }，计入二阶项得 { $second-order-u } { $unit }，期望偏离 { $bias } { $unit }。模型在输入量的范围内不够线性，请用 --method monte-carlo 评定。

error-model-unreadable = { $path } 不是模型文件：{ $reason }
error-model-format = { $path } 第 { $line } 行第 { $column } 列：格式应为 { $format }。
error-model-text = { $path } 第 { $line } 行第 { $column } 列开始的模型读不了：{ $reason }
error-model-quantity = { $path } 第 { $line } 行第 { $column } 列：“{ $text }”不是带单位的数。例如写 25.0 mm。
error-model-width = { $path } 第 { $line } 行第 { $column } 列：“{ $text }”不合适：请写不小于零、单位同类的数。
error-model-correlation = { $path } 第 { $line } 行第 { $column } 列：相关应在两个不同的输入量之间，系数在 -1 到 1 之间。
error-model-no-value = { $path } 第 { $line } 行第 { $column } 列：{ $input } 既没有值也没有观测值，请给出其一。
error-model-no-factor = { $path } 第 { $line } 行第 { $column } 列：{ $input } 有扩展不确定度，却没有大于零的包含因子。请给出 coverage_factor。
error-model-no-distribution = { $path } 第 { $line } 行第 { $column } 列：{ $input } 有半宽，却没有分布。请写 uniform、triangular 或 arcsine。
error-model-evaluation = { $path } 第 { $line } 行第 { $column } 列：{ $input } 要有且只有一种评定：观测值；或值加 standard_uncertainty；或值加 expanded_uncertainty 和 coverage_factor；或值加 half_width 和 distribution。
error-model-one-observation = { $path } 第 { $line } 行第 { $column } 列：{ $input } 只有一个观测值，看不出分散性。请多给几个，或给出值和不确定度。
error-model-degrees = { $path } 第 { $line } 行第 { $column } 列：{ $input } 的自由度应大于零。
error-model-evaluated = { $path } 无法评定：{ $reason }
