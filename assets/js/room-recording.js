// Whether the session is recorded, told in every place; and the question whether it may be, answered beside the call.

import { Board } from "./room-board.js";

const $ = (id) => document.getElementById(id);

export class Recording extends Board {
  // A code that is being typed stays, and so does a no.
  refresh() {
    if (!this.place.querySelector("[data-step]")) this.load();
  }

  show(fresh) {
    this.place.replaceChildren(...fresh.childNodes);
    // Whoever is asked nothing, and cannot ask, sees nothing.
    $("room-asking").hidden = !this.place.querySelector("form, [data-step]");
  }
}

// What the room says of it; after it has stopped, that it has. Whether that is news.
export function recorded(now, word) {
  const line = $("room-recorded");
  const before = line.dataset.look ?? "off";
  if (now === before) return false;
  line.dataset.look = now;
  line.hidden = false;
  $("room-recorded-text").textContent = word(`recorded-${now}`);
  return true;
}
