# Who acts for a party
agent-title = Who acts for a party
agent-lead = Somebody can act for you; a guardian acts for a child, its head for a company. The mediator checks who they are and what it rests on; until then it does not count.
agent-for = { $agent } (for { $party })
agent-add = Register somebody
agent-party = For whom
agent-right = By what right
agent-right-attorney = Agent
agent-right-attorney-hint = A lawyer, kin or others with a power of attorney
agent-right-guardian = Guardian
agent-right-guardian-hint = For somebody under eighteen, or who cannot act alone
agent-right-representative = Legal representative, person in charge or operator
agent-right-principal = Person in charge
agent-right-operator = Operator
agent-right-representative-hint = For a company or another body
agent-name = Name
agent-contact = Phone or mail address
agent-contact-hint = Their own: codes for signing go there
agent-if-attorney = For an agent
agent-special = Special authority: to settle, admit, give up or change claims (Civil Procedure Law 62)
agent-signs = The power says that they may sign the agreement
agent-special-first = To sign needs a special authority; please tick it too
agent-power = Date of the power of attorney
agent-power-later = The date of the power of attorney has not come
agent-if-guardian = For a guardian
agent-relation = Relation to the party
agent-relation-hint = Such as: mother
agent-for-both = The other guardian knows and agrees, or there is none
agent-for-both-missing = Where one parent acts, please confirm that the other knows and agrees
agent-file = Power of attorney, or proof of guardianship or office
agent-file-hint = A photo or PDF, up to 10 MB
agent-file-open = Open the proof
agent-save = Register
agent-special-short = special authority
agent-general-short = general authority
agent-power-of = power of attorney of { $day }
agent-signs-short = They sign in the place of { $party }.
agent-signs-not = { $party } signs the agreement.
agent-accepted = The mediator checked identity and proof on { $at }.
agent-waits = The mediator has yet to check identity and proof.
agent-accept = Check identity and proof
agent-accept-now = All in order
agent-face = The photo on the card is of this person
agent-proof-seen = I have seen the original of the proof, and it says what was entered
agent-other-named = The person, the authority or the document has just been changed. Please look again before you accept.
agent-address = Where { $party } lives or has its seat
agent-address-hint = As in the household register or the business licence; the agreement states it
agent-code = The code that this person got
agent-code-hint = Send it to the phone or mailbox entered above; they read it out to you
agent-code-send = Send a code to this person
agent-code-sent = A code has been sent to { $to }; it is good for 10 minutes.
agent-too-young = Nobody under eighteen acts for another
agent-dismiss = No longer acts
agent-end-voids = The agreement waits for this person's signature. Without them it is void together with every signature, and has to be prepared and signed anew.
agent-end = End this
# How an agent is called in the case and on papers
agent-named = { $agent } ({ $right ->
    [attorney] authorised agent
    [guardian] legal guardian
    [principal] person in charge
    [operator] operator
   *[representative] legal representative
} of { $party })
agent-beside = { $right ->
    [attorney] Authorised agent
    [guardian] Legal guardian
    [principal] Person in charge
    [operator] Operator
   *[representative] Legal representative
}: { $agent }
