caucus-title = 单独谈话记录
caucus-kept = 这里的内容只有您自己能看到。它不会进入协议书、终止证明，也不会随案移送给仲裁机构或者法院。
caucus-with = 与{ $name }单独谈
caucus-side = 和哪一方谈的？
caucus-text = 对方说了什么
caucus-hint = 只记对调解有用的，不必逐字记。
caucus-save = 存下
