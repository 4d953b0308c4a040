# The words of papers. The papers themselves are issued in Chinese; these texts help to read them.
documents-list-mark = {", "}
documents-role-applicant = Applicant
documents-role-respondent = Respondent
documents-role-mediator = Mediator
documents-role-judge = Judge
documents-role-clerk = Clerk
documents-party-mark = {", "}
documents-party-identity = identity number { $number }
documents-party-address = living at { $address }
documents-party-contact = contact { $contact }
documents-party-agent = { $right }: { $name }

# Settlement agreement
documents-agreement-terms = What is agreed, how and by when
documents-scan-print = The agreement as it was printed
documents-scan-scan = The scan of the original

# Certificate of non-settlement
documents-certificate-undisputed = Facts that all confirm

# Ruling
documents-ruling-article-355 = article 355 of the Interpretation of the Civil Procedure Law
documents-ruling-article-205 = article 205 of the Civil Procedure Law

# Results of a check
documents-role-co-mediator = Co-mediator
documents-role-interpreter = Interpreter
documents-verify-as = { $role } { $name }
documents-verify-as-attorney = { $name } (attorney of the { $role } { $party })
documents-verify-as-guardian = { $name } (guardian of the { $role } { $party })
documents-verify-as-representative = { $name } (legal representative of the { $role } { $party })
documents-verify-as-principal = { $name } (person in charge of the { $role } { $party })
documents-verify-as-operator = { $name } (operator of the { $role } { $party })
documents-verify-as-seal = { $name } (seal)
documents-verify-accepted = The file is whole and every signature is valid.
documents-verify-elsewhere = The file was not changed and its signatures are valid, but by itself it does not show that it is a paper of this platform.
documents-verify-not-ours = Its signatures and times are all vouched for by others; nothing in it comes from this platform. Scan the code on the paper, or check it together with the record of the platform.
documents-verify-incomplete = The file is whole and its signatures are valid, but not everybody has signed.
documents-verify-unsigned = Nobody has signed the file; it has no effect.
documents-place-party = Party { $number }
documents-place-member = co-mediator, interpreter or other signer { $number }
documents-place-seal = Seal
documents-verify-whole = A signature cannot be relied on, see below; nothing was changed since signing.
documents-verify-cut = Everybody has signed, but what seals the file at its end is missing and may have been cut off.
documents-verify-worded = Nothing was changed since signing and the signatures are valid; but the wording of the pages is not known here and was not compared word for word.
documents-verify-refused = This file cannot be relied on; see below.
documents-verify-stamped-by = {" "}The time is proven by a timestamp of “{ $name }”.
documents-verify-good = { $signer } signed at { $time }; the signature is valid.
documents-verify-untrusted = { $signer } signed at { $time }; nothing was changed, but the issuer of the certificate is not trusted or the certificate does not fit.
documents-verify-broken = The signature of { $signer } is not valid (claimed time: { $time }).
documents-verify-of = { $name } ({ $organisation })
documents-verify-no-time = time unknown
documents-verify-archived = Closed for the archive at { $time }: it can be checked when its certificates have run out.
documents-verify-archived-until = The certificate of that timestamp holds until { $time }; from then on the hourly anchors of the platform prove the time.
documents-verify-uncompared = The data { $name } within the file were not compared with its pages, which count.
documents-verify-not-listed = Whether a certificate had been taken back was not checked: there is no list here that was made since.
documents-verify-waiting = Not signed yet: { $field }
documents-verify-foreign = This is not one of our papers; whether it is genuine cannot be told here.
documents-verify-foreign-no-pdf = The file is no PDF.
documents-verify-foreign-pages = Pages that can be seen in it: { $count }.
documents-verify-foreign-signatures = Signatures in it: { $count }; we have not checked them.
documents-verify-foreign-signer = A signature we have not checked; the name in its certificate: { $name }
documents-verify-foreign-signer-followed = A signature we have not checked; the name in its certificate: { $name }. Something was added to the file after it.
documents-verify-foreign-unnamed = cannot be read
documents-verify-step-signature = Addition { $number }: the signature of { $signer }
documents-verify-step-evidence = Addition { $number }: certificates and lists of those taken back
documents-verify-step-archive-timestamp = Addition { $number }: the timestamp for the archive
documents-verify-step-something = Addition { $number }: something that should not be there
documents-verify-refers = The agreement it is about has the fingerprint { $hash }
documents-verify-beside = The text in another language stands beside the Chinese one; where the two differ, the Chinese one prevails.
documents-verify-refers-yes = It is about this very agreement.
documents-verify-refers-no = It is not about this agreement.
documents-verify-refers-none = It does not name the file of the agreement it is about.
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
documents-problem-stamp = The timestamp over the signature is missing, broken, or tells another time.
documents-problem-stamp-untrusted = The timestamp comes from nobody who is trusted.
documents-problem-evidence = What proves the certificates is broken, or does not come from the authority.
documents-problem-revoked = When it was signed, the authority had taken this certificate back.
documents-problem-too-large = The file is too large: more than 20 MB, or far too much when unpacked.
documents-problem-active = It has parts that run by themselves or look different later.
documents-problem-page = One of its pages is not written as this platform writes pages.
documents-problem-hidden-text = A page has text that cannot be seen or is covered.
documents-problem-data = The data it carries differs from the text of its pages.
documents-problem-look = What a signature shows hides something else.
documents-problem-filled = A place to sign was filled before anybody had signed.
documents-problem-overlay = Something lies over a page, or a place to sign is where none belongs.
documents-problem-glyphs = What is drawn on a page is not the letters that it stands for.
documents-problem-name = Whoever signed here is not the person this place to sign is for.
documents-problem-unclosed = Everybody has signed, and what closes the paper for the archive is missing: its end may have been cut off, and with it whether a certificate had been taken back.
documents-problem-square-code = The square code on a page leads elsewhere than where the paper says that it can be checked, or something lies on it.
documents-problem-wording = The page is worded in a way that this program does not know; only its data were compared, value by value.
documents-problem-wording-unread = The page is worded in a way that this program does not know, and nothing of its data was compared; please read the page yourself.

