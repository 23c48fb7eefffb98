"""Records taken away together, with what proves them."""
