// Plays what was recorded of several people together: each begins when it began then.

class RecordingPlayer extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[data-all]");
    this.films = [...this.querySelectorAll("video, audio")];
    if (!this.button || this.films.length < 2) return;
    this.label = this.button.textContent;
    this.button.hidden = false;
    this.button.addEventListener("click", () => (this.clock ? this.stop() : this.play()));
    this.at = 0;
  }

  play() {
    this.button.textContent = this.button.dataset.stop;
    this.films.filter((film) => film.ended).forEach((film) => (film.currentTime = Math.max(0, this.at - Number(film.dataset.after) / 1000)));
    const began = performance.now() - this.at * 1000;
    this.clock = setInterval(() => {
      this.at = (performance.now() - began) / 1000;
      this.films.forEach((film) => this.keep(film));
      if (this.films.every((film) => film.ended)) this.stop(true);
    }, 200);
  }

  // Where a film has to be now; a small drift is left alone.
  keep(film) {
    const due = this.at - Number(film.dataset.after) / 1000;
    if (due < 0 || film.ended) return;
    if (Math.abs(film.currentTime - due) > 0.5) film.currentTime = due;
    if (film.paused && !(due >= film.duration)) film.play().catch(() => this.stop());
  }

  stop(over = false) {
    clearInterval(this.clock);
    this.clock = null;
    if (over) this.at = 0;
    this.button.textContent = this.label;
    this.films.forEach((film) => film.pause());
  }
}

customElements.define("recording-player", RecordingPlayer);
