"""What official text can look like: text in, values out. Reads nothing but its own data."""
