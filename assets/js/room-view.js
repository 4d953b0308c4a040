// What the room shows: who hears you, who is here, what was said. Words come from the page, never from here.

import { absent, silent } from "./room-caucus.js";
import { deaf, loudness } from "./room-channel.js";
import { hears, signs } from "./room-seats.js";

const $ = (id) => document.getElementById(id);

const PHONE = "(max-width: 39.99rem)";

// By what somebody speaks and hears.
const by = ({ phone, rung }) => (phone ? "phone" : rung);

// Whether somebody's line carries pictures.
const pictured = ({ rung }) => ["video", "small", "signs"].includes(rung);

// Whether my line has no room for this picture, but for one that speaks by signs.
const spares = (mine, person) => mine?.rung === "signs" && !signs(mine) && !signs(person);

export class View {
  constructor() {
    this.words = new Map(
      [...document.querySelectorAll("#room-words [data-key]")].map((word) => [word.dataset.key, word.textContent]),
    );
    this.tiles = new Map();
    this.streams = new Map();
    document.addEventListener("pointerup", () => this.touched());
  }

  word(key, filling = {}) {
    const text = this.words.get(key) ?? "";
    return Object.entries(filling).reduce((text, [name, value]) => text.replace(`{${name}}`, value), text);
  }

  // "entry", "waiting", "call" or "over".
  stage(name) {
    for (const section of document.querySelectorAll("[data-stage]")) {
      section.hidden = !section.dataset.stage.split(" ").includes(name);
    }
    const before = $("room").dataset.at;
    $("room").dataset.at = name;
    // On a phone the call fills the screen.
    if (name === "call" && before !== name && matchMedia(PHONE).matches) $("room").scrollIntoView();
  }

  // A screen is named with everybody who sits in front of it: they all hear what it hears.
  named(person) {
    if (person.kind === "screen") {
      const seated = (person.seated ?? []).map((one) => this.named(one)).join(this.word("list-comma"));
      return this.word(seated ? "screen" : "screen-empty", { name: person.name, seated });
    }
    const helped = (this.scene?.people ?? []).filter((one) => person.beside?.includes(one.person)).map((one) => one.name);
    const kind = helped.length > 0
      ? this.word("kind-helper-of", { names: helped.join(this.word("list-comma")) })
      : this.word(`kind-${person.kind}`);
    return this.word("named", { name: person.name, kind });
  }

  // Text, icon and colour together, because no one of them reaches everybody.
  banner({ scene, me, microphone, camera, broken }) {
    const named = (people) => people.map((person) => this.named(person)).join(this.word("list-comma"));
    const reached = scene.people.filter((person) => scene.heard_by.includes(person.person) && person.here);
    // With the microphone off they are those who see me, whatever they listen to.
    const others = reached.filter((person) => microphone && deaf(scene, me, person));
    const hearers = reached.filter((person) => !others.includes(person));
    let [look, text] = ["nobody", this.word("heard-nobody")];
    if (broken) [look, text] = ["broken", this.word("heard-broken")];
    else if (scene.place === "waiting") [look, text] = ["waiting", this.word("heard-waiting")];
    else if (silent(scene)) [look, text] = ["hushed", this.word("heard-hushed")];
    else if (scene.people.some((person) => person.person === me && hears(person))) [look, text] = ["off", this.word("heard-only")];
    else if (!microphone && !camera) [look, text] = ["off", this.word("heard-off")];
    else if (reached.length > 0) {
      const sense = microphone ? "heard" : "seen";
      const interpret = scene.people.some((person) => person.person === me && person.kind === "interpreter");
      look = scene.place;
      text = [
        hearers.length > 0 && this.word(`${sense}-${scene.place}`, { names: named(hearers) }),
        others.length > 0 && this.word(interpret ? "heard-original" : "heard-not", { names: named(others) }),
      ].filter((part) => part).join(this.word("list-stop"));
    }
    const banner = $("room-banner");
    banner.dataset.look = look;
    const line = $("room-banner-text");
    if (line.textContent !== text) line.textContent = text;
    document.title = `${me ? text : ""} · ${banner.dataset.title}`;
  }

