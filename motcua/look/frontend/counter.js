// The queue: slips that print, the screen that flashes and speaks, keys of the window. All works without.
const said = new Set();
let first = true;

function speak(text) {
  const speech = window.speechSynthesis;
  if (!speech || localStorage.getItem("mc-speak") !== "1") return;
  const words = new SpeechSynthesisUtterance(text);
  words.lang = "vi-VN";
  words.rate = 0.9;
  words.voice = speech.getVoices().find((voice) => voice.lang.startsWith("vi")) || null;
  speech.speak(words);
}

function calls(scope) {
  for (const call of scope.querySelectorAll("[data-call]")) {
    if (said.has(call.dataset.call)) continue;
    said.add(call.dataset.call);
    if (first) continue;
    call.classList.add("mc-screen--new");
    speak(call.dataset.say);
  }
  first = false;
}

function tools(scope) {
  for (const button of scope.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of scope.querySelectorAll("[data-full-screen]")) {
    button.hidden = !document.fullscreenEnabled;
    button.addEventListener("click", () => document.documentElement.requestFullscreen());
  }
  for (const button of scope.querySelectorAll("[data-speak]")) {
    button.hidden = !window.speechSynthesis;
    button.setAttribute("aria-pressed", localStorage.getItem("mc-speak") === "1");
    button.addEventListener("click", () => {
      const on = localStorage.getItem("mc-speak") !== "1";
      localStorage.setItem("mc-speak", on ? "1" : "0");
      button.setAttribute("aria-pressed", on);
      if (on) speak("Đã bật đọc số");
    });
  }
}

// One letter does what the button that names it does: not while somebody writes, not for what a scanner
// types in one breath, not after "g", which leads to another page.
const BREATH = 90;
let last = { key: "", at: 0 };
let pending = 0;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  clearTimeout(pending);
  const before = last;
  last = { key: event.key, at: event.timeStamp };
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (before.key === "g" || event.timeStamp - before.at < BREATH) return;
  const button = document.querySelector(`[data-queue-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button) pending = setTimeout(() => button.click(), BREATH);
});

export function startCounter(scope) {
  tools(scope);
  if (document.querySelector("[data-screen]")) calls(scope);
  if (scope.querySelector("[data-print-at-once]")) window.print();
}
