"""The shape of a country pack. One module per noun; ``Pack`` in ``baken.packs.pack`` puts them together."""
