//! Why the time of an action has not come.

/// Why an action that one may do cannot be done now. Each has its message in the catalogue under [`OutOfOrder::key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutOfOrder {
    #[error("the case is not where this can be done")]
    WrongState,
    #[error("the permission was given for another version")]
    Stale,
    #[error("it has been done already")]
    AlreadyDone,
    #[error("it is not this actor's turn yet")]
    NotYourTurn,
    #[error("what it names is not in the case")]
    Unknown,
    #[error("a text is missing")]
    Empty,
    #[error("the moment lies in the past, or too far ahead")]
    BadTime,
    #[error("the contact proved is not the one at the seat")]
    WrongContact,
    #[error("a party has not taken its seat")]
    SeatEmpty,
    #[error("a party has not agreed to every clause")]
    NotAgreed,
    #[error("a text is not translated, or was changed since")]
    TranslationMissing,
    #[error("the identity of the signer has not been checked")]
    IdentityMissing,
    #[error("nobody has seen the licence of a company")]
    LicenceMissing,
    #[error("nobody was named who signs for a company")]
    HandMissing,
    #[error("there is no open session to see the card in")]
    NoSession,
    #[error("the paper has changed since it was read")]
    PaperChanged,
    #[error("the place on the paper names them as they were called before")]
    OtherName,
    #[error("the law excludes electronic signatures here")]
    WetInkOnly,
    #[error("the signer has not agreed to sign electronically")]
    ConsentMissing,
    #[error("a party had said before that it does not sign")]
    SaidNo,
    #[error("the time for it is over")]
    TooLate,
    #[error("the court cannot confirm matters of this kind")]
    NotConfirmable,
    #[error("a question of the judge is open")]
    QuestionOpen,
    #[error("conditions have not been looked at, or one is not met")]
    FindingsMissing,
    #[error("grounds or reasons are missing")]
    GroundsMissing,
    #[error("nothing is overdue")]
    NotDue,
    #[error("the case holds as many files as it may")]
    TooMany,
    #[error("no more people sign one agreement")]
    TooManyParties,
    #[error("this way is not open for this matter")]
    WayClosed,
    #[error("a case does not leave its district")]
    OtherDistrict,
    #[error("a warning of danger stands")]
    Unsafe,
    #[error("the two are not the same people's matter")]
    OtherPeople,
    #[error("the parties may still choose")]
    StillChoosing,
    #[error("the instalments do not add up")]
    DoesNotAddUp,
    #[error("an offer of this side lies open")]
    OfferOpen,
    #[error("whoever acts for a party stands on another side too")]
    OtherSide,
    #[error("nobody decides about themselves or about whom they assigned")]
    OwnMatter,
    #[error("somebody at the table sits in another open session")]
    InOtherRoom,
    #[error("no grid worker goes to this place")]
    NobodyGoesThere,
}

impl OutOfOrder {
    pub const fn key(self) -> &'static str {
        match self {
            Self::WrongState => "case-refused-wrong-state",
            Self::Stale => "case-refused-stale",
            Self::AlreadyDone => "case-refused-already-done",
            Self::NotYourTurn => "case-refused-not-your-turn",
            Self::Unknown => "case-refused-unknown",
            Self::Empty => "case-refused-empty",
            Self::BadTime => "case-refused-bad-time",
            Self::WrongContact => "case-refused-wrong-contact",
            Self::SeatEmpty => "case-refused-seat-empty",
            Self::NotAgreed => "case-refused-not-agreed",
            Self::TranslationMissing => "case-refused-translation-missing",
            Self::IdentityMissing => "case-refused-identity-missing",
            Self::LicenceMissing => "case-refused-licence-missing",
            Self::HandMissing => "case-refused-hand-missing",
            Self::NoSession => "case-refused-no-session",
            Self::PaperChanged => "case-refused-paper-changed",
            Self::OtherName => "case-refused-other-name",
            Self::WetInkOnly => "case-refused-wet-ink-only",
            Self::ConsentMissing => "case-refused-consent-missing",
            Self::SaidNo => "case-refused-said-no",
            Self::TooLate => "case-refused-too-late",
            Self::NotConfirmable => "case-refused-not-confirmable",
            Self::QuestionOpen => "case-refused-question-open",
            Self::FindingsMissing => "case-refused-findings-missing",
            Self::GroundsMissing => "case-refused-grounds-missing",
            Self::NotDue => "case-refused-not-due",
            Self::TooMany => "case-refused-too-many",
            Self::TooManyParties => "case-refused-too-many-parties",
            Self::WayClosed => "case-refused-way-closed",
            Self::OtherDistrict => "case-refused-other-district",
            Self::Unsafe => "case-refused-unsafe",
            Self::OtherPeople => "case-refused-other-people",
            Self::StillChoosing => "case-refused-still-choosing",
            Self::DoesNotAddUp => "case-refused-does-not-add-up",
            Self::OfferOpen => "case-refused-offer-open",
            Self::OtherSide => "case-refused-other-side",
            Self::OwnMatter => "case-refused-own-matter",
            Self::InOtherRoom => "case-refused-in-other-room",
            Self::NobodyGoesThere => "case-refused-nobody-goes-there",
        }
    }
}
