# 文书用语
documents-date = { $year }年{ $month }月{ $day }日
documents-list-mark = 、
documents-heading = { $number }、{ $title }
documents-check-caption = 扫码核验真伪
documents-signs-as = { $role }：{ $name }
documents-seal-of = { $organisation }（印章）
documents-role-applicant = 申请人
documents-role-respondent = 被申请人
documents-role-third-party = 第三人
documents-role-mediator = 调解员
documents-role-judge = 审判员
documents-role-clerk = 书记员
documents-party-mark = ，
documents-party-identity = 公民身份号码{ $number }
documents-party-address = 住{ $address }
documents-party-contact = 联系方式{ $contact }

# 调解协议书
documents-agreement-title = 调解协议书
documents-agreement-parties = 当事人基本情况
documents-agreement-facts = 纠纷的主要事实
documents-agreement-undisputed = 各方确认的无争议事实
documents-agreement-disputed = 争议事项
documents-agreement-responsibility = 各方当事人的责任
documents-agreement-terms = 协议内容及履行方式、期限
documents-agreement-lead = 因{ $cause }，经{ $organisation }调解员{ $mediators }主持调解，各方当事人在平等自愿的基础上，达成如下协议：
documents-agreement-clause = { $who }{ $does }。
documents-agreement-term = （{ $number }）
documents-agreement-sum = 金额：人民币{ $figures }元（大写：{ $capital }）。
documents-agreement-by = 履行期限：{ $text }。
documents-agreement-proof = 履行凭证：{ $text }。
documents-agreement-default = 逾期未履行：{ $text }。
documents-agreement-effect = 生效与保存
documents-agreement-effect-peoples = 依照《中华人民共和国人民调解法》第二十九条，本协议自各方当事人签名、调解员签名并加盖人民调解委员会印章之日起生效。本协议由当事人各执一份，人民调解委员会留存一份。人民调解不收取任何费用。
documents-agreement-effect-other = 本协议自各方当事人签名、调解员签名并加盖调解组织印章之日起生效。本协议由当事人各执一份，调解组织留存一份。
documents-agreement-electronic = 各方当事人约定以电子签名方式签署本协议。本协议的电子文件为原件，可以复制保存；签署后任何改动都会被核验发现。
documents-agreement-consequence-title = 法律后果告知
documents-agreement-binding-peoples = 本协议具有法律约束力，当事人应当按照约定履行（人民调解法第三十一条）。就本协议的履行或者内容发生争议的，一方当事人可以向人民法院提起诉讼（人民调解法第三十二条）。
documents-agreement-binding-other = 本协议对各方当事人具有约束力，当事人应当按照约定履行。就本协议的履行或者内容发生争议的，一方当事人可以向人民法院提起诉讼。
documents-agreement-confirmation = 双方当事人认为有必要的，可以自本协议生效之日起三十日内，共同向人民法院申请司法确认。人民法院裁定本协议有效后，一方当事人拒绝履行或者未全部履行的，对方当事人可以向人民法院申请强制执行（民事诉讼法第二百零五条、第二百零六条）。
documents-agreement-honest = 当事人应当如实陈述。以捏造的事实达成协议、损害他人利益的，应当承担法律责任。
documents-agreement-data = 调解协议的结构化数据

# 调解终止证明
documents-certificate-title = 调解终止证明
documents-certificate-course = 调解经过
documents-certificate-requested = 当事人就{ $cause }向{ $organisation }申请调解。调解在受理之前终止，{ $organisation }没有进行调解。
documents-certificate-accepted = { $organisation }于{ $date }受理当事人之间的{ $cause }。调解没有开始即已终止。
documents-certificate-mediated = { $organisation }于{ $date }受理当事人之间的{ $cause }，并依法组织调解。调解终止时，当事人没有签署生效的调解协议。
documents-certificate-mediators = 调解员
documents-certificate-ended = 终止日期
documents-certificate-reason = 终止事由
documents-certificate-ending = { $text }（代码{ $code }）
documents-certificate-undisputed = 各方确认的无争议事实
documents-certificate-none = 各方当事人没有共同确认的无争议事实。
documents-certificate-remedies = 后续救济途径
documents-certificate-remedies-lead = 调解终止不影响当事人依法维护自己的权利。当事人可以选择：
documents-certificate-notice-title = 请您留意
documents-certificate-notice =
    请求权受诉讼时效的限制。向人民调解委员会等调解组织提出请求的，诉讼时效从提出请求之日起中断，之后重新计算，请尽早决定下一步。
    本证明只记载调解的经过，不记载调解中的方案和让步，也不评价任何一方的对错。在诉讼中，当事人为达成协议作出妥协而认可的事实，依法不得在后续诉讼中作为对其不利的根据。
