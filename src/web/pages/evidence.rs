//! What parties show of their quarrel, each other or the mediator alone: looking at it, giving, taking back.

pub(super) mod files;
mod parts;
pub(super) mod table;

use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::case::Head;
use super::{refusals, upload};
use crate::casework;
use crate::domain::action::ActionKind;
use crate::domain::case::Case;
use crate::domain::evidence::{Audience, Sort};
use crate::domain::ids::CaseId;
use crate::domain::offered::is_offered;
use crate::domain::permission::{Looks, may_confide, may_sit_in_sessions};
use crate::evidence::{self, About, EvidenceError, Refusal, Shown};
use crate::i18n::Text;
use crate::web::{
    Choice, Form, Multipart, Page, Path, Policy, Routes, Viewer, Web, WebError, faces, parse,
    see_other,
};

const LONGEST_NOTE: usize = 200;
const ONLY_MEDIATOR: &str = "evidence-only-mediator";
const WITHDRAWN: &str = "evidence-withdrawn";

#[derive(Serialize)]
pub struct EvidencePage {
    pub head: Head,
    pub action: String,
    /// Where files are sent in parts, by scripts.
    pub parts: String,
    pub pieces: Vec<Piece>,
    pub on_their_way: Vec<OnItsWay>,
    pub audiences: Vec<Choice>,
    pub form: Form,
}

/// One piece of evidence.
#[derive(Clone, Serialize)]
pub struct Piece {
    pub id: String,
    pub sort: &'static str,
    pub name: String,
    pub note: String,
    pub by: String,
    pub at: Timestamp,
    /// What is to be known of it besides: for the mediator alone, or withdrawn.
    pub tag: Option<Text>,
    /// The small picture of a photo.
    pub picture: Option<String>,
    /// Where sound or a clip is played from.
    pub play: Option<String>,
    /// The file as it came, for whoever may have it.
    pub original: Option<String>,
    /// SHA-256 of the original, by which it is known again.
    pub hash: String,
    pub takes_back: bool,
    /// Confided to a mediator who has left; the reader may show it to the new one.
    pub hands_on: bool,
}

/// A file that has not come whole.
#[derive(Clone, Serialize)]
pub struct OnItsWay {
    pub id: String,
    pub name: String,
    pub size: u64,
    pub received: u64,
    pub percent: u64,
}

impl Piece {
    fn sample(sort: Sort) -> Self {
        Self {
            id: "0192f0c1-2345-7000-8000-000000000001".to_owned(),
            sort: sort.name(),
            name: "卧室墙面.jpg".to_owned(),
            note: "11 月 3 日夜里拍的".to_owned(),
            by: "王秀英".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            tag: None,
            picture: None,
            play: None,
            original: None,
            hash: "0".repeat(64),
            takes_back: false,
            hands_on: false,
        }
    }
}

impl Page for EvidencePage {
    const TEMPLATE: &'static str = "pages/evidence.html";

