# 案件页
case-back = 返回案件
case-number = 案号：{ $number }
case-other-dispute = 其他纠纷
case-now = 您现在可以做的
case-sessions = 见面时间
case-steps = 走到哪一步
case-step-done = 已完成
case-step-now = 现在
case-step-later = 需要时再走
case-step-skipped = 没有用到
case-papers = 文书
case-dossier = 整本卷宗（PDF）
case-dossier-data = 整本卷宗（数据文件）
case-dossier-zip = 全部文书和材料（ZIP）
case-print = 打印现在的文书
case-paper-check = 核验真伪
case-paper-evidence = 签署存证
case-paper-large = 大字版
case-paper-agreement = 调解协议书
case-paper-non-settlement = 调解终止证明
case-paper-application = 司法确认申请书
case-paper-ruling = 民事裁定书
case-paper-intake-record = 受理登记表
case-paper-rights-notice = 权利义务告知书
case-paper-session-record = 调解笔录
case-paper-service-address = 送达地址确认书
case-paper-extension = 延长调解期限确认书
case-failures = 这些消息没有送到，请换个方式联系
case-call = 有事找谁
case-call-phone = 电话：
case-call-address = 地址：{ $address }
case-about = 案件情况
case-place = 地点
case-story = 事情经过
case-opened = 提交日期
case-law = 法律怎么说，有哪些办法
case-history = 办理记录
case-claim-stop = 请求停止、排除
case-claim-money = 请求给付
case-claim-conduct = 请求作为
case-role-claimant = 申请人
case-role-respondent = 对方当事人
case-role-mediator = 调解员
case-seat-empty = （还没有上线）
case-due = 截止：{ $day }
case-due-passed = 已到期：{ $day }
case-due-provisional = 暂定
case-due-provisional-why = 那一年的放假安排还没有公布，公布后会重新计算并通知您。
case-due-article = 依据：{ $article }
case-due-house = 这是本机构的办理时限，不是法定期限。
case-session-minutes = 大约 { $minutes } 分钟
case-session-enter = 进入会议室
case-session-mode = 怎么见面
case-session-mode-online = 线上视频
case-session-mode-on-site = 到现场
case-session-mode-mixed = 有人到现场，有人线上
case-session-room = 去哪个调解室
case-session-room-hint = 线上视频的不用选。选了调解室，这段时间就留给您，别人约不到
case-session-address = 别的地方（地址）
case-session-address-hint = 只有选“别的地方”时才填，比如到家里、到现场去谈
case-session-elsewhere = 别的地方
case-session-room-choice = { $name }（{ $address }，{ $seats } 座）
case-session-at = 地点：{ $place }
case-session-at-or-online = 到{ $place }，或者线上参加
case-session-scheduled = 已约定
case-session-open = 正在进行
case-session-closed = 已结束
case-session-cancelled = 已取消
case-record = 谁来过、什么时候来的
case-who-staff = 工作人员
case-who-somebody = 有人
case-who-clock = 系统（到期自动）
case-who-system = 系统

# 现在到了哪一步
case-state-consult = 正在咨询
case-state-assess-submitted = 已收到，正在分类
case-state-assess-routed = 请选择一条路
case-state-mediate-received = 已申请调解，等待受理
case-state-mediate-inviting = 已受理，正在邀请对方
case-state-mediate-inviting-help = 对方需要帮助，正在联系
case-state-mediate-inviting-meet = 对方想当面谈，正在联系
case-state-mediate-selecting = 双方同意调解，正在选调解员
case-state-mediate-disclosing-asked = 已请调解员，等待答复
case-state-mediate-disclosing-told = 调解员说明了一些情况，请双方看看
case-state-mediate-disclosing-challenged = 有人请求换调解员，正在决定
case-state-mediate-active = 调解员已就位，正在调解
case-state-mediate-active-asked-to-write = 正在问双方是否写着谈
case-state-mediate-active-writing = 正在书面调解
case-state-mediate-active-scheduled = 已约好见面时间
case-state-mediate-active-open = 会议正在进行
case-state-mediate-paused = 调解暂停
case-state-mediate-signing = 协议已写好，正在签名
case-state-mediate-signing-sheets = 协议已写好，正在纸上签名
case-state-mediate-signing-scanned = 协议已在纸上签好，扫描件等人复核
case-state-mediate-settled = 达成协议，协议已生效
case-state-mediate-partial = 部分谈成，协议已生效
case-state-mediate-ended = 调解结束，没有达成协议
case-state-mediate-ended-uncertified = 调解结束，正在出具证明
case-state-confirm-prepared = 等待双方共同申请司法确认
case-state-confirm-filed = 司法确认申请已交法院
case-state-confirm-reviewing = 法院正在审查
case-state-confirm-valid = 法院已确认协议有效
case-state-confirm-dismissed = 法院驳回了确认申请
case-state-confirm-not-accepted = 法院没有受理确认申请
case-state-confirm-withdrawn = 确认申请已撤回
case-state-perform = 正在履行协议
case-state-to-verify = 双方都确认做到了，等工作人员到现场看
case-state-breached = 协议没有按时履行
case-state-arbitrate = 已转去仲裁
case-state-litigate = 已转去法院
case-state-closed = 已结案
case-state-closed-performed = 协议已全部履行，已结案
case-state-closed-joined = 这件案子已经并入另一件

