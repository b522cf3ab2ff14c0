"""The public corpus of due dates, and any engine held against it (`conformance/deadlines/README.md`)."""
