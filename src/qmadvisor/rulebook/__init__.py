"""The rule base as a book: static pages that can be read, searched and printed without the program."""
