// The queue: it keeps itself fresh without moving what somebody reads, says its times anew, and lets rows be ticked.
const queue = document.querySelector("[data-live]");
const body = queue.querySelector("tbody");
const said = queue.querySelector("[data-live-words]");
const foot = document.querySelector("[data-fresh]");

// -- times, as the server says them (brokerage/design/wording.py)
const MINUTE = 60_000;
const ahead = Date.parse(queue.dataset.now) - Date.now(); // of this computer's clock
const now = () => Date.now() + ahead;
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: queue.dataset.zone, year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

function there(instant) {
  const part = Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, value]));
  const day = new Date(Date.UTC(part.year, part.month - 1, part.day));
  return { day, clock: `${part.hour}:${part.minute}` };
}

function short(instant) {
  const { day, clock } = there(instant);
  const today = there(now()).day;
  const near = { "-1": "yesterday", 0: "today", 1: "tomorrow" }[(day - today) / (1440 * MINUTE)];
  const month = `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]}`;
  const far = day.getUTCFullYear() === today.getUTCFullYear() ? `${DAYS[day.getUTCDay()]} ${month}` : `${month} ${day.getUTCFullYear()}`;
  return `${near || far} ${clock}`;
}

function span(length) {
  const minutes = Math.floor(length / MINUTE);
  const of = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  if (minutes >= 2 * 1440) return of(Math.floor(minutes / 1440), "day");
  if (minutes >= 60) return of(Math.floor(minutes / 60), "hour");
  return minutes ? of(minutes, "minute") : "less than a minute";
}

function due(instant) {
  const left = instant - now();
  if (left < 0) return `missed by ${span(-left)}`;
  if (left < MINUTE) return "due now";
  return left <= 90 * MINUTE ? `in ${span(left)}` : short(instant);
}

let next;
function sayTimes() {
  let soonest = Infinity;
  let missed = 0;
  for (const time of queue.querySelectorAll("time[data-due]")) {
    const instant = Date.parse(time.dateTime);
    const left = instant - now();
    const words = due(instant);
    if (words !== time.textContent) time.textContent = words;
    if (left < 0 && !time.classList.contains("app-clock--late")) missed += 1;
    time.classList.toggle("app-clock--late", left < 0);
    time.classList.toggle("app-clock--soon", left >= 0 && left <= 60 * MINUTE);
    if (left >= 0) soonest = Math.min(soonest, left);
  }
  for (const time of queue.querySelectorAll("time[data-since]")) {
    const words = span(now() - Date.parse(time.dateTime));
    if (words !== time.textContent) time.textContent = words;
  }
  if (missed) say(missed === 1 ? "One case has just missed its time." : `${missed} cases have just missed their time.`);
  clearTimeout(next);
  next = setTimeout(sayTimes, Math.min(15_000, soonest + 50)); // at the very moment something is missed
}

// -- fresh rows
const EVERY = 5_000;
const LONGEST = 30_000;
let version = queue.dataset.version;
let freshAt = now();
let held = null; // rows as the server has them, while somebody is reading the ones there are
let asking = null;
let pause = EVERY;

function say(words, ...more) {
  said.replaceChildren(words, ...more);
}

const isBusy = () => body.matches(":hover") || body.contains(document.activeElement) || body.querySelector(":checked") || scrollY > 40;
const rowOf = (reference, where = body) => where.querySelector(`tr[data-case="${CSS.escape(reference)}"]`);

function take({ rows, counts }) {
  for (const [key, count] of Object.entries(counts)) {
    const badge = document.querySelector(`[data-count="${key}"]`);
    if (badge && badge.textContent !== count) badge.textContent = count;
  }
  const holder = document.createElement("template");
  holder.innerHTML = rows;
  const arrived = [...holder.content.querySelectorAll("tr")];
  if (!body) {
    if (arrived.length) tellOf(arrived, () => location.reload());
    return;
  }
  for (const row of body.rows) {
    const changed = rowOf(row.dataset.case, holder.content);
    row.classList.toggle("app-row--gone", !changed);
    if (changed) renew(row, changed);
  }
  held = arrived;
  settle();
}

// A cell at a time: what is ticked stays ticked, and what has the focus keeps it.
function renew(row, changed) {
  row.className = changed.className;
  [...changed.cells].forEach((cell, number) => {
    const here = row.cells[number];
    if (here.innerHTML !== cell.innerHTML && !here.contains(document.activeElement) && !here.querySelector("input")) here.innerHTML = cell.innerHTML;
  });
}

