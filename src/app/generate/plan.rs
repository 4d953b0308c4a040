//! What happens to whom and when, thrown by dice before anything is written.

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use super::{Extent, GenerateError};
use crate::domain::identity::{PersonName, Phone};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::intake::Source;
use crate::domain::organisation::Area;
use crate::domain::rules::DisputeKey;
use crate::storage::accounts::people::Person;

pub(super) struct Town {
    pub(super) committees: Vec<Committee>,
}

/// A committee that can carry a matter from its door to its seal.
pub(super) struct Committee {
    pub(super) id: OrganisationId,
    pub(super) area: Area,
    pub(super) disputes: Vec<DisputeKey>,
    pub(super) dispatcher: PersonId,
    pub(super) seal: PersonId,
    pub(super) mediators: Vec<PersonId>,
    pub(super) court: Court,
}

/// The court that confirms what the committee's parties agreed.
#[derive(Clone)]
pub(super) struct Court {
    pub(super) id: OrganisationId,
    pub(super) clerk: PersonId,
    pub(super) judge: PersonId,
}

/// How far a matter comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// What no table names; it waits for somebody to read it.
    Submitted,
    Routed,
    Received,
    Inviting,
    Selecting,
    Disclosing,
    Active,
    Paused,
    Declined,
    Refused,
    TooFarApart,
    Withdrawn,
    ToCourt,
    ToArbitration,
    Closed,
    Certified,
    Signing,
    Settled,
    Performed,
    /// The last day for the court went by.
    Performing,
    Breached,
    Sued,
    Prepared,
    Filed,
    Reviewing,
    Confirmed,
    Dismissed,
    NotAccepted,
    Recalled,
}

impl End {
    /// Whether real papers go with it.
    pub(super) const fn is_signed(self) -> bool {
        matches!(self, Self::Certified) || self.is_agreed()
    }

    /// Whether an agreement is drafted.
    pub(super) const fn is_agreed(self) -> bool {
        use End as E;
        matches!(
            self,
            E::Signing | E::Settled | E::Performed | E::Performing | E::Breached | E::Sued
        ) || self.is_at_court()
    }

    /// Whether both ask the court.
    pub(super) const fn is_at_court(self) -> bool {
        use End as E;
        matches!(
            self,
            E::Prepared
                | E::Filed
                | E::Reviewing
                | E::Confirmed
                | E::Dismissed
                | E::NotAccepted
                | E::Recalled
        )
    }
}

/// One matter.
pub(super) struct Plan {
    /// Those of one number go into one transaction.
    pub(super) batch: usize,
    pub(super) seed: u64,
    pub(super) at: Timestamp,
    /// The last day of all.
    pub(super) until: Timestamp,
    pub(super) committee: OrganisationId,
    pub(super) area: Area,
    pub(super) dispatcher: PersonId,
    pub(super) seal: PersonId,
    pub(super) mediator: PersonId,
    pub(super) court: Court,
    pub(super) claimant: Person,
    pub(super) respondent: Person,
    /// Of the matter, of the claimant, of the respondent.
    pub(super) addresses: [String; 3],
    pub(super) dispute: DisputeKey,
    pub(super) source: Source,
    pub(super) story: String,
    pub(super) wish: &'static str,
    pub(super) end: End,
    /// Between two steps.
    pub(super) pause: SignedDuration,
}

impl Plan {
    pub(super) fn people(&self) -> [Person; 2] {
        [self.claimant.clone(), self.respondent.clone()]
    }
}

/// Matters that make papers: some tenths of a second each, so no more than these.
const MOST_SIGNED: usize = 1_000;

/// What is open is young, what is old is over.
const YOUNG: SignedDuration = SignedDuration::from_hours(20 * 24);

/// Nothing happens after the last day: between two steps of a young matter there is less time.
const MOST_STEPS: i32 = 30;

/// In hours: no invitation has to wait longer for its answer.
const INVITED: usize = 6 * 24;

/// What waited for its day in vain.
const OLD: SignedDuration = SignedDuration::from_hours(75 * 24);

