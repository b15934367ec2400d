"""PDF renderer: handout and card plans in, the bytes of tagged PDF files (PDF/UA-1, PDF/A-2a) out."""
