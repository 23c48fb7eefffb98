"""What the bundled server's two roles are called."""

OWNER, APPLICATION = "infoshare_owner", "infoshare_app"
