"""The form with which editors write a service: plain fields, lines, hours and places, and the record that follows from them."""
