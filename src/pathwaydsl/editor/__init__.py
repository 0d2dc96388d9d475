"""What editors and highlighters need; nothing else in the program depends on it."""
