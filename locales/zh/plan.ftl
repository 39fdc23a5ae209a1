# 规划文件里的问题，按代码。

finding-plan-unreadable = 读不了文件 { $file }：{ $reason }
finding-plan-format = { $file } 的格式是 { $stated }，能读的是 heng-plan/1。
finding-plan-other = { $file } 属于规划 { $stated }，其他文件属于 { $plan }。
finding-plan-id-twice = { $id } 出现了两次。
finding-plan-row-without-service = 第 { $row } 行没有说怎样落实。
finding-plan-service-unknown = 第 { $row } 行由 { $service } 落实，但没有它的说明。
finding-plan-row-unknown = 第 { $row } 行属于 { $under }，但没有这一行。
finding-plan-quote-missing = { $row } 没有引用任何文件。
finding-plan-quote-not-found = { $document } 里没有这句话：{ $quote }
finding-plan-document-unknown = 没有文件 { $document }。
finding-plan-section-unknown = { $document } 没有“{ $section }”这一部分。
finding-plan-sentences-of-another-text = 这些引文取自另一份文本，与 { $document } 所指的散列值不同。
finding-plan-body-unknown = 规划里没有责任主体“{ $body }”；请加上它，或把它列为别名。
finding-plan-duty-unreadable = 这句话没有点名任何单位：{ $duty }
finding-plan-figure-unreadable = “{ $figure }”不是数。
finding-plan-unit-unknown = “{ $unit }”不是规划用的单位（count、percent、minute、yuan、none）。
finding-plan-unit-wrong = { $indicator } 写的单位是 { $stated }，算出来的是 { $given }。
finding-plan-ratio-unlike = { $indicator } 把不同种类的量相除：{ $asked }。
finding-plan-measure-unreadable = 读不懂 { $indicator } 的算法：这里应当是{ $expected ->
    [measure] 一个算法
    [shallower] 嵌套少一些的算法
    [score] 一种检验得分
    [indicator] 一个指标
    [kind] 一种证据
    [field] 它的一项
    [word] 它的一个词
    [value] 一个值
    [year] year
    [end] 结尾
   *[other] { $expected }
}。
finding-plan-evidence-unknown = { $indicator } 要用的证据种类 { $asked } 不存在。
finding-plan-word-unknown = { $indicator } 要用 { $asked }，但这种证据没有这一项。
finding-plan-number-unknown = { $indicator } 要用的数 { $asked }，这种证据没有。
finding-plan-indicator-unknown = 没有指标 { $asked }。
finding-plan-cycle = { $id } 绕回到自己身上。
finding-plan-sum-unreconciled = { $id } 分解后的合计是 { $sum }，目标是 { $goal }。
finding-plan-share-of-percent = { $id } 是百分数，不能分解成份额。
finding-plan-conflict-not-so = 规划里看不出冲突 { $conflict } 所说的情况。

plan-forecast-seal = 预报已封存
plan-forecast-observation = 实况观测
plan-stage-project = 立项
plan-stage-draft = 起草
plan-stage-consultation = 征求意见
plan-stage-published = 发布
plan-stage-reviewed = 复审有效
plan-stage-replaced = 代替
plan-stage-abolished = 废止

finding-plan-fact-kind = 没有“{ $stated }”这一类证据。规划认得：{ $known }。
finding-plan-fact-of-log = “{ $kind }”类证据从账中读取，不能另行证明。
finding-plan-fact-word = “{ $kind }”类证据不含“{ $stated }”。它含：{ $known }。
finding-plan-fact-number = “{ $kind }”类证据不含数值“{ $stated }”。它含：{ $known }。
finding-plan-fact-number-missing = “{ $kind }”类证据须给出数值“{ $asked }”。
finding-plan-fact-ends-before = 结束日期早于开始日期。
finding-plan-fact-too-few = { $stated } 涉及的人数不足 { $least }，可能被辨认。请按更大的范围汇总。
finding-plan-fact-district = 规划中没有代码为 { $stated } 的区。

finding-plan-own-matter = { $party } 不能为自己的事项作证，须由他人证明。
finding-plan-forecast-ends-before = 时段的结束早于开始。
finding-plan-forecast-too-late = 时段已于 { $begins_at } 开始，现在是 { $now }：此时所说不是预报。
finding-plan-observed-too-early = 时段到 { $ends_at } 结束，现在是 { $now }：尚无人观测完整。
finding-plan-observed-outside = 发生时间不在所观测的时段内。
finding-plan-observed-own = { $party } 自己作此预报，实况须由他人给出。
finding-plan-norm-to-come = { $norm }：{ $day } 尚未到来。
finding-plan-norm-backwards = { $norm } 已处于 { $before }，不能退回 { $now }。
finding-plan-feedback-no-use = 账中没有证书 { $statement }：反馈须指明一次实际使用。
finding-plan-feedback-not-own = 该证书不是由 { $party } 出具的。
finding-plan-feedback-other-norm = 该证书依据的是 { $under }，不是 { $norm }。
finding-plan-not-the-authority = 只有 { $authority } 可以作此声明，{ $party } 不可以。
finding-plan-may-not-attest = { $party } 在 { $day } 无权为规划证明事实（区：{ $district }）。
error-plan-file = 无法读取规划文件 { $file }：{ $reason }

