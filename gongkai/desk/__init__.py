"""The staff home: what waits for whom today, and the face of the staff side."""
