# The words of papers. The papers themselves are issued in Chinese; these texts help to read them.
documents-date = { $day }/{ $month }/{ $year }
documents-list-mark = {", "}
documents-heading = { $number } { $title }
documents-check-caption = Scan to check
documents-signs-as = { $role }: { $name }
documents-seal-of = { $organisation } (seal)
documents-role-applicant = Applicant
documents-role-respondent = Respondent
documents-role-third-party = Third party
documents-role-mediator = Mediator
documents-role-judge = Judge
documents-role-clerk = Clerk
documents-party-mark = {", "}
documents-party-identity = identity number { $number }
documents-party-address = living at { $address }
documents-party-contact = contact { $contact }

# Settlement agreement
documents-agreement-title = Settlement agreement
documents-agreement-parties = The parties
documents-agreement-facts = Main facts of the dispute
documents-agreement-undisputed = Facts that all accept
documents-agreement-disputed = What is disputed
documents-agreement-responsibility = Each side's responsibility
documents-agreement-terms = What is agreed, how and by when
documents-agreement-lead = In the matter of { $cause }, mediated by { $mediators } of { $organisation }, all parties freely and as equals agree:
documents-agreement-clause = { $who } { $does }.
documents-agreement-term = ({ $number })
documents-agreement-sum = Sum: { $figures } yuan (in capital characters: { $capital }).
documents-agreement-by = By when: { $text }.
documents-agreement-proof = How it is shown: { $text }.
documents-agreement-default = If it is not done: { $text }.
documents-agreement-effect = Effect and copies
documents-agreement-effect-peoples = By article 29 of the People's Mediation Law this agreement takes effect on the day on which all parties and the mediator have signed it and the seal of the committee is set. Each party keeps one copy, the committee another. People's mediation is free of any charge.
documents-agreement-effect-other = This agreement takes effect on the day on which all parties and the mediator have signed it and the seal of the mediating organisation is set. Each party keeps one copy, the organisation another.
documents-agreement-electronic = The parties agree to sign this agreement electronically. The electronic file is the original and may be copied; a check will show any change made after signing.
documents-agreement-consequence-title = What this means in law
documents-agreement-binding-peoples = This agreement is legally binding and must be performed as agreed (People's Mediation Law, article 31). If a dispute arises over its performance or content, a party may sue in court (article 32).
documents-agreement-binding-other = This agreement binds the parties and must be performed as agreed. If a dispute arises over its performance or content, a party may sue in court.
documents-agreement-confirmation = If the parties find it necessary, they may within thirty days of its effect jointly ask a court to confirm it. Once a court has ruled it valid, and a party refuses to perform or does not perform in full, the other may ask the court to enforce it (Civil Procedure Law, articles 205 and 206).
documents-agreement-honest = The parties must tell the truth. Whoever settles on invented facts to harm others answers for it in law.
documents-agreement-data = Data of the settlement agreement

# Certificate of non-settlement
documents-certificate-title = Certificate that mediation has ended
documents-certificate-course = Course of the mediation
documents-certificate-requested = The parties' dispute ({ $cause }) was brought to { $organisation } for mediation. It ended before it was accepted; { $organisation } did not mediate it.
documents-certificate-accepted = On { $date } { $organisation } accepted the parties' dispute ({ $cause }). It ended before mediation began.
documents-certificate-mediated = On { $date } { $organisation } accepted the parties' dispute ({ $cause }) and mediated it as the law provides. When it ended, no agreement had been signed and taken effect.
documents-certificate-mediators = Mediator
documents-certificate-ended = Ended on
documents-certificate-reason = Why it ended
documents-certificate-ending = { $text } (code { $code })
documents-certificate-undisputed = Facts that all confirm
documents-certificate-none = There are no facts that all parties have confirmed together.
documents-certificate-remedies = The ways that stay open
documents-certificate-remedies-lead = The end of mediation takes no right away. The parties may choose:
documents-certificate-notice-title = Please note
documents-certificate-notice =
    Claims are subject to limitation. Asking a mediation committee interrupts the period on the day of asking; it then runs anew, so please decide soon.
    This certificate records the course of the mediation only. It holds no proposals or concessions and blames nobody. Facts that a party accepted as a compromise in order to settle may by law not be used against that party in later proceedings.
documents-ending-withdrawn = The parties settled it themselves, or the application was withdrawn
documents-ending-unreachable = A party could not be reached within the term
documents-ending-declined = A party clearly does not wish to go on
documents-ending-far-apart = The views are too far apart for an agreement
documents-ending-term-over = The term ran out without an agreement or a common wish to extend it
documents-ending-not-signed = The agreement was not signed by all parties
documents-ending-impossible = Mediation cannot go on for another reason
documents-remedy-court = Sue in the court that has jurisdiction.
documents-remedy-arbitration = In disputes over contracts or other property interests all parties may agree in writing on arbitration; where a valid arbitration agreement exists, it must be followed.
documents-remedy-labour = Apply for labour arbitration; where the law requires it first, a suit comes only after it.
documents-remedy-land = Apply for arbitration of contracted rural land, or sue in court directly.
documents-remedy-administration = Ask the competent authority to handle the matter.
documents-remedy-again = If all parties wish, ask for mediation again.

# Joint application
documents-application-title = Application for judicial confirmation
documents-application-request = Request
documents-application-request-text = We ask the court to confirm the validity of the settlement agreement no. “{ $number }” which { $names } reached on { $date } by the mediation of { $organisation }.
documents-application-reasons = Facts and reasons
documents-application-reasons-text = The applicants { $names }, in the matter of { $cause }, freely reached the settlement agreement no. “{ $number }” by the mediation of { $organisation }; it took effect on { $date }. By article 205 of the Civil Procedure Law the applicants jointly apply within thirty days of its effect.
documents-application-promise = Joint statement
documents-application-promise-free = The agreement was made freely, without deceit or threat.
documents-application-promise-true = The dispute is real and what we say and hand in is true; there is no collusion, no evasion of the law, no harm to the state, the public or others.
documents-application-promise-lawful = The terms are clear; they decide no marriage, parentage or adoption and no title to property or intellectual property.
documents-application-promise-once = We have not asked any other court to confirm the same dispute; we answer in law for false mediation or false statements.
documents-application-attachments = What we hand in
documents-application-service = How we wish to be served
documents-application-to = To
documents-application-date = Date: { $date }

# Ruling
documents-ruling-title = Civil ruling
documents-ruling-accepted = On { $accepted } this court accepted the application of { $names } for confirmation of a settlement agreement; a single judge examined it. The examination is closed.
documents-ruling-agreed = The applicants { $names }, in the matter of { $cause }, reached the settlement agreement no. “{ $number }” by the mediation of { $organisation }; it took effect on { $effective }. Its terms are:
documents-ruling-fits = Having examined it, this court finds that the agreement meets the legal conditions of confirmation.
documents-ruling-basis = By article 206 of the Civil Procedure Law it is ruled:
documents-ruling-valid = The settlement agreement no. “{ $number }” reached by { $names } by the mediation of { $organisation } is valid.
documents-ruling-perform = The parties shall perform the agreement of their own accord. If a party refuses to perform or does not perform in full, the other may apply to the court for enforcement.
documents-ruling-objection-title = Your rights
documents-ruling-objection = This ruling is final. A party who objects must do so to this court within fifteen days of receipt; a person with an interest within six months of the day on which they knew or should have known that their rights were harmed (Interpretation of the Civil Procedure Law, article 372). Enforcement may be applied for within two years of the last day for performance (Civil Procedure Law, article 250).
documents-ruling-fails = Having examined it, this court finds: { $reasons } The agreement { $ground } and does not meet the legal conditions of confirmation.
documents-ruling-basis-dismissed = By article 206 of the Civil Procedure Law and { $article } it is ruled:
documents-ruling-article-355 = article 355 of the Interpretation of the Civil Procedure Law
documents-ruling-article-358 = article 358 of the Interpretation of the Civil Procedure Law
documents-ruling-dismissed = The application of { $names } to confirm the settlement agreement no. “{ $number }” is dismissed.
documents-ruling-ways-title = The ways that stay open
documents-ruling-ways = The parties may change the agreement or reach a new one by mediation, or sue in court; where a valid arbitration agreement exists, they may apply for arbitration.
documents-ground-not-for-confirmation = is one for which the law admits no confirmation
documents-ground-against-law = violates mandatory law
documents-ground-harms-others = harms the state, the public or others
documents-ground-against-morals = is against public order and good morals
documents-ground-not-voluntary = was not made freely
documents-ground-unclear = is not clear
documents-ground-other = cannot be confirmed for another reason

# Results of a check
documents-verify-accepted = The file is whole and every signature is valid.
documents-verify-incomplete = The file is whole and its signatures are valid, but not everybody has signed.
documents-verify-unsigned = Nobody has signed the file; it has no effect.
documents-place-party = Party { $number }
documents-place-seal = Seal
documents-verify-whole = Nothing was changed since signing, but the origin of a signature cannot be confirmed; see below.
documents-verify-refused = This file cannot be relied on; see below.
documents-verify-good = { $signer } signed at { $time }; the signature is valid.
documents-verify-untrusted = { $signer } signed at { $time }; nothing was changed, but the issuer of the certificate is not trusted or the certificate does not fit.
documents-verify-broken = The signature of { $signer } is not valid (claimed time: { $time }).
documents-verify-of = { $name } ({ $organisation })
documents-verify-no-time = time unknown
documents-verify-waiting = Not signed yet: { $field }
documents-verify-problem = Problem: { $what }
documents-verify-problem-of = Problem ({ $field }): { $what }
documents-problem-not-a-paper = This is not a paper of this platform.
documents-problem-end = Something was added at the end of the file, or its end is missing.
documents-problem-table = The index of the file is broken.
documents-problem-gap = There are gaps or overlaps between the acts of signing.
documents-problem-object = A part of the file is broken or out of place.
documents-problem-hidden = The file carries bytes that belong to no part of the paper.
documents-problem-root = A later change replaced the entry to the whole paper.
documents-problem-unsigned = Nobody has signed this file yet.
documents-problem-overwritten = Signed content was overwritten after signing.
documents-problem-field-changed = A signature field was changed beyond being signed.
documents-problem-additions = Something other than a signature was added after signing.
documents-problem-byte-range = The signature does not cover exactly what it must cover.
documents-problem-contents = The place that holds the signature was changed.
documents-problem-cms = The signature cannot be read or is not in the format of this platform.
documents-problem-digest = The content differs from what was signed.
documents-problem-forged = The signature does not match the public key of the certificate.
documents-problem-binding = The signature is not bound to the signer's certificate.
documents-problem-untrusted = The signer's certificate was not issued by a trusted authority.
documents-problem-expired = The certificate was not valid when it signed.
documents-problem-usage = This certificate is not meant for signing papers.
documents-problem-time-order = A later signature claims an earlier time than the one before it.

# Letter of invitation
documents-letter-title = Invitation to mediation
documents-letter-to = To
documents-letter-address = Address
documents-letter-what = A neighbour named { $surname } has asked { $organisation } for mediation about { $cause } and would like you to sit down and talk together.
documents-letter-free = Mediation is free. Whether you take part is your own choice; if you do not, you lose no right.
documents-letter-answers = How to answer
documents-letter-scan = Scan the code on this letter with your phone and choose “I am willing to talk” or “I will not take part”. You can also ask there to meet in person, or for help.
documents-letter-call = Or call { $phone }, or come to { $office }.
documents-letter-wrong = If you are not the person named above, scan the code and choose “wrong person”; we will not disturb you again.
documents-letter-by = Please let us know by { $day } if you can.
documents-letter-soon = Please let us know soon.
documents-letter-genuine-title = Worried that this is a scam?
documents-letter-genuine = We never ask for money or bank cards. To check, call { $phone }, or ask 114 for our number.
documents-letter-signed = { $organisation }, { $day }
documents-letter-caption = Scan to answer

# Intake record
documents-intake-title = Intake record
documents-intake-case = Case number
documents-intake-cause = Type of dispute
documents-intake-track = Kind of mediation
documents-intake-place = Place
documents-intake-source = How it came
documents-intake-asked = Asked for on
documents-intake-summary = The dispute in brief
documents-intake-claims = What the applicant asks for
documents-intake-consent = Asked for freely
documents-intake-accepted = Acceptance
documents-intake-accepted-text = { $organisation } accepted the { $cause } on { $date } and asks the other parties whether they want to take part. Mediation rests on the free will of all.

# Rights notice
documents-rights-title = Notice of rights and duties
documents-rights-lead = { $names }: { $organisation } has accepted your { $cause }. { $basis }, these are your rights and duties in the mediation:
documents-rights-rights = Rights of the parties
documents-rights-duties = Duties of the parties
documents-rights-notes = What else to know
documents-rights-false-title = No sham mediation
documents-rights-false = Parties who collude, or make up facts, to harm the state, the public or others through mediation bear legal liability, and criminal liability where it is a crime.

# Service-address form
documents-service-title = Confirmation of address for service
documents-service-address = Address for service
documents-service-receiver = Received by
documents-service-channels = Ways of service
documents-service-agreed = Agreed
documents-service-not-agreed = Not agreed
documents-service-post = By post or in person
documents-service-post-always = To the address above
documents-service-told = What was explained
documents-service-told-scope = The address and ways hold for the mediation papers of this case; with the party's consent a court may use them too. Electronic service needs consent, way by way; what is not chosen is not agreed to (Online Litigation Rules, Art. 29).
documents-service-told-effect = Service to a confirmed electronic address takes effect on arrival in its system; of several ways the earliest counts (Online Litigation Rules, Art. 31).
documents-service-told-change = Address and ways can be confirmed anew on the platform at any time; the last confirmation holds.
documents-service-told-post = Whoever gives a wrong address, or does not tell of a new one, bears the consequences of papers that do not arrive.
documents-service-confirmed = Confirmed by the party
