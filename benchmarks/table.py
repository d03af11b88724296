"""The rows of docs/scale.md: what was measured, what it stands beside, what we aim at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    goal: str  # its number in the list of goals
    what: str
    key: str
    unit: str
    aim: str
    most: float | None = None  # at most this; a negative one: at least
    floor: str = ""


ROWS = (
    Row("P1", "Queue page, one after another", "queue p50", "ms", "p50 10 ms", 10, "floor page p50"),
    Row("P1", "… statements", "queue sql", "", "6", 6),
    Row(
        "P1",
        "… processor time a page",
        "queue cpu",
        "ms",
        "2.5 times the page put together by hand",
        None,
        "floor page cpu",
    ),
    Row("P3", "8 at once: p95", "queue8 p95", "ms", "50 ms", 50, "floor8 p95"),
    Row(
        "P3",
        "8 at once: pages a second",
        "queue8 per second",
        "/s",
        "200, and 30% of the floor",
        -200,
        "floor8 per second",
    ),
    Row("P4", "A case", "case p50", "ms", "p50 12 ms", 12, "floor page p50"),
    Row("P4", "… statements", "case sql", "", "8", 8),
    Row("P5", "Submit a referral: clocks, audit, letters", "submit", "ms", "8 ms", 8),
    Row("P5", "… statements", "submit sql", "", "8", 8),
    Row("P6", "Sweep, 1,000 overdue", "sweep", "ms", "90 ms, 3 times one bare statement", 90, "floor sweep"),
    Row("P6", "… statements", "sweep sql", "", "10", 10),
    Row("P6", "Sweep, nothing due", "sweep of nothing", "ms", "5 ms", 5),
    Row("P8", "Ask all providers at once: the click", "blast", "ms", "20 ms for 200", 20),
    Row("P12", "Due dates a second", "due dates", "/s", "280,000", -280_000),
    Row("P12", "… each with its sentence", "deadlines with sentences", "/s", ""),
    Row("P13", "A closed day: clocks moved a second, each on record", "clocks moved a second", "/s", "20,000", -20_000),
    Row("P14", "Search, by name, area or part of a reference", "search p50", "ms", "p50 16 ms", 16),
    Row("P15", "First load of the queue, gzipped", "queue weight", "KB", "55 KB", 55),
    Row("P15", "… tags", "queue tags", "", "1,200", 1200),
    Row("P16", "Memory of a worker (PSS)", "memory", "MiB", "70 MiB", 70),
    Row("P16", "Cold start, until the first answer", "cold start", "s", "0.65 s", 0.65),
    Row("", "Nearest 50 services", "nearest 50", "ms", "", None),
    Row("", "Floor: bare statement of 50 rows", "floor sql", "ms", ""),
    Row("", "Floor: bare answer", "floor hello p50", "ms", ""),
    Row("", "Floor: 50 rows put together by hand, signed in", "floor page p50", "ms", ""),
    Row("", "Seeding with `simulate`", "seeding", "s", ""),
)


def table(runs: dict[str, dict]) -> str:
    sizes = list(runs)
    lines = [
        "| | what | " + " | ".join(sizes) + " | beside the floor | growth | aim | reached |",
        "|---|---|" + "---:|" * len(sizes) + "---:|---:|---|---|",
    ]
    last = runs[sizes[-1]]
    for row in ROWS:
        values = [runs[size].get(row.key) for size in sizes]
        if all(value is None for value in values):
            continue
        beside = (
            f"{last[row.key] / last[row.floor]:.1f}×" if row.floor and last.get(row.floor) and last.get(row.key) else ""
        )
        growth = f"{values[-1] / values[0]:.2f}×" if len(values) > 1 and values[0] and values[-1] else ""
        cells = [
            row.goal,
            row.what,
            *(_said(value, row.unit) for value in values),
            beside,
            growth,
            row.aim,
            _reached(row, values[-1]),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _said(value, unit: str) -> str:
    if value is None:
        return ""
    said = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
    return f"{said} {unit}".strip()


def _reached(row: Row, value) -> str:
    if row.most is None or value is None:
        return ""
    return "yes" if (value <= row.most if row.most >= 0 else value >= -row.most) else "**no**"
