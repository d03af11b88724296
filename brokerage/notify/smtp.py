"""One kept connection to the mail server for each process and thread. It posts bytes, and says how that went."""

import logging
import smtplib
import ssl
import threading
from email.utils import parseaddr

from django.conf import settings

logger = logging.getLogger(__name__)

IDLE_FOR = 10  # seconds a connection is kept after the outbox was found empty
_threads = threading.local()


class NotSent(Exception):
    """It did not go, or nobody can say whether it went."""


class ServerAway(NotSent):
    """The mail server takes nothing at all just now: no use offering it the next letter."""


class NotNow(NotSent):
    """The server put this letter off, or the line went dead before it answered. Try it again."""


class Refused(NotSent):
    """The server will never take this letter."""


def here() -> "Line":
    """This thread's line to the mail server."""
    if not hasattr(_threads, "line"):
        _threads.line = Line()
    return _threads.line


class Line:
    def __init__(self):
        self._lock = threading.Lock()  # the one that hangs up is another thread
        self._server: smtplib.SMTP | None = None
        self._hang_up: threading.Timer | None = None

    def post(self, address: str, letter: bytes) -> None:
        """Return when the server has said 250. Raise NotSent otherwise."""
        with self._lock:
            self._stay()
            fresh = self._server is None
            try:
                self._offer(address)
            except ServerAway:
                self._drop()
                if fresh:
                    raise
                self._offer(address)  # the line had gone stale while we were away from it
            self._hand_over(letter)

    def rest(self) -> None:
        """Nothing more for now: keep the line a little, then hang up."""
        with self._lock:
            self._stay()
            if self._server is not None:
                self._hang_up = threading.Timer(IDLE_FOR, self.hang_up)
                self._hang_up.daemon = True
                self._hang_up.start()

    def hang_up(self) -> None:
        with self._lock:
            self._stay()
            self._drop(politely=True)

    def _offer(self, address: str) -> None:
        """Everything up to the point where the server could have taken the letter."""
        try:
            if self._server is None:
                self._server = _connect()
            code, answer = self._server.mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
            if code != 250:
                self._fail(ServerAway, code, answer)  # the sender is always the same, so it is not about this letter
            code, answer = self._server.rcpt(address)
            if code not in (250, 251):
                self._fail(ServerAway if code == 421 else Refused if code >= 500 else NotNow, code, answer)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise ServerAway(_in_words(error)) from error

    def _hand_over(self, letter: bytes) -> None:
        """From here on a line that dies leaves it open whether the letter arrived, so it will be sent again."""
        try:
            code, answer = self._server.data(letter)
        except smtplib.SMTPDataError as error:
            self._fail(Refused if error.smtp_code >= 500 else NotNow, error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise NotNow(_in_words(error)) from error
        if code != 250:
            self._fail(Refused if code >= 500 else NotNow, code, answer)

    def _fail(self, kind: type[NotSent], code: int, answer: bytes) -> None:
        try:
            self._drop() if kind is ServerAway else self._server.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()
        raise kind(f"{code} {answer.decode(errors='replace')}")

    def _stay(self) -> None:
        if self._hang_up is not None:
            self._hang_up.cancel()
            self._hang_up = None

    def _drop(self, *, politely=False) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        try:
            server.quit() if politely else server.close()
        except (smtplib.SMTPException, OSError):
            server.close()


def _connect() -> smtplib.SMTP:
    where = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT, "timeout": settings.EMAIL_TIMEOUT}
    if settings.EMAIL_USE_SSL:
        server = smtplib.SMTP_SSL(**where, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(**where)
    try:
        server.ehlo_or_helo_if_needed()
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        server.close()
        raise
    return server


def _in_words(error: Exception) -> str:
    """As the page of letters says it; the mail server's own words where it said any."""
    match error:
        case smtplib.SMTPResponseException():
            return f"{error.smtp_code} {error.smtp_error.decode(errors='replace')}"
        case _ if "timed out" in str(error):  # smtplib calls a silent server a disconnected one
            return "The mail server did not answer in time."
        case smtplib.SMTPServerDisconnected() | ConnectionResetError() | BrokenPipeError():
            return "The mail server broke off."
        case _:
            return f"The mail server could not be reached ({error})."
