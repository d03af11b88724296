// The ring-round desk: one key an outcome, a clock that says how long is left, and a list that keeps itself fresh.
// Everything works without it.
const EVERY = 5000;
const live = document.getElementById("desk-live");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input:not([type=radio]), select, textarea, [contenteditable]")) return;
  const pressed = document.querySelector(`[data-key-press="${CSS.escape(event.key)}"]`);
  if (pressed) {
    event.preventDefault();
    pressed.click();
    return;
  }
  // on a form of reasons, a number picks one
  const reasons = document.querySelectorAll("main form input[type=radio]");
  if (!live && reasons.length && /^[1-9]$/.test(event.key) && reasons[event.key - 1]) {
    event.preventDefault();
    reasons[event.key - 1].checked = true;
    reasons[event.key - 1].focus();
  }
});

// The first question of an outcome is ready to be written in.
if (!live) {
  const first = document.querySelector("main form .govuk-input, main form input[type=radio], main form textarea");
  if (first && !document.querySelector(".govuk-error-summary")) first.focus();
}

// The server's words stand until the next minute; the countdown only re-words them.
function count() {
  for (const left of document.querySelectorAll("[data-due]")) {
    const minutes = Math.floor((new Date(left.dataset.due) - Date.now()) / 60000);
    const words = (number) => (number === 1 ? "1 minute" : `${number} minutes`);
    const drawn = left.querySelector("time") || left;
    if (minutes >= 0 && minutes < 90) drawn.textContent = minutes ? `in ${words(minutes)}` : "due now";
    else if (minutes < 0 && minutes >= -90) drawn.textContent = `missed by ${words(-minutes)}`;
    left.closest(".app-timer").classList.toggle("app-timer--late", minutes < 0);
  }
}

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(live.dataset.live, {
      headers: { "If-None-Match": `"${live.dataset.stamp}"`, "X-Requested-With": "fetch" },
      cache: "no-store",
      redirect: "error",
    });
    if (answer.status !== 200) return;
    const focused = live.contains(document.activeElement) ? document.activeElement : null;
    const key = focused && focused.dataset.keyPress;
    const open = [...live.querySelectorAll("details[open]")].length > 0;
    live.innerHTML = await answer.text();
    live.dataset.stamp = (answer.headers.get("ETag") || "").replaceAll('"', "").replace(/^W\//, "");
    if (open) live.querySelectorAll("details").forEach((each) => { each.open = true; });
    if (key) { const again = live.querySelector(`[data-key-press="${key}"]`); if (again) again.focus(); }
    count();
  } catch {
    // away for a moment: the next one will say
  }
}

if (live) {
  count();
  setInterval(count, EVERY);
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
}
