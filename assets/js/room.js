// The call page: joins the room's socket, its media and what is shown.

import { Board } from "./room-board.js";
import { Caucus, silent } from "./room-caucus.js";
import { Channel } from "./room-channel.js";
import { Chat } from "./room-chat.js";
import { Door } from "./room-door.js";
import { Ladder, RUNGS } from "./room-ladder.js";
import { Link } from "./room-link.js";
import { Media } from "./room-media.js";
import { Phone } from "./room-phone.js";
import { Recording, recorded } from "./room-recording.js";
import { hears, signed, signs } from "./room-seats.js";
import { Share } from "./room-share.js";
import { Stage } from "./room-stage.js";
import { Table } from "./room-table.js";
import { View } from "./room-view.js";

// After so many looks at the line the room is told what was lost in the last of them.
const LOOKS_TOLD = 5;

const $ = (id) => document.getElementById(id);
const page = $("room");
const view = new View();
const board = $("room-board") && new Board($("room-board"), (key) => view.tell(key));
const recording = $("room-recording") && new Recording($("room-recording"), (key) => view.tell(key));
const state = { me: null, kind: null, scene: null, hand: false, broken: false, started: false };

const link = new Link({
  socketAt: page.dataset.socket.replace(/^/, location.origin.replace(/^http/, "ws")),
  tokenAt: page.dataset.token,
  csrf: page.dataset.csrf,
  hear,
  state: (now) => {
    state.broken = now === "broken";
    if (page.dataset.at === "entry") door.told(state.broken ? "network-broken" : null);
    if (state.broken) {
      view.network("broken");
      media.suspect();
    }
    show();
  },
});

const caucus = new Caucus({ view, send: (request) => link.send(request) });

const chat = new Chat({ view, send: (request) => link.send(request), epoch: () => state.scene?.epoch ?? 0 });

const media = new Media({
  ice: () => link.ice,
  send: (request) => link.send(request),
  show: (person, stream) => view.stream(person, stream),
  expects: () => others(state.scene).some(({ microphone, camera }) => microphone || camera),
  trouble: (word) => (page.dataset.at === "entry" ? door.told(word) : view.tell(word)),
  changed: () => {
    door.show();
    if (state.started) tellSwitches();
    show();
  },
});

const phone = new Phone({ at: page.dataset.dialIn, csrf: page.dataset.csrf, trouble: () => view.tell("phone-missing") });

const ladder = new Ladder({ phone: phone.there });

const channel = new Channel({ send: (request) => link.send(request) });
const share = new Share({
  media,
  send: (request) => link.send(request),
  changed: () => {
    if (state.started) tellSwitches();
    show();
  },
});

const table = new Table({ view, share, send: (request) => link.send(request), at: page.dataset.files });

const stage = new Stage({ media, changed: () => show() });

const door = new Door({ media, word: (key) => view.word(key), enter: () => link.open() });

function hear(message) {
  switch (message.type) {
    case "welcome":
      return welcome(message);
    case "scene":
      return scene(message);
    case "publish_answer":
      return media.answered(message);
    case "subscribe_offer":
      return media.offered(message);
    case "said":
      return said(message);
    case "caught_up":
      return caughtUp();
    case "not_said":
      return chat.notSaid(message);
    case "table":
      return table.hear(message);
    case "muted":
      return muted();
    case "refresh":
      return refresh(message);
    case "not_moved":
      return view.tell("not-moved");
    case "not_alone":
      return view.tell("not-alone");
    case "not_beside":
      return view.tell("not-beside");
    case "refused":
    case "removed":
    case "replaced":
    case "ended":
      return over(message.type);
    case "goodbye":
      return view.tell("goodbye");
  }
}

function welcome({ you, kind, resumed, alone }) {
  const before = state.scene;
  Object.assign(state, { me: you, kind });
  media.hears = hears({ kind });
  media.signs = signs({ kind });
  view.stream(you, media.own);
  if (resumed) {
    state.away = { people: before?.people ?? [], lines: 0 };
    return;
  }
  if (state.started) view.tell(alone ? "back-alone" : "back-afresh");
  // Whoever was in the midst of a word for the mediator alone is not to say its end to all.
  if (alone) media.silence();
  // Nor is what was typed then meant for those who hear now.
  chat.doubt();
  share.refused();
  media.close();
  state.started = false;
  state.hand = false;
}

