### 数字校准证书里的话。

dcc-serial-number = 出厂编号
dcc-thing = 对象标识
dcc-synthetic = 示例数据：机构、人员和器具都是虚构的。
dcc-kind-verification = 检定证书
dcc-kind-rejection-notice = 检定结果通知书
dcc-kind-calibration = 校准证书
dcc-valid-through = 有效期至
dcc-check = 在 { $address } 核验，或用同名的 .heng 文件离线核验。
finding-xml-not-well-formed = XML 不完整：{ $reason }
finding-xml-doctype = 文件带有 DTD，不会展开。去掉它。
finding-xml-entity = 实体 { $name } 不会展开。直接写字符。
finding-quantity-value-no-decimal = { $value } 不是十进制数。
finding-list-lengths-differ = 列表长度不一致：{ $values } 个值，{ $others } 个不确定度或包含因子。
dcc-environment-not-recorded = 未记录环境条件
dcc-conforms = 合格
dcc-does-not-conform = 不合格
dcc-not-decidable = 无法判定
dcc-not-judged = 未作判定
finding-hybrid-values-disagree = 同一量值的两种写法不一致：{ $one } 与 { $other }。核对原始数据，只保留正确的一个。
finding-conformity-contradicted = 声明为 { $stated }，但 { $value } 与限值 { $limits } 相比并非如此。核对数据或结论。
finding-reference-broken = 引用 { $reference } 没有指向文件中的任何 id。改正引用或补上 id。
finding-reference-duplicate = id { $reference } 出现不止一次。每个 id 只能用一次。
finding-embedded-file-undecodable = 嵌入文件 { $name } 的 base64 无法解码。重新嵌入该文件。
finding-xml-signature-unchecked = 文件带有 XML 签名，这里没有核验它。请用签名者的工具核验。
finding-certificate-reference-without-hash = 引用的证书 { $number } 在应写散列值之处写的是 { $stated }，无法确定指的是哪个文件。请写明其 XML 的散列值。
