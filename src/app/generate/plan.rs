//! What happens to whom and when, thrown by dice before anything is written.

use jiff::{SignedDuration, Timestamp};

use super::GenerateError;
use super::dice::Dice;
use crate::domain::identity::{PersonName, Phone};
use crate::domain::ids::{OrganisationId, PersonId};
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
}

/// How far a matter comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
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
    Closed,
    Signing,
    Settled,
    Performed,
}

impl End {
    /// Whether real papers go with it.
    pub(super) const fn is_signed(self) -> bool {
        matches!(self, Self::Signing | Self::Settled | Self::Performed)
    }
}

/// One matter.
pub(super) struct Plan {
    /// Those of one number go into one transaction.
    pub(super) batch: usize,
    pub(super) seed: u64,
    pub(super) at: Timestamp,
    pub(super) committee: OrganisationId,
    pub(super) area: Area,
    pub(super) dispatcher: PersonId,
    pub(super) seal: PersonId,
    pub(super) mediator: PersonId,
    pub(super) claimant: Person,
    pub(super) respondent: Person,
    /// Of the matter, of the claimant, of the respondent.
    pub(super) addresses: [String; 3],
    pub(super) dispute: DisputeKey,
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
const MOST_SIGNED: usize = 200;

/// What is open is young, what is old is over.
const YOUNG: SignedDuration = SignedDuration::from_hours(20 * 24);

pub(super) fn plans(
    town: &Town,
    (cases, seed): (usize, u64),
    first: Timestamp,
    until: Timestamp,
) -> Result<Vec<Plan>, GenerateError> {
    let signed = (cases / 20).clamp(1, MOST_SIGNED);
    let (mut batch, mut together) = (0, 0);
    let mut plans = Vec::with_capacity(cases);
    for number in 0..cases {
        let signs = number % (cases / signed).max(1) == 0;
        let mut plan = plan(town, (cases, seed), number, (first, until), signs)?;
        if signs || together == super::TOGETHER {
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

fn plan(
    town: &Town,
    (cases, seed): (usize, u64),
    number: usize,
    (first, until): (Timestamp, Timestamp),
    signs: bool,
) -> Result<Plan, GenerateError> {
    let mut dice = Dice::of(seed, number as u64);
    let span = usize::try_from(until.duration_since(first).as_secs()).unwrap_or(0);
    let after = span * number / cases + dice.below(span / cases);
    let at = first + SignedDuration::from_secs(i64::try_from(after).unwrap_or(0));
    let committee = dice.pick(&town.committees);
    let pool = cases * 4 / 5 + 2;
    let one = dice.below(pool);
    let other = (one + 1 + dice.below(pool - 1)) % pool;
    let street = *dice.pick(&STREETS);
    let (dispute, story, wish) = matter(&mut dice, committee);
    Ok(Plan {
        batch: 0,
        seed: seed ^ (number as u64).wrapping_mul(0x2545_f491_4f6c_dd1d),
        at,
        committee: committee.id,
        area: committee.area.clone(),
        dispatcher: committee.dispatcher,
        seal: committee.seal,
        mediator: *dice.pick(&committee.mediators),
        claimant: person(seed, one, first)?,
        respondent: person(seed, other, first)?,
        addresses: [0, 1, 2].map(|_| home(&mut dice, street)),
        dispute,
        story,
        wish,
        end: end(&mut dice, until.duration_since(at) < YOUNG, signs),
        pause: SignedDuration::from_hours(2 + i64::try_from(dice.below(30)).unwrap_or(0)),
    })
}

fn end(dice: &mut Dice, young: bool, signs: bool) -> End {
    use End as E;
    if signs {
        return dice.weigh(&[(2, E::Settled), (2, E::Performed), (1, E::Signing)]);
    }
    if young {
        let open = [
            (15, E::Routed),
            (15, E::Received),
            (25, E::Inviting),
            (10, E::Selecting),
            (10, E::Disclosing),
            (20, E::Active),
            (5, E::Paused),
        ];
        return dice.weigh(&open);
    }
    dice.weigh(&[
        (18, E::Declined),
        (18, E::Refused),
        (12, E::TooFarApart),
        (10, E::Withdrawn),
        (14, E::ToCourt),
        (28, E::Closed),
    ])
}

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
