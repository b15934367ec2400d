"""What the documents cost, beside other tools in the same run. Run by hand; docs/performance.md tells how."""