# 接下来
case-next-consult = 把事情说清楚，我们就能告诉您有哪些办法。
case-next-assess-submitted = 工作人员会看一看您的事属于哪一类，然后告诉您有哪些办法。您不用做什么。
case-next-assess-routed = { $role ->
    [claimant] 我们把法律怎么说、有哪几条路都列出来了。看完由您自己选，不着急。
   *[other] 等申请人自己选择走哪条路。
  }
case-next-mediate-received = { $role ->
    [staff] 请看看是否归本会管：受理就会邀请对方，不归本会管就移送。
   *[other] 调解委员会正在看您的申请。受理之后，会去邀请对方。
  }
case-next-mediate-inviting = { $role ->
    [respondent] 对方想请人从中说和。参不参加由您决定，不花钱；不同意也不会因此吃亏。
    [staff] 等对方答复。到期没有答复，调解自动结束。
   *[other] 我们已给对方发了消息，等对方答复。对方愿意，就安排调解员；不愿意或一直没有答复，我们会给您一份证明，您还可以走别的路。
  }
case-next-mediate-inviting-help = { $role ->
    [respondent] 工作人员会给您打电话。您也可以现在就答复。
    [staff] 对方说需要帮助，请给对方打个电话。
   *[other] 对方需要一些帮助，工作人员正在联系。
  }
case-next-mediate-inviting-meet = { $role ->
    [respondent] 工作人员会给您打电话，约个当面谈的时间。您也可以现在就答复。
    [staff] 对方想当面谈，请打电话约个时间；说好了，记一次联系。
   *[other] 对方想当面谈，工作人员正在联系。
  }
case-next-mediate-selecting = { $role ->
    [staff] 请从推荐的调解员里指派一位。
   *[other] 调解委员会正在找一位合适、和双方都没有关系的调解员。
  }
case-next-mediate-disclosing-asked = { $role ->
    [staff] 等调解员答复：是否接受，和双方有没有关系。
   *[other] 我们请了一位调解员，正等他答复是否接受，以及和双方有没有关系。
  }
case-next-mediate-disclosing-told = { $role ->
    [staff] 等双方看过调解员的说明。
   *[other] { $acted ->
        [yes] 您已经同意，等对方看过。
       *[no] 请看看调解员的说明：不介意就同意，介意可以请求换人。
      }
  }
case-next-mediate-disclosing-challenged = { $role ->
    [staff] 请决定是否换一位调解员，并写明理由。
   *[other] 调解委员会会决定是否换一位调解员，并说明理由。
  }
case-next-mediate-active = { $role ->
    [staff] 请和双方约一个见面的时间。
   *[other] 调解员会跟您约一个视频见面的时间。
  }
case-next-mediate-active-asked-to-write = { $role ->
    [staff] 等双方答复是否同意写着谈。
   *[other] 调解员提议不见面、写着谈。请打开“书面调解”，说说您同意不同意。
  }
case-next-mediate-active-writing = { $acted ->
    [yes] 您已经写过了，等别人答复。打开“书面调解”可以看。
   *[no] 请打开“书面调解”，看看写来的话和方案，再答复。
  }
