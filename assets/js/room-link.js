// The one WebSocket of the room: a fresh token for each, messages and requests numbered, going on where it broke off.

const PAUSES = [0, 500, 1000, 2000, 4000];
const PING_EVERY = 2000;
const PONG_WITHIN = 1500;
// A line that drops much swallows whole beginnings: after so long another begins beside those that have got nowhere, and so
// many at most go abreast.
const BESIDE = [1200, 2400, 4800];
const ABREAST = 3;
const RISES_WITHIN = 15_000;
const RENEWED_WITHIN = 3000;
// Names for relays lapse after ten minutes.
const ICE_EVERY = 240_000;
const LAST_WORDS = new Set(["refused", "removed", "replaced", "ended"]);
// Outside the count: of use only at once.
const isFleeting = (ask) => ["ping", "ack", "measured"].includes(ask.type) || ask.do === "point";
// Of these the last one says all.
const NEWEST = new Set(["publish", "answer", "subscribe", "microphone", "camera", "hand"]);

export class Link {
  // hear(message) gets every message once and in order; state("open" | "broken") follows the socket.
  constructor({ socketAt, tokenAt, csrf, hear, state }) {
    Object.assign(this, { socketAt, tokenAt, csrf, hear, state });
    this.resume = null;
    this.seen = 0;
    this.asked = 0;
    this.unheard = [];
    this.tries = 0;
    this.over = false;
    this.socket = null;
    this.rising = new Set();
    this.greeted = -Infinity;
    // Of the next attempt, as long as there is to be one.
    this.beside = null;
    this.behind = null;
    // What connections are made with: by which relays they may go.
    this.ice = { iceServers: [] };
    setInterval(() => this.renew(), ICE_EVERY);
    addEventListener("online", () => this.hurry());
    addEventListener("pageshow", ({ persisted }) => persisted && this.hurry());
    navigator.connection?.addEventListener("change", () => this.hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.hurry();
    });
  }

  open() {
    this.rise();
  }

  // Opens a socket beside the one there may be, and others beside that; the first that is welcomed goes on.
  rise() {
    if (this.over || this.beside) return;
    this.begun = 0;
    this.begin();
  }

  async begin() {
    if (this.rising.size === ABREAST) this.drop([...this.rising][0]);
    clearTimeout(this.retry);
    clearTimeout(this.beside);
    this.beside = setTimeout(() => this.begin(), BESIDE[Math.min(this.begun, BESIDE.length - 1)]);
    this.begun += 1;
    const attempt = { socket: null, gone: new AbortController() };
    this.rising.add(attempt);
    attempt.late = setTimeout(() => this.fall(attempt), RISES_WITHIN);
    try {
      const token = await this.token(attempt.gone.signal);
      if (!this.rising.has(attempt)) return;
      const socket = new WebSocket(this.socketAt);
      attempt.socket = socket;
      socket.onopen = () => this.greet(attempt, token);
      socket.onmessage = (event) => this.take(socket, JSON.parse(event.data));
      socket.onclose = () => (socket === this.socket ? this.broke() : this.fall(attempt));
    } catch (error) {
      this.fall(attempt);
    }
  }

  // The room takes the newest that greets it: whoever is to be welcomed has its time first.
  greet(attempt, token) {
    const wait = this.greeted + BESIDE[0] - performance.now();
    if (wait > 0) {
      attempt.greets = setTimeout(() => this.greet(attempt, token), wait);
      return;
    }
    attempt.greeted = true;
    this.greeted = performance.now();
    const resume = this.resume ? { id: this.resume, seen: this.seen } : null;
    attempt.socket.send(JSON.stringify({ token, resume }));
  }

  pass(signal) {
    return fetch(this.tokenAt, {
      method: "POST",
      headers: { "x-csrf-token": this.csrf, accept: "application/json" },
      credentials: "same-origin",
      signal,
    });
  }

  // Fresh names, so that a connection that is made anew gets through; what is not to be had now comes with the next socket.
  async renew() {
    if (this.over || this.ice.iceServers.length === 0) return;
    try {
      const answer = await this.pass(AbortSignal.timeout?.(RENEWED_WITHIN));
      if (answer.ok && !answer.redirected) this.ice = (await answer.json()).ice;
    } catch (error) {
      console.warn("no fresh names for relays", error);
    }
  }

  async token(signal) {
    const answer = await this.pass(signal);
    if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
      this.over = true;
      this.hear({ type: "refused" });
    }
    // Somebody who is no longer signed in is led to the sign-in form.
    if (answer.redirected) location.reload();
    if (!answer.ok) throw new Error(`token: ${answer.status}`);
    const { token, ice } = await answer.json();
    this.ice = ice;
    return token;
  }

  take(socket, message) {
    const attempt = [...this.rising].find((one) => one.socket === socket);
    if (attempt && message.type === "welcome") this.stand(attempt, message);
    else if (socket !== this.socket && !attempt) return;
    // The room lets go of the old socket when it takes the new one.
    if (message.type === "replaced" && (this.rising.size > 0 || this.greeted > 0)) return;
    if (message.seq > 0) {
      if (message.seq <= this.seen) return;
      this.seen = message.seq;
    }
    if (message.type === "pong") this.alive();
    if (message.type === "heard") this.unheard = this.unheard.filter(({ n }) => n > message.n);
    if (LAST_WORDS.has(message.type)) this.over = true;
    this.hear(message);
    if (message.type === "welcome") this.again(message);
    if (this.behind !== null && this.seen >= this.behind) {
      this.behind = null;
      this.hear({ type: "caught_up" });
    }
  }

  stand(attempt, { resume, resumed, upto }) {
    const old = this.socket;
    this.socket = attempt.socket;
    this.rising.delete(attempt);
    clearTimeout(attempt.late);
    this.greeted = -Infinity;
    this.forgo();
    this.tries = 0;
    this.resume = resume;
    if (!resumed) this.seen = 0;
    this.behind = resumed ? upto : null;
    old?.close();
    this.hush();
    this.pinging = setInterval(() => this.check(), PING_EVERY);
    this.now("open");
  }

  hush() {
    clearInterval(this.pinging);
    clearTimeout(this.deaf);
    this.deaf = null;
  }

  now(state) {
    if (this.told !== state) this.state(state);
    this.told = state;
  }

  // What was asked and perhaps not heard. A room that knows nothing of this page any more gets no line that was meant
  // for those who were there: it comes back to be read again.
  again({ resumed, heard }) {
    const before = this.unheard.filter(({ n }) => !resumed || n > heard);
    this.unheard = resumed ? before : [];
    if (resumed) return before.forEach((frame) => this.socket.send(JSON.stringify(frame)));
    this.asked = 0;
    for (const { ask } of before) if (ask.type === "say") this.hear({ type: "not_said", to: ask.to, text: ask.text });
  }

  // What is asked while the line is broken goes out when it stands again; false only of what is of no use then.
  send(ask) {
    const fleeting = isFleeting(ask);
    if (!fleeting) this.asked += 1;
    const frame = { n: fleeting ? 0 : this.asked, ask };
    if (NEWEST.has(ask.type)) this.unheard = this.unheard.filter((one) => one.ask.type !== ask.type);
    if (!fleeting) this.unheard.push(frame);
    if (this.socket?.readyState !== WebSocket.OPEN) return !fleeting;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  // A socket that does not answer may be dead, whatever the browser still believes: another one rises beside it.
  check() {
    if (!this.send({ type: "ping" })) return this.rise();
    if (this.deaf) return;
    this.deaf = setTimeout(() => {
      this.deaf = null;
      this.now("broken");
      this.rise();
    }, PONG_WITHIN);
  }

  alive() {
    clearTimeout(this.deaf);
    this.deaf = null;
    this.forgo();
    this.now("open");
  }

  // What has greeted may have taken the place of the old one already.
  forgo() {
    this.rest();
    [...this.rising].filter((attempt) => !attempt.greeted).forEach((attempt) => this.drop(attempt));
  }

  // The network or the page has changed: what was begun over the old one is begun again.
  hurry() {
    if (this.over || (!this.socket && !this.resume)) return;
    this.tries = 0;
    this.renew();
    this.forgo();
    this.check();
  }

  rest() {
    clearTimeout(this.beside);
    this.beside = null;
  }

  drop(attempt) {
    this.rising.delete(attempt);
    if (this.rising.size === 0) this.rest();
    clearTimeout(attempt.late);
    clearTimeout(attempt.greets);
    attempt.gone.abort();
    attempt.socket?.close();
  }

  fall(attempt) {
    if (!this.rising.has(attempt)) return;
    this.drop(attempt);
    if (this.socket || this.over || this.beside) return;
    this.now("broken");
    this.later();
  }

  broke() {
    this.socket = null;
    this.hush();
    if (this.over) return;
    this.now("broken");
    if (!this.beside) this.later();
  }

  later() {
    if (this.over) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.rise(), PAUSES[Math.min(this.tries, PAUSES.length - 1)]);
    this.tries += 1;
  }

  close() {
    this.over = true;
    this.hush();
    clearTimeout(this.retry);
    this.socket?.close();
    this.rising.forEach((attempt) => this.drop(attempt));
  }
}
