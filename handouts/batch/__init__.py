"""Documents for many recipients: a table of recipients in, a document of each format for each row out."""

import logging

# Who runs a batch from Python decides where its log goes; without this, warnings would come out on stderr.
logging.getLogger(__name__).addHandler(logging.NullHandler())
