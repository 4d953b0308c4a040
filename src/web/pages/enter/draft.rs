//! What a member of staff has typed and photographed so far. It hangs on the person, not on the browser: two colleagues
//! share a counter and not a draft.

use axum::body::Bytes;
use serde::{Deserialize, Serialize};

use crate::accounts::drafts;
use crate::domain::intake::{IntakeFile, IntakeFileKind};
use crate::i18n::Text;
use crate::web::pages::upload;
use crate::web::{Form, Multipart, Viewer, Web, WebError};

/// Files of one matter.
const MOST_FILES: usize = 12;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) form: Form,
    pub(super) files: Vec<IntakeFile>,
}

fn kind(viewer: &Viewer) -> Result<String, WebError> {
    Ok(format!("enter:{}", viewer.person()?))
}

impl Draft {
    pub(super) async fn load(web: &Web, viewer: &Viewer) -> Result<Self, WebError> {
        let found = drafts::load(&web.accounts, &viewer.browser, &kind(viewer)?).await?;
        Ok(found.unwrap_or_default())
    }

    pub(super) async fn save(&self, web: &Web, viewer: &Viewer) -> Result<(), WebError> {
        Ok(drafts::save(&web.accounts, &viewer.browser, &kind(viewer)?, self).await?)
    }

    pub(super) async fn forget(web: &Web, viewer: &Viewer) -> Result<(), WebError> {
        Ok(drafts::forget(&web.accounts, &viewer.browser, &kind(viewer)?).await?)
    }

    /// The fields of a form, its files stored and kept by their hash; one that is refused leaves a message.
    pub(super) async fn take_in(
        &mut self,
        web: &Web,
        mut parts: Multipart,
    ) -> Result<Form, WebError> {
        let (mut pairs, mut files) = (Vec::new(), Vec::new());
        while let Some(part) = parts.next().await? {
            let name = part.name().unwrap_or_default().to_owned();
            if part.file_name().is_some() {
                files.push((name, part.bytes().await?));
            } else {
                pairs.push((name, part.text().await?));
            }
        }
        let mut form = Form::from_pairs(pairs.into_iter());
        for (field, bytes) in files.into_iter().filter(|(_, bytes)| !bytes.is_empty()) {
            self.keep(web, &mut form, &field, bytes).await?;
        }
        Ok(form)
    }

    async fn keep(
        &mut self,
        web: &Web,
        form: &mut Form,
        field: &str,
        bytes: Bytes,
    ) -> Result<(), WebError> {
        let kinds = IntakeFileKind::ALL.into_iter();
        let Some(kind) = kinds.into_iter().find(|kind| kind.name() == field) else {
            return Ok(());
        };
        if self.files.len() >= MOST_FILES {
            form.refuse(field, Text::key("enter-files-most"));
            return Ok(());
        }
        match kind {
            IntakeFileKind::Voice => upload::check_sound(form, field, &bytes),
            IntakeFileKind::Letter | IntakeFileKind::Scene => upload::check(form, field, &bytes),
        }
        if form.has_errors() {
            return Ok(());
        }
        let put = web.files.put(bytes).await;
        let file = put.map_err(|error| WebError::internal(&error))?;
        if self.files.iter().all(|known| known.file != file) {
            self.files.push(IntakeFile { kind, file });
        }
        Ok(())
    }
}