function settle() {
  if (!held) return;
  const fresh = held.filter((row) => !rowOf(row.dataset.case));
  const order = held.map((row) => row.dataset.case).join();
  if (!fresh.length && order === [...body.rows].map((row) => row.dataset.case).join()) {
    held = null;
  } else if (!isBusy()) {
    show();
    if (fresh.length) say(words(fresh));
  } else if (fresh.length) {
    tellOf(fresh, () => {
      show();
      say("");
      rowOf(fresh[0].dataset.case)?.querySelector("a").focus();
    });
  }
}

function words(fresh, where = "") {
  return `${fresh.length} new ${fresh.length === 1 ? "case" : "cases"}${where}`;
}

let told = "";
function tellOf(fresh, whenAsked) {
  const reading = body && (document.activeElement.closest("tr[data-case]") || [...body.rows].find((row) => row.getBoundingClientRect().bottom > 0));
  const place = reading ? held.findIndex((row) => row.dataset.case === reading.dataset.case) : -1;
  const above = held ? held.slice(0, Math.max(place, 0)).filter((row) => fresh.includes(row)).length : 0;
  const sentence = words(fresh, above === fresh.length ? " above" : "");
  if (sentence === told && said.firstChild) return;
  told = sentence;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "app-link-button";
  button.textContent = fresh.length === 1 ? "Show it" : "Show them";
  button.addEventListener("click", whenAsked);
  say(`${sentence}. `, button);
}

function show() {
  const rows = held.map((row) => rowOf(row.dataset.case) || row);
  held = null;
  told = "";
  body.replaceChildren(...rows);
  count();
  sayTimes();
}

async function ask() {
  clearTimeout(asking);
  if (document.hidden) return;
  try {
    const headers = { "If-None-Match": `"${version}"`, "X-By-Itself": "1" };
    const answer = await fetch(queue.dataset.live + location.search, { headers, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(8_000) });
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return signedOut();
    if (answer.status === 200) {
      take(await answer.json());
      version = answer.headers.get("ETag").replaceAll(/^W\/|"/g, "");
      sayTimes();
    } else if (answer.status !== 304) {
      throw new Error(answer.status);
    }
    freshAt = now();
    pause = EVERY;
    foot.textContent = "";
    if (body) settle();
  } catch {
    pause = Math.min(2 * pause, LONGEST);
    foot.textContent = `Not fresh since ${there(freshAt).clock}`;
  }
  asking = setTimeout(ask, pause);
}

function signedOut() {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = location.href;
  link.textContent = "Sign in to carry on";
  say("You have been signed out. ", link);
  foot.textContent = `Not fresh since ${there(freshAt).clock}`;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  sayTimes();
  ask();
});
sayTimes();
asking = setTimeout(ask, EVERY);

// -- ticking rows
const all = document.querySelector("[data-pick-all]");
const boxes = () => (body ? [...body.querySelectorAll("tr:not(.app-row--gone) input[name=case]")] : []);

function count() {
  const ticked = boxes().filter((box) => box.checked).length;
  for (const place of document.querySelectorAll("[data-picked]")) place.textContent = ticked ? `${ticked}` : "";
  for (const row of body?.rows || []) row.classList.toggle("app-row--picked", Boolean(row.querySelector(":checked")));
  if (all) {
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  }
}

// A tick in a row that has left the list since is taken out of the form, and not out of the reader's sight.
document.getElementById("picked").addEventListener("submit", () => {
  for (const box of body.querySelectorAll(".app-row--gone input")) box.checked = false;
});
body?.addEventListener("change", count);
if (all) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    count();
  });
}
count();

// -- keys: x ticks, a gives out or takes, ? explains
const keys = document.getElementById("keys");
const off = keys.querySelector("[data-keys-off]");
const help = document.querySelector("[data-keys-help]");
help.hidden = false;
help.addEventListener("click", () => keys.showModal());
off.checked = Boolean(localStorage.getItem("keys-off"));
off.addEventListener("change", () => (off.checked ? localStorage.setItem("keys-off", "1") : localStorage.removeItem("keys-off")));
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("select, textarea, [contenteditable], dialog, input:not([type=checkbox], [type=radio])");
  if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem("keys-off") || isTyping) return;
  const box = document.activeElement.closest("tr[data-case]")?.querySelector("input[name=case]");
  if (event.key === "?") keys.showModal();
  else if (event.key === "x" && box) {
    box.checked = !box.checked;
    count();
  } else if (event.key === "a") {
    const button = document.querySelector("button[form=picked][formaction]") || document.querySelector("button[form=picked]");
    if (!button) return;
    if (box && !boxes().some((each) => each.checked)) box.checked = true;
    if (boxes().some((each) => each.checked)) button.form.requestSubmit(button);
  }
});