    fn samples() -> Vec<Self> {
        let audience = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
        };
        let page = |pieces, audiences, form| Self {
            head: Head::sample(),
            action: "/cases/1/evidence".to_owned(),
            parts: "/cases/1/uploads".to_owned(),
            pieces,
            on_their_way: Vec::new(),
            audiences,
            form,
        };
        let both = || {
            vec![
                audience("everybody", "双方和调解员"),
                audience("mediator", "只给调解员"),
            ]
        };
        let mut wrong = Form::blank().filled("note", "墙面");
        wrong.refuse("audience", Text::key("form-choose"));
        wrong.refuse("file", Text::key(Refusal::Kind.key()));
        let photo = Piece {
            picture: Some("/cases/1/evidence/2/picture".to_owned()),
            original: Some("/cases/1/evidence/2/original".to_owned()),
            takes_back: true,
            ..Piece::sample(Sort::Photo)
        };
        let sound = Piece {
            play: Some("/cases/1/evidence/3/play".to_owned()),
            tag: Some(Text::key(ONLY_MEDIATOR)),
            takes_back: true,
            hands_on: true,
            ..Piece::sample(Sort::Sound)
        };
        let withdrawn = Piece {
            tag: Some(Text::key(WITHDRAWN)),
            ..Piece::sample(Sort::File)
        };
        let clip = Piece {
            play: Some("/cases/1/evidence/4/play".to_owned()),
            note: String::new(),
            ..Piece::sample(Sort::Clip)
        };
        let mut slow = page(vec![clip], both(), Form::blank());
        slow.on_their_way.push(OnItsWay {
            id: "0192f0c1-2345-7000-8000-000000000009".to_owned(),
            name: "楼上的脚步声.mp4".to_owned(),
            size: 9_000_000,
            received: 3_600_000,
            percent: 40,
        });
        vec![
            page(Vec::new(), both(), Form::blank()),
            page(vec![photo.clone(), sound, withdrawn], both(), wrong),
            page(vec![photo], Vec::new(), Form::blank()),
            slow,
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    // What is confided shows to fewer than these: `evidence::find` asks for each piece.
    let table = Policy::Of(may_sit_in_sessions);
    Routes::new()
        .form("/cases/{id}/evidence", table, show, change)
        .get(
            "/cases/{id}/evidence/{evidence}/picture",
            table,
            files::picture,
        )
        .get("/cases/{id}/evidence/table", table, table::list)
        .get("/cases/{id}/evidence/{evidence}/play", table, files::play)
        .get(
            "/cases/{id}/evidence/{evidence}/original",
            table,
            files::original,
        )
        .post("/cases/{id}/uploads", table, parts::begin)
        .get("/cases/{id}/uploads/{upload}", table, parts::state)
        .patch("/cases/{id}/uploads/{upload}", table, parts::go_on)
}

/// For whom the reader can give something now.
fn audiences(web: &Web, viewer: &Viewer, case: &Case) -> Vec<Choice> {
    let (desk, actor) = (&web.desk, &viewer.actor);
    let now = desk.clock.now();
    let open = |audience: &Audience| match audience {
        Audience::Everybody => is_offered(&desk.rules, case, actor, ActionKind::ShowEvidence, now),
        Audience::Mediator => may_confide(actor, case).is_some(),
    };
    let choice = |audience: Audience| {
        let name = audience.name();
        Choice {
            value: name.to_owned(),
            label: web
                .texts
                .t(viewer.locale, &format!("evidence-for-{name}"), &[]),
            hint: web
                .texts
                .t(viewer.locale, &format!("evidence-for-{name}-hint"), &[]),
        }
    };
    Audience::ALL.into_iter().filter(open).map(choice).collect()
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: Form,
) -> Result<EvidencePage, WebError> {
    // Whoever does not sit at the table is not told that there is one.
    if !may_sit_in_sessions(&viewer.actor, case) {
        return Err(WebError::NotFound);
    }
    let all = evidence::all(&web.cabinet, &viewer.actor, case.id).await?;
    let people = all.iter().map(|piece| piece.by).collect();
    let names = faces::names(web, people).await?;
    let audiences = audiences(web, viewer, case);
    let open = !audiences.is_empty();
    let piece = |shown: &Shown| piece((web, viewer), case, &names, shown, open);
    let pieces = all.iter().rev().map(piece).collect();
    let uploads = evidence::on_their_way(&web.cabinet, &viewer.actor, case.id).await?;
    let on_its_way = |upload: &crate::storage::uploads::Upload| OnItsWay {
        id: upload.id.to_string(),
        name: upload.name.clone(),
        size: upload.size,
        received: upload.received,
        percent: upload.received * 100 / upload.size.max(1),
    };
    Ok(EvidencePage {
        head: Head::of(web, viewer, case),
        action: format!("/cases/{}/evidence", case.id),
        parts: format!("/cases/{}/uploads", case.id),
        pieces,
        on_their_way: uploads.iter().map(on_its_way).collect(),
        audiences,
        form,
    })
}

fn piece(
    (web, viewer): (&Web, &Viewer),
    case: &Case,
    names: &faces::Names,
    shown: &Shown,
    open: bool,
) -> Piece {
    let file = &shown.file;
    let sort = file.media.sort();
    let below = |page: &str| format!("/cases/{}/evidence/{}/{page}", case.id, shown.id);
    let mine = viewer.actor.person() == Some(shown.by);
    Piece {
        id: shown.id.to_string(),
        sort: sort.name(),
        name: file.name.clone(),
        note: shown.note.clone(),
        by: faces::name_in(web, viewer, case, names, shown.by),
        at: shown.at,
        tag: tag(shown).map(Text::key),
        picture: file.preview.as_ref().map(|_| below("picture")),
        play: matches!(sort, Sort::Sound | Sort::Clip).then(|| below("play")),
        original: gets_original(shown).then(|| below("original")),
        hash: file.original.to_string(),
        takes_back: mine && open && !shown.withdrawn,
        hands_on: mine && shown.to_former && may_confide(&viewer.actor, case).is_some(),
    }
}

const fn tag(shown: &Shown) -> Option<&'static str> {
    match shown.audience {
        Audience::Mediator => Some(ONLY_MEDIATOR),
        Audience::Everybody if shown.withdrawn => Some(WITHDRAWN),
        Audience::Everybody => None,
    }
}

