"""A polite crawler on the standard library: it asks, reads pages to plain values, keeps its place.

robots.txt (RFC 9309) and a pace for each host are heeded; memory stays flat however large a site
is, for what was seen and what is to come stand in one file (`runfile`), from which a run that was
killed goes on.
"""
