//! What follows from what a room says: messages out, questions, the record, and orders for connections.

use super::{Direction, Media};
use crate::rooms::RoomId;
use crate::rooms::desk::{Question, Report};
use crate::rooms::room::{How, Input, Link, Order, Output, What};

/// With so many messages on their way to it, a page is behind.
const BEHIND: usize = 32;

impl Media {
    pub(super) fn follow(&mut self, room: RoomId, output: Output) {
        match output {
            Output::Send { link, text } => self.send(link, text),
            Output::Glimpse { link, text } => self.glimpse(link, text),
            Output::Close { link } => {
                self.links.remove(&link);
            }
            Output::Ask {
                question,
                person,
                kind,
            } => {
                let reply = self.outlets.answers.reply(room, question);
                // Whoever does not take the question refuses it: dropping the reply says so.
                if self
                    .outlets
                    .questions
                    .try_send(Question {
                        room,
                        person,
                        kind,
                        reply,
                    })
                    .is_err()
                {
                    tracing::warn!("nobody takes questions of the rooms; the person is refused");
                }
            }
            Output::Report(what) => {
                if let What::Counted(counted) = &what {
                    self.outlets.figures.lock().quality.add(counted);
                }
                let report = Report {
                    room,
                    at: self.clock.now(),
                    what,
                };
                if self.outlets.reports.send(report).is_err() {
                    tracing::warn!("nobody keeps the record of the sessions");
                }
            }
            Output::Recording { recording, phase } => {
                self.outlets.recorder.turn(room, recording, phase);
            }
            Output::Media(order) => self.order(room, order),
        }
    }

    /// A page that does not take its messages is cut off; it resumes or starts afresh.
    pub(super) fn send(&mut self, link: Link, text: String) {
        let Some((room, out)) = self.links.get(&link) else {
            return;
        };
        if out.try_send(text).is_err() {
            let room = *room;
            self.links.remove(&link);
            self.room(room, Input::Disconnected { link });
        }
    }

    /// Left out for a page that has not taken what was sent before.
    fn glimpse(&self, link: Link, text: String) {
        let out = self.links.get(&link).map(|(_, out)| out);
        let Some(out) = out.filter(|out| out.capacity() + BEHIND > out.max_capacity()) else {
            return;
        };
        if out.try_send(text).is_err() {
            tracing::debug!("a glimpse came after its page had gone");
        }
    }

    pub(super) fn order(&mut self, room: RoomId, order: Order) {
        match order {
            Order::Publish {
                person,
                generation,
                restart,
                sdp,
            } => match self.publish(room, person, restart, &sdp) {
                Ok(sdp) => self.room(
                    room,
                    Input::PublishAnswered {
                        person,
                        generation,
                        sdp,
                    },
                ),
                Err(error) => {
                    tracing::warn!(%error, %room, "an offer to publish could not be used");
                }
            },
            Order::Offer {
                person,
                generation,
                how,
                people,
            } => match self.offer(room, person, how, &people) {
                Ok(sdp) => {
                    self.room(
                        room,
                        Input::SubscribeOffered {
                            person,
                            generation,
                            fresh: how == How::Fresh,
                            sdp,
                        },
                    );
                }
                Err(error) => tracing::error!(%error, %room, "an offer could not be made"),
            },
            Order::Accept { person, sdp } => {
                if let Err(error) = self.accept(room, person, &sdp) {
                    tracing::warn!(%error, %room, "an answer could not be used; a new offer follows");
                    self.room(room, Input::NotNegotiated { person });
                }
            }
            Order::Drop { person } => {
                self.drop_peer(room, person, Direction::Publish);
                self.drop_peer(room, person, Direction::Subscribe);
            }
            Order::KeyFrames { people } => {
                for person in people {
                    self.want_key_frame(room, person);
                }
            }
        }
    }
}
