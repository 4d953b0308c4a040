// Writes where the phone is into the field of the place, for whoever asks it to; words do as well.

class SpotPlace extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[data-here]");
    if (!navigator.geolocation) return;
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.ask());
  }

  ask() {
    const options = { enableHighAccuracy: true, timeout: 15_000 };
    navigator.geolocation.getCurrentPosition((here) => this.fill(here.coords), () => this.fail(), options);
  }

  fill({ latitude, longitude, accuracy }) {
    const field = this.querySelector("input");
    const here = `${latitude.toFixed(5)}, ${longitude.toFixed(5)} (±${Math.round(accuracy)} m)`;
    field.value = field.value ? `${field.value} ${here}` : here;
  }

  fail() {
    this.querySelector("[data-state]").textContent = this.dataset.failed;
  }
}

customElements.define("spot-place", SpotPlace);
