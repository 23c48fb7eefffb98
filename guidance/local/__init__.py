"""What an organisation says of its own, beside the national text: its lead writes it in pages."""
