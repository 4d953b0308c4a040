// Sound and picture: one connection that publishes, one that receives. One that is lost looks for another way; when it does
// not stand again soon, or a new one does not stand within two and a half seconds, another rises beside it, and the first
// that stands goes on.

const WATCHDOG = 2500;
const MENDS_FOR = 1500;
const LISTENS_EVERY = 500;
// After such a silence a connection looks for another way; sooner when the room's socket has broken. Over one that publishes
// nothing comes but reports, in some browsers one a second.
const SILENT = { publish: 3500, receive: 1500 };
const SILENT_AND_BROKEN = { publish: 1200, receive: 400 };
const SUSPECTED_FOR = 3000;
const PICTURE = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 24 } };
const PICTURE_BITS = 500_000;
const SMALL_BITS = 120_000;
const SMALL_FRAMES = 10;
// Signs are small, but not slow.
const SIGNS_BITS = 250_000;
// Of a screen the size stays, or nobody could read it; a weak line gets fewer pictures of it.
const SCREEN = { bits: 1_200_000, frames: 10 };
const SMALL_SCREEN = { bits: 250_000, frames: 3 };
// What a browser says when a device cannot be had, in words of the page.
const TROUBLES = { NotAllowedError: "device-refused", NotFoundError: "device-missing", NotReadableError: "device-busy" };

// By pair of addresses, when something came over it last and how many checks of it were answered.
async function heard(connection) {
  const entries = [...(await connection.getStats()).values()].filter(({ type }) => type === "candidate-pair");
  const of = ({ lastPacketReceivedTimestamp: last, responsesReceived: answers }) => ({ last: last ?? 0, answers: answers ?? 0 });
  return new Map(entries.map((entry) => [entry.id, of(entry)]));
}

const lastOf = (pairs) => Math.max(0, ...[...pairs.values()].map(({ last }) => last));

export class Media {
  // ice() says what connections are made with; send(request) speaks to the room; show(person, stream) gets what arrives;
  // expects() says whether anybody is to be heard or seen; trouble(word) says why a microphone or camera could not be had, and null that all is well again; changed() that one
  // went off by itself.
  constructor({ ice, send, show, expects, trouble, changed }) {
    Object.assign(this, { ice, send, show, expects, trouble, changed });
    this.own = new MediaStream();
    this.chosen = {};
    this.generation = 0;
    this.standing = {};
    this.rising = {};
    const elsewhere = () => ["publish", "receive"].forEach((kind) => this.reroute(kind));
    addEventListener("online", elsewhere);
    // The browser also tells here what it guesses of the speed.
    let over = navigator.connection?.type;
    navigator.connection?.addEventListener("change", ({ target }) => {
      if (target.type !== over) elsewhere();
      over = target.type;
    });
    this.suspected = -Infinity;
    setInterval(() => Object.keys(this.standing).forEach((kind) => this.listen(kind)), LISTENS_EVERY);
    this.chain = Promise.resolve();
    this.devices = Promise.resolve();
    this.line = { rung: "video", wanted: "large" };
    // Whoever only hears has nothing to publish; whoever interprets by signs must not be slowed down.
    this.hears = false;
    this.signs = false;
    this.streams = new Map();
    this.screen = null;
  }

  get microphone() {
    return this.track("audio")?.enabled ?? false;
  }

  get camera() {
    return this.track("video") !== undefined;
  }

  // What is sent: the own screen in place of the camera, while it is shown.
  get picture() {
    return this.screen ?? this.track("video") ?? null;
  }

  sent(kind) {
    return kind === "video" ? this.picture : (this.track(kind) ?? null);
  }

  async setScreen(track) {
    this.screen = track;
    await this.replace("video");
    this.carry(this.line);
  }

  track(kind) {
    return this.own.getTracks().find((track) => track.kind === kind && track.readyState === "live");
  }

