# 比对、标准物质研究和结果表的读入（docs/comparison.md）。
finding-comparison-too-large = 文件超过 16 MiB。
finding-comparison-format = 格式应为 { $format }。
finding-comparison-no-results = 没有结果：请给出实验室、样品或测量值。
finding-comparison-number = 这不是大小可用的有限数。
finding-comparison-not-above-zero = 这个数应大于零。
finding-comparison-probability = 这个数应在 0 与 1 之间。
finding-comparison-time = 时间不能小于零。
finding-comparison-value = { $laboratory } 应给出 value 或 results 之一。
finding-comparison-laboratory-twice = { $laboratory } 出现了两次。
finding-comparison-uncertainty = 请给出标准不确定度，或扩展不确定度连同包含因子，二者取一。
finding-comparison-uncertainty-missing = { $laboratory } 没有给出不确定度，而这种方法需要它。
finding-comparison-degrees-of-freedom = 自由度不能小于 1；无穷大时不写。
finding-comparison-method = 没有名为 { $method } 的方法。
finding-comparison-reference = 指定值或者连同不确定度给出，或者由一种方法得出：二者取一。
finding-comparison-assessment = 能力评定标准差只给出一种。
finding-comparison-characterization = 定值或者是一个值连同标准不确定度，或者是一组实验室：二者取一。
finding-comparison-baseline = 基线或者是最初若干个值，或者是中心线连同标准差：二者取一。
finding-comparison-no-values = 这里没有值。
finding-comparison-column = 列 { $column } 不认识，或出现了两次。
finding-comparison-column-missing = 缺列 { $column }。
finding-comparison-cells = 这一行有 { $cells } 格，而表有 { $columns } 列。
finding-comparison-cell = 列 { $column } 的这一格是空的，或不是可用的数。
finding-comparison-quotation = 引号没有在这一格的末尾结束。

# 某一部分得不出结果的原因。
finding-comparison-too-few = 这种方法需要 { $needed } 个值，只有 { $given } 个。
finding-comparison-too-many = 这种方法最多用 { $most } 个值，现有 { $given } 个。请换一种方法。
finding-comparison-not-finite = 有一个值不是大小可用的有限数。
finding-comparison-uncertainty-not-above-zero = 有一个标准不确定度不大于零。
finding-comparison-uncertainty-not-stated = 有一个结果没有给出不确定度，而这种方法需要它。请补上，或改用稳健方法。
finding-comparison-incommensurable = 有一个不确定度与各值的离散相比小得无法计算。请核对单位。
finding-comparison-setting = 概率、因子或其他设置超出了范围。
finding-comparison-no-spread = 各值的离散为零，例如多数相同。请看分辨力。
finding-comparison-not-settled = 迭代 { $updates } 次仍不收敛。请换一种估计。
finding-comparison-unbalanced = 表不完整：每个样品的值应一样多。
finding-comparison-no-denominator = 比分没有分母：不确定度或标准差为零。
finding-comparison-covariance = 协方差大于不确定度所容许的值。
finding-comparison-no-consistent-subset = 没有两个结果一致，所以没有子集能给出参考值。
finding-comparison-trend = 斜率与零有差异：标准物质在变化，不能给出稳定性的不确定度。

# 表格和选项里有什么不对。
finding-text-encoding = 从这里起不是 UTF-8 的文本。请把文件另存为 UTF-8。
finding-table-unit-twice = 列 { $column } 的表头写了单位，选项又给了 { $unit }。请只给一种。
finding-table-unit-other = 列 { $column } 的单位应是 { $unit }，与它所属的值一致。
error-unit = “{ $text }”不是单位。写符号（mm）或 D-SI 单位（\milli\metre）。