  people(scene, me, { large, screen, above }) {
    this.me = me;
    this.scene = scene;
    const shown = scene.people.filter((person) => person.with_you || person.person === me || absent(scene, person));
    for (const [id, tile] of this.tiles) {
      if (!shown.some((person) => person.person === id)) {
        tile.remove();
        this.tiles.delete(id);
      }
    }
    for (const person of shown) {
      this.tile(scene, person, person.person === me);
      const tile = this.tiles.get(person.person).classList;
      tile.toggle("large", person.person === large);
      tile.toggle("screen", person.person === screen && person.person !== me);
      tile.toggle("above", person.person === above);
    }
    this.elsewhere(scene, me);
  }

  tile(scene, person, own) {
    let tile = this.tiles.get(person.person);
    if (!tile) {
      tile = $("room-tile").content.firstElementChild.cloneNode(true);
      tile.dataset.person = person.person;
      this.tiles.set(person.person, tile);
      const video = tile.querySelector("video");
      video.srcObject = this.streams.get(person.person) ?? null;
    }
    this.voice(tile, person, own);
    const loud = own ? 0 : loudness(scene, this.me, person);
    const played = tile.querySelector("video");
    played.muted = loud === 0;
    played.volume = loud;
    const place = $(signs(person) && !own ? "room-signs" : "room-tiles");
    if (tile.parentElement !== place) place.append(tile);
    tile.classList.toggle("own", own);
    const gone = absent(scene, person);
    tile.classList.toggle("absent", gone);
    const mine = scene.people.find((one) => one.person === this.me);
    const weak = [person, !own && mine].some((one) => one && !pictured(one)) || (!own && spares(mine, person));
    tile.classList.toggle("dark", !person.camera || weak || gone || (silent(scene) && !own));
    tile.classList.toggle("raised", person.hand);
    tile.classList.toggle("spotlit", scene.spotlight === person.person);
    tile.querySelector("figcaption").textContent = own && person.kind !== "screen" ? this.word("you", { name: person.name }) : this.named(person);
    const says = [];
    if (!person.here) says.push("away");
    else if (gone) says.push("absent");
    else if (silent(scene)) says.push("silent");
    else {
      if (hears(person)) says.push("hears");
      else {
        if (!person.microphone) says.push("mic-off");
        if (!person.camera) says.push("camera-off");
      }
      if (by(person) !== "video") says.push(by(person));
    }
    if (person.hand) says.push("hand");
    if (own && scene.spotlight === person.person) says.push("spotlit");
    if (own && scene.table?.what === "screen" && scene.table.by === person.person) says.push("screen");
    tile.querySelector(".signs").textContent = says.map((sign) => this.word(`sign-${sign}`)).join(" ");
  }

  // Whoever speaks by telephone is heard in streams of their own.
  voice(tile, person, own) {
    const stream = (!own && person.phone && this.streams.get(person.phone)) || null;
    let voice = tile.querySelector("audio");
    if (!stream) return voice?.remove();
    if (!voice) {
      voice = Object.assign(document.createElement("audio"), { autoplay: true });
      tile.append(voice);
    }
    if (voice.srcObject !== stream) voice.srcObject = stream;
    voice.muted = loudness(this.scene, this.me, person) === 0;
    voice.volume = loudness(this.scene, this.me, person);
  }

  // Whoever sits in another conversation is named, so that nobody wonders where they are.
  elsewhere(scene, me) {
    const others = scene.people.filter((person) => !person.with_you && person.person !== me && person.place !== "waiting");
    const line = $("room-elsewhere");
    line.hidden = others.length === 0 || scene.place === "waiting";
    const names = others.map((person) => this.named(person)).join(this.word("list-comma"));
    const text = this.word(scene.place === "caucus" ? "elsewhere-joint" : "elsewhere-caucus", { names });
    line.textContent = line.hidden ? "" : text;
  }

  stream(person, stream) {
    this.streams.set(person, stream);
    const owner = this.scene?.people.find((one) => one.phone === person);
    if (owner && this.tiles.has(owner.person)) this.voice(this.tiles.get(owner.person), owner, owner.person === this.me);
    const video = this.tiles.get(person)?.querySelector("video");
    if (!video || video.srcObject === stream) return;
    video.srcObject = stream;
    video.play().catch((error) => console.warn("the picture does not play yet", error));
  }

