### 批的抽样检验：判定、风险、不合格率，以及推断与实验室结果的对照。

lot-extended = 接收：整批继续使用
lot-replaced = 不接收：整批更换
lot-open = 不能判定
lot-within-plan = 随机样本中检验了 { $examined } 只，不合格 { $failed } 只，接收数为 { $accept }。
lot-beyond-plan = 随机样本中检验了 { $examined } 只，不合格 { $failed } 只，超过接收数 { $accept }。
lot-ground-missing = 随机样本中检验了 { $examined } 只，不合格 { $failed } 只，接收数为 { $accept }；还没有结果的表可能使判定改变。
lot-ground-draw = 没有说明样本是用哪个种子抽取的：不能证明它是随机样本。
lot-ground-not-fixed = 没有说明清单在抽样前已经固定：不能证明它是随机样本。下次抽样请在种子产生之前公布下面的清单 SHA-256，并在 [draw] 中写明 population。
lot-ground-list = 清单与抽样前固定的清单不同：抽样无效。
lot-plan = 方案与样本
lot-figure = 数值
lot-size = 批量 N
lot-estimated = 其中有可判估计的
lot-sample = 样本量 n
lot-accept = 接收数 c
lot-quality = 极限质量
lot-consumer-risk = 使用方风险（批正好为极限质量时被接收）
lot-good = 仍有 95 % 被接收的最大不合格率
lot-examined = 已检验
lot-failed = 其中不合格
lot-named = 推断点名的表（逐只现场核查）
lot-recall = 全批查全率的 95 % 区间
lot-share = 批的不合格率：各来源各说明多少
lot-source = 来源
lot-mean = 期望
lot-u = 标准差
lot-not-good = 不优于极限质量的概率
lot-draw = 抽样
lot-population = 清单的 SHA-256：{ $population }
lot-drawn = 由种子抽中的，按先后：{ $drawn }
lot-named-are = 推断点名的表：{ $named }
lot-limit = 误差限 ±{ $limit }（{ $norm }，{ $class } 级；{ $confidence ->
    [read] 已核对原文
    [secondary] 依据二手资料
   *[other] 未经核对
}）。
lot-plan-table = 方案取自 { $norm }（{ $confidence ->
    [read] 已核对原文
    [secondary] 依据二手资料
   *[other] 未经核对
}）。
lot-plan-stated = 方案由文件给出。
lot-plan-computed = 方案按极限质量和使用方风险 { $risk } 算得。
lot-extension = 接收的批，{ $cycle } 年的周期可延长 { $by } 年（{ $norm }；{ $confidence ->
    [read] 已核对原文
    [secondary] 依据二手资料
   *[other] 未经核对
}）。
lot-beacon = 种子“{ $seed }”，来自：{ $beacon }。
lot-seed = 种子“{ $seed }”；没有说明来自何处。
picture-lot-title = 方案（n = { $sample }，c = { $accept }）对批量 { $lot } 的接收概率
picture-lot-says = 不合格率为 { $quality } 的批，被接收的概率为 { $risk }；不合格率不超过 { $good } 的批，被接收的概率不低于 95 %。
picture-lot-caption = 曲线是按超几何分布精确算得的接收概率；虚线是极限质量，小圆圈是两个风险点。下方横条是这一批不合格率的 95 % 区间，小圆圈是其期望。
picture-lot-probability = 接收概率
picture-lot-percent = 接收概率 / %
picture-lot-failing = 批中不合格数
picture-lot-share = 批的不合格率 / %
picture-lot-limiting = 极限质量
picture-lot-by-sample = 仅凭随机样本
picture-lot-by-estimates = 仅凭推断
picture-lot-by-both = 两者合用
record-title = 推断与实验室结果
record-precision = 查准率：点名的表中不合格的
record-recall = 查全率：已检验的不合格表中点过名的
record-accused = 误报率：合格的表中点过名的
record-coverage = 推断的 95 % 区间包含实验室结果
record-coverage-laboratory = 同上，区间放宽实验室自身的 U（k = 2）
record-count = 个数
record-share = 比率
record-calibration = 概率与频率
record-class = 推断的概率
record-foretold = 平均概率
record-says = 按推断应有 { $expected } 只不合格，实有 { $failed } 只；若概率属实，出现同样或更不寻常个数的概率为 { $unlikely }。布赖尔评分 { $brier }。
error-lot-unit-count = 文件 { $file } 里没有一只可用的表。
error-lot-plan = 批量 { $lot }、极限质量 { $quality } 在方案表中没有方案。请在 [plan] 中给出 sample 和 accept，或给出 risk 和 accept 由程序计算。
error-lot-plan-none = 批量 { $lot }：即使全部检验，接收数 { $accept } 也守不住所要求的风险。
error-lot-plan-half = [plan] 只给出了 { $stated }，缺少与之配套的项。自定方案请同时给出 sample 和 accept；要算出最小样本量请给出 accept（需要时再给出 risk）；要用方案表则都不给出。
error-lot-plan-closed = 样本 { $sample } 只、接收数 { $accept }：任何一批都会被接收。接收数应小于样本量，批量也不应小于两者。
error-lot-quality = “{ $found }”不是 0 与 100 % 之间的比率。
finding-lot-unreadable = 批文件不能读取：{ $reason }
finding-lot-format = 格式是“{ $stated }”，应为“{ $known }”。
finding-lot-table-width = 这一行有 { $found } 格，表头有 { $wanted } 格；没有采用。
finding-lot-table-number = “{ $found }”不是可用的数。
finding-lot-table-truth = “{ $found }”既不是 true 也不是 false；该估计按不可判处理。请写 true 或 false。
finding-lot-table-column = 没有“{ $column }”列。
finding-lot-unit-without-name = 这一行没有表号；没有采用。
finding-lot-unit-twice = 表 { $unit } 出现两次；只采用第一次。
finding-lot-result-incomplete = 这一行没有表号或误差；没有采用。
finding-lot-result-twice = 表 { $unit } 有不止一个结果；以不合格的为准。
finding-lot-result-unknown = 表 { $unit } 不在这一批里；结果没有采用。
finding-lot-result-not-drawn = 表 { $unit } 不在抽中的样本里；结果没有采用。
finding-lot-result-unclear = 表 { $unit } 的误差离限值不足 U：换一个实验室可能得出相反的结论。
finding-lot-results-missing = 样本 { $sample } 只中有 { $missing } 只还没有结果。
finding-lot-estimates-disagree = 样本与推断相悖：推断预计其中 { $expected } 只不合格，实有 { $failed } 只。请先查推断，再用它。
finding-lot-accepted-but-doubtful = 按方案接收，但连同推断来看，这批不优于极限质量的概率为 { $percent } %，高于方案的使用方风险。
