"""What slides are written into: our own template, made from a theme, or a hospital's, read, checked and completed."""
