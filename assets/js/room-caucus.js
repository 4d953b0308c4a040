// A private talk as each of them has it: the mediator says whether those left behind may talk; they wait, and are told
// why, and when it is over.

const $ = (id) => document.getElementById(id);
const mediates = (person) => person.kind === "mediator";

// Whether nobody is heard where I sit.
export const silent = (scene) => scene?.place === "joint" && scene.hushed;

// A mediator who speaks in private keeps an empty place among those left behind.
export const absent = (scene, person) => scene.place === "joint" && mediates(person) && person.place === "caucus";

export class Caucus {
  constructor({ view, send }) {
    Object.assign(this, { view, send, scene: null });
    this.box = $("room-left-may-talk");
    this.box?.addEventListener("change", ({ target }) => {
      if (this.scene?.place === "caucus") send({ type: "left_may_talk", on: target.checked });
    });
    $("room-caucus")?.addEventListener("click", () => this.call());
    $("room-joint")?.addEventListener("click", () => send({ type: "joint" }));
  }

  call() {
    const people = [...$("room-people").querySelectorAll("input:checked:not([hidden])")].map((box) => box.value);
    if (people.length === 0) return this.view.tell("pick-first");
    this.send({ type: "caucus", people, left_may_talk: this.box.checked });
  }

  show(scene, me) {
    const before = this.scene;
    this.scene = scene;
    this.wait(scene, me);
    this.choice(before, scene);
  }

  // Who is left behind reads who is away, what that means for them, and that nothing needs to be done.
  wait(scene, me) {
    const { view } = this;
    const away = scene.people.filter((person) => absent(scene, person));
    const led = scene.people.some((person) => mediates(person) && (person.with_you || person.person === me));
    const waits = scene.place === "joint" && !led && (scene.hushed || away.length > 0);
    $("room-wait").hidden = !waits;
    if (!waits) return;
    $("room-elsewhere").hidden = true;
    const inside = scene.people.filter((person) => person.place === "caucus");
    const names = inside.map((person) => view.named(person)).join(view.word("list-comma"));
    const alone = !scene.people.some((person) => person.with_you && person.person !== me);
    const lines = [
      view.word(away.length > 0 ? "wait-away" : "wait-gone", { names }),
      view.word(alone ? "wait-alone" : scene.hushed ? "wait-silent" : "wait-talk"),
    ];
    const text = $("room-wait-text");
    if (text.dataset.says === lines.join()) return;
    text.dataset.says = lines.join();
    text.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  }

  // Before the talk the box says what shall be; during it, what is.
  choice(before, scene) {
    if (!this.box) return;
    const away = scene.place === "caucus";
    const left = scene.people.some((person) => person.place === "joint");
    $("room-left").hidden = away ? !left : $("room-caucus").hidden;
    if (away) this.box.checked = !scene.hushed;
    else if (before?.place === "caucus") this.box.checked = false;
  }

  // What changed for those left behind, in words of the page.
  news(before, scene, me) {
    if (!silent(before) || scene.place !== "joint" || scene.hushed) return null;
    const mine = scene.people.find((person) => person.person === me);
    if (!scene.people.some((person) => mediates(person) && person.with_you)) return "hush-lifted";
    return mine?.microphone ? "hush-over-on" : "hush-over-off";
  }
}
