// Whom one sees large: whoever the mediator put into the light, else who speaks, else the mediator.

import { hears, signs } from "./room-seats.js";

const LISTEN_EVERY = 400;
// A voice; below it are breath and rooms.
const VOICE = 0.02;
// A word in between does not make the picture jump.
const STAYS = 2000;

export class Stage {
  // changed() is called when another one speaks.
  constructor({ media, changed }) {
    Object.assign(this, { media, changed, speaker: null, heard: 0 });
    this.times = new WeakMap();
    setInterval(() => this.listen(), LISTEN_EVERY);
  }

  // Where something is looked at together it is that which is large, and who speaks is small above it.
  large(scene, me) {
    const { table } = scene;
    if (!table) return { large: this.foremost(scene, me) };
    const screen = table.what === "screen" ? table.by : null;
    const people = scene.people.filter(({ person }) => person !== screen);
    return { large: screen, screen, above: this.foremost({ ...scene, people }, me) };
  }

  foremost({ people, spotlight }, me) {
    // Whoever interprets by signs has a place of their own.
    const others = people.filter((person) => person.with_you && person.person !== me && !signs(person));
    const one = (is) => others.find(is)?.person;
    return (
      one(({ person }) => person === spotlight) ??
      one(({ person, phone, microphone }) => [person, phone].includes(this.speaker) && microphone) ??
      one(({ kind }) => kind === "mediator") ??
      one((person) => !hears(person)) ??
      me
    );
  }

  async listen() {
    const receivers = this.media.standing.receive?.getReceivers() ?? [];
    const levels = [];
    for (const [person, stream] of this.media.streams) {
      const receiver = receivers.find(({ track }) => track.kind === "audio" && stream.getTracks().includes(track));
      if (receiver) levels.push([await this.level(receiver), person]);
    }
    const [level, loudest] = levels.sort(([a], [b]) => b - a)[0] ?? [0];
    if (level < VOICE) return;
    const now = performance.now();
    if (loudest !== this.speaker) {
      if (now - this.heard < STAYS) return;
      this.speaker = loudest;
      this.changed();
    }
    this.heard = now;
  }

  // Between 0 and 1; a source of which nothing came since the last look is silent. Browsers tell the level of a source
  // only if its sender measured it, and the level of what they played always.
  async level(receiver) {
    const [source] = receiver.getSynchronizationSources();
    if (!source || this.times.get(receiver) === source.timestamp) return 0;
    this.times.set(receiver, source.timestamp);
    if (source.audioLevel !== undefined) return source.audioLevel;
    const stats = [...(await receiver.getStats()).values()];
    return stats.find(({ type }) => type === "inbound-rtp")?.audioLevel ?? 0;
  }
}
