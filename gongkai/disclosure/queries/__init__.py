"""Reading what is disclosed: frozen values outside, query sets inside."""
