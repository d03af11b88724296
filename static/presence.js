// Says every half minute that this case is still on the screen, and shows who else has it open.
const list = document.querySelector("[data-here]");

async function say() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(list.dataset.here, { method: "POST", headers: { "X-CSRFToken": list.dataset.token } });
    if (!answer.ok) return;
    const words = (await answer.text()).trim();
    if (words !== list.innerHTML.trim()) list.innerHTML = words;
  } catch { /* the next time */ }
}

if (list) {
  setInterval(say, 30000);
  document.addEventListener("visibilitychange", say);
}
