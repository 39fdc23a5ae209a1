# 数、单位和不确定度的读法。$text：原文；$suggestion：可能要写的。

finding-quantity-missing = 这里没有量值。写上数和单位，例如 20.5 °C。
finding-number-malformed = “{ $text }”读不成一个数和一个单位。数用小数点，从个位起三位一空，后面只写一个单位，例如 1 000.5 g。
finding-number-full-width = “{ $text }”里有全角字符。改写成 { $suggestion }。
finding-number-comma = “{ $text }”里有逗号，分不清是小数点还是分节号。小数点用“.”，分节用空格。
finding-number-beyond-bounds = “{ $text }”的位数或幂次超出任何测量值。请核对这个数。
finding-unit-missing = 这里没有单位。写上单位；纯数写 \one。
finding-unit-misspelt = “{ $text }”不是 D-SI 单位，因此没有采用。如果指的是 { $suggestion }，请这样写。
finding-unit-unknown = “{ $text }”不是认得出的单位，因此没有采用。写成 D-SI 单位或通用符号。
finding-unit-rewritten = “{ $text }”不合 D-SI 的写法，按定义就是 { $suggestion }，已照此理解。出具文件的一方应当改写。
finding-unit-outside-dsi = “{ $text }”不在 D-SI 之内，因此没有采用。数值乘以 { $factor }，单位写 { $suggestion }。
finding-unit-fahrenheit = “{ $text }”是华氏度，不在 D-SI 之内，因此没有采用。数值减 32 再乘 5/9，单位写 { $suggestion }。
finding-unit-prefix-refused = “{ $text }”没有采用：{ $unit } 不能加词头 { $prefix }。换一个可加词头的单位，并换算数值。
finding-unit-ambiguous = “{ $text }”可以是 { $candidates }。写明是哪一个。
finding-unit-name-for-symbol = “{ $text }”是单位的名称。数后面用符号：{ $suggestion }。

# 不确定度的说法自相矛盾。
finding-coverage-factor-impossible = 包含因子 k = { $factor } 与包含概率 p = { $probability } 对不上：所说的分布在这个 k 下，概率在 { $least } 与 { $greatest } 之间。请向出具方核实 k 和 p。
finding-coverage-factor-not-positive = 包含因子 k = { $factor } 应当大于零。请向出具方核实。
finding-coverage-probability-range = 包含概率 p = { $probability } 应当大于 0，最大为 1；百分之九十五写 0.95。请向出具方核实。
finding-uncertainty-negative = 不确定度 { $uncertainty } 小于零，而不确定度不会为负。请向出具方核实。
finding-interval-reversed = 包含区间的下限 { $lower } 大于上限 { $upper }。请向出具方核实两端。
finding-interval-excludes-value = 量值 { $value } 不在自己的包含区间 { $lower } 到 { $upper } 之内。可以如此，但少见；请向出具方核实。
finding-covariance-size = 协方差矩阵有 { $columns } 列，量有 { $components } 个分量：行、列数都应当等于分量数。请向出具方要完整的矩阵。
finding-covariance-asymmetric = 协方差矩阵第 { $row } 行第 { $column } 列的元素，与对称位置上的不等。请向出具方核实。
finding-covariance-not-positive = 这个矩阵不会是协方差矩阵：按它算，某个方向的方差小于零。请向出具方核实。

# 法定计量单位的依据。
legal-basis-order1984-table1 = 国务院关于在我国统一实行法定计量单位的命令（1984），表 1
legal-basis-order1984-table2 = 国务院关于在我国统一实行法定计量单位的命令（1984），表 2
legal-basis-order1984-table3 = 国务院关于在我国统一实行法定计量单位的命令（1984），表 3
legal-basis-order1984-table4 = 国务院关于在我国统一实行法定计量单位的命令（1984），表 4
legal-basis-order1984-table5 = 国务院关于在我国统一实行法定计量单位的命令（1984），表 5
legal-basis-announcement1990 = 关于改革全国土地面积计量单位的通知（1990）
legal-basis-gb3100 = GB 3100-1993《国际单位制及其应用》
legal-basis-gb3101 = GB 3101-1993《有关量、单位和符号的一般原则》
