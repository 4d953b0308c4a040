# 司法确认：当事人这边
court-join-title = 共同申请司法确认
court-join-form = 加入申请
court-join-now = 确认加入申请
court-last-day = { $days ->
    [0] 今天是最后一天
   *[other] 还剩 { $days } 天
  }
court-provisional = 这个日子里有些节假日还没公布，公布后我们会重新算一遍并通知您。
court-joint = 司法确认要双方一起申请，一个人不能办。法院裁定有效之后，对方不履行，您可以直接申请强制执行。不申请，协议也一样有约束力。
court-which = 向哪家法院申请
court-which-why = 依照民事诉讼法第二百零五条，由当事人住所地、标的物所在地或者调解组织所在地的基层人民法院管辖。
court-other = 换一家法院
court-choose = 就选这家
court-who-joined = 谁加入了申请
court-read = 申请书我看完了，所说的都是真的，协议是自愿签的。
court-consent = 我同意用电子签名签这份申请书，并同意法院通过我留下的联系方式电子送达。
court-prepared = 您已经加入申请
court-prepared-more = 等对方也加入，申请就自动送到法院。
court-filed = 申请已经送到法院
court-filed-more = { $court }会在几天内决定是否受理，结果马上通知您。
court-reviewing = 法院正在审查
court-reviewing-more = { $court }已经受理。法官有问题会在这里问您。
court-withdrawn = 申请已经撤回
court-withdrawn-more = 协议仍然有约束力，双方照协议履行。
court-not-accepted = 法院没有受理
court-not-accepted-more = 协议仍然有约束力；有争议可以再调解，也可以向法院起诉。
court-valid = 法院裁定协议有效
court-valid-more = 一方不履行或没有全部履行，另一方可以向法院申请强制执行。
court-dismissed = 法院驳回了申请
court-dismissed-more = 可以再调解，修改协议或另签一份，也可以向法院起诉。
court-ruling = 民事裁定书
court-served-at = 送达时间
court-read-at = 您打开的时间
court-receive = 打开裁定书
court-receive-more = 打开就表示您收到了，我们会记下时间，作为送达回证。
court-ruling-open = 下载裁定书（PDF 文件）
court-objection = 对裁定有异议的，自收到之日起十五日内向作出裁定的法院提出。
court-question = 法官想问您
court-answer = 您的回答
court-answer-send = 交给法官
court-withdraw-open = 我想撤回申请
court-withdraw-more = 裁定作出之前，任何一方都可以撤回。撤回以后协议仍然有效。
court-withdraw = 撤回申请

# 法院这边
court-queue = 司法确认案件
court-queue-lead = 快到期的排在前面。
court-queue-empty = 现在没有待办的申请。
court-number = 案号
court-kind = 纠纷
court-phase = 进度
court-due = 期限
court-days-left = { $days ->
    [0] 今天到期
   *[other] 还剩 { $days } 天
  }
court-overdue = 已超期
court-phase-prepared = 等待双方加入
court-phase-filed = 待受理
court-phase-reviewing = 审查中
court-phase-valid = 已确认有效
court-phase-dismissed = 已驳回
court-phase-not_accepted = 不予受理
court-phase-withdrawn = 已撤回
court-review = 审查申请
court-agreement = 调解协议
court-papers = 提交的材料
court-papers-why = 依照民事诉讼法解释第三百五十四条。盖有调解组织印章的协议书，同时是调解组织主持调解的证明。
court-identity = 身份
court-identity-none = 没有核对记录
court-contact = 联系方式
court-address = 地址
court-conditions = 逐项审查
court-conditions-why = 依照民事诉讼法解释第三百五十五条、第三百五十八条。平台只做提示，每一项由您判断。全部排除了，才能确认有效。
court-effect-not-accepted = 有这种情形的，不予受理
court-effect-dismissed = 有这种情形的，裁定驳回
court-seen-clear = 平台未见
court-seen-suspected = 平台提示
court-seen-by-hand = 请人工判断
court-clear = 没有这种情形
court-holds = 有这种情形
court-open = 尚未判断
court-note = 备注
court-find = 保存审查意见
court-supplements = 问与答
court-unanswered = 尚未回答
court-intake = 立案
court-accept = 受理
court-refuse-open = 不予受理
court-refuse = 决定不予受理
court-ground = 依据哪一项
court-reasons = 理由
court-reasons-hint = 当事人会看到，请写成完整的句子。
court-ask-open = 要求补充或说明
court-ask = 要问的事
court-ask-hint = 双方都会收到，任何一方都可以回答。
court-ask-send = 发给双方
court-confirm = 确认有效
court-confirm-more = 点下去就作出裁定书，用法院证书签名盖章，并立即送达双方。
court-confirm-now = 裁定确认有效
court-not-yet = 还不能确认
court-not-yet-more = 有项目没有判断、有情形未排除，或者有问题还没有回答。
court-dismiss-open = 驳回申请
court-dismiss-more = 裁定书作出后立即送达双方。
court-dismiss = 裁定驳回

# 印在文书上的话
court-paper-agreement = 调解协议书
court-paper-mediation = 调解组织主持调解的证明（协议书上的调解组织印章）
court-paper-identity = 各方当事人的身份核验记录和联系方式
court-paper-property = 与协议有关的财产权利证明（如有）
court-service-electronic = 同意电子送达：{ $address }
court-ruling-number = （{ $year }）{ $court }诉前调确{ $number }号
court-term = { $who }于{ $by }{ $does }{ $sum }。
court-term-sum = ，金额人民币{ $figures }元（大写：{ $capital }）
