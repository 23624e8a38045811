"""How dates and times are written, where Django has nothing or writes them the American way."""
