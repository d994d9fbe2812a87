"""Python code that the plugins import; each puts deploy/plugins on Python's path for that."""
