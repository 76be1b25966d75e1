"""Taking over a county's former site: from its pages or a sheet to entries, with the addresses.

`run.Run` goes through it in portions, each of one transaction; `mapping` finds organ and section,
`texts` makes what `disclosure` takes in, `policies` registers documents, `linking` leads links
between the pages to their new addresses, `telling` writes the report of what was refused.
"""
