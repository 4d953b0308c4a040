# Judicial confirmation: for the parties
court-join-title = Apply together for judicial confirmation
court-join-form = Join the application
court-join-now = Join the application
court-last-day = { $days ->
    [0] Today is the last day
    [1] 1 day left
   *[other] { $days } days left
  }
court-provisional = Some holidays in this time are not published yet; we will count again when they are, and tell you.
court-joint = Confirmation is applied for by both together; nobody can do it alone. Once the court finds the agreement valid, you can ask for enforcement directly if it is not kept. Without it the agreement binds all the same.
court-which = To which court
court-none = No court with jurisdiction over this matter is on the platform, so it cannot be asked online. Please turn to the basic court at the seat of the mediating organisation.
court-which-why = Under article 205 of the Civil Procedure Law: the basic court where a party lives, where the subject-matter is, or where the mediation organisation has its seat.
court-other = Choose another court
court-choose = This one
court-who-joined = Who has joined
court-read = I have read the application; what it says is true, and I entered the agreement of my own free will.
court-consent = I agree to sign it electronically, and to be served by the court electronically at the contact I gave.
court-prepared = You have joined
court-prepared-more = When the other side joins too, the application goes to the court by itself.
court-filed = The application is with the court
court-filed-more = { $court } will decide within days whether to accept it; we will tell you at once.
court-reviewing = The court is reviewing it
court-reviewing-more = { $court } has accepted it. If the judge has a question, you will find it here.
court-number-is = The court's number: { $number }
court-withdrawn = The application was withdrawn
court-withdrawn-more = The agreement still binds; both sides perform it as agreed.
court-not-accepted = The court did not accept it
court-not-accepted-more = The agreement still binds; if there is a dispute over it, you may mediate again or sue.
court-valid = The court found the agreement valid
court-valid-more = If one side does not perform it in full, the other may ask the court to enforce it.
court-dismissed = The court dismissed the application
court-dismissed-more = You may mediate again, change the agreement or make another, or sue.
court-ruling = Ruling
court-served-at = Served at
court-read-at = Opened by you at
court-receive = Open the ruling
court-receive-more = Opening it means that you have received it; we note the time as the receipt of service.
court-ruling-open = Download the ruling (PDF)
court-objection = An objection is made to the court that gave the ruling, within fifteen days of receiving it.
court-question = The judge asks
court-answer = Your answer
court-answer-send = Send it to the judge
court-withdraw-open = I want to withdraw
court-withdraw-more = Either side may withdraw before the ruling. The agreement stays in effect.
court-withdraw = Withdraw the application

# For the court
court-queue = Applications for confirmation
court-queue-lead = Those due soonest come first.
court-queue-empty = No application is waiting.
court-number = Number
court-kind = Dispute
court-phase = State
court-due = Due
court-days-left = { $days ->
    [0] due today
    [1] 1 day left
   *[other] { $days } days left
  }
court-overdue = overdue
court-phase-prepared = Waiting for both to join
court-phase-filed = To be accepted
court-phase-reviewing = Under review
court-phase-valid = Found valid
court-phase-dismissed = Dismissed
court-phase-not_accepted = Not accepted
court-phase-withdrawn = Withdrawn
court-review = Review the application
court-agreement = The agreement
court-papers = Papers handed in
court-papers-why = After article 354 of the Interpretation. The agreement with the organisation's seal also proves who mediated.
court-identity = Identity
court-identity-none = No record of a check
court-contact = Contact
court-address = Address
court-conditions = Condition by condition
court-conditions-why = After articles 355 and 358 of the Interpretation. The platform only points; you decide every line. Only when all are ruled out can it be found valid.
court-judged = { $judged } of { $all } judged.
court-next = Below: what to do next
court-effect-not-accepted = Any of these: not accepted
court-effect-dismissed = Any of these: dismissed
court-seen-clear = Checked by rule: not seen
court-seen-suspected = Checked by rule: look here
court-seen-by-hand = For a person to judge
court-clear = Not the case
court-holds = It is the case
court-open = Not judged yet
court-note = Note (for the court only)
court-note-alone = There is a note here, and no answer yet
court-find = Save the findings
court-supplements = Questions and answers
court-unanswered = Not answered yet
court-intake = Intake
court-intake-waits = Waiting for intake
court-intake-waits-more = A clerk accepts it and gives it its number; only then can there be a ruling.
court-intake-more = Accepting gives it the court's number; the ruling will name you as its clerk.
court-accept = Accept
court-refuse-open = Do not accept
court-refuse = Decide not to accept
court-ground = On which ground
court-reasons = Reasons
court-reasons-hint = The parties will read this; please write full sentences.
court-ask-open = Ask for more
court-ask = What to ask
court-ask-hint = Both sides get it; either may answer.
court-ask-send = Send to both
court-confirm = Find valid
court-confirm-more = Every line is ruled out. Read the whole ruling first, then give your one-time password.
court-confirm-open = Draft the ruling
court-confirm-now = Rule that it is valid
court-not-yet = It cannot be found valid yet
court-not-yet-more = A line is not judged or not ruled out, or a question is unanswered.
court-dismiss-open = Dismiss the application
court-dismiss-more = Choose the ground, write the reasons, then read the whole ruling. Nothing is issued before you have read it and said so.
court-dismiss-next = Next: read the ruling
court-dismiss = Rule to dismiss
court-ruling-draft = The ruling, not yet issued
court-ruling-lead = Please read it from beginning to end before you decide.
court-ruling-more = With your one-time password it gets your signature and the court's seal and is served on both sides at once.
court-ruling-pdf = See it as PDF
court-ruling-edit = Change ground or reasons

# Printed on the papers, which are Chinese; the English is a reading aid
court-paper-agreement = The settlement agreement ({ $number })
court-paper-mediation = Proof that the organisation mediated (signature and seal on the agreement, the platform's record)
court-paper-identity = Records of the checks of identity and domicile, and contacts, of all parties (the platform's record)
court-paper-exhibit = { $kind } (from { $by }, fingerprint begins { $mark })
court-service-electronic = Electronic service agreed: { $address }
court-service-chosen = Address for service: { $address }; electronic service agreed: { $ways }
court-service-post = Address for service: { $address }; no electronic service
court-case-number = （{ $year }）{ $court }诉前调确{ $number }号
court-term = { $who }, { $by }: { $does }{ $sum }.
court-term-sum = , amount CNY { $figures } ({ $capital })
