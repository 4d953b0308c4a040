# 代理人、监护人、法定代表人
agent-title = 代理人、监护人
agent-lead = 自己不方便的，可以请人代办；未成年人由监护人代理；单位由法定代表人（商店由经营者）办。登记以后，由调解员核对身份和材料，核对好了才算数。
agent-for = { $agent }（代理{ $party }）
agent-add = 登记一位
agent-party = 替谁办
agent-right = 以什么身份
agent-right-attorney = 委托代理人
agent-right-attorney-hint = 有授权委托书的律师、亲友等
agent-right-guardian = 监护人（法定代理人）
agent-right-guardian-hint = 替未满十八周岁或者不能自己办事的人
agent-right-representative = 法定代表人、负责人或者经营者
agent-right-principal = 负责人
agent-right-operator = 经营者
agent-right-representative-hint = 替公司等单位
agent-name = 姓名
agent-contact = 手机号或邮箱
agent-contact-hint = 本人的，签名时验证码发到这里
agent-if-attorney = 委托代理人请填
agent-special = 特别授权：可以和解，承认、放弃、变更请求（民事诉讼法第六十二条）
agent-signs = 授权书写明可以代签调解协议
agent-special-first = 代签协议要有特别授权，请一并勾选
agent-power = 授权委托书的日期
agent-power-later = 授权委托书的日期还没有到
agent-if-guardian = 监护人请填
agent-relation = 与当事人的关系
agent-relation-hint = 例如：母亲
agent-for-both = 另一位监护人知道并同意由我办理，或者没有其他监护人
agent-for-both-missing = 父母一方办理的，请确认另一方知道并同意
agent-file = 授权委托书或者身份、监护关系证明
agent-file-hint = 照片或 PDF，不超过 10 MB
agent-file-open = 打开证明材料
agent-save = 登记
agent-special-short = 特别授权
agent-general-short = 一般授权
agent-power-of = 授权委托书 { $day }
agent-signs-short = 由代理人在{ $party }的位置签名。
agent-signs-not = 协议由{ $party }本人签名。
agent-accepted = 调解员已于{ $at }核对身份和材料。
agent-waits = 等调解员核对身份和材料。
agent-accept = 核对身份和材料
agent-accept-now = 核对无误
agent-face = 证件照片和本人一致
agent-proof-seen = 授权委托书或者证明材料看过原件，和登记的一致
agent-other-named = 刚才登记的人、授权或者材料有变化，请重新看过再核对
agent-address = { $party }的住址
agent-address-hint = 按户口簿或者营业执照填写，协议书上要写明
agent-code = 代理人收到的验证码
agent-code-hint = 先发到登记的手机号或邮箱，请代理人当面念给您
agent-code-send = 给代理人发验证码
agent-code-sent = 验证码已发到{ $to }，10 分钟内有效。
agent-too-young = 未满十八周岁的人不能代理
agent-dismiss = 不再代理
agent-end-voids = 协议正等着代签。取消代理以后，这份协议和已经签的名都作废，要重新准备、重新签。
agent-end = 取消代理
# 案件里、文书上怎么称呼代理人
agent-named = { $agent }（{ $party }的{ $right ->
    [attorney] 委托代理人
    [guardian] 法定代理人
    [principal] 负责人
    [operator] 经营者
   *[representative] 法定代表人
}）
agent-beside = { $right ->
    [attorney] 委托代理人
    [guardian] 法定代理人
    [principal] 负责人
    [operator] 经营者
   *[representative] 法定代表人
}：{ $agent }
