//! A quarrel over noise in a demo town, told, taken up and talked over by people without scripts.

use tempfile::TempDir;

use super::eventually;
use super::form::Form;
use super::http::{Answer, Client};
use super::server::Server;

/// What everybody in the story is called, types and is known by. Nothing of it belongs into a log.
pub(crate) const CLAIMANT: &str = "安和静";
pub(crate) const CLAIMANT_PHONE: &str = "13810040001";
pub(crate) const RESPONDENT: &str = "江北望";
pub(crate) const RESPONDENT_PHONE: &str = "13810040002";
pub(crate) const ADDRESS: &str = "柳荫里 3 号楼 502 室";
pub(crate) const STORY: &str = "夜里总有拖椅子的声音。";
pub(crate) const WISH: &str = "夜里十点后安静";
pub(crate) const TERMS: &str = "每晚十点后不拖动椅子";
pub(crate) const ID_NUMBERS: [&str; 2] = ["110101190001010022", "110101190002020011"];

/// A demo town with one case.
pub(crate) struct Town {
    pub(crate) server: Server,
    pub(crate) folder: TempDir,
    /// Such as `/cases/…`.
    pub(crate) case: String,
    /// Codes and links that people were sent.
    pub(crate) secrets: Vec<String>,
}

impl Town {
    pub(crate) async fn open(environment: &[(&str, &str)]) -> Self {
        Self::of(Server::demo(environment).await)
    }

    /// The same on a server that runs already.
    pub(crate) fn of((server, folder): (Server, TempDir)) -> Self {
        Self {
            server,
            folder,
            case: String::new(),
            secrets: Vec::new(),
        }
    }

    pub(crate) fn below(&self, page: &str) -> String {
        format!("{}/{page}", self.case)
    }

    /// All that people of the story are called, typed and were sent.
    pub(crate) fn told(&self) -> Vec<String> {
        let words = [
            CLAIMANT,
            CLAIMANT_PHONE,
            RESPONDENT,
            RESPONDENT_PHONE,
            ADDRESS,
            STORY,
            WISH,
            TERMS,
        ];
        let words = words.into_iter().chain(ID_NUMBERS).map(str::to_owned);
        words.chain(self.secrets.iter().cloned()).collect()
    }

    /// Steps into somebody of the town.
    pub(crate) async fn become_one(&self, name: &str) -> Client {
        let mut client = Client::new(&self.server.base);
        let page = client.get("/demo").await;
        let at = page.body.find(&format!("> {name}<"));
        let at = at.unwrap_or_else(|| panic!("no {name}"));
        let form = page.body[..at].rfind("<form").unwrap();
        let own = Answer {
            body: page.body[form..].to_owned(),
            ..page
        };
        client.submit(&own, "", &[]).await;
        client
    }

    /// The one-time password that the page of people shows beside a name.
    pub(crate) async fn one_time_password(&self, name: &str) -> String {
        let page = Client::new(&self.server.base).get("/demo").await.body;
        let row = &page[page.find(&format!("<strong>{name}<")).unwrap()..];
        six_digits(row.split("</li>").next().unwrap()).expect("a one-time password")
    }

    /// How many messages were sent so far.
    pub(crate) async fn count(&self) -> usize {
        let page = Client::new(&self.server.base).get("/demo/outbox").await;
        page.body.matches(CARD).count()
    }

    /// Waits for messages beyond the first `before`, and gives what `find` sees in them.
    async fn sent(&mut self, before: usize, find: impl Fn(&str) -> Option<String>) -> String {
        let found = eventually("a message is sent", async || {
            let outbox = Client::new(&self.server.base).get("/demo/outbox").await;
            let fresh = outbox.body.matches(CARD).count().saturating_sub(before);
            let newest: String = outbox.body.split(CARD).skip(1).take(fresh).collect();
            find(&newest)
        })
        .await;
        self.secrets.push(found.clone());
        found
    }

    /// The code in the messages beyond the first `before`.
    pub(crate) async fn sent_code(&mut self, before: usize) -> String {
        self.sent(before, sent_code).await
    }

    /// Signs in somebody who is known under this contact.
    pub(crate) async fn sign_in(&mut self, contact: &str) -> Client {
        let mut client = Client::new(&self.server.base);
        let page = client.get("/sign-in").await;
        let before = self.count().await;
        let asked = [("contact", contact)];
        let page = client.submit(&page, "/sign-in", &asked).await;
        let code = self.sent_code(before).await;
        let proof = [("code", code.as_str())];
        let done = client.submit(&page, "/sign-in/code", &proof).await;
        assert!(!done.path.starts_with("/sign-in"), "{}", done.body);
        client
    }

