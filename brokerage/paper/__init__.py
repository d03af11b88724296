"""Papers the council makes: set from a template, sealed, and looked at again.

`from brokerage.paper import paper` then `paper.typeset`, `paper.seal`, `paper.verify`.
"""
