//! What parties show of their quarrel: photos, sound, clips and files, for everybody in the case or for the mediator alone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::caucus::Confidential;
use super::hash::ContentHash;
use super::ids::{EvidenceId, PartyId, PersonId};

/// One person gives at most so many files in a case, those withdrawn counted.
pub const MOST_EVIDENCE: usize = 60;

/// Something shown to the parties and their mediator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub id: EvidenceId,
    pub file: EvidenceFile,
    /// What it shows, in the words of whoever gave it; may be empty.
    pub note: String,
    pub by: PersonId,
    pub at: Timestamp,
    /// Taken back: nobody but its giver is shown it any more, and the record keeps that it was there.
    #[serde(default)]
    pub withdrawn_at: Option<Timestamp>,
}

impl Evidence {
    pub const fn is_shown(&self) -> bool {
        self.withdrawn_at.is_none()
    }
}

/// Something shown to one mediator alone. As with what is said in caucus, no paper, event or hand-over can hold it:
/// it cannot be serialised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfidedEvidence {
    pub id: EvidenceId,
    pub from: PartyId,
    pub by: PersonId,
    /// Whoever mediates later does not see it unless its giver says so.
    pub to: PersonId,
    pub file: EvidenceFile,
    pub note: Confidential,
    pub at: Timestamp,
}

/// A stored file as it came in, and what is shown of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceFile {
    pub media: Media,
    /// As its giver called it, without folders.
    pub name: String,
    /// Bytes of the original.
    pub size: u64,
    /// The file as it came, unchanged.
    pub original: ContentHash,
    /// A smaller picture made anew, in which no place, time or device of the photo is left.
    pub preview: Option<ContentHash>,
}

/// What a file is, told by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    Jpeg,
    Png,
    Webp,
    Mp3,
    M4a,
    Aac,
    Ogg,
    Wav,
    Amr,
    Mp4,
    Mov,
    Webm,
    Pdf,
    Word,
    Excel,
}

/// How a file is looked at, and how large it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    Photo,
    Sound,
    Clip,
    File,
}

const MEBIBYTE: u64 = 1024 * 1024;

impl Sort {
    pub const ALL: [Self; 4] = [Self::Photo, Self::Sound, Self::Clip, Self::File];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Sound => "sound",
            Self::Clip => "clip",
            Self::File => "file",
        }
    }

    /// Bytes that a file of this sort may have.
    pub const fn largest(self) -> u64 {
        match self {
            Self::Photo | Self::File => 20 * MEBIBYTE,
            Self::Sound => 50 * MEBIBYTE,
            Self::Clip => 200 * MEBIBYTE,
        }
    }
}

impl Media {
    pub const ALL: [Self; 15] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Mp3,
        Self::M4a,
        Self::Aac,
        Self::Ogg,
        Self::Wav,
        Self::Amr,
        Self::Mp4,
        Self::Mov,
        Self::Webm,
        Self::Pdf,
        Self::Word,
        Self::Excel,
    ];

    pub const fn sort(self) -> Sort {
        match self {
            Self::Jpeg | Self::Png | Self::Webp => Sort::Photo,
            Self::Mp3 | Self::M4a | Self::Aac | Self::Ogg | Self::Wav | Self::Amr => Sort::Sound,
            Self::Mp4 | Self::Mov | Self::Webm => Sort::Clip,
            Self::Pdf | Self::Word | Self::Excel => Sort::File,
        }
    }

    /// Its type in the registry of media types.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Mp3 => "audio/mpeg",
            Self::M4a => "audio/mp4",
            Self::Aac => "audio/aac",
            Self::Ogg => "audio/ogg",
            Self::Wav => "audio/wav",
            Self::Amr => "audio/amr",
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::Webm => "video/webm",
            Self::Pdf => "application/pdf",
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Excel => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The ending of its name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Mp3 => "mp3",
            Self::M4a => "m4a",
            Self::Aac => "aac",
            Self::Ogg => "ogg",
            Self::Wav => "wav",
            Self::Amr => "amr",
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::Webm => "webm",
            Self::Pdf => "pdf",
            Self::Word => "docx",
            Self::Excel => "xlsx",
        }
    }
}

/// Whom evidence is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The parties and their mediator.
    Everybody,
    /// The mediator alone.
    Mediator,
}

impl Audience {
    pub const ALL: [Self; 2] = [Self::Everybody, Self::Mediator];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Mediator => "mediator",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|audience| audience.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_audience_is_read_back_by_its_name() {
        for audience in Audience::ALL {
            assert_eq!(Audience::parse(audience.name()), Some(audience));
        }
    }
}
