"""A believable caseload for load tests, written in bulk. See `manage.py simulate --help`."""
