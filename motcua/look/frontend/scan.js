// A bar-code scanner types like a keyboard, only faster, and ends with Enter. Whatever has the focus, what
// it read goes to where codes belong: the field of the page that reads codes (data-scan), else the number
// of a person, else the search box; never into a text that somebody is writing, and no page is left while
// something is written on it.
const FASTEST = 60; // milliseconds between two keys that no hand keeps up for long
const SHORTEST = 8; // fewer characters are nobody's code
const SLIP = 2; // so many keys a hand may strike at once

let read = "";
let last = 0;
let began = null; // the field that had the focus when the burst began, and what stood in it

const OWN = "[data-scan], [data-search-box], [name=identity], [name=shown]";

function forget() {
  read = "";
  began = null;
}

function written() {
  return [...document.querySelectorAll("main input, main textarea")].some(
    (field) => !["hidden", "checkbox", "radio"].includes(field.type) && !field.matches(OWN) && field.value !== field.defaultValue,
  );
}

// Scanners stand at the desk and at what is made for one; elsewhere who types fast is a person.
const AT_DESK = document.body.matches(".mc-desk") || document.querySelector("[data-scan]") !== null;

function receiver() {
  const number = document.querySelector("main [name=identity], main [name=shown]");
  const field = document.querySelector("[data-scan]") || number || document.querySelector("[data-search-box]");
  return { number, field };
}

function give(code, { number, field }) {
  field.value = code;
  field.focus();
  if (field === number) field.dispatchEvent(new Event("change", { bubbles: true }));
  const asks = field !== number || field.form.hasAttribute("data-scan-asks");
  if (asks && (field.matches("[data-scan]") || !written())) field.form.requestSubmit();
}

document.addEventListener("keydown", (event) => {
  if (!AT_DESK || event.repeat || event.target.type === "password") return forget();
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches?.(OWN)) return forget();
  if (event.timeStamp - last > FASTEST) forget();
  last = event.timeStamp;
  if (event.key.length === 1) {
    if (!read) began = { field: event.target, value: event.target.value };
    read += event.key;
    // What a scanner reads is no shortcut: a card's "gh" does not go to another page.
    if (read.length > SLIP) event.stopImmediatePropagation();
    return undefined;
  }
  if (event.key === "Shift") return undefined;
  if (event.key !== "Enter" || read.length < SHORTEST) return forget();
  const { field, value } = began;
  const [code, place] = [read, receiver()];
  forget();
  if (!place.field) return undefined;
  if (value !== undefined) field.value = value;
  give(code, place);
  event.preventDefault();
  event.stopImmediatePropagation();
  return undefined;
}, true);

// A code on a list ticks its row where the list is on the page; the page need not be fetched again.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-scan-form]")) return;
  const boxes = [...document.querySelectorAll("[data-scan-list] [data-code]")];
  const field = event.target.querySelector("[data-scan]");
  const code = meant(field.value);
  const box = boxes.find((one) => one.dataset.code === code);
  const said = document.querySelector("[data-scan-said]");
  event.preventDefault();
  field.value = "";
  field.focus();
  if (!code) return;
  said.className = box ? "" : "govuk-error-message";
  said.textContent = box ? `Đã đánh dấu ${code}.` : `Mã ${code} không có trong danh sách này.`;
  if (!box) return;
  box.checked = true;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  box.closest("tr").scrollIntoView({ block: "center" });
});

function meant(text) {
  const typed = text.trim();
  if (!/^https?:\/\//.test(typed)) return typed.toUpperCase();
  try { return (new URL(typed).searchParams.get("ma") || typed).toUpperCase(); } catch { return typed; }
}
