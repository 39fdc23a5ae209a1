# heng uncertainty 的话。
uncertainty-stated = u = { $u }，k = { $k }，U = { $expanded }（p = { $p }）
uncertainty-degrees = 有效自由度：{ $degrees }
uncertainty-degrees-do-not-hold = u = { $u }。输入量相关且自由度有限，韦尔奇-萨特思韦特公式不成立，所以不给出 k 和 U。
uncertainty-conforms = 规范限 { $limits }：合格概率 { $probability } %（按正态分布）
uncertainty-conforms-counted = 合格概率 { $probability } %（按试验计数）
uncertainty-trials = 蒙特卡洛 { $trials } 次，种子 { $seed }：均值 { $mean }，u = { $u }
uncertainty-trials-without-u = 蒙特卡洛 { $trials } 次，种子 { $seed }：没有标准差，所以不给出 u
uncertainty-without-standard-deviation = { $input } 按自由度 { $degrees } 的 t 分布抽样，方差无穷大：试验的标准差随次数增大，不收敛于任何值，不能当作 u。请用包含区间；多测几次，就有 u。
uncertainty-stated-by-trials = { $result } = { $text }，包含区间 { $interval }（p = { $p }，蒙特卡洛）
uncertainty-linear-instead = 线性传播给出 { $result } = { $linear }，没有通过验证（JCGM 101 第 8 章），不要报告它。
uncertainty-unknown = 未知
uncertainty-u-unknown = u 未知：结果所依据的量都没有说明不确定度。
uncertainty-groups-differ = { $input }：{ $groups } 组之间有差异，F = { $f }，大于 { $critical }；组间标准差 { $between }，组内 { $within }。u 取自各组平均值的离散。
uncertainty-groups-alike = { $input }：{ $groups } 组之间看不出差异，F = { $f }，不大于 { $critical }；组内标准差 { $within }，组间估计 { $between }。u 取自全部观测值的离散。
uncertainty-symmetric = 概率对称区间 { $interval }（p = { $p }）
uncertainty-shortest = 最短区间 { $interval }（p = { $p }）
uncertainty-not-finite = 有 { $count } 次试验得不出有限的数，没有计入：请看模型是否对输入量的所有取值都成立。
uncertainty-validated = 线性传播的区间得到验证（容差 { $tolerance }）。
uncertainty-not-validated = 线性传播的区间没有通过验证（容差 { $tolerance }）：请报告蒙特卡洛的结果。
uncertainty-degrees-truncated = 有效自由度：{ $degrees }；截尾取整为 { $truncated }，对应 k = { $k }
uncertainty-second-order = 计入二阶项：u = { $u }，U = { $expanded }，期望偏离 { $bias }
uncertainty-stable = 自适应：{ $sequences } 组试验后各结果稳定在数值容差 { $tolerance } 以内。
uncertainty-not-stable = 自适应：{ $sequences } 组试验后结果还没有稳定在数值容差 { $tolerance } 以内，请加大 --trials。
uncertainty-second-validated = 计入二阶项的区间得到验证（容差 { $tolerance }）。
uncertainty-second-not-validated = 计入二阶项的区间没有通过验证（容差 { $tolerance }）。
uncertainty-report-linear = 结论：可以报告线性传播的结果。
uncertainty-report-second-order = 结论：请报告计入二阶项的结果或蒙特卡洛的结果。
uncertainty-report-monte-carlo = 结论：请报告蒙特卡洛的结果。
uncertainty-together = 各结果一起（线性传播）：椭球区域的包含因子 { $ellipsoidal }，矩形区域的包含因子 { $rectangular }
uncertainty-together-drawn = 各结果一起（蒙特卡洛）：椭球区域的包含因子 { $ellipsoidal }，矩形区域的包含因子 { $rectangular }
uncertainty-column-input = 输入量
uncertainty-column-estimate = 估计值
uncertainty-column-u = u
uncertainty-column-degrees = ν
uncertainty-column-sensitivity = 灵敏系数
uncertainty-column-contribution = 不确定度分量
uncertainty-column-share = 占比

