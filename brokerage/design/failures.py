"""The pages for what went wrong."""

from django.shortcuts import render


def csrf(request, reason=""):
    """The page was open too long, or came from elsewhere; whoever typed it can go back and find it there."""
    return render(request, "403_csrf.html", status=403)
