"""Papers the council makes: set from a template (`typesetting`), sealed and looked at again (`sealing`)."""
