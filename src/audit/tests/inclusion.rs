//! Whoever holds a paper and the roots sees for themselves that it is under an anchor; and nobody is shown what is not so.

use serde_json::Value;

use super::*;
use crate::audit::{Inclusion, Unproven, prove};
use crate::documents::keys::Reason;
use crate::documents::verify::check_beside;

on_each!(
    a_file_is_shown_to_be_under_its_anchor_with_nothing_but_the_roots,
    no_other_way_file_or_anchor_is_taken_for_it,
    an_anchor_whose_key_was_taken_back_is_told,
);

const PAPER: &[u8] = b"the paper";

impl House {
    /// What its holder is given of a file, if there is anything to give.
    async fn proof(&self, file: &[u8]) -> Option<String> {
        let (files, hash) = (self.files(), ContentHash::of(file));
        let since = "2026-11-22T14:20:00Z".parse().unwrap();
        let shown = prove((self.store(), &files), (FIRST, &hash), since);
        let shown = shown.await.unwrap()?;
        Some(serde_json::to_string(&shown).unwrap())
    }

    fn checks(&self, proof: &str, file: &[u8]) -> Result<u64, Unproven> {
        let roots = self.authority.roots().unwrap();
        let lists = self.authority.revocations(self.clock.now()).unwrap();
        let checked = Inclusion::check(proof.as_bytes(), file, (&roots, &lists));
        checked.map(|it| it.number)
    }

    /// A second paper, under the third anchor, behind what the first two hold.
    async fn later_paper(&self) -> &'static [u8] {
        const LATER: &[u8] = b"a later paper";
        let hash = self.files().put(LATER).await.unwrap();
        self.clock.advance(SignedDuration::from_hours(1));
        self.go_on(SECOND, 3, 5).await;
        self.brings(6, &hash).await;
        assert_eq!(self.anchor().await, 1);
        LATER
    }

    /// An event of the first case that names a file.
    async fn brings(&self, seq: i64, file: &ContentHash) {
        let payload = format!("{{\"paper\":\"{file}\"}}");
        let now = self.clock.now();
        let kept: crate::storage::Result<()> = write_tx!(self.store(), |tx| {
            let head = events::head(tx, FIRST).await?.unwrap();
            let (link, details) = event(seq, now, &payload, head.hash.as_str());
            events::append(tx, FIRST, &link, &details).await
        });
        kept.unwrap();
    }
}

async fn a_file_is_shown_to_be_under_its_anchor_with_nothing_but_the_roots(database: Database) {
    let house = house(database).await;
    let first = house.proof(PAPER).await.unwrap();
    assert_eq!(house.checks(&first, PAPER), Ok(1));
    let later = house.later_paper().await;
    let third = house.proof(later).await.unwrap();
    assert_eq!(house.checks(&third, later), Ok(3));
    // Old proofs hold for ever, and what was never there has none.
    assert_eq!(house.checks(&first, PAPER), Ok(1));
    assert_eq!(house.proof(b"never there").await, None);
    // The signature is over the anchor to the letter, for other programs.
    let told: Inclusion = serde_json::from_str(&third).unwrap();
    let anchor = Anchor::read(&told.anchor).unwrap();
    assert!(told.index < anchor.leaves && !told.path.is_empty());
}

async fn no_other_way_file_or_anchor_is_taken_for_it(database: Database) {
    let house = house(database).await;
    let later = house.later_paper().await;
    let (first, third) = (house.proof(PAPER).await, house.proof(later).await);
    let (first, third) = (first.unwrap(), third.unwrap());
    let with = |change: &dyn Fn(&mut Value)| {
        let mut proof: Value = serde_json::from_str(&third).unwrap();
        change(&mut proof);
        house.checks(&proof.to_string(), later)
    };
    assert_eq!(with(&|_| ()), Ok(3));
    let steps = serde_json::from_str::<Inclusion>(&third)
        .unwrap()
        .path
        .len();
    let stranger = Value::from(ContentHash::of(b"stranger").as_str());
    for step in 0..steps {
        let other = with(&|it| it["path"][step] = stranger.clone());
        assert_eq!(other, Err(Unproven::NotUnder), "{step}");
        let shorter = with(&|it| {
            it["path"].as_array_mut().unwrap().remove(step);
        });
        assert_eq!(shorter, Err(Unproven::NotUnder), "{step}");
    }
    let longer = with(&|it| it["path"].as_array_mut().unwrap().push(stranger.clone()));
    assert_eq!(longer, Err(Unproven::NotUnder));
    for index in [0_u64, 3, u64::MAX] {
        let elsewhere = with(&|it| it["index"] = index.into());
        assert_eq!(elsewhere, Err(Unproven::NotUnder), "{index}");
    }
    let of: Value = serde_json::from_str(&first).unwrap();
    let older = with(&|it| {
        it["anchor"] = of["anchor"].clone();
        it["signature"] = of["signature"].clone();
    });
    assert_eq!(older, Err(Unproven::NotUnder), "under no earlier anchor");
    let changed = with(&|it| {
        let anchor = it["anchor"]
            .as_str()
            .unwrap()
            .replace("\"added\": ", "\"added\":  ");
        it["anchor"] = anchor.into();
    });
    assert_eq!(changed, Err(Unproven::Forged));
    assert_eq!(house.checks(&third, PAPER), Err(Unproven::OtherFile));
    let event = with(&|it| {
        it["leaf"] = format!("[\"event\",\"{FIRST}\",1,\"{}\"]", ContentHash::of(later)).into();
    });
    assert_eq!(event, Err(Unproven::Unknown), "an event is no file");
    assert_eq!(house.checks("{}", later), Err(Unproven::Unknown));
    let strangers = Authority::create(&house.clock).unwrap().roots().unwrap();
    let elsewhere = Inclusion::check(third.as_bytes(), later, (&strangers, &[]));
    assert_eq!(elsewhere, Err(Unproven::Forged));
}

async fn an_anchor_whose_key_was_taken_back_is_told(database: Database) {
    let house = house(database).await;
    let proof = house.proof(PAPER).await.unwrap();
    let sealed = anchors::numbered(&mut house.store().read().await.unwrap(), 1).await;
    let sealed = sealed.unwrap().unwrap();
    let roots = house.authority.roots().unwrap();
    let beside = check_beside(sealed.body.as_bytes(), &sealed.seal, &roots).unwrap();
    let reason = (Reason::KeyCompromise, beside.at);
    let serial = beside.serial;
    house
        .authority
        .revoke(&serial, reason, &house.clock)
        .unwrap();
    assert_eq!(house.checks(&proof, PAPER), Err(Unproven::Revoked));
    let found = house.finds().await;
    let said = "anchor 1: its key, or that of its timestamp, had been taken back by then";
    assert!(found.contains(&said.to_owned()), "{found:?}");
}
