"""Documents for many recipients: a table of recipients in, a document of each format for each row out."""
