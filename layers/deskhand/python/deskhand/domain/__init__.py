"""The nouns of the support desk: frozen, closed values that know nothing of the outside."""
