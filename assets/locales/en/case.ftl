# The page of a case
case-back = Back to the case
case-number = Case { $number }
case-other-dispute = Another matter
case-now = What you can do now
case-sessions = Meetings
case-steps = How far it has come
case-step-done = Done
case-step-now = Now
case-step-later = If needed
case-step-skipped = Not needed
case-papers = Papers
case-dossier = The whole dossier (PDF)
case-dossier-data = The whole dossier (data file)
case-dossier-zip = Everything in one file (ZIP)
case-print = Print the current paper
case-paper-check = Check it
case-paper-evidence = How it was signed
case-paper-large = Large print
case-paper-agreement = Settlement agreement
case-paper-non-settlement = Certificate of non-settlement
case-paper-application = Application for judicial confirmation
case-paper-ruling = Ruling
case-paper-intake-record = Intake record
case-paper-rights-notice = Notice of rights and duties
case-paper-session-record = Record of a session
case-paper-service-address = Address for service
case-paper-extension = Extension of the term
case-failures = These messages did not arrive; please reach the person another way
case-call = Whom to call
case-call-phone = Phone:
case-call-address = Address: { $address }
case-about = About the case
case-place = Place
case-story = What happened
case-opened = Sent in on
case-law = What the law says, and the ways open
case-history = What has been done so far
case-claim-stop = Asks that it stop
case-claim-money = Asks for a sum
case-claim-conduct = Asks that something be done
case-role-claimant = Claimant
case-role-respondent = Other side
case-role-mediator = Mediator
case-seat-empty = (not here yet)
case-due = By { $day }
case-due-passed = Was due by { $day }
case-due-provisional = Provisional
case-due-provisional-why = The holidays of that year are not published yet; when they are, the date is counted again and you are told.
case-due-article = Rests on { $article }
case-due-house = This is our own time limit, not one set by law.
case-session-minutes = About { $minutes } minutes
case-session-enter = Enter the room
case-session-mode = How you meet
case-session-mode-online = By video
case-session-mode-on-site = At a table
case-session-mode-mixed = Some at a table, some by video
case-session-room = Which mediation room
case-session-room-hint = Not needed for a session by video. The room is kept free for you: nobody else can book it for that time
case-session-address = Another place (address)
case-session-address-hint = Only if you chose “Another place”, such as somebody’s home
case-session-elsewhere = Another place
case-session-room-choice = { $name } ({ $address }, { $seats } seats)
case-session-at = Place: { $place }
case-session-at-or-online = Come to { $place }, or join by video
case-session-scheduled = Planned
case-session-open = Going on now
case-session-closed = Over
case-session-cancelled = Cancelled
case-record = Who was there, and when
case-who-staff = A member of staff
case-who-somebody = Somebody
case-who-clock = The platform (time ran out)
case-who-system = The platform

# Where it stands
case-state-consult = Asking for advice
case-state-assess-submitted = Received, being sorted
case-state-assess-routed = Please choose a way
case-state-mediate-received = Mediation asked for, not yet accepted
case-state-mediate-inviting = Accepted, the other side is being invited
case-state-mediate-inviting-help = The other side wants help and is being called
case-state-mediate-inviting-meet = The other side would rather meet; being arranged
case-state-mediate-selecting = Both agree to mediate, a mediator is being found
case-state-mediate-disclosing-asked = A mediator has been asked
case-state-mediate-disclosing-told = The mediator has told something; please both read it
case-state-mediate-disclosing-challenged = Another mediator was asked for; this is being decided
case-state-mediate-active = The mediator is ready
case-state-mediate-active-asked-to-write = The parties are asked whether to go on in writing
case-state-mediate-active-writing = Mediation in writing is going on
case-state-mediate-active-scheduled = A meeting is planned
case-state-mediate-active-open = The meeting is going on
case-state-mediate-paused = The mediation is paused
case-state-mediate-signing = The agreement is written and being signed
case-state-mediate-signing-sheets = The agreement is written and being signed on paper
case-state-mediate-signing-scanned = Signed on paper; the scan waits for a second look
case-state-mediate-settled = Settled; the agreement is in effect
case-state-mediate-partial = Settled in part; the agreement is in effect
case-state-mediate-ended = The mediation ended without an agreement
case-state-mediate-ended-uncertified = The mediation ended; the certificate is being made
case-state-confirm-prepared = Waiting for both to apply for confirmation
case-state-confirm-filed = The application lies before the court
case-state-confirm-reviewing = The court is reviewing it
case-state-confirm-valid = The court has confirmed the agreement
case-state-confirm-dismissed = The court dismissed the application
case-state-confirm-not-accepted = The court did not accept the application
case-state-confirm-withdrawn = The application was withdrawn
case-state-perform = The agreement is being carried out
case-state-to-verify = Both sides say it is done; somebody is to look on the spot
case-state-breached = The agreement was not kept in time
case-state-arbitrate = Gone on to arbitration
case-state-litigate = Gone on to the court
case-state-closed = Closed
case-state-closed-performed = Everything was done; the case is closed
case-state-closed-joined = This case has become part of another

