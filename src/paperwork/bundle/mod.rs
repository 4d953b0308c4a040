//! Whole files to take away: the dossier of a case with everything in it, and a committee's closed matters of a year for its
//! archive (人民调解法 27). Each is a ZIP with a list of hashes under our signature. Names within are made of numbers and kinds:
//! no person's name is in them.
//!
//! Only what the dossier has is in it: it goes through [`Dossier`](super::Dossier) and the files that its reader may open, so
//! what was said in caucus, confided or noted by a mediator has no way in.

mod pack;
mod year;

use std::sync::Arc;

use super::dossier::{file_name, mine};
use super::{Chancery, PaperworkError};
use crate::documents::keys::Signer;
use crate::documents::paper::canonical_json;
use crate::domain::actor::Actor;
use crate::domain::agreement::Settlement;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::permission::{
    FileReader, Looks, may_look_at, may_open, may_play_recording, reads_file_of,
};
pub use pack::Outgoing;
use pack::Pack;
pub use year::Archive;

/// Who signs the lists: the platform, not the committee, whose seal is its own.
fn signer() -> Signer {
    const NAME: &str = "heyi archives";
    Signer {
        name: NAME.to_owned(),
        organisation: Some("heyi".to_owned()),
        pseudonym: ContentHash::of(NAME.as_bytes()).as_str()[..32].to_owned(),
    }
}

/// What was packed of a case.
struct Contents {
    /// Kinds of its papers, such as `agreement`.
    kinds: Vec<&'static str>,
    files: Vec<String>,
}

impl Chancery {
    /// The dossier of a case in the version of `actor`, with its papers and files beside it.
    ///
    /// # Errors
    /// Not found for whoever has none; what fails later breaks the stream off, but for lost files, which the list names.
    pub fn dossier_bundle(
        self: &Arc<Self>,
        actor: &Actor,
        case: &Case,
    ) -> Result<Outgoing, PaperworkError> {
        reads_file_of(actor, case).ok_or(OutOfOrder::WrongState)?;
        let (chancery, actor, case) = (Arc::clone(self), actor.clone(), case.clone());
        Ok(pack::outgoing(move |mut pack| async move {
            chancery.pack_case(&mut pack, (&actor, &case), "").await?;
            Box::pin(pack.finish(&chancery)).await
        }))
    }

    /// Everything of one case under `folder`, which is empty or ends in a slash.
    async fn pack_case(
        &self,
        pack: &mut Pack,
        (actor, case): (&Actor, &Case),
        folder: &str,
    ) -> Result<Contents, PaperworkError> {
        let mut contents = Contents {
            kinds: Vec::new(),
            files: Vec::new(),
        };
        let data = self.dossier(actor, case).await?;
        let json = canonical_json(&serde_json::to_value(&data)?);
        let name = format!("{folder}dossier.json");
        pack.add(&name, &json).await?;
        contents.files.push(name);
        let name = format!("{folder}dossier.pdf");
        let whole = self.dossier_file(actor, case).await;
        if let Some(whole) = pack.found(whole, (case.id, &name))? {
            pack.add(&name, &whole).await?;
            contents.files.push(name);
        }
        for (index, paper) in mine(actor, case).into_iter().enumerate() {
            let name = format!("{folder}papers/{}", file_name(index, paper));
            contents.kinds.push(paper.kind.name());
            if let Some(file) = pack.found(self.file(paper).await, (case.id, &name))? {
                pack.add(&name, &file).await?;
                contents.files.push(name);
            }
        }
        for (kind, files) in files(actor, case) {
            for (index, hash) in files.iter().enumerate() {
                let name = format!("{folder}{kind}/{:02}", index + 1);
                let stored = self.files.stream(hash).await.map_err(Into::into);
                if let Some(stored) = pack.found(stored, (case.id, &name))? {
                    let name = pack.add_stored((case.id, &name), stored).await?;
                    contents.files.push(name);
                }
            }
        }
        Ok(contents)
    }
}

/// The files that go with the papers: what lay on the table for all and what was handed in. Whoever keeps the file has the
/// originals; a party has of the other's what it is shown on the pages.
fn files(actor: &Actor, case: &Case) -> [(&'static str, Vec<ContentHash>); 5] {
    let keeps = reads_file_of(actor, case) == Some(FileReader::Keeper);
    let shown = case.evidence.iter().filter(|it| it.is_shown());
    let looks = |it| {
        if keeps {
            Some(Looks::AtOriginal)
        } else {
            may_look_at(actor, case, it)
        }
    };
    let evidence = shown.filter_map(|it| match looks(it)? {
        Looks::AtOriginal => Some(it.file.original.clone()),
        Looks::AtPreview => it.file.preview.clone(),
    });
    let opens = |file: &&ContentHash| keeps || may_open(actor, case, file);
    let settlement = case.stage.settlement();
    [
        ("evidence", evidence.collect()),
        (
            "exhibits",
            case.exhibits
                .iter()
                .map(|it| &it.file)
                .filter(opens)
                .cloned()
                .collect(),
        ),
        ("recordings", films(actor, case)),
        (
            "intake",
            case.intake
                .files
                .iter()
                .map(|it| &it.file)
                .filter(opens)
                .cloned()
                .collect(),
        ),
        (
            "performance",
            settlement
                .into_iter()
                .flat_map(Settlement::proofs)
                .filter(opens)
                .cloned()
                .collect(),
        ),
    ]
}

/// What was recorded goes along for whoever plays it, and for nobody who only keeps the file.
fn films(actor: &Actor, case: &Case) -> Vec<ContentHash> {
    let mine = case.recordings.iter();
    let mine = mine.filter(|it| may_play_recording(actor, case, it));
    let films = mine.flat_map(super::super::domain::recording::Recording::films);
    films.map(|it| it.file.clone()).collect()
}
