"""Write reports for people and for other systems from the store."""