documents-ending-withdrawn = 当事人自行和解，或者撤回调解申请
documents-ending-unreachable = 在调解期限内无法联系到当事人
documents-ending-declined = 有当事人明确表示不愿意继续调解
documents-ending-far-apart = 当事人分歧较大，难以达成调解协议
documents-ending-term-over = 调解期限届满，未达成调解协议，且未达成延长期限的合意
documents-ending-not-signed = 调解协议未经各方当事人签章
documents-ending-impossible = 其他导致调解无法进行的情形
documents-remedy-court = 向有管辖权的人民法院提起诉讼。
documents-remedy-arbitration = 属于合同纠纷或者其他财产权益纠纷的，各方当事人可以书面约定，向仲裁委员会申请仲裁；已有有效仲裁协议的，应当依约申请仲裁。
documents-remedy-labour = 向劳动人事争议仲裁委员会申请劳动仲裁；依法应当先行仲裁的，仲裁后方可起诉。
documents-remedy-land = 向农村土地承包仲裁委员会申请仲裁，或者直接向人民法院起诉。
documents-remedy-administration = 向有权处理的行政机关申请处理。
documents-remedy-again = 各方当事人都愿意的，可以再次申请调解。

# 司法确认申请书
documents-application-title = 司法确认申请书
documents-application-request = 请求事项
documents-application-request-text = 请求人民法院依法确认{ $names }于{ $date }经{ $organisation }主持调解达成的编号为“{ $number }”的调解协议有效。
documents-application-reasons = 事实与理由
documents-application-reasons-text = 申请人{ $names }因{ $cause }，经{ $organisation }主持调解，自愿达成编号为“{ $number }”的调解协议，该协议于{ $date }生效。依照《中华人民共和国民事诉讼法》第二百零五条，申请人在调解协议生效之日起三十日内，共同提出本申请。
documents-application-promise = 申请人共同声明
documents-application-promise-free = 调解协议出于各方自愿，没有受到欺诈、胁迫。
documents-application-promise-true = 纠纷真实存在，陈述和提交的材料真实；各方没有恶意串通，没有规避法律，没有损害国家利益、社会公共利益或者他人合法权益。
documents-application-promise-lawful = 协议内容明确，不涉及婚姻、亲子、收养等身份关系的确认，也不涉及物权、知识产权的确权。
documents-application-promise-once = 各方没有就同一纠纷向其他人民法院申请司法确认；虚假调解、虚假陈述的，愿意承担法律责任。
documents-application-attachments = 提交的材料
documents-application-service = 送达方式确认
documents-application-to = 此致
documents-application-date = 申请日期：{ $date }

