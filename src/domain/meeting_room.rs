//! 调解室: the rooms in which a body lets people meet. Each stands on the list once, however its name is written.

use super::ids::{MeetingRoomId, OrganisationId};
use super::session::Venue;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingRoom {
    pub id: MeetingRoomId,
    pub organisation: OrganisationId,
    pub name: String,
    pub address: String,
    pub seats: u32,
}

impl MeetingRoom {
    /// The same for two rooms that a reader would take for one: 一号 and 1号, full-width letters, blanks, punctuation.
    pub fn key(&self) -> String {
        format!("{}/{}", plain(&self.address), plain(&self.name))
    }

    pub fn venue(&self, mixed: bool) -> Venue {
        Venue {
            address: self.address.clone(),
            room: self.name.clone(),
            mixed,
            kept: Some(self.id),
        }
    }
}

fn plain(text: &str) -> String {
    let narrow = text.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    });
    let narrow = narrow.filter(|c| c.is_alphanumeric());
    numbered(&narrow.flat_map(char::to_lowercase).collect::<String>())
}

/// With numbers below a hundred in digits: 十二 is 12, 二〇一 is 201.
fn numbered(text: &str) -> String {
    let mut written = String::new();
    let mut run = String::new();
    for c in text.chars() {
        if c == '十' || digit(c).is_some() {
            run.push(c);
        } else {
            written.push_str(&number(&std::mem::take(&mut run)));
            written.push(c);
        }
    }
    written + number(&run).as_str()
}

fn digit(c: char) -> Option<usize> {
    if c == '零' {
        return Some(0);
    }
    "〇一二三四五六七八九".chars().position(|it| it == c)
}

fn number(run: &str) -> String {
    let digits = |part: &str| {
        part.chars()
            .filter_map(digit)
            .map(|it| it.to_string())
            .collect::<String>()
    };
    match run.split_once('十') {
        None => digits(run),
        Some((tens, ones)) => {
            let or = |text: String, other: &str| {
                if text.is_empty() {
                    other.to_owned()
                } else {
                    text
                }
            };
            [or(digits(tens), "1"), or(digits(ones), "0")].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn key(address: &str, name: &str) -> String {
        let room = MeetingRoom {
            id: MeetingRoomId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            name: name.to_owned(),
            address: address.to_owned(),
            seats: 8,
        };
        room.key()
    }

    #[test]
    fn a_room_is_the_same_however_its_name_is_written() {
        let one = key("和平路8号", "1号调解室");
        for (address, name) in [
            ("和平路8号", "一号调解室"),
            (" 和平路 ８ 号，", "１号 调解室"),
            ("和平路八号", "（1号）调解室"),
        ] {
            assert_eq!(key(address, name), one, "{address} {name}");
        }
        for (address, name) in [
            ("和平路8号", "2号调解室"),
            ("和平路9号", "1号调解室"),
            ("和平路8号", "十一号调解室"),
        ] {
            assert_ne!(key(address, name), one, "{address} {name}");
        }
        let tens = [
            ("十二", "12"),
            ("二十", "20"),
            ("三十一", "31"),
            ("二〇一", "201"),
            ("十", "10"),
        ];
        for (written, number) in tens {
            assert_eq!(
                key("", &format!("{written}室")),
                key("", &format!("{number}室"))
            );
        }
    }
}
