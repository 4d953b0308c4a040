# Reaching the other side: today's calls, letters and visits
outreach-title = People to reach today
outreach-none = Nobody to reach today.
outreach-today = today
outreach-late = Overdue
outreach-by = Please do it by { $day }.
outreach-read-out = What to say on the phone
outreach-script-ask = Good day, am I speaking with { $name } in person?
outreach-script-stop = If it is somebody else, or they are out: ask only when to call again, and say not a word more. If it is them, go on.
outreach-script-call = I work for { $committee }. { $surname ->
    [none] Somebody
   *[other] A neighbour by the name of { $surname }
  } would like to talk with you about "{ $dispute }". { $free ->
    [yes] Mediation is free.
   *[no] Whether it costs anything, and how much, we tell you first.
  } Whether you take part is up to you, and if you do not, you lose no rights. Would you like to talk? You can meet us in person, or ask for help. If you are in doubt, look up our number at 114 and call us back.
outreach-script-help = I work for { $committee }. You said that you would like help with "{ $dispute }". Is it the screen, the steps, or something that worries you? { $free ->
    [yes] Mediation is free.
   *[no] Whether it costs anything, and how much, we tell you first.
  } If you would rather not use a phone, you can come to us, or we come to you. { $surname ->
    [none] Whether
   *[other] The other person is the neighbour by the name of { $surname }; whether
  } you talk is still up to you.
outreach-script-meet = I work for { $committee }. You would rather meet in person about "{ $dispute }", so I am calling to find a time and a place. { $free ->
    [yes] Mediation is free.
   *[no] Whether it costs anything, and how much, we tell you first.
  } Which day suits you, and shall it be here or near you? { $surname ->
    [none] We tell the other side
   *[other] The other person is the neighbour by the name of { $surname }; we tell them
  } once a time is found, and ask you first whether you would sit in one room.
outreach-print = Print the letter
outreach-record = Write down the outcome
outreach-more = More
outreach-desk = { $count ->
    [0] Nobody to reach today
   *[other] To reach today: { $count }
  }
outreach-task-help = They ask for help
outreach-task-meet = They would rather meet
outreach-task-call = Call
outreach-task-letter = Post a letter
outreach-task-visit = Pay a visit
outreach-task-address = Find a better address
outreach-hint-help = Call and ask what they need.
outreach-hint-meet = Call to agree on a time and a place.
outreach-hint-call = The messages were not answered; please call.
outreach-hint-letter = Print and post the letter, then write down the day of posting.
outreach-hint-visit = The grid worker of the place sees this; you can also go yourself.
outreach-hint-address = The number was somebody else’s. Ask the claimant for another.
outreach-share = { $percent }% of those invited in the last { $days } days answered
outreach-share-none = No answers to count in the last { $days } days
outreach-numbers = Answered: { $answered }; never answered: { $silent }; wrong person: { $wrong }; still waiting: { $waiting }.
outreach-answers-title = Did those who were invited answer?
outreach-answers-more = See the numbers
outreach-invited = Invited
outreach-accepted = Willing to talk
outreach-declined = Will not take part
outreach-asked = Want to meet, or help
outreach-wrong = Wrong person
outreach-silent = Never answered
outreach-waiting = Still waiting
outreach-how = The share is those who answered out of those who answered, never answered, or were the wrong person; those still waiting are left out.
outreach-days = Last { $days } days
outreach-correct = Correct the contact
outreach-correct-lead = What is written down for { $name }: { $contact }
outreach-correct-nothing = No phone and no mail address are written down for { $name }.
outreach-correct-phone = Phone
outreach-correct-mail = Email
outreach-correct-address = Home address
outreach-correct-hint = At least one. Whoever has not answered yet is invited anew.
outreach-correct-save = Save
outreach-visits = Doors to go to
outreach-visits-none = No doors to go to now.
outreach-visit = Visit: { $name }
outreach-visit-hand = Please hand over
outreach-visit-hand-what = A letter of invitation. { $committee } would like to talk with them; they can call { $phone } or come to { $address }. Please do not ask about anything else, and tell nobody.
outreach-visit-came = What came of it?
outreach-visit-note = Note
outreach-visit-save = Save
outreach-visit-fetch = The letter is printed at { $committee }; please fetch it there first: { $address }, phone { $phone }.
