// How much a person's line carries: picture, small picture, sound, or written words alone. It goes down when packets are lost or
// come late, up again with patience, and never above what the person chose.

export const RUNGS = ["messages", "audio", "small", "video"];

const LOSSY = 0.1;
const CLEAN = 0.03;
const SLOW = 0.8;
const QUICK = 0.4;
// Above this nobody understands a word.
const GARBLED = 0.4;
// Bits a second that the way out must have room for.
const NEEDS = { video: 250_000, small: 60_000 };
// Looks at the line, one every two seconds.
const DOWN_AFTER = 2;
const SILENT_AFTER = 5;
const UP_AFTER = 5;
const MOST_PATIENCE = 40;

export class Ladder {
  constructor() {
    this.rung = "video";
    this.top = "video";
    this.patience = UP_AFTER;
    this.rested = MOST_PATIENCE;
    this.even();
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
    const bad = audio ? loss > GARBLED : loss > LOSSY || delay > SLOW || narrow;
    const good = loss < CLEAN && delay < QUICK;
    this.bad = bad ? this.bad + 1 : 0;
    this.good = good ? this.good + 1 : 0;
    if (this.bad >= (audio ? SILENT_AFTER : DOWN_AFTER)) this.down();
    else if (this.good >= this.patience) this.up();
    return this.rung;
  }

  // A rise that did not last makes the next one wait twice as long.
  down() {
    const soon = this.rested < MOST_PATIENCE / 2;
    this.patience = soon ? Math.min(this.patience * 2, MOST_PATIENCE) : UP_AFTER;
    this.rung = RUNGS[Math.max(RUNGS.indexOf(this.rung) - 1, 0)];
    this.even();
  }

  up() {
    const next = RUNGS.indexOf(this.rung) + 1;
    this.even();
    if (next > RUNGS.indexOf(this.top)) return;
    this.rested = 0;
    this.rung = RUNGS[next];
  }

  // By hand: at once, and as far up as the line carries later.
  choose(top) {
    this.top = top;
    this.rung = top;
    this.patience = UP_AFTER;
    this.even();
    return this.rung;
  }
}
