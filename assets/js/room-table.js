// What lies on the table of this conversation: a file of the case, which each page fetches by its reader's own right, or
// somebody's screen. Whoever shows turns the pages; whoever may show points by pressing.

const $ = (id) => document.getElementById(id);
const POINT_EVERY = 80;
const POINT_STAYS = 1500;
// A pointer that is not heard of any more has gone with its page.
const POINT_LOST = 4000;
const FAR = 10_000;
// How far a clip may be off before it jumps, in seconds.
const OFF = 1.5;
const PLAY_EVERY = 300;

export class Table {
  // at: below which address the files lie; share: the own screen.
  constructor({ view, send, at, share }) {
    Object.assign(this, { view, send, at, share, things: new Map(), laid: null, pages: 1, pointers: new Map() });
    this.section = $("room-table");
    this.leaf = this.section.querySelector(".leaf");
    this.picture = this.leaf.querySelector("img");
    this.clip = this.leaf.querySelector("video");
    this.on("back", () => this.turn(-1));
    this.on("next", () => this.turn(1));
    this.on("larger", () => this.enlarge(!this.large));
    this.on("clear", () => this.send({ type: "table", do: "clear" }));
    this.on("play", () => this.follow());
    $("room-show").addEventListener("click", () => this.pick($("room-pick").hidden));
    $("room-pick-close").addEventListener("click", () => this.pick(false));
    $("room-share").addEventListener("click", () => this.shareScreen());
    for (const kind of ["play", "pause", "seeked"]) this.clip.addEventListener(kind, () => this.played());
    this.clip.addEventListener("loadedmetadata", () => this.follow());
    this.clip.addEventListener("error", () => this.clip.hasAttribute("src") && this.fail());
    this.leaf.addEventListener("pointerdown", (event) => this.press(event));
    this.leaf.addEventListener("pointermove", (event) => this.pressed && this.moved(event));
    for (const kind of ["pointerup", "pointercancel"]) this.leaf.addEventListener(kind, () => this.released());
  }

  on(name, act) {
    this.tool(name).addEventListener("click", act);
  }

  tool(name) {
    return this.section.querySelector(`[data-tool=${name}]`);
  }

  show(scene, me) {
    const own = scene.people.find(({ person }) => person === me);
    const leads = own?.kind === "mediator";
    Object.assign(this, { scene, me, showing: scene.table ?? null });
    this.mine = this.showing?.by === me;
    this.permit(own?.may_show ?? false);
    if (!this.may) this.pick(false);
    else if (!$("room-pick").hidden) this.whoSees();
    this.section.hidden = !this.showing;
    this.section.closest(".stage").classList.toggle("viewing", this.showing !== null);
    this.tool("clear").hidden = !this.mine && !leads;
    this.section.classList.toggle("points", this.may && this.showing?.what === "file");
    const laid = this.showing && `${this.showing.what} ${this.showing.evidence ?? this.showing.by}`;
    if (laid !== this.laid) this.lay(laid);
    if (this.showing?.what === "file") this.look();
    this.head();
  }

  // Leave to show stands where it is read.
  permit(may) {
    const news = may && !this.may;
    this.may = may;
    const card = $("room-may-show");
    if (!card) return;
    card.hidden = !may;
    if (news) card.scrollIntoView({ block: "center" });
  }

  // Something else lies there, or nothing: what was seen before is not kept.
  lay(laid) {
    this.laid = laid;
    this.thing = null;
    this.seen = null;
    this.enlarge(false);
    this.blank();
    this.section.querySelector(".view").hidden = this.showing?.what !== "file";
  }

  blank() {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = null;
    this.picture.removeAttribute("src");
    this.picture.hidden = true;
    if (this.clip.hasAttribute("src")) {
      this.clip.removeAttribute("src");
      this.clip.load();
    }
    this.clip.hidden = true;
    this.tool("play").hidden = true;
    for (const by of [...this.pointers.keys()]) this.unpoint(by);
  }

  // Fetches what is to be seen and is not seen yet.
  async look() {
    const { evidence, page, number } = this.showing;
    const wanted = `${evidence} ${page}`;
    if (this.seen === wanted) return this.follow();
    this.seen = wanted;
    const still = () => this.showing?.number === number;
    const thing = this.thing ?? (await this.described(evidence));
    if (!still()) return;
    this.thing = thing;
    if (!this.thing) return this.fail();
    if (this.plays) this.load(evidence);
    else await this.draw(`${this.at}/${evidence}/picture?page=${page}`, still);
    if (still()) this.head();
  }

  get plays() {
    return this.thing?.sort === "clip" || this.thing?.sort === "sound";
  }

