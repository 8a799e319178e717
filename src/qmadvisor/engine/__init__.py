"""Decide which rules are fulfilled, violated, open or not applicable."""