# What comes next
case-next-consult = Tell us what happened and we can say which ways are open.
case-next-assess-submitted = A member of staff looks at what kind of matter this is and then tells you which ways are open. You need do nothing.
case-next-assess-routed = { $role ->
    [claimant] What the law says and the ways open are set out for you. Read them and choose for yourself; there is no hurry.
   *[other] Waiting for the claimant to choose a way.
  }
case-next-mediate-received = { $role ->
    [staff] Please see whether this is yours: accept it and the other side is invited, or transfer it.
   *[other] The committee is looking at the application. Once it is accepted, the other side is invited.
  }
case-next-mediate-inviting = { $role ->
    [respondent] The other side would like somebody to help you both talk. Taking part is your choice and free; saying no costs you nothing.
    [staff] Waiting for the other side. Without an answer in time the mediation ends by itself.
   *[other] We have written to the other side. If they agree, a mediator is found; if they decline or do not answer, you get a certificate and the other ways stay open.
  }
case-next-mediate-inviting-help = { $role ->
    [respondent] A member of staff will call you. You can also answer now.
    [staff] The other side asked for help: please call them.
   *[other] The other side wants some help; a member of staff is calling them.
  }
case-next-mediate-inviting-meet = { $role ->
    [respondent] Somebody will call you to find a time to meet. You can also answer now.
    [staff] The other side would rather meet: please call to find a time, then write the contact down.
   *[other] The other side would rather meet in person; it is being arranged.
  }
case-next-mediate-selecting = { $role ->
    [staff] Please assign one of the mediators proposed.
   *[other] The committee is finding a mediator who suits the matter and has no tie to either of you.
  }
case-next-mediate-disclosing-asked = { $role ->
    [staff] Waiting for the mediator to accept and to say whether there are any ties.
   *[other] We have asked a mediator, who will say whether they accept and whether they have any tie to either of you.
  }
case-next-mediate-disclosing-told = { $role ->
    [staff] Waiting for both sides to read what the mediator disclosed.
   *[other] { $acted ->
        [yes] You have agreed. We are waiting for the other side.
       *[no] Please read what the mediator says: agree if you do not mind, or ask for somebody else.
      }
  }
case-next-mediate-disclosing-challenged = { $role ->
    [staff] Please decide whether to replace the mediator, with your reasons.
   *[other] The committee decides whether to replace the mediator, and says why.
  }
case-next-mediate-active = { $role ->
    [staff] Please set a time to meet with both sides.
   *[other] The mediator will set a time with you to meet by video.
  }
case-next-mediate-active-asked-to-write = { $role ->
    [staff] Waiting for the parties to say whether they agree to write.
   *[other] The mediator proposes to write instead of meeting. Please open “Mediation in writing” and say whether you agree.
  }
case-next-mediate-active-writing = { $acted ->
    [yes] You have written; others are asked now. See “Mediation in writing”.
   *[no] Please open “Mediation in writing”, read what was written and offered, and answer.
  }
