"""The call list of an emergency: a fair order, one provider in one broker's hands, and what came of every call."""
