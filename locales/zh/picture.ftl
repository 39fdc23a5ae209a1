# 图和报告的话。
picture-numbers = 图中的数据：{ $title }
picture-and = 、
picture-input = 输入量
picture-share = 占比
picture-what = 项目
picture-method = 方法
picture-interval = 区间
picture-from = 从
picture-to = 到
picture-count = 次数
picture-number = 序号
picture-mean = 平均值
picture-standard-deviation = 标准差
picture-correlation = 相关系数
picture-value = 估计值
picture-u = 标准不确定度 u
picture-limits = 限值

picture-budget-title = { $result } 的不确定度分量
picture-budget-says = 最大的分量来自“{ $first }”，占 { $share }；合成标准不确定度 u({ $result }) = { $u }。
picture-budget-nothing = 没有一个输入量贡献不确定度。
picture-budget-caption = 条长是各输入量的不确定度分量 |c u|，最后一条是合成标准不确定度。占比是在方差中的份额。
picture-budget-combined = 合成 u({ $result })
picture-budget-others = 其余 { $count } 个输入量

picture-histogram-title = { $result } 的分布
picture-histogram-says = 蒙特卡洛：均值 { $mean }，u = { $u }。线性传播：{ $linear }，u = { $linear-u }。
picture-histogram-says-without-u = 蒙特卡洛没有标准差。线性传播：{ $linear }，u = { $linear-u }。
picture-histogram-caption = 条是蒙特卡洛试验的概率密度，曲线是线性传播的正态分布，下方是 { $p } 的包含区间。
picture-histogram-not-kept = 曲线是线性传播的正态分布，下方是 { $p } 的包含区间；没有保留各次试验的直方图。
picture-histogram-outside = 有 { $count } 次试验落在图外。
picture-histogram-mean = 蒙特卡洛
picture-histogram-linear = 线性传播
picture-histogram-bins = 直方图
picture-density = 概率密度
picture-intervals = 包含概率 { $p } 的区间
picture-interval-linear = 线性传播 y ± U
picture-interval-symmetric = 概率对称
picture-interval-shortest = 最短

picture-density-title = { $name } 与允许范围
picture-density-says = 估计值 { $value }；超出允许范围的概率为 { $beyond }。
picture-density-caption = 曲线是关于这个量的概率密度；实线是允许范围的限，线外画竖线的部分是不合格的概率。
picture-density-caption-guarded = 曲线是关于这个量的概率密度；实线是允许范围的限，线外画竖线的部分是不合格的概率；虚线之间的测得值被接受。
picture-lower-limit = 下限
picture-upper-limit = 上限
picture-acceptance-from = 接受下限
picture-acceptance-to = 接受上限
picture-beyond = 超出的概率
picture-part-beyond = 线外 { $part }

picture-characteristic-title = { $name } 的接受概率曲线
picture-characteristic-says = 真值在 { $shared } 时，接受与拒绝各占一半，双方共担风险。
picture-characteristic-never = 测量不确定度太大，没有哪个真值被接受的机会达到一半。
picture-characteristic-caption = 曲线是各真值被接受的概率；实线是允许范围的限，虚线是接受限，小圆圈是双方共担风险的真值。
picture-true-value = 真值
picture-acceptance-probability = 接受概率
picture-acceptance-percent = 接受概率 / %
picture-shared-risk = 共担风险

picture-instruments-title = { $count } 只器具的误差
picture-instruments-says = 每行一只：点为推断的误差，横线为 95 % 区间，两条竖线为误差限 ±{ $limit }。{ $bad } 只超出。
picture-instruments-caption = 点为推断的误差，横线为 95 % 区间，浅底为误差限以内；箭头表示超出坐标范围。
picture-found-title = { $count } 只器具的推断与实测
picture-found-says = 每行一只：点为推断的误差，横线为其 95 % 区间；粗竖线为实验室测得的误差，色块为其 U（k = 2）。误差限为 ±{ $limit }。
picture-found-caption = 点和横线：推断的误差与 95 % 区间；粗竖线和色块：实验室测得的误差与 U（k = 2）。
picture-instrument = 器具
picture-state = 状态
picture-interval-95 = 95 % 区间
picture-found = 实测（k = 2）
picture-laboratory = 实验室
picture-judgement = 评价
picture-assigned = 参考值
picture-results-title = { $name }：{ $count } 个实验室的结果
picture-results-says = { $count } 个实验室的结果由小到大排列。
picture-results-judged = 其中 { $bad } 个的评价不是满意。
picture-results-assigned = 参考值 { $value }，U = { $expanded }。
picture-results-caption = 每行一个实验室，横线是 ± U；竖带是参考值 ± U。圆点表示满意，三角表示有问题，方块表示不满意，小圆圈表示没有评价。
picture-results-caption-alone = 每行一个实验室，横线是 ± U。没有参考值。
picture-equivalence-title = 与参考值的等效度
picture-equivalence-says = { $count } 个实验室中，{ $bad } 个的差值 d 大于它的 U(d)。
picture-equivalence-caption = 点是差值 d，横线是 ± U(d)；横线碰到零线的是圆点，碰不到的是方块。
picture-scores-title = { $name } 比分数
picture-scores-says = { $count } 个实验室中，{ $bad } 个的评价不是满意。
picture-scores-caption = 条从零画到比分数，竖线是限值 { $limits }。圆点表示满意，三角表示有问题，方块表示不满意；箭头表示比分数超出图外，旁边是它的值。
picture-satisfactory = 满意
picture-questionable = 有问题
picture-unsatisfactory = 不满意
picture-unknown = 不可判定
picture-equivalent = 等效
picture-not-equivalent = 不等效

