"""Gathers the nouns of the home pages, so that Django finds them."""

from brokerage.home.saved.models import Landing, SavedView

__all__ = ["Landing", "SavedView"]
