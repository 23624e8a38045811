"""The finding engine of the social map: texts and facets go in as documents, hits come out, the same from every database.

A word goes through one analyser (fold, Latin form, stems, compound parts), whatever database keeps the index. The database
only says which documents have which tokens; what comes first is decided here, by one formula. So SQLite and PostgreSQL give the
same answer. What somebody typed is never kept or logged.
"""
