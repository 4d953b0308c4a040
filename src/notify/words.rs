//! A message in words: the catalogue's text in the frame of its channel.

use std::path::Path;
use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Tera};

use super::{NotifyError, Outgoing};
use crate::domain::message::Channel;
use crate::i18n::{Filler, Text, Texts};

#[derive(RustEmbed)]
#[folder = "templates/emails"]
struct Frames;

/// What a person reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub subject: String,
    pub body: String,
}

/// Puts messages into words.
pub struct Writer {
    texts: Arc<Texts>,
    frames: Tera,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer")
    }
}

#[derive(Serialize)]
struct Framed<'a> {
    signature: String,
    body: String,
    link: Option<&'a str>,
    footer: String,
}

impl Writer {
    /// With the shipped frames, or those under `overlay/templates/emails`.
    pub fn new(overlay: Option<&Path>, texts: Arc<Texts>) -> Result<Self, NotifyError> {
        let mut frames = Tera::default();
        for name in ["mail.txt", "sms.txt"] {
            let over = overlay.map(|folder| folder.join("templates/emails").join(name));
            let laid_over = over.and_then(|file| std::fs::read_to_string(file).ok());
            let shipped = Frames::get(name)
                .map(|file| String::from_utf8_lossy(&file.data).into_owned())
                .unwrap_or_default();
            frames.add_raw_template(name, &laid_over.unwrap_or(shipped))?;
        }
        Ok(Self { texts, frames })
    }

    /// In the words of the district that the message comes from, where it comes from one.
    pub fn write(&self, outgoing: &Outgoing) -> Result<Words, NotifyError> {
        let district = outgoing.facts.get("district");
        let texts = district.map_or(&*self.texts, |it| self.texts.of(it));
        let say = |key: String| {
            let text = outgoing
                .facts
                .iter()
                .fold(Text::key(key), |text, (name, fact)| {
                    text.with(name.clone(), Filler::Words(fact.clone()))
                });
            texts.say(outgoing.locale, &text)
        };
        let framed = Framed {
            signature: texts.t(outgoing.locale, "mail-signature", &[]),
            body: say(format!("notice-{}-body", outgoing.name)),
            link: outgoing.facts.get("link").map(String::as_str),
            footer: texts.t(outgoing.locale, "mail-footer", &[]),
        };
        let frame = match outgoing.channel {
            Channel::Mail => "mail.txt",
            Channel::Sms => "sms.txt",
        };
        let body = self
            .frames
            .render(frame, &Context::from_serialize(&framed)?)?;
        Ok(Words {
            subject: say(format!("notice-{}-subject", outgoing.name)),
            body,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    #[test]
    fn a_message_is_in_the_words_of_its_district() {
        let mut texts = Texts::load(None).unwrap();
        let file = |locale: Locale, text: &str| {
            let name = format!("districts/beiling/texts/{}.ftl", locale.tag());
            (locale, (name, text.to_owned()))
        };
        let files = [
            file(Locale::ZhCn, "mail-signature = 北岭和事堂\n"),
            file(Locale::En, "mail-signature = Beiling Hall of Peace\n"),
        ];
        texts.lay_over("beiling", None, &files, &[]).unwrap();
        let writer = Writer::new(None, Arc::new(texts)).unwrap();
        let write = |district: &str| {
            let outgoing = Outgoing {
                id: uuid::Uuid::nil(),
                channel: Channel::Sms,
                address: "+8619900000020".to_owned(),
                locale: Locale::ZhCn,
                name: "case-opened".to_owned(),
                facts: [("district".to_owned(), district.to_owned())].into(),
                calendar: None,
            };
            writer.write(&outgoing).unwrap().body
        };
        assert!(write("beiling").contains("北岭和事堂"));
        assert!(!write("hefeng").contains("北岭和事堂"));
    }
}
