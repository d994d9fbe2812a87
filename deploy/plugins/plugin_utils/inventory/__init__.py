"""The checks of the inventory, a module for each subject. filter/inventory_faults.py runs them all.

A check is a function from an Inventory to messages, one for each fault: the file, the fault, and what
to write. No message contains a secret.
"""
