// The door before the call: how one looks and sounds, tried before anybody hears or sees it.

const HEARD_AT = 0.3;
// A sixth of a second at 48 kHz: a word is caught by a phone that draws six pictures a second, too.
const SAMPLES = 8192;
const TONES = [523, 659, 784];

const $ = (id) => document.getElementById(id);
const audio = () => new (window.AudioContext ?? window.webkitAudioContext)();

// How loud a stream is: level(0..1) at every frame of the screen.
class Loudness {
  follow(stream, level) {
    this.stop();
    this.context = audio();
    const analyser = this.context.createAnalyser();
    analyser.fftSize = SAMPLES;
    this.context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const look = () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      // From 60 decibels below the loudest.
      level(Math.max(0, 1 + Math.log10(power + 1e-12) / 6));
      this.frame = requestAnimationFrame(look);
    };
    look();
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.context?.close();
    this.context = null;
  }
}

export class Door {
  // word(key) gives a text; enter() leads in, with what is on.
  constructor({ media, word, enter }) {
    Object.assign(this, { media, word, enter });
    this.loudness = new Loudness();
    this.at("room-try-microphone", () => this.microphone(!media.microphone));
    this.at("room-try-camera", () => this.camera(!media.camera));
    this.at("room-try-speaker", () => this.speak());
    this.at("room-try-again", () => this.microphone(true));
    this.at("room-enter-in", () => this.in());
    this.at("room-enter-listen", () => this.listen());
    for (const kind of ["audio", "video"]) {
      $(`room-pick-${kind}`).addEventListener("change", ({ target }) => this.pick(kind, target.value));
    }
    navigator.mediaDevices?.addEventListener("devicechange", () => this.show());
    this.show();
  }

  at(id, act) {
    $(id).addEventListener("click", act);
  }

  async microphone(on) {
    this.told(null);
    await this.media.setMicrophone(on);
    this.show();
    return this.media.microphone === on;
  }

  async camera(on) {
    this.told(null);
    await this.media.setCamera(on);
    this.show();
  }

  async pick(kind, device) {
    await this.media.choose(kind, device);
    if (kind === "audio") this.loudness.stop();
    this.show();
  }

  // Whoever goes in is heard there, unless they say that they only listen: nobody is to talk to a deaf room.
  async in() {
    this.busy(true);
    if (this.media.microphone || (await this.microphone(true))) return this.leave();
    this.busy(false);
  }

  async listen() {
    this.busy(true);
    await this.media.setMicrophone(false);
    this.leave();
  }

  leave() {
    this.loudness.stop();
    $("room-mirror").querySelector("video").srcObject = null;
    this.left = true;
    this.enter();
  }

  busy(on) {
    $("room-enter").querySelectorAll("button").forEach((button) => (button.disabled = on));
  }

  show() {
    if (this.left) return;
    const { microphone, camera, own } = this.media;
    for (const [kind, on] of [["microphone", microphone], ["camera", camera]]) {
      const button = $(`room-try-${kind}`);
      button.setAttribute("aria-pressed", String(on));
      button.textContent = this.word(`${kind}-${on ? "on" : "off"}`);
    }
    const mirror = $("room-mirror");
    const video = mirror.querySelector("video");
    if (camera && video.srcObject !== own) video.srcObject = own;
    mirror.classList.toggle("dark", !camera);
    mirror.querySelector(".signs").hidden = camera;
    this.level(microphone, own);
    this.devices();
  }

  level(on, stream) {
    const meter = $("room-level");
    meter.hidden = !on;
    if (!on) {
      this.loudness.stop();
      this.heard(null);
      return;
    }
    if (this.loudness.context) return;
    this.heard("level-quiet");
    this.loudness.follow(stream, (level) => {
      meter.value = level;
      if (level > HEARD_AT) this.heard("level-heard");
    });
  }

  heard(key) {
    const line = $("room-level-text");
    line.dataset.look = key ?? "";
    line.textContent = key ? this.word(key) : "";
  }

  // Three tones that rise, so that a crackle is not taken for them.
  speak() {
    const context = audio();
    $("room-speaker-text").textContent = this.word("speaker");
    TONES.forEach((pitch, index) => {
      const tone = context.createOscillator();
      const loud = context.createGain();
      const from = context.currentTime + 0.1 + index * 0.35;
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0, from);
      loud.gain.linearRampToValueAtTime(0.3, from + 0.03);
      loud.gain.linearRampToValueAtTime(0, from + 0.3);
      tone.connect(loud).connect(context.destination);
      tone.start(from);
      tone.stop(from + 0.3);
      if (index === TONES.length - 1) tone.onended = () => context.close();
    });
  }

  // Which one, where there are several; browsers name them once one was allowed.
  async devices() {
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    for (const kind of ["audio", "video"]) {
      const named = all.filter((device) => device.kind === `${kind}input` && device.label);
      const select = $(`room-pick-${kind}`);
      select.parentElement.hidden = named.length < 2;
      const used = this.media.track(kind)?.getSettings().deviceId ?? select.value;
      const listed = JSON.stringify([used, ...named.map((device) => device.deviceId)]);
      // A list in which somebody is just picking is left alone.
      if (listed === select.dataset.listed) continue;
      select.dataset.listed = listed;
      select.replaceChildren(...named.map(({ deviceId, label }) => new Option(label, deviceId)));
      if (used) select.value = used;
    }
  }

  // What went wrong with a device, and where it is allowed on a phone like this one; null takes both away.
  told(trouble) {
    const line = $("room-trouble");
    line.hidden = !trouble;
    line.textContent = trouble ? this.word(trouble) : "";
    const help = $("room-help");
    help.hidden = trouble !== "device-refused" && trouble !== "device-none";
    for (const section of help.querySelectorAll("[data-help]")) section.hidden = section.dataset.help !== platform();
    if (trouble) line.scrollIntoView({ block: "nearest" });
  }
}

// Which of the four pictured ways leads to the permission.
function platform() {
  const agent = navigator.userAgent;
  if (/MicroMessenger/i.test(agent)) return "wechat";
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1)) return "ios";
  return /Android|HarmonyOS/i.test(agent) ? "android" : "computer";
}
