//! Whether whoever signed is the one whose place it is, as the place itself says.

use super::data::packed;
use super::structure;
use super::worded::ASIDE;
use crate::documents::syntax::Dict;

/// After it stands who signs.
const COLONS: [char; 2] = ['：', ':'];

/// Whether somebody of this name, for this organisation where for one, signs in their own place. One that names nobody may be
/// signed by anybody.
pub(in crate::documents) fn fits(field: &Dict, name: &str, organisation: Option<&str>) -> bool {
    let Some(label) = structure::label(field) else {
        return false;
    };
    let label = label.split(ASIDE).next().unwrap_or_default();
    if field.text("T").is_some_and(|it| it.starts_with("seal")) {
        return organisation.is_some_and(|it| it == name && is_seal_of(it, label));
    }
    !label.contains(COLONS) || is_hand_of(name, label)
}

/// The name at the end of what is said of the place, or the bracket there in which an agent stands behind a party.
fn is_hand_of(signer: &str, label: &str) -> bool {
    let (label, signer) = (packed(label), packed(signer));
    let ends = [Some(label.as_str()), label.strip_suffix('）')];
    let before = |end: &str| end.strip_suffix(signer.as_str()).map(str::to_owned);
    let mut before = ends.into_iter().flatten().filter_map(before);
    !signer.is_empty() && before.any(|it| it.ends_with(COLONS))
}

/// The name of the organisation, before it at most what it does, and behind it a word in brackets.
fn is_seal_of(organisation: &str, label: &str) -> bool {
    let (label, organisation) = (packed(label), packed(organisation));
    let behind = label.match_indices(COLONS);
    let mut starts = behind.map(|(at, colon)| at + colon.len()).chain([0]);
    let fits = |at: usize| {
        let rest = label.get(at..)?.strip_prefix(organisation.as_str())?;
        (rest.is_empty() || rest.starts_with(['（', '('])).then_some(())
    };
    !organisation.is_empty() && starts.any(|at| fits(at).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::syntax::Value;

    fn fit(field: &str, label: &str, signer: &str, organisation: Option<&str>) -> bool {
        let mut dict = Dict::default();
        dict.set("T", Value::text(field));
        dict.set("TU", Value::text(label));
        fits(&dict, signer, organisation)
    }

    #[test]
    fn a_place_is_signed_by_whom_it_names() {
        for (label, signer) in [
            ("申请人：张三", "张三"),
            ("申请人：José García", "José García"),
            ("申请人：张三\u{3000}Applicant: Zhang San", "张三"),
            ("被申请人：安宁商店（法定代表人：王五）", "王五"),
            ("当事人1", "王五1"),
            ("申请人：甲：乙", "甲：乙"),
            ("申请人：李四（演示）", "李四（演示）"),
            (
                "被申请人：安宁商店（有限合伙）（负责人：王五（演示））",
                "王五（演示）",
            ),
        ] {
            assert!(fit("party-1", label, signer, None), "{label} {signer}");
        }
        for (label, signer) in [
            ("申请人：张三", "张"),
            ("申请人：张三", "李四"),
            ("申请人：张三", ""),
            ("申请人：", ""),
            ("申请人：小张三", "张三"),
            ("被申请人：安宁商店（法定代表人：王五）", "安宁商店"),
        ] {
            assert!(!fit("party-1", label, signer, None), "{label} {signer}");
        }
    }

    #[test]
    fn an_organisation_seals_for_itself() {
        let (court, label) = ("安宁市人民法院", "安宁市人民法院（印章）");
        assert!(fit("seal", label, court, Some(court)));
        let again = format!("复核：{label}");
        assert!(fit("seal", &again, court, Some(court)));
        assert!(!fit("seal", &again, "复核", Some("复核")));
        let demo = "安宁区人民法院（演示）";
        assert!(fit("seal", &format!("{demo}（印章）"), demo, Some(demo)));
        assert!(!fit("seal", label, court, None));
        assert!(!fit("seal", label, "李四", Some(court)));
        assert!(!fit("seal", label, "安宁市", Some("安宁市")));
    }
}
