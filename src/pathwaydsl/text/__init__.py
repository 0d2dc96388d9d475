"""Sources, spans, findings and the table of rules: what every other part speaks in."""
