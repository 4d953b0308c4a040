//! The typefaces of the papers: which characters they have between them, and in which of them each word is set.

mod rare;
mod shape;
mod typeface;

use std::sync::LazyLock;

use crate::domain::identity::is_unseen;

pub(super) use typeface::Typeface;

const SONG_FILE: &[u8] = include_bytes!("../../../assets/fonts/NotoSerifSC-Regular.ttf");

static SONG: LazyLock<Typeface> =
    LazyLock::new(|| Typeface::parse("NotoSerifSC-Regular", SONG_FILE));
static LETTERS: LazyLock<Typeface> = LazyLock::new(|| {
    let data = include_bytes!("../../../assets/fonts/NotoSerif-Regular.ttf");
    Typeface::parse("NotoSerif-Regular", data)
});
static BURMESE: LazyLock<Typeface> = LazyLock::new(|| {
    let data = include_bytes!("../../../assets/fonts/NotoSerifMyanmar-Regular.ttf");
    Typeface::parse("NotoSerifMyanmar-Regular", data)
});

/// The font file of Chinese, for papers of others that bring none.
pub const fn chinese_letters() -> &'static [u8] {
    SONG_FILE
}

/// The typefaces in the order in which they are asked for a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FaceId {
    /// Chinese, with the Latin letters drawn to go with it.
    Song,
    /// Latin letters with all their accents, Greek, Cyrillic.
    Letters,
    Burmese,
    /// A part of the rare ideographs.
    Rare(u8),
}

impl FaceId {
    pub(super) fn typeface(self) -> &'static Typeface {
        match self {
            Self::Song => &SONG,
            Self::Letters => &LETTERS,
            Self::Burmese => &BURMESE,
            Self::Rare(part) => rare::typeface(part).unwrap_or(&SONG),
        }
    }

    fn has(self, character: char) -> bool {
        self.typeface().glyph(character).is_some()
    }
}

/// A stretch of text in one typeface, ready to be drawn.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub(super) face: FaceId,
    pub(super) text: &'a str,
    pub(super) glyphs: Vec<Glyph<'a>>,
    /// Whether each glyph has a place of its own, so that no space is spread between them.
    pub(super) shaped: bool,
}

#[derive(Debug)]
pub(super) struct Glyph<'a> {
    pub(super) id: u16,
    /// As a fraction of the type size, like `offset`.
    pub(super) advance: f32,
    pub(super) offset: (f32, f32),
    /// The characters it stands for; none where the glyph before it stands for them too.
    pub(super) says: &'a str,
}

impl Piece<'_> {
    /// As a fraction of the type size.
    pub(super) fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }

    /// After how many places space may be spread.
    pub(super) fn units(&self) -> usize {
        if self.shaped { 1 } else { self.glyphs.len() }
    }
}

/// A text as it will be drawn.
///
/// # Errors
/// The first character that no typeface has.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece<'_>>, char> {
    stretches(text)
        .into_iter()
        .map(|(face, text)| piece(face.ok_or_else(|| first(text))?, text))
        .collect()
}

/// The typeface that calls itself so: of the rare ideographs, which lie in parts under one name, that with this character.
pub(super) fn named(name: &str, character: char) -> Option<&'static Typeface> {
    let usual = [FaceId::Song, FaceId::Letters, FaceId::Burmese];
    let rare = rare::part(character).map(FaceId::Rare);
    let mut all = usual.into_iter().chain(rare).map(FaceId::typeface);
    all.find(|it| it.name == name)
}

/// A character in every typeface that has it.
pub(super) fn drawn_by_any(character: char) -> impl Iterator<Item = (&'static Typeface, u16)> {
    let usual = [FaceId::Song, FaceId::Letters, FaceId::Burmese];
    let all = usual
        .into_iter()
        .chain(rare::part(character).map(FaceId::Rare));
    all.filter_map(move |face| Some((face.typeface(), face.typeface().glyph(character)?)))
}

