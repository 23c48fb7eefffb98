"""What an auditor finds in a record or in how things are done: raised, answered, closed."""
