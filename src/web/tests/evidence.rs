//! Evidence as its giver, the other side and a stranger meet it, whole and in parts.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use image::DynamicImage;
use image::codecs::jpeg::JpegEncoder;
use serde_json::{Value, json};

use super::matter::Matter;
use super::visitor::{Answer, House, Visitor, house, rules};
use crate::domain::action::Action;
use crate::domain::evidence::{EvidenceFile, Media};
use crate::domain::fixture::Quarrel;
use crate::domain::hash::ContentHash;
use crate::domain::ids::EvidenceId;
use crate::storage::fixture::{Database, on_each};

on_each!(
    a_photo_is_shown_to_the_other_side_without_its_place,
    what_is_for_the_mediator_alone_is_nobody_elses,
    a_file_comes_in_parts_and_goes_on_where_it_broke_off,
    what_cannot_be_taken_is_said_beside_the_file_and_nothing_typed_is_lost,
    a_recording_is_played_from_any_point,
    what_was_written_beside_a_file_that_is_too_long_comes_back,
);

/// A clip with its picture, stored and ready to be shown.
pub(super) async fn shown_clip(house: &House) -> Action {
    let bytes = clip(20);
    let original = house.web.files.put(bytes.clone()).await.unwrap();
    Action::ShowEvidence {
        id: EvidenceId(uuid::Uuid::from_u128(0x33)),
        file: EvidenceFile {
            media: Media::Mp4,
            name: "a.mp4".to_owned(),
            size: bytes.len() as u64,
            preview: Some(house.web.files.put(photo()).await.unwrap()),
            original,
        },
        note: String::new(),
    }
}

const PLACE: &[u8] = b"GPS 31.23N 121.47E";

/// A photo that tells where it was taken.
pub(super) fn photo() -> Vec<u8> {
    let mut jpeg = Vec::new();
    let picture = DynamicImage::new_rgb8(30, 20);
    JpegEncoder::new(&mut jpeg).encode_image(&picture).unwrap();
    let mut block = vec![0xff, 0xe1];
    block.extend(u16::try_from(PLACE.len() + 2).unwrap().to_be_bytes());
    block.extend(PLACE);
    jpeg.splice(2..2, block);
    jpeg
}

fn tells_place(bytes: &[u8]) -> bool {
    bytes.windows(PLACE.len()).any(|window| window == PLACE)
}

/// The address of the newest piece on a page of evidence.
fn piece(page: &Answer, of: &str) -> Option<String> {
    let mut addresses = page.body.split('"');
    let found = addresses.find(|text| text.contains("/evidence/") && text.ends_with(of));
    found.map(str::to_owned)
}

async fn a_photo_is_shown_to_the_other_side_without_its_place(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    let page = matter.at("evidence");
    let mut claimant = matter.visitor("claimant").await;
    let about = [("audience", "everybody"), ("note", "客厅水渍")];
    let sent = claimant.upload(&page, &about, ("file", &photo())).await;
    assert_eq!(sent.location(), page, "{}", sent.body);

    let mut respondent = matter.visitor("respondent").await;
    let seen = respondent.get(&page).await;
    assert!(seen.body.contains("客厅水渍") && seen.body.contains("安和"));
    assert_eq!(piece(&seen, "/original"), None);
    let picture = piece(&seen, "/picture").unwrap();
    let shown = respondent.get(&picture).await;
    assert_eq!(shown.headers[header::CONTENT_TYPE], "image/jpeg");
    assert!(!shown.bytes.is_empty() && !tells_place(&shown.bytes));
    let original = picture.replace("/picture", "/original");
    let hidden = respondent.get(&original).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    for name in ["claimant", "mediator"] {
        let file = matter.visitor(name).await.get(&original).await;
        assert_eq!(file.bytes, photo(), "{name}");
        let told = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(told.starts_with("attachment"), "{told}");
    }
    for name in ["stranger", "dispatcher", "seal_holder", "other_mediator"] {
        let mut other = matter.visitor(name).await;
        for path in [&page, &picture, &original] {
            let answer = other.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name} {path}");
        }
    }
    // A piece belongs to its case: through another it is not there.
    let beside = matter.beside(0x77).await;
    let elsewhere = picture.replace(&matter.case.id.to_string(), &beside.case.id.to_string());
    let answer = claimant.get(&elsewhere).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);

    matter.reload().await;
    let which = matter.case.evidence[0].id.to_string();
    let act = [("act", "withdraw"), ("which", which.as_str())];
    let refused = respondent.upload(&page, &act, ("file", b"")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let gone = claimant.upload(&page, &act, ("file", b"")).await;
    assert_eq!(gone.location(), page);
    assert!(!respondent.get(&page).await.body.contains("客厅水渍"));
    let answer = respondent.get(&picture).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(claimant.get(&page).await.body.contains("客厅水渍"));
}

