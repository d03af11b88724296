"""A server that speaks clamd's INSTREAM, as small as it can be: it finds the test virus, and misbehaves when told to."""

import socket
import struct
import threading
import time

from brokerage.files.tests.made import EICAR


class Clamd:
    """`manner`: "" answers as it should; "silent" never; "rude" something else; "hangs_up" nothing; "full" its own limit."""

    def __init__(self, *, path=None):
        self.line = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
        self.line.bind(str(path) if path else ("127.0.0.1", 0))
        self.line.listen()
        self.url = f"unix://{path}" if path else f"tcp://127.0.0.1:{self.line.getsockname()[1]}"
        self.manner, self.read = "", []
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def stop(self):
        self.line.shutdown(socket.SHUT_RDWR)  # or a call that is being waited for would still be taken
        self.line.close()
        self.thread.join()

    def _serve(self):
        while True:
            try:
                caller, _ = self.line.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=[caller], daemon=True).start()

    def _answer(self, caller):
        with caller, caller.makefile("rb") as said:
            if said.read(10) != b"zINSTREAM\0" or self.manner == "hangs_up":
                return
            content = b""
            while size := struct.unpack("!I", said.read(4))[0]:
                content += said.read(size)
                if self.manner == "full":
                    caller.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                    return
            self.read.append(content)
            if self.manner == "silent":
                time.sleep(5)
                return
            if self.manner == "rude":
                caller.sendall(b"UNKNOWN COMMAND\0")
            elif EICAR in content:
                caller.sendall(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
            else:
                caller.sendall(b"stream: OK\0")
