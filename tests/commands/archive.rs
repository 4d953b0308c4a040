//! A committee's year, written into a file from the shell.

use std::io::Read as _;

use super::{run, text};

#[tokio::test]
async fn a_year_is_written_into_one_file_that_is_whole_or_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let demo = ["demo", "--cases", "60", "--until", "2026-11-20", "--data"];
    let (done, said) = run(&[demo.as_slice(), &[text(&data)]].concat(), &[], "").await;
    assert!(done, "{said}");
    let out = folder.path().join("2026.zip");
    let export = async |organisation: &str, out: &str| {
        let of = [
            "--year",
            "2026",
            "--organisation",
            organisation,
            "--out",
            out,
        ];
        let words = ["export", "archive", "--data", text(&data)];
        run(&[words.as_slice(), &of].concat(), &[], "").await
    };
    let (done, said) = export("无此单位", text(&out)).await;
    assert!(
        !done && said.contains("there is no organisation") && !out.exists(),
        "{said}"
    );
    let (done, said) = export("柳荫", text(&out)).await;
    assert!(done, "{said}");
    let (again, said) = export("柳荫", text(&out)).await;
    assert!(!again && said.contains("exists already"), "{said}");

    let mut zip = zip::ZipArchive::new(std::fs::File::open(&out).unwrap()).unwrap();
    let mut index = String::new();
    zip.by_name("index.json")
        .unwrap()
        .read_to_string(&mut index)
        .unwrap();
    let index: serde_json::Value = serde_json::from_str(&index).unwrap();
    let lines = index.as_array().unwrap();
    assert!(!lines.is_empty(), "the town closed something in a year");
    for file in lines
        .iter()
        .flat_map(|line| line["files"].as_array().unwrap())
    {
        zip.by_name(file.as_str().unwrap()).unwrap();
    }
    let names: Vec<_> = zip
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    assert!(names.contains(&"manifest.p7s".to_owned()), "{names:?}");
}
