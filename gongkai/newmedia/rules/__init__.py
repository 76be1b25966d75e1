"""What accounts and posts are made of and judged by; plain Python.

`platforms` are the platforms and kinds, `texts` the texts that forms take, `terms` what is told of
an account, `faults` what an account is found wanting in, `worksheet` tables of accounts and posts.
"""