case-next-mediate-active-scheduled = 到了时间，点“进入会议室”，调解员会请您进去。
case-next-mediate-active-open = 会议正在进行，可以进入会议室。
case-next-mediate-paused = 调解暂时停下来，调解员会告诉您什么时候继续。
case-next-mediate-signing = { $role ->
    [staff] 各方签完，轮到调解员签名，最后盖委员会的章。
   *[other] { $acted ->
        [yes] 您已经签好了，等其他人签名和盖章。
        [wait] 请先看看协议。还没有轮到您签名，轮到时会通知您。
        [another] 您这一方由另一位签名，您自己不用签；协议全文和签名进度，随时可以看。
       *[no] 请从头到尾看一遍协议；没有问题，就在手机上签名。
      }
  }
case-next-mediate-signing-sheets = { $role ->
    [staff] 这份协议在纸上签：打印出来，各方签名、盖章，再由调解员扫描、和原件核对。
   *[other] { $acted ->
        [another] 这份协议在纸上签，您这一方由另一位签名；协议全文随时可以看。
       *[no] 这份协议要在纸上签。请先看看协议全文，再照调解员的安排在打印出来的协议上签名；不想签，也可以在看协议的那一页告诉我们。
      }
  }
case-next-mediate-signing-scanned = { $role ->
    [staff] 扫描件核对过了。请保管印章的人对照原件再核对一遍：没有问题就确认，有问题就退回。
   *[other] 扫描件核对过了，保管印章的人再对照原件确认一遍，协议就算数。请看看扫描件，哪里不对就告诉我们。
  }
case-next-mediate-settled = { $role ->
    [staff] 双方可以一起申请司法确认；同时按约定履行。
   *[other] 请按约定履行。双方还可以在期限内一起请法院确认，确认后对方不履行就能申请强制执行。
  }
case-next-mediate-partial = 谈成的部分按约定履行，也可以一起申请司法确认；没谈成的部分，您可以走别的路。
case-next-mediate-ended = { $role ->
    [staff] 当事人可以转去仲裁或法院，也可以结案。
   *[other] 您的权利没有减少：可以转去仲裁或法院，材料由我们帮您带过去；也可以到此为止。
  }
case-next-mediate-ended-uncertified = { $role ->
    [staff] 请出具调解终止证明。
   *[other] 委员会正在给您出具调解终止证明。您现在就可以转去仲裁或法院，也可以到此为止。
  }
case-next-confirm-prepared = { $role ->
    [staff] 等各方都加入申请。
   *[other] { $acted ->
        [yes] 您已加入申请，等对方也加入。要双方都加入才能交给法院。
       *[no] 对方已申请，请您看看要不要一起申请。要双方都加入才能交给法院。
      }
  }
case-next-confirm-filed = { $role ->
    [staff] 请对照条件，决定是否受理。
   *[other] 法院会决定是否受理，您不用做什么。
  }
case-next-confirm-reviewing = { $role ->
    [staff] 请逐项审查，作出裁定，或者请当事人补充。
   *[other] 法官正在审查，有问题会在这里问您。
  }
case-next-confirm-valid = 裁定书已送达双方。请按协议履行；对方不履行，可以向法院申请强制执行。
case-next-confirm-dismissed = 协议没有因此作废：可以另行协商、重新调解，也可以起诉。
case-next-confirm-not-accepted = 协议没有因此作废。请看看法院说明的理由。
case-next-confirm-withdrawn = 协议仍然有效，请按约定履行。
case-next-perform = 请按约定履行。付了款点“已经做到”，对方确认后这一条就完成了。
case-next-to-verify = { $role ->
    [staff] 双方都确认做到了。请到现场看一看，把看到的记下来，案子才算办完。
   *[other] 双方都确认做到了。工作人员会到现场看一看，记下来就办完了，您不用再做什么。
  }
case-next-breached = { $role ->
    [respondent] 对方说有约定没有按时做到。请尽快履行，或者和调解员联系。
   *[other] 可以请调解员催一催，也可以向法院起诉；经法院确认过的协议，可以申请强制执行。
  }
case-next-arbitrate = { $role ->
    [staff] 材料已带去仲裁。
   *[other] 请带着下面的文书，向仲裁机构申请。找不到地方，可以给我们打电话。
  }
case-next-litigate = { $role ->
    [staff] 材料已带去法院。
   *[other] 请带着下面的文书，到法院立案。找不到地方，可以给我们打电话。
  }
