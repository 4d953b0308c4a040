// Sends a file in parts, and goes on from where the network broke off. Without this script the form sends it whole.

const PART = 200 * 1024;
const LONGEST_WAIT = 30;
const PATIENCE = 5; // answers that the server is broken, before we say so

class EvidenceUpload extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.state = this.querySelector("[data-state]");
    this.form.addEventListener("submit", (event) => this.send(event));
  }

  send(event) {
    const file = this.form.elements.file.files[0];
    const audience = this.form.elements.audience;
    if (!file || !audience.value) return; // the server says what is missing
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.busy) return;
    this.busy = true;
    this.run(file).catch((error) => this.fail(error.message));
  }

  async run(file) {
    let { id, received } = await this.begun(file);
    const address = `${this.dataset.parts}/${id}`;
    for (;;) {
      this.say(received < file.size ? this.dataset.sending.replace("{percent}", Math.floor((received * 100) / file.size)) : this.dataset.making);
      const part = file.slice(received, received + PART);
      const answer = await this.ask(address, "PATCH", part, { "upload-offset": String(received) });
      if (answer.kept) {
        location.assign(this.form.action);
        return;
      }
      received = answer.received;
    }
  }

  // The same file, begun before, goes on; another one is announced.
  async begun(file) {
    for (const known of document.querySelectorAll("[data-upload]")) {
      if (known.dataset.name === file.name && known.dataset.size === String(file.size)) {
        const { received } = await this.ask(`${this.dataset.parts}/${known.dataset.upload}`, "GET");
        return { id: known.dataset.upload, received };
      }
    }
    const fields = this.form.elements;
    const about = new URLSearchParams({ name: file.name, size: file.size, note: fields.note.value, audience: fields.audience.value });
    return this.ask(this.dataset.parts, "POST", about);
  }

  // Asks until the network lets the answer through; what the server refuses is said.
  async ask(address, method, body, headers = {}) {
    let broken = 0;
    for (let wait = 1; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      let response;
      try {
        response = await fetch(address, { method, body, headers: { "x-csrf-token": this.form.elements.csrf.value, ...headers } });
      } catch {
        this.say(this.dataset.waiting);
        await this.pause(wait);
        continue;
      }
      if (response.status >= 500) {
        if (++broken === PATIENCE) throw new Error(this.dataset.broken);
        this.say(this.dataset.waiting);
        await this.pause(wait);
        continue;
      }
      const isJson = response.headers.get("content-type")?.startsWith("application/json");
      if (!isJson) {
        location.reload(); // signed out meanwhile: the page says so
        return new Promise(() => {});
      }
      const answer = await response.json();
      if (answer.error) throw new Error(answer.error);
      return answer;
    }
  }

  pause(seconds) {
    return new Promise((done) => {
      const timer = setTimeout(done, seconds * 1000);
      addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
    });
  }

  say(text) {
    this.state.hidden = false;
    this.state.className = "";
    this.state.textContent = text;
  }

  fail(text) {
    this.say(text);
    this.state.className = "error";
    this.busy = false;
  }
}

customElements.define("evidence-upload", EvidenceUpload);
