//! The pages beside the lists of a desk, and who has them.

use serde::Serialize;

use crate::casework;
use crate::domain::actor::Actor;
use crate::domain::permission::{heads_any, keeps_register, may_read_statistics, prints_sheets};
use crate::i18n::Text;
use crate::web::{Viewer, Web, WebError};

/// A page beside the lists.
#[derive(Serialize)]
pub struct Way {
    pub href: &'static str,
    pub label: Text,
}

fn way(href: &'static str, key: &'static str) -> Way {
    Way {
        href,
        label: Text::key(key),
    }
}

pub(super) fn ways_in(enters: bool, sorts: bool) -> Vec<Way> {
    let enter = enters.then(|| way("/desk/enter", "enter-title"));
    let triage = sorts.then(|| way("/desk/triage", "triage-desk"));
    enter.into_iter().chain(triage).collect()
}

/// Pages beside the queues, and who has them.
type Beside = (fn(&Actor) -> bool, &'static str, &'static str);
const BESIDE: [Beside; 6] = [
    (may_read_statistics, "/statistics", "statistics-title"),
    (prints_sheets, "/desk/doors", "sheet-doors"),
    (heads_any, "/desk/staff", "staff-title"),
    (heads_any, "/desk/rooms", "desk-rooms"),
    (heads_any, "/desk/archive", "archive-title"),
    (keeps_register, "/desk/register", "register-title"),
];

pub(super) fn onward(meant: impl Fn(fn(&Actor) -> bool) -> bool) -> Vec<Way> {
    let open = BESIDE.iter().filter(|(has, ..)| meant(*has));
    open.map(|(_, href, label)| way(href, label)).collect()
}

/// What is asked of an authority stands first at its desk.
pub(super) async fn beside(web: &Web, viewer: &Viewer) -> Result<Vec<Way>, WebError> {
    let pleas = casework::pleas(&web.desk, &viewer.actor).await?;
    let asked = (!pleas.is_empty()).then(|| way("/requests", "help-requests"));
    let ways = onward(|has| has(&viewer.actor));
    Ok(asked.into_iter().chain(ways).collect())
}
