//! Lists and searches with a hundred thousand cases beside those with a thousand, on both databases: each page is
//! asked of both in turn, so that what else the machine does falls on both. The thousand came in within a fortnight and
//! the hundred thousand within two years, so that pages are as full here as there and what differs lies behind them.

use std::process::Stdio;
use std::time::Instant;

use super::figure::{Target, percentile, print};
use super::support::http::{Answer, Client};
use super::support::postgres::fresh_database;
use super::support::server::{Server, heyi};

/// How many cases, and within how many days they came in.
const FEW: [&str; 2] = ["1000", "14"];
const MANY: [&str; 2] = ["100000", "730"];
const ROUNDS: usize = 300;

/// A hundredth of a page's visits may take this much longer where there are a hundred times as many cases.
const RATIO: f64 = 1.5;

/// The dispatcher of the largest committee of the demo town.
const DISPATCHER: &str = "贺光明";

const LISTS: [(&str, &str); 5] = [
    ("desk", "/desk"),
    ("desk_queue", "/desk?of=accept"),
    ("due", "/desk/due"),
    ("outreach", "/desk/outreach"),
    ("triage", "/desk/triage"),
];

pub(crate) async fn measure() {
    let none = async || None;
    let fresh = async || Some(fresh_database().await);
    run("sqlite", none().await, none().await).await;
    run("postgres", fresh().await, fresh().await).await;
}

async fn run(database: &str, few: Option<String>, many: Option<String>) {
    let mut few = Office::of(FEW, few).await;
    let mut many = Office::of(MANY, many).await;
    for (name, path) in LISTS {
        let listed = many.client.get(path).await;
        assert!(listed.body.contains("/cases/"), "{path} lists nothing");
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            times[0].push(few.visit(path).await);
            times[1].push(many.visit(path).await);
        }
        tell(database, name, times);
    }
    let wanted = [
        ("search_number", few.number().await, many.number().await),
        ("search_phone", few.phone().await, many.phone().await),
        ("search_words", "柳荫".to_owned(), "柳荫".to_owned()),
        ("search_nothing", "无此人".to_owned(), "无此人".to_owned()),
    ];
    for (name, of_few, of_many) in &wanted {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            times[0].push(few.search(of_few).await);
            times[1].push(many.search(of_many).await);
        }
        tell(database, name, times);
    }
}

fn tell(database: &str, page: &str, [mut few, mut many]: [Vec<f64>; 2]) {
    let (short, long) = (percentile(&mut few, 99), percentile(&mut many, 99));
    let metric = |what: &str| format!("{database}_{page}_{what}");
    let none = Target::None;
    print("pages", &metric("p99_1000"), short, "ms", none);
    print("pages", &metric("p99_100000"), long, "ms", none);
    let ratio = long / short;
    print("pages", &metric("ratio"), ratio, "x", Target::AtMost(RATIO));
}

/// A district with its cases, and the dispatcher before their desk.
struct Office {
    _folder: tempfile::TempDir,
    _server: Server,
    client: Client,
    search: Answer,
}

impl Office {
    async fn of([cases, days]: [&str; 2], database: Option<String>) -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        let data = folder.path().join("data");
        let environment = database.as_ref().map(|url| ("HEYI_DATABASE", url.as_str()));
        let environment: Vec<(&str, &str)> = environment.into_iter().collect();
        let made = heyi()
            .args([
                "demo", "--cases", cases, "--days", days, "--seed", "1", "--data",
            ])
            .arg(&data)
            .envs(environment.iter().copied())
            .stdout(Stdio::null())
            .status()
            .await
            .unwrap();
        assert!(made.success(), "no district with {cases} cases");
        let server = Server::start(&data, &["--demo"], &environment).await;
        let mut client = Client::new(&server.base);
        let people = client.get("/demo").await;
        let (_, after) = people.body.split_once(DISPATCHER).unwrap();
        let (_, form) = after.split_once("/demo/as/").unwrap();
        let (id, _) = form.split_once('"').unwrap();
        let desk = client.submit(&people, &format!("/demo/as/{id}"), &[]).await;
        assert_eq!((desk.status, desk.path.as_str()), (200, "/desk"));
        let search = client.get("/desk/search").await;
        Self {
            _folder: folder,
            _server: server,
            client,
            search,
        }
    }

    /// Milliseconds of one visit.
    async fn visit(&mut self, path: &str) -> f64 {
        let started = Instant::now();
        let answer = self.client.get(path).await;
        let time = started.elapsed().as_secs_f64() * 1000.0;
        assert_eq!(answer.status, 200, "{path}");
        time
    }

    /// Milliseconds of one search.
    async fn search(&mut self, wanted: &str) -> f64 {
        let started = Instant::now();
        let answer = self.find(wanted).await;
        let time = started.elapsed().as_secs_f64() * 1000.0;
        assert_eq!(answer.status, 200);
        time
    }

    async fn find(&mut self, wanted: &str) -> Answer {
        let typed = [("q", wanted)];
        self.client
            .submit(&self.search, "/desk/search", &typed)
            .await
    }

    /// That of the newest case that can be found by a part of an address.
    async fn number(&mut self) -> String {
        let found = self.find("柳荫").await;
        let (_, link) = found.body.split_once("href=\"/cases/").unwrap();
        let (_, text) = link.split_once('>').unwrap();
        let (text, _) = text.split_once('<').unwrap();
        text.split_whitespace().last().unwrap().to_owned()
    }

    /// The first of the invented phones that belongs to one of the dispatcher's cases.
    async fn phone(&mut self) -> String {
        for index in 0..1_000 {
            let phone = format!("1990{:07}", 100_000 + index);
            if self.find(&phone).await.body.contains("href=\"/cases/") {
                return phone;
            }
        }
        panic!("no phone is found")
    }
}
