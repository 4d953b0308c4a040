//! Every page, every face of it, in both languages, as anybody and as staff, plain and large.

mod forms;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::i18n::{Locale, Texts};
use crate::web::assets::Assets;
use crate::web::error::ErrorPage;
use crate::web::page::{Frame, Page, Templates};

/// Renders one sample: template's name, and a function of the frame.
type Sample = (&'static str, Box<dyn Fn(&Templates, &Frame) -> String>);

fn of<P: Page + 'static>() -> Vec<Sample> {
    P::samples()
        .into_iter()
        .map(|page| -> Sample {
            let show = move |templates: &Templates, frame: &Frame| {
                templates
                    .render(frame, &page)
                    .unwrap_or_else(|error| panic!("{}: {error}", P::TEMPLATE))
            };
            (P::TEMPLATE, Box::new(show))
        })
        .collect()
}

/// The list of pages. A template that is missing here fails the test below.
fn samples() -> Vec<Sample> {
    [
        of::<ErrorPage>(),
        of::<caucus::CaucusPage>(),
        of::<home::HomePage>(),
        of::<assess::AssessPage>(),
        of::<assign::AssignPage>(),
        of::<case::CasePage>(),
        of::<disclosure::ChallengePage>(),
        of::<disclosure::DisclosurePage>(),
        of::<ending::EndPage>(),
        of::<ending::PausePage>(),
        of::<ending::SurePage>(),
        of::<evidence::EvidencePage>(),
        of::<exhibits::ExhibitsPage>(),
        of::<hand_over::HandOverPage>(),
        of::<hand_over::HandOverSurePage>(),
        of::<intake::IntakePage>(),
        of::<invitation::DeclinePage>(),
        of::<invitation::InvitationPage>(),
        of::<invite::InviteCodePage>(),
        of::<invite::InvitePage>(),
        of::<organisation::OrganisationPage>(),
        of::<organisations::OrganisationsPage>(),
        of::<link::LapsedPage>(),
        of::<link::LinkPage>(),
        of::<link::LinkSentPage>(),
        of::<sessions::SessionsPage>(),
        of::<board::BoardPage>(),
        of::<confirmation::ConfirmationPage>(),
        of::<identity::IdentitiesPage>(),
        of::<identity::IdentityPage>(),
        of::<performance::PerformancePage>(),
        of::<performance::ReportPage>(),
        of::<record::RecordPage>(),
        of::<review::ReviewPage>(),
        of::<review::DismissalPage>(),
        of::<review::RulingPage>(),
        of::<seal::SealPage>(),
        of::<sheet::DoorsPage>(),
        of::<sheet::SheetPage>(),
        of::<sign::SignPage>(),
        of::<verify::VerifyPage>(),
        of::<room::RoomPage>(),
        of::<room::RoomDoorPage>(),
        of::<sign_in::SignInPage>(),
        of::<sign_in::CodePage>(),
        of::<staff_sign_in::StaffSignInPage>(),
        of::<staff_sign_in::SecondFactorPage>(),
        of::<demo::PeoplePage>(),
        of::<demo::OutboxPage>(),
    ]
    .into_iter()
    .chain(of_the_lists())
    .chain(of_the_beginning())
    .chain(of_reaching_people())
    .chain(of_the_intake())
    .chain(of_mediators())
    .chain(of_the_end())
    .flatten()
    .collect()
}

/// The pages that list cases.
fn of_the_lists() -> Vec<Vec<Sample>> {
    vec![
        of::<archive::ArchivePage>(),
        of::<court::CourtQueuePage>(),
        of::<desk::CasesPage>(),
        of::<desk::DeskPage>(),
        of::<search::SearchPage>(),
        of::<register::RegisterPage>(),
        of::<setup::SetupPage>(),
        of::<staff::StaffPage>(),
        of::<staff::WorkPage>(),
        of::<statistics::StatisticsPage>(),
        of::<transparency::TransparencyPage>(),
        of::<undelivered::UndeliveredPage>(),
    ]
}

/// The pages on who mediates, and who else comes.
fn of_mediators() -> Vec<Vec<Sample>> {
    vec![
        of::<agents::AgentsPage>(),
        of::<on_paper::OnPaperPage>(),
        of::<assignment::DisclosePage>(),
        of::<calendar::CalendarPage>(),
        of::<assignment::AssignmentPage>(),
        of::<choose::ChoosePage>(),
        of::<complaint::ComplainPage>(),
        of::<complaint::ComplaintPage>(),
        of::<complaint::ComplaintsPage>(),
        of::<replacement::ReplacementPage>(),
        of::<team::JoiningPage>(),
        of::<team::TeamPage>(),
        of::<library::ClausesPage>(),
        of::<library::LibraryPage>(),
        of::<meeting_rooms::MeetingRoomsPage>(),
        of::<screen::ScreenPage>(),
        of::<screen::ScreenCodePage>(),
        of::<room::TrialPage>(),
        of::<notes::NotesPage>(),
        of::<service::ServicePage>(),
        of::<rights::RightsPage>(),
        of::<translation::TranslationPage>(),
        of::<wishes::WishesPage>(),
        of::<minutes::MinutesPage>(),
        of::<writing::WritingPage>(),
        of::<writing::offer::OfferPage>(),
    ]
}

