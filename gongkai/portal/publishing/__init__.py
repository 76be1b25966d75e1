"""Public pages as files (ADR 0018): what stands where, what changes with what, who writes it.

`table` says which pages show what a verb changes; `view` makes a page as the views make it for
anybody; `lists` knows on which pages of lists an entry stands; `portions` cuts a whole site into
pieces of work; `keeping` follows the log, `building` makes a tree anew, `checking` compares.
"""
