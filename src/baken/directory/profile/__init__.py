"""Data of the profile HSDS-NL-MH: taxonomies, and what it changes in the schemas of HSDS 3.1."""
