"""Measure the service beside the floor of this machine: python benchmarks/run.py --size 10k --size 100k [--write]

Each size has servers of its own under --folder, seeded with `simulate`, and takes them away again. Everything listens on
loopback alone, runs for seconds, and ends with this script.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["PYTHONPATH"] = str(ROOT)

from benchmarks import table  # noqa: E402
from benchmarks.asking import Site  # noqa: E402
from benchmarks.ground import ground, web  # noqa: E402

SIZES = {"100": 100, "2k": 2000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
QUEUE = ("/cases/?tab=team", "/cases/?tab=unassigned", "/cases/?tab=team&priority=urgent")
BEGINS, ENDS = "<!-- measured -->", "<!-- /measured -->"


def main(arguments=None) -> dict[str, dict]:
    asked = parse(arguments)
    runs = {}
    for size in asked.size or ["10k"]:
        with tempfile.TemporaryDirectory(prefix="benchmark-", dir=asked.folder, ignore_cleanup_errors=True) as folder:
            os.chmod(folder, 0o755)
            closed = round(SIZES[size] * asked.closed)
            with ground(Path(folder) / "var", open_cases=SIZES[size], closed=closed, seed=asked.seed) as (
                environment,
                seeding,
            ):
                runs[size] = measure(environment, asked) | {"seeding": seeding}
        print(f"\n{size} open, {closed:,} closed\n{table.table({size: runs[size]})}", flush=True)
    if asked.json:
        Path(asked.json).write_text(json.dumps(runs, indent=1))
    if asked.write:
        write(ROOT / "docs" / "scale.md", table.table(runs))
    return runs


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", action="append", choices=SIZES, help="open cases; may be said more than once (10k)")
    parser.add_argument("--closed", type=float, default=1.0, help="closed cases for each open one (1)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where the servers keep their data meanwhile")
    parser.add_argument("--pages", type=int, default=60, help="how often each page is asked for")
    parser.add_argument("--seconds", type=float, default=5, help="how long eight people hammer the queue")
    parser.add_argument("--services", type=int, default=60_000, help="services in the directory")
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    parser.add_argument("--json", help="and the bare numbers into this file")
    return parser.parse_args(arguments)


def measure(environment, asked) -> dict:
    command = [sys.executable, "-m", "benchmarks.inside", str(asked.services), "20"]
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(said.stdout.splitlines()[-1])
    cookie = found["sessions"]["broker"]
    with web(environment) as (port, process):
        site = Site(port, process, cookie)
        found["cold start"] = site.wait()
        found |= _named("queue", site.one_after_another(_repeated(QUEUE, asked.pages)))
        found |= _named("case", site.one_after_another(_repeated(found["cases"], asked.pages)))
        found |= _named("search", site.one_after_another(_repeated(found["searches"], asked.pages)))
        found |= _named("queue8", site.all_at_once(list(QUEUE), seconds=asked.seconds))
        found["memory"] = site.memory()
        found["queue weight"], found["queue tags"] = site.first_load(QUEUE[0])
    with web(environment, "benchmarks.floor_wsgi") as (port, process):
        site = Site(port, process, cookie)
        site.wait("/hello/")
        found |= _named("floor hello", site.one_after_another(["/hello/"] * asked.pages))
        found |= _named("floor page", site.one_after_another(["/rows/"] * asked.pages))
        found |= _named("floor8", site.all_at_once(["/rows/"], seconds=asked.seconds))
    return {name: value for name, value in found.items() if name not in {"sessions", "cases", "searches"}}


def write(page: Path, measured: str) -> None:
    """Between the two marks; what people wrote around them stays."""
    text = page.read_text()
    before, _, rest = text.partition(BEGINS)
    after = rest.partition(ENDS)[2]
    page.write_text(f"{before}{BEGINS}\n{measured}\n{ENDS}{after}")


def _named(name: str, taken) -> dict:
    return {
        f"{name} p50": taken.p50,
        f"{name} p95": taken.p95,
        f"{name} cpu": taken.cpu,
        f"{name} per second": taken.per_second,
    }


def _repeated(paths, how_often: int) -> list[str]:
    return [paths[number % len(paths)] for number in range(how_often)]


if __name__ == "__main__":
    main()
