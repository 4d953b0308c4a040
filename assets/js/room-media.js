// Sound and picture: one connection that publishes, one that receives. One that is lost looks for another way; when it does
// not stand again soon, or a new one does not stand within two and a half seconds, another rises beside it, and the first
// that stands goes on.

const WATCHDOG = 2500;
const MENDS_FOR = 1500;
const PICTURE = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 24 } };
const PICTURE_BITS = 500_000;
const SMALL_BITS = 120_000;
const SMALL_FRAMES = 10;
// Signs are small, but not slow.
const SIGNS_BITS = 250_000;
// What a browser says when a device cannot be had, in words of the page.
const TROUBLES = { NotAllowedError: "device-refused", NotFoundError: "device-missing", NotReadableError: "device-busy" };

// When something came over a connection last, as far as the browser tells.
async function lastHeard(connection) {
  const entries = [...(await connection.getStats()).values()];
  return Math.max(...entries.map(({ lastPacketReceivedTimestamp }) => lastPacketReceivedTimestamp ?? 0));
}

export class Media {
  // ice() says what connections are made with; send(request) speaks to the room; show(person, stream) gets what arrives;
  // trouble(word) says why a microphone or camera could not be had, and null that all is well again; changed() that one
  // went off by itself.
  constructor({ ice, send, show, trouble, changed }) {
    Object.assign(this, { ice, send, show, trouble, changed });
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
    this.chain = Promise.resolve();
    this.devices = Promise.resolve();
    this.line = { rung: "video", wanted: "large" };
    // Whoever only hears has nothing to publish; whoever interprets by signs must not be slowed down.
    this.hears = false;
    this.signs = false;
    this.streams = new Map();
  }

  get microphone() {
    return this.track("audio")?.enabled ?? false;
  }

  get camera() {
    return this.track("video") !== undefined;
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
      got.getTracks().forEach((track) => this.keep(track));
      return true;
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
    if (sender) await sender.replaceTrack(this.track(kind) ?? null);
  }

  // What the line carries and which picture the others can take: the rest is not even sent.
  carry({ rung, wanted = "large" }) {
    this.line = { rung, wanted };
    const senders = this.standing.publish?.senders;
    if (!senders) return;
    const small = rung === "small" || rung === "signs" || wanted === "small";
    const picture = this.takesPicture && wanted !== "none";
    this.encode(senders.audio, { active: rung !== "messages" && rung !== "phone" });
    this.encode(senders.video, {
      active: picture,
      maxBitrate: !small ? PICTURE_BITS : this.signs ? SIGNS_BITS : SMALL_BITS,
      scaleResolutionDownBy: small ? 2 : 1,
      maxFramerate: small && !this.signs ? SMALL_FRAMES : PICTURE.frameRate.max,
    });
  }

  get takesPicture() {
    return ["video", "small", "signs"].includes(this.line.rung);
  }

  get sendsPicture() {
    return this.camera && this.takesPicture && this.line.wanted !== "none";
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
    else if (this.standing[kind]) this.mend(kind);
  }

  again(kind) {
    if (kind === "publish") this.publish();
    else this.send({ type: "subscribe" });
  }

  // The connection looks for another way; when nothing comes over it soon, another rises beside it.
  async mend(kind) {
    const connection = this.standing[kind];
    const before = await lastHeard(connection);
    const mended = async () => {
      const gone = connection !== this.standing[kind] || this.rising[kind];
      if (!gone && (await lastHeard(connection)) <= before) this.again(kind);
    };
    setTimeout(mended, MENDS_FOR);
    connection.setConfiguration(this.ice());
    if (kind === "receive") return this.send({ type: "subscribe", restart: true });
    connection.restartIce();
    await this.offer(connection, true);
  }

  async offer(connection, restart) {
    this.generation += 1;
    connection.generation = this.generation;
    await connection.setLocalDescription();
    const { generation, localDescription } = connection;
    if (generation === this.generation) this.send({ type: "publish", generation, restart, sdp: localDescription.sdp });
  }

  publish() {
    // Whoever only hears has nothing to send.
    if (this.hears) return;
    const connection = new RTCPeerConnection(this.ice());
    const add = (kind, more) =>
      connection.addTransceiver(this.track(kind) ?? kind, { direction: "sendonly", streams: [this.own], ...more }).sender;
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
    this.close();
    this.own.getTracks().forEach((track) => track.stop());
  }
}
