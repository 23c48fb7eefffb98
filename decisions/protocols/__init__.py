"""Protocols where decisions meet them: which may help in a draft, and where one may help at all.

Nothing here blocks, warns, delays or changes an outcome. The wizard's page shows what `offering`
found, and that is all it knows of the register.
"""