finding-plan-words-unreadable = 无法读取：{ $reason }
finding-plan-words-format = 格式为 { $stated }，应为 { $format }。
error-no-plan = { $day } 没有生效的规划。请先发布：heng plan import rules/plans/tianjin-2035 --data DIR
error-plan-row = 规划中没有行或指标 { $row }。
error-plan-department = 规划中没有名为 { $name } 的单位。相近的有：{ $near }
error-plan-indicator = 没有指标 { $indicator }。有：{ $known }。
plan-said = 已签名入账：{ $statement }
plan-said-all = 已声明 { $said } 条，拒绝 { $refused } 条。
plan-read = { $plan }：{ $rows } 行，{ $indicators } 个指标，{ $quotes } 处引文。
plan-status-title = { $plan }，截至 { $day }
plan-status-indicator = { $id }  { $name }：{ $figure }（目标 { $goal }，{ $year }） · { $state } · { $count } 条声明
plan-status-row = { $id }  { $asks } —— { $served }：{ $why }
plan-status-rows = 共 { $count } 行：推导 { $derived }，配置 { $configured }，跟踪 { $tracked }，尚未 { $not_yet }。
plan-no-figure = 无证据
plan-unit-count = { "" }
plan-unit-percent = %
plan-unit-minute = min
plan-unit-yuan = 元
plan-unit-none = { "" }
plan-service-derived = 推导
plan-service-configured = 配置
plan-service-tracked = 跟踪
plan-service-not-yet = 尚未
plan-state-vision = 愿景，不计
plan-state-no-measure = 无度量
plan-state-no-evidence = 无证据
plan-state-reached = 达到
plan-state-on-pace = 按进度
plan-state-behind = 落后
plan-state-missed = 未达到
plan-state-kept = 符合
plan-state-broken = 不符合
plan-state-too-early = 尚早
plan-why-quote = { $document } { $section }：“{ $text }”
plan-why-measure = 度量：{ $measure }
plan-why-figure = { $day }：{ $figure }，{ $state }
plan-why-base = 文件所述：{ $year } 年末 { $figure }。
plan-why-base-without = 其中 { $figure } 在此无证据。
plan-why-goal = 目标：{ $year } 年末 { $figure }
plan-why-planned = 计划进度：每年 { $figure }
plan-why-required = 所需进度：每年 { $figure }
plan-why-achieved = 实际进度：每年 { $figure }
plan-why-forecast = 趋向 { $expected }（95 %：{ $low } 至 { $high }）
plan-why-year =   { $year } 年末：{ $figure }
plan-why-evidence = 证据（{ $count }）：
plan-why-fact =   { $name } · { $from } – { $until } · { $statement }
plan-why-more =   另有 { $count } 项
plan-why-gaps = 缺口（{ $count }）：
plan-why-gap =   { $name }
plan-why-lapses = 最先失效：{ $name }，{ $day } 之后
plan-outcome-hit = 命中
plan-outcome-miss = 漏报
plan-outcome-false-alarm = 空报
plan-outcome-correct-rejection = 正确否定
plan-outcome-unverified = 未验证
plan-outcome-late = 封存过晚
plan-score-hit-rate = 命中率
plan-score-accuracy = 准确率
plan-score-threat = TS 评分
plan-score-false-alarm-ratio = 空报率
plan-score-base-rate = 气候频率
plan-forecast-product = { $product }：{ $outcomes }
plan-forecast-score =   { $name }：{ $share }
plan-forecast-lead =   命中的平均提前量：{ $minutes } min
plan-forecast-none = 届时没有已验证的预报。
norm-cited = { $by } 引用 { $as_written }，第 { $clause } 条
norm-cited-count = { $norm } 在 { $count } 处被引用。
norm-used = { $norm } { $stage }：{ $count } 份证书，{ $feedback } 条意见
norm-stale = { $by } 引用 { $norm }，自 { $since } { $stage }；现为 { $replaced_by }
norm-overdue = { $norm }：应于 { $day } 前复审
norm-stale-count = { $stale } 处过时引用，{ $overdue } 项逾期复审。
plan-why-closing = 已提出、可补上缺口的：{ $count } 项标准，{ $cost } 元（{ $bound }）：
plan-why-closing-exact = 没有更便宜的组合
plan-why-closing-greedy = 至多为最便宜者的 { $factor } 倍
plan-why-not-proposed = 有 { $count } 项缺口无人提出办法。
