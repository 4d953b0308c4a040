// What scripts add to pages that work without them: the focus on what went wrong, and one sending a form.

const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}

// A page from the browser's memory may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A community's screen forgets whoever has gone away.
const end = document.documentElement.dataset.idle;
if (end) {
  let timer;
  const touched = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.assign(end), 90_000);
  };
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, touched, { passive: true });
  touched();
}

// One tap: the paper opens beside the page and is printed from there; without a window it opens as a link does.
for (const link of document.querySelectorAll("a[data-print]")) {
  link.addEventListener("click", (event) => {
    const paper = open(link.href);
    if (!paper) return;
    event.preventDefault();
    paper.addEventListener("load", () => paper.print());
  });
}
