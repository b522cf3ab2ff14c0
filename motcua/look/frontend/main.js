// Everything here only adds ease: each page does its work without it.
import Alpine from "@alpinejs/csp";
import { Button, CharacterCount, Checkboxes, ErrorSummary, Radios, SkipLink, createAll } from "govuk-frontend";
import htmx from "htmx.org";
import { startKeys } from "./keys.js";
import { startCounter } from "./counter.js";
import "./scan.js";
import "./scans.js";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

// A row table with boxes: one box ticks all, with Shift a box ticks from the last one to itself, the bar
// tells how many are ticked.
Alpine.data("bulk", () => ({
  count: 0,
  last: null,
  init() { this.recount(); },
  boxes() { return [...this.$root.querySelectorAll("[data-bulk-row]")]; },
  recount() { this.count = this.boxes().filter((box) => box.checked).length; },
  all(event) {
    for (const box of this.boxes()) box.checked = event.target.checked;
    this.recount();
  },
  range(event) {
    const boxes = this.boxes();
    const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(event.target)];
    if (event.shiftKey && from >= 0)
      for (const box of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) box.checked = event.target.checked;
    this.last = event.target;
    this.recount();
  },
  get none() { return this.count === 0; },
}));

// Files chosen, with their sizes, before they are sent.
Alpine.data("upload", () => ({
  files: [],
  chosen(event) {
    this.files = [...event.target.files].map((file) => `${file.name} (${size(file.size)})`);
  },
}));

function size(bytes) {
  const mega = bytes / 1048576;
  return mega >= 1 ? `${mega.toFixed(1).replace(".", ",")} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

// A choice that acts at once (post switcher, sort): its button is for browsers without script.
function sendAtOnce(scope) {
  for (const control of scope.querySelectorAll("[data-send-at-once]")) {
    const button = control.form.querySelector("[data-plain-button]");
    if (button) button.hidden = true;
    control.addEventListener("change", () => control.form.requestSubmit());
  }
}

const CHARACTERS = {
  i18n: {
    charactersUnderLimit: { one: "Còn %{count} ký tự", other: "Còn %{count} ký tự" },
    charactersAtLimit: "Đã đủ số ký tự cho phép",
    charactersOverLimit: { one: "Thừa %{count} ký tự", other: "Thừa %{count} ký tự" },
    textareaDescription: { other: "Tối đa %{count} ký tự" },
  },
};

function start(scope) {
  createAll(Button, { preventDoubleClick: true }, scope);
  createAll(CharacterCount, CHARACTERS, scope);
  createAll(Checkboxes, undefined, scope);
  createAll(ErrorSummary, undefined, scope);
  createAll(Radios, undefined, scope);
  createAll(SkipLink, undefined, scope);
  sendAtOnce(scope);
  startCounter(scope);
}

// Alt and the letter of an access key does what browsers do by themselves, in all of them alike.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase();
  const wanted = letter && document.querySelector(`[accesskey="${letter}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  if (!wanted.matches("input:not([type=checkbox]), select, textarea")) wanted.click();
});

document.body.classList.add("js-enabled", "govuk-frontend-supported");
htmx.on("htmx:load", (event) => { if (event.detail.elt !== document.body) start(event.detail.elt); });
start(document);
startKeys();
Alpine.start();
