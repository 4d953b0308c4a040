//! A text in both languages, for names and gists that are data and not part of the catalogues.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    pub zh: String,
    pub en: String,
}

impl Wording {
    /// The text for a language tag such as `zh-CN` or `en`.
    pub fn for_tag(&self, tag: &str) -> &str {
        if tag.starts_with("zh") {
            &self.zh
        } else {
            &self.en
        }
    }
}
