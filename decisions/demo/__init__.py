"""The demo: invented people and written cases, put in through the code that real ones use."""
