"""The condition language: text to tree, checked, evaluated three-valued, and said in German."""