async fn what_is_for_the_mediator_alone_is_nobody_elses(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    let page = matter.at("evidence");
    let mut claimant = matter.visitor("claimant").await;
    let about = [("audience", "mediator"), ("note", "我的体检单")];
    let sent = claimant.upload(&page, &about, ("file", &photo())).await;
    assert_eq!(sent.location(), page, "{}", sent.body);
    let own = claimant.get(&page).await;
    let original = piece(&own, "/original").unwrap();
    let seen = matter.visitor("mediator").await.get(&page).await;
    assert!(seen.body.contains("我的体检单"), "{}", seen.body);
    let mut respondent = matter.visitor("respondent").await;
    assert!(!respondent.get(&page).await.body.contains("我的体检单"));
    let table = format!("{page}/table");
    for (name, knows) in [
        ("claimant", true),
        ("mediator", true),
        ("respondent", false),
    ] {
        let list = matter.visitor(name).await.get(&table).await;
        assert_eq!(list.status, StatusCode::OK, "{name}");
        assert_eq!(
            list.body.contains("我的体检单"),
            knows,
            "{name}: {}",
            list.body
        );
    }
    for name in ["respondent", "dispatcher", "stranger"] {
        let answer = matter.visitor(name).await.get(&original).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
    // Neither the record nor the history tells that there is something.
    let before = matter.case.version;
    matter.reload().await;
    assert_eq!(matter.case.version, before);
    assert!(
        !serde_json::to_string(&matter.case)
            .unwrap()
            .contains("体检单")
    );
    // Before anybody mediates there is nobody to confide in.
    let early = matter
        .beside_as(0x99, Quarrel::new(&rules).inviting().case)
        .await;
    let mut claimant = early.visitor("claimant").await;
    let page = early.at("evidence");
    let refused = claimant.upload(&page, &about, ("file", &photo())).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

struct Sender<'a> {
    visitor: Visitor<'a>,
    token: String,
    uploads: String,
}

impl Sender<'_> {
    async fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> (StatusCode, Value) {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "heyi.test")
            .header(header::ORIGIN, "http://heyi.test")
            .header("x-csrf-token", &self.token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self
            .visitor
            .send(request.body(Body::from(body)).unwrap())
            .await;
        let json = serde_json::from_slice(&answer.bytes).unwrap_or(Value::Null);
        (answer.status, json)
    }

    async fn begin(&mut self, size: usize) -> (StatusCode, Value) {
        let about = format!("name=a.mp4&note=&audience=everybody&size={size}");
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let uploads = self.uploads.clone();
        self.ask("POST", &uploads, &kind, about.into_bytes()).await
    }

    async fn part(&mut self, id: &str, from: usize, bytes: &[u8]) -> (StatusCode, Value) {
        let path = format!("{}/{id}", self.uploads);
        let from = from.to_string();
        self.ask("PATCH", &path, &[("upload-offset", &from)], bytes.to_vec())
            .await
    }
}

/// A clip of some length.
fn clip(length: usize) -> Vec<u8> {
    let mut clip = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2".to_vec();
    clip.extend((0..length).map(|at| u8::try_from(at % 251).unwrap()));
    clip
}

async fn sender<'a>(matter: &Matter<'a>, name: &str) -> Sender<'a> {
    let mut visitor = matter.visitor(name).await;
    let token = visitor.csrf().await;
    Sender {
        visitor,
        token,
        uploads: matter.at("uploads"),
    }
}

async fn a_file_comes_in_parts_and_goes_on_where_it_broke_off(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    let clip = clip(500_000);
    let mut claimant = sender(&matter, "claimant").await;
    let (status, begun) = claimant.begin(clip.len()).await;
    assert_eq!(status, StatusCode::CREATED, "{begun}");
    let id = begun["id"].as_str().unwrap().to_owned();
    let (_, first) = claimant.part(&id, 0, &clip[..200_000]).await;
    assert_eq!(first, json!({ "received": 200_000 }));
    let again = claimant.part(&id, 0, &clip[..200_000]).await;
    assert_eq!(
        again,
        (StatusCode::CONFLICT, json!({ "received": 200_000 }))
    );
    let page = claimant.visitor.get(&matter.at("evidence")).await;
    assert!(
        page.body.contains(&format!("data-upload=\"{id}\"")),
        "{}",
        page.body
    );

    let mut respondent = sender(&matter, "respondent").await;
    let (status, _) = respondent.part(&id, 200_000, &clip[200_000..400_000]).await;
    assert_eq!(
        status,
        StatusCode::NOT_FOUND,
        "another's upload is not there"
    );

    let (_, second) = claimant.part(&id, 200_000, &clip[200_000..400_000]).await;
    assert_eq!(second, json!({ "received": 400_000 }));
    let (status, last) = claimant.part(&id, 400_000, &clip[400_000..]).await;
    assert_eq!((status, last), (StatusCode::OK, json!({ "kept": true })));
    let (status, _) = claimant.part(&id, clip.len(), b"").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "it is over");
    matter.reload().await;
    let kept = &matter.case.evidence[0].file;
    assert_eq!(kept.original, ContentHash::of(&clip));
    assert_eq!(
        (kept.name.as_str(), kept.size),
        ("a.mp4", clip.len() as u64)
    );
    let seen = respondent.visitor.get(&matter.at("evidence")).await;
    let original = piece(&seen, "/original").unwrap();
    assert_eq!(respondent.visitor.get(&original).await.bytes, clip);
}