finding-uncertainty-of-input-unknown = { $output }：没有说明 { $inputs } 的不确定度，u 里没有它的分量。不确定度未知不等于零：请给出它；确实没有的，请写 exact = true。
finding-second-order-terms = { $output }：线性传播得 u = { $u } { $unit }，计入二阶项得 { $second-order-u } { $unit }，期望偏离 { $bias } { $unit }。模型在输入量的范围内不够线性，请用蒙特卡洛的结果。

finding-model-unexpected = 这里应是{ $expected }，却是 { $found }。
finding-model-number = { $text } 不是数。
finding-model-unit-unknown = [{ $text }] 不是单位。写符号（mm）或 D-SI 单位（\milli\metre）。
finding-model-function-unknown = 没有 { $name } 这个函数。可用 sqrt exp ln log10 log2 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf abs atan2 hypot min max，向量的 sum mean length dot，复数的 complex polar re im arg conj；乘号 * 不能省。
finding-model-arguments = { $function } 要 { $expected } 个参数，这里有 { $found } 个。
finding-model-kind = 这里应是 { $expected }。
finding-model-exponent = 指数应是数或数的分数，例如 2 或 (1/2)。变量作指数请改写成 exp(b*ln(a))。
finding-model-name-reserved = { $name } 是函数、常数或运算符的名字，请给输入量换个名字。
finding-model-assigned-twice = { $name } 被赋值两次，请换一个名字。
finding-model-used-before = { $name } 在赋值之前就用到了，请把它的那一行移到前面。
finding-model-not-assigned = 模型里没有一行给 { $name } 赋值。
finding-model-too-long = 模型长过 { $limit } 个字符。
finding-model-too-deep = 括号嵌套深过 { $limit } 层，请分成几行。
finding-model-recursion = { $name } 要由它自己算出。模型不能循环：请把这个量只写在一边，或把其中一个作为输入量给出。
finding-model-without-derivative = { $name } 没有导数，不确定度无法通过它传播。请在报告结果时修约，不要在模型里修约。
finding-model-constant-unknown = 常数表里没有“{ $name }”。请把它作为输入量给出，并注明来源。
finding-model-constant-unknown-near = 常数表里没有“{ $name }”。是不是其中之一：{ $nearest }？
finding-document-key-missing = 缺少 { $key }，请补上。
finding-document-key-unknown = 没有 { $key } 这个键。可写的有：{ $known }。
finding-document-key-unknown-near = 没有 { $key } 这个键。是不是其中之一：{ $nearest }？
finding-document-key-twice = 这个键写了两次，请只留一个。
finding-document-word-unknown = 没有 { $word } 这个选项。可写的有：{ $known }。
finding-document-kind = { $expected ->
        [text] 这里要写带引号的文字，例如 "25.0 mm"。
        [number] 这里要写数，不带引号。
        [whole-number] 这里要写整数，不带引号。
        [flag] 这里要写 true 或 false。
        [list] 这里要写方括号里的一列，个数也要对，例如 ["a", "b"]。
        [table] 这里要写一组键和值，例如方括号标题下的几行。
       *[other] 这里的值不是所需要的。
    }
