//! Who acts: a person by themselves, a person in an office, the clock, or another system.

use serde::{Deserialize, Serialize};

use super::ids::{OrganisationId, PersonId};

/// Whoever asks for a change. Parties, staff, timers and integrators come through the same door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum Actor {
    Anonymous,
    Person { person: PersonId },
    Staff { person: PersonId, posts: Vec<Post> },
    Clock,
    System { system: System },
}

/// Parts of the platform, and platforms beside it, that act in their own name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum System {
    /// Accounts: has just proved that somebody holds a contact.
    Accounts,
    /// The video rooms, which report what happened in them.
    Rooms,
    /// The messages, which report whether they went out.
    Messages,
    /// Another body, which hands a matter over.
    Integrators,
    /// The chancery, which puts on paper what was decided.
    Chancery,
}

/// One office that a person holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    pub organisation: OrganisationId,
    pub role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Receives, routes and assigns for a committee.
    Dispatcher,
    Mediator,
    /// Puts the organisation's seal on a paper.
    SealHolder,
    /// Receives applications at a court.
    Clerk,
    Judge,
    /// 主任 of a committee: sees its cases, decides challenges and replacements.
    Head,
    /// Writes down at the counter or the hotline what people come with; sees what came through their hands.
    IntakeOfficer,
    /// 网格员: goes to the doors of a grid; sees what came through their hands.
    GridWorker,
    /// 督查员 of a district: statistics and complaints; sees no case.
    Supervisor,
    /// Runs the installation; sees no case.
    Operator,
}

impl Role {
    pub const ALL: [Self; 10] = [
        Self::Dispatcher,
        Self::Mediator,
        Self::SealHolder,
        Self::Clerk,
        Self::Judge,
        Self::Head,
        Self::IntakeOfficer,
        Self::GridWorker,
        Self::Supervisor,
        Self::Operator,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Dispatcher => "dispatcher",
            Self::Mediator => "mediator",
            Self::SealHolder => "seal_holder",
            Self::Clerk => "clerk",
            Self::Judge => "judge",
            Self::Head => "head",
            Self::IntakeOfficer => "intake_officer",
            Self::GridWorker => "grid_worker",
            Self::Supervisor => "supervisor",
            Self::Operator => "operator",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Judges and seal holders sign in with a second factor, since what they sign binds others; operators, since they say
    /// who works where.
    pub const fn wants_second_factor(self) -> bool {
        matches!(self, Self::Judge | Self::SealHolder | Self::Operator)
    }
}

impl Actor {
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person { person } | Self::Staff { person, .. } => Some(*person),
            Self::Anonymous | Self::Clock | Self::System { .. } => None,
        }
    }

    pub fn holds(&self, role: Role, organisation: OrganisationId) -> bool {
        match self {
            Self::Staff { posts, .. } => posts.contains(&Post { organisation, role }),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_read_back_by_its_name() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.name()), Some(role));
        }
        assert_eq!(Role::parse("emperor"), None);
    }
}