async fn what_cannot_be_taken_is_said_beside_the_file_and_nothing_typed_is_lost(
    database: Database,
) {
    let house = house(database, false).await;
    let rules = rules();
    let matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    let page = matter.at("evidence");
    let mut claimant = matter.visitor("claimant").await;
    let about = [("audience", "everybody"), ("note", "都在里面")];
    let mut bomb = std::io::Cursor::new(Vec::new());
    DynamicImage::new_luma8(20_000, 4_000)
        .write_to(&mut bomb, image::ImageFormat::Png)
        .unwrap();
    for (file, words) in [
        (&b"PK\x03\x04\x14\0\0\0\x08\0abcdefgh"[..], "压缩包收不了"),
        (b"MZ\x90\0\x03\0\0\0\x04\0", "这种文件收不了"),
        (bomb.get_ref(), "像素太高"),
        (&[0xff, 0xd8, 0xff, 0xe0, 0, 1], "打不开"),
        (b"", "请先选"),
    ] {
        let refused = claimant.upload(&page, &about, ("file", file)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(refused.body.contains("file-error"), "{words}");
        assert!(refused.body.contains(words), "{words}: {}", refused.body);
        assert!(refused.body.contains("都在里面"), "{words}");
    }
    let mut parts = sender(&matter, "claimant").await;
    let (status, answer) = parts.begin(300 * 1024 * 1024).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer["error"].as_str().unwrap().contains("200 MB"),
        "{answer}"
    );
    let (_, begun) = parts.begin(30 * 1024 * 1024).await;
    let id = begun["id"].as_str().unwrap().to_owned();
    let (_, answer) = parts.part(&id, 0, &photo()).await;
    assert!(
        answer["error"].as_str().unwrap().contains("20 MB"),
        "{answer}"
    );
    for _ in 0..5 {
        assert_eq!(parts.begin(100).await.0, StatusCode::CREATED);
    }
    assert_eq!(parts.begin(100).await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn a_recording_is_played_from_any_point(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    let page = matter.at("evidence");
    let mut claimant = matter.visitor("claimant").await;
    let clip = clip(2_000);
    let about = [("audience", "everybody"), ("note", "")];
    claimant.upload(&page, &about, ("file", &clip)).await;
    let play = piece(&claimant.get(&page).await, "/play").unwrap();
    let mut ask = async |range: &str| {
        let request = Request::get(&play).header(header::RANGE, range);
        claimant.send(request.body(Body::empty()).unwrap()).await
    };
    let middle = ask("bytes=100-199").await;
    assert_eq!(middle.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(middle.bytes, clip[100..200]);
    let span = format!("bytes 100-199/{}", clip.len());
    assert_eq!(middle.headers[header::CONTENT_RANGE], span);
    let behind = ask("bytes=90000-").await;
    assert_eq!(behind.status, StatusCode::BAD_REQUEST);
}

/// Browsers send the note behind the file.
async fn what_was_written_beside_a_file_that_is_too_long_comes_back(database: Database) {
    const NOTE: &str = "半夜十二点录的";
    let rules = rules();
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    let page = matter.at("evidence");
    let mut claimant = matter.visitor("claimant").await;
    let token = claimant.get(&page).await.token().to_owned();
    let mut file = vec![b'x'; 22 * 1024 * 1024];
    let behind = format!(
        "\r\n------a-line-between-parts\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n{NOTE}"
    );
    file.extend_from_slice(behind.as_bytes());
    let sent = Visitor::multipart(&page, &[("csrf", &token)], ("file", &file));
    let refused = claimant.send(sent).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.body.contains("20 MB"), "{}", refused.body);
    assert!(refused.body.contains(NOTE), "{}", refused.body);
}
