// How much a person's line carries: picture, small picture, sound, the telephone, or written words alone; and where somebody interprets by
// signs, before sound alone, sound and the picture of the signs. It goes down when packets are lost or
// come late, up again with patience, and never above what the person chose.

export const RUNGS = ["messages", "phone", "audio", "signs", "small", "video"];

const LOSSY = 0.1;
const CLEAN = 0.03;
const SLOW = 0.8;
const QUICK = 0.4;
// Above this nobody understands a word.
const GARBLED = 0.4;
// Above this nobody reads signs: it is their picture that is given up last.
const BLURRED = 0.2;
// Bits a second that the way out must have room for.
const NEEDS = { video: 250_000, small: 60_000, signs: 60_000 };
// Looks at the line, one every two seconds.
const DOWN_AFTER = 2;
const SILENT_AFTER = 5;
const UP_AFTER = 5;
const MOST_PATIENCE = 40;

export class Ladder {
  // phone: whether one can come by telephone.
  constructor({ phone = false } = {}) {
    this.phone = phone;
    this.rung = "video";
    this.wished = "video";
    this.patience = UP_AFTER;
    this.rested = MOST_PATIENCE;
    this.signed = false;
    this.signs = false;
    this.even();
  }

  get rungs() {
    const has = { signs: this.signed, phone: this.phone };
    return RUNGS.filter((rung) => has[rung] ?? true);
  }

  // Whether somebody interprets by signs for me, and whether I do for others. The rung after that.
  interpret({ signed, signs }) {
    const again = signed && !this.signed && this.wished === "signs";
    Object.assign(this, { signed, signs });
    if (!signed && this.rung === "signs") this.rung = "audio";
    if (again && this.rung === "audio") this.rung = "signs";
    return this.rung;
  }

  // As far up as somebody wants to go. Who wants the signs has sound alone while nobody makes any.
  get top() {
    return this.wished === "signs" && !this.signed ? "audio" : this.wished;
  }

  even() {
    this.bad = 0;
    this.good = 0;
  }

  // The rung after another look: loss from 0 to 1, delay of a way there and back in seconds, and bits a second for which
  // there is room, null where nothing is known of that.
  look({ loss, delay, room }) {
    this.rested += 1;
    const audio = this.rung === "audio";
    const narrow = room !== null && room < (NEEDS[this.rung] ?? 0);
    const last = this.rung === "signs" || (this.signs && this.rung === "small");
    const bad = audio ? loss > GARBLED : last ? loss > BLURRED || narrow : loss > LOSSY || delay > SLOW || narrow;
    const good = loss < CLEAN && delay < QUICK;
    this.bad = bad ? this.bad + 1 : 0;
    this.good = good ? this.good + 1 : 0;
    if (this.bad >= (audio || last ? SILENT_AFTER : DOWN_AFTER)) this.down();
    else if (this.good >= this.patience) this.up();
    return this.rung;
  }

  // A rise that did not last makes the next one wait twice as long.
  down() {
    const soon = this.rested < MOST_PATIENCE / 2;
    this.patience = soon ? Math.min(this.patience * 2, MOST_PATIENCE) : UP_AFTER;
    this.rung = this.rungs[Math.max(this.rungs.indexOf(this.rung) - 1, 0)];
    this.even();
  }

  up() {
    const next = this.rungs.indexOf(this.rung) + 1;
    this.even();
    if (next > this.rungs.indexOf(this.top)) return;
    this.rested = 0;
    this.rung = this.rungs[next];
  }

  // By hand: at once, and as far up as the line carries later.
  choose(top) {
    this.wished = top;
    this.rung = top;
    this.patience = UP_AFTER;
    this.even();
    return this.rung;
  }
}
