# 证书上的词：标题、栏目、结论。数值来自证书本身，不写在这里。
certificate-page = 第 { $page } 页，共 { $pages } 页
attachment-xml = 证书 { $number } 的机器可读内容（DCC XML）
list-separator = 、
sentence-separator = { "" }

kind-verification = 检定证书
kind-rejection-notice = 检定结果通知书
kind-calibration = 校准证书

badge-synthetic = 示例数据
synthetic-meaning = 本证书的人、机构、器具和数值都是合成的。
badge-not-read = 未经原文核对

term-number = 证书编号
term-client = 委托单位
term-instrument = 器具名称
term-model = 型号规格
term-serial = 出厂编号
term-manufacturer = 制造单位
term-basis-verification = 检定依据
term-basis-calibration = 校准依据
term-occasion = 检定类别
term-verified-on = 检定日期
term-calibrated-on = 校准日期
term-issued-on = 签发日期
term-valid-through = 有效期至
term-place = 地点
authorization-number = 授权证书号 { $number }
rule-version = 规则 { $id } 第 { $version } 版，SHA-256 { $hash }…

occasion-initial = 首次检定
occasion-subsequent = 后续检定
occasion-in-service = 使用中检查
occasion-calibration = 校准
answer-yes = 是
answer-no = 否

outcome-conforms = 合格
outcome-does-not-conform = 不合格
outcome-not-decidable = 不可判定
verdict-conforms = 检定结果符合 { $norm } 的要求。
verdict-conforms-class = 检定结果符合 { $norm } 的要求，准予作 { $class } 级使用。
verdict-does-not-conform = 检定结果不符合 { $norm } 的要求，不合格项目：{ $items }。
verdict-not-decidable = 以这样大的不确定度，不能按 { $norm } 判定：{ $items }。
verdict-valid-through = 有效期至 { $day }。

heading-standards = 所用计量标准
heading-conditions = 环境条件与地点
heading-dissemination = 可以传递的量值
heading-remark = 备注
heading-budget = 不确定度的来源
column-standard = 名称、型号、编号
column-range = 测量范围
column-accuracy = 不确定度或准确度等级
column-certificate = 证书编号
column-valid-through = 有效期至
column-quantity = 量
column-from = 从
column-to = 到
column-smallest-uncertainty = 最小不确定度
column-limit = 允许
column-outcome = 结论
column-uncertainty = 不确定度
column-point = 测点
column-source = 来源
column-estimate = 估计值
column-share = 占方差
limits-from = 允许值的依据：
model-of-measurement = 测量模型：
budget-meaning = 每一行是一个输入量：它的估计值、标准不确定度、自由度，和它对结果的贡献；横条是它在方差里占的份额。
picture-name = { $item }：{ $points } 个测点在允许范围中的位置
picture-caption = 灰带是允许范围，竖线是不确定度。圆点合格，方块不合格，虚线圈不可判定。

function-verifier-verification = 检定员
function-verifier-calibration = 校准员
function-reviewer-verification = 核验员
function-reviewer-calibration = 核验员
function-approver-verification = 批准人
function-approver-calibration = 批准人

check-code = 核验地址 { $address } 的二维码
check-scan = 扫码核验
check-offline = 没有网络时：

note-signature = 本证书由机构的电子签名生效，纸面是它的打印件；签名、登记和溯源随附件里的证明包一同核验。
note-scope = 结果只对所检的这件器具有效。未经本机构书面同意，不得部分复制。
note-verification = 在有效期内，器具经修理、拆封或改动后须重新检定。
note-rejection-notice = 本器具不得用于须经检定合格方可进行的计量。
note-calibration = 校准给出量值和不确定度，不作合格判定，除非委托方要求并在上面写明。
note-not-read = 标有“未经原文核对”的数值取自二手资料，尚未与规程原文核对。

characteristic-class = 准确度等级
characteristic-max = 最大秤量 Max
characteristic-min = 最小秤量 Min
characteristic-e = 检定分度值 e
characteristic-d = 实际分度值 d
characteristic-n = 检定分度数 n
characteristic-range = 测量范围
characteristic-from = 测量下限
characteristic-to = 测量上限
characteristic-lower = 测量下限
characteristic-upper = 测量上限
characteristic-division = 分度值
characteristic-resolution = 分辨力
characteristic-nominal = 标称值
characteristic-density = 密度
characteristic-voltage = 标称电压
characteristic-current = 标称电流
characteristic-power = 额定功率
characteristic-constant = 电表常数
characteristic-flow_min = 最小流量
characteristic-flow_max = 最大流量
characteristic-fuel = 油品
characteristic-phases = 相数

quantity-mass = 质量
quantity-pressure = 压力
quantity-temperature = 温度
quantity-volume = 容量
quantity-energy = 电能
quantity-length = 长度
quantity-voltage = 电压
quantity-current = 电流
quantity-power = 功率
quantity-time = 时间
quantity-frequency = 频率
