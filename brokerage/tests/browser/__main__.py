"""Finds the browser, or makes one; bin/test runs this before the tests."""

import sys

from brokerage.tests.browser import finding

if not finding.find():
    from brokerage.tests.browser import making

    print("Fetching a browser for the tests into .cache (once; about a minute)", file=sys.stderr, flush=True)
    making.make()
