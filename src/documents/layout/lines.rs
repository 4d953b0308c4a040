//! Where a paragraph breaks into lines: never before a closing mark, never after an opening one (避头尾).

use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use icu_segmenter::{GraphemeClusterSegmenter, LineSegmenter};

use crate::documents::font;

/// Marks whose right half is blank, which may hang into the margin at the end of a line.
const HALF_BLANK: &str = "，。、；：！？）》〉」』】〕”’";

/// Marks that never begin a line, for words so long that they must be cut anywhere.
const NEVER_FIRST: &str = "，。、；：？！）》〉」』】〕”’％℃…—·,.;:?!)]}%";
/// Marks that never end one.
const NEVER_LAST: &str = "（《〈「『【〔“‘([{￥$";

/// A line may be spread by at most this fraction of the type size between characters.
const WIDEST_SPREAD: f32 = 0.3;

/// One line of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Space added after each character so that the line fills its measure, in points.
    pub(super) spread: f32,
}

/// Breaks one paragraph for a measure of `first` points and then `rest` points, spread evenly but for the last line.
pub(super) fn lines(paragraph: &str, size: f32, first: f32, rest: f32) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut current = String::new();
    for piece in pieces(paragraph, size, first.min(rest)) {
        let measure = if lines.is_empty() { first } else { rest };
        let longer = format!("{current}{piece}");
        if current.is_empty() || ink(&longer, size) <= measure + 0.01 {
            current = longer;
        } else {
            lines.push(filled(&current, size, measure));
            piece.clone_into(&mut current);
        }
    }
    lines.push(Line {
        text: current.trim_end().to_owned(),
        spread: 0.0,
    });
    lines
}

/// The unbreakable pieces of a paragraph; a piece wider than the measure is cut between characters.
fn pieces(paragraph: &str, size: f32, measure: f32) -> Vec<&str> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(LineBreakStrictness::Strict);
    let segmenter = LineSegmenter::new_auto(options);
    let mut pieces = Vec::new();
    let mut start = 0;
    for end in segmenter.segment_str(paragraph) {
        if is_bound(paragraph, end) {
            continue;
        }
        let piece = paragraph.get(start..end).unwrap_or_default();
        start = end;
        if piece.is_empty() {
            continue;
        }
        if ink(piece, size) <= measure {
            pieces.push(piece);
        } else {
            pieces.extend(cut(piece, size, measure));
        }
    }
    pieces
}

/// Whether marks hold together what stands before and after a place where Unicode would break, as before the dash of
/// 19:00—20:30.
fn is_bound(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    !after.is_empty()
        && (before.ends_with(|it| NEVER_LAST.contains(it))
            || after.starts_with(|it| NEVER_FIRST.contains(it)))
}

/// Cuts what is wider than a line between its characters as people see them; marks stay with what they belong to,
/// while that fits a line.
fn cut(piece: &str, size: f32, measure: f32) -> Vec<&str> {
    let ends: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(piece).collect();
    let mut parts: Vec<&str> = Vec::new();
    let mut start = 0;
    for (from, to) in ends.iter().zip(ends.iter().skip(1)) {
        let (before, cluster) = (&piece[start..*from], &piece[*from..*to]);
        let bound = before.ends_with(|it| NEVER_LAST.contains(it))
            || cluster.starts_with(|it| NEVER_FIRST.contains(it));
        if start < *from && !(bound && ink(&piece[start..*to], size) <= measure) {
            parts.push(before);
            start = *from;
        }
    }
    parts.push(&piece[start..]);
    parts
}

/// The width a reader sees: without spaces at the end, without the blank half of a closing mark.
fn ink(text: &str, size: f32) -> f32 {
    let text = text.trim_end();
    let hanging = text.ends_with(|last| HALF_BLANK.contains(last));
    font::width(text, size) - if hanging { size / 2.0 } else { 0.0 }
}

