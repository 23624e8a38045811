"""The only writers of reports. Each change and its audit event are one transaction."""
