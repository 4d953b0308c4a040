# 工作台
desk-no-cases = 您还没有案件。
desk-empty = 现在没有需要办理的案件。
desk-mine = 轮到您
desk-count = { $count } 件
desk-more = 接着看
desk-count-many = { $count } 件以上
desk-plus = 合适
desk-minus = 注意
desk-group-accept = 等待受理
desk-group-assign = 等待指派调解员
desk-group-answer = 等待调解员答复
desk-group-mediate = 正在调解
desk-group-sign = 正在签名盖章
desk-group-certify = 调解已结束
desk-group-file = 等待法院受理
desk-group-review = 法院正在审查
desk-group-invited = 等待对方答复邀请
desk-group-choosing = 等待当事人选择
desk-group-settled = 已达成协议
desk-group-after = 确认之后与履行
desk-group-gone = 已移交或结案
desk-stage-consult = 正在咨询
desk-stage-assess-submitted = 等待分类
desk-stage-assess-routed = 等待选择办法
desk-stage-mediate-received = 等待受理
desk-stage-mediate-inviting = 正在邀请对方
desk-stage-mediate-selecting = 正在选调解员
desk-stage-mediate-disclosing = 等待调解员答复或双方看说明
desk-stage-mediate-active = 正在调解
desk-stage-mediate-paused = 调解暂停
desk-stage-mediate-signing = 正在签名
desk-stage-mediate-settled = 协议已生效
desk-stage-mediate-partial = 部分协议已生效
desk-stage-mediate-ended = 没有达成协议
desk-stage-mediate-ended-certified = 没有达成协议，证明已出具
desk-stage-confirm-prepared = 等待双方共同申请
desk-stage-confirm-filed = 已交法院
desk-stage-confirm-reviewing = 法院正在审查
desk-stage-confirm-valid = 法院已确认
desk-stage-confirm-dismissed = 申请被驳回
desk-stage-confirm-not-accepted = 法院未受理
desk-stage-confirm-withdrawn = 申请已撤回
desk-stage-perform = 正在履行
desk-stage-breached = 没有按时履行
desk-stage-arbitrate = 已转仲裁
desk-stage-litigate = 已转法院
desk-stage-closed = 已结案

# 受理
desk-intake-title = 受理登记
desk-triage = 属于哪一类纠纷
desk-triage-hint = 分好类，当事人就能看到有哪些办法
desk-triage-do = 就按这一类
desk-accept = 受理，并邀请对方
desk-accept-hint = 对方会马上收到邀请，期限从今天起算。
desk-committees = 哪个委员会更合适
desk-committees-hint = 按领域、地点、语言、手上的件数和有无利害关系推荐，仅供参考，由您决定。
desk-here = 就在本会
desk-transfer = 移送给这个委员会

# 指派
desk-assign-title = 指派调解员
desk-assign-lead = 下面按合适的程度排好了，每一位都写明理由。由您决定指派谁。
desk-assign-none = 眼下没有能接这件案子的调解员
desk-assign-none-more = 请看看下面的原因；可以等有人手上空出来再指派。
desk-assign-do = 指派{ $name }
desk-excluded = 不能接的调解员和原因

# 调解员答复
desk-assignment-title = 您愿意调解这件事吗？
desk-ties = 您和双方，或者和这件事，有没有关系？
desk-ties-hint = 亲属、同事、邻居、做过证人或代理人，都算。有关系不一定不能调解，但要让双方知道。
desk-ties-none = 没有任何关系
desk-ties-none-hint = 接受后马上开始
desk-ties-some = 有，我说明一下
desk-ties-some-hint = 双方看过、都不介意，才开始
desk-disclosure = 有什么关系
desk-disclosure-hint = 选“有”的时候填写，双方都会看到
desk-assignment-accept = 接受指派
desk-assignment-refuse-title = 不方便接
desk-assignment-reason = 原因
desk-assignment-refuse = 推辞

# 双方看说明
desk-told-title = 调解员说明了这些
desk-told-lead = 如果您觉得没有关系，就由这位调解员来调解；如果担心不公，可以请求换一位，由调解委员会决定。
desk-waive = 我不介意，同意
desk-waive-hint = 双方都同意，调解就开始。
desk-challenge-title = 想换一位
desk-challenge-why = 为什么想换
desk-challenge-hint = 简单写一句就行
desk-challenge = 请求换一位调解员
desk-decide-title = 决定是否换调解员
desk-decide-told = { $name }的说明
desk-decide-why = { $name }请求换人的理由
desk-decision = 您的决定
desk-decision-uphold = 换一位
desk-decision-uphold-hint = 重新指派
desk-decision-keep = 不换
desk-decision-keep-hint = 马上开始调解
desk-decision-reason = 理由
desk-decide = 作出决定

# 约时间
desk-sessions-title = 约一个见面的时间
desk-sessions-lead = 用手机视频见面。约定后，我们会马上通知双方，邮件里附有日历。
desk-day = 日期
desk-time = 时间
desk-time-hint = 24 小时制，例如 19:30
desk-time-wrong = 请填写时间，例如 19:30
desk-time-taken = 这段时间已经有安排：{ $from } 到 { $until }。请换一个时间。
desk-length = 大约多久
desk-schedule = 约好这个时间
desk-cancel-session = 取消 { $at } 的见面
