//! A small committee with one case, a worker, and a clock that the test sets.

use super::*;
use crate::domain::identity::Email;

pub(super) struct Committee {
    pub(super) worker: Worker,
    pub(super) clock: Arc<Clock>,
    pub(super) desk: Desk,
    pub(super) case: Case,
    _folder: tempfile::TempDir,
}

impl Committee {
    /// Writes down the case and who works there: by name, mail and posts.
    pub(super) async fn of(
        store: &Store,
        quarrel: &Quarrel<'_>,
        staff: &[(PersonId, &str, &str, &[Role])],
    ) -> Self {
        let listed = body(COMMITTEE, OrganisationKind::People, "柳荫调委会", "柳荫");
        let stored: Result<()> = write_tx!(store, |tx| {
            office::insert_organisation(tx, &listed).await?;
            for (id, name, mail, roles) in staff {
                people::insert(tx, &person(*id, (name, mail), quarrel.now)).await?;
                for role in *roles {
                    let post = Post {
                        organisation: COMMITTEE,
                        role: *role,
                    };
                    office::give_post(tx, *id, post).await?;
                }
            }
            cases::insert(tx, &quarrel.case).await
        });
        stored.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let clock = Clock::fixed(quarrel.now);
        let (worker, clock) = worker_with(store, &Config::default(), true, clock, files);
        let desk = Desk {
            store: store.clone(),
            clock: Arc::clone(&clock),
            rules: Arc::new(quarrel.rules.clone()),
        };
        Self {
            worker,
            clock,
            desk,
            case: quarrel.case.clone(),
            _folder: folder,
        }
    }

    pub(super) async fn act(&self, name: &str, action: Action) -> Case {
        let done = perform(&self.desk, &actor(name), self.case.id, action).await;
        done.unwrap()
    }

    /// To whom the messages of this name went.
    pub(super) async fn told(&self, name: &str) -> Vec<String> {
        let mut read = self.desk.store.read().await.unwrap();
        let all = messages::newest(&mut read, 100).await.unwrap();
        let named = all.into_iter().filter(|it| it.name == name);
        named.map(|it| it.address).collect()
    }
}

fn person(id: PersonId, (name, mail): (&str, &str), created_at: Timestamp) -> Person {
    Person {
        id,
        name: PersonName::parse(name).unwrap(),
        phone: None,
        mail: Email::parse(mail).ok(),
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at,
    }
}