case-next-closed = 这件事到此为止。今后有需要，可以随时再来。
case-next-closed-performed = 约定的事都做到了，谢谢双方。
case-next-closed-joined = 同一件事说了两次，以后在另一件案子里办，您说过的都带过去了。

# 可以做的事
case-door-assess = 看看有哪些办法，选一条路
case-door-assess-hint = 法律怎么说、要多久、花多少钱，都写在里面
case-door-intake = 受理、移送或分类
case-door-intake-hint = 受理后马上邀请对方
case-door-safety = 安全情况
case-door-safety-hint = 问一问有没有暴力，记下联系和报告
case-door-similar = 相似的案子
case-door-similar-hint = 同一件事并案，同类的事关联
case-door-invitation = 答复邀请
case-door-invitation-hint = 愿意、不愿意，或者需要帮助
case-door-parties = 加一位当事人
case-door-parties-hint = 谈着谈着发现还有别人有关系，请他也来
case-door-assign = 指派调解员
case-door-assign-hint = 推荐名单和理由都列好了
case-door-assignment = 答复指派
case-door-assignment-hint = 接受并说明有无关系，或者推辞
case-door-disclosure = 看调解员的说明
case-door-disclosure-hint = 不介意就同意，介意可以请求换人
case-door-translation = 写协议的译文
case-door-translation-hint = 协议用两种语言，译文由调解员或者翻译写
case-door-wishes = 说说您的希望
case-door-wishes-hint = 想用什么话谈、您在哪里上班
case-door-choose = 选调解员
case-door-choose-hint = 点名您信得过的，对方看不到您选了谁
case-door-disclose = 补充说明关系
case-door-disclose-hint = 调解中才发现和当事人有关系
case-door-replacement = 换调解员
case-door-replacement-hint = 请求、决定和交接
case-door-agents = 代理人、监护人
case-door-agents-hint = 请人代办，或者替未成年人、单位办
case-door-on-paper = 在纸上签
case-door-on-paper-hint = 打印、手签、扫描，调解员核对
case-door-team = 一起参加的人
case-door-team-hint = 亲友、专业人士、翻译，谁来谁走
case-door-joining = 答复邀请
case-door-joining-hint = 有人请您参加这次调解
case-door-challenge = 决定是否换调解员
case-door-challenge-hint = 要写明理由
case-door-sessions = 约见面时间
case-door-sessions-hint = 约定后会通知双方，并附上日历
case-door-identity = 核对身份
case-door-identity-hint = 签名之前，把证件和本人对一对
case-door-board = 协议条款
case-door-board-hint = 谁、做什么、多少钱、到哪天为止
case-door-pause = 暂停或继续
case-door-pause-hint = 需要鉴定、有疑点或不安全的时候
case-session-record = 笔录
case-door-writing = 书面调解
case-door-writing-hint = 不见面，写着谈：说明情况、提方案、答复
case-door-term = 延长调解时间
case-door-term-hint = 时间不够的话，大家都同意就可以延长
case-door-contacts = 记一次联系
case-door-contacts-hint = 打了电话、寄了信、上了门，把结果记下来
case-door-sign = 看协议并签名
case-door-sign-hint = 从头看到尾，再签名
case-door-seal = 盖章
case-door-seal-hint = 核对之后盖委员会的章
case-door-end = 结束调解
case-door-end-hint = 不想谈了，随时可以结束
case-door-certificate = 出具调解终止证明
case-door-certificate-hint = 不写谁对谁错，也不写谁让过什么
case-door-hand-over = 转去仲裁或法院
case-door-hand-over-hint = 材料由我们帮您带过去
case-door-confirmation = 司法确认
case-door-confirmation-hint = 双方一起请法院确认协议
case-door-review = 审查司法确认申请
case-door-review-hint = 协议和条件对照着看
case-door-supplement = 回答法官的问题
case-door-supplement-hint = 法官有一点想问清楚
case-door-ruling = 看裁定书
case-door-ruling-hint = 打开就是签收
case-door-evidence = 照片和证据
case-door-evidence-hint = 把事情的经过给对方看，也可以只给调解员看
case-door-exhibits = 交给法院的材料
case-door-exhibits-hint = 房本、合同、凭证，或者法官另外要的
case-door-service = 确认送达地址
case-door-service-hint = 文书送到哪里、用什么方式送，由您自己定
case-door-performance = 履行情况
case-door-performance-hint = 做到了说一声，对方确认
case-door-rights = 看看您的权利和义务
case-door-rights-hint = 调解开始前要告诉您的
case-door-delivery = 寄出或者当面交付文书
case-door-delivery-hint = 没有同意电子送达的当事人，文书送到了没有，记错了怎么改
case-door-help = 请执法部门协助
case-door-help-hint = 违建、消防隐患、夜里吵闹等，请有权管的部门来
case-door-verify = 到现场核实
case-door-verify-hint = 看一看约定的事做到没有，记下来
case-door-follow-up = 回访
case-door-follow-up-hint = 问问双方现在怎么样
case-door-close = 结案
case-door-close-hint = 这件事到此为止

