"""What other systems ask for by code: topics by their codes and names, answers to records, files for them."""