# Intake record
documents-intake-case = Case number
documents-intake-cause = Type of dispute
documents-intake-track = Kind of mediation
documents-intake-place = Place
documents-intake-asked = Asked for on
documents-intake-summary = The dispute in brief
documents-intake-claims = What the applicant asks for

# Service-address form

# Dossier
documents-dossier-data = The dossier as data
documents-dossier-accepted = Accepted on
documents-dossier-state = Where it stands
documents-dossier-version = Version
documents-dossier-for-keeper = For the file
documents-dossier-for-party = A party's own
documents-dossier-made = Made at
documents-dossier-parties = Parties
documents-dossier-course = Course of the mediation
documents-dossier-meetings = Sessions
documents-dossier-meeting = { $at }, present: { $names }
documents-dossier-number = Number of the agreement
documents-dossier-effective = In effect since
documents-dossier-obligation = { $who }: { $act }{ $sum }, by { $due }{ $state }
documents-dossier-performance-owed = {" "}(not yet performed)
documents-dossier-performance-reported = {" "}(performed, the debtor says)
documents-dossier-performance-disputed = {" "}(disputed)
documents-dossier-performance-acknowledged = {" "}(performed)
documents-dossier-evidence = Evidence and files handed in
documents-dossier-evidence-line = { $name } { $note } {"—"} { $by }, { $at }; SHA-256 { $hash }
documents-dossier-decisions = Decisions on mediators
documents-dossier-replaced = { $at } { $about } was replaced: { $reason }
documents-dossier-kept = { $at } { $about } stays: { $reason }
documents-dossier-deliveries = Service of papers
documents-dossier-recording-open = Recording
documents-dossier-recording-over = Recording, being made ready
documents-dossier-recording-sealed = Recording, sealed, being made ready
documents-dossier-recording-kept = Recording, sealed
documents-dossier-recording-deleted = Recording
documents-dossier-contacts = Contact record

# Beside the platform's record
documents-record-newest = As the platform has it: this is the newest revision, and everybody has signed who was to.
documents-record-waiting = As the platform has it: this is the newest revision, but not everybody has signed yet.
documents-record-truncated = This is an earlier revision: others have signed since. Rely on the newest one.
documents-record-later = This file is newer than the record given. Fetch the record again and compare.
documents-record-referred-to = This is the very file on which the ruling in the record decides.
documents-record-report = This is the platform's report on how the document was signed.
documents-record-printed = This is the text that was printed to be signed by hand, and carries no signature itself; what counts is the certificate of the scan that the platform keeps.
documents-record-void = By the platform's record this document was taken back or replaced.
documents-record-lapsed = By the platform's record this document was not signed in time and no longer counts.
documents-record-other = Not what the platform has on record: another document, or a changed one.
documents-record-missing = A signature on record is missing here: { $field }
documents-record-at = The record is of { $time }; it tells nothing of what happened later.
documents-outcome-valid = A court has ruled on this file: the agreement is valid.
documents-outcome-dismissed = A court has ruled on this file: the application is dismissed.
documents-outcome-not-accepted = A court has ruled on this file: the application is not accepted.

# The report on a signing
documents-evidence-title = Report on the signing
documents-evidence-operator = heyi platform for settling disputes
documents-evidence-number = Report { $serial }
documents-evidence-reason = The platform's statement on the signing

# Proof under an anchor
documents-inclusion-holds = This file lies under the platform's anchor { $number }: at { $time } it was there as it is now. Root: { $root }
documents-inclusion-unknown = The proof cannot be read, or is of a later version.
documents-inclusion-other-file = The proof is about another file, or this file was changed.
documents-inclusion-not-under = The proof does not hold: the way from this file does not lead to the root of the anchor.
documents-inclusion-forged = The proof cannot be trusted: the anchor is not signed by a trusted authority, or was changed.
documents-inclusion-revoked = The proof cannot be trusted: the certificate that signed the anchor had been taken back.