pub(super) fn plans(town: &Town, extent: Extent) -> Result<Vec<Plan>, GenerateError> {
    let cases = extent.cases;
    let signed = (cases / 20).clamp(1, MOST_SIGNED);
    let (mut batch, mut together) = (0, 0);
    let mut plans = Vec::with_capacity(cases);
    for number in 0..cases {
        let signs = number % (cases / signed).max(1) == 0;
        let mut plan = plan(town, extent, number, signs)?;
        if plan.end.is_signed() || together == super::TOGETHER {
            (batch, together) = (batch + 1, 0);
        }
        plan.batch = batch;
        together += 1;
        if plan.end.is_signed() {
            (batch, together) = (batch + 1, 0);
        }
        plans.push(plan);
    }
    Ok(plans)
}

fn plan(town: &Town, extent: Extent, number: usize, signs: bool) -> Result<Plan, GenerateError> {
    let Extent {
        cases, seed, until, ..
    } = extent;
    let first = extent.first();
    let mut dice = Dice::of(seed, number as u64);
    let span = usize::try_from(until.duration_since(first).as_secs()).unwrap_or(0);
    let after = span * number / cases + dice.below(span / cases);
    let at = first + SignedDuration::from_secs(i64::try_from(after).unwrap_or(0));
    let committee = dice.pick(&town.committees);
    let pool = cases * 4 / 5 + 2;
    // After the staff, who are to be found first among all who can be stepped into.
    let since = first + SignedDuration::from_hours(1);
    let one = dice.below(pool);
    let other = (one + 1 + dice.below(pool - 1)) % pool;
    let street = *dice.pick(&STREETS);
    let (mut dispute, story, wish) = matter(&mut dice, committee);
    let age = until.duration_since(at);
    let end = shown(extent, number).unwrap_or_else(|| end(&mut dice, age, signs));
    if end == End::Submitted {
        OTHER.clone_into(&mut dispute.0);
    }
    if end == End::ToArbitration {
        CONTRACT.clone_into(&mut dispute.0);
    }
    let hours = |hours: usize| SignedDuration::from_hours(i64::try_from(hours).unwrap_or(0));
    let pause = if end == End::Inviting {
        // Invited some days ago at most: what was not answered for longer is over.
        (age - hours(dice.below(INVITED)).min(age / 2)) / 2
    } else {
        hours(2 + dice.below(30)).min(age / MOST_STEPS)
    };
    Ok(Plan {
        batch: 0,
        seed: seed ^ (number as u64).wrapping_mul(0x2545_f491_4f6c_dd1d),
        at,
        until,
        committee: committee.id,
        area: committee.area.clone(),
        dispatcher: committee.dispatcher,
        seal: committee.seal,
        mediator: *dice.pick(&committee.mediators),
        court: committee.court.clone(),
        claimant: person(seed, one, since)?,
        respondent: person(seed, other, since)?,
        addresses: [0, 1, 2].map(|_| home(&mut dice, street)),
        dispute,
        source: *dice.pick(&SOURCES),
        story,
        wish,
        end,
        pause,
    })
}

/// So many have room for every end in their later half.
const FOR_ALL: usize = 80;

/// Within less, what waited for its day in vain would have to wait beyond the last one.
const HALF_A_YEAR: u32 = 183;

/// However few they are, in half a year every end is there once: the young ones two weeks before the last day, the old
/// ones midway.
fn shown(extent: Extent, number: usize) -> Option<End> {
    let cases = extent.cases;
    let recent = cases - cases / 50;
    if cases < FOR_ALL || extent.days < HALF_A_YEAR || number < cases / 2 {
        return None;
    }
    let young = OPEN.iter().chain(&AGREED);
    let old = OVER.iter().chain(&KEPT_OR_NOT);
    let (from, ends) = if number < recent.saturating_sub(OPEN.len() + AGREED.len()) {
        (cases / 2, old.collect::<Vec<_>>())
    } else {
        (recent - OPEN.len() - AGREED.len(), young.collect())
    };
    ends.get(number - from).map(|(_, end)| *end)
}

fn end(dice: &mut Dice, age: SignedDuration, signs: bool) -> End {
    if signs {
        return dice.weigh(if age < OLD { &AGREED } else { &KEPT_OR_NOT });
    }
    dice.weigh(if age < YOUNG { &OPEN } else { &OVER })
}

