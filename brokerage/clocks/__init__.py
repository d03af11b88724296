"""Working time: arithmetic, calendars, and how people say when."""
