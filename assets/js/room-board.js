// The clauses beside the call: fetched again when somebody changed them, and worked on without leaving the call.

export class Board {
  // `tell` says one of the page's words to the reader, or takes it away.
  constructor(place, tell) {
    this.place = place;
    this.at = place.dataset.src;
    this.tell = tell;
    place.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(event.target, event.submitter);
    });
    // Other pages open beside the call, never in its place.
    place.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link) return;
      event.preventDefault();
      // The clauses to begin with are chosen here as well.
      const board = new URL(this.at, location.href).pathname;
      const here = [board, board.replace(/board$/, "clauses")];
      if (here.includes(new URL(link.href).pathname)) this.load(link.href);
      else open(link.href, "_blank", "noopener");
    });
  }

  // A clause that is fetched for editing takes the place of the one in the form.
  async load(from = this.at) {
    const fresh = await this.fetched(from);
    if (!fresh) return this.tell("not-loaded");
    const chosen = new URL(from, location.href).search;
    this.show(fresh, chosen ? "clause" : null);
    if (chosen) this.place.querySelector("#clause-form")?.scrollIntoView({ block: "nearest" });
  }

  // Only the clauses are replaced: what the mediator is typing below them stays.
  async refresh() {
    if (this.place.querySelector("[data-library]")) return;
    const fresh = await this.fetched(this.at);
    const [before, after] = [this.place.querySelector("#board"), fresh?.querySelector("#board")];
    if (before && after) before.replaceWith(after);
    else if (fresh) this.show(fresh, null);
  }

  async submit(form, submitter) {
    const body = new URLSearchParams(new FormData(form, submitter));
    const sent = await this.fetched(form.action, { method: "POST", body });
    if (!sent) return this.tell("not-saved");
    const fresh = sent.saved ? await this.fetched(this.at) : sent;
    this.tell(null);
    if (!fresh) return this.tell("not-loaded");
    this.show(fresh, body.get("act"));
    this.place.querySelector("[data-focus]")?.focus();
  }

  // The page behind an address, or nothing: no network, no sign-in any more, or not allowed. `saved` says that a
  // form led on to the next page.
  async fetched(from, how = {}) {
    let answer;
    try {
      answer = await fetch(from, { credentials: "same-origin", ...how });
    } catch {
      return null;
    }
    const own = new URL(answer.url).pathname.startsWith(new URL(this.at, location.href).pathname.split("/board")[0]);
    if (!own || (!answer.ok && answer.status !== 422)) return null;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = fresh.querySelector("main") ?? fresh.body;
    main.querySelectorAll(".back, h1").forEach((part) => part.remove());
    return Object.assign(main, { saved: answer.redirected });
  }

  // Forms that somebody has begun to fill in stay as they are, but for the one that was sent.
  show(fresh, sent) {
    for (const form of this.place.querySelectorAll("section form:not(#board *)")) {
      const act = form.elements.act?.value;
      if (act === sent || !begun(form)) continue;
      const section = fresh.querySelector(`section form:not(#board *) [name=act][value=${act}]`)?.closest("section");
      if (section) section.replaceWith(form.closest("section"));
      else fresh.append(form.closest("section"));
    }
    this.place.replaceChildren(...fresh.childNodes);
  }
}

function begun(form) {
  const typed = (it) => (it.type === "radio" ? it.checked !== it.defaultChecked : it.value !== it.defaultValue);
  const edits = form.elements.clause?.value;
  return edits || form.querySelector(".error") || [...form.elements].some((it) => "defaultValue" in it && typed(it));
}