finding-document-quotes = 这里的引号不成对，或文字没有加引号。请写成 键 = "文字"。
finding-document-brackets = 这里的括号不成对，或少了逗号。
finding-document-value-missing = 这里缺少等号或值。请写成 键 = 值。
finding-document-too-deep = 括号嵌套得太深。
finding-document-syntax = 这里不合 TOML 的写法。每行写一个 键 = 值，表的标题写在方括号里，文字加引号。
finding-model-exact = { $input } 写了 exact = true，又写了不确定度。请只留一个。
finding-model-format = 格式应为 { $format }。
finding-model-quantity = “{ $text }”不是带单位的数。例如写 25.0 mm。
finding-model-width = “{ $text }”不合适：请写不小于零、单位同类的数。
finding-model-correlation = 相关应在两个不同的输入量之间，系数在 -1 到 1 之间。
finding-model-no-value = { $input } 既没有值也没有观测值，请给出其一。
finding-model-no-factor = { $input } 有扩展不确定度，却没有大于零的包含因子。请给出 coverage_factor。
finding-model-no-distribution = { $input } 有半宽，却没有适用的分布。请写 uniform、triangular、arcsine、trapezoid（另给 top_ratio，0 到 1）或 curvilinear-trapezoid（另给 limit_half_width）。
finding-model-evaluation = { $input } 要有且只有一种评定：观测值；或 groups；或值加 standard_uncertainty；或值加 expanded_uncertainty 和 coverage_factor；或值加 half_width 和 distribution；或 limits；或 distribution = "t"、"exponential"、"gamma" 及其参数。
finding-model-one-observation = { $input } 只有一个观测值，看不出分散性。请多给几个，或给出值和不确定度。
finding-model-pooled = { $input } 的 earlier_observations 或 pooled_standard_deviation 要与 observations 一起写，且只写其一。
finding-model-groups = { $input } 的 groups 要有两组以上，每组写 observations，或写 mean、standard_deviation 和 count；至少一组有两个以上的观测值，组内要有离散。
finding-model-simultaneous = simultaneous 的每一组应是两个以上不同的输入量，各有同样多的 observations，不与更早的数据合并，也不另写相关系数。
finding-model-specification = { $result } 的规范不能用：它应是模型的一个结果，并有 lower、upper 之一或两者，下限不大于上限。
finding-model-specification-unit = 限值“{ $text }”与 { $result } 的单位 { $unit } 不同类。请改正单位。
finding-model-degrees = { $input } 的自由度不能小于 1：小于 1 等于没有观测过，看不出不确定度有多大。无穷大时不写。
finding-model-limits = { $input } 的 limits 应是下限和上限，估计值在其间。
finding-model-parameters = { $input } 的分布缺少参数或参数不合适。t 要 value、scale 和大于 2 的 degrees_of_freedom；exponential 要大于零的 value；gamma 要大于零的 shape 和 scale，不写 value。
finding-model-too-many-inputs = 这里的输入量多于 { $limit } 个。
finding-evaluation-unit-mismatch = { $left } 的单位是 { $left-unit }，{ $right } 的单位是 { $right-unit }，不能相加或比较。请核对输入量的单位。
finding-evaluation-not-dimensionless = { $function } 只能用于纯数，{ $argument } 的单位是 { $unit }。请除以同类的量。
finding-evaluation-temperature-sum = { $left } 和 { $right } 都是摄氏温度，不能相加。温差请用开尔文。
finding-evaluation-temperature-difference = { $left } 减摄氏温度 { $right } 有两种意思。请用同一个单位。
finding-evaluation-temperature-scale = { $operand } 是摄氏温度，不能乘除。请用开尔文，或先减去参考温度。
finding-evaluation-unit-beyond-bounds = { $operand } 的单位超出能算的范围。
finding-evaluation-missing = 没有给出 { $name }。请在 inputs 里加上它，或改正模型里的名字。
finding-evaluation-missing-near = 没有给出 { $name }。是不是 { $nearest }？不是的话，请在 inputs 里加上它。
finding-evaluation-name-reserved = { $name } 是函数、常数或运算符的名字，不能作输入量，请换个名字。
finding-evaluation-scalar-and-vector = { $name } 既作为一个量给出，又作为有分量 { $name }[1] 等的向量给出。请只给一种。
finding-evaluation-variable-given = { $name } 是求和的计数变量，又作为输入量给出。请给其中一个换个名字。
finding-evaluation-length-unknown = { $operand } 有几个分量，要有输入量才知道。
finding-evaluation-not-a-vector = { $operand } 是一个量，不是向量。请在输入量里给出它的分量 [1]、[2] 等。
finding-evaluation-not-whole = { $operand } 不是由模型就能确定的整数。下标由整数、求和变量和 length() 组成。
finding-evaluation-index-outside = { $vector } 有第 1 到第 { $count } 个分量，没有第 { $index } 个。
finding-evaluation-empty-range = 从 { $from } 到 { $to } 什么也没有：求和至少要有一项。
finding-evaluation-lengths-differ = { $left } 有 { $left-length } 个分量，{ $right } 有 { $right-length } 个。逐个运算时个数要相同。
finding-evaluation-not-real = { $argument } 里 { $function } 的参数不对：它要一个实数量。复数量请取 re、im、abs 或 arg，向量请取一个分量或总和。
finding-evaluation-too-many-operations = 模型里的求和与向量展开后超过 { $limit } 个运算。
finding-evaluation-kind = { $name } 应是 { $expected }。
finding-evaluation-division-by-zero = { $divisor } 等于零，不能作除数。
finding-evaluation-not-finite = { $operand } 不是有限的数。请看模型在估计值处是否成立。
finding-evaluation-not-exact = { $operand } 没有精确值。
finding-evaluation-too-many-digits = { $operand } 的精确值位数太多。
finding-evaluation-given-twice = { $name } 给了两次。
finding-evaluation-uncertainty = { $name } 的不确定度不能用：分布的参数应构成一个方差有限的分布。
finding-evaluation-degrees = { $name } 的自由度小于 1，不能用。无穷大时不写 degrees_of_freedom。
finding-evaluation-without-standard-deviation = { $output } 没有标准差：{ $input } 按自由度 { $degrees } 的 t 分布抽样，方差无穷大。请多测几次；或用 --method monte-carlo，报告包含区间。
finding-evaluation-correlation = { $first } 与 { $second } 的相关不能用：应是两个不同的输入量，每对只写一次，系数在 -1 到 1 之间。
finding-evaluation-correlations-impossible = 这些相关系数互相矛盾：相关矩阵不是半正定的，没有哪些量能这样相关。请核对正负号，或把系数的位数写全。
finding-evaluation-correlation-not-sampled = { $first } 与 { $second } 相关，但不都是自由度相同（且不少于相关输入量个数）的正态输入量，蒙特卡洛没有可抽样的联合分布。请去掉 degrees_of_freedom 并写 standard_uncertainty，或把共同的来源写成模型的一个输入量，或只用线性传播。
finding-evaluation-probability = 包含概率应在 0 和 1 之间。
finding-evaluation-trials = 试验次数应在 { $least } 和 { $most } 之间。
finding-evaluation-observations = A 类评定至少要两个观测值，各系列个数相同。