/// Chinese fills its lines; one with words of letters in it, which nobody sets with gaps inside, ends where it ends.
#[expect(
    clippy::cast_precision_loss,
    reason = "a line has fewer than a hundred characters"
)]
fn filled(text: &str, size: f32, measure: f32) -> Line {
    let text = text.trim_end();
    let gaps = font::units(text).saturating_sub(1).max(1) as f32;
    let spread = (measure - ink(text, size)) / gaps;
    let (mut all, mut narrow, mut letters) = (0, 0, 0);
    for it in text.chars() {
        all += 1;
        narrow += usize::from(it < '\u{2E80}');
        letters += usize::from(it < '\u{2E80}' && it.is_alphabetic());
    }
    let lettered = 4 * narrow > 3 * all || 5 * letters > all;
    Line {
        text: text.to_owned(),
        spread: if lettered || spread > WIDEST_SPREAD * size {
            0.0
        } else {
            spread
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "甲方（姓名：张三）认为，“噪音”每晚持续到23:30，已违反《中华人民共和国民法典》第二百九十四条；\
        乙方说：“孩子练琴，最晚不过九点！”双方同意：（一）练琴时间为19:00—20:30；（二）赔偿￥1,234.05元（大写：壹仟贰佰叁拾肆元零伍分），\
        于2026年12月31日前付清，逾期按年利率3.45％计息。See https://example.org/a-very-long-address/without/any/space 。";

    #[test]
    fn words_of_letters_are_not_pulled_apart_and_chinese_fills_its_lines() {
        let spread = |text: &str| filled(text, 12.0, font::width(text, 12.0) + 20.0).spread;
        assert!(spread("安宁市和平街道和平路3号幸福小区5幢2单元") > 0.5);
        for mixed in [
            "residing at 安宁市和平街道和平路3号幸福小区5幢",
            "On 2 November 2026",
        ] {
            assert!(spread(mixed) < 0.01, "{mixed}");
        }
    }

    #[test]
    fn no_line_starts_or_ends_with_a_forbidden_mark() {
        for measure in 180_u16..440 {
            let broken = lines(TEXT, 14.0, f32::from(measure), f32::from(measure));
            for line in &broken {
                let first = line.text.chars().next().unwrap();
                let last = line.text.chars().last().unwrap();
                assert!(!NEVER_FIRST.contains(first), "{measure}: {line:?}");
                assert!(!NEVER_LAST.contains(last), "{measure}: {line:?}");
            }
        }
    }

    /// Whether a text gives no choice: more marks in a row than a line holds, or marks alone.
    fn forced(text: &str) -> bool {
        let mark = |it: char| NEVER_FIRST.contains(it) || NEVER_LAST.contains(it);
        text.split(|it| !mark(it))
            .any(|marks| marks.chars().count() > 4)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn whatever_people_type_no_line_starts_or_ends_with_a_forbidden_mark(
            text in "([一-龥a-z0-9é𡋤]{1,9}([，。、；：？！）》〉」』】”’]{1,2}|[（《〈「『【“‘￥]| |[.,/-])){1,60}[一-龥]",
            measure in 150.0..440.0_f32,
        ) {
            prop_assume!(!forced(&text));
            for line in lines(&text, 14.0, measure, measure) {
                let (first, last) = (line.text.chars().next(), line.text.chars().last());
                prop_assert!(!first.is_some_and(|it| CLOSING.contains(it)), "{line:?}");
                prop_assert!(!last.is_some_and(|it| NEVER_LAST.contains(it)), "{line:?}");
                prop_assert!(ink(&line.text, 14.0) <= measure + 0.02, "{line:?}");
            }
        }

        #[test]
        fn a_word_that_no_line_holds_is_cut_between_what_people_see_as_characters(
            word in "[a-zA-Z0-9]{80,200}。",
        ) {
            let broken = lines(&word, 14.0, 200.0, 200.0);
            let joined: String = broken.iter().map(|line| line.text.as_str()).collect();
            prop_assert_eq!(&joined, &word);
            prop_assert!(broken.iter().all(|line| !line.text.starts_with('。')));
        }
    }

    /// Marks that close or follow something, in Chinese.
    const CLOSING: &str = "，。、；：？！）》〉」』】”’％℃";

    #[test]
    fn words_of_letters_are_neither_cut_nor_spaced_out() {
        let text =
            "The neighbours agree that the piano is silent from nine in the evening until eight.";
        let broken = lines(text, 12.0, 200.0, 200.0);
        let joined: Vec<&str> = broken.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(joined.join(" "), text);
        assert!(broken.iter().all(|line| line.spread.abs() < f32::EPSILON));
    }

    #[test]
    fn breaking_loses_nothing_but_spaces() {
        let broken = lines(TEXT, 14.0, 300.0, 328.0);
        let joined: String = broken.iter().map(|line| line.text.as_str()).collect();
        let bare = |text: &str| text.replace(' ', "");
        assert_eq!(bare(&joined), bare(TEXT));
    }

    #[test]
    fn every_line_stays_inside_its_measure() {
        let word = "a".repeat(300);
        for text in [TEXT, word.as_str()] {
            for line in lines(text, 14.0, 200.0, 228.0) {
                assert!(ink(&line.text, 14.0) <= 228.02, "{line:?}");
            }
        }
    }

    #[test]
    fn the_last_line_is_not_spread() {
        let broken = lines("字".repeat(40).as_str(), 14.0, 437.0, 437.0);
        assert_eq!(broken.len(), 2);
        assert!(broken[0].spread > 0.0);
        assert!(broken[1].spread.abs() < f32::EPSILON);
    }
}
