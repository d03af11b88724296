"""How fast it is, measured beside the floor of the same machine in the same run: `python benchmarks/run.py --help`."""
