// What somebody listens to where somebody interprets: all, the speakers, or the interpreter with the speakers softly or not at
// all. The room leaves out what is not listened to; how loud the rest is, the page says.

const KEPT = "heyi-channel";
const SOFT = 0.2;

const $ = (id) => document.getElementById(id);
const interprets = ({ kind }) => kind === "interpreter";

export class Channel {
  // send(request) speaks to the room.
  constructor({ send }) {
    this.send = send;
    this.select = $("room-channel");
    // Some phones let nobody but their own buttons say how loud it is.
    if (!fades()) this.select.querySelector("[value=faded]").remove();
    const kept = localStorage.getItem(KEPT);
    if ([...this.select.options].some(({ value }) => value === kept)) this.select.value = kept;
    this.select.addEventListener("change", () => {
      localStorage.setItem(KEPT, this.select.value);
      this.tell();
    });
  }

  tell() {
    this.send({ type: "channel", channel: this.select.value });
  }

  // There is nothing to choose where nobody interprets, and for whoever does.
  show({ people }, me) {
    const mine = people.find((person) => person.person === me);
    const there = people.some((person) => person.with_you && person.person !== me && interprets(person));
    $("room-listens").hidden = !there || !mine || interprets(mine);
  }
}

// How loud somebody is for me: 1 as they are, 0 where I do not listen to them.
export function loudness({ people }, me, speaker) {
  const channel = people.find((person) => person.person === me)?.channel;
  if (channel === "original") return interprets(speaker) ? 0 : 1;
  if (interprets(speaker)) return 1;
  return channel === "interpreter" ? 0 : channel === "faded" ? SOFT : 1;
}

// Who of those who could hear me listens to somebody else.
export function deaf({ people }, me, hearer) {
  const mine = people.find((person) => person.person === me);
  return mine !== undefined && loudness({ people }, hearer.person, mine) === 0;
}

function fades() {
  const probe = document.createElement("audio");
  probe.volume = 0.5;
  return probe.volume === 0.5;
}
