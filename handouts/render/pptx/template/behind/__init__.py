"""What lies behind the text of a layout: its XML and pictures in, the colours that are seen there out."""