    /// Tells the quarrel against whoever is reached at `other`, and chooses mediation.
    pub(crate) async fn tell(&mut self, other: &str) -> Client {
        self.tell_about(("noise", "《民法典》第294条"), other).await
    }

    /// The same of another kind of matter, about which an article says something.
    pub(crate) async fn tell_about(&mut self, matter: (&str, &str), other: &str) -> Client {
        let mut claimant = Client::new(&self.server.base);
        let mut page = claimant.get("/q/LY-03-2").await;
        let steps: [&[(&str, &str)]; 4] = [
            &[("matter", matter.0)],
            &[("address", ADDRESS), ("story", STORY)],
            &[("want", "stop"), ("wish", WISH)],
            &[("other_name", RESPONDENT), ("other_contact", other)],
        ];
        for typed in steps {
            page = claimant.submit(&page, "/start", typed).await;
            assert_eq!(page.status, 200, "{}", page.body);
        }
        let before = self.count().await;
        let me = [("name", CLAIMANT), ("contact", CLAIMANT_PHONE)];
        page = claimant.submit(&page, "/start/me", &me).await;
        let code = self.sent(before, sent_code).await;
        let proof = [("code", code.as_str())];
        page = claimant.submit(&page, "/start/code", &proof).await;
        claimant.submit(&page, "/start/check", &[]).await;
        let list = claimant.get("/cases").await;
        self.case = format!("/cases/{}", after(&list.body, "href=\"/cases/").unwrap());
        let assess = claimant.get(&self.below("assess")).await;
        assert!(assess.body.contains(matter.1), "{}", assess.body);
        let way = [("way", "mediation")];
        let chosen = claimant.submit(&assess, "/assess", &way).await;
        assert_eq!((chosen.status, &chosen.path), (200, &self.case));
        claimant
    }

    /// The dispatcher accepts the case, at which the other side is invited.
    pub(crate) async fn accept(&self) -> Client {
        let mut dispatcher = self.become_one("贺光明").await;
        let intake = dispatcher.get(&self.below("intake")).await;
        let accept = [("do", "accept")];
        dispatcher.submit(&intake, "/intake", &accept).await;
        dispatcher
    }

    /// The dispatcher accepts; the other side reads, proves the number and agrees.
    pub(crate) async fn invite(&mut self) -> Client {
        let before = self.count().await;
        self.accept().await;
        let token = self.sent(before, |outbox| after(outbox, "/i/").map(str::to_owned));
        let link = format!("/i/{}", token.await);
        let mut respondent = Client::new(&self.server.base);
        let invitation = respondent.get(&link).await;
        assert!(
            invitation.body.contains("姓安的邻居"),
            "{}",
            invitation.body
        );
        let hidden = !invitation.body.contains(STORY);
        assert!(hidden, "the story stands behind the code");
        let stranger = [("contact", "13810049999")];
        let wrong = respondent.submit(&invitation, "/i/", &stranger).await;
        let before = self.count().await;
        let own = [("contact", RESPONDENT_PHONE)];
        let right = respondent.submit(&invitation, "/i/", &own).await;
        let same = |answer: &Answer| (answer.status, answer.path.clone());
        assert_eq!(
            same(&wrong),
            same(&right),
            "a wrong number gets the same answer"
        );
        let code = self.sent(before, sent_code).await;
        let proof = [("code", code.as_str())];
        let asked = respondent.submit(&right, "/code", &proof).await;
        let accept = [("do", "accept")];
        let agreed = respondent.submit(&asked, "/invitation", &accept).await;
        assert_eq!((agreed.status, &agreed.path), (200, &self.case));
        respondent
    }

    /// The dispatcher assigns whom the platform proposes first, who has no ties and accepts.
    pub(crate) async fn assign(&self) -> Client {
        let mut dispatcher = self.become_one("贺光明").await;
        let assign = dispatcher.get(&self.below("assign")).await;
        let reason = "没有发现和当事人有关系";
        assert!(assign.body.contains(reason), "{}", assign.body);
        let name = after(&assign.body, "class=\"button\">指派").unwrap();
        dispatcher.submit(&assign, "/assign", &[]).await;
        let mut mediator = self.become_one(name).await;
        let answer = mediator.get(&self.below("assignment")).await;
        let accept = [("ties", "none"), ("do", "accept")];
        mediator.submit(&answer, "/assignment", &accept).await;
        mediator
    }

    /// The mediator fixes a time and opens the room; gives its address and its page.
    pub(crate) async fn open_session(&self, mediator: &mut Client) -> (String, Answer) {
        let sessions = mediator.get(&self.below("sessions")).await;
        let time = [("time", "19:30"), ("minutes", "60"), ("do", "schedule")];
        let page = mediator.submit(&sessions, "/sessions", &time).await;
        let id = after(&page.body, &format!("{}/", self.below("sessions"))).unwrap();
        let room = self.below(&format!("sessions/{}", &id[..36]));
        let door = mediator.get(&room).await;
        let page = mediator.submit(&door, &room, &[("do", "open")]).await;
        (room, page)
    }

