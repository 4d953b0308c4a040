// The clauses beside the call: fetched again when somebody changed them, and worked on without leaving the call.

export class Board {
  constructor(place) {
    this.place = place;
    this.at = place.dataset.src;
    place.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(event.target, event.submitter);
    });
    // Other pages open beside the call, never in its place.
    place.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link) return;
      event.preventDefault();
      if (new URL(link.href).pathname === new URL(this.at, location.href).pathname) this.load(link.href);
      else open(link.href, "_blank", "noopener");
    });
  }

  async load(from = this.at) {
    this.show(await this.read(await fetch(from, { credentials: "same-origin" })));
  }

  // Only the clauses are replaced: what the mediator is typing below them stays.
  async refresh() {
    const fresh = await this.read(await fetch(this.at, { credentials: "same-origin" }));
    const [before, after] = [this.place.querySelector("#board"), fresh?.querySelector("#board")];
    if (before && after) before.replaceWith(after);
    else this.show(fresh);
  }

  async submit(form, submitter) {
    const body = new URLSearchParams(new FormData(form, submitter));
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    if (answer.redirected) return this.load();
    this.show(await this.read(answer));
    this.place.querySelector("[data-focus]")?.focus();
  }

  async read(answer) {
    // A sign-in that has run out leads elsewhere; what stands here stays.
    if (answer.redirected || (!answer.ok && answer.status !== 422)) return null;
    if (!answer.headers.get("content-type")?.startsWith("text/html")) return null;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = fresh.querySelector("main") ?? fresh.body;
    main.querySelectorAll(".back, h1").forEach((part) => part.remove());
    return main;
  }

  show(fresh) {
    if (fresh) this.place.replaceChildren(...fresh.childNodes);
  }
}
