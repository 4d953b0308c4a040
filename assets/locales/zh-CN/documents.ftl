# 文书用语
documents-list-mark = 、
documents-role-applicant = 申请人
documents-role-respondent = 被申请人
documents-role-mediator = 调解员
documents-role-judge = 审判员
documents-role-clerk = 书记员
documents-party-mark = ，
documents-party-identity = 公民身份号码{ $number }
documents-party-address = 住{ $address }
documents-party-contact = 联系方式{ $contact }
documents-party-agent = { $right }：{ $name }

# 调解协议书
documents-agreement-terms = 协议内容及履行方式、期限
documents-scan-print = 印出的协议文本
documents-scan-scan = 纸质原件的扫描件

# 调解终止证明
documents-certificate-undisputed = 各方确认的无争议事实

# 民事裁定书
documents-ruling-article-355 = 《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百五十五条
documents-ruling-article-205 = 《中华人民共和国民事诉讼法》第二百零五条

# 核验结果
documents-role-co-mediator = 共同调解员
documents-role-interpreter = 翻译
documents-verify-as = { $role }{ $name }
documents-verify-as-attorney = { $role }{ $party }的委托代理人{ $name }
documents-verify-as-guardian = { $role }{ $party }的法定代理人{ $name }
documents-verify-as-representative = { $role }{ $party }的法定代表人{ $name }
documents-verify-as-principal = { $role }{ $party }的负责人{ $name }
documents-verify-as-operator = { $role }{ $party }的经营者{ $name }
documents-verify-as-seal = { $name }（印章）
documents-verify-accepted = 文件完整，全部签名有效。
documents-verify-elsewhere = 文件没有改动，签名本身也有效，但单凭这份文件，看不出它是本平台出具的。
documents-verify-not-ours = 文件里的签名和时间都由别的机构证明，没有一处出自本平台。请扫文书上的二维码，或者连同平台给出的记录一起核对。
documents-verify-incomplete = 文件完整，已有的签名都有效，但还没有签完。
documents-verify-unsigned = 文件上还没有人签名，不产生效力。
documents-place-party = 第{ $number }位当事人
documents-place-member = 第{ $number }位共同调解员或翻译等人员
documents-place-seal = 印章
documents-verify-whole = 有签名靠不住，请看下面的说明；文件自签署后没有改动。
documents-verify-cut = 各方都签了，但文件末尾的封存部分不在，可能被截掉了。
documents-verify-worded = 文件自签署后没有改动，签名有效；只是页面上的措辞本程序不认得，没有逐字核对。
documents-verify-refused = 这份文件不能采信，请看下面的说明。
documents-verify-stamped-by = 这个时间由“{ $name }”的时间戳证明。
documents-verify-good = { $signer }于{ $time }签名，签名有效。
documents-verify-untrusted = { $signer }于{ $time }签名，内容没有改动，但签发证书的机构不受信任或证书不适用。
documents-verify-broken = { $signer }的签名无效（所称时间：{ $time }）。
documents-verify-of = { $name }（{ $organisation }）
documents-verify-no-time = 时间不明
documents-verify-archived = 已于{ $time }封存：证书到期以后，仍然可以核验。
documents-verify-archived-until = 封存时间戳的证书有效至{ $time }；此后由平台每小时的存证锚点证明时间。
documents-verify-uncompared = 附带的数据{ $name }没有与页面核对，以页面为准。
documents-verify-not-listed = 没有核对签名人的证书是否已被吊销：手头没有签名之后的吊销名单。
documents-verify-waiting = 尚未签名：{ $field }
documents-verify-foreign = 这不是本平台出具的文书，在这里无法核验它的真伪。
documents-verify-foreign-no-pdf = 这个文件不是PDF文件。
documents-verify-foreign-pages = 文件里看得到{ $count }页。
documents-verify-foreign-signatures = 文件里有{ $count }个签名，我们没有核验。
documents-verify-foreign-signer = 未经核验的签名，证书上写的名字：{ $name }
documents-verify-foreign-signer-followed = 未经核验的签名，证书上写的名字：{ $name }；签名以后文件里又添加了内容
documents-verify-foreign-unnamed = 读不出来
documents-verify-step-signature = 第{ $number }次添加：{ $signer }的签名
documents-verify-step-evidence = 第{ $number }次添加：证书和吊销名单
documents-verify-step-archive-timestamp = 第{ $number }次添加：封存用的时间戳
documents-verify-step-something = 第{ $number }次添加：不应当有的内容
documents-verify-refers = 它所针对的调解协议书，文件指纹是{ $hash }
documents-verify-beside = 中文旁边另有一种文字的译文；两者不一致的，以中文为准。
documents-verify-refers-yes = 它针对的正是这一份调解协议书。
documents-verify-refers-no = 它针对的不是这一份调解协议书。
documents-verify-refers-none = 它没有写明针对的是哪一份调解协议书的文件。
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
documents-problem-stamp = 签名上的时间戳缺失、损坏，或者与所称时间不符。
documents-problem-stamp-untrusted = 时间戳不是受信任的机构签发的。
documents-problem-evidence = 用来证明证书的材料损坏，或者不是签发机构出具的。
documents-problem-revoked = 签名时，这张证书已被签发机构吊销。
documents-problem-too-large = 文件太大：超过20MB，或者展开以后大得不正常。
documents-problem-active = 文件里有会自己运行，或者过后会变样的东西。
documents-problem-page = 有一页不是按本平台的写法写成的。
documents-problem-hidden-text = 页面上有看不见的或者被遮住的文字。
documents-problem-data = 文件附带的数据与页面上的文字不一致。
documents-problem-look = 签名的图样会遮住别的内容。
documents-problem-filled = 还没有人签名，签名栏里就已经填了东西。
documents-problem-overlay = 页面上面盖着别的东西，或者签名栏的位置不对。
documents-problem-glyphs = 页面上画出的字形与它所代表的文字不一致。
documents-problem-name = 签名的人不是这个签名栏写明的人。
documents-problem-unclosed = 该签的都签了，封存的部分却不见了：文件可能被截去了末尾，无从得知证书后来是否被吊销。
documents-problem-square-code = 页面上印的二维码与文书写明的核验地址不一致，或者被别的东西盖住。
documents-problem-wording = 页面上的措辞不是本程序认得的版本，只逐项核对了其中的数据。
documents-problem-wording-unread = 页面上的措辞不是本程序认得的版本，附带的数据也没有与页面核对，请您自己看一遍页面。