# 民事裁定书
documents-ruling-title = 民事裁定书
documents-ruling-accepted = 本院于{ $accepted }立案受理申请人{ $names }关于司法确认调解协议的申请，依法由审判员一人独任进行了审查。现已审查终结。
documents-ruling-agreed = 申请人{ $names }因{ $cause }，经{ $organisation }主持调解，达成编号为“{ $number }”的调解协议，该协议于{ $effective }生效。协议内容如下：
documents-ruling-fits = 本院经审查认为，申请人达成的调解协议，符合司法确认调解协议的法定条件。
documents-ruling-basis = 依照《中华人民共和国民事诉讼法》第二百零六条规定，裁定如下：
documents-ruling-valid = 申请人{ $names }经{ $organisation }主持调解达成的编号为“{ $number }”的调解协议有效。
documents-ruling-perform = 当事人应当按照调解协议的约定自觉履行义务。一方当事人拒绝履行或者未全部履行的，对方当事人可以向人民法院申请执行。
documents-ruling-objection-title = 权利告知
documents-ruling-objection = 本裁定为终审裁定。当事人对本裁定有异议的，应当自收到裁定之日起十五日内向本院提出；利害关系人有异议的，自知道或者应当知道其民事权益受到侵害之日起六个月内向本院提出（最高人民法院关于适用《中华人民共和国民事诉讼法》的解释第三百七十二条）。申请执行的期间为二年，从法律文书规定履行期间的最后一日起计算（民事诉讼法第二百五十条）。
documents-ruling-fails = 本院经审查认为，{ $reasons }申请人达成的调解协议{ $ground }，不符合司法确认调解协议的法定条件。
documents-ruling-basis-dismissed = 依照《中华人民共和国民事诉讼法》第二百零六条、{ $article }规定，裁定如下：
documents-ruling-article-355 = 《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百五十五条
documents-ruling-article-358 = 《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百五十八条
documents-ruling-dismissed = 驳回申请人{ $names }关于确认编号为“{ $number }”的调解协议效力的申请。
documents-ruling-ways-title = 后续途径
documents-ruling-ways = 当事人可以通过调解方式变更原调解协议或者达成新的调解协议，也可以向人民法院提起诉讼；有有效仲裁协议的，可以依约申请仲裁。
documents-ground-not-for-confirmation = 属于依法不予受理司法确认申请的情形
documents-ground-against-law = 违反法律强制性规定
documents-ground-harms-others = 损害国家利益、社会公共利益或者他人合法权益
documents-ground-against-morals = 违背公序良俗
documents-ground-not-voluntary = 违反自愿原则
documents-ground-unclear = 内容不明确
documents-ground-other = 存在其他不能进行司法确认的情形

# 核验结果
documents-verify-accepted = 文件完整，全部签名有效。
documents-verify-incomplete = 文件完整，已有的签名都有效，但还没有签完。
documents-verify-unsigned = 文件上还没有人签名，不产生效力。
documents-place-party = 第{ $number }位当事人
documents-place-seal = 印章
documents-verify-whole = 文件自签署后没有改动，但有签名无法确认来源，请看下面的说明。
documents-verify-refused = 这份文件不能采信，请看下面的说明。
documents-verify-good = { $signer }于{ $time }签名，签名有效。
documents-verify-untrusted = { $signer }于{ $time }签名，内容没有改动，但签发证书的机构不受信任或证书不适用。
documents-verify-broken = { $signer }的签名无效（所称时间：{ $time }）。
documents-verify-of = { $name }（{ $organisation }）
documents-verify-no-time = 时间不明
documents-verify-waiting = 尚未签名：{ $field }
documents-verify-problem = 问题：{ $what }
documents-verify-problem-of = 问题（{ $field }）：{ $what }
documents-problem-not-a-paper = 这不是本平台出具的文书。
documents-problem-end = 文件末尾多出了内容，或者被截短。
documents-problem-table = 文件的索引表损坏。
documents-problem-gap = 文件各次签署之间有空隙或重叠。
documents-problem-object = 文件中有内容损坏或不在原位。
documents-problem-hidden = 文件中夹带了不属于文书的字节。
documents-problem-root = 后来的改动替换了整份文书的入口。
documents-problem-unsigned = 文件上还没有任何签名。
documents-problem-overwritten = 签名之后，有人改写了已签署的内容。
documents-problem-field-changed = 签名栏除签名外还被改动过。
documents-problem-additions = 签名之后，有人添加了签名以外的内容。
documents-problem-byte-range = 签名没有恰好覆盖应当覆盖的全部内容。
documents-problem-contents = 存放签名的位置被改动过。
documents-problem-cms = 签名数据无法读取，或者不是本平台的格式。
documents-problem-digest = 内容与签名时不一致。
documents-problem-forged = 签名与证书中的公钥不符。
documents-problem-binding = 签名没有与签名人的证书绑定。
documents-problem-untrusted = 签名人的证书不是受信任的机构签发的。
documents-problem-expired = 签名时证书不在有效期内。
documents-problem-usage = 这张证书不是用来签署文书的。
documents-problem-time-order = 后一个签名声称的时间早于前一个。