const others = (scene) =>
  (silent(scene) ? [] : (scene?.people ?? [])).filter((one) => one.with_you && one.here && one.person !== state.me);

// What happened while the line was broken, in one sentence.
function caughtUp() {
  const { people, lines } = state.away;
  state.away = null;
  const here = (all) => all.filter((person) => person.with_you && person.here && person.person !== state.me);
  const missing = (all, from) => here(all).filter(({ person }) => !here(from).some((one) => one.person === person));
  const named = (all) => all.map((person) => view.named(person)).join(view.word("list-comma"));
  const now = state.scene?.people ?? [];
  const [came, went] = [missing(now, people), missing(people, now)];
  const what = [
    lines > 0 && view.word("missed-lines", { count: lines }),
    came.length > 0 && view.word("missed-came", { names: named(came) }),
    went.length > 0 && view.word("missed-went", { names: named(went) }),
  ].filter((part) => part);
  if (what.length > 0) view.tell("missed", { what: what.join(view.word("list-comma")) });
}

function scene(message) {
  const before = state.scene;
  state.scene = message;
  const waits = message.place === "waiting";
  view.stage(waits ? "waiting" : "call");
  if (recorded(message.recorded, (key) => view.word(key))) recording?.refresh();
  if (!before) recording?.load();
  show();
  if (before && before.place !== message.place && !waits && before.place !== "waiting") {
    const screens = message.people.filter((person) => person.with_you && person.kind === "screen");
    const names = screens.map((screen) => view.named(screen)).join(view.word("list-comma"));
    view.tell(message.place === "caucus" && names ? "moved-caucus-screen" : `moved-${message.place}`, { names });
  } else if (before?.place === "waiting" && !waits) {
    view.tell(null);
  }
  if (!waits) called(before, message);
  const news = before && caucus.news(before, message, state.me);
  if (news) view.tell(news);
  interpreted(message);
  if (!waits && !state.started) start();
  media.carry({ rung: ladder.rung, wanted: message.wanted });
  if (!waits && before?.place !== message.place) board?.load();
  Promise.all([shown(), share.follow(shares())]).then(() => link.send({ type: "ack", epoch: message.epoch }));
}

// Whether it is my screen that the others see.
function shares() {
  const { table } = state.scene;
  return table?.what === "screen" && table.by === state.me;
}

// Where somebody interprets by signs there is one more rung: their picture is given up after every other one.
function interpreted(scene) {
  const before = ladder.rung;
  const rung = ladder.interpret({ signed: signed(scene, state.me), signs: media.signs });
  const choice = document.querySelector("#room-rung option[value=signs]");
  choice.hidden = choice.disabled = !ladder.signed;
  $("room-rung").value = ladder.top;
  if (state.started && rung !== before) carry(rung);
}

// The scene is on the screen, or the page is in the background and will show it first of all.
function shown() {
  return Promise.race([
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    new Promise((done) => setTimeout(done, 250)),
  ]);
}

function start() {
  state.started = true;
  media.publish();
  tellSwitches();
  carry(ladder.rung);
  channel.tell();
}

// What the line carries from now on; the room spares it the rest, and the others see why.
function carry(rung, word) {
  media.carry({ rung, wanted: state.scene?.wanted });
  link.send({ type: "line", rung });
  if (word) view.tell(word);
  calls(rung);
}

// The PIN is fetched a rung before it is needed, as long as anything arrives.
function calls(rung) {
  if (["audio", "phone", "messages"].includes(rung)) phone.ready();
  phone.show(rung === "phone" && !mine()?.phone);
}

const mine = () => state.scene?.people.find((person) => person.person === state.me);

