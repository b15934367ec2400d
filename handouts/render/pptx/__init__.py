"""PowerPoint renderer: a deck plan and a theme in, the bytes of an editable .pptx file out."""
