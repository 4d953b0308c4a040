//! Many people change their cases at the same moment.

use futures_util::future::try_join_all;

use super::*;

const PEOPLE: usize = 32;
const CHANGES: i64 = 12;

/// Whoever has a case of their own stands in nobody's way: the database may ask to try again, no person is told so.
#[tokio::test]
async fn thirty_two_people_change_their_cases_at_once_and_none_is_refused() {
    on_both(async |store| {
        let desk = desk(store).await;
        let mut opened = Vec::new();
        for _ in 0..PEOPLE {
            opened.push(Box::pin(open(&desk, new_case())).await.unwrap());
        }
        let wish = async |case: &Case| {
            for number in 0..CHANGES {
                let wish = Action::TellWishes {
                    languages: Vec::new(),
                    employer: Some(format!("和风第{number}厂")),
                };
                Box::pin(perform(&desk, &actor("claimant"), case.id, wish)).await?;
            }
            Ok::<_, CaseworkError>(())
        };
        try_join_all(opened.iter().map(wish)).await.unwrap();
        for before in &opened {
            let case = load(&desk, &actor("claimant"), before.id).await.unwrap();
            assert_eq!(case.version, before.version + CHANGES);
        }
    })
    .await;
}
