# 填错时的提示：金额、证件号、电话、邮箱、姓名
law-money-empty = 请填写金额。
law-money-not-a-number = 这不像一个金额，请用数字填写，例如 1234.05。
law-money-too-many-decimals = 金额最多到分，也就是两位小数。
law-money-too-large = 金额太大了，请检查一下。
law-id-number-empty = 请填写身份证号码。
law-id-number-shape = 身份证号码是 18 位：数字，最后一位可能是 X。
law-id-number-region = 号码开头的地区不对，请对照证件再看一遍。
law-id-number-birth-date = 号码里的出生日期不对，请对照证件再看一遍。
law-id-number-birth-in-future = 号码里的出生日期还没到，请对照证件再看一遍。
law-id-number-checksum = 号码最后一位和前面对不上，可能有一位看错了。
law-phone-empty = 请填写电话号码。
law-phone-not-a-phone = 这个电话号码打不通，请检查位数；境外号码请以 + 开头。
law-mail-empty = 请填写邮箱。
law-mail-not-an-address = 这不像一个邮箱地址，例如 name@example.com。
law-mail-too-long = 邮箱地址太长了。
law-name-empty = 请填写姓名。
law-name-too-long = 姓名最多 60 个字。
law-name-control = 姓名里有看不见的特殊字符，请重新输入一遍。

# 三条路：调解、仲裁、诉讼
law-way-people-title = 人民调解
law-way-people-who = 社区或街道的人民调解委员会派调解员帮双方谈；怎么定，由你们双方自己说了算。
law-way-people-why = 邻里之间的事，由就近的人民调解委员会先谈，最快也最省心。
law-way-industry-title = 行业性专业性人民调解
law-way-industry-who = 熟悉这个行业的调解员帮双方谈；怎么定，由你们双方自己说了算。
law-way-industry-why = 这类事专业性强，由懂行的行业调解委员会来谈更合适。
law-way-administrative-title = 行政调解
law-way-administrative-who = 主管部门或街道、乡镇的工作人员帮双方谈；怎么定，由你们双方自己说了算。
law-way-administrative-why = 这类事有政府部门主管，由主管部门牵头来谈更能落实。
law-way-administrative-consequence = 谈成了签调解协议，双方都要守约；这类协议能不能申请司法确认，要看当地法院。谈不成，您照样可以走别的路。
law-way-mediation-time = 一般 30 天以内；双方都同意可以延长。
law-way-free = 不收费。
law-way-mediation-consequence = 谈成了签调解协议书，双方都要守约；30 天内还可以一起请法院确认，确认后对方不履行就能申请强制执行。谈不成，您照样可以仲裁或起诉。
law-way-mediation-silence = 调解要双方自愿。对方拒绝或一直联系不上，调解就结束，我们会给您一份证明，并帮您把材料带到下一步。
law-way-arbitration-title = 商事仲裁
law-way-arbitration-who = 双方选定的仲裁机构里的仲裁员来裁决。
law-way-arbitration-time = 由仲裁机构的规则定，常见是几个月。
law-way-arbitration-cost = 按仲裁机构的标准交仲裁费，裁决时确定由谁承担。
law-way-arbitration-consequence = 裁决是终局的，可以申请强制执行；有仲裁协议的，一般就不能再起诉。
law-way-arbitration-silence = 对方不签仲裁协议，就不能仲裁。已有协议而对方不到庭的，可以缺席裁决。
law-way-arbitration-why = 财产方面的纠纷可以仲裁，但要双方写下仲裁协议。
law-way-labour-title = 劳动仲裁
law-way-labour-who = 劳动争议仲裁委员会的仲裁庭来裁决。
law-way-labour-time = 5 天内决定是否受理，受理后一般 45 天内裁决，复杂的再延 15 天。
law-way-labour-consequence = 小额工资等裁决对单位是终局的；不服其他裁决的，可以在 15 天内起诉。
law-way-labour-why = 劳动争议要先仲裁，再起诉；您一个人就可以申请。
law-way-rural-land-title = 农村土地承包仲裁
law-way-rural-land-who = 农村土地承包仲裁委员会的仲裁庭来裁决。
law-way-rural-land-time = 5 个工作日内决定是否受理，受理后 60 天内结束，复杂的再延 30 天。
law-way-rural-land-consequence = 收到裁决 30 天内没人起诉，裁决就生效，可以申请强制执行。
law-way-rural-land-why = 承包地的纠纷可以申请仲裁，也可以直接起诉；您一个人就可以申请。
law-way-award-in-absence = 对方收到通知不到庭的，可以缺席裁决。
law-way-court-title = 向法院起诉
law-way-court-who = 法官来判决；立案前后法院也可能先请人调解。
law-way-court-time = 7 天内立案；小额诉讼一般 2 个月，简易程序 3 个月，普通程序 6 个月。
law-way-court-cost = 按规定交案件受理费，一般由输的一方承担；确有困难可以申请缓交、减交、免交。
law-way-court-consequence = 判决生效后可以强制执行；小额诉讼一审就是终审，其他判决可以上诉。
law-way-court-silence = 对方收到传票不到庭的，法院可以缺席判决。
law-way-court-why = 起诉是您随时可以用的权利，先调解不影响它。
law-way-barred-arbitration = 这类纠纷涉及身份、家庭或者行政管理，或者不属于财产纠纷，不能商事仲裁。
law-way-barred-labour-first = 劳动争议要先申请劳动仲裁；仲裁委不受理、逾期不决定，或者您不服裁决时，再起诉。
law-way-barred-government-first = 土地归谁，要先由政府处理；对处理决定不服的，30 天内可以起诉。
law-way-note-violence = 如果家里有人动手或威胁您，请先保护自己：可以报警（110），也可以向法院申请人身安全保护令。我们不会安排会让您不安全的见面。
law-way-note-confirmed-in-part = 这类协议里，只有给钱、做事的部分可以申请司法确认。
law-way-note-not-confirmed = 这类事不能申请司法确认。
law-way-note-wet-ink = 法律规定这类协议不能用电子签名：谈好后打印出来，用笔签名。
law-way-note-paper-too = 除了电子签名，我们还会请您签一份纸质的。
law-way-note-fraud = 为防止假借调解转移财产，借款的经过和凭证会问得细一些。

