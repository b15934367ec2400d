"""A recipient in; the bytes of their document out, laid out once for many recipients."""
