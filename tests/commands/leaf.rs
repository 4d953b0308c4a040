//! The process that draws a page of a stranger's PDF, as the server runs it.

use std::process::{Output, Stdio};

use tokio::io::AsyncWriteExt as _;

use crate::support::pdf::{as_large_as_a_house, receipt};
use crate::support::server::heyi;

async fn draws(pdf: &str, page: &str) -> Output {
    let mut process = heyi()
        .args(["draw-leaf", page])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = process.stdin.take().unwrap();
    stdin.write_all(pdf.as_bytes()).await.unwrap();
    drop(stdin);
    process.wait_with_output().await.unwrap()
}

/// How many points of the picture are dark.
fn writing(picture: &[u8]) -> usize {
    let picture = image::load_from_memory(picture).unwrap().to_luma8();
    assert_eq!(picture.dimensions(), (1_130, 1_600));
    picture.pixels().filter(|point| point.0[0] < 128).count()
}

#[tokio::test]
async fn a_page_is_drawn_with_its_writing_also_where_the_file_brings_no_letters() {
    for page in ["1", "2"] {
        let Output { status, stdout, .. } = draws(&receipt(), page).await;
        assert!(status.success());
        let (pages, picture) = stdout.split_at(4);
        assert_eq!(pages, [0, 0, 0, 2]);
        let dark = writing(picture);
        assert!(dark > 2_000, "page {page}: {dark}");
    }
}

#[tokio::test]
async fn what_cannot_be_drawn_is_an_error_and_takes_no_more_than_its_share() {
    let receipt = receipt();
    let locked = "%PDF-1.7 nothing behind it".to_owned();
    let house = as_large_as_a_house(60_000);
    assert!(house.len() < 20_000);
    for (pdf, page) in [
        (&receipt, "3"),
        (&receipt, "0"),
        (&locked, "1"),
        (&house, "1"),
    ] {
        let Output { status, stdout, .. } = draws(pdf, page).await;
        assert!(!status.success() && stdout.is_empty(), "{status}");
    }
    // The same picture of a size that pictures have.
    assert!(
        draws(&as_large_as_a_house(4_000), "1")
            .await
            .status
            .success()
    );
}
