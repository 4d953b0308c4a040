// The queue by keys alone: j and k go from case to case, a letter or Enter follows the link that bears it.

const rows = [...document.querySelectorAll("[data-row]")];
const main = (row) => row.querySelector('[data-key="Enter"]');
const at = () => rows.findIndex((row) => row.contains(document.activeElement));

function go(to) {
  const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
  if (!row) return;
  main(row).focus();
  row.scrollIntoView({ block: "nearest" });
}

function types(target) {
  return target.closest("input, select, textarea, [contenteditable]");
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
  const here = at();
  if (event.key === "j") go(here + 1);
  else if (event.key === "k") go(here < 0 ? 0 : here - 1);
  else if (event.key === "?") {
    const keys = document.getElementById("keys");
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  } else if (here >= 0 && event.key.length === 1) {
    const link = rows[here].querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!link) return;
    link.click();
  } else return;
  event.preventDefault();
});
