// Drawing a signature with a finger, a pen or a mouse. Without this script one types one's name.

const MOST_POINTS = 4000;

class SignaturePad extends HTMLElement {
  connectedCallback() {
    this.draw = this.querySelector("[data-draw]");
    this.typed = this.querySelector("[data-typed]");
    this.canvas = this.querySelector("canvas");
    this.way = this.querySelector("input[name=way]");
    this.field = this.querySelector("input[name=strokes]");
    if (!this.canvas || !this.canvas.getContext) return;
    this.strokes = this.kept();
    this.querySelector("[data-clear]").addEventListener("click", () => this.clear());
    this.querySelector("[data-type]").addEventListener("click", () => this.choose("typed"));
    const back = this.querySelector("[data-draw-instead]");
    back.hidden = false;
    back.addEventListener("click", () => this.choose("draw"));
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => this.end());
    const typing = this.way.value === "typed" && this.querySelector("input[name=typed]").value !== "";
    this.show(typing ? "typed" : "draw");
    this.paint();
  }

  kept() {
    try {
      const strokes = JSON.parse(this.field.value || "[]");
      return Array.isArray(strokes) ? strokes : [];
    } catch {
      return [];
    }
  }

  choose(way) {
    this.show(way);
    (way === "typed" ? this.querySelector("input[name=typed]") : this.canvas).focus();
  }

  show(way) {
    this.way.value = way;
    this.draw.hidden = way !== "draw";
    this.typed.hidden = way === "draw";
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) * this.canvas.width) / box.width;
    const y = ((event.clientY - box.top) * this.canvas.height) / box.height;
    return [Math.round(x), Math.round(y)];
  }

  begin(event) {
    if (!event.isPrimary) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.line = [this.point(event)];
    this.strokes.push(this.line);
    this.paint();
  }

  move(event) {
    if (!this.line || !event.isPrimary) return;
    event.preventDefault();
    const points = this.strokes.reduce((sum, line) => sum + line.length, 0);
    if (points >= MOST_POINTS) return;
    const [x, y] = this.point(event);
    const [lastX, lastY] = this.line[this.line.length - 1];
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < 2) return;
    this.line.push([x, y]);
    this.paint();
  }

  end() {
    this.line = null;
    this.field.value = this.strokes.length ? JSON.stringify(this.strokes) : "";
  }

  clear() {
    this.strokes = [];
    this.end();
    this.paint();
  }

  paint() {
    const ink = this.canvas.getContext("2d");
    ink.clearRect(0, 0, this.canvas.width, this.canvas.height);
    ink.lineWidth = 4;
    ink.lineCap = "round";
    ink.lineJoin = "round";
    ink.strokeStyle = "#1c2730";
    for (const line of this.strokes) {
      ink.beginPath();
      line.forEach(([x, y], at) => (at ? ink.lineTo(x, y) : ink.moveTo(x, y)));
      ink.stroke();
    }
  }
}

customElements.define("signature-pad", SignaturePad);
