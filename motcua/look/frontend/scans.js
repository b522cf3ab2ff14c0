// Papers: keys in the viewer, turning a picture before a copy is made, a phone that sends what it took.
const TRIES = 6;

// ← → turn the pages of a file.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const way = { ArrowLeft: "[data-previous]", ArrowRight: "[data-next]" }[event.key];
  const link = way && document.querySelector(way);
  if (link) { event.preventDefault(); link.click(); }
});

// A turn chosen shows at once; the original stays as it is.
document.addEventListener("change", (event) => {
  const choice = event.target.closest("[data-turns]");
  if (!choice) return;
  const picture = document.querySelector(`[data-turned="${choice.dataset.turns}"]`);
  if (picture) picture.src = `${picture.src.split("?")[0]}?xoay=${choice.value}`;
});

function name() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function wait(seconds) {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}

// One picture: sent again while the network or the server fails, under the same name, so it comes in once.
async function send(form, file, picture, tell) {
  for (let n = 1; n <= TRIES; n += 1) {
    tell(n === 1 ? "đang gửi…" : `gửi lại lần ${n}…`);
    try {
      const data = new FormData(form);
      data.delete("anh");
      data.append("so", picture);
      data.append("anh", file, file.name || "anh.jpg");
      const answer = await fetch(form.action || location.href, { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (answer.ok) return tell("đã gửi", "good");
      if (answer.status === 413) return tell("ảnh quá lớn, hãy chụp ở cỡ nhỏ hơn", "bad");
      if (answer.status < 500) {
        const said = await answer.json().catch(() => ({}));
        return tell(said.wrong || "chưa gửi được", "bad");
      }
    } catch { /* no network: try again */ }
    await wait(Math.min(2 ** n, 20));
  }
  return tell("chưa gửi được", "again");
}

function phone(form) {
  const list = document.querySelector("[data-phone-list]");
  const input = form.querySelector("input[type=file]");
  form.querySelector("[data-plain-send]").hidden = true;
  let queue = Promise.resolve();
  input.addEventListener("change", () => {
    for (const file of [...input.files]) {
      const row = document.createElement("li");
      const picture = name();
      list.append(row);
      const tell = (text, state = "") => {
        row.textContent = `${file.name || "Ảnh"}: ${text}`;
        row.dataset.state = state;
        if (state !== "again") return;
        const again = document.createElement("button");
        again.type = "button";
        again.className = "govuk-button govuk-button--secondary govuk-button--small";
        again.textContent = "Gửi lại";
        again.addEventListener("click", () => { queue = queue.then(() => send(form, file, picture, tell)); });
        row.append(" ", again);
      };
      tell("chờ gửi");
      queue = queue.then(() => send(form, file, picture, tell));
    }
    input.value = "";
  });
}

for (const form of document.querySelectorAll("[data-phone]")) phone(form);
