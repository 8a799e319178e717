"""What is known apart from any setup: the facts catalogue, dated parameters, the ledger of the guideline."""
