//! The neighbourhoods to choose from, since nobody can find a committee by reading an address.

use std::collections::BTreeSet;

use crate::domain::organisation::{Area, District};
use crate::domain::wording::Wording;
use crate::i18n::Locale;
use crate::storage::office;
use crate::web::{Choice, Web, WebError};

pub(in crate::web::pages) struct Areas(Vec<(Area, Wording)>);

impl Areas {
    pub(in crate::web::pages) async fn load(web: &Web) -> Result<Self, WebError> {
        let mut read = web.accounts.store.read().await?;
        Ok(Self(office::areas(&mut read).await?))
    }

    /// Those of one district.
    pub(in crate::web::pages) async fn of(
        web: &Web,
        district: &District,
    ) -> Result<Self, WebError> {
        let mut all = Self::load(web).await?;
        all.0.retain(|(area, _)| area.district() == *district);
        Ok(all)
    }

    /// Every area but a district that is divided further, after the answer of whoever does not know. Nothing where there
    /// is nothing to choose. Among several districts whoever does not know the neighbourhood still names the district,
    /// since committees of another one do not help.
    pub(in crate::web::pages) fn choices(
        &self,
        locale: Locale,
        unknown: &str,
        wanted: String,
    ) -> Vec<Choice> {
        let choice = |value: &str, label| Choice {
            value: value.to_owned(),
            label,
            hint: String::new(),
        };
        let several = self.has_several_districts();
        let label = |area: &Area| {
            let name = self.name(area, locale)?;
            let whole = area.parent().is_none() && self.is_divided(area);
            Some(if whole {
                format!("{name} · {unknown}")
            } else {
                name
            })
        };
        let offered: Vec<_> = self
            .0
            .iter()
            .filter(|(area, _)| several || area.parent().is_some() || !self.is_divided(area))
            .filter_map(|(area, _)| Some(choice(&area.0, label(area)?)))
            .collect();
        if offered.is_empty() {
            return offered;
        }
        let first = if several { wanted } else { unknown.to_owned() };
        std::iter::once(choice("", first)).chain(offered).collect()
    }

    pub(in crate::web::pages) fn has_several_districts(&self) -> bool {
        let districts: BTreeSet<_> = self.0.iter().map(|(area, _)| area.district()).collect();
        districts.len() > 1
    }

    /// Its name after those of what it lies in, an only district left out: 青石街道 · 柳荫社区.
    pub(in crate::web::pages) fn name(&self, area: &Area, locale: Locale) -> Option<String> {
        self.0.iter().find(|(known, _)| known == area)?;
        let several = self.has_several_districts();
        let names: Vec<_> = self
            .0
            .iter()
            .filter(|(larger, _)| larger.covers(area))
            .filter(|(larger, _)| several || larger.parent().is_some() || larger == area)
            .map(|(_, name)| name.for_tag(locale.tag()))
            .collect();
        Some(names.join(" · "))
    }

    fn is_divided(&self, area: &Area) -> bool {
        let inside = |(other, _): &(Area, Wording)| other != area && area.covers(other);
        self.0.iter().any(inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbourhoods_are_named_with_their_street_and_a_divided_district_is_no_answer() {
        let area = |path: &str, zh: &str| {
            let name = Wording {
                zh: zh.to_owned(),
                en: path.to_owned(),
            };
            (Area(path.to_owned()), name)
        };
        let areas = Areas(vec![
            area("he", "和风区"),
            area("he/qing", "青石街道"),
            area("he/qing/liu", "柳荫社区"),
        ]);
        let choices = areas.choices(Locale::ZhCn, "不清楚", "请选择".to_owned());
        let labels: Vec<_> = choices.iter().map(|it| it.label.as_str()).collect();
        assert_eq!(labels, ["不清楚", "青石街道", "青石街道 · 柳荫社区"]);
        assert_eq!(choices[0].value, "");
        assert!(
            Areas(Vec::new())
                .choices(Locale::En, "?", "!".to_owned())
                .is_empty()
        );
        assert_eq!(areas.name(&Area("he/none".to_owned()), Locale::En), None);
        let two = Areas([areas.0, vec![area("bei", "北岭区")]].concat());
        let choices = two.choices(Locale::ZhCn, "不清楚", "请选择".to_owned());
        let labels: Vec<_> = choices.iter().map(|it| it.label.as_str()).collect();
        assert_eq!(
            labels,
            [
                "请选择",
                "和风区 · 不清楚",
                "和风区 · 青石街道",
                "和风区 · 青石街道 · 柳荫社区",
                "北岭区"
            ]
        );
    }
}
