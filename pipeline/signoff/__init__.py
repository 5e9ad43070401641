"""What is issued, signed and proven: documents with what they were woven from, signatures, their judgement."""
