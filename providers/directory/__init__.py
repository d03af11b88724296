"""Organisations and services that can be asked, what is known of them, and who may not be asked today."""
