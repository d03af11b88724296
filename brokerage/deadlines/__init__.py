"""The one clock: whatever has a deadline, about any subject, and who is told when it runs out."""
