// The one WebSocket of the room: a fresh token for each, numbered messages, and going on where it broke off.

const PAUSES = [200, 500, 1000, 2000, 4000];
const PING_EVERY = 4000;
const PONG_WITHIN = 3500;
const LAST_WORDS = new Set(["refused", "removed", "replaced", "ended"]);

export class Link {
  // hear(message) gets every message once and in order; state("open" | "broken") follows the socket.
  constructor({ socketAt, tokenAt, csrf, hear, state }) {
    Object.assign(this, { socketAt, tokenAt, csrf, hear, state });
    this.resume = null;
    this.seen = 0;
    this.tries = 0;
    this.over = false;
    this.socket = null;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.check();
    });
  }

  async open() {
    if (this.over || this.opening) return;
    this.opening = true;
    clearTimeout(this.retry);
    try {
      const token = await this.token();
      const socket = new WebSocket(this.socketAt);
      this.socket = socket;
      socket.onopen = () => {
        const resume = this.resume ? { id: this.resume, seen: this.seen } : null;
        socket.send(JSON.stringify({ token, resume }));
      };
      socket.onmessage = (event) => this.take(socket, JSON.parse(event.data));
      socket.onclose = () => this.broke(socket);
    } catch (error) {
      this.broke(this.socket);
    } finally {
      this.opening = false;
    }
  }

  async token() {
    const answer = await fetch(this.tokenAt, {
      method: "POST",
      headers: { "x-csrf-token": this.csrf, accept: "application/json" },
      credentials: "same-origin",
    });
    if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
      this.over = true;
      this.hear({ type: "refused" });
    }
    // Somebody who is no longer signed in is led to the sign-in form.
    if (answer.redirected) location.reload();
    if (!answer.ok) throw new Error(`token: ${answer.status}`);
    return (await answer.json()).token;
  }

  take(socket, message) {
    if (socket !== this.socket) return;
    if (message.seq > 0) {
      if (message.seq <= this.seen) return;
      this.seen = message.seq;
    }
    if (message.type === "welcome") {
      this.tries = 0;
      this.resume = message.resume;
      if (!message.resumed) this.seen = 0;
      this.watch();
      this.state("open");
    }
    if (message.type === "pong") clearTimeout(this.deaf);
    if (LAST_WORDS.has(message.type)) this.over = true;
    this.hear(message);
  }

  // True if the request went out; a broken socket takes nothing.
  send(request) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(request));
    return true;
  }

  watch() {
    clearInterval(this.pinging);
    this.pinging = setInterval(() => this.check(), PING_EVERY);
  }

  // A socket that does not answer is dead, whatever the browser still believes.
  check() {
    if (!this.send({ type: "ping" })) return this.hurry();
    clearTimeout(this.deaf);
    const socket = this.socket;
    this.deaf = setTimeout(() => {
      socket.close();
      this.broke(socket);
    }, PONG_WITHIN);
  }

  hurry() {
    if (this.over || this.socket?.readyState === WebSocket.OPEN) return;
    this.tries = 0;
    this.open();
  }

  broke(socket) {
    if (socket !== this.socket) return;
    this.socket = null;
    clearInterval(this.pinging);
    clearTimeout(this.deaf);
    if (this.over) return;
    this.state("broken");
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.open(), PAUSES[Math.min(this.tries, PAUSES.length - 1)]);
    this.tries += 1;
  }

  close() {
    this.over = true;
    clearInterval(this.pinging);
    clearTimeout(this.retry);
    this.socket?.close();
  }
}
