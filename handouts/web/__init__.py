"""The ward's page: documents made and looked at in a browser. Requests in, pages and bytes out (`handouts serve`)."""
