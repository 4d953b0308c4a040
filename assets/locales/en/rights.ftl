# Notice of rights and duties
rights-title = Your rights and duties
rights-lead = Before the mediation begins, please see what your rights are and what is expected of you: whether you talk, and when you stop, is for you to say.
rights-noted = Opening it means that you have seen it; we note the time.
rights-open = Open it
rights-pdf = The sealed original (PDF file)
rights-first = See your rights and duties first
rights-told = Notice of rights: read on { $day }
rights-untold = Notice of rights: not read yet
