//! What people in a room wait for and what a room costs, in rows that can be asked for one by one.

mod apart;
mod connect;
mod janus;
mod load;
mod moves;
mod net;
mod pages;
mod rejoin;
mod siege;

pub(crate) use apart::serve;
pub(crate) use siege::besiege;

/// In the order in which they are measured.
const ROWS: [&str; 7] = [
    "pages", "connect", "loss", "rejoin", "load", "moves", "siege",
];

/// All rows, or the one of this name.
pub(crate) async fn measure(only: Option<&str>) {
    let known = only.is_none_or(|one| ROWS.contains(&one));
    assert!(known, "the rows are {ROWS:?}");
    for row in ROWS
        .into_iter()
        .filter(|row| only.is_none_or(|one| one == *row))
    {
        match row {
            "pages" => pages::measure().await,
            "connect" => connect::clean().await,
            "loss" => connect::lossy().await,
            "rejoin" => rejoin::measure().await,
            "load" => load::measure().await,
            "moves" => moves::measure().await,
            "siege" => siege::measure().await,
            _ => unreachable!("every row has its measure"),
        }
    }
}