case-next-mediate-active-scheduled = When it is time, press “Enter the room”; the mediator lets you in.
case-next-mediate-active-open = The meeting is going on; you can enter the room.
case-next-mediate-paused = The mediation rests for a while; the mediator tells you when it goes on.
case-next-mediate-signing = { $role ->
    [staff] All parties sign, then the mediator; last comes the committee's seal.
   *[other] { $acted ->
        [yes] You have signed. The others sign and seal next.
        [wait] Please read the agreement. It is not your turn to sign yet; we will let you know.
        [another] Somebody else signs on your side, so you need not. You can read the agreement and see who has signed at any time.
       *[no] Please read the agreement from beginning to end; if it is right, sign it on your phone.
      }
  }
case-next-mediate-signing-sheets = { $role ->
    [staff] This agreement is signed on paper: print it, let everybody sign and seal it; then the mediator scans it and holds the scan against the original.
   *[other] { $acted ->
        [another] This agreement is signed on paper, and somebody else signs on your side. You can read it at any time.
       *[no] This agreement is signed on paper. Please read it, then sign the printed sheets as the mediator arranges; if you do not want to sign, say so on the page where you read it.
      }
  }
case-next-mediate-signing-scanned = { $role ->
    [staff] The scan was checked. Whoever keeps the seal now holds it against the original once more: confirm it if it is right, return it if it is not.
   *[other] The scan was checked. Once whoever keeps the seal has held it against the original too, the agreement counts. Please look at the scan, and tell us if something is wrong.
  }
case-next-mediate-settled = { $role ->
    [staff] Both sides can apply for confirmation together while they carry it out.
   *[other] Please do what was agreed. Within the time below you can also ask the court together to confirm it; then it can be enforced.
  }
case-next-mediate-partial = What is settled is carried out and can be confirmed; for the rest the other ways are open.
case-next-mediate-ended = { $role ->
    [staff] The parties can go on to arbitration or court, or the case can be closed.
   *[other] You have lost no right: go on to arbitration or court and we bring the papers along, or leave it here.
  }
case-next-mediate-ended-uncertified = { $role ->
    [staff] Please issue the certificate of non-settlement.
   *[other] The committee is making your certificate. You can already go on to arbitration or court, or leave it here.
  }
case-next-confirm-prepared = { $role ->
    [staff] Waiting for every party to join.
   *[other] { $acted ->
        [yes] You have joined. It goes to the court once the other side joins too.
       *[no] The other side has applied. Please see whether you want to join; it needs both of you.
      }
  }
case-next-confirm-filed = { $role ->
    [staff] Please check the conditions and decide on intake.
   *[other] The court decides whether to take it. You need do nothing.
  }
case-next-confirm-reviewing = { $role ->
    [staff] Please go through the conditions and rule, or ask for a supplement.
   *[other] The judge is looking at it and asks here if something is not clear.
  }
case-next-confirm-valid = The ruling has been served on both. Please do what was agreed; otherwise the court can enforce it.
case-next-confirm-dismissed = The agreement is not void: you can talk or mediate again, or sue.
case-next-confirm-not-accepted = The agreement is not void. Please read the court's reasons.
case-next-confirm-withdrawn = The agreement still holds; please do what was agreed.
case-next-perform = Please do what was agreed. Say so when it is done; the other side confirms it.
case-next-to-verify = { $role ->
    [staff] Both sides say that it is done. Please look on the spot and write down what you saw; the case is done with that.
   *[other] Both sides say that it is done. Somebody of the office looks on the spot, and then it is finished. You need do nothing more.
  }
case-next-breached = { $role ->
    [respondent] The other side says something was not done in time. Please do it soon, or talk to the mediator.
   *[other] The mediator can remind them, or you can sue; an agreement confirmed by the court can be enforced.
  }
case-next-arbitrate = { $role ->
    [staff] The papers have gone on to arbitration.
   *[other] Please apply to the arbitration body with the papers below. Call us if you cannot find it.
  }