# 办理记录
case-event-open = { $who }提交了这件事
case-event-triage = { $who }确定了纠纷的类别
case-event-choose-way = { $who }选择了办法
case-event-take-seat = 一位当事人验证了联系方式
case-event-transfer = { $who }把案件移送给另一个调解委员会
case-event-screen = { $who }问了有没有暴力
case-event-lift-warning = { $who }写明理由，解除了安全提示
case-event-report-danger = { $who }把危险情况报告了有关部门
case-event-escalate = 最初几分钟的时限已过，平台告诉了上级
case-event-link = { $who }把另一件案子关联了过来
case-event-join-into = { $who }把这件案子并入另一件，同一件事不办两次
case-event-take-in = { $who }把同一件事的另一件案子并了进来
case-event-accept = { $who }受理了案件，并邀请对方
case-event-accept-invitation = { $who }愿意参加调解
case-event-decline-invitation = { $who }不参加调解
case-event-ask-for-help = { $who }说需要帮助
case-event-ask-to-meet = { $who }想当面谈
case-event-wrong-person = 收到的人说找错人了
case-event-add-party = { $who }加了一位当事人
case-event-correct-contact = { $who }更正了联系方式
case-event-step-up = 还没有答复，进入下一步联系
case-event-take-visit = 网格员接下了上门
case-event-print-letter = 邀请函打印好了
case-event-ask-call = 申请回电
case-event-record-contact = { $who }记了一次联系
case-event-assign = { $who }指派了调解员
case-event-accept-assignment = { $who }接受了指派
case-event-refuse-assignment = { $who }推辞了指派
case-event-waive = { $who }看过说明，同意由这位调解员来调解
case-event-challenge = { $who }请求换调解员
case-event-tell-wishes = { $who }说了自己的希望
case-event-name-mediators = { $who }点名了调解员
case-event-end-choice = 选调解员的时间到了
case-event-disclose = { $who }补充说明了关系
case-event-ask-replacement = { $who }请求换调解员
case-event-decide-replacement = { $who }对换调解员作了决定
case-event-write-hand-over = { $who }写了交接说明
case-event-invite-member = { $who }请人来参加
case-event-join-team = { $who }答应参加
case-event-consent-to-member = { $who }对请人参加表了态
case-event-leave-team = { $who }不再参加
case-event-dismiss-member = { $who }请一位参加的人退出
case-event-decide-challenge = { $who }对换人的请求作了决定
case-event-schedule-session = { $who }约定了见面时间
case-event-cancel-session = { $who }取消了一次见面
case-event-open-session = { $who }打开了会议室
case-event-seat-at-screen = { $who }记下了谁坐在现场的屏幕前
case-event-close-session = { $who }关闭了会议室
case-event-record-identity = { $who }核对了一位当事人的身份
case-event-pause = { $who }暂停了调解
case-event-ask-recording = { $who }征求大家意见：能不能录音录像
case-event-consent-recording = { $who }同意录音录像
case-event-withdraw-recording = { $who }撤回了同意，录音录像停止
case-event-start-recording = 开始录音录像
case-event-stop-recording = 录音录像停止
case-event-seal-recording = 录音录像已经封存，校验码记录在案
case-event-keep-recording = 录音录像整理好了，可以回看
case-event-delete-recording = 录音录像已经删除
case-event-draft-record = { $who }写了笔录草稿
case-event-agree-proposals = { $who }同意把方案写进笔录
case-event-lay-record = { $who }把笔录拿给大家核对
case-event-ask-correction = { $who }请求更正笔录
case-event-sign-record = { $who }在笔录上签了名
case-event-refuse-record = { $who }没有在笔录上签名
case-event-note-refusal = { $who }记下有人没有在笔录上签名
case-event-propose-writing = { $who }提议书面调解
case-event-agree-to-writing = { $who }同意书面调解
case-event-ask-for-room = { $who }想见面谈
case-event-write-message = { $who }写了一段话
case-event-make-offer = { $who }提了一个方案
case-event-accept-offer = { $who }接受了方案
case-event-decline-offer = { $who }没有接受方案
case-event-withdraw-offer = { $who }收回了方案
case-event-lapse-offer = 一个方案过了答复的日子
case-event-propose-extension = { $who }想延长调解时间
case-event-agree-extension = { $who }同意延长
case-event-refuse-extension = { $who }不同意延长
case-event-resume = { $who }继续调解
case-event-name-agent = { $who }登记了代理人
case-event-accept-agent = { $who }核对了代理人的身份和授权
case-event-dismiss-agent = { $who }取消了代理人
case-event-sign-on-paper = { $who }把协议改成在纸上签
case-event-certify-scan = { $who }核对了纸上签好的协议，等人复核
case-event-return-scan = { $who }退回了协议的扫描件
case-event-prepare-signing = { $who }把条款写成了协议
case-event-reopen-draft = { $who }重新修改条款，已有的签名作废
case-event-consent-to-sign = { $who }同意用电子签名
case-event-withdraw-consent = { $who }撤回了电子签名的同意
case-event-decline-to-sign = { $who }说不签这份协议
case-event-lapse-signing = 没有在期限内签完，已有的签名作废
case-event-sign = { $who }签了名
case-event-seal = { $who }盖了章，协议生效
case-event-end = { $who }结束了调解
case-event-issue-certificate = { $who }出具了调解终止证明
case-event-hand-over = { $who }把事情转去仲裁或法院
case-event-join-confirmation = { $who }加入了司法确认申请
case-event-withdraw-confirmation = { $who }撤回了司法确认申请
case-event-recalculate = 放假安排公布了，期限重新算了一遍
case-event-lapse-confirmation = 申请司法确认的期限过了
case-event-accept-filing = { $who }受理了司法确认申请
case-event-refuse-filing = { $who }没有受理司法确认申请
case-event-ask-supplement = { $who }请当事人补充
case-event-answer-supplement = { $who }作了补充
case-event-confirm-agreement = { $who }裁定确认协议有效
case-event-dismiss-application = { $who }裁定驳回申请
case-event-receive-ruling = { $who }签收了裁定书
case-event-show-evidence = { $who }上传了一份证据
case-event-withdraw-evidence = { $who }收回了一份证据
case-event-hand-in = { $who }交了一份给法院的材料
case-event-file-paper = { $who }把文书存入了卷宗
case-event-confirm-service = { $who }确认了送达地址
case-event-take-back = { $who }收回了一份材料
case-event-report-performance = { $who }说有一条约定做到了
case-event-acknowledge-performance = { $who }确认了履行
case-event-read-notice = { $who }看了权利义务告知书
case-event-record-delivery = { $who }记下了文书的送达情况
case-event-ask-authority = { $who }申请执法部门协助
case-event-answer-request = 协助的部门有了回音
case-event-ask-verification = { $who }请网格员到现场看看
case-event-verify-performance = { $who }记下了现场看到的
case-event-follow-up = { $who }做了回访
case-event-dispute-performance = { $who }说这一条还没有做到
case-event-report-breach = { $who }说对方没有按时履行
case-event-close = { $who }结了案

