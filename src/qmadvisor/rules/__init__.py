"""The rules: the form of their files, and the loader that refuses what cannot work."""
