"""Pages over real HTTP: how long they take, what the workers spend on them, what they weigh."""

import gzip
import http.client
import os
import re
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Taken:
    p50: float  # milliseconds
    p95: float
    cpu: float  # of the workers, a page
    per_second: float


class Site:
    def __init__(self, port: int, process, cookie: str = ""):
        self.port, self.process, self.cookie = port, process, cookie

    def get(self, path: str) -> tuple[bytes, dict]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept-Encoding": "gzip"} | ({"Cookie": self.cookie} if self.cookie else {})
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path} answered {answer.status}: {body[:300]!r}")
            return body, dict(answer.getheaders())
        finally:
            connection.close()

    def wait(self, path: str = "/healthz") -> float:
        """Until it answers; how long that took since now."""
        begun = time.monotonic()
        while time.monotonic() - begun < 60:
            try:
                self.get(path)
                return time.monotonic() - begun
            except OSError:
                time.sleep(0.02)
        raise SystemExit("The web server did not answer within a minute.")

    def one_after_another(self, paths: list[str], *, warm: int = 6) -> Taken:
        for path in paths[:warm]:
            self.get(path)
        spent, begun, times = self.cpu(), time.monotonic(), []
        for path in paths:
            times.append(_timed(lambda path=path: self.get(path)))
        return self._taken(times, spent, begun)

    def all_at_once(self, paths: list[str], *, users: int = 8, seconds: float = 5) -> Taken:
        spent, begun, times = self.cpu(), time.monotonic(), []

        def use(number):
            while time.monotonic() - begun < seconds:
                times.append(_timed(lambda: self.get(paths[(number + len(times)) % len(paths)])))

        threads = [threading.Thread(target=use, args=(number,)) for number in range(users)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self._taken(times, spent, begun)

    def _taken(self, times, spent, begun) -> Taken:
        elapsed = time.monotonic() - begun
        return Taken(
            p50=median(times) * 1000,
            p95=quantiles(times, n=20)[-1] * 1000 if len(times) > 1 else times[0] * 1000,
            cpu=(self.cpu() - spent) / len(times) * 1000,
            per_second=len(times) / elapsed,
        )

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in children]

    def cpu(self) -> float:
        return sum(_cpu_of(pid) for pid in self.workers())

    def memory(self) -> float:
        """PSS of a worker in MiB, the mean of them."""
        sizes = [
            int(line.split()[1])
            for pid in self.workers()
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            if line.startswith("Pss:")
        ]
        return sum(sizes) / len(sizes) / 1024

    def first_load(self, path: str) -> tuple[float, int]:
        """What a browser fetches that has nothing yet, in KB gzipped, and the tags of the page."""
        body, headers = self.get(path)
        page = gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body
        text = page.decode()
        weight = len(gzip.compress(page))
        for address in sorted(set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:css|js|svg|png|woff2?))"', text))):
            part, sent = self.get(address)
            weight += (
                len(part)
                if sent.get("Content-Encoding") or not address.endswith((".css", ".js", ".svg"))
                else len(gzip.compress(part))
            )
        return weight / 1000, len(re.findall(r"<[a-zA-Z]", text))


def _timed(do) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK
