"""A service that knows what is in stock."""
