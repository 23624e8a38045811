"""Pages of reports: of the reporter, of the inbox, of sharing."""
