"""That the ledger commits to what is stored: views put into batches, and everything read again."""