# 为什么现在不能做
case-unsigned = 没有签成的协议
case-unsigned-more = 这些协议已经作废，对谁都没有约束力；已有的签名也作废了。可以接着谈，改好后重新签。
case-unsigned-declined = { $number }：有一方没有签
case-unsigned-agent-gone = { $number }：替一方签名的人不再代理
case-unsigned-lapsed = { $number }：没有在期限内签完
case-unsigned-check = 核验页
case-refused-wrong-state = 案件已经走到别的步骤，这一步现在不能做。请看看案件最新的情况。
case-refused-stale = 您看这一页的时候，案件有了新的变化。
case-refused-already-done = 这一步已经做过了，不用再做。
case-refused-not-your-turn = 还没有轮到您。
case-refused-unknown = 没有找到您要处理的那一项，它可能已经改动过了。
case-refused-empty = 请写几句话说明一下。
case-refused-bad-time = 时间要在现在之后、三个月之内。
case-refused-wrong-contact = 这个联系方式和案件里登记的不一样。
case-refused-seat-empty = 还有当事人没有上线，等对方来了再继续。
case-refused-not-agreed = 还有条款没有得到双方同意。
case-refused-translation-missing = 协议还有文字没有译文，或者译文之后又改了中文。请到“协议的译文”补齐。
case-refused-hand-missing = 公司由法定代表人或者有特别授权的代理人签名，有监护人的由监护人签名，请先在“代理人、监护人”里登记并核对。
case-refused-licence-missing = 单位（公司、商店等）还没有核对营业执照。请先到“核对身份”里照执照记下统一社会信用代码；只核对法定代表人本人的身份证不算。
case-refused-identity-missing = 每位当事人的身份和住址都要先核对。
case-refused-no-session = 现在没有正在进行的视频见面，不能说是在视频里核对的；请先打开会议室，或者改选柜台核对
case-refused-paper-changed = 文书在您看过之后改动了，请重新看一遍。
case-refused-other-name = 文书发出来签以后，名称改过了，和文书上写的不一样。这样签了，以后验证会说不是本人签的。请调解员把文书退回修改，重新发出来再签。
case-refused-wet-ink-only = 法律规定这类协议不能用电子签名，请打印出来用笔签。
case-refused-consent-missing = 请先同意用电子签名签这份协议，再签名。不愿意的，可以请调解员改成在纸上签。
case-refused-said-no = 有一方在这个时间之前说过不签。请核对最后一人是什么时候签的；确实没有签成，请把协议退回修改。
case-refused-too-late = 时间已经过了。
case-refused-not-confirmable = 这类事不能申请司法确认。
case-refused-question-open = 法官还有问题等当事人回答。
case-refused-findings-missing = 还有条件没有逐项看过，或者有一项不符合。
case-refused-grounds-missing = 请写明依据和理由。
case-refused-not-due = 还没有到期。
case-refused-too-many-parties = 一件案子最多 20 位当事人。
case-refused-way-closed = 这类事现在不能走这条路。
case-refused-other-district = 这属于另一个区。案件不能移到外区，请告诉当事人直接联系那边的调解委员会。
case-refused-unsafe = 有安全提示，暂时不能安排双方见面。调解员或者负责人单独联系当事人、弄清情况后，可以写明理由解除提示。
case-refused-other-people = 这两件案子不是同样两个人的事，不能并案。可以把它们关联起来，当事人互相看不到。
case-refused-still-choosing = 双方还在选调解员，等选完或者时间到了再指派。
case-refused-does-not-add-up = 各期的金额加起来不等于总数。
case-refused-offer-open = 您这一方已经有一个方案在等答复，请先收回，再提新的。
case-refused-other-side = 这个人和别的一方或者办案人员是同一个人，不能代理。
case-refused-own-matter = 这件事不能由您决定：是您指派的，或者关系到您本人。请由主任或者别的同事决定。
case-refused-in-other-room = 您或者同桌的调解员还有一场会谈开着。请先到那件案子里结束会谈，再开这一场。
case-refused-nobody-goes-there = 这个地方没有网格站，没有网格员能去看。请您自己去看，或者打电话请社区帮忙。
case-refused-too-many = 材料已经交满 20 份，请先收回不用的