# 受理登记
documents-intake-case = 案号
documents-intake-cause = 纠纷类型
documents-intake-track = 调解类别
documents-intake-place = 发生地点
documents-intake-asked = 申请日期
documents-intake-summary = 纠纷简要情况
documents-intake-claims = 申请人的要求

# 送达地址确认书

# 卷宗
documents-dossier-data = 卷宗的结构化数据
documents-dossier-accepted = 受理日期
documents-dossier-state = 现在的状态
documents-dossier-version = 版本
documents-dossier-for-keeper = 存档用
documents-dossier-for-party = 当事人本人用
documents-dossier-made = 制作时间
documents-dossier-parties = 当事人
documents-dossier-course = 调解经过
documents-dossier-meetings = 调解会议
documents-dossier-meeting = { $at }，到场：{ $names }
documents-dossier-number = 协议编号
documents-dossier-effective = 生效时间
documents-dossier-obligation = { $who }：{ $act }{ $sum }，{ $due }前{ $state }
documents-dossier-performance-owed = （尚未履行）
documents-dossier-performance-reported = （义务人说已履行）
documents-dossier-performance-disputed = （对履行有争议）
documents-dossier-performance-acknowledged = （已确认履行）
documents-dossier-evidence = 证据和提交的材料
documents-dossier-evidence-line = { $name } { $note } {"——"}{ $by }，{ $at }；SHA-256 { $hash }
documents-dossier-decisions = 对调解员的决定
documents-dossier-replaced = { $at } 更换调解员{ $about }：{ $reason }
documents-dossier-kept = { $at } 不更换调解员{ $about }：{ $reason }
documents-dossier-deliveries = 文书送达
documents-dossier-recording-open = 录音录像
documents-dossier-recording-over = 录音录像，正在整理
documents-dossier-recording-sealed = 录音录像，已经封存，正在整理
documents-dossier-recording-kept = 录音录像，已经封存
documents-dossier-recording-deleted = 录音录像
documents-dossier-contacts = 联系记录

# 与平台记录对照
documents-record-newest = 与平台的记录一致：这是最新的一份，该签的都签了。
documents-record-waiting = 与平台的记录一致：这是最新的一份，但还没有签完。
documents-record-truncated = 这是较早的一份：在它之后又有人签了名。请以最新的一份为准。
documents-record-later = 这份文件比所给的记录更新，请取最新的记录再对照。
documents-record-referred-to = 这正是所给记录里的裁定所针对的那份文件。
documents-record-report = 这是平台就这份文书的签署出具的存证报告。
documents-record-printed = 这是印出来给各方在纸上签名的文本，本身没有签名；签好的那份，以平台保存的扫描件核对证明为准。
documents-record-void = 按平台的记录，这份文书已经作废或者被取代。
documents-record-lapsed = 按平台的记录，这份文书没有在期限内签完，不再起作用。
documents-record-other = 与平台的记录不符：不是这份文书，或者被改动过。
documents-record-missing = 比平台的记录少了这个签名：{ $field }
documents-record-at = 记录出具的时间：{ $time }；在这以后的变化，记录里看不到。
documents-outcome-valid = 法院已经就这份文件作出裁定：调解协议有效。
documents-outcome-dismissed = 法院已经就这份文件作出裁定：驳回申请。
documents-outcome-not-accepted = 法院已经就这份文件作出裁定：不予受理。

# 签署存证报告
documents-evidence-title = 签署存证报告
documents-evidence-operator = 和议在线解纷平台
documents-evidence-number = 存证{ $serial }
documents-evidence-reason = 平台对签署经过的说明

# 存证证明
documents-inclusion-holds = 这份文件在平台第{ $number }号存证之下：{ $time }时它就是现在这个样子。存证的根：{ $root }
documents-inclusion-unknown = 所给的存证证明读不出来，或者是更新的版本。
documents-inclusion-other-file = 所给的存证证明说的是另一份文件，或者这份文件被改动过。
documents-inclusion-not-under = 所给的存证证明不成立：从这份文件算上去，得不到存证的根。
documents-inclusion-forged = 所给的存证证明不能采信：存证不是由受信任的机构签发的，或者被改动过。
documents-inclusion-revoked = 所给的存证证明不能采信：给存证签名的证书已经被吊销。
