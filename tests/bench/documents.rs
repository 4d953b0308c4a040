//! An agreement: how long a signature takes, how large and how heavy the file is, and what others need for the
//! same text in the same run.

mod mutations;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use heyi::clock::Clock;
use heyi::documents::keys::Authority;
use heyi::documents::paper::Block;
use heyi::documents::papers::{self, Agreement, OF_PAPERS, Obligation};
use heyi::documents::{Paper, samples, unsigned_fields, verify, write, write_to_sign};
use heyi::i18n::Texts;

use super::figure::{Target, high_water, percentile, print};
use super::support::tool;

const TEXT: &str = include_str!("documents/three_pages.txt");
const ROUNDS: u32 = 200;
const PEER_ROUNDS: u32 = 20;

pub(crate) fn measure() {
    let press = Press::new();
    press.speed();
    press.size();
    press.verifying();
    press.beside_peers();
}

pub(crate) fn mutations() {
    let press = Press::new();
    mutations::measure(&press.signed(5), &press.authority.roots().unwrap());
}

/// The most memory that this process held after making papers signed once, in kilobytes; run in a process of its own.
pub(crate) fn tell_memory() {
    let press = Press::new();
    for _ in 0..PEER_ROUNDS {
        press.signed_text();
    }
    let kilobytes = high_water("self").unwrap();
    print("documents", "memory", kilobytes, "kB", Target::None);
}

/// Who makes and signs the papers: agreements as the product makes them, of the text that the others are given.
pub(crate) struct Press {
    authority: Authority,
    clock: Clock,
    texts: Texts,
}

impl Press {
    pub(crate) fn new() -> Self {
        let clock = Clock::system();
        Self {
            authority: Authority::create(&clock).unwrap(),
            clock,
            texts: Texts::load(None).unwrap(),
        }
    }

    /// The agreement with places for as many signers, three at least: parties, their mediator, the seal.
    fn agreement(&self, places: usize) -> Paper {
        let mut agreement = samples::agreement(places - 2, true);
        tell(&mut agreement);
        papers::in_words(&agreement, &self.texts, OF_PAPERS).unwrap()
    }

    /// The same with the text alone, as the others are given it: three pages, with the data, the square code and the seal.
    fn three_pages(&self, places: usize) -> Paper {
        let paper = self.agreement(places);
        let mut blocks: Vec<Block> = TEXT
            .lines()
            .map(|line| match line.chars().nth(1) {
                Some('、') => Block::Heading(line.to_owned()),
                _ => Block::Paragraph(line.to_owned()),
            })
            .collect();
        let signed = |block: &Block| matches!(block, Block::Signatures(_));
        blocks.extend(paper.blocks.iter().filter(|block| signed(block)).cloned());
        Paper { blocks, ..paper }
    }

    /// The paper as it was written and after each of the first signatures.
    fn revisions(&self, unsigned: Vec<u8>, paper: &Paper, signatures: usize) -> Vec<Vec<u8>> {
        let fields = unsigned_fields(&unsigned).unwrap();
        assert!(fields.len() >= signatures);
        let mut revisions = vec![unsigned];
        for field in fields.iter().take(signatures) {
            let makers = (&self.authority, &self.clock);
            let next = samples::signed_in(field, revisions.last().unwrap(), paper, makers);
            revisions.push(next.unwrap());
        }
        revisions
    }

    /// Signed by the first of three, so that it stays open; or by all of several, so that it is closed for its archive.
    pub(crate) fn signed(&self, signers: usize) -> Vec<u8> {
        let paper = self.agreement(signers.max(3));
        let unsigned = write_to_sign(&paper).unwrap();
        self.revisions(unsigned, &paper, signers).pop().unwrap()
    }

    /// As the others make it: the text of three pages, which nobody holds against any data, with one signature.
    fn signed_text(&self) -> Vec<u8> {
        self.text_signed(3, 1).pop().unwrap()
    }

    fn text_signed(&self, places: usize, signatures: usize) -> Vec<Vec<u8>> {
        let paper = self.three_pages(places);
        self.revisions(write(&paper).unwrap(), &paper, signatures)
    }

    fn speed(&self) {
        self.signed(5);
        let mut once = times(|| self.signed(1));
        let mut five = times(|| self.signed(5));
        let rows = [
            ("one_signature_p50", percentile(&mut once, 50), 12.0),
            ("one_signature_p99", percentile(&mut once, 99), 30.0),
            (
                "five_signatures_archived_p50",
                percentile(&mut five, 50),
                25.0,
            ),
        ];
        for (metric, value, most) in rows {
            print("documents", metric, value, "ms", Target::AtMost(most));
        }
    }

    fn size(&self) {
        let unsigned = self.text_signed(3, 0).pop().unwrap();
        assert_eq!(pages(&unsigned), 3);
        // Places for five need a page more.
        let archived = self.text_signed(5, 5).pop().unwrap();
        let open = self.text_signed(6, 4);
        let further = open
            .windows(2)
            .map(|pair| kilobytes(&pair[1]) - kilobytes(&pair[0]))
            .fold(0.0, f64::max);
        let rows = [
            ("unsigned_three_pages", kilobytes(&unsigned), 112.0),
            ("each_further_signer", further, 13.0),
            ("five_signers_archived", kilobytes(&archived), 195.0),
        ];
        for (metric, value, most) in rows {
            print("documents", metric, value, "kB", Target::AtMost(most));
        }
    }

