# The first minutes went by: what whoever is above reads
late-title = A target was missed
late-call = Whom to call
late-office = The office
late-no-phone = No phone is known
late-nobody = Nobody sorts matters at this committee. Call the office, and have somebody take it on.
late-open = Open the case
late-no-more = Only the time and whom to call stand here; the case itself is read by its committee.