# heng compare 的话。
compare-consistent = 结果一致：χ² = { $chi-squared }，自由度 { $degrees }，p = { $p } %，伯奇比 { $birge }
compare-inconsistent = 结果不一致：χ² = { $chi-squared }，自由度 { $degrees }，p = { $p } %，伯奇比 { $birge }
compare-subset = 最大一致子集有 { $size } 个结果，χ² = { $chi-squared }
compare-recommended = 建议：{ $estimator }。{ $reason }
compare-reason-consistent = 结果在其不确定度内一致，加权平均的 u 最小。
compare-reason-inconsistent-pair = 两个结果不一致，看不出实验室间方差：两个分布都保留。
compare-reason-inconsistent-few = 结果不一致，数目又少，实验室间方差本身的不确定度也要计入。
compare-reason-inconsistent = 结果不一致，数目足以估计实验室间方差。
compare-column-estimator = 估计方法
compare-column-reference = 参考值{ $unit }
compare-column-u = u{ $unit }
compare-column-interval = 包含区间
compare-column-tau = τ{ $unit }
compare-column-robust = 稳健方法
compare-column-location = x*{ $unit }
compare-column-scale = s*{ $unit }
compare-column-laboratory = 实验室
compare-column-value = 值{ $unit }
compare-column-difference = d{ $unit }
compare-column-expanded-difference = U(d){ $unit }
compare-column-z = z
compare-column-z-prime = z′
compare-column-zeta = ζ
compare-column-e-n = E_n
compare-column-percent-allowed = P_A/%
compare-from-stated = 给定的值
compare-from-homogeneity = 均匀性检验的平均值
compare-assigned = 指定值（{ $from }）：{ $value }，u = { $u }，U = { $expanded }（k = { $k }）
compare-sigma = 能力评定标准差 σ_pt = { $sigma }
compare-preferred-z = 指定值的不确定度可以忽略：用 z。
compare-preferred-z-prime = 指定值的不确定度不可忽略：用 z′。
compare-marks = ! 为可疑，!! 为不满意。
compare-judgement-satisfactory = { "" }
compare-judgement-questionable = { "" } !
compare-judgement-unsatisfactory = { "" } !!
compare-homogeneity = 均匀性：{ $items } 个样品，平均 { $mean }，s_w = { $within }，s_s = { $between }
compare-homogeneous = 样品足够均匀（准则 { $criterion }）。
compare-not-homogeneous = 样品不够均匀（准则 { $criterion }）。
compare-stable = 样品足够稳定：差 { $difference }，准则 { $criterion }。
compare-not-stable = 样品不够稳定：差 { $difference }，准则 { $criterion }。

estimator-weighted-mean = 加权平均
estimator-birge-adjusted-mean = 伯奇比调整的加权平均
estimator-largest-consistent-subset = 最大一致子集
estimator-der-simonian-laird = DerSimonian–Laird
estimator-hartung-knapp-sidik-jonkman = Hartung–Knapp–Sidik–Jonkman
estimator-mandel-paule = Mandel–Paule
estimator-restricted-maximum-likelihood = 限制最大似然
estimator-linear-pool = 线性意见池（正态）
estimator-linear-pool-student = 线性意见池（t 分布）
estimator-weighted-median = 加权中位数
estimator-median = 中位数
estimator-arithmetic-mean = 算术平均
estimator-arithmetic-mean-by-scatter = 算术平均，u 由散布得出
estimator-hierarchical = 贝叶斯分层模型
robust-algorithm-a = 算法 A
robust-algorithm-a-exact-factors = 算法 A，不修约的系数
robust-algorithm-a-as-printed = 算法 A，按标准的停止规则
robust-algorithm-a-fixed-scale = 算法 A，标准差固定
robust-median-made = 中位数，MADe
robust-median-niqr = 中位数，nIQR
robust-median-qn = 中位数，Qn
robust-median-mean-deviation = 中位数，平均绝对偏差
robust-q-hampel = Q 法与 Hampel
robust-mean = 算术平均（不稳健）

# heng material 的话。
material-homogeneity = 均匀性：{ $bottles } 瓶，{ $observations } 个值，平均 { $mean }，F = { $f }，p = { $p } %
material-between-governs = s_bb = { $between }，u*_bb = { $hidden }：u_bb = { $u }，取自瓶间
material-hidden-governs = s_bb = { $between }，u*_bb = { $hidden }：u_bb = { $u }，取自测量重复性可能掩盖的部分
material-inhomogeneous = 瓶间差异显著。
material-long-term = 长期稳定性：
material-short-term = 短期稳定性：
material-trend = 斜率 { $slope } { $unit }/({ $time-unit })，u = { $u }，超过 { $critical }：标准物质在变化。
material-no-trend = 斜率 { $slope } { $unit }/({ $time-unit })，u = { $u }，不超过 { $critical }：看不出变化。
material-stability = { $time } 内 u = { $u }
material-certified = 标准值 { $value }，u_CRM = { $u }，U = { $expanded }（k = { $k }）
material-components = 其中：定值 { $characterization }，瓶间 { $between }，长期稳定性 { $long }，短期稳定性 { $short }
material-shelf-life = 有效期 { $time }
material-chart = 控制图：中心线 { $centre }，σ = { $sigma }，行动限 { $low } … { $high }
material-in-control = 控制图没有信号。
material-signal-beyond-action-limit = 第 { $place } 个值超出行动限。
material-signal-two-of-three-beyond-warning-limit = 到第 { $place } 个值，连续三点中有两点在同侧超出 2σ。
material-signal-four-of-five-beyond-one-sigma = 到第 { $place } 个值，连续五点中有四点在同侧超出 1σ。
material-signal-eight-on-one-side = 到第 { $place } 个值，连续八点在中心线同侧：有偏移。
material-signal-six-rising-or-falling = 到第 { $place } 个值，连续六点递增或递减：有漂移。
material-signal-range-beyond-limit = 到第 { $place } 个值，移动极差超限。
material-lots-agree = 两批一致：差 { $difference }，U = { $expanded }
material-lots-differ = 两批不一致：差 { $difference }，U = { $expanded }
