# The desk
desk-no-cases = You have no cases yet.
desk-empty = No case needs anything now.
desk-today = Today
desk-today-none = No session today.
desk-mine = Your turn
desk-count = { $count ->
    [one] 1 case
   *[other] { $count } cases
  }
desk-more = Go on
desk-count-many = more than { $count } cases
desk-plus = Fits
desk-minus = Note
desk-group-accept = To accept
desk-group-assign = To be given a mediator
desk-group-answer = Waiting for the mediator's answer
desk-group-mediate = Being mediated
desk-group-sign = Being signed and sealed
desk-group-certify = Ended without agreement
desk-group-file = Waiting for intake at court
desk-group-review = Under review at court
desk-group-invited = Waiting for the other side's answer
desk-group-choosing = Waiting for the party to choose
desk-group-settled = Settled
desk-group-after = After confirmation, being carried out
desk-group-verify = To look at on the spot
desk-group-follow-up = To follow up
desk-group-gone = Handed over or closed
desk-stage-consult = Asking for advice
desk-stage-assess-submitted = To be sorted
desk-stage-assess-routed = Choosing a way
desk-stage-mediate-received = To be accepted
desk-stage-mediate-inviting = The other side is invited
desk-stage-mediate-selecting = A mediator is being found
desk-stage-mediate-disclosing = Mediator asked, or disclosure being read
desk-stage-mediate-active = Being mediated
desk-stage-mediate-paused = Paused
desk-stage-mediate-signing = Being signed
desk-stage-mediate-settled = Agreement in effect
desk-stage-mediate-partial = Agreement in part in effect
desk-stage-mediate-ended = No agreement
desk-stage-mediate-ended-certified = No agreement, certificate issued
desk-stage-confirm-prepared = Waiting for both to apply
desk-stage-confirm-filed = Before the court
desk-stage-confirm-reviewing = Under review
desk-stage-confirm-valid = Confirmed by the court
desk-stage-confirm-dismissed = Application dismissed
desk-stage-confirm-not-accepted = Application not accepted
desk-stage-confirm-withdrawn = Application withdrawn
desk-stage-perform = Being carried out
desk-stage-perform-to-verify = Acknowledged, to be looked at on the spot
desk-stage-closed-to-follow-up = Closed, to be followed up
desk-stage-breached = Not kept in time
desk-stage-arbitrate = Gone to arbitration
desk-stage-litigate = Gone to court
desk-stage-closed = Closed

# Intake
desk-intake-title = Intake
desk-triage = What kind of matter it is
desk-triage-hint = Once it is sorted, the party sees the ways open
desk-triage-do = Sort it so
desk-accept = Accept and invite the other side
desk-accept-hint = The other side is invited at once; the term runs from today.
desk-committees = Which committee fits best
desk-committees-hint = Proposed by field, place, language, load and ties. You decide.
desk-here = Has it now
desk-transfer = Transfer it to this committee

# Assigning
desk-assign-title = Assign a mediator
desk-assign-lead = Best first, each with the reasons. You decide whom to assign.
desk-assign-none = No mediator can take it now
desk-assign-none-more = Please see the reasons below; you can assign as soon as somebody has room.
desk-assign-do = Assign { $name }
desk-excluded = Mediators who cannot take it, and why

# The mediator's answer
desk-assignment-title = Will you mediate this?
desk-ties = Have you any tie to either side, or to the matter?
desk-ties-hint = Family, colleagues, neighbours, having been a witness or agent: all count. A tie need not keep you out, but both sides must know.
desk-ties-none = None at all
desk-ties-none-hint = The mediation starts at once
desk-ties-some = Yes, and I explain
desk-ties-some-hint = It starts once both have read it and do not mind
desk-declare-relation = Kinship
desk-declare-relation-hint = Are you or yours a close relative of a party or an agent? Who, and how
desk-declare-interest = An interest in the matter
desk-declare-interest-hint = Could its outcome win or cost you anything
desk-declare-earlier = An earlier role
desk-declare-earlier-hint = Witness, agent, expert or interpreter in this matter, or mediator for one side before
desk-declare-other = Another tie
desk-declare-other-hint = Neighbour, colleague, friend, an old quarrel: whatever may bear on fairness
desk-declare-something = Write at least one; if there is no tie, choose “none”
desk-told-relation = Kinship
desk-told-interest = Interest
desk-told-earlier = Earlier role
desk-told-other = Another tie
desk-disclose-title = Disclose a tie that came up
desk-disclose-lead = What you notice during the mediation has to be told as well. Both sides then say whether they mind; if not, it goes on.
desk-disclose-do = Tell both sides
desk-assignment-accept = Accept the assignment
desk-assignment-refuse-title = You cannot take it
desk-assignment-reason = Reason
desk-assignment-refuse = Refuse

# The parties read it
desk-told-title = What the mediator disclosed
desk-told-lead = If you do not mind, this mediator goes on. If you fear it would not be fair, ask for another; the committee decides.
desk-waive = I do not mind, I agree
desk-waive-hint = Once both agree, the mediation starts.
desk-challenge-title = You would like another
desk-challenge-why = Why
desk-challenge-hint = A few words will do
desk-challenge = Ask for another mediator
desk-decide-title = Decide on another mediator
desk-decide-told = { $name } disclosed
desk-decide-why = Why { $name } asks for another
desk-decision = Your decision
desk-decision-uphold = Another mediator
desk-decision-uphold-hint = Assign again
desk-decision-keep = The same mediator
desk-decision-keep-hint = The mediation starts at once
desk-decision-reason = Reasons
desk-decide = Decide

# Meetings
desk-sessions-title = Set a time to meet
desk-sessions-lead = You meet by video. Both sides are told at once; the mail carries a calendar file.
desk-day = Day
desk-time = Time
desk-time-hint = 24 hours, such as 19:30
desk-time-wrong = Please give a time, such as 19:30
desk-room-taken = This room is taken from { $from } to { $until }. Please choose another room or time.
desk-time-taken = This time is taken: { $from } to { $until }. Please choose another.
desk-length = How long
desk-schedule = Set this time
desk-cancel-session = Cancel the meeting of { $at }
desk-turn-due = Due soon
desk-turn-mine = Waiting for me
desk-turn-others = Waiting for others
