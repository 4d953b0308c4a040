//! Without scripts: from the signatures to the last receipt by plain forms; a browser that runs none reads what is signed.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, ORIGIN};

use crate::support::browser::{Browser, Setup, turn};
use crate::support::http::{Answer, Client};
use crate::support::neighbours::{RESPONDENT_PHONE, Town, act, after};

/// A browser that runs no scripts asks for the typed name and shows no place to draw.
async fn is_read_in_a_browser_without_scripts(reader: &Client, town: &Town) {
    let setup = Setup {
        javascript: false,
        ..Setup::PHONE
    };
    let phone = Browser::open(&town.server.base, &setup).await;
    phone.goes_on_as(reader).await;
    phone.goto(&town.below("sign")).await;
    phone.sees("请完整输入您的姓名").await;
    let text = phone.text().await;
    assert!(!text.contains("用手指"), "nobody draws here: {text}");
}

impl Town {
    /// Types the own name, consents and proves it with the code that is sent.
    pub(super) async fn signs(&mut self, who: &mut Client, page: &str) {
        let read = who.get(&self.below(page)).await;
        let name = after(&read.body, "请完整输入您的姓名：").unwrap();
        let before = self.count().await;
        let look = [("typed", name), ("read", "yes"), ("consent", "yes")];
        let asked = act(who, &read, "look", &look).await;
        let code = self.sent_code(before).await;
        act(who, &asked, "sign", &[("code", code.as_str())]).await;
    }

    /// Whoever holds the seal puts it under the agreement.
    pub(super) async fn seals(&self) {
        let mut holder = self.become_one("方书怡").await;
        let seal = holder.get(&self.below("seal")).await;
        let code = self.one_time_password("方书怡").await;
        let code = [("code", code.as_str())];
        let sealed = holder.submit(&seal, "/seal", &code).await;
        assert_eq!(sealed.status, 200, "{}", sealed.body);
    }

    /// From the last signature to the end: the court confirms what is then performed and seen on the spot.
    pub(super) async fn goes_to_its_end(
        &mut self,
        parties: [&mut Client; 2],
        mediator: &mut Client,
    ) {
        let [claimant, respondent] = parties;
        for party in [&mut *claimant, &mut *respondent] {
            self.signs(party, "confirmation").await;
        }
        self.court_confirms().await;
        for party in [&mut *claimant, &mut *respondent] {
            let page = party.get(&self.below("confirmation")).await;
            act(party, &page, "receive", &[]).await;
        }
        reports(claimant, self).await;
        let ledger = respondent.get(&self.below("performance")).await;
        act(respondent, &ledger, "acknowledge", &[]).await;
        let seen = [("kept", "yes"), ("saw", "看过，都做到了")];
        let looked = sends(mediator, self, &self.below("verify"), &seen).await;
        assert_eq!(looked.path, self.case, "{}", looked.body);
    }

    async fn court_confirms(&self) {
        let mut clerk = self.become_one("叶知秋").await;
        let review = clerk.get(&self.below("review")).await;
        act(&mut clerk, &review, "accept", &[]).await;
        let mut judge = self.become_one("雷明鉴").await;
        let review = judge.get(&self.below("review")).await;
        let names = review.body.split("name=\"clear-").skip(1);
        let names = names.filter_map(|rest| rest.split('"').next());
        let clear: Vec<_> = names.map(|key| format!("clear-{key}")).collect();
        let clear: Vec<_> = clear.iter().map(|name| (name.as_str(), "yes")).collect();
        act(&mut judge, &review, "find", &clear).await;
        let ruling = judge.get(&self.below("review/ruling")).await;
        let code = self.one_time_password("雷明鉴").await;
        let sign = [("act", "sign"), ("code", code.as_str())];
        let issued = judge.submit(&ruling, "/ruling", &sign).await;
        assert_eq!(issued.path, self.below("review"), "{}", issued.body);
    }
}

/// Says with a form for files, but without one, that a clause is done.
async fn reports(debtor: &mut Client, town: &Town) {
    let ledger = debtor.get(&town.below("performance")).await;
    let mark = format!("href=\"{}/", town.below("performance"));
    let clause = after(&ledger.body, &mark).unwrap();
    let path = town.below(&format!("performance/{clause}"));
    let sent = sends(debtor, town, &path, &[("note", "已经做到")]).await;
    assert_eq!(sent.path, town.below("performance"), "{}", sent.body);
}

/// Fills in a form that takes files, without one.
async fn sends(client: &mut Client, town: &Town, path: &str, fields: &[(&str, &str)]) -> Answer {
    let page = client.get(path).await;
    let token = after(&page.body, "name=\"csrf\" value=\"").unwrap();
    let part = |name: &str, value: &str| {
        format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields = fields.iter().map(|(name, value)| part(name, value));
    let body = std::iter::once(part("csrf", token)).chain(fields);
    let body = format!("{}--cut--\r\n", body.collect::<String>());
    let request = client
        .request(Method::POST, path)
        .header(ORIGIN, &town.server.base)
        .header(CONTENT_TYPE, "multipart/form-data; boundary=cut")
        .body(body);
    client.send(request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_is_signed_confirmed_and_kept_without_scripts() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let mut claimant = town.tell(RESPONDENT_PHONE).await;
    let mut respondent = town.invite().await;
    let mut mediator = town.assign().await;
    town.draft(&mut mediator, [&mut claimant, &mut respondent])
        .await;
    is_read_in_a_browser_without_scripts(&claimant, &town).await;
    town.signs(&mut claimant, "sign").await;
    town.signs(&mut respondent, "sign").await;
    town.signs(&mut mediator, "sign").await;
    town.seals().await;
    let parties = [&mut claimant, &mut respondent];
    town.goes_to_its_end(parties, &mut mediator).await;
    let end = claimant.get(&town.case).await;
    assert!(end.body.contains("已结案"), "{}", end.body);
}
