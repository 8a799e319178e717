"""The pages for people: the self-check in the browser. Everything works without JavaScript; nothing is kept here."""
