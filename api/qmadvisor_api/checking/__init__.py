"""Checks run in processes of their own: nothing that happens there can block or end the service."""