picture-youden-title = 尧敦图：{ $first } 与 { $second }
picture-youden-says = { $count } 个实验室中，{ $outside } 个落在 { $p } 的椭圆之外。
picture-youden-says-alone = { $count } 个实验室的两个结果。结果太少或沿一条直线，画不出椭圆。
picture-youden-caption = 每点是一个实验室的两个结果，椭圆应含 { $p } 的实验室，椭圆外的是三角；沿虚线散开的是两个样品共有的系统偏差。
picture-youden-caption-alone = 每点是一个实验室的两个结果。
picture-ellipse = 椭圆
picture-inside = 内
picture-outside = 外

picture-chart-title = { $name } 的控制图
picture-chart-says = { $count } 个值中，{ $flagged } 个有警报；行动限 { $low } 和 { $high }。
picture-chart-caption = 实线是行动限，虚线是警戒限，细线是中心线。方块超出行动限，三角完成了一种偶然很少造成的模式。
picture-centre = 中心线
picture-warning = 警戒限
picture-action = 行动限
picture-upper-action = 上行动限
picture-lower-action = 下行动限
picture-upper-warning = 上警戒限
picture-lower-warning = 下警戒限
picture-signal = 警报
picture-signal-action = 超出行动限
picture-signal-two-of-three = 三个值中两个在同侧超出警戒限
picture-signal-four-of-five = 五个值中四个在同侧超出一倍标准差
picture-signal-eight = 连续八个值在中心线同侧
picture-signal-six = 连续六个值上升或下降
picture-signal-range = 移动极差超限

picture-calibration-title = { $y } 对 { $x } 的校准直线
picture-calibration-says = 截距 { $a }，斜率 { $b }，由 { $count } 个点得出。
picture-calibration-caption = 点的横线和竖线是 U（k = { $k }）；色带是直线的 U，虚线是再读一次的预测范围。下图是点与直线之差。
picture-residual = 残差
picture-line-band = 直线与它的不确定度
picture-line-uncertainty = 直线的 U
picture-prediction-uncertainty = 再读一次的 U

