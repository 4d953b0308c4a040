# 权利义务告知书
rights-title = 您的权利和义务
rights-lead = 调解开始前，请看看您有哪些权利、要守哪些规矩：愿不愿意谈、什么时候停，都由您自己定。
rights-noted = 打开就表示您看到了，我们会记下时间。
rights-open = 打开看看
rights-pdf = 看盖章的原件（PDF 文件）
rights-first = 先看看您的权利和义务
rights-told = 权利义务告知书：{ $day } 看过
rights-untold = 权利义务告知书：还没看
