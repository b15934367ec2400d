"""A figure's chart → native chart XML and the workbook behind it."""