case-next-litigate = { $role ->
    [staff] The papers have gone on to the court.
   *[other] Please file at the court with the papers below. Call us if you cannot find it.
  }
case-next-closed = It ends here. You can come back at any time.
case-next-closed-performed = Everything agreed was done. Thank you both.
case-next-closed-joined = The same matter was told twice. It goes on in the other case, and what you said has gone with it.

# What can be done
case-door-assess = See the ways open and choose one
case-door-assess-hint = What the law says, how long it takes, what it costs
case-door-intake = Accept, transfer or sort
case-door-intake-hint = Accepting invites the other side at once
case-door-safety = Safety
case-door-safety-hint = Ask about violence; note calls and reports
case-door-similar = Similar cases
case-door-similar-hint = Make one matter one case, link what is serial
case-door-invitation = Answer the invitation
case-door-invitation-hint = Yes, no, or I need help
case-door-parties = Add a party
case-door-parties-hint = Somebody else turned out to have to do with it: they are asked too
case-door-assign = Assign a mediator
case-door-assign-hint = Proposals with their reasons
case-door-assignment = Answer the assignment
case-door-assignment-hint = Accept and disclose, or refuse
case-door-disclosure = Read what the mediator disclosed
case-door-disclosure-hint = Agree, or ask for somebody else
case-door-translation = Translate the agreement
case-door-translation-hint = The agreement stands in two languages; the mediator or the interpreter writes the second
case-door-wishes = Tell your wishes
case-door-wishes-hint = What you would like to speak, and where you work
case-door-choose = Choose mediators
case-door-choose-hint = Name whom you could accept; the other side does not see it
case-door-disclose = Disclose a tie
case-door-disclose-hint = Something came up during the mediation
case-door-replacement = Another mediator
case-door-replacement-hint = Asked for, decided, handed over
case-door-agents = Who acts for a party
case-door-agents-hint = An agent, a guardian, the head of a company
case-door-on-paper = Sign on paper
case-door-on-paper-hint = Print, sign by hand, scan; the mediator checks
case-door-team = Who else takes part
case-door-team-hint = Kin, experts, interpreters: who comes and goes
case-door-joining = Answer the request
case-door-joining-hint = You are asked to join this mediation
case-door-challenge = Decide on another mediator
case-door-challenge-hint = With your reasons
case-door-sessions = Set a time to meet
case-door-sessions-hint = Both sides are told and get a calendar file
case-door-identity = Check identities
case-door-identity-hint = Compare the card with the face before anyone signs
case-door-board = Clauses of the agreement
case-door-board-hint = Who does what, how much, by when
case-door-pause = Pause or go on
case-door-pause-hint = For an appraisal, a doubt, or safety
case-session-record = Record
case-door-writing = Mediation in writing
case-door-writing-hint = Without meeting: write, make offers, answer them
case-door-term = More time
case-door-term-hint = If time runs short and everybody agrees
case-door-contacts = Write down a contact
case-door-contacts-hint = A call, a letter or a visit, and what came of it
case-door-sign = Read the agreement and sign
case-door-sign-hint = Read to the end, then sign
case-door-seal = Put the seal
case-door-seal-hint = Check it, then seal for the committee
case-door-end = End the mediation
case-door-end-hint = You may stop at any time
case-door-certificate = Issue the certificate of non-settlement
case-door-certificate-hint = It blames nobody and names no offer
case-door-hand-over = Go on to arbitration or court
case-door-hand-over-hint = We bring the papers along
case-door-confirmation = Judicial confirmation
case-door-confirmation-hint = Both ask the court to confirm the agreement
case-door-review = Review the application
case-door-review-hint = The agreement beside the conditions
case-door-supplement = Answer the judge
case-door-supplement-hint = The judge would like to know something
case-door-ruling = Read the ruling
case-door-ruling-hint = Opening it is the receipt
case-door-evidence = Photos and evidence
case-door-evidence-hint = Show each other, or the mediator alone, what happened
case-door-exhibits = Files for the court
case-door-exhibits-hint = A deed, a contract, a receipt, or what the judge asks for
case-door-service = Confirm your address for service
case-door-service-hint = Where and how papers reach you is for you to say
case-door-performance = Carrying it out
case-door-performance-hint = Say what is done; the other side confirms
case-door-rights = See your rights and duties
case-door-rights-hint = What you are to be told before the mediation begins
case-door-delivery = Post or hand over papers
case-door-delivery-hint = For parties who did not agree to electronic service: what has arrived, and how to mend an entry
case-door-help = Ask an authority for help
case-door-help-hint = Illegal structures, fire hazards, noise at night: whoever may act against it
case-door-verify = Look on the spot
case-door-verify-hint = See whether what was agreed is done, and write it down
case-door-follow-up = Follow up
case-door-follow-up-hint = Ask both sides how it stands
case-door-close = Close the case
case-door-close-hint = Leave it here