  // Some phones begin no sound by themselves on a page that takes none: the next touch begins what stands still.
  touched() {
    const videos = [...this.tiles.values()].map((tile) => tile.querySelector("video"));
    for (const video of videos.filter((one) => one?.srcObject && one.paused)) {
      video.play().catch((error) => console.warn("it does not play yet", error));
    }
  }

  // What is on while nobody is heard is shown as held, not as on.
  switches({ microphone, camera, hand, silent }) {
    for (const [id, on] of [["microphone", microphone], ["camera", camera], ["hand", hand]]) {
      const button = $(`room-${id}`);
      if (!button) continue;
      const held = silent && on && id !== "hand";
      button.setAttribute("aria-pressed", String(on && !held));
      button.querySelector(".label").textContent = this.word(`${id}-${held ? "held" : on ? "on" : "off"}`);
    }
  }

  // The mediator's list: who waits, who is here, whom to speak with alone.
  lead(scene, me) {
    const panel = $("room-lead");
    if (!panel) return;
    const rows = $("room-people");
    const others = scene.people.filter((person) => person.person !== me);
    for (const row of [...rows.children]) {
      if (!others.some((person) => person.person === row.dataset.person)) row.remove();
    }
    others.forEach((person) => this.row(scene, rows, person));
    $("room-joint").hidden = scene.place !== "caucus";
    $("room-caucus").hidden = scene.place === "caucus" || rows.querySelector("input:not([hidden])") === null;
    const waiting = scene.people.filter((person) => person.place === "waiting").length;
    $("room-knocking").hidden = waiting === 0;
    $("room-knocking").textContent = waiting ? this.word("knocking", { count: waiting }) : "";
  }

  // A row stays the same element while its person is here: nothing moves away under a finger.
  row(scene, rows, person) {
    let row = [...rows.children].find((row) => row.dataset.person === person.person);
    if (!row) {
      row = $("room-row").content.firstElementChild.cloneNode(true);
      row.dataset.person = person.person;
      row.querySelector("input").value = person.person;
      row.querySelector("input").id = `pick-${person.person}`;
      row.querySelector("label").htmlFor = `pick-${person.person}`;
      rows.append(row);
    }
    const waits = person.place === "waiting";
    row.querySelector("label").textContent = this.named(person);
    const at = scene.hushed && person.place === "joint" ? "place-hushed" : `place-${person.place}`;
    const line = person.here && by(person) !== "video" ? [this.word(`sign-${by(person)}`)] : [];
    row.querySelector(".state").textContent = [this.word(person.here ? at : "sign-away"), ...line].join(" · ");
    row.querySelector("input").hidden = waits || person.kind === "observer";
    for (const button of row.querySelectorAll("button")) {
      const act = button.dataset.act;
      button.dataset.person = person.person;
      if (act === "admit") button.hidden = !waits;
      if (act === "mute") button.hidden = waits || !person.microphone;
      if (act === "allow") {
        button.hidden = !person.with_you || person.kind === "mediator" || person.kind === "screen" || hears(person);
        button.setAttribute("aria-pressed", String(person.may_show));
        button.textContent = this.word(person.may_show ? "allow-on" : "allow-off");
      }
      if (act === "spotlight") {
        const lit = scene.spotlight === person.person;
        button.hidden = !person.with_you || hears(person);
        button.setAttribute("aria-pressed", String(lit));
        button.textContent = this.word(lit ? "spotlight-off" : "spotlight-on");
      }
      button.setAttribute("aria-label", `${button.textContent} ${person.name}`);
    }
  }

  tell(key, filling) {
    const line = $("room-notice");
    line.textContent = key ? this.word(key, filling) : "";
    line.hidden = !key;
  }

  network(key) {
    const line = $("room-network");
    line.dataset.look = key;
    const text = this.word(`network-${key}`);
    if (line.textContent !== text) line.textContent = text;
  }

  over(key) {
    $("room-over-text").textContent = this.word(`over-${key}`);
    $("room-again").hidden = key === "ended" || key === "refused" || key === "removed";
    this.stage("over");
  }
}
