// Before a session: do this browser, these devices and this network carry one? Tried for real, one after the other; in the end
// one sentence says what to do.

const WITHIN = 6000;
// Sent and sent back; a picture takes about half a megabit a second.
const PIECE = 32 * 1024;
const PIECES = 8;
const ENOUGH_FOR_PICTURE = 600_000;
const ENOUGH_FOR_SOUND = 60_000;

const $ = (id) => document.getElementById(id);
const page = $("room-test");
const ice = JSON.parse(page.dataset.ice);
const WAYS = { "relay-udp": /^turn:[^?]*(\?transport=udp)?$/, "relay-tcp": /^turn:.*\?transport=tcp$/, "relay-tls": /^turns:/ };

const inTime = (work) =>
  Promise.race([work, new Promise((_, fail) => setTimeout(() => fail(new Error("too late")), WITHIN))]);

function browser() {
  return "RTCPeerConnection" in window && "WebSocket" in window && navigator.mediaDevices?.getUserMedia !== undefined;
}

async function device(kind) {
  const got = await navigator.mediaDevices.getUserMedia({ [kind]: true });
  const live = got.getTracks().some((track) => track.readyState === "live");
  got.getTracks().forEach((track) => track.stop());
  return live;
}

// How many bits a second go to the platform and come back.
function socket() {
  const line = new WebSocket(location.origin.replace(/^http/, "ws") + page.dataset.socket);
  line.binaryType = "arraybuffer";
  const measured = new Promise((done, fail) => {
    let [begun, back] = [0, 0];
    line.onopen = () => {
      begun = performance.now();
      for (let piece = 0; piece < PIECES; piece += 1) line.send(new Uint8Array(PIECE));
    };
    line.onmessage = ({ data }) => {
      back += data.byteLength;
      if (back === PIECE * PIECES) done((back * 8 * 1000) / Math.max(performance.now() - begun, 1));
    };
    line.onclose = () => fail(new Error("closed"));
  });
  return inTime(measured).finally(() => line.close());
}

// A connection to the rooms' own port, by itself.
async function direct() {
  const connection = new RTCPeerConnection();
  try {
    connection.addTransceiver("audio", { direction: "sendonly" });
    await connection.setLocalDescription();
    const answer = await inTime(
      fetch(page.dataset.connection, {
        method: "POST",
        headers: { "x-csrf-token": page.dataset.csrf, accept: "application/json" },
        body: new URLSearchParams({ sdp: connection.localDescription.sdp }),
        credentials: "same-origin",
      }),
    );
    if (!answer.ok) return false;
    const stands = new Promise((done) => {
      connection.onconnectionstatechange = () => connection.connectionState === "connected" && done(true);
    });
    await connection.setRemoteDescription({ type: "answer", sdp: (await answer.json()).sdp });
    return await inTime(stands);
  } finally {
    connection.close();
  }
}

// Whether a relay gives a place; none where no relay speaks this way.
async function relay(way) {
  const servers = ice.iceServers
    .map((server) => ({ ...server, urls: server.urls.filter((url) => WAYS[way].test(url)) }))
    .filter(({ urls }) => urls.length > 0);
  if (servers.length === 0) return null;
  const connection = new RTCPeerConnection({ iceServers: servers, iceTransportPolicy: "relay" });
  try {
    const placed = new Promise((done) => {
      connection.onicecandidate = ({ candidate }) => candidate?.candidate.includes(" typ relay") && done(true);
    });
    connection.createDataChannel("");
    await connection.setLocalDescription();
    return await inTime(placed);
  } finally {
    connection.close();
  }
}

const CHECKS = {
  browser,
  microphone: () => device("audio"),
  camera: () => device("video"),
  socket,
  direct,
  "relay-udp": () => relay("relay-udp"),
  "relay-tcp": () => relay("relay-tcp"),
  "relay-tls": () => relay("relay-tls"),
};

// The one sentence, by what matters most.
function advice(found) {
  const only = ice.iceTransportPolicy === "relay";
  const detour = Object.keys(WAYS).some((way) => found[way]);
  if (!found.browser) return "browser";
  if (!found.socket) return "socket";
  if (!(found.direct && !only) && !detour) return "blocked";
  if (found.socket < ENOUGH_FOR_SOUND) return "slow";
  if (!found.microphone) return "microphone";
  if (found.socket < ENOUGH_FOR_PICTURE) return "sound";
  if (!found.direct || only) return "detour";
  return found.camera ? "fine" : "camera";
}

function show(name, state) {
  const row = page.querySelector(`[data-check="${name}"]`);
  row.hidden = state === null;
  row.dataset.look = state ?? "";
  row.querySelector("[data-state]").textContent = page.querySelector(`[data-word="${state ?? "bad"}"]`).textContent;
}

async function run() {
  $("room-test-begin").disabled = true;
  $("room-test-advice").hidden = true;
  const found = {};
  for (const [name, check] of Object.entries(CHECKS)) {
    show(name, "checking");
    try {
      found[name] = found.browser === false ? false : await check();
    } catch (error) {
      console.warn(name, error);
      found[name] = false;
    }
    show(name, found[name] === null ? null : found[name] ? "good" : "bad");
  }
  const said = advice(found);
  const sentence = $("room-test-advice");
  sentence.textContent = page.querySelector(`[data-advice="${said}"]`).textContent;
  sentence.dataset.said = said;
  sentence.classList.toggle("care", said !== "fine");
  sentence.hidden = false;
  $("room-test-begin").disabled = false;
  $("room-test-begin").textContent = page.querySelector('[data-word="again"]').textContent;
}

$("room-test-begin").addEventListener("click", run);
$("room-test-begin").disabled = false;
