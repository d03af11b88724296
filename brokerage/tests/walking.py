"""What the journeys are walked with: somebody at a browser, and a mailbox that a real mail server filled."""

import re
import time
from datetime import date

from playwright.sync_api import Error

from brokerage.tests.faults.servers import wait_until

PATIENCE = 20  # seconds
LINK = re.compile(r"https?://\S+")


class Visitor:
    """Somebody at a browser. Every page they come to is looked over by axe."""

    def __init__(self, page, address, check=None):
        self.page, self.address, self.check = page, address, check
        self.looked_at = set()

    def opens(self, path):
        self.page.goto(path if path.startswith("http") else self.address + path)
        return self.looks()

    def looks(self):
        """Checks this page once for what axe knows to be wrong."""
        self.page.wait_for_load_state()
        kind = re.sub(r"[RECP]\d{6}|\d+|[a-z0-9]{12}\.\d+\.[\w-]{43}", "…", self.page.url)
        if self.check and kind not in self.looked_at:
            self.check(self.page)
            self.looked_at.add(kind)
        return self

    def follows(self, words):
        self.page.get_by_role("link", name=words, exact=True).first.click()
        return self.looks()

    def unfolds(self, words):
        self.page.locator("summary", has_text=words).first.click()
        return self

    def presses(self, words):
        """A button, or a link that looks like one."""
        self.page.get_by_role("button", name=words, exact=True).first.click()
        return self.looks()

    def fills(self, **answers):
        """Answers by label, with underscores for spaces."""
        for label, words in answers.items():
            self.page.get_by_label(label.replace("_", " "), exact=False).first.fill(words)
        return self

    def writes(self, label, words):
        self.page.get_by_label(label, exact=True).first.fill(words)
        return self

    def ticks(self, *labels):
        for label in labels:
            self.page.get_by_label(label, exact=True).first.check()
        return self

    def dates(self, legend, day: date):
        group = self.page.get_by_role("group", name=legend)
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(part, exact=True).fill(str(number))
        return self

    def reads(self, *words):
        """All of these words, as soon as the page is there."""
        stop_at = time.monotonic() + PATIENCE
        while missing := [each for each in words if each not in self.text]:
            assert time.monotonic() < stop_at, f"{missing} not on {self.page.url}:\n{self.text[:3000]}"
            self.page.wait_for_timeout(100)
        return self

    @property
    def text(self):
        try:
            return self.page.inner_text("body", timeout=5_000)
        except Error:
            return ""  # between two pages

    def does_not_read(self, *words):
        source = self.page.content()
        for each in words:
            assert each not in source, f"“{each}” is on {self.page.url}"
        return self

    def signs_in(self, email, password):
        self.page.context.clear_cookies()
        self.opens("/").fills(Email_address=email)
        self.page.get_by_label("Password", exact=True).fill(password)
        return self.presses("Sign in")


class Mailbox:
    """Letters as they came to a real mail server."""

    def __init__(self, server):
        self.server = server

    def to(self, address, about=""):
        return [
            letter
            for letter in self.server.letters
            if letter["To"] == address and about.lower() in str(letter["Subject"]).lower()
        ]

    def newest(self, address, about=""):
        return wait_until(lambda: self.to(address, about), seconds=45)[-1]

    def link(self, address, about=""):
        """The path in the newest such letter: the tests' server stands at another address than the letters say."""
        found = LINK.findall(self.newest(address, about).get_content())
        return "/" + found[-1].split("/", 3)[3]

    def code(self, address):
        return re.search(r"\b(\d{6})\b", self.newest(address, "code").get_content())[1]