// Whoever hears and speaks by telephone is not to hear themselves here.
async function called(before, scene) {
  const own = (of) => Boolean(of?.people.find((person) => person.person === state.me)?.phone);
  if (own(before) === own(scene)) return;
  view.tell(own(scene) ? "phone-on" : "phone-off");
  calls(ladder.rung);
  if (own(scene) && media.microphone) {
    await media.setMicrophone(false);
    link.send({ type: "microphone", on: false });
    show();
  }
}

function tellSwitches() {
  link.send({ type: "microphone", on: media.microphone });
  link.send({ type: "camera", on: media.picture !== null });
}

function show() {
  const { scene, me, broken, hand } = state;
  const { camera } = media;
  const by = mine();
  view.switches({ microphone: media.microphone, camera, hand, silent: silent(scene) });
  const microphone = by?.phone ? by.microphone : media.microphone;
  if (!scene) return;
  view.banner({ scene, me, microphone, camera, broken });
  // In a silence there is nobody to look at.
  view.people(scene, me, silent(scene) ? {} : stage.large(scene, me));
  table.show(scene, me);
  view.lead(scene, me);
  caucus.show(scene, me);
  channel.show(scene, me);
}

function said(message) {
  if (message.from !== state.me && state.away) state.away.lines += 1;
  chat.said(message, state.me);
}

async function muted() {
  await media.setMicrophone(false);
  view.tell("muted");
  show();
}

function refresh({ topic }) {
  if (topic === "board") board?.refresh();
  if (topic === "recording") recording?.refresh();
}

function over(why) {
  chat.forget();
  table.close();
  media.release();
  link.close();
  view.over(why);
}

function on(id, act) {
  $(id)?.addEventListener("click", act);
}

on("room-again", () => location.reload());

// While nobody is heard, what is on can be switched off for later, and nothing can be switched on.
function held(kind) {
  if (!silent(state.scene)) return false;
  view.tell(media[kind] ? `${kind}-held-off` : "held");
  return !media[kind];
}

on("room-microphone", async () => {
  if (mine()?.phone) return view.tell("phone-speaks");
  if (held("microphone")) return;
  const on = await media.setMicrophone(!media.microphone);
  if (!silent(state.scene)) view.tell(null);
  link.send({ type: "microphone", on });
  show();
});

on("room-camera", async () => {
  if (held("camera")) return;
  await media.setCamera(!media.camera);
  link.send({ type: "camera", on: media.picture !== null });
  show();
});

on("room-hand", () => {
  state.hand = !state.hand;
  link.send({ type: "hand", up: state.hand });
  show();
});

on("room-leave", () => {
  link.send({ type: "leave" });
  over("left");
});

// Ending is for all, so it is pressed twice.
on("room-end", (event) => {
  const button = event.currentTarget;
  if (button.dataset.sure) return;
  event.preventDefault();
  button.dataset.sure = "yes";
  button.textContent = view.word("end-sure");
});

$("room-people")?.addEventListener("click", ({ target }) => {
  const { act, person } = target.dataset;
  if (act === "allow") link.send({ type: "table", do: "allow", person, on: target.getAttribute("aria-pressed") !== "true" });
  else if (act === "spotlight") link.send({ type: act, person: state.scene?.spotlight === person ? null : person });
  else if (act) link.send({ type: act, person });
});

navigator.mediaDevices?.addEventListener("devicechange", show);

let looks = 0;
setInterval(async () => {
  if (!state.started || state.broken) return;
  const { standing, loss, delay, room } = await media.quality();
  const word = !standing ? "building" : loss > 0.1 || delay > 0.8 ? "bad" : loss > 0.03 || delay > 0.4 ? "weak" : "good";
  view.network(word);
  if (!standing) return;
  looks += 1;
  if (looks % LOOKS_TOLD === 0) link.send({ type: "measured", lost: Math.round(loss * 1000) });
  const before = ladder.rung;
  const rung = ladder.look({ loss, delay, room });
  if (rung === before) return;
  carry(rung, RUNGS.indexOf(rung) < RUNGS.indexOf(before) ? `down-${rung}` : `up-${rung}`);
}, 2000);

$("room-rung").addEventListener("change", ({ target }) => carry(ladder.choose(target.value)));

view.stage("entry");
