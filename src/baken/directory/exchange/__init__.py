"""The social map in the forms of others: HSDS, tables, maps, paper and one signed file; and what others have, beside it."""
