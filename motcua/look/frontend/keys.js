// The desk by the keyboard: "/" search, j k rows, x tick, g and a letter to a page, "?" the list of them.
// A row is its link: to go to it is to focus it, so a screen reader reads it and Enter opens it.
const OFF = "motcua.keys.off";
const list = () => document.querySelector("[data-keys]");
const rows = () => [...document.querySelectorAll("main tbody th[scope=row] a")].filter((a) => a.offsetParent);
let going = false;

function isOff() {
  try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
}

function setOff(off) {
  try { localStorage.setItem(OFF, off ? "1" : ""); } catch { /* a browser that keeps nothing */ }
}

function typing(target) {
  const field = target.closest("input, textarea, select, [contenteditable]");
  return Boolean(field) && !["checkbox", "radio"].includes(field.type);
}

function step(by) {
  const all = rows();
  const row = document.activeElement.closest("tr");
  const here = all.findIndex((link) => link.closest("tr") === row);
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
  if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
}

function tick() {
  const box = document.activeElement.closest("tr")?.querySelector("[data-bulk-row]");
  if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
}

const DO = {
  "/": () => document.querySelector("[data-search-box]")?.focus(),
  "?": () => list()?.showModal(),
  j: () => step(1),
  k: () => step(-1),
  x: tick,
  g: () => { going = true; setTimeout(() => { going = false; }, 1500); },
};

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || isOff() || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const link = going && list()?.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
  going = false;
  if (link) { event.preventDefault(); location.assign(link.href); return; }
  if (event.key !== "/" && !list()) return;
  const act = Object.hasOwn(DO, event.key) && DO[event.key];
  if (act) { event.preventDefault(); act(); }
}

export function startKeys() {
  document.addEventListener("keydown", pressed);
  const off = document.querySelector("[data-keys-off]");
  if (!off) return;
  const open = document.querySelector("[data-keys-open]");
  open.hidden = false;
  open.addEventListener("click", () => list().showModal());
  off.checked = isOff();
  off.addEventListener("change", () => setOff(off.checked));
}