# What has been done
case-event-open = { $who } sent in the matter
case-event-triage = { $who } sorted the matter
case-event-choose-way = { $who } chose a way
case-event-take-seat = A party proved their contact
case-event-transfer = { $who } transferred the case to another committee
case-event-screen = { $who } asked about violence
case-event-lift-warning = { $who } lifted the safety warning and said why
case-event-report-danger = { $who } reported the danger
case-event-escalate = A target of the first minutes was missed; the platform told whoever is above
case-event-link = { $who } linked another case
case-event-join-into = { $who } made this case part of another, so that one matter is not dealt with twice
case-event-take-in = { $who } took in another case of the same matter
case-event-accept = { $who } accepted the case and invited the other side
case-event-accept-invitation = { $who } agreed to mediate
case-event-decline-invitation = { $who } declined to mediate
case-event-ask-for-help = { $who } asked for help
case-event-ask-to-meet = { $who } would rather meet in person
case-event-wrong-person = Whoever was reached says it is somebody else’s address
case-event-add-party = { $who } added a party
case-event-correct-contact = { $who } corrected the contact
case-event-step-up = No answer yet; the next step begins
case-event-take-visit = A grid worker took the visit
case-event-print-letter = The letter was made
case-event-ask-call = A call was asked for
case-event-record-contact = { $who } wrote down a contact
case-event-assign = { $who } assigned a mediator
case-event-accept-assignment = { $who } accepted the assignment
case-event-refuse-assignment = { $who } refused the assignment
case-event-waive = { $who } read the disclosure and agreed to the mediator
case-event-challenge = { $who } asked for another mediator
case-event-tell-wishes = { $who } told their wishes
case-event-name-mediators = { $who } named mediators
case-event-end-choice = The time to choose a mediator is over
case-event-disclose = { $who } disclosed a tie
case-event-ask-replacement = { $who } asked for another mediator
case-event-decide-replacement = { $who } decided about another mediator
case-event-write-hand-over = { $who } wrote a hand-over note
case-event-invite-member = { $who } asked somebody to join
case-event-join-team = { $who } agreed to join
case-event-consent-to-member = { $who } answered about somebody joining
case-event-leave-team = { $who } left
case-event-dismiss-member = { $who } asked somebody to leave
case-event-decide-challenge = { $who } decided on the request for another mediator
case-event-schedule-session = { $who } set a meeting
case-event-cancel-session = { $who } cancelled a meeting
case-event-open-session = { $who } opened the room
case-event-seat-at-screen = { $who } noted who sits in front of the screen on site
case-event-close-session = { $who } closed the room
case-event-record-identity = { $who } checked the identity of a party
case-event-pause = { $who } paused the mediation
case-event-ask-recording = { $who } asked whether the session may be recorded
case-event-consent-recording = { $who } agreed to the recording
case-event-withdraw-recording = { $who } took the consent back, and the recording stopped
case-event-start-recording = The recording began
case-event-stop-recording = The recording stopped
case-event-seal-recording = The recording was sealed by its hashes
case-event-keep-recording = The recording is ready to be played
case-event-delete-recording = The recording was deleted
case-event-draft-record = { $who } drafted the record of a session
case-event-agree-proposals = { $who } agreed that the proposals stand in the record
case-event-lay-record = { $who } laid the record out to be read
case-event-ask-correction = { $who } asked for a correction of the record
case-event-sign-record = { $who } signed the record
case-event-refuse-record = { $who } did not sign the record
case-event-note-refusal = { $who } noted that somebody did not sign the record
case-event-propose-writing = { $who } proposed to go on in writing
case-event-agree-to-writing = { $who } agreed to go on in writing
case-event-ask-for-room = { $who } would like to meet
case-event-write-message = { $who } wrote something
case-event-make-offer = { $who } made an offer
case-event-accept-offer = { $who } accepted an offer
case-event-decline-offer = { $who } declined an offer
case-event-withdraw-offer = { $who } took an offer back
case-event-lapse-offer = The day of an offer is over
case-event-propose-extension = { $who } asked for more time
case-event-agree-extension = { $who } agreed to more time
case-event-refuse-extension = { $who } did not agree to more time
case-event-resume = { $who } went on with the mediation
case-event-name-agent = { $who } named somebody who acts for a party
case-event-accept-agent = { $who } checked who acts for a party, and by what right
case-event-dismiss-agent = { $who } ended that somebody acts for a party
case-event-sign-on-paper = { $who } took the agreement to paper
case-event-certify-scan = { $who } checked the agreement signed on paper; a second person confirms it
case-event-return-scan = { $who } sent the scan of the agreement back
case-event-prepare-signing = { $who } put the clauses on paper
case-event-reopen-draft = { $who } reopened the clauses; signatures so far are void
case-event-consent-to-sign = { $who } agreed to sign electronically
case-event-withdraw-consent = { $who } no longer wishes to sign electronically
case-event-decline-to-sign = { $who } said that they do not sign
case-event-lapse-signing = Not all signed in time; signatures so far are void
case-event-sign = { $who } signed
case-event-seal = { $who } put the seal; the agreement takes effect
case-event-end = { $who } ended the mediation
case-event-issue-certificate = { $who } issued the certificate of non-settlement
case-event-hand-over = { $who } went on to arbitration or court
case-event-join-confirmation = { $who } joined the application for confirmation
case-event-withdraw-confirmation = { $who } withdrew the application for confirmation
case-event-recalculate = The holidays were published and the term was counted again
case-event-lapse-confirmation = The time to apply for confirmation ran out
case-event-accept-filing = { $who } accepted the application
case-event-refuse-filing = { $who } did not accept the application
case-event-ask-supplement = { $who } asked for a supplement
case-event-answer-supplement = { $who } gave a supplement
case-event-confirm-agreement = { $who } confirmed the agreement
case-event-dismiss-application = { $who } dismissed the application
case-event-receive-ruling = { $who } received the ruling
case-event-show-evidence = { $who } showed a piece of evidence
case-event-withdraw-evidence = { $who } took back a piece of evidence
case-event-hand-in = { $who } handed in a file for the court
case-event-file-paper = { $who } filed a paper
case-event-confirm-service = { $who } confirmed the address for service
case-event-take-back = { $who } took back a file
case-event-report-performance = { $who } reported a clause as done
case-event-acknowledge-performance = { $who } acknowledged performance
case-event-read-notice = { $who } read the notice of rights and duties
case-event-record-delivery = { $who } noted how a paper was served
case-event-ask-authority = { $who } asked an authority for help
case-event-answer-request = The authority answered
case-event-ask-verification = { $who } asked a grid worker to look on the spot
case-event-verify-performance = { $who } wrote down what was seen on the spot
case-event-follow-up = { $who } asked how it stands
case-event-dispute-performance = { $who } said it was not done
case-event-report-breach = { $who } reported that the agreement was not kept
case-event-close = { $who } closed the case