  // Asks for a device of a kind, the chosen one where one was.
  async take(kind) {
    try {
      if (!navigator.mediaDevices) throw new DOMException("", "NotSupportedError");
      const deviceId = this.chosen[kind];
      // Less than exactly that one, and browsers give whichever they like.
      const wanted = { ...(kind === "video" && PICTURE), ...(deviceId && { deviceId: { exact: deviceId } }) };
      const got = await navigator.mediaDevices.getUserMedia({ [kind]: wanted });
      // Given when the call was over already.
      got.getTracks().forEach((track) => (this.released ? track.stop() : this.keep(track)));
      return !this.released;
    } catch (error) {
      if (this.chosen[kind] && error.name === "OverconstrainedError") {
        delete this.chosen[kind];
        return this.take(kind);
      }
      this.trouble(TROUBLES[error.name] ?? (navigator.mediaDevices ? "device-missing" : "device-none"));
      return false;
    }
  }

  keep(track) {
    this.own.addTrack(track);
    track.addEventListener("ended", () => this.lost(track));
    track.addEventListener("mute", () => this.trouble("device-held"));
    track.addEventListener("unmute", () => this.trouble(null));
  }

  // Unplugged, or taken away by the phone: another one of its kind goes on, where there is one.
  async lost(track) {
    const { kind, enabled } = track;
    this.own.removeTrack(track);
    delete this.chosen[kind];
    const again = await this.take(kind);
    if (again) this.track(kind).enabled = enabled;
    else this.trouble("device-lost");
    await this.replace(kind);
    this.changed();
  }

  // Devices are taken one after the other: a phone may think for long before it gives one, and people tap again.
  inTurn(work) {
    this.devices = this.devices.then(work, work);
    return this.devices;
  }

  // The device from now on; what is on changes at once.
  choose(kind, deviceId) {
    return this.inTurn(async () => {
      this.chosen[kind] = deviceId;
      const before = this.track(kind);
      if (!before) return;
      this.drop(kind);
      // Who was silent stays so.
      if (await this.take(kind)) this.track(kind).enabled = before.enabled;
      await this.replace(kind);
    });
  }

  drop(kind) {
    const track = this.track(kind);
    track.stop();
    this.own.removeTrack(track);
  }

  setMicrophone(on) {
    return this.inTurn(async () => {
      if (on && !this.track("audio")) {
        if (!(await this.take("audio"))) return false;
        await this.replace("audio");
      }
      const track = this.track("audio");
      if (track) track.enabled = on;
      return on;
    });
  }

  // At once, whatever a phone is still about to give.
  silence() {
    const track = this.track("audio");
    if (track) track.enabled = false;
  }

  // Off means off: the camera is released, so that its light goes out.
  setCamera(on) {
    return this.inTurn(async () => {
      if (on === this.camera) return on;
      if (!on) this.drop("video");
      else if (!(await this.take("video"))) return false;
      await this.replace("video");
      return on;
    });
  }

  async replace(kind) {
    const sender = this.standing.publish?.senders[kind];
    if (sender) await sender.replaceTrack(this.sent(kind));
  }

  // What the line carries and which picture the others can take: the rest is not even sent.
  carry({ rung, wanted = "large" }) {
    this.line = { rung, wanted };
    const senders = this.standing.publish?.senders;
    if (!senders) return;
    const small = rung === "small" || rung === "signs" || wanted === "small";
    const picture = this.takesPicture && wanted !== "none";
    this.encode(senders.audio, { active: rung !== "messages" && rung !== "phone" });
    const camera = !small
      ? { bits: PICTURE_BITS, frames: PICTURE.frameRate.max, by: 1 }
      : this.signs
        ? { bits: SIGNS_BITS, frames: PICTURE.frameRate.max, by: 2 }
        : { bits: SMALL_BITS, frames: SMALL_FRAMES, by: 2 };
    const screen = small ? SMALL_SCREEN : SCREEN;
    const { bits, frames, by = 1 } = this.screen ? screen : camera;
    this.encode(senders.video, { active: picture, maxBitrate: bits, scaleResolutionDownBy: by, maxFramerate: frames });
  }

  get takesPicture() {
    return ["video", "small", "signs"].includes(this.line.rung);
  }

  get sends() {
    return (this.track("audio") && this.line.rung !== "messages") || this.sendsPicture;
  }

  get sendsPicture() {
    return this.picture !== null && this.takesPicture && this.line.wanted !== "none";
  }

