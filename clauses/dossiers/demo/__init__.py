"""Six invented dossiers, for the accounts of the demonstration."""
