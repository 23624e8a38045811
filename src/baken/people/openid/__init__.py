"""Sign-in with the OpenID provider of an organisation: only who was invited, only its own members."""