# 调解邀请函
documents-letter-title = 调解邀请函
documents-letter-to = 致
documents-letter-address = 地址
documents-letter-what = 一位姓{ $surname }的邻居因“{ $cause }”的事，向{ $organisation }申请调解，想请您一起坐下来谈谈。
documents-letter-free = 调解不收任何费用。参不参加，完全由您自己决定；不参加，也不影响您的任何权利。
documents-letter-answers = 怎样答复
documents-letter-scan = 用手机扫信上的二维码，点“我愿意谈谈”或“我不想参加”；想当面谈、需要帮助，也在那里点一下。
documents-letter-call = 或者打电话{ $phone }，或者到{ $office }来，我们当面说。
documents-letter-wrong = 如果您不是信上写的这个人，请扫码后点“找错人了”，我们就不再打扰。
documents-letter-by = 请尽量在{ $day }前告诉我们一声。
documents-letter-soon = 请尽早告诉我们一声。
documents-letter-genuine-title = 担心是骗子？
documents-letter-genuine = 我们不会让您转账，也不会要您的银行卡。可以先打{ $phone }核实，也可以打114查这个号码。
documents-letter-signed = { $organisation } { $day }
documents-letter-caption = 扫码答复

# 受理登记
documents-intake-title = 受理登记表
documents-intake-case = 案号
documents-intake-cause = 纠纷类型
documents-intake-track = 调解类别
documents-intake-place = 发生地点
documents-intake-source = 来源
documents-intake-asked = 申请日期
documents-intake-summary = 纠纷简要情况
documents-intake-claims = 申请人的要求
documents-intake-consent = 自愿申请
documents-intake-accepted = 受理
documents-intake-accepted-text = { $organisation }于{ $date }受理申请人提出的{ $cause }，并征询其他当事人的意愿。调解在各方自愿的基础上进行。

# 权利义务告知书
documents-rights-title = 权利义务告知书
documents-rights-lead = { $names }：{ $organisation }已受理你们之间的{ $cause }。{ $basis }，现将调解中的权利和义务告知如下：
documents-rights-rights = 当事人的权利
documents-rights-duties = 当事人的义务
documents-rights-notes = 还需要知道的
documents-rights-false-title = 不得虚假调解
documents-rights-false = 当事人恶意串通，或者单方捏造事实，企图通过调解侵害国家利益、社会公共利益或者他人合法权益的，要承担法律责任；构成犯罪的，依法追究刑事责任。

# 送达地址确认书
documents-service-title = 送达地址确认书
documents-service-address = 送达地址
documents-service-receiver = 收件人
documents-service-channels = 送达方式
documents-service-agreed = 同意
documents-service-not-agreed = 不同意
documents-service-post = 邮寄、当面
documents-service-post-always = 送到上面的地址
documents-service-told = 告知事项
documents-service-told-scope = 送达地址和方式适用于本案的调解文书；申请司法确认、起诉的，当事人同意后也可以由人民法院使用。电子送达须经本人同意，每一种方式分别选择，不选择的不视为同意（人民法院在线诉讼规则第二十九条）。
documents-service-told-effect = 向本人确认的电子地址送达的，送达信息到达电子地址所在系统时即为送达；同一内容用几种电子方式发送的，以最先完成的有效送达时间为准（人民法院在线诉讼规则第三十一条）。
documents-service-told-change = 地址或者方式有变化的，可以随时在平台上重新确认；以最后一次确认为准。
documents-service-told-post = 提供的地址不准确，或者变更后没有告知，致使文书没有收到的，由当事人自行承担由此产生的后果。
documents-service-confirmed = 本人确认
