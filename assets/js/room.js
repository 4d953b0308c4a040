// The call page: joins the room's socket, its media and what is shown.

import { Board } from "./room-board.js";
import { Link } from "./room-link.js";
import { Media } from "./room-media.js";
import { View } from "./room-view.js";

const $ = (id) => document.getElementById(id);
const page = $("room");
const view = new View();
const board = $("room-board") && new Board($("room-board"), (key) => view.tell(key));
const state = { me: null, kind: null, scene: null, hand: false, broken: false, started: false, typed: null };

const link = new Link({
  socketAt: page.dataset.socket.replace(/^/, location.origin.replace(/^http/, "ws")),
  tokenAt: page.dataset.token,
  csrf: page.dataset.csrf,
  hear,
  state: (now) => {
    state.broken = now === "broken";
    if (state.broken) view.network("broken");
    show();
  },
});

const media = new Media({
  send: (request) => link.send(request),
  show: (person, stream) => view.stream(person, stream),
  devices: (error) => view.tell(error.name === "NotAllowedError" ? "device-refused" : "device-missing"),
});

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
  Object.assign(state, { me: you, kind });
  view.stream(you, media.own);
  if (resumed) return;
  media.close();
  state.started = false;
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
  view.said(message);
  if (message.from !== state.me && $("room-chat").hidden) $("room-talk").classList.add("unread");
}

// Nothing typed is lost: the line comes back, to be read again before it goes to others than were meant.
function notSaid({ text }) {
  $("room-line").value = text;
  state.typed = null;
  view.tell("not-said");
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
  media.release();
  link.close();
  view.over(why);
}

async function enter(sound, picture) {
  $("room-enter").querySelectorAll("button").forEach((button) => (button.disabled = true));
  const ready = sound ? media.take({ sound, picture }) : Promise.resolve();
  // The door may take a moment; the devices need not wait for it, nor it for them.
  await Promise.all([link.open(), ready]);
  if (state.started) {
    await media.replace("audio");
    await media.replace("video");
    link.send({ type: "microphone", on: media.microphone });
    link.send({ type: "camera", on: media.camera });
  }
  show();
}

function on(id, act) {
  $(id)?.addEventListener("click", act);
}

on("room-enter-both", () => enter(true, true));
on("room-enter-sound", () => enter(true, false));
on("room-enter-listen", () => enter(false, false));
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

$("room-line").addEventListener("input", ({ target }) => {
  if (target.value === "") state.typed = null;
  else state.typed ??= state.scene?.epoch ?? 0;
});

$("room-say").addEventListener("submit", (event) => {
  event.preventDefault();
  const line = $("room-line");
  const text = line.value.trim();
  if (text === "") return;
  const epoch = state.typed ?? state.scene?.epoch ?? 0;
  if (!link.send({ type: "say", epoch, text })) return view.tell("not-sent");
  line.value = "";
  state.typed = null;
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
