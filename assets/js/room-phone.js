// The telephone in place of a line that carries no sound: a number and a PIN for this person and this session, asked for while
// the line still carries that much.

const $ = (id) => document.getElementById(id);
const PAIRS = /(\d{4})(?=\d)/g;

export class Phone {
  // at: where a PIN is had, nothing where nobody answers calls; csrf vouches for the page; trouble() says that there is none.
  constructor({ at, csrf, trouble }) {
    Object.assign(this, { at, csrf, trouble, known: null, asking: null });
  }

  get there() {
    return Boolean(this.at);
  }

  // One PIN for as long as the page is open.
  ready() {
    if (!this.there || this.known) return Promise.resolve(this.known);
    this.asking ??= this.ask().finally(() => (this.asking = null));
    return this.asking;
  }

  async ask() {
    const body = new URLSearchParams({ csrf: this.csrf });
    try {
      const answer = await fetch(this.at, { method: "POST", body, headers: { "x-csrf-token": this.csrf } });
      if (!answer.ok) throw new Error(`${answer.status}`);
      this.known = await answer.json();
      const { number, pin } = this.known;
      $("room-phone-number").textContent = number;
      $("room-phone-number").href = `tel:${number.replace(/[^+\d]/g, "")}`;
      $("room-phone-pin").textContent = pin.replace(PAIRS, "$1 ");
    } catch (error) {
      console.warn("there is no PIN", error);
    }
    return this.known;
  }

  async show(on) {
    if (!this.there) return;
    this.shown = on;
    if (on && !(await this.ready()) && this.shown) this.trouble();
    $("room-phone").hidden = !this.shown || !this.known;
  }
}
