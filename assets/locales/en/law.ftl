# What is said when a field is wrong
law-money-empty = Please give a sum.
law-money-not-a-number = This does not look like a sum. Please use figures, such as 1234.05.
law-money-too-many-decimals = A sum has at most two decimals.
law-money-too-large = The sum is too large, please check it.
law-id-number-empty = Please give the identity number.
law-id-number-shape = An identity number has 18 places: digits, and perhaps an X at the end.
law-id-number-region = The region at the beginning is not right. Please compare it with the card.
law-id-number-birth-date = The date of birth in the number is not right. Please compare it with the card.
law-id-number-birth-in-future = The date of birth in the number lies in the future. Please compare it with the card.
law-id-number-checksum = The last place does not fit the others: one digit may be misread.
law-phone-empty = Please give a phone number.
law-phone-not-a-phone = This phone number cannot be called. Please check the digits; numbers from abroad begin with +.
law-mail-empty = Please give a mail address.
law-mail-not-an-address = This does not look like a mail address, such as name@example.com.
law-mail-too-long = The mail address is too long.
law-name-empty = Please give the name.
law-name-too-long = A name has at most 60 characters.
law-name-control = The name contains invisible characters. Please type it again.

# The ways
law-way-people-title = People’s mediation
law-way-people-who = A mediator of the neighbourhood’s people’s mediation committee helps both sides talk; what is agreed is up to the two of you.
law-way-people-why = Quarrels between neighbours are soonest and most easily talked over at the committee nearby.
law-way-industry-title = Industry mediation
law-way-industry-who = A mediator who knows the trade helps both sides talk; what is agreed is up to the two of you.
law-way-industry-why = This kind of matter needs knowledge of the trade, which an industry committee has.
law-way-administrative-title = Administrative mediation
law-way-administrative-who = Staff of the authority in charge, the sub-district or the township help both sides talk; what is agreed is up to the two of you.
law-way-administrative-why = An authority is in charge of this kind of matter, and what is agreed before it is more easily carried out.
law-way-administrative-consequence = If you agree, you sign an agreement that binds both; whether the court can confirm it depends on the local court. If not, the other ways stay open.
law-way-mediation-time = As a rule within 30 days; both sides may agree to more.
law-way-free = Free of charge.
law-way-mediation-consequence = If you agree, you sign an agreement that binds both; within 30 days you may together ask the court to confirm it, and then it can be enforced. If not, arbitration and court stay open.
law-way-mediation-silence = Mediation is voluntary. If the other side refuses or cannot be reached, it ends; you get a certificate and we help you take your papers further.
law-way-arbitration-title = Arbitration
law-way-arbitration-who = Arbitrators of the institution that both sides choose decide.
law-way-arbitration-time = By the institution’s rules, commonly some months.
law-way-arbitration-cost = A fee by the institution’s scale; the award says who bears it.
law-way-arbitration-consequence = The award is final and can be enforced; with an arbitration agreement one can no longer sue, as a rule.
law-way-arbitration-silence = Without the other side’s written agreement there is no arbitration. With one, an award can be made even if the other side stays away.
law-way-arbitration-why = Property disputes can be arbitrated, if both sides agree to it in writing.
law-way-labour-title = Labour arbitration
law-way-labour-who = A tribunal of the labour dispute arbitration commission decides.
law-way-labour-time = Intake within 5 days, an award within 45 days as a rule, 15 more if complex.
law-way-labour-consequence = Awards on smaller wages and the like are final for the employer; against others one may sue within 15 days.
law-way-labour-why = In labour disputes arbitration comes before a suit, and you can apply alone.
law-way-rural-land-title = Rural land arbitration
law-way-rural-land-who = A tribunal of the rural land contract arbitration commission decides.
law-way-rural-land-time = Intake within 5 working days, an end within 60 days, 30 more if complex.
law-way-rural-land-consequence = If nobody sues within 30 days of receiving it, the award binds and can be enforced.
law-way-rural-land-why = Disputes over contracted land can go to arbitration or straight to court, and you can apply alone.
law-way-award-in-absence = If the other side is notified and stays away, an award can be made without it.
law-way-court-title = Court
law-way-court-who = A judge decides; the court may first offer mediation.
law-way-court-time = Filed within 7 days; small claims about 2 months, simple proceedings 3, ordinary ones 6.
law-way-court-cost = A court fee by regulation, as a rule borne by the losing side; in hardship one may ask for deferral, reduction or waiver.
law-way-court-consequence = A judgment in effect can be enforced; in small claims there is no appeal, otherwise there is.
law-way-court-silence = If the other side is summoned and stays away, the court can give judgment without it.
law-way-court-why = Going to court is your right at any time, and trying mediation first takes nothing from it.
law-way-barred-arbitration = This kind of dispute concerns status, family, administration or no property, and cannot be arbitrated.
law-way-barred-labour-first = In labour disputes arbitration comes first; you may sue if it is refused or undecided, or against the award.
law-way-barred-government-first = Title to land is first decided by the government; against its decision you may sue within 30 days.
law-way-note-violence = If anybody at home hits or threatens you, protect yourself first: call the police (110) or ask the court for a protection order. We arrange no meeting that would put you at risk.
law-way-note-confirmed-in-part = Of such agreements the court can confirm only the part about money or conduct.
law-way-note-not-confirmed = The court cannot confirm agreements on this kind of matter.
law-way-note-wet-ink = By law such agreements cannot be signed electronically: they are printed and signed by pen.
law-way-note-paper-too = Beside the electronic signature we will ask you to sign one on paper.
law-way-note-fraud = To prevent sham loans we will ask closely about the money and its proofs.

