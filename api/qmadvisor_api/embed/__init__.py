"""The quick check as a plain page for iframes: one form, no script."""
