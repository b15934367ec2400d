"""What is asked for in; documents in memory, then files, all or none, out."""
