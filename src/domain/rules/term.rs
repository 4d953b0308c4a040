//! The steps that have a term. The lengths are data, by track.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKey {
    /// The other side's answer to the invitation.
    Invitation,
    /// An answer to the first message, before the reminder; and so on with each step of the invitation ladder.
    AfterMessage,
    AfterReminder,
    AfterCall,
    AfterLetter,
    AfterVisit,
    /// A better address, where whoever has the last one is somebody else.
    FindAddress,
    /// The parties' joint choice of a mediator.
    Selection,
    /// The appointment of a mediator whom the parties did not choose together, from the consent of both.
    Appointment,
    /// The mediator's disclosure and acceptance.
    Acceptance,
    /// The mediation itself, from the mediator's acceptance.
    Mediation,
    /// A mediation entrusted in simple procedure; on the court-entrusted track only.
    MediationSimple,
    /// The next word of whoever's turn it is, where one mediates in writing.
    WrittenAnswer,
    /// The joint application for confirmation, from the agreement's effect.
    Confirmation,
    /// The court's decision on intake.
    FilingIntake,
    /// The court's review, from acceptance.
    ConfirmationReview,
    /// The parties' answer to the judge's question.
    Supplement,
    /// A party's objection to the ruling, from its receipt.
    Objection,
    ThirdPartyObjection,
    /// The application for enforcement, from the last day for performance.
    Enforcement,
    /// The supervisor's answer to a complaint about a mediator.
    Complaint,
    /// A look on the spot whether it is done, once both sides say so.
    Verification,
    /// 回访, from the end of the case.
    FollowUp,
    /// The answer of an authority that was asked to help.
    HelpAnswer,
    /// All signatures under an agreement, from the day it is laid open.
    Signing,
    /// Bringing a paper to whoever is served in no electronic way.
    Delivery,
    /// How long a recording of a session is kept, from the day it can be played.
    Recording,
}

impl TermKey {
    pub const ALL: [Self; 27] = [
        Self::Invitation,
        Self::AfterMessage,
        Self::AfterReminder,
        Self::AfterCall,
        Self::AfterLetter,
        Self::AfterVisit,
        Self::FindAddress,
        Self::Selection,
        Self::Appointment,
        Self::Acceptance,
        Self::Mediation,
        Self::MediationSimple,
        Self::WrittenAnswer,
        Self::Confirmation,
        Self::FilingIntake,
        Self::ConfirmationReview,
        Self::Supplement,
        Self::Objection,
        Self::ThirdPartyObjection,
        Self::Enforcement,
        Self::Complaint,
        Self::Verification,
        Self::FollowUp,
        Self::HelpAnswer,
        Self::Signing,
        Self::Delivery,
        Self::Recording,
    ];
}
