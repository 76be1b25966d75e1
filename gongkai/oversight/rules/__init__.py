"""What the office's yearly work is judged and told by; plain Python.

`texts` and `kinds` are what forms take, `worksheet` tables of tasks and of those present, `scoring`
indicators and ranking, `evaluating` the answers of the public, `figures` every figure by its name,
`sheets` what is asked for each month and quarter.
"""