# 评估页
case-assess-title = 法律怎么说，有哪些办法
case-assess-lead = 下面是和您这件事有关的法律和办法。选哪一条，由您自己定。
case-assess-law = 法律怎么说
case-assess-version = { $statute }，{ $day } 起施行的版本
case-assess-remedy = 这类事常见的解决办法：{ $remedy }。
case-assess-own-words = 以上是我们用大白话转述的，以法律条文为准。
case-assess-time = 还来得及吗
case-assess-basis = 依据：{ $basis }
case-assess-ways = 有哪几条路
case-assess-other-ways = 看看别的途径
case-assess-choose = 请看一看，再选一条。先走调解，不影响您以后仲裁或起诉。
case-assess-barred = 现在走不了
case-assess-not-advice = 这里说的是一般情况，不是律师意见。拿不准，可以打 12348 公共法律服务热线。
case-limit-none = 这样的请求没有时间限制，什么时候提都可以。
case-limit-years = 从您知道或者应该知道自己的权益受损、是谁造成的那天起，{ $years } 年之内要提出来。
case-limit-until = 按您说的日子算，最晚到 { $until }。
case-limit-again = 您在 { $asked } 来找我们，时间就从那天重新算起，到 { $until }。
case-limit-over = 按您说的日子算，到 { $until } 已经满了。满了也可以调解，双方商量；对方愿意给的，法律一样认。只是到了法院，对方可以拿时间来推。
case-limit-anew = 您在 { $asked } 来找我们。只要那天还没过期，向调解组织提出请求会让时间中断，从那天重新算起，到 { $until }。
case-way-who = 谁来定
case-way-time = 要多久
case-way-cost = 花多少钱
case-way-consequence = 会有什么结果
case-way-silence = 对方不理会怎么办
case-way-choose-mediation = 我选调解
case-way-choose-arbitration = 我想去仲裁
case-way-choose-court = 我想去法院

