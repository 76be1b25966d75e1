"""Open data, read-only: what the portal shows, as JSON with an OpenAPI description.

Shapes come from the chapters' queries, so that a page and the interface cannot disagree. Only
what is public is ever asked for; there is nothing here to sign in to. What comes in is work orders
of the hotline alone, by a key: from the city centre (`handing`) and from apps (`open311`).
"""
