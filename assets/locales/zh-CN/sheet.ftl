# 楼门上的二维码
sheet-title = 邻里有了纠纷，坐下来谈
sheet-what = 噪音、漏水、占道、欠款、家里的事……都可以说给调解委员会听，请双方一起商量。
sheet-scan = 用手机扫一扫，几分钟就能说清楚
sheet-or = 不方便用手机，打电话或者直接过来都行：
sheet-hint = 用浏览器的“打印”，一张 A4 纸，贴在楼门上。
sheet-doors = 楼门上的二维码
sheet-doors-lead = 点开一个地址，就能打印贴在楼门上的那一张。住户扫了码，地址会自动填好。
sheet-doors-none = 本会辖区内还没有登记楼门。请管理员把楼门写进 town.toml，再用 heyi town 录入。
sheet-print = 打印这一张
sheet-print-doors = 全部打印，一页一张
sheet-print-desks = 全部打印，一页六张（裁开放在商户台上）
sheet-pdf = PDF
sheet-pdf-desk = 台卡 PDF
sheet-kiosk = 自助屏