  async described(evidence) {
    if (!this.things.has(evidence)) await this.list(evidence);
    return this.things.get(evidence) ?? null;
  }

  // Everything the reader may show, or the one that is shown.
  async list(of) {
    try {
      const answer = await fetch(`${this.at}/table${of ? `?of=${of}` : ""}`, { credentials: "same-origin" });
      if (!answer.ok) return null;
      const things = await answer.json();
      for (const thing of things) this.things.set(thing.id, thing);
      return things;
    } catch (error) {
      console.warn("the files were not fetched", error);
      return null;
    }
  }

  async draw(address, still) {
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(`picture: ${answer.status}`);
      const pages = Number(answer.headers.get("x-pages") ?? 1);
      const picture = URL.createObjectURL(await answer.blob());
      if (!still()) return URL.revokeObjectURL(picture);
      this.blank();
      this.pages = pages;
      this.address = picture;
      this.picture.src = picture;
      this.picture.alt = this.thing.name;
      this.picture.hidden = false;
    } catch (error) {
      console.warn("a picture was not fetched", error);
      if (still()) this.fail();
    }
  }

  // Only whoever shows has the knobs; the others follow.
  load(evidence) {
    this.blank();
    this.clip.hidden = false;
    this.clip.controls = this.mine;
    this.clip.classList.toggle("sound", this.thing.sort === "sound");
    this.clip.setAttribute("aria-label", this.thing.name);
    this.clip.src = `${this.at}/${evidence}/play`;
  }

  fail() {
    this.blank();
    this.seen = null;
    this.view.tell("not-opened");
  }

  head() {
    if (!this.showing) return;
    const { by, what, page } = this.showing;
    const person = this.scene.people.find((one) => one.person === by);
    const name = person ? this.view.named(person) : "";
    const key = what === "screen" ? "showing-screen" : "showing";
    const text = this.view.word(this.mine ? `${key}-own` : key, { name, thing: this.thing?.name ?? "" });
    const title = $("room-table-title");
    if (title.textContent !== text) title.textContent = text;
    const paper = what === "file" && this.thing?.sort === "paper";
    this.tool("back").hidden = this.tool("next").hidden = !paper || !this.mine || this.pages < 2;
    this.tool("back").disabled = page <= 1;
    this.tool("next").disabled = page >= this.pages;
    this.tool("page").textContent = paper && this.pages > 1 ? this.view.word("page-of", { page, pages: this.pages }) : "";
    this.tool("larger").hidden = this.plays || (what === "screen" && this.mine);
    this.section.querySelector(".point-hint").hidden = !this.may || what === "screen" || this.plays || this.large;
  }

  turn(by) {
    const page = this.showing.page + by;
    if (page >= 1 && page <= this.pages) this.send({ type: "table", do: "turn", page });
  }

  // Each for themselves.
  enlarge(large) {
    this.large = large;
    this.section.closest(".stage").classList.toggle("enlarged", large);
    const button = this.tool("larger");
    button.setAttribute("aria-pressed", String(large));
    button.textContent = this.view.word(large ? "look-whole" : "look-larger");
    if (this.scene) this.head();
  }

  // A clip goes where its shower's is, roughly; the shower's own only once, after the page was loaded again.
  async follow() {
    const { plays, at_ms } = this.showing ?? {};
    if (!this.plays || this.clip.readyState < HTMLMediaElement.HAVE_METADATA) return;
    if (this.mine && this.led === this.showing.number) return;
    this.led = this.mine ? this.showing.number : null;
    const at = Math.min(at_ms / 1000, this.clip.duration || Infinity);
    if (Math.abs(this.clip.currentTime - at) > (plays ? OFF : 0.2)) this.clip.currentTime = at;
    if (!plays) return this.clip.pause();
    if (this.clip.ended) return;
    try {
      await this.clip.play();
      this.tool("play").hidden = true;
    } catch (error) {
      // Phones play nothing that nobody has tapped.
      this.tool("play").hidden = error.name !== "NotAllowedError";
    }
  }

  // The last word within a moment says all.
  played() {
    if (!this.mine || !this.plays) return;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const at_ms = Math.round(this.clip.currentTime * 1000);
      if (this.mine && this.plays) this.send({ type: "table", do: "play", plays: !this.clip.paused, at_ms });
    }, PLAY_EVERY);
  }

  press(event) {
    if (!this.may || this.plays || event.button > 0) return;
    // Enlarged, a finger moves the paper.
    if (this.large && event.pointerType === "touch") return;
    event.preventDefault();
    this.pressed = true;
    this.leaf.setPointerCapture(event.pointerId);
    this.moved(event);
  }

  moved({ clientX, clientY }) {
    const box = this.leaf.getBoundingClientRect();
    const share = (at, from, size) => Math.round(Math.min(Math.max((at - from) / size, 0), 1) * FAR);
    this.spot = { x: share(clientX, box.left, box.width), y: share(clientY, box.top, box.height) };
    clearTimeout(this.leaving);
    this.point(this.me, this.spot);
    this.sending ??= setTimeout(() => this.tellSpot(), POINT_EVERY - Math.min(performance.now() - (this.told ?? 0), POINT_EVERY));
  }

  tellSpot() {
    this.sending = null;
    this.told = performance.now();
    if (this.showing) this.send({ type: "table", do: "point", number: this.showing.number, at: this.spot });
  }

  released() {
    if (!this.pressed) return;
    this.pressed = false;
    this.leaving = setTimeout(() => {
      this.unpoint(this.me);
      if (this.showing) this.send({ type: "table", do: "point", number: this.showing.number, at: null });
    }, POINT_STAYS);
  }

  // What the room tells beside the scene.
  hear({ is, ...told }) {
    if (is === "not_shown") this.notShown(told);
    else if (told.number === this.showing?.number) told.at ? this.point(told.by, told.at) : this.unpoint(told.by);
  }

  notShown({ why, people }) {
    this.share.refused();
    const named = this.scene.people.filter(({ person }) => people.includes(person));
    const names = named.map((person) => this.view.named(person)).join(this.view.word("list-comma"));
    this.view.tell(`not-shown-${why.replaceAll("_", "-")}`, { names });
  }

  point(by, { x, y }) {
    let pointer = this.pointers.get(by);
    if (!pointer) {
      const mark = document.createElement("span");
      mark.className = "pointer";
      const person = this.scene.people.find((one) => one.person === by);
      mark.dataset.name = by === this.me || !person ? "" : this.view.named(person);
      this.leaf.append(mark);
      pointer = { mark };
      this.pointers.set(by, pointer);
    }
    pointer.mark.style.left = `${x / (FAR / 100)}%`;
    pointer.mark.style.top = `${y / (FAR / 100)}%`;
    pointer.mark.classList.toggle("right", x > FAR / 2);
    clearTimeout(pointer.lost);
    pointer.lost = setTimeout(() => this.unpoint(by), POINT_LOST);
  }

  unpoint(by) {
    const pointer = this.pointers.get(by);
    if (!pointer) return;
    clearTimeout(pointer.lost);
    pointer.mark.remove();
    this.pointers.delete(by);
  }

  async pick(open) {
    const panel = $("room-pick");
    if (panel.hidden !== open) return;
    panel.hidden = !open;
    $("room-show").setAttribute("aria-expanded", String(open));
    if (!open) return;
    $("room-share").hidden = !this.share.can;
    this.whoSees();
    const list = $("room-things");
    list.replaceChildren();
    const things = await this.list();
    $("room-things-none").hidden = things === null || things.length > 0;
    if (things === null) return this.view.tell("not-loaded-things");
    list.replaceChildren(...things.map((thing) => this.row(thing)));
    panel.scrollIntoView({ block: "nearest" });
  }

  // Before anything is shown, whoever shows reads to whom.
  whoSees() {
    const others = this.scene.people.filter((person) => person.with_you && person.person !== this.me);
    const names = others.map((person) => this.view.named(person)).join(this.view.word("list-comma"));
    $("room-pick-who").textContent = this.view.word(names ? "pick-who" : "pick-nobody", { names });
  }

  row(thing) {
    const row = $("room-thing").content.firstElementChild.cloneNode(true);
    const picture = row.querySelector("img");
    if (thing.sort === "photo") picture.src = `${this.at}/${thing.id}/picture`;
    else picture.remove();
    row.querySelector("b").textContent = thing.name;
    const more = [this.view.word(`sort-${thing.sort}`), thing.by, thing.alone && this.view.word("pick-alone")];
    row.querySelector("small").textContent = more.filter((part) => part).join(" · ");
    const button = row.querySelector("button");
    button.setAttribute("aria-label", `${button.textContent} ${thing.name}`);
    button.addEventListener("click", () => {
      this.view.tell(null);
      this.pick(false);
      this.send({ type: "table", do: "show", evidence: thing.id });
    });
    return row;
  }

  async shareScreen() {
    this.pick(false);
    if (!(await this.share.offer())) this.view.tell("screen-refused");
  }

  // The call is over.
  close() {
    this.share.end();
    this.showing = null;
    this.lay(null);
  }
}