# What the platform sees before a confirmation
law-look-status = This type of dispute concerns personal status.
law-look-title = This type of dispute may determine title; please check the clauses.
law-look-not-joint = Not every party has joined.
law-look-late = The 30 days after the agreement took effect are over.
law-look-track = Agreements of this kind of body are not among those that can be confirmed.
law-look-unclear = A clause lacks its sum, its day or what is to be done.

# Why a committee or mediator is proposed
law-reason-field-match = Works on this kind of dispute: { $field }
law-reason-field-other = Does not usually work on this kind of dispute
law-reason-kind-match = This kind of committee usually takes such disputes
law-reason-kind-other = Another kind of committee usually takes such disputes
law-reason-place-same = Covers this very place: { $place }
law-reason-place-near = Is nearby: { $place }
law-reason-place-far = Is far away
law-reason-language-match = Speaks a language that was wished for: { $language }
law-reason-language-missing = Does not speak: { $language }
law-reason-load-free = Has { $load } cases and room for { $free } more
law-reason-load-busy = Has { $load } cases already and room for only { $free } more
law-reason-load-full = Has { $load } cases and no room for more
law-reason-week-free = Has { $hours } free hours in the next seven days
law-reason-week-full = Has no free hour in the next seven days
law-reason-away = Is on leave, back on { $day }
law-reason-preferred = { $by ->
    [1] One party named this mediator
   *[other] { $by } parties named this mediator
}
law-reason-knows-all = Has mediated between these parties before
law-reason-knows-one = Has mediated for one side only before ({ $party }, { $cases }); this must be disclosed
law-reason-no-conflict = No tie to the parties was found
law-reason-conflict-same-person = Is a party: { $party }
law-reason-conflict-same-name = Has the same name as a party, which must be checked first: { $party }
law-reason-conflict-relative = Is a relative of a party: { $party }
law-reason-conflict-address = Lives at the same address as a party: { $party }
law-reason-conflict-employer = Works for the same employer as a party: { $party }
law-reason-conflict-close = Declared to be close to a party: { $party }
law-reason-conflict-against = Stood against a party in another matter: { $party }
law-reason-conflict-beside = Accompanied or helped a party in another matter: { $party }
law-reason-conflict-elsewhere = Stood on a side in a matter of another district and cannot mediate
law-reason-conflict-earlier-role = Has had another role in this matter
law-reason-refused = Has declined this case
law-reason-paused = Takes no new cases for now, by the head’s decision
law-reason-no-mediator = Has no mediator who could take it now

# Languages of mediation
law-language-mandarin = Mandarin
law-language-wu = Wu
law-language-cantonese = Cantonese
law-language-minnan = Minnan
law-language-hakka = Hakka
law-language-sichuanese = Sichuanese
law-language-uyghur = Uyghur
law-language-tibetan = Tibetan
law-language-mongolian = Mongolian
law-language-korean = Korean
law-language-english = English
law-language-sign = sign language
