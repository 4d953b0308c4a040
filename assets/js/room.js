// The call page: joins the room's socket, its media and what is shown.

import { Board } from "./room-board.js";
import { Door } from "./room-door.js";
import { Link } from "./room-link.js";
import { Media } from "./room-media.js";
import { View } from "./room-view.js";

const $ = (id) => document.getElementById(id);
const page = $("room");
const view = new View();
const board = $("room-board") && new Board($("room-board"), (key) => view.tell(key));
const TYPED = `typed ${location.pathname}`;
const state = { me: null, kind: null, scene: null, hand: false, broken: false, started: false, typed: null };

const link = new Link({
  socketAt: page.dataset.socket.replace(/^/, location.origin.replace(/^http/, "ws")),
  tokenAt: page.dataset.token,
  csrf: page.dataset.csrf,
  hear,
  state: (now) => {
    state.broken = now === "broken";
    if (page.dataset.at === "entry") door.told(state.broken ? "network-broken" : null);
    if (state.broken) view.network("broken");
    show();
  },
});

const media = new Media({
  ice: () => link.ice,
  send: (request) => link.send(request),
  show: (person, stream) => view.stream(person, stream),
  trouble: (word) => (page.dataset.at === "entry" ? door.told(word) : view.tell(word)),
  changed: () => {
    door.show();
    if (state.started) tellSwitches();
    show();
  },
});

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
      return notSaid(message);
    case "muted":
      return muted();
    case "refresh":
      return refresh(message);
    case "not_moved":
      return view.tell("not-moved");
    case "not_alone":
      return view.tell("not-alone");
    case "refused":
    case "removed":
    case "replaced":
    case "ended":
      return over(message.type);
    case "goodbye":
      return view.tell("goodbye");
  }
}

function welcome({ you, kind, resumed }) {
  const before = state.scene;
  Object.assign(state, { me: you, kind });
  view.stream(you, media.own);
  if (resumed) {
    state.away = { people: before?.people ?? [], lines: 0 };
    return;
  }
  if (state.started) view.tell("back-afresh");
  media.close();
  state.started = false;
}

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
  show();
  if (before && before.place !== message.place && !waits && before.place !== "waiting") {
    const screens = message.people.filter((person) => person.with_you && person.kind === "screen");
    const names = screens.map((screen) => view.named(screen)).join(view.word("list-comma"));
    view.tell(message.place === "caucus" && names ? "moved-caucus-screen" : `moved-${message.place}`, { names });
  } else if (before?.place === "waiting" && !waits) {
    view.tell(null);
  }
  if (!waits && !state.started) start();
  if (!waits && before?.place !== message.place) board?.load();
  shown().then(() => link.send({ type: "ack", epoch: message.epoch }));
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
}

function tellSwitches() {
  link.send({ type: "microphone", on: media.microphone });
  link.send({ type: "camera", on: media.camera });
}

function show() {
  const { scene, me, broken, hand } = state;
  const { microphone, camera } = media;
  view.switches({ microphone, camera, hand });
  if (!scene) return;
  view.banner({ scene, me, microphone, camera, broken });
  view.people(scene, me);
  view.lead(scene, me);
}

function said(message) {
  if (message.from === state.me) view.arrived(message.text);
  else if (state.away) state.away.lines += 1;
  view.said(message);
  keepTyped();
  if (message.from !== state.me && $("room-chat").hidden) $("room-talk").classList.add("unread");
}

// Nothing typed is lost: the line comes back, before what was typed since, to be read again before it goes to others
// than were meant.
function notSaid({ text }) {
  view.arrived(text);
  const line = $("room-line");
  line.value = [text, line.value].filter((part) => part.trim()).join("\n");
  state.typed = null;
  keepTyped();
  view.tell("not-said");
}

// What is typed and what is on its way outlive a page that a phone throws away.
function keepTyped() {
  const typed = [...view.leaving, $("room-line").value].filter((part) => part.trim()).join("\n");
  if (typed) sessionStorage.setItem(TYPED, typed);
  else sessionStorage.removeItem(TYPED);
}

async function muted() {
  await media.setMicrophone(false);
  view.tell("muted");
  show();
}

function refresh({ topic }) {
  if (topic === "board") board?.refresh();
}

function over(why) {
  sessionStorage.removeItem(TYPED);
  media.release();
  link.close();
  view.over(why);
}

function on(id, act) {
  $(id)?.addEventListener("click", act);
}

on("room-again", () => location.reload());

on("room-microphone", async () => {
  const on = await media.setMicrophone(!media.microphone);
  view.tell(null);
  link.send({ type: "microphone", on });
  show();
});

on("room-camera", async () => {
  const on = await media.setCamera(!media.camera);
  link.send({ type: "camera", on });
  show();
});

on("room-hand", () => {
  state.hand = !state.hand;
  link.send({ type: "hand", up: state.hand });
  show();
});

on("room-talk", () => {
  const chat = $("room-chat");
  chat.hidden = !chat.hidden;
  $("room-talk").setAttribute("aria-expanded", String(!chat.hidden));
  $("room-talk").classList.remove("unread");
  if (!chat.hidden) $("room-line").focus();
});

on("room-leave", () => {
  link.send({ type: "leave" });
  over("left");
});

on("room-caucus", () => {
  const people = [...$("room-people").querySelectorAll("input:checked:not([hidden])")].map((box) => box.value);
  if (people.length === 0) return view.tell("pick-first");
  link.send({ type: "caucus", people });
});

on("room-joint", () => link.send({ type: "joint" }));

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
  if (act) link.send({ type: act, person });
});

$("room-line").value = sessionStorage.getItem(TYPED) ?? "";
$("room-line").addEventListener("input", ({ target }) => {
  if (target.value === "") state.typed = null;
  else state.typed ??= state.scene?.epoch ?? 0;
  keepTyped();
});

$("room-say").addEventListener("submit", (event) => {
  event.preventDefault();
  const line = $("room-line");
  const text = line.value.trim();
  if (text === "") return;
  const epoch = state.typed ?? state.scene?.epoch ?? 0;
  link.send({ type: "say", epoch, text });
  view.leaves(text);
  line.value = "";
  state.typed = null;
  keepTyped();
  view.tell(null);
});

navigator.mediaDevices?.addEventListener("devicechange", show);

setInterval(async () => {
  if (!state.started || state.broken) return;
  const { standing, loss, delay } = await media.quality();
  const word = !standing ? "building" : loss > 0.1 || delay > 0.8 ? "bad" : loss > 0.03 || delay > 0.4 ? "weak" : "good";
  view.network(word);
}, 2000);

view.stage("entry");