/// A photo of the other side is shown without its place; of what has no preview there is only the original.
fn gets_original(shown: &Shown) -> bool {
    shown.looks == Looks::AtOriginal || shown.file.preview.is_none()
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let page = page(&web, &viewer, &case, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    parts: Multipart,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if !may_sit_in_sessions(&viewer.actor, &case) {
        return Err(WebError::NotFound);
    }
    let (mut form, file) = upload::read_named(parts).await?;
    if let Some(done) = act(&web, &viewer, id, &mut form, file).await {
        match done {
            Ok(()) => return Ok(see_other(&format!("/cases/{id}/evidence"))),
            Err(error) => refuse(&mut form, error)?,
        }
    }
    let page = page(&web, &viewer, &case, form).await?;
    viewer.show_again(&web, &page)
}

/// What the form asks for; `None` where it says too little, which stands in it then.
async fn act(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    form: &mut Form,
    file: Option<(String, Bytes)>,
) -> Option<Result<(), EvidenceError>> {
    let (cabinet, actor) = (&web.cabinet, &viewer.actor);
    Some(match form.value("act") {
        "withdraw" => evidence::withdraw(cabinet, actor, id, which(form)?).await,
        "hand_on" => evidence::confide_to_new_mediator(cabinet, actor, id, which(form)?).await,
        "stop" => evidence::stop(cabinet, actor, id, which(form)?).await,
        _ => {
            let (about, bytes) = given(form, file)?;
            evidence::take(cabinet, actor, id, about, bytes).await
        }
    })
}

/// The piece or the upload that a button stands beside.
fn which<Id: FromStr>(form: &mut Form) -> Option<Id> {
    let id = form.value("which").parse().ok();
    if id.is_none() {
        form.refuse_whole(Text::key("form-choose"));
    }
    id
}

/// A file and what its giver says of it.
fn given(form: &mut Form, file: Option<(String, Bytes)>) -> Option<(About, Bytes)> {
    let name = file.as_ref().map_or("", |(name, _)| name);
    let about = about(form, name);
    if file.is_none() {
        form.refuse("file", Text::key("verify-file-missing"));
    }
    Some((about?, file?.1))
}

/// What the form says of a file.
fn about(form: &mut Form, name: &str) -> Option<About> {
    let audience = form.choose("audience", Audience::parse);
    let note = form.read_optional("note", parse::text(LONGEST_NOTE));
    Some(About {
        name: name.to_owned(),
        audience: audience?,
        note: note?.unwrap_or_default(),
    })
}

/// What its giver can mend stands beside the field; everything else gets the page of errors.
fn refuse(form: &mut Form, error: EvidenceError) -> Result<(), WebError> {
    match error {
        EvidenceError::Refused(refusal) => {
            form.refuse("file", words(refusal));
            Ok(())
        }
        EvidenceError::Casework(error) => refusals::beside(form, "file", error),
        error => Err(error.into()),
    }
}

fn words(refusal: Refusal) -> Text {
    let text = Text::key(refusal.key());
    match refusal {
        Refusal::TooLarge(sort) => text.with("sort", sort.name()).with(
            "megabytes",
            u32::try_from(sort.largest() / (1024 * 1024)).unwrap_or(u32::MAX),
        ),
        _ => text,
    }
}

impl From<EvidenceError> for WebError {
    fn from(error: EvidenceError) -> Self {
        match error {
            EvidenceError::Casework(error) => error.into(),
            EvidenceError::Storage(error) => error.into(),
            EvidenceError::Refused(Refusal::Closed) => {
                Self::Forbidden("no evidence is taken in now".to_owned())
            }
            other => Self::internal(&other),
        }
    }
}