# Why it cannot be done now
case-unsigned = Agreements that were not signed
case-unsigned-more = These are void and bind nobody, nor do the signatures under them. You can talk on, change the clauses and sign anew.
case-unsigned-declined = { $number }: somebody did not sign
case-unsigned-agent-gone = { $number }: whoever was to sign for a party no longer acts for it
case-unsigned-lapsed = { $number }: not signed by all in time
case-unsigned-check = Its public page
case-refused-wrong-state = The case has moved to another step, where this cannot be done. Please see where it stands.
case-refused-stale = The case changed while you were looking at this page.
case-refused-already-done = This has been done already.
case-refused-not-your-turn = It is not your turn yet.
case-refused-unknown = What you chose is not there any more; it may have been changed.
case-refused-empty = Please say it in a few words.
case-refused-bad-time = The time must lie ahead, within three months.
case-refused-wrong-contact = This contact is not the one written in the case.
case-refused-seat-empty = A party is not here yet; please wait for them.
case-refused-not-agreed = Some clause does not have everybody's consent yet.
case-refused-translation-missing = A text of the agreement is not translated, or was changed in Chinese since. Please complete the translation.
case-refused-hand-missing = A company signs through its legal representative or an agent with special authority, and whoever has a guardian through the guardian; please name and check that person first.
case-refused-licence-missing = Nobody has seen the licence of a company or shop yet. Please record its credit code under “Check identities”; the card of whoever heads it is not enough.
case-refused-identity-missing = The identity and home address of every party must be checked first.
case-refused-no-session = No video session is open now, so the card cannot have been compared in one; open the room first, or choose the counter
case-refused-paper-changed = The paper changed after you read it; please read it again.
case-refused-other-name = The name was changed after the paper was laid open and is no longer the one that stands on it. A signature now would be called somebody else's later on. Please ask the mediator to take the paper back and lay it open anew, and sign that one.
case-refused-wet-ink-only = The law does not allow electronic signatures here; please print it and sign by hand.
case-refused-consent-missing = Please agree to sign electronically first. Whoever does not wish to can ask the mediator to sign on paper.
case-refused-said-no = A party had said before that time that it does not sign. Please check when the last one signed; if it was not signed, take the agreement back to the board.
case-refused-too-late = The time for this is over.
case-refused-not-confirmable = The court cannot confirm matters of this kind.
case-refused-question-open = A question of the judge is still open.
case-refused-findings-missing = Some condition has not been looked at, or one is not met.
case-refused-grounds-missing = Please give the grounds and reasons.
case-refused-not-due = It is not due yet.
case-refused-too-many-parties = A case has at most 20 parties.
case-refused-way-closed = This way is not open for this matter now.
case-refused-other-district = This belongs to another district. A matter stays in the district where it was brought; please tell the person to turn to the committee there.
case-refused-unsafe = A safety warning stands, so no joint session can be set now. When the mediator or the head has spoken with the party alone and knows how things are, they may lift it with a reason.
case-refused-other-people = These two cases are not between the same two people and cannot become one. You can link them; the parties do not see each other.
case-refused-still-choosing = The parties are still choosing; appoint once they have, or their time is over.
case-refused-does-not-add-up = The instalments do not make the whole sum.
case-refused-offer-open = An offer of your side waits for an answer; take it back first.
case-refused-other-side = This person stands on another side or works on the case, and cannot act for this party.
case-refused-own-matter = This is not yours to decide: you assigned, or it is about you. The head or another colleague decides.
case-refused-in-other-room = You, or somebody who mediates with you, still sit in another open session. Close that one first, in its own case.
case-refused-nobody-goes-there = No grid station covers this place, so nobody would go. Please look yourself, or ask the community by phone.
case-refused-too-many = 20 files are there already; please take back one that is not needed

