"""The project: its roof, which assembles everything, and its cellar, which knows nothing of care.

Roof: urls, demo, home. Cellar: deadlines, accounts, notify, audit, design, clocks, moves, money, links, paper, council,
errors. A cellar module never imports a roof module or one of the three apps; `lint-imports` holds it to that.
"""
