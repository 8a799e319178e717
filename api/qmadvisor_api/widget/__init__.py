"""The embeddable widget: `js/` holds its ES modules, which are served as one."""
