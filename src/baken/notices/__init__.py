"""Word that there is something to look at: mail, digests, a calendar, and the background jobs that send them."""
