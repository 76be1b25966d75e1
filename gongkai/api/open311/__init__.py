"""Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2) of the hotline, for outside apps.

Services are the categories that can be seen outdoors. What an app reports is a work order that
nobody but its caller hears of: only orders that the county has published are listed. Numbers are
given by people, so services are of type "batch": a report gets a token, and the token leads to the
number once the matter has been dispatched.
"""
