//! The chain of a case's events: each link covers the one before it, so that nothing is taken out or changed unseen.

use serde_json::{Value, json};

use super::hash::ContentHash;

/// The public part of one event, in the texts that are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// 1 for the first event of a case.
    pub seq: i64,
    pub kind: String,
    /// JSON of the actor; names a person by id only.
    pub actor: String,
    /// Microseconds UTC.
    pub at: i64,
    pub from_stage: String,
    pub to_stage: String,
    /// Digest of the salted details, which may be erased.
    pub details: ContentHash,
    /// Hash of the body of the case as it is saved with this event; none of an event from before it was covered.
    pub body: Option<ContentHash>,
    pub hash: ContentHash,
}

/// The first event that does not follow from those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {seq} does not follow from those before it")]
pub struct Broken {
    pub seq: i64,
}

impl Link {
    /// The hash that this link must have behind `previous`, the hash before it or the case's id for the first.
    pub fn expected(&self, previous: &str) -> ContentHash {
        // JSON of an array: no two different events have the same text.
        let mut parts = vec![
            json!(previous),
            json!(self.seq),
            json!(self.kind),
            json!(self.actor),
            json!(self.at),
            json!(self.from_stage),
            json!(self.to_stage),
            json!(self.details.as_str()),
        ];
        parts.extend(self.body.iter().map(|body| json!(body.as_str())));
        ContentHash::of(Value::Array(parts).to_string().as_bytes())
    }
}

/// Digest of an event's details under its salt.
pub fn digest(salt: &str, payload: &str) -> ContentHash {
    ContentHash::of(json!([salt, payload]).to_string().as_bytes())
}

/// Checks a whole chain; `case` is the id as text.
///
/// # Errors
/// [`Broken`] with the first link that does not fit.
pub fn verify(case: &str, links: &[Link]) -> Result<(), Broken> {
    let mut previous = case.to_owned();
    for (index, link) in (1_i64..).zip(links) {
        if link.seq != index || link.hash != link.expected(&previous) {
            return Err(Broken { seq: index });
        }
        link.hash.as_str().clone_into(&mut previous);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Vec<Link> {
        let mut links = Vec::new();
        let mut previous = "case".to_owned();
        for seq in 1..=3 {
            let mut link = Link {
                seq,
                kind: "accept".to_owned(),
                actor: "{}".to_owned(),
                at: seq * 10,
                from_stage: "mediate.received".to_owned(),
                to_stage: "mediate.inviting".to_owned(),
                details: digest("00", "{}"),
                body: (seq > 1).then(|| ContentHash::of(b"{}")),
                hash: ContentHash::of(b""),
            };
            link.hash = link.expected(&previous);
            previous = link.hash.to_string();
            links.push(link);
        }
        links
    }

    #[test]
    fn a_chain_holds_and_a_changed_or_missing_link_breaks_it() {
        assert_eq!(verify("case", &chain()), Ok(()));
        assert_eq!(verify("other", &chain()), Err(Broken { seq: 1 }));
        let mut changed = chain();
        changed[1].at += 1;
        assert_eq!(verify("case", &changed), Err(Broken { seq: 2 }));
        let mut of_another = chain();
        of_another[2].body = Some(ContentHash::of(b"[]"));
        assert_eq!(verify("case", &of_another), Err(Broken { seq: 3 }));
        of_another[2].body = None;
        assert_eq!(verify("case", &of_another), Err(Broken { seq: 3 }));
        let mut missing = chain();
        missing.remove(1);
        assert_eq!(verify("case", &missing), Err(Broken { seq: 2 }));
    }
}
