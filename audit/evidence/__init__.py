"""What the report says for or against a clause: words, statements, measures, counts and faults, each with its quote."""
