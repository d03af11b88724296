"""The project: its roof, which assembles everything, and its cellar, which knows nothing of care.

Roof: urls, demo, home, profiles, administration, navigation, timetable. Cellar: oncall, deadlines, files, accounts, notify,
audit, design, moves, money, links, paper, naming, numbers, clocks, council, errors. A cellar module never imports a roof
module or one of the three apps; `lint-imports` holds it to that.
"""
