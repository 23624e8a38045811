"""A real OpenID provider (django-oauth-toolkit) in a process of its own, with its own settings, database and users."""
