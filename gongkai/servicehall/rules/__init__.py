"""What the chapter's records are made of and judged by; plain Python.

`kinds` are enums and lists of themes, `texts` what forms take, `guide` the elements of a guide,
`completeness` whether a guide is of use (W6), `amounts` money, `worksheet` tables of items.
"""