# 结束、暂停、结案
case-end-title = 为什么结束调解？
case-end-lead = 结束以后，委员会会出一份证明，不写谁对谁错。您还可以去仲裁或法院。
case-end-next = 继续
case-end-withdrawn = 我撤回申请
case-end-withdrawn-hint = 不想再请人调解了
case-end-declined = 对方不参加
case-end-declined-hint = 对方不愿意调解
case-end-unreachable = 联系不上对方
case-end-unreachable-hint = 期限内没有答复
case-end-refused = 不想再谈了
case-end-refused-hint = 有一方明确表示不愿意继续
case-end-too-far-apart = 双方差得太远
case-end-too-far-apart-hint = 再谈也谈不拢
case-end-term-expired = 期限到了
case-end-term-expired-hint = 没有人要求延长
case-end-signing-refused = 有一方不肯签名
case-end-signing-refused-hint = 条款谈好了，但没有签成
case-end-unfit = 不适合调解
case-end-unfit-hint = 有危险、有疑点，或者牵涉别人的权利
case-sure-end = 确定结束调解吗？
case-sure-end-more = 结束以后不能恢复。没有签完的协议作废，谁提过什么、让过什么，都不会写进证明，也不会带到仲裁或法院。
case-sure-end-do = 确定结束
case-sure-close = 确定结案吗？
case-sure-close-more = 结案以后，这件事在我们这里就到此为止。今后还可以重新来。
case-sure-close-do = 确定结案
case-sure-resume = 继续调解？
case-sure-resume-more = 暂停的日子不算在期限里，期限会相应往后推。
case-sure-resume-do = 继续调解
case-sure-no = 先不了，返回案件
case-pause-title = 为什么暂停？
case-pause-lead = 暂停的时间不计入期限。
case-pause-do = 暂停调解
case-pause-appraisal = 需要鉴定
case-pause-fraud = 怀疑有虚假
case-pause-safety = 有人不安全

# 转去仲裁或法院
case-hand-over-title = 转去仲裁或法院
case-hand-over-lead = 您的权利没有减少。选一条路，我们把材料整理好。
case-hand-over-choose = 选这一条
case-hand-over-sure-arbitration = 转去仲裁
case-hand-over-sure-court = 转去法院
case-hand-over-along = 会带过去的
case-hand-over-story = 您写的事情经过和请求
case-hand-over-fact = 双方都认可的事实：{ $fact }
case-hand-over-not = 不会带过去的
case-hand-over-not-more = 单独谈话里说的话、谁提过什么价、让过什么步，一律不带。
case-hand-over-do-arbitration = 确定，转去仲裁
case-hand-over-do-court = 确定，转去法院
case-link = 再发一次链接
case-link-to = 把进入案件的链接再发给{ $name }：{ $contact }
case-link-more = 一小时内只发一次。号码要是不对，请先打电话核实。
case-link-send = 发送链接
case-link-sent = 链接正在发送
case-link-sent-more = 几分钟内会发到{ $name }的 { $contact }。
case-link-nowhere = 案件里没有{ $name }的手机或邮箱，链接没处可发，请另外联系对方。