report-model = 测量模型
report-budget = 不确定度分量
report-stated = { $result } = { $text }
report-stated-by-trials = { $result } = { $text }，{ $p } 包含区间 { $interval }（蒙特卡洛）
report-linear-not-validated = 线性传播给出 { $linear }，没有通过验证（JCGM 101 第 8 章），不要报告它。
report-unknown = 未知
report-expanded = 扩展不确定度 U = { $expanded }，k = { $k }，包含概率 { $p }，有效自由度 { $degrees }。
report-standard = 标准不确定度 u = { $u }。输入量相关且自由度有限，韦尔奇-萨特思韦特公式不成立，所以不给出 k 和 U。
report-conforms = 合格概率 { $probability }（按正态分布）。
report-trials = 蒙特卡洛 { $trials } 次，种子 { $seed }：均值 { $mean }，u = { $u }。
report-trials-without-u = 蒙特卡洛 { $trials } 次，种子 { $seed }：没有标准差，所以不给出 u。
report-validated = 线性传播的区间得到验证（容差 { $tolerance }）。
report-not-validated = 线性传播的区间没有通过验证（容差 { $tolerance }）：请报告蒙特卡洛的结果。
report-findings = 发现
report-source = 来源
report-untitled-model = 测量不确定度评定
report-untitled-round = 计量比对
report-symbol = 输入量
report-estimate = 估计值
report-sensitivity = 灵敏系数
report-contribution = 分量
report-reference-values = 参考值
report-estimator = 估计方法
report-estimators-caption = 各种方法的参考值；没有结果的说明原因
report-recommended = { $estimator }（推荐）
report-assigned = 参考值 { $value }，U = { $expanded }（k = { $k }）。
report-consistent = 各结果在其不确定度内一致：χ² = { $chi }，自由度 { $degrees }，p = { $p }。
report-inconsistent = 各结果在其不确定度内不一致：χ² = { $chi }，自由度 { $degrees }，p = { $p }。
report-reason-consistent = 结果一致，加权平均的不确定度最小。
report-reason-inconsistent-pair = 结果不一致，两个结果看不出实验室间的方差，所以把两个分布都留下。
report-reason-inconsistent-few = 结果不一致，而结果少，实验室间方差本身的不确定度要算进去。
report-reason-inconsistent = 结果不一致，结果够多，可以求出实验室间的方差。
report-laboratories = 各实验室
report-difference = 差值 d
report-robust = 稳健统计
report-location = 平均值
report-scale = 标准差
report-estimator-weighted-mean = 加权平均
report-estimator-birge = 伯奇修正的加权平均
report-estimator-subset = 最大一致子集
report-estimator-der-simonian-laird = DerSimonian–Laird
report-estimator-hartung = Hartung–Knapp–Sidik–Jonkman
report-estimator-mandel-paule = Mandel–Paule
report-estimator-restricted = 限制极大似然
report-estimator-hierarchical = 贝叶斯分层模型
report-estimator-pool = 线性意见池（正态）
report-estimator-pool-student = 线性意见池（t）
report-estimator-weighted-median = 加权中位数
report-estimator-median = 中位数
report-estimator-mean = 算术平均（传播各不确定度）
report-estimator-mean-scatter = 算术平均（按离散）
report-robust-algorithm-a = 算法 A
report-robust-algorithm-a-exact = 算法 A（精确因子）
report-robust-algorithm-a-printed = 算法 A（按印刷的停止条件）
report-robust-algorithm-a-fixed = 算法 A（固定标准差）
report-robust-made = 中位数与 MADe
report-robust-niqr = 中位数与 nIQR
report-robust-qn = 中位数与 Qn
report-robust-mean-deviation = 中位数与平均偏差
report-robust-q-hampel = Q/Hampel
report-robust-mean = 平均值与标准差
report-reference-stated = 给定的参考值
report-reference-homogeneity = 均匀性检验的均值
report-fit-accepted = 直线与各点相符：χ² = { $chi }，自由度 { $degrees }，界限 { $quantile }。
report-fit-refused = 直线与各点不相符：χ² = { $chi }，自由度 { $degrees }，超过界限 { $quantile }。不要使用这条直线。
report-coefficients = 系数
report-intercept = 截距 a
report-slope = 斜率 b
picture-bottles-title = { $name }：瓶间均匀性
picture-bottles-says = { $count } 瓶，总平均值 { $mean }，瓶间不均匀性的标准不确定度 u_bb = { $u }。
picture-bottles-caption = 圆圈是各瓶的测量值，短横是各瓶的平均值；横线是总平均值，带宽为 ±2 u_bb。
picture-bottles-analysis = 方差分析
picture-bottles-f = F
picture-bottles-critical = F 的 0.95 分位数
picture-bottles-p = p
picture-bottles-between = s_bb
picture-bottles-hidden = u*_bb
picture-bottle = 瓶
picture-time = 时间
picture-time-claimed = 声明的时间
picture-on-line = 直线上的值
picture-stability-long = 长期稳定性（贮存）
picture-stability-short = 短期稳定性（运输）
picture-stability-trend = 斜率 { $slope } 大于界限 { $critical }：物质在变化，不给出稳定性。
picture-stability-none = 斜率 { $slope } 不大于界限 { $critical }：在 { $time } 内看不出变化。
picture-stability-caption = 圆圈是测量值，线是拟合直线，带是直线的 95 % 置信带，虚线是声明的时间。
report-untitled-study = 标准物质研究
report-certified = 标准值 { $value }，U = { $expanded }（k = { $k }）
report-part-characterization = 定值
report-part-bottles = 瓶间
report-part-storage = 长期稳定性
report-part-transport = 短期稳定性
report-part-all = 合成
report-drift = 控制图报警：数值在漂移或偏移。请停下来查明原因，再继续使用。
report-lots = 两批比对
report-pass = 合格
report-conditional-pass = 在限内，但近得可能不合格
report-conditional-fail = 在限外，但近得可能合格
report-fail = 不合格
report-undecided = 不可判定
report-nothing-acceptable = 不确定度太大，按这条规则没有可接受的值
report-conformance = 合格概率 { $probability }。
report-specific-risk = 这个结论错误的概率 { $risk }。