fn piece(face: FaceId, text: &str) -> Result<Piece<'_>, char> {
    let typeface = face.typeface();
    let shaped = face == FaceId::Burmese || text.chars().any(is_accent);
    let glyphs = if shaped {
        shape::shape(typeface, text).ok_or_else(|| first(text))?
    } else {
        plain(typeface, text)?
    };
    Ok(Piece {
        face,
        text,
        glyphs,
        shaped,
    })
}

/// A glyph a character.
fn plain<'a>(typeface: &Typeface, text: &'a str) -> Result<Vec<Glyph<'a>>, char> {
    let mut glyphs = Vec::with_capacity(text.len() / 2);
    for (at, character) in text.char_indices() {
        let id = typeface.glyph(character).ok_or(character)?;
        glyphs.push(Glyph {
            id,
            advance: typeface.advance(id),
            offset: (0.0, 0.0),
            says: &text[at..at + character.len_utf8()],
        });
    }
    Ok(glyphs)
}

fn first(text: &str) -> char {
    text.chars().next().unwrap_or_default()
}

/// The width of a text at a type size, in points; a missing glyph counts as a full square.
pub(super) fn width(text: &str, size: f32) -> f32 {
    let plain: Option<f32> = text
        .chars()
        .map(|it| SONG.glyph(it).filter(|_| !is_foreign(it)))
        .map(|glyph| Some(SONG.advance(glyph?)))
        .sum();
    if let (Some(width), false) = (plain, text.contains(is_quote)) {
        return width * size;
    }
    let pieces = stretches(text).into_iter().map(|(face, text)| {
        let piece = face.and_then(|face| piece(face, text).ok());
        piece.map_or(1.0, |piece| piece.width())
    });
    pieces.sum::<f32>() * size
}

/// After how many places of a text space may be spread so that a line is filled.
pub(super) fn units(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    pieces(text).map_or(0, |pieces| pieces.iter().map(Piece::units).sum())
}

/// Neighbours of one typeface together; a character that none has stands alone.
fn stretches(text: &str) -> Vec<(Option<FaceId>, &str)> {
    let mut stretches: Vec<(Option<FaceId>, usize, usize)> = Vec::new();
    for (at, character, face) in faces(text) {
        let end = at + character.len_utf8();
        match stretches.last_mut() {
            Some((last, _, until)) if *last == face && face.is_some() => *until = end,
            _ => stretches.push((face, at, end)),
        }
    }
    stretches
        .into_iter()
        .map(|(face, start, end)| (face, &text[start..end]))
        .collect()
}

/// The typeface of each character. Words of letters keep to one, so that no name changes its face in the middle.
fn faces(text: &str) -> Vec<(usize, char, Option<FaceId>)> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut faces = Vec::with_capacity(characters.len());
    let mut rest = characters.as_slice();
    while let Some((at, character)) = rest.first().copied() {
        let length = if is_letter(character) { words(rest) } else { 1 };
        let (run, after) = rest.split_at(length);
        let needs =
            |it: &(usize, char)| is_foreign(it.1) || is_quote(it.1) || SONG.glyph(it.1).is_none();
        let whole = run.len() > 1 || is_foreign(character);
        if whole && run.iter().any(needs) && run.iter().all(|it| LETTERS.glyph(it.1).is_some()) {
            faces.extend(run.iter().map(|(at, it)| (*at, *it, Some(FaceId::Letters))));
        } else if length == 1 {
            faces.push((at, character, face(character)));
        } else {
            faces.extend(run.iter().map(|(at, it)| (*at, *it, face(*it))));
        }
        rest = after;
    }
    faces
}

/// How many characters from here on are words of letters, with what joins them: José O’Brien-Núñez.
fn words(characters: &[(usize, char)]) -> usize {
    let mut length = 0;
    for (index, (_, character)) in characters.iter().enumerate() {
        if is_letter(*character) {
            length = index + 1;
        } else if index > length || !matches!(character, ' ' | '-' | '\'' | '’') {
            break;
        }
    }
    length
}

fn face(character: char) -> Option<FaceId> {
    let usual = [FaceId::Song, FaceId::Letters, FaceId::Burmese];
    usual
        .into_iter()
        .find(|face| face.has(character))
        .or_else(|| {
            let part = FaceId::Rare(rare::part(character)?);
            part.has(character).then_some(part)
        })
}

