### 在用电能表的评判条件与平台自测。

infer-condition-collection-not-met = 条件不满足（{ $norm }）：采集成功率 { $found } %，应不低于 { $least }。本台区的结果不能按该规范作结论。
infer-condition-collection-unknown = 条件不明（{ $norm }）：采集成功率应不低于 { $least }。
infer-condition-readings-not-met = 条件不满足（{ $norm }）：电量数据 { $found } 组，应不少于 { $least } 组。本台区的结果不能按该规范作结论。
infer-condition-readings-unknown = 条件不明（{ $norm }）：电量数据应不少于 { $least } 组。
infer-condition-monthly-loss-not-met = 条件不满足（{ $norm }）：月线损率 { $found } %，应在 { $least } 与 { $largest } 之间。本台区的结果不能按该规范作结论。
infer-condition-monthly-loss-unknown = 条件不明（{ $norm }）：没有两个时刻所有的表都采到，算不出月线损率；它应在 { $least } 与 { $largest } 之间。
infer-duty-head-class = { $norm }：总表的准确度等级应为 { $figure } 级或更高；读数不能说明这一点。
infer-duty-confirm-on-site = { $norm }：结果只是初步依据，须经现场核查确认。
infer-duty-keep-raw-data = { $norm }：原始数据应保存。
infer-duty-estimate-again = { $norm }：至少每 { $figure } 重新估计一次。
infer-duty-validate-on-references = { $norm }：平台应在参考台区上验证，间隔不超过 { $figure }。
infer-duty-calibrate-the-system = { $norm }：远程校验系统自身应经校准。
error-infer-conditions = 没有名为 { $name } 的条件。已有：{ $known }。
selftest-title = 电能表远程校验平台自测报告
selftest-scope = 在 { $districts } 个真值已知的台区、{ $meters } 只表上运行，其中误差超过限值、停走或被旁路的 { $failing } 只。真值只用于评判。
selftest-norm = 依据 { $norm } 的要求方向编写；{ $confidence ->
    [read] 已核对原文
    [secondary] 只见到规范的名称与摘要，没有核对条文
   *[other] 未经核对
}。
selftest-versions = 程序 { $version }；限值规则 { $rule } 第 { $rule-version } 版。
selftest-district = 台区
selftest-meters = 表数
selftest-decidable = 可判
selftest-failing = 应点名
selftest-named = 已点名
selftest-right = 点名正确
selftest-coverage = 区间包含真值
selftest-bias = 平均偏差 %
selftest-spread = 偏差的标准差 %
selftest-largest = 最大偏差 %
selftest-conditions = 条件
selftest-met = 满足
selftest-no-conditions = 未规定
selftest-not-met = 不满足
selftest-kinds = 按缺陷种类
selftest-kind = 种类
selftest-kind-ok = 无缺陷
selftest-kind-out = 超差
selftest-kind-drift = 漂移
selftest-kind-stopped = 停走
selftest-kind-theft = 被旁路
selftest-kind-other = 其他
selftest-total = 合计
error-selftest-truth = { $path } 里没有这个台区的真值 { $name }_meters.csv（列：meter、kind、err_mean_pct 或 err_pct）。
error-selftest-none = 没有一个台区既有读数又有真值。
