"""Figures: what many decisions have in common, and nothing about one of them."""
