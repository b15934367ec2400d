"""HL7 FHIR: a handout's plan and its PDF in, a document Bundle out."""
