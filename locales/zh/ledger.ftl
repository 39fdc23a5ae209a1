### 台账：读、写、收。

finding-ledger-no-headings = 没有找到表头：前 20 行里没有一行有三个认得的列名。下载空白台账，或核对列名。
finding-ledger-kind-unknown = “{ $text }”不是认得的器具种类。从空白台账的下拉表里选。
finding-ledger-district-unknown = “{ $text }”不是认得的区。
finding-ledger-purpose-unknown = “{ $text }”不是认得的用途。填 贸易结算、安全防护、医疗卫生、环境监测 或 其他。
finding-ledger-range-part = 测量范围的“{ $text }”没有写成“名称 = 值”。各项之间用分号隔开。
finding-ledger-range-unknown = 测量范围的“{ $text }”不认得。这种器具有：{ $known }
finding-ledger-range-twice = 测量范围的“{ $text }”写了两遍。
finding-ledger-unit-of-another-kind = “{ $text }”的单位不对，要用 { $unit } 或它的同类单位。
finding-ledger-not-one-of = “{ $text }”不在可选的几项里：{ $choices }
finding-ledger-missing-name = 没有填器具名称。
finding-ledger-missing-kind = 没有填器具种类，从名称也看不出来。
finding-ledger-missing-serial = 没有填出厂编号。
finding-ledger-missing-manufacturer = 没有填制造厂。
finding-ledger-missing-district = 有使用地点，没有填使用区。
finding-ledger-twice = 出厂编号 { $serial } 的器具（{ $id }）在表里不止一行，都没有收。只留一行。
finding-ledger-of-another = { $id } 登记在别的单位名下。请对方先转出，或核对标识。
finding-ledger-not-an-instrument = { $id } 不是工作计量器具（例如是计量标准），台账里不收。
finding-ledger-nameplate = { $id } 已有证书，证书上写着它的铭牌；种类、型号、出厂编号、制造厂、等级和范围不能再改。若是另一台器具，删去标识，按新器具登记。
finding-ledger-id-malformed = “{ $id }”不能作标识。新器具把标识留空。

ledger-notes = 台账的填法
ledger-notes-row = 一行一台器具。一行有错，只丢这一行。
ledger-notes-needed = 蓝底的列必须填：器具名称、器具种类、出厂编号、制造厂。
ledger-notes-blank = 已登记的器具，空着的格子表示不变。
ledger-notes-range = 测量范围写成“名称 = 值；名称 = 值”，例如：最大秤量 Max = 30 kg；最小秤量 Min = 200 g。也可以照铭牌写一句话。
ledger-notes-id = 器具标识由系统给出，新器具留空。
ledger-notes-nameplate = 已有证书的器具，铭牌上的内容不能再改；名称、使用地点和用途可以改。
ledger-notes-unread = 灰字的列（检定状态、有效期至、证书编号）只供查看，读入时不看。

ledger-done = 新登记 { $new } 台，更改 { $changed } 台，{ $same } 台不变，{ $refused } 行没有收。
ledger-would = 将新登记 { $new } 台，更改 { $changed } 台，{ $same } 台不变，{ $refused } 行收不了。什么都还没有登记。
error-ledger-keeper = 台账是谁的？{ $reason }

ledger-title = 器具台账
ledger-out = 导出
ledger-out-says = 登记在册 { $total } 台，列名与计量器具台账一致；导出的文件改了可以再导入。
ledger-xlsx = 下载 XLSX
ledger-csv = 下载 CSV
ledger-in = 导入
ledger-in-says = CSV 或 XLSX，最多 8 MB、5 万行。先看每一行会怎样，再登记。
ledger-blank = 下载空白台账
ledger-choose = 台账文件
ledger-look = 先看看
ledger-foreseen-title = 会怎样
ledger-entered-title = 登记好了
ledger-again = 看过之后账本有了变化，还没有登记。这是现在的样子，请再看一遍。
ledger-enter = 登记 { $count } 台
ledger-not-yet = 先不登记
ledger-enter-note = 每台是一份声明，以你单位的名义签字，记入账本。收不了的行改好后再导入，已登记的不会重复。
ledger-rows = 各行的结果
ledger-row-heading = 位置
ledger-row = 第 { $row } 行
ledger-row-of-sheet = “{ $sheet }”第 { $row } 行
ledger-at-cell = { $cell }：{ $said }
ledger-instrument = 器具
ledger-fate = 结果
ledger-why = 说明
ledger-more = 还有 { $count } 行没有列出。
ledger-same = 不变的 { $count } 台
ledger-fate-new = 新登记
ledger-fate-changed = 更改
ledger-fate-refused = 收不了
ledger-change-name = 名称
ledger-change-nameplate = 铭牌
ledger-change-place = 使用地点
ledger-change-purpose = 用途
