//! The data folder and what kind of installation it belongs to. A demo town and a real one never share it.

use std::path::{Path, PathBuf};

const MARK: &str = "DEMO";

/// What is served: people's disputes, or an invented town where everybody may be anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Demo,
}

#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("{}: this folder was not made by --demo; give --data another one", .0.display())]
    NotDemo(PathBuf),
    #[error("{}: this folder holds a demo town; start it with --demo, or give --data another one", .0.display())]
    IsDemo(PathBuf),
    #[error("{}: {source}", folder.display())]
    Io {
        folder: PathBuf,
        source: std::io::Error,
    },
}

/// Makes the folder if need be and holds it to its kind.
pub(super) fn claim(folder: &Path, kind: Kind) -> Result<(), FolderError> {
    let failed = |source| FolderError::Io {
        folder: folder.to_owned(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mark = folder.join(MARK);
    match kind {
        Kind::Plain if mark.exists() => Err(FolderError::IsDemo(folder.to_owned())),
        Kind::Plain => Ok(()),
        Kind::Demo if mark.exists() => Ok(()),
        Kind::Demo => {
            let mut entries = std::fs::read_dir(folder).map_err(failed)?;
            if entries.next().is_some() {
                return Err(FolderError::NotDemo(folder.to_owned()));
            }
            std::fs::write(&mark, "An invented town. Nothing in this folder is real.\n")
                .map_err(failed)
        }
    }
}

/// What kind of installation a folder holds.
pub(crate) fn kind_of(folder: &Path) -> Kind {
    if folder.join(MARK).exists() {
        Kind::Demo
    } else {
        Kind::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_town_takes_an_empty_folder_and_its_own() {
        let folder = tempfile::tempdir().unwrap();
        claim(folder.path(), Kind::Demo).unwrap();
        std::fs::write(folder.path().join("heyi.db"), "").unwrap();
        claim(folder.path(), Kind::Demo).unwrap();
        assert_eq!(kind_of(folder.path()), Kind::Demo);
        let plain = claim(folder.path(), Kind::Plain);
        assert!(matches!(plain, Err(FolderError::IsDemo(_))));
    }

    #[test]
    fn a_demo_town_refuses_what_it_did_not_make() {
        let folder = tempfile::tempdir().unwrap();
        claim(folder.path(), Kind::Plain).unwrap();
        std::fs::write(folder.path().join("heyi.db"), "").unwrap();
        let demo = claim(folder.path(), Kind::Demo);
        assert!(matches!(demo, Err(FolderError::NotDemo(_))));
        claim(folder.path(), Kind::Plain).unwrap();
    }
}
