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
