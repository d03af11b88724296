"""Four councils' ways of working, as data. Facts are theirs, from their published procedures; the words are ours."""
