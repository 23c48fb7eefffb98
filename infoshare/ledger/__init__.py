"""One Merkle tree over everything that must not be changed quietly (docs/ledger-format.md).

- `append.append` and `append.state` are the only ways in: one call of the database function
  `ledger_append`, which alone gives out places, times, bytes and hashes.
- `proofs` reads what proves a leaf, `verifying` reads everything again and says what is wrong.
- A leaf says nothing about anybody. What it commits to is kept elsewhere, each with a salt.

The function locks the head until the transaction ends, so that there is one order and no gap.
So append last in a transaction, and lock nothing after it.
"""
