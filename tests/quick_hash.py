"""Argon2 at its least cost: hashing a password is slow on purpose, and the tests do it often."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Django's own, with next to no memory and one turn."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