error-model-text = { $path } 第 { $line } 行第 { $column } 列：{ $reason }
error-model-evaluated = { $path } 无法评定：{ $reason }

finding-adaptive-not-stable = { $output }：试验次数用完时，结果还没有稳定在数值容差 { $tolerance } 以内。请加大 --trials，或用 --digits 1。
error-uncertainty-no-second-order = { $path }：{ $output } 没有二阶项：模型太大，或没有这样的导数。请用 --method monte-carlo。

# heng decide 的话。
decide-normal = { $output } = { $value }，u = { $u }（正态分布）
decide-student = { $output } = { $value }，u = { $u }（t 分布）
decide-sampled = { $output } = { $value }，u = { $u }（蒙特卡洛的分布）
decide-limits = 容差区间 { $limits }
decide-acceptance = 接受区间 { $accepted }
decide-impossible = 没有可接受的值：相对于容差区间，不确定度太大。风险最小也有 { $risk } %。
decide-pass = 判定：合格。
decide-conditional-pass = 判定：有条件合格。
decide-conditional-fail = 判定：有条件不合格。
decide-fail = 判定：不合格。
decide-undecided = 判定：不能判定。
decide-nothing-acceptable = 判定：不能接受任何值。请减小不确定度，或放宽所要求的风险。
decide-conformance = 合格概率 { $probability } %
decide-specific-risk = 判定错误的概率（特定风险）{ $risk } %
decide-target = 保护带按特定风险不大于 { $risk } % 求得。
decide-global = 总体风险：消费者 { $consumer } %，生产者 { $producer } %；被接受者中不合格的占 { $conditional } %；全部中不合格的占 { $nonconforming } %
decide-capability = 测量能力指数 C_m = { $capability }，测试不确定度比 TUR = { $ratio }
error-decide = 不能判定：{ $what }
error-decide-unknown-u = { $output } 的不确定度未知，不能判定。请在模型里给出各输入量的不确定度。
error-decide-without-u = { $output } 没有标准不确定度（t 分布的方差无穷大），这里要用到它。请用 simple 或 risk=P，不写 --prior；或多测几次。
error-decide-file = { $path } 不是 heng uncertainty --json 的结果：{ $reason }。请用它写出 heng-result/1。
error-decide-output = { $path } 里要指明一个结果。请用 --output 写其中之一：{ $outputs }
error-decide-limits = “{ $text }”不是限值。请写成 "49.9 g..50.1 g"、"..5 g" 或 "5 g.."。
error-decide-no-limit = 没有限值。请至少写出下限或上限，例如 "..5 g"。
error-decide-limits-cross = 下限不小于上限。请核对 --limits。
error-decide-quantity = “{ $text }”不是带单位的量。{ $output } 的单位是 { $unit }，请照此写出数和单位。
error-decide-unit = “{ $text }”与 { $output } 不同类，它的单位是 { $unit }。请改正单位。
error-decide-rule = 没有“{ $text }”这条判定规则。请写 simple、guarded 或 risk=P（P 在 0 和 1 之间）。
error-decide-prior = “{ $text }”不是先验分布。请写 normal:MEAN,SIGMA（均值、标准差）、uniform:LOW,HIGH（下限、上限）、gamma:SHAPE,SCALE（形状、尺度）、lognormal:LOCATION,SCALE（位置、尺度）、triangular:LOW,MODE,HIGH（下限、众数、上限）或 conforming:MEAN,PART（均值、合格比例）。
error-decide-prior-none = 先验分布的参数不构成分布。请核对 --prior。