const AGREED: [(usize, End); 7] = [
    (2, End::Signing),
    (3, End::Settled),
    (3, End::Performed),
    (1, End::Prepared),
    (1, End::Filed),
    (1, End::Reviewing),
    (1, End::Certified),
];
const KEPT_OR_NOT: [(usize, End); 9] = [
    (8, End::Performed),
    (6, End::Confirmed),
    (3, End::Performing),
    (2, End::Breached),
    (1, End::Sued),
    (1, End::Dismissed),
    (1, End::NotAccepted),
    (1, End::Recalled),
    (3, End::Certified),
];
const OPEN: [(usize, End); 8] = [
    (5, End::Submitted),
    (15, End::Routed),
    (15, End::Received),
    (25, End::Inviting),
    (10, End::Selecting),
    (10, End::Disclosing),
    (20, End::Active),
    (5, End::Paused),
];
const OVER: [(usize, End); 7] = [
    (18, End::Declined),
    (18, End::Refused),
    (12, End::TooFarApart),
    (10, End::Withdrawn),
    (12, End::ToCourt),
    (2, End::ToArbitration),
    (28, End::Closed),
];

/// In no table.
const OTHER: &str = "other";
/// Every district knows it, and its parties may agree on arbitration (仲裁法 3).
const CONTRACT: &str = "rent-deposit";
const SOURCES: [Source; 5] = [
    Source::Building,
    Source::Building,
    Source::Web,
    Source::Shop,
    Source::Kiosk,
];

fn matter(dice: &mut Dice, committee: &Committee) -> (DisputeKey, String, &'static str) {
    let noise = || DisputeKey("noise".to_owned());
    let dispute = if committee.disputes.is_empty() {
        noise()
    } else {
        dice.pick(&committee.disputes).clone()
    };
    let story = format!("{}{}", dice.pick(&WHEN), dice.pick(&WHAT));
    (dispute, story, *dice.pick(&WISHES))
}

/// Somebody of the pool: always the same under one seed.
fn person(seed: u64, index: usize, since: Timestamp) -> Result<Person, GenerateError> {
    let mut dice = Dice::of(seed, u64::MAX - index as u64);
    let mut name = (*dice.pick(&SURNAMES)).to_owned();
    for _ in 0..=dice.below(2) {
        name += *dice.pick(&GIVEN);
    }
    let phone = format!("1990{:07}", 100_000 + index);
    Ok(Person {
        id: PersonId(dice.uuid()),
        name: PersonName::parse(&name).map_err(|_refused| GenerateError::Word)?,
        phone: Some(Phone::parse(&phone).map_err(|_refused| GenerateError::Word)?),
        mail: None,
        locale: "zh-CN".to_owned(),
        elder: dice.below(5) == 0,
        created_at: since,
    })
}

fn home(dice: &mut Dice, street: &str) -> String {
    let mut to = |most| 1 + dice.below(most);
    format!(
        "{street}{}号{}号楼{}单元{}0{}室",
        to(90),
        to(12),
        to(4),
        to(6),
        to(4)
    )
}

/// Plainly invented.
const STREETS: [&str; 16] = [
    "柳荫里",
    "梧桐巷",
    "银杏路",
    "桂花街",
    "清水桥",
    "云杉苑",
    "青石坊",
    "南塘里",
    "北渡口",
    "槐花胡同",
    "竹影路",
    "望月台",
    "听雨巷",
    "枫叶里",
    "白鹭洲",
    "稻香村",
];
const SURNAMES: [&str; 24] = [
    "安", "康", "宁", "和", "平", "乐", "谢", "林", "叶", "江", "秋", "夏", "温", "梅", "竹", "兰",
    "石", "田", "云", "水", "欧阳", "司马", "上官", "诸葛",
];
const GIVEN: [&str; 32] = [
    "晴", "雨", "雪", "风", "岚", "松", "柏", "桐", "荷", "莲", "青", "蓝", "朗", "静", "远", "明",
    "望", "舒", "宜", "然", "若", "知", "行", "书", "墨", "棋", "琴", "清", "川", "溪", "湖", "舟",
];
const WHEN: [&str; 6] = [
    "上个月起，",
    "从去年冬天开始，",
    "这两个星期，",
    "搬来以后，",
    "装修完以后，",
    "下雨那几天，",
];
const WHAT: [&str; 8] = [
    "夜里总有拖椅子的声音，孩子睡不好。",
    "楼上漏水，把客厅的天花板泡坏了。",
    "说好的押金一直没有退。",
    "楼道里堆满了东西，走不过去。",
    "借的钱到了日子没有还。",
    "空调外机正对着我家窗户，热风吹进来。",
    "买的东西坏了，店里不肯换。",
    "停车位被占了好几回。",
];
const WISHES: [&str; 4] = [
    "请对方停下来",
    "请对方修好",
    "请对方赔一部分",
    "当面把话说开",
];
