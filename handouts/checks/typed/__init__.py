"""What is typed into words and templates: their text in; numbers, telephone numbers and doses with their places out."""