  // A browser that does not know how goes on as it did.
  encode(sender, wanted) {
    const all = sender.getParameters();
    const [encoding] = all.encodings ?? [];
    if (!encoding || Object.entries(wanted).every(([key, value]) => encoding[key] === value)) return;
    Object.assign(encoding, wanted);
    sender.setParameters(all).catch((error) => console.warn("the sender stays as it was", error));
  }

  // The network has changed: what was begun over the old one begins again.
  reroute(kind) {
    if (this.rising[kind]) this.again(kind);
    else if (this.standing[kind]) {
      this.standing[kind].mending = null;
      this.mend(kind);
    }
  }

  // The room's socket has broken: perhaps so have the connections, and nobody says so.
  suspect() {
    this.suspected = performance.now();
  }

  // Silence where something was heard, and still is to be, is a way that is lost.
  async listen(kind) {
    const connection = this.standing[kind];
    if (!connection) return;
    const [last, now] = [lastOf(await heard(connection)), performance.now()];
    const { last: before = 0, since = now } = connection;
    if (last > before) connection.astray = false;
    const due = kind === "publish" ? this.sends : this.expects();
    Object.assign(connection, { last, since: last > before || !due ? now : since });
    const bound = now - this.suspected < SUSPECTED_FOR ? SILENT_AND_BROKEN : SILENT;
    const lost = last > 0 && now - connection.since >= bound[kind] && !connection.astray;
    if (!lost || connection !== this.standing[kind] || this.rising[kind]) return;
    connection.astray = true;
    this.mend(kind);
  }

  again(kind) {
    if (kind === "publish") this.publish();
    else this.send({ type: "subscribe" });
  }

  // The connection looks for another way; when nothing comes over it soon, another rises beside it.
  async mend(kind) {
    const connection = this.standing[kind];
    if (connection.mending) return;
    // What the room knows as the newest was given up since, and is another one.
    if (connection.passed) return this.again(kind);
    const mending = (connection.mending = {});
    const before = await heard(connection);
    const mended = async () => {
      if (connection.mending !== mending) return;
      connection.mending = null;
      if (connection !== this.standing[kind] || this.rising[kind]) return;
      const carries = ([id, { last, answers }]) => last > lastOf(before) || answers > (before.get(id)?.answers ?? 0);
      if (![...(await heard(connection))].some(carries)) this.again(kind);
    };
    setTimeout(mended, MENDS_FOR);
    if (connection !== this.standing[kind]) return;
    connection.setConfiguration?.(this.ice());
    if (kind === "receive") return this.send({ type: "subscribe", restart: true });
    connection.restartIce();
    await this.offer(connection, true);
  }

  async offer(connection, restart) {
    this.generation += 1;
    const generation = this.generation;
    connection.generation = generation;
    await connection.setLocalDescription();
    const { sdp } = connection.localDescription;
    if (generation === this.generation) this.send({ type: "publish", generation, restart, sdp });
  }

  publish() {
    // Whoever only hears has nothing to send.
    if (this.hears) return;
    const connection = new RTCPeerConnection(this.ice());
    const add = (kind, more) =>
      connection.addTransceiver(this.sent(kind) ?? kind, { direction: "sendonly", streams: [this.own], ...more }).sender;
    connection.senders = { audio: add("audio"), video: add("video", { sendEncodings: [{ maxBitrate: PICTURE_BITS }] }) };
    this.rise("publish", connection);
    this.offer(connection, false);
  }

  answered({ generation, sdp }) {
    const connection = [this.rising.publish, this.standing.publish].find((one) => one?.generation === generation);
    if (connection?.signalingState !== "have-local-offer") return;
    this.later(() => connection.setRemoteDescription({ type: "answer", sdp }));
  }

  offered({ generation, fresh, sdp }) {
    this.later(async () => {
      if (fresh || !(this.rising.receive ?? this.standing.receive)) this.receive();
      const connection = this.rising.receive ?? this.standing.receive;
      await connection.setRemoteDescription({ type: "offer", sdp });
      await connection.setLocalDescription();
      this.send({ type: "answer", generation, sdp: connection.localDescription.sdp });
    });
  }

