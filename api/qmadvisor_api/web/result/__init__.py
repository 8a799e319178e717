"""The result of a check as a page: what is shown, in which order, and what changes with another answer."""