/// A letter of an alphabet that is set in words, left to right.
fn is_letter(character: char) -> bool {
    let burmese = ('\u{1000}'..='\u{109F}').contains(&character);
    character < '\u{2E80}' && !burmese && (character.is_alphabetic() || is_accent(character))
}

/// An accent that is a character of its own and is placed by shaping.
const fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}

/// Cyrillic is as wide as Chinese in the first typeface, which no name can be read in; accents lie beside their letter there.
fn is_foreign(character: char) -> bool {
    ('\u{400}'..='\u{52F}').contains(&character) || is_accent(character)
}

/// As wide as an ideograph in the first typeface, which is right in Chinese and wrong in O’Brien.
fn is_quote(character: char) -> bool {
    character == '’'
}

/// How far a mark may stand below and above its usual place, as fractions of the type size; further out it touches what stands
/// there.
const REACH: std::ops::RangeInclusive<f32> = -0.3..=0.42;

/// White space that layout alone is about.
const LAID_OUT: [char; 3] = ['\n', '\r', '\t'];

/// What is written over, under or around another letter: accents, and the vowels, tones and joined consonants of Burmese.
pub const fn is_mark(character: char) -> bool {
    is_accent(character)
        || matches!(
            character,
            '\u{102B}'..='\u{103E}' | '\u{1056}'..='\u{1059}' | '\u{105E}'..='\u{1060}' | '\u{1062}'..='\u{1064}'
                | '\u{1067}'..='\u{106D}' | '\u{1071}'..='\u{1074}' | '\u{1082}'..='\u{108D}' | '\u{108F}'
                | '\u{109A}'..='\u{109D}' | '\u{A9E5}' | '\u{AA7B}'..='\u{AA7D}'
        )
}

/// Marks of writings that no shaping of ours places: of old Cyrillic, Japanese and others.
const fn is_loose(character: char) -> bool {
    matches!(
        character,
        '\u{483}'..='\u{489}' | '\u{20D0}'..='\u{20F0}' | '\u{2DE0}'..='\u{2DFF}' | '\u{302A}'..='\u{302F}' | '\u{3099}' | '\u{309A}'
            | '\u{A66F}'..='\u{A67D}'
    )
}

/// The characters of a text that no paper can show, each once, in order of appearance: those without a form, those without ink,
/// and marks that are heaped up.
///
/// A form asks this before it accepts a name, so that a paper never fails on it.
pub fn unsupported_characters(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    let mut marks = Vec::new();
    for character in text.chars() {
        let has_form = face(character).is_some() && !is_unseen(character) && !is_loose(character);
        let mut shown = has_form || LAID_OUT.contains(&character);
        if is_mark(character) {
            // One over itself looks like one.
            shown &= !marks.contains(&character);
            marks.push(character);
        } else {
            marks.clear();
        }
        if !shown && !missing.contains(&character) {
            missing.push(character);
        }
    }
    if missing.is_empty() && text.contains(is_mark) {
        missing.extend(text.split(LAID_OUT).flat_map(astray));
    }
    missing
}