/// The pages on which it is seen whether all is done, and how it was.
fn of_the_end() -> Vec<Vec<Sample>> {
    vec![
        of::<delivery::DeliveryPage>(),
        of::<delivery::ErrandsPage>(),
        of::<follow_up::FollowUpPage>(),
        of::<help::HelpPage>(),
        of::<recordings::AskingPage>(),
        of::<recordings::PlayPage>(),
        of::<requests::RequestPage>(),
        of::<requests::RequestsPage>(),
        of::<rating::RatedPage>(),
        of::<rating::RatingPage>(),
        of::<verification::SpotPage>(),
        of::<verification::VerificationPage>(),
    ]
}

/// The pages on which a matter is told.
fn of_the_beginning() -> Vec<Vec<Sample>> {
    vec![
        of::<start::MatterPage>(),
        of::<start::StoryPage>(),
        of::<start::WishPage>(),
        of::<start::OtherPage>(),
        of::<start::MePage>(),
        of::<start::ProofPage>(),
        of::<start::CheckPage>(),
        of::<start::DonePage>(),
    ]
}

/// The pages by which the other side is reached.
fn of_reaching_people() -> Vec<Vec<Sample>> {
    vec![
        of::<contacts::ContactsPage>(),
        of::<correct_contact::CorrectContactPage>(),
        of::<parties::AddPartyPage>(),
        of::<due::DuePage>(),
        of::<late::LatePage>(),
        of::<more_time::MoreTimePage>(),
        of::<outreach::AnswersPage>(),
        of::<outreach::OutreachPage>(),
        of::<visits::VisitPage>(),
        of::<visits::VisitsPage>(),
        of::<call_back::CallBackPage>(),
        of::<call_back::CalledPage>(),
        of::<wrong_person::StoppedPage>(),
        of::<wrong_person::WrongPersonPage>(),
    ]
}

/// The pages of those who take matters in.
fn of_the_intake() -> Vec<Vec<Sample>> {
    vec![
        of::<enter::EnterPage>(),
        of::<kiosk::KioskPage>(),
        of::<triage::TriagePage>(),
        of::<triage::safety::SafetyPage>(),
        of::<triage::similar::SimilarPage>(),
    ]
}

fn templates() -> Templates {
    let texts = Arc::new(Texts::load(None).unwrap());
    let assets = Arc::new(Assets::load(None).unwrap());
    Templates::load(None, &texts, &assets).unwrap()
}

fn frames() -> Vec<Frame> {
    let frame = |locale, signed_in: Option<&str>, staff, elder| Frame {
        locale,
        signed_in: signed_in.map(str::to_owned),
        staff,
        csrf: "token".to_owned(),
        nonce: "nonce".to_owned(),
        elder,
        kiosk: elder.then(|| "LY-03-2".to_owned()),
        path: "/here".to_owned(),
        other_language: "/here?lang=en".to_owned(),
        elder_switch: "/here?elder=on".to_owned(),
        demo: staff,
        district: None,
    };
    Locale::ALL
        .into_iter()
        .flat_map(|locale| {
            [
                frame(locale, None, false, false),
                frame(locale, Some("Wang"), false, true),
                frame(locale, Some("Li"), true, false),
            ]
        })
        .collect()
}

#[test]
fn every_page_renders_in_both_languages_without_a_gap() {
    let templates = templates();
    for frame in frames() {
        for (name, show) in samples() {
            let html = show(&templates, &frame);
            assert!(
                !html.contains('⟦'),
                "{name} in {:?} lacks a text:\n{html}",
                frame.locale
            );
            assert!(
                html.contains(&format!("<html lang=\"{}\"", frame.locale.tag())),
                "{name}"
            );
            assert_eq!(html.matches("<h1").count(), 1, "{name} has one headline");
            assert!(
                !html.contains("<script>") && !html.contains(" onclick="),
                "{name} scripts inline"
            );
            for form in html.split("<form").skip(1) {
                let form = form.split("</form>").next().unwrap();
                let posts = form.contains("method=\"post\"");
                assert!(
                    !posts || form.contains("name=\"csrf\""),
                    "{name} has a form without its token"
                );
            }
        }
    }
}

#[test]
fn every_code_has_its_message() {
    let texts = Texts::load(None).unwrap();
    for kind in ["sign-in", "contact", "invitation", "sign", "confirm"] {
        for locale in Locale::ALL {
            let key = format!("notice-code-{kind}-body");
            let args = [("code", "123456".into()), ("minutes", "10".into())];
            assert!(texts.t(locale, &key, &args).contains("123456"), "{key}");
        }
    }
}

#[test]
fn every_page_template_has_samples() {
    let shown: BTreeSet<String> = samples()
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/pages");
    let there: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| format!("pages/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    assert_eq!(there, shown);
}
