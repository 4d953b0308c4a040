//! Data as shipped in the binary, or laid over it by `--assets`.

use std::path::Path;

use rust_embed::RustEmbed;

use super::StartError;
use crate::domain::organisation::town::Town;
use crate::domain::rules::Rules;

#[derive(RustEmbed)]
#[folder = "assets/data/"]
struct Data;

/// The rules of the house, checked whole.
pub(super) fn rules(overlay: Option<&Path>) -> Result<Rules, StartError> {
    let files = texts(&Rules::FILES, overlay)?;
    Ok(Rules::parse(&borrowed(&files))?)
}

pub(super) fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    let each = files.iter();
    each.map(|(name, text)| (&**name, &**text)).collect()
}

/// The texts of the demo town, by the names that [`Town::parse`] wants.
pub(super) fn demo_texts(overlay: Option<&Path>) -> Result<Vec<(String, String)>, StartError> {
    let paths = Town::FILES.map(|name| format!("demo/{name}"));
    let read = texts(&paths.each_ref().map(String::as_str), overlay)?;
    let name = |path: &str| path.trim_start_matches("demo/").to_owned();
    Ok(read
        .iter()
        .map(|(path, text)| (name(path), text.clone()))
        .collect())
}

/// District, file and text of what the districts of the demo town say otherwise.
pub(super) fn demo_districts() -> impl Iterator<Item = (String, String, String)> {
    Data::iter().filter_map(|path| {
        let (district, file) = path.strip_prefix("demo/districts/")?.split_once('/')?;
        let text = Data::get(&path)?.data.into_owned();
        let text = String::from_utf8_lossy(&text).into_owned();
        Some((district.to_owned(), file.to_owned(), text))
    })
}

/// Name and text of each of these files of `assets/data`; one that is nowhere is left to the reader to miss.
fn texts(names: &[&str], overlay: Option<&Path>) -> Result<Vec<(String, String)>, StartError> {
    let mut texts = Vec::new();
    for &name in names {
        let over = overlay.map(|folder| folder.join("data").join(name));
        if let Some(file) = over.filter(|file| file.is_file()) {
            let text = std::fs::read_to_string(&file).map_err(|source| StartError::Io {
                what: file.display().to_string(),
                source,
            })?;
            texts.push((name.to_owned(), text));
        } else if let Some(file) = Data::get(name) {
            let text = String::from_utf8_lossy(&file.data).into_owned();
            texts.push((name.to_owned(), text));
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_whole() {
        rules(None).unwrap();
    }

    #[test]
    fn a_broken_overlay_stops_the_start_with_file_and_line() {
        let overlay = tempfile::tempdir().unwrap();
        std::fs::create_dir(overlay.path().join("data")).unwrap();
        std::fs::write(overlay.path().join("data/terms.toml"), "\nnonsense = 1\n").unwrap();
        let error = rules(Some(overlay.path())).unwrap_err().to_string();
        assert!(error.contains("terms.toml:2"), "{error}");
    }
}