/// The last mark of each letter on which one stands too far out.
fn astray(line: &str) -> Vec<char> {
    let mut found = Vec::new();
    let pieces = match pieces(line) {
        Ok(pieces) => pieces,
        Err(missing) => return vec![missing],
    };
    for piece in pieces {
        let mut letter = "";
        for glyph in &piece.glyphs {
            if !glyph.says.is_empty() {
                letter = glyph.says;
            }
            let mark = letter.chars().next_back();
            let mark = mark.filter(|it| !REACH.contains(&glyph.offset.1) && !found.contains(it));
            found.extend(mark);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> Vec<(FaceId, &str)> {
        let pieces = pieces(text).unwrap();
        pieces
            .iter()
            .map(|piece| (piece.face, piece.text))
            .collect()
    }

    #[test]
    fn what_no_typeface_has_is_named_once() {
        assert_eq!(
            unsupported_characters("张䶮𡋤😀，\u{10FFFD}😀\n"),
            ['😀', '\u{10FFFD}']
        );
    }

    #[test]
    fn what_has_no_ink_or_heaps_up_is_named() {
        for (text, named) in [
            ("张\u{34F}三\u{200D}", vec!['\u{34F}', '\u{200D}']),
            ("Nguyễn Ọ\u{301}láwálé A\u{300}\u{301}", vec![]),
            ("a\u{301}\u{301}b\u{301}", vec!['\u{301}']),
            ("A\u{312}\u{305}\u{300}", vec!['\u{300}']),
            ("Ǘ\u{308}", vec!['\u{308}']),
            ("表\tA\u{312}\u{305}\u{300}\n", vec!['\u{300}']),
            ("王\u{3099}", vec!['\u{3099}']),
            ("အောင်မြင့်ထွန်း အင်္ဂါ ကြွှေ့ က္က", vec![]),
            ("က\u{102D}\u{102D}", vec!['\u{102D}']),
            ("ဣ\u{1068}", vec!['\u{1068}']),
        ] {
            assert_eq!(unsupported_characters(text), named, "{text}");
        }
    }

    #[test]
    fn a_rare_character_of_a_name_comes_from_the_second_typeface() {
        let set = set("王𡋤𪚥");
        assert_eq!(set[0], (FaceId::Song, "王"));
        assert!(matches!(set[1], (FaceId::Rare(_), "𡋤")));
        assert!(matches!(set[2], (FaceId::Rare(_), "𪚥")));
    }

    #[test]
    fn every_ideograph_of_gb_18030_is_there() {
        let blocks = [
            '\u{3400}'..='\u{4DBF}',
            '\u{4E00}'..='\u{9FFF}',
            '\u{20000}'..='\u{2A6D6}',
            '\u{2A700}'..='\u{2B734}',
            '\u{2B740}'..='\u{2B81D}',
            '\u{2B820}'..='\u{2CEA1}',
            '\u{2CEB0}'..='\u{2EBE0}',
        ];
        let all: String = blocks.into_iter().flatten().collect();
        assert!(unsupported_characters(&all).is_empty());
    }

    #[test]
    fn a_name_keeps_to_one_typeface() {
        assert_eq!(set("José García"), [(FaceId::Song, "José García")]);
        assert_eq!(
            set("由Nguyễn Thị O’Brien签"),
            [
                (FaceId::Song, "由"),
                (FaceId::Letters, "Nguyễn Thị O’Brien"),
                (FaceId::Song, "签"),
            ]
        );
        assert_eq!(
            set("Қожамқұл Ж."),
            [(FaceId::Letters, "Қожамқұл Ж"), (FaceId::Song, ".")]
        );
        assert_eq!(set("“天’")[0], (FaceId::Song, "“天’"));
    }

    #[test]
    fn burmese_is_shaped_and_says_every_character() {
        let name = "အောင်မြင့်ထွန်း";
        let pieces = pieces(name).unwrap();
        let [piece] = pieces.as_slice() else {
            panic!("{pieces:?}")
        };
        assert!(piece.shaped && piece.face == FaceId::Burmese);
        let says: String = piece.glyphs.iter().map(|glyph| glyph.says).collect();
        assert_eq!(says, name);
        // The vowel sign that is typed after its consonant is drawn before it.
        let vowel = BURMESE.glyph('\u{1031}');
        assert_eq!(Some(piece.glyphs[0].id), vowel);
        assert_eq!(piece.glyphs[0].says, "အော");
    }

    #[test]
    fn an_accent_of_its_own_stands_over_its_letter() {
        let pieces = pieces("Ọ\u{301}la").unwrap();
        assert!(pieces[0].shaped && pieces[0].face == FaceId::Letters);
        assert!(pieces[0].width() < 2.5);
    }

    #[test]
    fn a_chinese_character_is_one_square_wide() {
        assert!((width("和议", 14.0) - 28.0).abs() < 0.01);
        assert!((width("𡋤", 14.0) - 14.0).abs() < 0.01);
        assert!(width("Қожамқұл", 14.0) < 8.0 * 10.0);
    }
}
