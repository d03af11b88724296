"""A real SMTP server on loopback that keeps every letter in a Maildir: python -m brokerage.devmail SOCKET MAILDIR

SOCKET is the number of a listening socket that bin/run opened, so that letters wait, and are not refused, while this
process starts again.
"""

import asyncio
import signal
import socket
import sys
from pathlib import Path

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP

LARGEST_LETTER = 40 * 1024 * 1024


async def serve(listener, folder):
    folder.parent.mkdir(parents=True, exist_ok=True)
    box = Mailbox(folder)
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stopping.set)
    server = await loop.create_server(
        lambda: SMTP(box, hostname="localhost", data_size_limit=LARGEST_LETTER, enable_SMTPUTF8=True), sock=listener
    )
    await stopping.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2])))
