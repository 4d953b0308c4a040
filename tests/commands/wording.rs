//! `heyi papers`: a clerk takes the templates out, changes a sentence, and has it checked.

use super::{run, text};

#[tokio::test]
async fn a_wording_is_exported_changed_checked_and_refused_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let assets = folder.path().join("assets");
    let data = folder.path().join("data");
    let export = ["papers", "export", text(&assets)];
    let (done, said) = run(&export, &[], "").await;
    assert!(done && said.contains("extension.txt"), "{said}");
    let (again, said) = run(&export, &[], "").await;
    assert!(!again && said.contains("nothing is written over"), "{said}");
    let paths = ["--assets", text(&assets), "--data", text(&data)];
    let check = [&["papers", "check"], &paths[..]].concat();
    let (whole, said) = run(&check, &[], "").await;
    assert!(
        whole && said.contains("every paper can be written"),
        "{said}"
    );
    let look = folder.path().join("look");
    let preview = [&["papers", "preview"], &paths[..], &[text(&look)]].concat();
    let (made, said) = run(&preview, &[], "").await;
    assert!(made && look.join("agreement.en.pdf").is_file(), "{said}");
    let file = assets.join("papers/cn/zh-CN/extension.txt");
    let wording = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, wording.replace("{{ why | lines }}", "{{ wy }}")).unwrap();
    let (whole, said) = run(&check, &[], "").await;
    let told = "extension.txt:20: `wy`: there is no `wy`";
    assert!(!whole && said.contains(told), "{said}");
    let serve = [&["serve", "--listen", "127.0.0.1:0"], &paths[..]].concat();
    let (served, said) = run(&serve, &[], "").await;
    assert!(!served && said.contains(told), "{said}");
}
