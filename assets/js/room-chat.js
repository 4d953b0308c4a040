// What is written: to everybody here, or to the mediator alone. Nothing typed is lost, and nothing that was meant for few
// reaches more.

const $ = (id) => document.getElementById(id);
const KEPT = `line ${location.pathname}`;
const BACK = { hushed: "not-said-hushed", no_mediator: "not-said-no-mediator" };

export class Chat {
  // view shows; send(request) speaks to the room; epoch() is the scene that is shown.
  constructor({ view, send, epoch }) {
    Object.assign(this, { view, send, epoch, typed: null });
    this.line = $("room-line");
    this.alone = $("room-alone");
    this.line.addEventListener("input", () => {
      if (this.line.value === "") this.typed = null;
      else this.typed ??= epoch();
      this.keep();
    });
    this.alone?.addEventListener("change", () => this.keep());
    $("room-say").addEventListener("submit", (event) => {
      event.preventDefault();
      this.say();
    });
    $("room-talk").addEventListener("click", () => this.toggle());
    this.restore();
  }

  get to() {
    return this.alone?.checked ? "mediators" : "everybody";
  }

  say() {
    const text = this.line.value.trim();
    if (text === "") return;
    const { to } = this;
    this.send({ type: "say", epoch: this.typed ?? this.epoch(), to, text });
    this.leaves(to, text);
    this.line.value = "";
    this.typed = null;
    this.keep();
    this.view.tell(null);
  }

  toggle() {
    const chat = $("room-chat");
    chat.hidden = !chat.hidden;
    $("room-talk").setAttribute("aria-expanded", String(!chat.hidden));
    $("room-talk").classList.remove("unread");
    if (!chat.hidden) this.line.focus();
  }

  said({ from, name, to, text, caucus }, me) {
    if (from === me) this.arrived(to, text);
    const who = document.createElement("b");
    who.textContent = this.view.word(to === "mediators" ? "said-alone" : caucus ? "said-caucus" : "said", { name });
    const line = document.createElement("li");
    line.append(who, document.createTextNode(text));
    line.classList.toggle("caucus", caucus);
    line.classList.toggle("alone", to === "mediators");
    $("room-lines").insertBefore(line, $("room-lines").querySelector(".leaving"));
    line.scrollIntoView({ block: "nearest" });
    this.keep();
    if (from !== me && $("room-chat").hidden) $("room-talk").classList.add("unread");
  }

  // What is half typed was perhaps not meant for those who hear from now on.
  doubt() {
    if (this.typed !== null) this.typed = 0;
  }

  // The line comes back, before what was typed since, to be read again before it goes to others than were meant.
  notSaid({ to, text, why }) {
    this.arrived(to, text);
    this.line.value = [text, this.line.value].filter((part) => part.trim()).join("\n");
    if (this.alone && to === "mediators") this.alone.checked = true;
    this.typed = null;
    this.keep();
    this.view.tell(BACK[why] ?? "not-said");
  }

  // A line of one's own that is on its way stands below the others until the room has it.
  leaves(to, text) {
    const line = document.createElement("li");
    line.className = "leaving";
    Object.assign(line.dataset, { to, text });
    line.textContent = this.view.word(to === "mediators" ? "leaving-alone" : "leaving", { text });
    $("room-lines").append(line);
    line.scrollIntoView({ block: "nearest" });
  }

  get leaving() {
    return [...$("room-lines").querySelectorAll(".leaving")];
  }

  arrived(to, text) {
    this.leaving.find(({ dataset }) => dataset.to === to && dataset.text === text)?.remove();
  }

  // What is typed and what is on its way outlive a page that a phone throws away, and with it for whom they are: if any
  // of it is for the mediator alone, all is.
  keep() {
    $("room-send").textContent = this.view.word(this.to === "mediators" ? "say-alone" : "say");
    const text = [...this.leaving.map(({ dataset }) => dataset.text), this.line.value].filter((part) => part.trim()).join("\n");
    const alone = this.to === "mediators" || this.leaving.some(({ dataset }) => dataset.to === "mediators");
    if (text) sessionStorage.setItem(KEPT, JSON.stringify({ alone, text }));
    else sessionStorage.removeItem(KEPT);
  }

  restore() {
    const { alone = false, text = "" } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    this.line.value = text;
    if (this.alone) this.alone.checked = alone;
    this.keep();
  }

  forget() {
    sessionStorage.removeItem(KEPT);
  }
}