    /// A clause, both identities, both assents: the agreement is ready to be signed.
    pub(crate) async fn draft(&self, mediator: &mut Client, parties: [&mut Client; 2]) {
        self.identify(mediator, ID_NUMBERS).await;
        self.add_clause(mediator).await;
        self.lay_open(mediator, parties, &[]).await;
    }

    /// The mediator writes down what stands on the card of each party.
    pub(crate) async fn identify(&self, mediator: &mut Client, numbers: [&str; 2]) {
        let list = mediator.get(&self.below("identity")).await;
        let doors = list.body.split("href=\"").skip(1);
        let doors = doors.filter_map(|rest| rest.split('"').next());
        let doors: Vec<_> = doors.filter(|door| door.contains("/identity/")).collect();
        assert_eq!(doors.len(), 2, "{doors:?}");
        for (door, number) in doors.into_iter().zip(numbers) {
            let page = mediator.get(door).await;
            let seen = [
                ("method", "card_at_counter"),
                ("number", number),
                ("address", "柳荫里 3 号楼 502 室"),
                ("name_matches", "yes"),
                ("face_matches", "yes"),
            ];
            let answer = mediator.submit(&page, "/identity/", &seen).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
    }

    pub(crate) async fn add_clause(&self, mediator: &mut Client) {
        let board = mediator.get(&self.below("board")).await;
        let debtor = after(&board.body, "name=\"debtor\" value=\"").unwrap();
        let clause = [
            ("debtor", debtor),
            ("terms", TERMS),
            ("due", "2099-12-31"),
            ("proof", "邻居互相确认"),
            ("on_default", "另付一百元"),
        ];
        let board = act(mediator, &board, "clause", &clause).await;
        assert!(board.body.contains(TERMS), "{}", board.body);
    }

    /// All agree to the clause, and the agreement is laid open for their names; `order` is what the mediator ticks.
    pub(crate) async fn lay_open(
        &self,
        mediator: &mut Client,
        parties: [&mut Client; 2],
        order: &[(&str, &str)],
    ) {
        for party in parties {
            let board = party.get(&self.below("board")).await;
            act(party, &board, "agree", &[]).await;
        }
        let board = mediator.get(&self.below("board")).await;
        act(mediator, &board, "prepare", order).await;
    }

    /// The mediator ends what was not signed; the certificate of it is sealed.
    pub(crate) async fn end(&self, mediator: &mut Client) {
        let end = mediator.get(&self.below("end/signing_refused")).await;
        mediator.submit(&end, "/end/signing_refused", &[]).await;
        let mut holder = self.become_one("方书怡").await;
        let page = holder.get(&self.below("certificate")).await;
        let code = self.one_time_password("方书怡").await;
        let sealed = [("code", code.as_str())];
        let sealed = holder.submit(&page, "/certificate", &sealed).await;
        assert_eq!(
            (sealed.status, &sealed.path),
            (200, &self.case),
            "{}",
            sealed.body
        );
    }
}

/// Sends the form of a page that carries `act`.
pub(crate) async fn act(
    client: &mut Client,
    page: &Answer,
    act: &str,
    typed: &[(&str, &str)],
) -> Answer {
    let mark = format!("name=\"act\" value=\"{act}\"");
    let at = page.body.find(&mark);
    let at = at.unwrap_or_else(|| panic!("no form to {act}:\n{}", page.body));
    let start = page.body[..at].rfind("<form").unwrap();
    let mut form = Form::find(&page.body[start..], "").unwrap();
    for (name, value) in typed {
        form.set(name, value);
    }
    let answer = client.post(&form.action, &form.fields).await;
    assert_eq!(answer.status, 200, "{act}:\n{}", answer.body);
    answer
}

/// Where a message begins on the outbox page; the newest comes first.
const CARD: &str = "class=\"card\"";

/// What stands between `before` and a quote, a blank or a tag.
pub(crate) fn after<'a>(body: &'a str, before: &str) -> Option<&'a str> {
    let rest = &body[body.find(before)? + before.len()..];
    let end = rest.find(['"', '<', ' ', '\n']).unwrap_or(rest.len());
    Some(&rest[..end])
}

/// The newest code that was sent.
fn sent_code(outbox: &str) -> Option<String> {
    six_digits(&outbox[outbox.find("验证码")?..])
}

fn six_digits(text: &str) -> Option<String> {
    let mut parts = text.split(|c: char| !c.is_ascii_digit());
    parts.find(|part| part.len() == 6).map(str::to_owned)
}