    fn verifying(&self) {
        let paper = self.signed(6);
        let roots = self.authority.roots().unwrap();
        let mut times = times(|| {
            let report = verify::run(&paper, &roots);
            assert!(report.accepted && report.archived_at.is_some());
        });
        let median = percentile(&mut times, 50);
        print(
            "documents",
            "verify_six_signatures_p50",
            median,
            "ms",
            Target::AtMost(10.0),
        );
    }

    /// Processor time and memory beside those of others, who make no tags, no PDF/A, no timestamp, or no signature at all.
    fn beside_peers(&self) {
        // The clock of the processor moves in ticks of several papers' length: their mean, not their median.
        let before = processor_milliseconds();
        for _ in 0..ROUNDS {
            self.signed_text();
        }
        let ours = (processor_milliseconds() - before) / f64::from(ROUNDS);
        print("documents", "processor", ours, "ms", Target::None);
        let memory = our_memory();
        for kind in ["reportlab", "weasyprint"] {
            let (theirs, held) = peer(kind);
            let rows = [
                (format!("{kind}_processor"), theirs, "ms", Target::None),
                (format!("{kind}_memory"), held, "kB", Target::None),
                (
                    format!("times_less_processor_than_{kind}"),
                    theirs / ours,
                    "x",
                    Target::AtLeast(8.0),
                ),
                (
                    format!("share_of_memory_of_{kind}"),
                    memory / held,
                    "x",
                    Target::AtMost(1.0 / 3.0),
                ),
            ];
            for (metric, value, unit, target) in rows {
                print("documents", &metric, value, unit, target);
            }
        }
    }
}

/// Puts the text of the three pages where an agreement has it.
fn tell(agreement: &mut Agreement) {
    let part = |number: char| {
        let after = TEXT
            .lines()
            .skip_while(move |line| !line.starts_with(number));
        let lines = after
            .skip(1)
            .take_while(|line| line.chars().nth(1) != Some('、'));
        lines.collect::<Vec<_>>().join("\n")
    };
    agreement.facts = part('一');
    agreement.undisputed = vec![part('二')];
    agreement.disputed = part('三');
    agreement.responsibility = part('四');
    let who = agreement.obligations[0].who.clone();
    agreement.obligations = part('五')
        .lines()
        .skip(1)
        .map(|line| Obligation {
            who: who.clone(),
            does: line
                .trim_start_matches(|it: char| !it.is_alphabetic())
                .to_owned(),
            sum: None,
            by: "二〇二六年十二月三十一日".to_owned(),
            proof: "凭证".to_owned(),
            on_default: "支付利息".to_owned(),
        })
        .collect();
}

fn pages(paper: &[u8]) -> usize {
    let mark = b"/Type /Page\n";
    paper.windows(mark.len()).filter(|it| it == mark).count()
}

/// How many milliseconds each of several rounds takes.
fn times<T>(mut work: impl FnMut() -> T) -> Vec<f64> {
    (0..ROUNDS)
        .map(|_| {
            let before = Instant::now();
            work();
            before.elapsed().as_secs_f64() * 1000.0
        })
        .collect()
}

/// The processor time of this thread so far, which does all the work.
fn processor_milliseconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let first = told.split_whitespace().next().unwrap();
    first.parse::<f64>().unwrap() / 1_000_000.0
}

#[expect(clippy::cast_precision_loss, reason = "a file of a few hundred kB")]
fn kilobytes(bytes: &[u8]) -> f64 {
    bytes.len() as f64 / 1000.0
}

/// This bench again, in a process that does nothing else.
fn our_memory() -> f64 {
    let told = Command::new(std::env::current_exe().unwrap())
        .arg("documents-memory")
        .output()
        .unwrap();
    let line = String::from_utf8(told.stdout).unwrap();
    std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes()).unwrap();
    line.split('\t').nth(2).unwrap().parse().unwrap()
}

/// The mean of a peer's milliseconds of processor time a paper, and the kilobytes it held at most.
fn peer(kind: &str) -> (f64, f64) {
    let folder = tempfile::TempDir::new().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut peer = Command::new(Path::new(&tool("HEYI_PEERS")).join("bin/python"));
    peer.arg(root.join("tests/bench/documents/peer.py"))
        .arg(kind)
        .arg(root.join("tests/bench/documents/three_pages.txt"))
        .arg(root.join("assets/fonts/NotoSerifSC-Regular.ttf"))
        .arg(PEER_ROUNDS.to_string());
    if kind == "reportlab" {
        peer.args(keys(folder.path()));
    }
    let told = peer.output().unwrap();
    let said = String::from_utf8(told.stdout).unwrap();
    let mut figures: Vec<f64> = said.lines().map(|line| line.parse().unwrap()).collect();
    let memory = figures
        .pop()
        .unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&told.stderr)));
    let each = figures.iter().sum::<f64>() / f64::from(PEER_ROUNDS);
    (each, memory)
}

/// A key and its certificate, as files.
fn keys(folder: &Path) -> [PathBuf; 2] {
    let made = rcgen::generate_simple_self_signed(["peer.test".to_owned()]).unwrap();
    let files = ["key.pem", "certificate.pem"].map(|name| folder.join(name));
    std::fs::write(&files[0], made.signing_key.serialize_pem()).unwrap();
    std::fs::write(&files[1], made.cert.pem()).unwrap();
    files
}
