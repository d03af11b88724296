"""The bar at the top of every signed-in page, in the order it is read. Each item says who sees it, as its view does."""

from brokerage.design.navigation import Item

ITEMS: list[Item] = []