# heng fit 的话。
fit-intercept = 截距 a = { $value }，u(a) = { $u }
fit-slope = 斜率 b = { $value }，u(b) = { $u }
fit-covariance = cov(a, b) = { $covariance }，r(a, b) = { $correlation }
fit-scale = 由散布评定的标准偏差 { $scale }，自由度 { $degrees }
fit-accepted = χ² = { $chi-squared }，自由度 { $degrees }，95 % 分位数 { $quantile }，更差的概率 { $probability } %：直线与数据及其不确定度一致。
fit-refused = χ² = { $chi-squared }，自由度 { $degrees }，95 % 分位数 { $quantile }，更差的概率 { $probability } %：直线被拒绝，不能与这些不确定度一起使用。请核对数据、不确定度或模型。
fit-response = x = { $at } 时 y = { $value }，u(y) = { $u }
fit-stimulus = y = { $at } 时 x = { $value }，u(x) = { $u }
fit-column-x = x
fit-column-y = y
fit-column-fitted-x = 拟合 x
fit-column-fitted-y = 拟合 y
fit-column-residual = 加权残差
finding-fit-column = 列 { $column } 不认识或出现两次。列有 x、y，可以有 ux、uy、uxy，单位写在斜线后，例如 x/mm。
finding-fit-too-many = 多于 { $most } 个点，请少给一些。
error-fit = { $path } 的直线不能拟合：{ $reason }
error-fit-value = “{ $text }”不是数，也不是数加逗号加不确定度。例如写 3.5,0.2。

finding-model-text-too-long = 文件长过 { $limit } KB。这个页面只算较小的模型；更大的请用命令行 heng uncertainty。
finding-model-too-many-results = 结果多于 { $limit } 个。请少留几行不被别的行用到的式子，或用命令行 heng uncertainty。
finding-model-too-much-work = 模型展开后超过 { $limit } 个运算，或相关系数太多，这个页面不算。请用命令行 heng uncertainty。
finding-model-too-slow = 算得太久，已经停止等待。请把模型写小一些，或用命令行 heng uncertainty。
finding-model-busy = 正在算的模型太多，还没有轮到这个。过几秒再试；写的内容都还在。

