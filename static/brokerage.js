// Small conveniences for signed-in pages; everything works without them.
document.body.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});

// In a list of cases: j and k go down and up, enter opens, / goes to the search. Anybody may turn the keys off.
const isTyping = (target) => target.closest("select, textarea, [contenteditable], dialog, input:not([type=checkbox], [type=radio])");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem("keys-off") || isTyping(event.target)) return;
  const search = document.querySelector("[data-key='/']");
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "j" || event.key === "k") {
    const rows = [...document.querySelectorAll("[data-key-row]")];
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.closest("tr").contains(document.activeElement));
    rows[event.key === "j" ? Math.min(here + 1, rows.length - 1) : Math.max(here - 1, 0)].focus();
  }
});

// Seven days ticked at once.
for (const group of document.querySelectorAll(".app-days")) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const line = document.createElement("div");
  line.className = "app-pick";
  for (const [words, wanted] of [["Every day", () => true], ["Monday to Friday", (_, day) => day < 5], ["None", () => false]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", () => boxes.forEach((box, day) => { box.checked = wanted(box, day); }));
    line.append(button);
  }
  group.querySelector(".govuk-checkboxes").before(line);
}

// A question that follows from some answers of another waits until one of them is chosen.
for (const part of document.querySelectorAll("[data-shown-by]")) {
  const answers = part.dataset.shownFor.split(" ");
  const question = [...part.closest("form").querySelectorAll(`input[name="${part.dataset.shownBy}"]`)];
  const draw = () => { part.hidden = !question.some((each) => each.checked && answers.includes(each.value)); };
  question.forEach((each) => each.addEventListener("change", draw));
  draw();
}
