"""A mail server in a process of its own, for the tests to be rude to: it writes each letter to disk before it says 250.

python -m brokerage.tests.faults.sink FOLDER PORT. How it behaves stands in FOLDER/manners.json, read for each letter.
"""

import asyncio
import json
import os
import random
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP


class Manners:
    """never: addresses refused; not_now, drops: shares of letters; slow: seconds; hang_up_after: letters."""

    DEFAULTS = {"never": [], "not_now": 0, "drops": 0, "slow": 0, "hang_up_after": 0}

    def __init__(self, folder):
        self.file = folder / "manners.json"

    def __getattr__(self, name):
        said = json.loads(self.file.read_text()) if self.file.exists() else {}
        return {**self.DEFAULTS, **said}[name]


class Sink:
    def __init__(self, folder):
        self.folder, self.manners, self.count = folder, Manners(folder), 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        limit = self.manners.hang_up_after
        if limit and getattr(session, "taken", 0) >= limit:
            await server.push("421 4.7.0 Enough for one visit")
            server.transport.close()
            return "421 4.7.0 Enough for one visit"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.manners.never:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.manners.slow)
        if random.random() < self.manners.not_now:
            return "451 4.3.0 Try again later"
        self.keep(envelope)
        session.taken = getattr(session, "taken", 0) + 1
        if random.random() < self.manners.drops:
            server.transport.abort()
        return "250 OK"

    def keep(self, envelope):
        self.count += 1
        name = self.folder / f"{self.count:06d}.eml"
        with open(name.with_suffix(".part"), "wb") as file:
            file.write(b"X-Envelope-To: " + ",".join(envelope.rcpt_tos).encode() + b"\r\n" + envelope.content)
            file.flush()
            os.fsync(file.fileno())
        name.with_suffix(".part").rename(name)


class Line(SMTP):
    def connection_made(self, transport):
        with open(self.event_handler.folder / "connections", "a") as file:
            file.write("one\n")
        super().connection_made(transport)


async def serve(folder, port):
    sink = Sink(folder)
    server = await asyncio.get_running_loop().create_server(lambda: Line(sink, hostname="sink"), "127.0.0.1", port)
    print("listening", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