# The page of the assessment
case-assess-title = What the law says, and the ways open
case-assess-lead = Here are the law in point and the ways open in your matter. The choice is yours.
case-assess-law = What the law says
case-assess-version = { $statute }, version in force from { $day }
case-assess-remedy = How such matters are often settled: { $remedy }.
case-assess-own-words = These are our own plain words; the statute itself holds.
case-assess-time = Is there still time
case-assess-basis = Rests on { $basis }
case-assess-ways = The ways open
case-assess-other-ways = Look at the other ways
case-assess-choose = Please read them and choose one. Mediating first does not close arbitration or the court.
case-assess-barred = Not open now
case-assess-not-advice = This is general information, not a lawyer's advice. If unsure, call the public legal service line 12348.
case-limit-none = There is no time limit for such a request; you may make it at any time.
case-limit-years = { $years ->
    [one] Within one year
   *[other] Within { $years } years
  } from the day you knew, or should have known, of the harm and who did it.
case-limit-until = Counted from the day you told us: until { $until }.
case-limit-again = You came to us on { $asked }, so the time runs anew from that day, until { $until }.
case-limit-over = Counted from the day you told us, the time was over on { $until }. You can still mediate, and what the other side gives of its own will is yours; but in court it may plead that it is too late.
case-limit-anew = You came to us on { $asked }. If the time was not over then, asking a mediation body interrupts it: it runs anew from that day, until { $until }.
case-way-who = Who decides
case-way-time = How long
case-way-cost = What it costs
case-way-consequence = What comes of it
case-way-silence = If the other side does not answer
case-way-choose-mediation = I choose mediation
case-way-choose-arbitration = I want to arbitrate
case-way-choose-court = I want to go to court

