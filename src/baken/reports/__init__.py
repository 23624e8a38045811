"""Safe reporting: report, dialogue, triage, hand-over, and hearing back."""
