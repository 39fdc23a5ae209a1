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
