"""Reads the regulator's published files, of any year, into the same facts. No database here."""

from providers.directory.registers.entries import Entry, Place84, Reject
from providers.directory.registers.files import Register, open_register
from providers.directory.registers.opening import Unreadable, open_text

__all__ = ["Entry", "Place84", "Register", "Reject", "Unreadable", "open_register", "open_text"]
