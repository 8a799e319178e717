"""What a check says, as data and as text."""