# 司法确认预查：平台看到了什么
law-look-status = 这类纠纷涉及身份关系。
law-look-title = 这类纠纷可能涉及归属认定，请核对条款。
law-look-not-joint = 还有当事人没有加入申请。
law-look-late = 已经超过协议生效后的三十日。
law-look-track = 主持调解的组织不在可以申请司法确认之列。
law-look-unclear = 有条款缺少金额、期限或者具体做什么。

# 为什么推荐这个委员会、这位调解员
law-reason-field-match = 擅长这类纠纷：{ $field }
law-reason-field-other = 平时不办这类纠纷
law-reason-kind-match = 这类纠纷通常由这种委员会受理
law-reason-kind-other = 这类纠纷通常由别的委员会受理
law-reason-place-same = 就管这一片：{ $place }
law-reason-place-near = 在附近：{ $place }
law-reason-place-far = 离得比较远
law-reason-language-match = 会说当事人希望用的话：{ $language }
law-reason-language-missing = 不会说：{ $language }
law-reason-load-free = 手上有 { $load } 件，还能再接 { $free } 件
law-reason-load-busy = 手上已有 { $load } 件，只能再接 { $free } 件
law-reason-load-full = 手上已有 { $load } 件，接不下了
law-reason-week-free = 未来七天还有 { $hours } 小时空
law-reason-week-full = 未来七天都排满了
law-reason-away = 正在休假，{ $day } 回来
law-reason-preferred = { $by ->
    [1] 有一方当事人点名想请
   *[other] { $by } 方当事人都点名想请
}
law-reason-knows-all = 以前给双方调解过，两边都认识
law-reason-knows-one = 以前只给其中一方调解过（{ $party }，{ $cases } 件），接案前要说明
law-reason-no-conflict = 没有发现和当事人有关系
law-reason-conflict-same-person = 就是当事人本人：{ $party }
law-reason-conflict-same-name = 和当事人同名，请先核实：{ $party }
law-reason-conflict-relative = 当事人是其亲属：{ $party }
law-reason-conflict-address = 和当事人住在同一处：{ $party }
law-reason-conflict-employer = 和当事人在同一单位：{ $party }
law-reason-conflict-close = 自己申报过和当事人关系近：{ $party }
law-reason-conflict-against = 在别的纠纷里和当事人是对方：{ $party }
law-reason-conflict-beside = 在别的纠纷里陪同或者帮过当事人：{ $party }
law-reason-conflict-elsewhere = 在外区的纠纷里站过一方，不能居中调解
law-reason-conflict-earlier-role = 在这件事里已经担任过别的角色
law-reason-refused = 这件案子已经推辞过
law-reason-paused = 主任安排暂不接新案
law-reason-no-mediator = 眼下没有能接的调解员

# 可以用来调解的话
law-language-mandarin = 普通话
law-language-wu = 吴语
law-language-cantonese = 粤语
law-language-minnan = 闽南语
law-language-hakka = 客家话
law-language-sichuanese = 四川话
law-language-uyghur = 维吾尔语
law-language-tibetan = 藏语
law-language-mongolian = 蒙古语
law-language-korean = 朝鲜语
law-language-english = 英语
law-language-sign = 手语
