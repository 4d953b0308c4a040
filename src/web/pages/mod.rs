//! One file a page, or a small family of pages.

pub mod demo;
pub mod home;
pub mod room;
pub mod sign_in;
pub mod staff_sign_in;
pub mod start;

#[cfg(test)]
mod tests;

use super::{Web, WebError};
use crate::domain::ids::OrganisationId;
use crate::domain::track::Track;

struct Building {
    address: String,
}

async fn place(_web: &Web, _code: &str) -> Result<Option<Building>, WebError> {
    Ok(None)
}

async fn committee(
    _web: &Web,
    _place: Option<&str>,
    _track: Track,
) -> Result<OrganisationId, WebError> {
    Err(WebError::Unavailable("no committee".to_owned()))
}