  receive() {
    const connection = new RTCPeerConnection(this.ice());
    connection.arrived = [];
    connection.ontrack = ({ track, streams: [named] }) => {
      connection.arrived.push([named.id, track]);
      if (connection === this.standing.receive) this.arrive(named.id, track);
    };
    this.rise("receive", connection);
  }

  arrive(person, track) {
    const stream = this.streams.get(person) ?? new MediaStream();
    this.streams.set(person, stream);
    stream.getTracks().filter((old) => old.kind === track.kind).forEach((old) => stream.removeTrack(old));
    stream.addTrack(track);
    this.show(person, stream);
  }

  // A connection that is to take the place of the one that stands. One that does not stand in time is followed by another.
  rise(kind, connection) {
    this.rising[kind]?.close();
    this.rising[kind] = connection;
    const retry = () => {
      const current = connection === (this.rising[kind] ?? this.standing[kind]);
      if (current && connection.connectionState !== "connected") this.again(kind);
    };
    let timer = setTimeout(retry, WATCHDOG);
    connection.onconnectionstatechange = () => {
      clearTimeout(timer);
      const state = connection.connectionState;
      const lost = state === "disconnected" && connection === this.standing[kind];
      if (state === "connected") this.stand(kind, connection);
      else if (state === "failed") retry();
      else if (!lost) timer = setTimeout(retry, WATCHDOG);
      else if (!this.rising[kind]) this.mend(kind);
    };
  }

  // It stands, or stands again: whatever else there was is of no use any more.
  stand(kind, connection) {
    if (connection === this.standing[kind]) {
      connection.passed ||= Boolean(this.rising[kind]);
      this.rising[kind]?.close();
    } else if (connection === this.rising[kind]) {
      this.standing[kind]?.close();
      this.standing[kind] = connection;
      if (kind === "publish") {
        ["audio", "video"].forEach((kind) => this.replace(kind));
        this.carry(this.line);
      }
      else connection.arrived.forEach(([person, track]) => this.arrive(person, track));
    } else {
      return;
    }
    this.rising[kind] = null;
  }

  // Descriptions are applied one after the other; a failed one is replaced by a fresh connection.
  later(work) {
    this.chain = this.chain.then(work).catch((error) => {
      console.warn("the connection could not be negotiated", error);
      this.send({ type: "subscribe" });
    });
  }

  // Loss in the worse direction and delay since the last time this was asked, and the room there is on the way out, in bits a
  // second, where a picture is sent that can measure it.
  async quality() {
    const newest = (kind) => this.standing[kind] ?? this.rising[kind];
    const connections = [newest("publish"), newest("receive")].filter((connection) => connection);
    const live = connections.filter((connection) => connection.connectionState === "connected");
    const counted = { got: 0, missed: 0, sent: 0, lost: 0 };
    let [delay, room] = [0, null];
    for (const connection of live) {
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type === "inbound-rtp") {
          counted.got += entry.packetsReceived;
          counted.missed += Math.max(entry.packetsLost, 0);
        }
        if (entry.type === "outbound-rtp") counted.sent += entry.packetsSent;
        if (entry.type === "remote-inbound-rtp") counted.lost += Math.max(entry.packetsLost, 0);
        if (entry.type === "candidate-pair" && entry.nominated) {
          delay = Math.max(delay, entry.currentRoundTripTime ?? 0);
          if (connection === this.standing.publish && this.sendsPicture) room = entry.availableOutgoingBitrate ?? null;
        }
      }
    }
    const before = this.counted ?? counted;
    this.counted = counted;
    const since = (key) => Math.max(counted[key] - before[key], 0);
    const share = (lost, all) => (all > 0 ? Math.min(lost / all, 1) : 0);
    return {
      standing: live.length === connections.length && live.length > 0,
      loss: Math.max(share(since("missed"), since("got") + since("missed")), share(since("lost"), since("sent"))),
      delay,
      room,
    };
  }

  close() {
    for (const all of [this.standing, this.rising]) {
      Object.values(all).forEach((connection) => connection?.close());
    }
    this.standing = {};
    this.rising = {};
    this.streams.clear();
  }

  release() {
    this.released = true;
    this.close();
    this.own.getTracks().forEach((track) => track.stop());
  }
}