# Ending, pausing, closing
case-end-title = Why does the mediation end?
case-end-lead = Afterwards the committee makes a certificate that blames nobody. Arbitration and the court stay open.
case-end-next = Continue
case-end-withdrawn = I take the application back
case-end-withdrawn-hint = I do not want mediation any more
case-end-declined = The other side declined
case-end-declined-hint = The other side does not wish to mediate
case-end-unreachable = The other side could not be reached
case-end-unreachable-hint = No answer within the term
case-end-refused = A side does not want to go on
case-end-refused-hint = Somebody has clearly said so
case-end-too-far-apart = Too far apart
case-end-too-far-apart-hint = Talking on would not bring you together
case-end-term-expired = The term is over
case-end-term-expired-hint = Nobody asked for more time
case-end-signing-refused = A side will not sign
case-end-signing-refused-hint = The clauses were agreed but not signed
case-end-unfit = Not fit for mediation
case-end-unfit-hint = Danger, doubt, or the rights of others
case-sure-end = End the mediation?
case-sure-end-more = This cannot be undone. An agreement not fully signed falls away; what was offered or conceded is in no certificate and goes to no arbitrator or court.
case-sure-end-do = End it
case-sure-close = Close the case?
case-sure-close-more = It then ends here. You can come back with it later.
case-sure-close-do = Close it
case-sure-resume = Go on with the mediation?
case-sure-resume-more = The days of the pause do not count; the term moves on by as much.
case-sure-resume-do = Go on
case-sure-no = Not now, back to the case
case-pause-title = Why pause?
case-pause-lead = The time of a pause does not count.
case-pause-do = Pause the mediation
case-pause-appraisal = An appraisal is needed
case-pause-fraud = Something may be a sham
case-pause-safety = Somebody is not safe

# On to arbitration or court
case-hand-over-title = On to arbitration or court
case-hand-over-lead = You have lost no right. Choose a way and we bring the papers together.
case-hand-over-choose = Take this way
case-hand-over-sure-arbitration = On to arbitration
case-hand-over-sure-court = On to the court
case-hand-over-along = What goes along
case-hand-over-story = What you wrote: what happened and what you want
case-hand-over-fact = A fact both sides accept: { $fact }
case-hand-over-not = What does not go along
case-hand-over-not-more = Nothing said alone with the mediator, no offer and no concession.
case-hand-over-do-arbitration = Yes, go to arbitration
case-hand-over-do-court = Yes, go to the court
case-link = Send the link again
case-link-to = The link into the case goes to { $name } once more: { $contact }
case-link-more = It is sent once an hour at most. If the number may be wrong, please call first.
case-link-send = Send the link
case-link-sent = The link is on its way
case-link-sent-more = It reaches { $name } at { $contact } within minutes.
case-link-nowhere = The case holds no phone or mail address of { $name }, so a link cannot be sent. Please reach them another way.
