"""The site's status: its table, and the checks that find what needs a person. filter/site_status.py runs them.

A check is a function from a Site to findings, each with a sentence and the command to run. A check does not
report the consequences of what another check reports.
"""
