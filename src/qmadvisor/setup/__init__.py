"""Read a setup: the planner's file or form becomes values that the catalogue allows."""