model-page-title = 测量不确定度评定
model-page-what = 写出测量模型，当场看到不确定度预算和两种方法的结果。
model-page-open = 评定不确定度
model-page-lead = 写出测量模型和输入量，传播律与蒙特卡洛两种方法的结果、不确定度预算和验证结论随即给出。不登录，什么也不保存。
model-page-label = 模型文件（heng-model/1）
model-page-evaluate = 评定
model-page-note = 最多 64 KB、200 个输入量、20 个结果。
model-page-examples = 算例
model-page-how = 怎样写
model-page-how-model = 模型
model-page-how-standard = 标准不确定度
model-page-how-expanded = 扩展不确定度
model-page-how-width = 半宽与分布
model-page-how-observed = A 类：观测值
model-page-how-correlated = 相关
model-page-how-limits = 规范限
model-page-place = 第 { $line } 行第 { $column } 列
model-page-no-result = 没有算出结果
model-page-formula = 测量模型
model-page-formula-long = 式子太长，这里不排印。
model-page-degrees = 有效自由度
model-page-degrees-do-not-hold = 输入量相关且自由度有限，韦尔奇–萨特思韦特公式不成立，不给出 k 和 U
model-page-truncated = 自由度截尾
model-page-truncated-is = ν = { $degrees }：k = { $factor }，U = { $expanded }
model-page-second-order = 二阶项
model-page-second-order-is = u = { $u }，期望偏移 { $bias }
model-page-validated = 线性结果通过蒙特卡洛验证：区间两端相差 { $low } 和 { $high }，不大于 { $tolerance }（JCGM 101 第 8 章）。
model-page-not-validated = 线性结果没有通过蒙特卡洛验证：区间两端相差 { $low } 和 { $high }，大于 { $tolerance }（JCGM 101 第 8 章）。请报告蒙特卡洛的结果。
model-page-not-compared = 两种方法没有可比的区间，只有一种给出了区间。
model-page-stated-by-trials = { $text }，{ $p } 包含区间 { $interval }
model-page-methods = 两种方法
model-page-method = 方法
model-page-linear = 传播律
model-page-monte-carlo = 蒙特卡洛
model-page-interval = { $p } 概率对称区间
model-page-shortest = 最短区间
model-page-trials = 蒙特卡洛 { $trials } 次试验，种子 1：同一模型总是同样的数字。
model-page-budget = 不确定度预算
model-page-correlations = 结果之间的相关系数
model-page-limits = 规范限 { $lower } 到 { $upper }
model-page-conforms = 合格概率 { $probability }（正态分布）
model-page-conforms-counted = 合格概率 { $probability }（由试验计数）
model-page-shape-constant = 常数
model-page-shape-unknown = 不确定度未知
model-page-shape-normal = 正态分布
model-page-shape-uniform = 均匀分布
model-page-shape-triangular = 三角分布
model-page-shape-arcsine = 反正弦分布
model-page-shape-trapezoid = 梯形分布
model-page-shape-curvilinear = 曲边梯形分布
model-page-shape-t = t 分布
model-page-shape-exponential = 指数分布
model-page-shape-gamma = 伽马分布
model-example-zener-voltage-gum-h5-groups = 齐纳电压，方差分析（JCGM 100 第 H.5 条）
model-example-polar-coordinates-near-jcgm-102 = 极坐标，靠近原点（JCGM 102 第 9.3 条）
model-example-polar-coordinates-far-jcgm-102 = 极坐标，远离原点（JCGM 102 第 9.3 条）
model-example-hydrochloric-acid-uniform-eurachem-a3 = 盐酸滴定，重复性为均匀分布（Eurachem A3）
model-example-numerical-tolerance-jcgm-101 = 数值容差（JCGM 101 第 7.9.2 条）
model-example-gauge-block-jcgm-101 = 量块，分布传播（JCGM 101 第 9.5 条）
model-example-gauge-block-gum-h1 = 端度量具校准（JCGM 100 第 H.1 条）
model-example-impedance-gum-h2 = 电阻、电抗与阻抗，相关的输入量（JCGM 100 第 H.2 条）
model-example-impedance-gum-h2-observations = 由同时观测值求电阻、电抗与阻抗（JCGM 100 表 H.2）
model-example-impedance-gum-h2-complex = 复阻抗（JCGM 100 第 H.2 条）
model-example-mass-ea-4-02-s2 = 砝码校准（EA-4/02 第 S2 章）
model-example-zener-voltage-gum-h5 = 齐纳电压标准，十天的平均（JCGM 100 第 H.5 条）
model-example-effective-degrees-gum-g41 = 三个因子的积的有效自由度（JCGM 100 第 G.4.1 条）
model-example-sum-of-normal-jcgm-101 = 四个正态输入量之和（JCGM 101 第 9.2.2 条）
model-example-sum-of-rectangular-jcgm-101 = 四个均匀输入量之和（JCGM 101 第 9.2.3 条）
model-example-mass-calibration-jcgm-101 = 砝码在空气中的校准，二阶项起作用（JCGM 101 第 9.3 条）
model-example-comparison-loss-jcgm-101 = 微波功率计的比较损失（JCGM 101 第 9.4 条）
model-example-polar-coordinates-jcgm-102 = 直角坐标换算为极坐标（JCGM 102 第 9.3 条）
model-example-cadmium-standard-eurachem-a1 = 镉标准溶液的配制（Eurachem CG 4 例 A1）
model-example-hydrochloric-acid-eurachem-a3 = 盐酸的滴定（Eurachem CG 4 例 A3）
model-example-thermal-expansion-tn-1900-e13 = 铜棒的线膨胀系数（NIST TN 1900 例 E13）
model-example-logarithm-npl-es-11 = 均匀输入量的对数（NPL DEM-ES-011 第 9.2 条）
model-example-square-at-zero = 灵敏系数为零的平方（JCGM 100 第 5.1.2 条注）
model-example-chain-of-a-hundred = 一百个输入量的链

