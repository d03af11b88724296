// The weekly timetable: the totals as one types, and "same every day" at once. Without this the server does both.
const week = document.querySelector("[data-week]");

const minutesOf = (text) => {
  const typed = text.trim().toLowerCase();
  let found;
  if ((found = /^(\d+(?:\.\d+)?)\s*h(?:ou)?r?s?\.?(?:\s*(?:and\s*)?(\d{1,2})\s*(?:m\w*)?)?$/.exec(typed))) return Math.round(found[1] * 60) + Number(found[2] || 0);
  if ((found = /^(\d{1,2}):(\d{2})$/.exec(typed))) return found[1] * 60 + Number(found[2]);
  if ((found = /^(\d+\.\d+)$/.exec(typed))) return Math.round(found[1] * 60);
  if ((found = /^(\d+)\s*(?:m|mins?|minutes?)?\.?$/.exec(typed))) return Number(found[1]);
  return 0;
};
const hours = (minutes) => String(Math.round(minutes / 0.6) / 100);
const chosen = (row, name) => row.querySelector(`[data-${name}]`).value;
const rows = () => [...week.querySelectorAll("[data-row]")].map((row) => ({
  row,
  term: chosen(row, "term-of"),
  weeks: chosen(row, "weeks-of"),
  carers: Number(chosen(row, "how-many")),
  days: [...row.querySelectorAll("[data-length]")].map((box) => minutesOf(box.value)),
}));

const write = (cell, contact, carers) => {
  cell.querySelector("[data-contact]").textContent = hours(contact);
  cell.querySelector("[data-carers]").textContent = carers === contact ? "" : `${hours(carers)} carer hours`;
};

const draw = () => {
  const all = rows();
  const seasons = all.some((each) => each.term !== "both") ? ["term", "holidays"] : ["both"];
  const turns = all.some((each) => each.weeks !== "every") ? ["odd", "even"] : ["every"];
  for (const line of week.querySelectorAll("[data-total]")) {
    const { term, weeks } = line.dataset;
    line.hidden = !(seasons.includes(term) && turns.includes(weeks));
    const counted = all.filter((each) => ["both", term].includes(each.term) && ["every", weeks].includes(each.weeks));
    const cells = [...line.querySelectorAll("td")];
    let contactInAll = 0;
    let carersInAll = 0;
    for (let day = 0; day < 7; day += 1) {
      const contact = counted.reduce((sum, each) => sum + each.days[day], 0);
      const carers = counted.reduce((sum, each) => sum + each.days[day] * each.carers, 0);
      write(cells[day], contact, carers);
      contactInAll += contact;
      carersInAll += carers;
    }
    write(cells[7], contactInAll, carersInAll);
  }
  const average = (each) => each.days.reduce((sum, minutes) => sum + minutes, 0) * each.carers * (each.weeks === "every" ? 1 : 0.5);
  const of = (term) => all.filter((each) => each.term === term).reduce((sum, each) => sum + average(each), 0);
  document.querySelector("[data-hours]").textContent = (Math.round((of("both") + Math.max(of("term"), of("holidays"))) / 0.6) / 100).toFixed(2);
  for (const { row, days } of all) {
    const minutes = days.reduce((sum, each) => sum + each, 0);
    row.querySelector("[data-sum]").textContent = minutes ? `${hours(minutes)} h` : "";
  }
};

if (week) {
  week.addEventListener("input", draw);
  week.addEventListener("change", draw);
  week.addEventListener("click", (event) => {
    const button = event.target.closest("[data-same]");
    if (!button) return;
    event.preventDefault();
    const boxes = [...button.closest("[data-row]").querySelectorAll("[data-length]")];
    const first = boxes.find((box) => box.value.trim());
    if (first) for (const box of boxes) box.value = first.value;
    draw();
  });
  draw();
}
