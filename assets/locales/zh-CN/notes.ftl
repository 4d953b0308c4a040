# 办案笔记
notes-title = 我的办案笔记
notes-lead = 只有正在调解这件案子的调解员看得到。不进卷宗，不进任何文书；换了调解员，也不会自动交给下一位。
notes-text = 记一笔
notes-save = 记下来
