"""What is placed → a tagged PDF: the only room that knows how a page is drawn."""