finding-model-from-no-files = { $input } 取自文件 { $file }，而这里读不到文件。请写出它的值和不确定度，或用命令行 heng uncertainty。
finding-model-from-evaluation = { $input } 有 from，它的值、不确定度和身份都由文件给出：请删去其余的键。
finding-model-from-unit-unknown = “{ $text }”不是单位。写符号（mm）或 D-SI 单位（\milli\metre）。
finding-model-from-unit = 文件 { $file } 不记单位。请在 { $input } 的 from 里用 unit 写明 { $result } 的单位，纯数写 unit = '\one'。
finding-model-from-unit-stated = 文件 { $file } 已写明 { $result } 的单位 { $unit }：请从 { $input } 的 from 里删去 unit。
finding-model-from-which = 文件 { $file } 有几个结果，请在 { $input } 的 from 里用 result 写明取哪一个：{ $known }。
finding-model-from-result = 文件 { $file } 没有 { $input } 所要的结果 { $result }。它有：{ $known }。
finding-model-correlation-from = { $input } 取自文件：它与别的量的相关由共同的基础输入量得出，不能另写相关系数。
finding-model-identity-differs = { $input } 与别处对 { $identity } 的说法不同：同一身份是同一个量，其不确定度和自由度应相同。请核对两处，或改用不同的身份。
finding-budget-uncertainty = 文件里基础输入量 { $about } 的不确定度或自由度不是任何量可有的。请向出具文件的人要正确的文件。
finding-budget-identity-twice = 文件里基础输入量 { $about } 出现两次。请向出具文件的人要正确的文件。
finding-budget-correlation = 文件里 { $about } 的相关不能成立。请向出具文件的人要正确的文件。
finding-budget-result-twice = 文件里结果 { $about } 出现两次。请向出具文件的人要正确的文件。
finding-budget-component-unknown = 文件里结果 { $about } 的一个分量属于文件未说明的基础输入量。请向出具文件的人要正确的文件。
finding-budget-sum = 文件里结果 { $about } 的标准不确定度不是其各分量的合成。文件被改动过，或程序有误；请索取正确的文件。
uncertainty-from-file = { $input } = { $estimate }，u = { $u }，取自 { $file }（{ $result }）
uncertainty-from-unchecked = { $file } 未能核验：没有信任策略，或凭据不全。运行 heng check { $file } 看详情。
