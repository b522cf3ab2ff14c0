// A bar-code scanner types like a keyboard, only faster, and ends with Enter. Whatever has the focus, what
// it read goes to the field for codes of the page (data-scan), else to the search box; never into a text
// that somebody is writing.
const FASTEST = 35; // milliseconds between two keys that no hand keeps up
const SHORTEST = 8; // fewer characters are nobody's code

let read = "";
let last = 0;
let began = null; // the field that had the focus when the burst began, and what stood in it

function place() {
  return document.querySelector("[data-scan]") || document.querySelector("[data-search-box]");
}

function own(element) {
  // Fields that are for codes anyway take what is scanned as it comes.
  return element.matches?.("[data-scan], [data-search-box], [name=identity], [name=shown]");
}

function forget() {
  read = "";
  began = null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || own(event.target)) return forget();
  const now = event.timeStamp;
  if (now - last > FASTEST) forget();
  last = now;
  if (event.key.length === 1) {
    if (!read) began = { field: event.target, value: event.target.value };
    read += event.key;
    return;
  }
  if (event.key !== "Enter" || read.length < SHORTEST) return event.key === "Shift" ? undefined : forget();
  const field = place();
  if (!field) return forget();
  event.preventDefault();
  event.stopImmediatePropagation();
  if (began.value !== undefined && "value" in began.field) began.field.value = began.value;
  field.value = read;
  forget();
  field.focus();
  field.form.requestSubmit();
}, true);

// A code on a list ticks its row where the list is on the page; the page need not be fetched again.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-scan-form]")) return;
  const field = event.target.querySelector("[data-scan]");
  const code = meant(field.value);
  const box = [...document.querySelectorAll("[data-scan-list] [data-code]")].find((one) => one.dataset.code === code);
  if (!box) return;
  event.preventDefault();
  box.checked = true;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  box.closest("tr").scrollIntoView({ block: "center" });
  field.value = "";
  field.focus();
  const said = document.querySelector("[data-scan-said]");
  if (said) { said.className = ""; said.textContent = `Đã đánh dấu ${code}.`; }
});

function meant(text) {
  const typed = text.trim();
  if (!/^https?:\/\//.test(typed)) return typed.toUpperCase();
  try { return (new URL(typed).searchParams.get("ma") || typed).toUpperCase(); } catch { return typed; }
}
